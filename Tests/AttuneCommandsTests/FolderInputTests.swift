import Foundation
import Testing

/// A folder stands for the files in it, as far as their format is certain.
@Suite struct FolderInputTests {
    private let attune = Attune()

    private static func day(_ text: String, _ second: Int) -> Data {
        Data(#"[{"type":"message","user":"U1","text":"\#(text)","ts":"177010974\#(second).000200"}]"#.utf8)
    }

    @Test func itsFilesAreReadInOrder() throws {
        try Temporary.with { folder in
            let channel = folder.appendingPathComponent("help")
            try FileManager.default.createDirectory(at: channel.appendingPathComponent("within"), withIntermediateDirectories: true)
            for (name, data) in [
                ("2026-02-04.json", Self.day("second", 8)), ("2026-02-03.json", Self.day("first", 7)), ("picture.png", Data([0x89, 0x50, 0, 0])),
                (".hidden.json", Self.day("third", 9)),
            ] { try data.write(to: channel.appendingPathComponent(name)) }
            for path in [channel.path, channel.path + "/"] {
                let result = try attune("decode", path)
                #expect(result.status == 0 && result.lines.count == 2, "\(result.error)")
                #expect(result.lines.first?.contains("\"text\":\"first\"") == true && result.lines.last?.contains("\"text\":\"second\"") == true)
                #expect(result.lines.allSatisfy { $0.contains("\"conversationID\":\"help\"") })
                #expect(result.error.contains("not read") && result.error.contains("picture.png") && !result.error.contains("hidden"))
            }
        }
    }

    @Test func aFolderWithNothingToReadIsNamed() throws {
        try Temporary.with { folder in
            for command in ["score", "decode", "import"] {
                let result = try attune(command, folder.path)
                #expect(result.status == 1 && result.error.contains("is a folder and holds no file"), "\(result.error)")
            }
        }
    }

    /// What `decode` reads `score` reads, too.
    @Test func utf16TextIsScored() throws {
        let units = Array("great tea\nawful service\n".utf16)
        let little = units.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        let big = units.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
        try Temporary.with { folder in
            for (i, bytes) in [[0xFF, 0xFE] + little, [0xFE, 0xFF] + big, little, big].enumerated() {
                let file = folder.appendingPathComponent("\(i).txt")
                try Data(bytes).write(to: file)
                for format in ["auto", "text"] {
                    let result = try attune("score", "--format", format, "--output", "jsonl", file.path)
                    #expect(result.status == 0 && result.lines.count == 2, "\(i), \(format): \(result.error)")
                    #expect(result.lines.first?.contains("positive") == true && result.lines.last?.contains("negative") == true)
                }
            }
        }
    }

    /// Advice names an option that the command has.
    @Test(arguments: [("score", "--format"), ("decode", "--connector"), ("import", "--connector")])
    func adviceFitsTheCommand(command: String, option: String) throws {
        try Temporary.with { folder in
            let file = folder.appendingPathComponent("a.txt")
            try Data("<?xml version=\"1.0\"?>\n<a/>\n".utf8).write(to: file)
            let result = try attune(command, file.path)
            #expect(result.status == 1 && result.error.contains("name its format with \(option) "), "\(result.error)")
        }
    }
}

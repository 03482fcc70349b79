import Foundation
import Testing

@testable import AttuneCommands

/// A folder stands for the files in it, as far as their format is certain.
@Suite struct FolderInputTests {
    private let attune = Attune()

    private static func day(_ text: String, _ second: Int) -> Data {
        Data(#"[{"type":"message","user":"U1","text":"\#(text)","ts":"177010974\#(second).000200"}]"#.utf8)
    }

    /// A chat's file is read where it lies, a pipe's bytes are gathered.
    @Test(arguments: [String.Encoding.utf8, .utf16], ["\n", "\r\n"])
    func aChatIsTheSameFromAFileAndFromAPipe(_ encoding: String.Encoding, _ lineEnd: String) throws {
        let lines = ["[03/02/2026, 09:14:07] Priya: Late again", "[14/02/2026, 09:15:00] Ana: Sorry – we look into it", "over two lines"]
        for text in [lines.joined(separator: lineEnd), "\u{FEFF}" + lines.joined(separator: lineEnd) + lineEnd] {
            let data = try #require(text.data(using: encoding))
            try Temporary.with { folder in
                let file = folder.appendingPathComponent("chat.txt")
                try data.write(to: file)
                let direct = try attune("decode", "--connector", "whatsapp-export", file.path)
                let piped = try attune("decode", "--connector", "whatsapp-export", "-", input: [UInt8](data))
                #expect(direct.status == 0 && direct.lines.count == 2 && direct.lines == piped.lines, "\(direct.error)\(piped.error)")
            }
        }
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

    /// Folder and zip file of the same tree give the same messages under the same ids: an unpacked export is the export.
    @Test func aFolderIsReadAsAZipOfIt() throws {
        let tree: [(String, Data)] = [
            ("export/help/2026-02-03.json", Self.day("first", 7)), ("export/sales/2026-02-03.json", Self.day("second", 8)),
            ("export/users.json", Data(#"[{"id":"U1","team_id":"T1","name":"ana","profile":{"real_name":"Ana Lee"},"is_bot":false}]"#.utf8)),
            ("export/.cache/help/2026-02-03.json", Self.day("hidden", 9)), ("export/help/.2026-02-04.json", Self.day("hidden", 9)),
            ("box/.Sent/cur/1770109748.M2P2.host:2,S", Data("From: a@b.example\nTo: c@d.example\nMessage-ID: <2@a>\n\nsent\n".utf8)),
        ]
        try Temporary.with { folder in
            let root = folder.appendingPathComponent("tree")
            var zip = ZipWriter()
            for (name, data) in tree {
                let file = root.appendingPathComponent(name)
                try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try data.write(to: file)
                zip.add(name, Array(data))
            }
            let archive = folder.appendingPathComponent("tree.zip")
            try Data(zip.finished()).write(to: archive)
            let (unpacked, packed) = (try attune("decode", root.path), try attune("decode", archive.path))
            // Three messages, and the person in the list of people.
            #expect(unpacked.status == 0 && unpacked.lines.count == 4, "\(unpacked.error)")
            #expect(unpacked.lines.filter { $0.contains("Ana Lee") }.count == 2 && !unpacked.output.contains("\"hidden\""))
            // A mail without a date has that of its file, which a zip file as made here does not keep.
            func chats(_ result: Attune.Result) -> [String] { result.lines.filter { !$0.contains("sent") || !$0.contains("email") } }
            #expect(chats(unpacked) == chats(packed) && packed.lines.count == 4, "\(packed.error)")
            let scored = try attune("score", "--agents", root.path)
            #expect(scored.status == 0 && scored.lines.count == 3, "\(scored.error)")
        }
    }

    /// A link may lead back, a mail may still be on its way, and folders may go on for ever.
    @Test func whatIsNotPartOfATreeIsNotRead() throws {
        let manager = FileManager.default
        try Temporary.with { folder in
            let root = folder.appendingPathComponent("tree")
            let mail = Data("From: a@b.example\nTo: c@d.example\nMessage-ID: <2@a>\n\nlate\n".utf8)
            for name in ["cur", "new", "tmp"] {
                let place = root.appendingPathComponent("box/\(name)")
                try manager.createDirectory(at: place, withIntermediateDirectories: true)
                try mail.write(to: place.appendingPathComponent("1770109748.M2P2.host:2,S"))
            }
            try manager.createSymbolicLink(at: root.appendingPathComponent("box/again"), withDestinationURL: root)
            let result = try attune("decode", root.path)
            #expect(result.status == 0 && result.lines.count == 2, "\(result.error)")
            let deep = (0...33).reduce(root) { url, _ in url.appendingPathComponent("d") }
            try manager.createDirectory(at: deep, withIntermediateDirectories: true)
            let refused = try attune("decode", root.path)
            #expect(refused.status == 1 && refused.error.contains("within each other"), "\(refused.error)")
        }
    }

    /// An empty file among others is told and costs them nothing.
    @Test func anEmptyFileAmongOthersIsSkipped() throws {
        try Temporary.with { folder in
            let (empty, full) = (folder.appendingPathComponent("a.json"), folder.appendingPathComponent("help/2026-02-03.json"))
            try Data().write(to: empty)
            try FileManager.default.createDirectory(at: full.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Self.day("first", 7).write(to: full)
            let store = ["--store", folder.appendingPathComponent("s.sqlite").path]
            // Also where the format is named.
            for command in [["score", "--agents", "--format", "slack"], ["decode", "--connector", "slack"]] {
                let result = try attune.run(command + [empty.path, full.path, empty.path])
                #expect(result.status == 0 && result.lines.count == 1 && result.error.contains("is empty: skipped"), "\(result.error)")
            }
            for command in [["score", "--agents"], ["decode"], ["import"] + store] {
                let result = try attune.run(command + [empty.path, full.path])
                #expect(result.status == 0 && result.errorLines.contains("attune: \(empty.path) is empty: skipped"), "\(result.error)")
                if command[0] != "import" { #expect(result.lines.count == 1) }
                let alone = try attune.run(command + [empty.path, empty.path])
                #expect(alone.status == 1 && alone.error.contains("is empty") && !alone.error.contains("skipped"), "\(alone.error)")
                if command[0] == "decode" { continue }
                let strict = try attune.run(command + ["--strict", empty.path, full.path])
                #expect(strict.status == 1 && strict.error.contains("is empty"), "\(strict.error)")
            }
        }
    }

    /// Files of one command know what the others hold: a ticket's description is not told again by its first comment.
    @Test func filesOfOneCommandAreUnderstoodTogether() throws {
        let ticket =
            #"{"tickets":[{"id":1,"description":"Cup broke","requester_id":7,"submitter_id":7,"created_at":"2026-02-03T09:00:00Z"}],"count":1}"#
        let comments =
            #"{"comments":[{"id":11,"author_id":7,"plain_body":"Cup broke","public":true,"created_at":"2026-02-03T09:00:00Z"}],"next_page":null}"#
        try Temporary.with { folder in
            let places = ["ticket_1.json", "tickets.json"].map { folder.appendingPathComponent($0) }
            try Data(comments.utf8).write(to: places[0])
            try Data(ticket.utf8).write(to: places[1])
            for files in [[folder.path], places.map(\.path), places.reversed().map(\.path)] {
                let result = try attune.run(["decode"] + files)
                #expect(result.lines.count == 2 && result.lines.count { $0.contains("\"op\":\"message\"") } == 1, "\(result.output)")
                #expect(result.lines.last?.contains("\"reason\":\"description\"") == true)
            }
        }
    }

    /// Users and tickets are read before the comments that name them by their ids, whatever the files are called.
    @Test func listsAreReadBeforeWhatRefersToThem() throws {
        let files = [
            ("comments.jsonl", #"{"id":11,"ticket_id":1,"author_id":42,"plain_body":"On Friday","public":true}"#),
            ("tickets.json", #"{"tickets":[{"id":1,"description":"Cup broke","requester_id":7,"submitter_id":7}],"count":1}"#),
            ("users.json", #"{"users":[{"id":7,"name":"Priya","role":"end-user"},{"id":42,"name":"Tom","role":"agent"}]}"#),
        ]
        try Temporary.with { folder in
            let places = files.map { folder.appendingPathComponent($0.0) }
            var zip = ZipWriter()
            for (place, file) in Swift.zip(places, files) {
                try Data(file.1.utf8).write(to: place)
                zip.add(file.0, Array(file.1.utf8))
            }
            let archive = folder.appendingPathComponent("all.zip")
            try Data(zip.finished()).write(to: archive)
            var expected: [String]?
            for paths in [places.map(\.path), places.reversed().map(\.path), [archive.path]] {
                for option in [[], ["--connector", "zendesk"]] {
                    let result = try attune.run(["decode"] + option + paths)
                    let told = result.lines.filter { $0.contains("\"op\":\"message\"") }
                    #expect(
                        told.count == 2 && told.first?.contains("Priya") == true && told.first?.contains("\"customer\"") == true, "\(result.output)")
                    #expect(told.last?.contains("Tom") == true && told.last?.contains("\"agent\"") == true && !result.error.contains("not read"))
                    // Times are those of the files.
                    let ids = told.map { String($0.prefix(60)) }
                    #expect(expected ?? ids == ids)
                    expected = ids
                }
            }
            try FileManager.default.removeItem(at: archive)
            let whole = try attune("decode", folder.path)
            #expect(whole.lines.count { $0.contains("\"agent\"") } == 1 && !whole.error.contains("not read"), "\(whole.error)")
        }
    }

    /// A folder that may not be opened is told, and stops whoever asked to be strict.
    @Test func foldersThatCannotBeOpened() throws {
        try Temporary.with { folder in
            try FileManager.default.createDirectory(at: folder.appendingPathComponent("locked"), withIntermediateDirectories: true)
            try Self.day("first", 7).write(to: folder.appendingPathComponent("2026-02-03.json"))
            func list(_ path: String) -> [String]? {
                path.hasSuffix("locked/") ? nil : try? FileManager.default.contentsOfDirectory(atPath: path)
            }
            #expect(try FolderTree.files(of: folder.path, strict: false, list: list) == ["2026-02-03.json"])
            let failure = #expect(throws: CommandFailure.self) { try FolderTree.files(of: folder.path, strict: true, list: list) }
            #expect(failure.map { "\($0)".contains("locked/: not read") } == true)
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

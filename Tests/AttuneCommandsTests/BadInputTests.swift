import Foundation
import Testing

/// Bad input gives one clear line that names the place, and the right exit code: 2 for wrong usage, 1 for failure.
@Suite struct BadInputTests {
    private let attune = Attune()

    @Test(arguments: [
        (["score", "--output", "xml"], "--output"), (["score", "--jobs", "0"], "--jobs"), (["nonsense"], "nonsense"),
        (["score", "--format", "klingon"], "klingon"),
        (["train", "--data", "x"], "--output"), (["evaluate", "--data", "x"], "--task"), (["query", "overview", "--output", "pdf"], "--output"),
        (["connectors", "show", "fax"], "fax"), (["decode", "--connector", "fax", "-"], "fax"), (["query", "at-risk", "--limit", "0"], "--limit"),
    ])
    func wrongUsageIsTwo(arguments: [String], mention: String) throws {
        let result = try attune.run(arguments, input: Array("hello\n".utf8))
        #expect(result.status == 2, "\(result.error)")
        #expect(result.errorLines.count == 1 && result.error.contains(mention), "\(result.error)")
    }

    @Test func unreadablePathsAreNamed() throws {
        for command in [["score"], ["decode"], ["import"]] {
            let result = try attune.run(command + ["/nowhere/at/all.csv"])
            #expect(result.status == 1)
            #expect(result.errorLines == ["attune: cannot read /nowhere/at/all.csv: No such file or directory"])
        }
        let folder = try attune("score", "/")
        #expect(folder.status == 1 && folder.error.contains("is a folder"))
    }

    /// A format that is recognised has members of its own: a mapping for it would be passed over without a word.
    @Test func aMappingThatIsNotUsedIsTold() throws {
        try Temporary.with { folder in
            let configuration = folder.appendingPathComponent("c.json")
            try Data(#"{"mapping":{"text":"body"}}"#.utf8).write(to: configuration)
            let comments = #"{"comments":[{"id":1,"author_id":2,"public":true,"body":"a"}],"next_page":null}"#
            let other = #"{"comments":[{"id":1,"author_id":2,"public":true,"html_body":"a"}],"next_page":null}"#
            for (input, isTold) in [(comments, true), (other, false), (#"{"body":"a"}"#, false)] {
                let result = try attune("decode", "-", "--config", configuration.path, input: Array(input.utf8))
                #expect(result.lines.count == 1 && result.error.contains("zendesk does not use the mapping") == isTold, "\(result.error)")
            }
        }
    }

    @Test func emptyAndBinaryFilesAreRefused() throws {
        try Temporary.with { folder in
            let empty = folder.appendingPathComponent("empty.jsonl")
            try Data().write(to: empty)
            let binary = folder.appendingPathComponent("picture.png")
            try Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + (0..<2_000).map { UInt8(truncatingIfNeeded: $0 &* 37) }).write(to: binary)
            for (file, mention) in [(empty, "empty"), (binary, "picture.png")] {
                for command in ["score", "import", "decode"] {
                    let result = try attune(command, file.path)
                    #expect(result.status == 1, "\(command) \(file.lastPathComponent)")
                    #expect(result.errorLines.count == 1 && result.error.contains(mention), "\(command): \(result.error)")
                }
            }
        }
    }

    /// Of a format that was named, nothing is no records: a pipe may be empty.
    @Test(arguments: ["text", "jsonl", "csv", "whatsapp-export"]) func nothingOfANamedFormatIsNoRecords(format: String) throws {
        let result = try attune("score", "--format", format, "--output", "jsonl", input: [])
        #expect(result.status == 0 && result.output.isEmpty && result.errorLines.isEmpty, "\(result.error)")
    }

    @Test func brokenUTF8IsScoredAllTheSame() throws {
        let result = try attune("score", "--format", "text", input: Array("great \u{FF}".utf8) + [0xC3, 0x28, 0xFF, 0x0A] + Array("bad".utf8))
        #expect(result.status == 0 && result.lines.count == 2)
        let json = try attune("score", "--format", "jsonl", input: Array(#"{"text":"a"#.utf8) + [0xFF] + Array("\"}\n{\"text\":\"b\"}\n".utf8))
        #expect(json.status == 0 && json.lines.count == 1)
        #expect(json.error.contains("standard input:1: not valid JSON: invalid UTF-8"))
    }

    @Test func anUnterminatedQuoteNamesItsLineAndSparesTheRest() throws {
        let csv = "id,text\n1,fine\n2,\"never closed\n3,lost?\n"
        let result = try attune("decode", "--connector", "csv", "-", input: Array(csv.utf8))
        #expect(result.status == 0)
        #expect(result.lines.contains { $0.contains("\"op\":\"message\"") && $0.contains("fine") })
        #expect(result.lines.contains { $0.contains("\"op\":\"rejected\"") && $0.contains("quote") })
    }

    @Test func aMissingColumnNamesTheColumnsThereAre() throws {
        let result = try attune("import", "--connector", "csv", "-", "--store", "x.sqlite", input: Array("id,colour\n1,red\n".utf8))
        #expect(result.status == 1)
        #expect(result.errorLines.count == 1 && result.error.contains("text") && result.error.contains("colour"), "\(result.error)")
    }

    @Test func aHundredMegabytesInOneLineAreSkippedNotLoaded() throws {
        try Temporary.with { folder in
            let path = folder.appendingPathComponent("huge.txt").path
            FileManager.default.createFile(atPath: path, contents: nil)
            let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
            try file.write(contentsOf: Data("good\n".utf8))
            let block = Data(repeating: UInt8(ascii: "a"), count: 1 << 20)
            for _ in 0..<100 { try file.write(contentsOf: block) }
            try file.write(contentsOf: Data("\nbad\n".utf8))
            try file.close()
            let result = try attune("score", "--format", "text", path)
            #expect(result.status == 0)
            #expect(result.lines.count == 2)
            #expect(result.error.contains("huge.txt:2: longer than 16 MiB"))
        }
    }

    @Test func damagedGzipIsNamed() throws {
        let result = try attune("score", "--format", "text", input: [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3])
        #expect(result.status == 1 && result.errorLines.count == 1 && result.error.contains("gzip"))
    }

    @Test func storesThatCannotBeUsedAreNamed() throws {
        try Temporary.with { folder in
            let foreign = folder.appendingPathComponent("foreign.sqlite")
            try Data("this is no database, honestly, not at all".utf8).write(to: foreign)
            let missing = try attune("query", "overview", "--store", folder.appendingPathComponent("none.sqlite").path)
            #expect(missing.status == 1 && missing.errorLines.count == 1 && missing.error.contains("none.sqlite"))
            let wrong = try attune("query", "overview", "--store", foreign.path)
            #expect(wrong.status == 1 && wrong.errorLines.count == 1 && wrong.error.contains("foreign.sqlite"))
            let nowhere = try attune("import", "-", "--store", "/nowhere/x.sqlite", input: Array("{\"text\":\"hi\"}\n".utf8))
            #expect(nowhere.status == 1 && nowhere.errorLines.count == 1 && nowhere.error.contains("/nowhere"))
        }
    }

    @Test func aConfigurationNamesTheKeyThatIsWrong() throws {
        try Temporary.with { folder in
            let config = folder.appendingPathComponent("c.json")
            for (text, mention) in [("{\"zone\":\"Mars/Olympus\"}", "zone"), ("{\"zonne\":\"UTC\"}", "zonne"), ("{", "JSON")] {
                try Data(text.utf8).write(to: config)
                let result = try attune("decode", "--config", config.path, "-", input: Array("{\"text\":\"a\"}\n".utf8))
                #expect(result.status == 2 && result.errorLines.count == 1 && result.error.contains(mention), "\(result.error)")
            }
        }
    }
}

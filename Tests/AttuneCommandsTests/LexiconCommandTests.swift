import Foundation
import Testing

/// `attune lexicon` as a user runs it, and what an installation says without a pack or with a wrong one.
@Suite struct LexiconCommandTests {
    private func write(_ text: String, _ path: String, in folder: URL) throws {
        let url = folder.appendingPathComponent(path)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    private func valence(_ lines: String, language: String = "en") -> String { "# attune-lexicon: valence\n# language: \(language)\n\(lines)\n" }

    private func folder(_ folder: URL) throws -> URL {
        try write(valence("splendiferous\t3.0\nghastly\t-3.0"), "own/en/valence.tsv", in: folder)
        try write(valence("😀\t2.0", language: "und"), "own/und/emoji.tsv", in: folder)
        return folder.appendingPathComponent("own")
    }

    private func label(_ result: Attune.Result) -> String? {
        result.output.split(separator: "\"label\":\"").dropFirst().first?.split(separator: "\"").first.map(String.init)
    }

    @Test func aPackIsBuiltAndUsed() throws {
        try Temporary.with { folder in
            let own = try self.folder(folder)
            let attune = Attune(environment: ["ATTUNE_PACK": own.path])
            let missing = try attune("score", "--format", "text", input: Array("splendiferous".utf8))
            #expect(missing.status == 1)
            #expect(missing.errorLines == ["attune: there is no \(own.path)/attune.pack: build it with `attune lexicon build`"])
            let built = try attune("lexicon", "build")
            #expect(built.status == 0, "\(built.error)")
            #expect(built.output.contains("3 entries in 2 languages") && built.output.contains("heads     none"))
            #expect(label(try attune("score", "--format", "text", input: Array("splendiferous".utf8))) == "positive")
            // Building again makes the same file.
            let bytes = try Data(contentsOf: own.appendingPathComponent("attune.pack"))
            #expect(try attune("lexicon", "build").status == 0)
            #expect(try Data(contentsOf: own.appendingPathComponent("attune.pack")) == bytes)
            #expect(try FileManager.default.contentsOfDirectory(atPath: own.path).sorted() == ["attune.pack", "en", "und"])
        }
    }

    @Test func headsAreTakenFromAPackOrAModel() throws {
        try Temporary.with { folder in
            let own = try self.folder(folder)
            let shipped = Attune.root.appendingPathComponent("Lexicons/attune.pack").path
            let output = folder.appendingPathComponent("with.pack").path
            let built = try Attune()("lexicon", "build", "--lexicons", own.path, "--model", shipped, "--output", output)
            #expect(built.status == 0, "\(built.error)")
            #expect(built.output.contains("languages (") && built.output.contains("main ("))
            let again = try Attune()("lexicon", "build", "--lexicons", own.path, "--model", output, "--output", output)
            #expect(again.status == 0, "\(again.error)")
            let none = try Attune()("lexicon", "build", "--lexicons", own.path, "--model", folder.appendingPathComponent("none").path)
            #expect(none.status == 1 && none.error.contains("there is no"))
        }
    }

    @Test func aDamagedPackIsRefusedWithTheNextStep() throws {
        try Temporary.with { folder in
            let own = try self.folder(folder)
            let attune = Attune(environment: ["ATTUNE_PACK": own.path])
            #expect(try attune("lexicon", "build").status == 0)
            let pack = own.appendingPathComponent("attune.pack")
            var bytes = try Data(contentsOf: pack)
            bytes[bytes.count / 2] ^= 1
            try bytes.write(to: pack)
            let damaged = try attune("score", "--format", "text", input: Array("ghastly".utf8))
            #expect(damaged.status == 1 && damaged.output.isEmpty)
            #expect(damaged.error.contains("damaged") && damaged.error.contains("`attune lexicon build`"))
            // Its heads are not trusted either: building says where else to take them from.
            let rebuilt = try attune("lexicon", "build")
            #expect(rebuilt.status == 1 && rebuilt.error.contains("--model"))
            try bytes.dropLast(100).write(to: pack)
            #expect(try attune("explain", "ghastly").error.contains("bytes instead of"))
            try Data("not a pack".utf8).write(to: pack)
            #expect(try attune("explain", "ghastly").error.contains("not an Attune pack"))
            try Data().write(to: pack)
            #expect(try attune("explain", "ghastly").status == 1)
        }
    }

    @Test func aLineThatCannotBeUsedIsToldByFileAndLineAndNothingIsWritten() throws {
        try Temporary.with { folder in
            let own = try self.folder(folder)
            try write(valence("fine\thigh\nfair\t9"), "own/en/more.tsv", in: folder)
            let built = try Attune()("lexicon", "build", "--lexicons", own.path)
            #expect(built.status == 1)
            #expect(built.errorLines.count == 3)
            #expect(built.errorLines.first?.contains("/en/more.tsv:3: `high` is no weight") ?? false)
            #expect(!FileManager.default.fileExists(atPath: own.appendingPathComponent("attune.pack").path))
            let checked = try Attune()("lexicon", "check", own.path)
            #expect(checked.status == 1)
            #expect(checked.lines.first?.hasPrefix("en/more.tsv:3: error: ") ?? false)
            #expect(checked.lines.last == "errors: 2, warnings: 0 (2 unusable)")
        }
    }

    @Test func checkPassesWarningsAndRefusesAFolderWithoutLexicons() throws {
        try Temporary.with { folder in
            let own = try self.folder(folder)
            try write("# attune-lexicon: idiom\n# language: en\nghastly\t1.0\n", "own/en/idiom.tsv", in: folder)
            let checked = try Attune()("lexicon", "check", own.path)
            #expect(checked.status == 0)
            #expect(checked.lines.last == "errors: 0, warnings: 1 (1 contradictions)")
            #expect(try Attune()("lexicon", "check", own.path, "--errors-only").lines.count == 1)
            #expect(try Attune()("lexicon", "check", folder.path).error.contains("holds no lexicons"))
            #expect(try Attune()("lexicon", "check", "/nowhere/at/all").status == 1)
        }
    }

    @Test func ownLexiconsAreLayeredOverThePack() throws {
        try Temporary.with { folder in
            try write(valence("zorple\t-3.5\nhorrible\t3.5"), "mine/en/valence.tsv", in: folder)
            let mine = Attune(environment: ["ATTUNE_LEXICONS": folder.appendingPathComponent("mine").path])
            let plain = try Attune()("explain", "it is zorple", "--language", "en")
            let layered = try mine("explain", "it is zorple", "--language", "en")
            #expect(plain.status == 0 && layered.status == 0)
            #expect(!plain.output.contains("lexicon:en/valence") && layered.output.contains("lexicon:en/valence"))
            let wrong = Attune(environment: ["ATTUNE_LEXICONS": folder.appendingPathComponent("none").path])
            #expect(try wrong("explain", "it is zorple").error.contains("cannot read the folder"))
        }
    }
}

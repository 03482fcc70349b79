import Testing

@testable import AttuneEngine

@Suite struct PackRecipeTests {
    private func recipe(_ text: String) throws -> PackRecipe { try PackRecipe(tsv: Array(text.utf8)) }

    @Test func labelsAreMappedAsTheLineSays() throws {
        let lines = try recipe(
            "# comment\ns\ttrain\temotion\tlove>joy,annoyed>anger+frustration,skip>!\tmapped\t0.5\ten\n"
                + "l\twords\tlanguage\t=\tmapped\t1\t\nx\tdev\tlanguage\t*>en\tall\t1\t\n"
        ).lines
        #expect(lines.count == 3)
        #expect(lines[0].labels(of: .init("", ["love", "annoyed", "other"])) == ["joy", "anger", "frustration"])
        #expect(lines[0].labels(of: .init("", ["love", "skip"])) == nil)
        #expect(lines[0].labels(of: .init("", ["other"])) == [])
        #expect(lines[0].named == ["joy", "anger", "frustration"])
        #expect(lines[1].labels(of: .init("", ["af"])) == ["af"])
        #expect(lines[2].labels(of: .init("", ["anything"])) == ["en"] && !lines[2].isTeaching && lines[2].judgesAll)
    }

    @Test(arguments: ["a\tb", "a\ttrain\tnothing\t=\tall\t1\t", "a\ttrain\tintent\t=\tall\tzero\t", "a\ttrain\tintent\tnoarrow\tall\t1\t"])
    func wrongLineIsNamed(_ line: String) {
        #expect(throws: PackRecipeError(line: 2)) { try recipe("# head\n\(line)\n") }
    }

    @Test func rowsOfDevAreNotLearnedFrom() throws {
        let recipe = try recipe("s\ttrain\tsentiment\tp>positive\tmapped\t1\ten\ns\tdev\tsentiment\tp>positive\tmapped\t1\ten\n")
        let rows = PackRows(
            recipe: recipe,
            sources: [
                .init(set: "s", split: "train"): [.init("Good stuff!", ["p"]), .init("new", ["p"])],
                .init(set: "s", split: "dev"): [.init("good  stuff", ["p"])],
            ])
        #expect(rows.train(.sentiment).map(\.text) == [Array("new".utf8)])
        #expect((rows.calibrationRows[.sentiment] ?? []).count + (rows.devRows[.sentiment] ?? []).count == 1)
    }

    /// The row counts of a single set of 1,000 texts: to learn from, to calibrate on, to measure.
    private func counts(_ split: String) throws -> [Int] {
        let recipe = try recipe("s\t\(split)\tsentiment\tp>positive\tmapped\t1\ten\n")
        let letters = Array("abcdefghij")
        let texts = (0..<1000).map { number in TrainingExample(String(String(number).map { letters[$0.wholeNumberValue ?? 0] }), ["p"]) }
        let rows = PackRows(recipe: recipe, sources: [.init(set: "s", split: recipe.lines[0].source): texts])
        return [rows.trainRows, rows.calibrationRows, rows.devRows].map { ($0[.sentiment] ?? []).count }
    }

    @Test func everySplitKnowsWhatItsRowsAreFor() throws {
        #expect(try counts("train") == [1000, 0, 0])
        #expect(try counts("heldout") == [0, 0, 1000])
        let tenth = try counts("train/10")
        #expect(tenth.reduce(0, +) == 1000 && (70...130).contains(tenth[1]) && tenth[2] == 0)
        let dev = try counts("dev")
        #expect(dev.reduce(0, +) == 1000 && dev[0] == 0 && (430...570).contains(dev[1]))
    }
}

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
        #expect(lines[2].labels(of: .init("", ["anything"])) == ["en"] && lines[2].isDev && lines[2].judgesAll)
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
        #expect(rows.dev(.sentiment).count == 1)
    }
}

import AttuneEngine
import Foundation

/// Reads lexicon folders for a pack, where a line that cannot be used is a failure.
enum LexiconBuild {
    /// Told before giving up: more would hide the first ones.
    private static let mostTold = 50

    static func lexicon(_ folders: [URL]) throws -> Lexicon {
        let (lexicon, problems) = Lexicon.read(try PackLoader.sources(folders: folders))
        guard problems.isEmpty else {
            for problem in problems.prefix(mostTold) { StandardError.write("attune: \(problem)\n") }
            throw CommandFailure(
                "\(problems.count) line\(problems.count == 1 ? "" : "s") of the lexicons cannot be used: correct them and build again")
        }
        return lexicon
    }
}

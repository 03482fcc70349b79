import ArgumentParser

struct LexiconCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lexicon", abstract: "Build the pack from lexicons, and check lexicons for mistakes.",
        subcommands: [LexiconBuildCommand.self, LexiconCheckCommand.self])
}

import ArgumentParser
import Foundation

/// The command tree: one line a command.
public struct AttuneCommand: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "attune",
        abstract: "Listens where customers write, and tells how they feel, what they want and who they are.",
        version: Installation.versionText,
        groupedSubcommands: [
            .init(name: "Understand", subcommands: [ScoreCommand.self, ExplainCommand.self]),
            .init(name: "Listen", subcommands: [DecodeCommand.self, ImportCommand.self, ServeCommand.self, ConnectorsCommand.self]),
            .init(name: "Identify", subcommands: [ResolveCommand.self]),
            .init(name: "Trust", subcommands: [PrivacyCommand.self]),
            .init(name: "Ask", subcommands: [QueryCommand.self, CustomerCommand.self]),
            .init(
                name: "Train",
                subcommands: [
                    TrainCommand.self, EvaluateCommand.self, LexiconCommand.self, TrainPackCommand.self, BenchEngineCommand.self,
                    BenchImportCommand.self,
                ]),
            .init(name: "Set up", subcommands: [DemoCommand.self, DoctorCommand.self]),
        ]
    )

    public init() {}

    /// Runs the command line and leaves the process: 0 done, 1 failure, 2 wrong usage; one line on standard error says why.
    public static func start() async -> Never {
        // A reader that has seen enough (`| head`) closes the pipe: writing then fails with EPIPE and we leave quietly.
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            StandardOutput.flushOrExit()
            Foundation.exit(0)
        } catch {
            leave(with: error)
        }
    }

    private static func leave(with error: any Error) -> Never {
        if error is BrokenPipe { Foundation.exit(0) }
        if let failure = error as? CommandFailure {
            StandardError.write("attune: \(failure.message)\n")
            Foundation.exit(failure.isUsage ? 2 : 1)
        }
        switch exitCode(for: error) {
        case .success:
            print(fullMessage(for: error))
            Foundation.exit(0)
        case .validationFailure:
            StandardError.write("attune: \(message(for: error)); see `attune --help`\n")
            Foundation.exit(2)
        case let code where error is ExitCode:
            Foundation.exit(code.rawValue)
        default:
            StandardError.write("attune: \(error)\n")
            Foundation.exit(1)
        }
    }
}

import ArgumentParser
import AttuneConnectors

struct ConnectorsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "connectors",
        abstract: "List the formats Attune reads; `connectors show NAME` tells how to use one.",
        subcommands: [List.self, Show.self],
        defaultSubcommand: List.self
    )

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the connectors.")

        func run() throws {
            var table = TextTable(["CONNECTOR": .left, "READS": .left])
            for connector in ConnectorRegistry.standard.connectors { table.add(connector.name, connector.documentation.summary) }
            for line in table.lines(.standardOutput()) { try StandardOutput.line(line) }
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "What a connector reads, its options, an example, and how to set it up.")

        @Argument(help: "The connector's name.")
        var name: String

        func run() throws {
            let connector: any Connector
            do throws(RecognitionFailure) { connector = try ConnectorRegistry.standard.connector(named: name) } catch {
                throw CommandFailure.usage("\(error)")
            }
            let page = connector.documentation
            let terminal = Terminal.standardOutput()
            try StandardOutput.line(terminal.styled(connector.name, .bold) + "  " + page.summary)
            try StandardOutput.line("\n" + page.details)
            if !page.options.isEmpty {
                try StandardOutput.line("\n" + terminal.styled("Configuration (--config FILE, JSON)", .bold))
                let width = page.options.map(\.key.count).max() ?? 0
                for option in page.options {
                    try StandardOutput.line("  " + option.key + String(repeating: " ", count: width - option.key.count + 2) + option.meaning)
                }
            }
            try StandardOutput.line("\n" + terminal.styled("Example", .bold) + "\n" + page.example)
            try StandardOutput.line("\n" + terminal.styled("Set up", .bold) + "\n" + page.setup)
        }
    }
}

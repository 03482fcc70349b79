import ArgumentParser
import AttuneConnectors
import AttuneServer
import Foundation

struct ConnectorsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "connectors",
        abstract: "List the formats Attune reads; `connectors show NAME` tells how to use one.",
        subcommands: [List.self, Show.self, Docs.self],
        defaultSubcommand: List.self
    )

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the connectors.")

        func run() throws {
            var table = TextTable(["CONNECTOR": .left, "WEBHOOK": .left, "READS": .left])
            let webhooks = Set(WebhookEndpoint.all.map(\.connector))
            for connector in ConnectorRegistry.standard.connectors {
                table.add(connector.name, webhooks.contains(connector.name) ? "yes" : "", connector.documentation.summary)
            }
            for line in table.lines(.standardOutput()) { try StandardOutput.line(line) }
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What a connector reads, its options, an example with what becomes of it, and how to set it up.")

        @Argument(help: "The connector's name.")
        var name: String

        func run() throws {
            let connector: any Connector
            do throws(RecognitionFailure) { connector = try ConnectorRegistry.standard.connector(named: name) } catch {
                throw CommandFailure.usage("\(error)")
            }
            for line in ConnectorPage(connector).lines(.standardOutput()) { try StandardOutput.line(line) }
        }
    }

    struct Docs: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write a page for each connector into a folder (Markdown).",
            discussion: "The pages of docs/connectors are made so; pages of connectors that are gone are removed.")

        @Option(help: "The folder; it is made when it is missing.")
        var output: String

        func run() throws {
            let folder = URL(fileURLWithPath: output)
            do {
                try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
                let files = ConnectorPage.files(.standard)
                for file in files { try Data(file.text.utf8).write(to: folder.appendingPathComponent(file.name)) }
                for name in try FileManager.default.contentsOfDirectory(atPath: folder.path)
                where name.hasSuffix(".md") && !files.contains(where: { $0.name == name }) {
                    try FileManager.default.removeItem(at: folder.appendingPathComponent(name))
                }
            } catch {
                throw CommandFailure("cannot write into \(output): \(error.localizedDescription)")
            }
        }
    }
}

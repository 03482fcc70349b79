import ArgumentParser
import AttuneConnectors
import AttuneCore

struct DecodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decode",
        abstract: "Show what a connector makes of a file: one JSON line per operation, nothing stored.",
        discussion: "Without --connector the format is recognised by its content; standard error says which was taken and why."
    )

    @Argument(help: "Files to decode, or folders with them; `-` is standard input.")
    var files: [String]

    @Option(help: "Connector to use (`attune connectors` lists them).")
    var connector: String?

    @Option(help: "JSON configuration: zone, agentNames, agentDomains, callStart, speakers, channelRoles, mapping, …")
    var config: String?

    @Flag(help: "Print one JSON line a file instead: how many operations of each kind, of how many bytes, in how many seconds.")
    var summary = false

    func run() throws {
        let configuration = try ConfigurationFile.connector(config)
        let places = try InputPlace.all(files, connector: connector)
        InputSurvey.make(of: places, connector: connector, configuration)
        for place in places {
            let input = try ConnectorInput(place, connectorName: connector)
            // Always, and not only to a terminal: a format taken for another is seen by this line first.
            if let recognition = input.recognition {
                StandardError.write("attune: \(input.name): \(input.connector.name), because \(recognition.reason)\n")
            }
            if summary {
                try StandardOutput.line(try DecodeSummary(input, configuration).line)
                continue
            }
            var out = ByteBuffer(capacity: 1 << 20)
            try input.forEachOperation(configuration) { operation, _ in
                OperationJSON.write(operation, into: &out)
                if out.count > 1 << 20 {
                    try StandardOutput.write(out.bytes)
                    out.removeAll()
                }
            }
            try StandardOutput.write(out.bytes)
        }
    }
}

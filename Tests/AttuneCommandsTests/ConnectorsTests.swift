import AttuneConnectors
import AttuneCore
import Foundation
import Testing

@testable import AttuneCommands

@Suite struct ConnectorsTests {
    @Test func allAreListed() throws {
        let lines = try Attune()("connectors").lines
        #expect(lines.count == ConnectorRegistry.standard.connectors.count + 1)
        for (line, connector) in zip(lines.dropFirst(), ConnectorRegistry.standard.connectors) { #expect(line.hasPrefix(connector.name + " ")) }
    }

    @Test func aPageShowsOptionsExampleMappingAndSetup() throws {
        let page = try Attune()("connectors", "show", "whatsapp-cloud").output
        for word in ["still waiting", "Example", "What becomes of it", "\"op\":\"message\"", "Set up", "Webhook", "appSecrets", "verifyToken"] {
            #expect(page.contains(word), "\(word)")
        }
    }

    /// The pages in the checkout are those that the connectors' documentation gives.
    @Test func thePagesAreCurrent() throws {
        let folder = Attune.root.appendingPathComponent("docs/connectors")
        let files = ConnectorPage.files(.standard)
        for file in files {
            let written = try? String(contentsOf: folder.appendingPathComponent(file.name), encoding: .utf8)
            #expect(written == file.text, "\(file.name) is old: run attune connectors docs --output docs/connectors")
        }
        #expect(Set(try FileManager.default.contentsOfDirectory(atPath: folder.path)) == Set(files.map(\.name)))
    }

    /// An example that its own connector can't read would teach nonsense.
    @Test(arguments: ConnectorRegistry.standard.connectors.map(\.name))
    func everyExampleIsReadable(name: String) throws {
        let connector = try ConnectorRegistry.standard.connector(named: name)
        var decoder = try connector.makeDecoder(
            ConnectorConfiguration(), context: DecodingContext(receivedAt: try #require(Timestamp(seconds: 1_770_109_747))))
        var (read, rejected) = (0, [String]())
        try decoder.decode(all: Array(connector.documentation.example.utf8)) { operation in
            if case .rejected(let rejection) = operation { rejected.append(rejection.reason) } else { read += 1 }
        }
        #expect(read > 0 && rejected.isEmpty, "\(name): \(rejected)")
    }

    @Test func docsSaysWhereItCannotWrite() throws {
        let result = try Attune()("connectors", "docs", "--output", "/dev/null/x")
        #expect(result.status == 1 && result.errorLines.count == 1 && result.error.contains("/dev/null/x"))
    }
}

import Foundation
import Testing

/// One thing, one file, one line in a visible list: folder and list agree.
@Suite struct ListTests {
    private let tree = Tree()

    /// Names of the types below a folder that conform to a protocol.
    private func types(_ folder: String, conformingTo name: String) throws -> Set<String> {
        var names = Set<String>()
        for line in try tree.files(folder, "swift").flatMap(\.lines) {
            let words = line.split(whereSeparator: { " :,{".contains($0) }).map(String.init)
            guard let at = words.firstIndex(of: "struct"), at + 1 < words.count, words.dropFirst(at + 2).contains(name) else { continue }
            names.insert(words[at + 1])
        }
        return names
    }

    @Test func everyConnectorIsRegistered() throws {
        let registry = try tree.text("Sources/AttuneConnectors/Registry.swift")
        let connectors = try types("Sources/AttuneConnectors", conformingTo: "Connector")
        #expect(connectors.count >= 5)
        for name in connectors { #expect(registry.contains("\(name)(),"), "\(name) has no line in ConnectorRegistry.standard") }
        let lines = registry.split(separator: "\n").filter { $0.hasSuffix("Connector(),") }
        #expect(lines.count == connectors.count)
    }

    @Test func everySignalRuleIsListed() throws {
        let list = try tree.text("Sources/AttuneCore/Signals/SignalEngine.swift")
        let rules = try types("Sources/AttuneCore/Signals/Rules", conformingTo: "SignalRule")
        #expect(rules.count == (try tree.names("Sources/AttuneCore/Signals/Rules").count))
        for name in rules { #expect(list.contains("\(name)(),"), "\(name) has no line in SignalEngine.standardRules") }
    }

    @Test func everySinkIsListed() throws {
        let list = try tree.text("Sources/AttuneConnectors/Sinks/SinkRegistry.swift")
        let sinks = try types("Sources/AttuneConnectors/Sinks", conformingTo: "Sink")
        #expect(sinks.count >= 2)
        for name in sinks { #expect(list.contains("\(name)("), "\(name) is not made by SinkRegistry") }
    }

    @Test func everyCommandIsInTheTree() throws {
        let sources = try tree.files("Sources/AttuneCommands", "swift").map(\.text).joined()
        let commands = try types("Sources/AttuneCommands", conformingTo: "ParsableCommand")
            .union(types("Sources/AttuneCommands", conformingTo: "AsyncParsableCommand")).subtracting(["AttuneCommand"])
        #expect(commands.count >= 14)
        for name in commands { #expect(sources.contains("\(name).self"), "\(name) is in no list of subcommands") }
    }

    @Test func everyValenceRuleIsApplied() throws {
        let model = try tree.text("Sources/AttuneEngine/Valence/ValenceModel.swift")
        for rule in ["Negation", "Intensifier", "Contrast", "Conditional", "Emphasis", "Emoji", "Idiom"] {
            #expect(try tree.names("Sources/AttuneEngine/Valence/Rules").contains("\(rule).swift"), "\(rule) has no file of its own")
            #expect(model.contains("\(rule)."), "\(rule) is not in the order of the rules")
        }
    }
}

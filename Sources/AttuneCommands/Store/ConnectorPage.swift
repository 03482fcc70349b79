import AttuneConnectors
import AttuneCore
import AttuneServer

/// What is told about a connector: on the terminal by `attune connectors show`, and as a page of docs/connectors.
struct ConnectorPage {
    /// A part of the page. Tables and code are told apart, so that each reader gets them as it likes.
    enum Part {
        case text(String)
        case code(String, language: String)
        case table([(key: String, meaning: String)])
    }

    struct Section {
        var title: String
        var parts: [Part]
    }

    let name: String
    let summary: String
    let sections: [Section]

    init(_ connector: any Connector) {
        let documentation = connector.documentation
        name = connector.name
        summary = documentation.summary
        var sections = [Section(title: "What it reads", parts: [.text(documentation.details)])]
        if !documentation.options.isEmpty {
            sections.append(
                Section(title: "Configuration (--config FILE, JSON)", parts: [.table(documentation.options.map { ($0.key, $0.meaning) })]))
        }
        sections.append(Section(title: "Example", parts: [.code(documentation.example, language: "")]))
        let mapping = Self.operations(connector, documentation.example)
        if !mapping.isEmpty { sections.append(Section(title: "What becomes of it", parts: [.code(mapping, language: "json")])) }
        sections.append(Section(title: "Set up", parts: [.text(documentation.setup)]))
        if let endpoint = WebhookEndpoint.all.first(where: { $0.connector == connector.name }) { sections.append(Self.webhook(endpoint)) }
        self.sections = sections
    }

    /// The example decoded, one operation a line: which field becomes what. Its records without a time get a fixed one.
    private static func operations(_ connector: any Connector, _ example: String) -> String {
        let context = DecodingContext(receivedAt: Timestamp(seconds: 1_770_109_747) ?? Timestamp(nanoseconds: 0))
        var lines = [String]()
        guard var decoder = try? connector.makeDecoder(ConnectorConfiguration(), context: context),
            (try? decoder.decode(all: Array(example.utf8)) { lines.append(OperationJSON.line($0)) }) != nil
        else { return "" }
        return lines.joined(separator: "\n")
    }

    private static func webhook(_ endpoint: WebhookEndpoint) -> Section {
        let key = endpoint.keys.first?.name ?? "secrets"
        let example = """
            {"sources": {"shop": {"connector": "\(endpoint.connector)", "\(key)": [{"env": "SHOP_SECRET"}]}}}
            """
        return Section(
            title: "Webhook",
            parts: [
                .text("`attune serve` takes deliveries at /v1/hooks/\(endpoint.connector)/SOURCE, with a source in its configuration:"),
                .code(example, language: "json"),
                .table(endpoint.keys.map { ($0.name, $0.meaning) } + [("options", "the configuration above, as an object")]),
            ])
    }
}

extension ConnectorPage {
    /// Lines for a terminal.
    func lines(_ terminal: Terminal) -> [String] {
        var lines = [terminal.styled(name, .bold) + "  " + summary]
        for section in sections {
            lines += ["", terminal.styled(section.title, .bold)]
            for part in section.parts {
                switch part {
                case .text(let text), .code(let text, _): lines.append(text)
                case .table(let rows):
                    let width = rows.map(\.key.count).max() ?? 0
                    for row in rows { lines.append("  " + row.key + String(repeating: " ", count: width - row.key.count + 2) + row.meaning) }
                }
            }
        }
        return lines
    }

    /// The page of docs/connectors.
    var markdown: String {
        var text = "# \(name)\n\n\(summary)\n"
        for section in sections {
            text += "\n## \(section.title)\n"
            for part in section.parts {
                switch part {
                case .text(let paragraph): text += "\n\(paragraph)\n"
                case .code(let code, let language): text += "\n~~~\(language)\n\(code)\n~~~\n"
                case .table(let rows):
                    text += "\n| key | meaning |\n|---|---|\n"
                    for row in rows { text += "| \(Self.cell("`\(row.key)`")) | \(Self.cell(row.meaning)) |\n" }
                }
            }
        }
        return text + "\n<!-- Written by `attune connectors docs`; change the connector's documentation instead. -->\n"
    }

    private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|").replacing("\n", with: " ") }

    /// Every file of docs/connectors by its name: a page a connector, and the list of them.
    static func files(_ registry: ConnectorRegistry) -> [(name: String, text: String)] {
        let pages = registry.connectors.map(ConnectorPage.init)
        let rows = pages.map { "| [\($0.name)](\($0.name).md) | \(cell($0.summary)) |\n" }.joined()
        let list = """
            # Connectors

            What Attune reads. `attune connectors show NAME` prints the same pages; `attune decode FILE` recognises a file by its content.

            | connector | reads |
            |---|---|
            \(rows)
            <!-- Written by `attune connectors docs`. -->

            """
        return [("README.md", list)] + pages.map { ("\($0.name).md", $0.markdown) }
    }
}

import AttuneCore
import AttuneEngine
import AttuneStore
import Foundation

/// What the demonstration prints.
struct DemoView {
    let terminal: Terminal

    func title(_ text: String) throws { try StandardOutput.line("\n" + terminal.styled(text, .bold)) }

    /// A bar per channel: negative, neutral and mixed, positive.
    func sentiment(_ overview: Overview) throws {
        try title("Sentiment by channel  (\(overview.messages) messages, \(overview.customers) customers, \(overview.conversations) conversations)")
        let width = 40
        for channel in overview.channels where channel.analysed > 0 {
            let share = { (label: Sentiment.Label) in Double(channel.labels.first { $0.label == label }?.messages ?? 0) / Double(channel.analysed) }
            let negative = Int((share(.negative) * Double(width)).rounded())
            let positive = Int((share(.positive) * Double(width)).rounded())
            let bar =
                terminal.styled(String(repeating: "█", count: negative), .red) + String(repeating: "░", count: max(0, width - negative - positive))
                + terminal.styled(String(repeating: "█", count: positive), .green)
            try StandardOutput.line(
                "  \(pad(channel.channel.rawValue, 9)) \(bar)  \(percent(share(.negative))) negative, \(percent(share(.positive))) positive, mean "
                    + decimal(channel.meanValence ?? 0))
        }
        let languages = overview.languages.filter { $0.language != nil }.prefix(6).map { "\($0.language ?? "") \($0.messages)" }
        try StandardOutput.line("  languages: " + languages.joined(separator: ", "))
    }

    func atRisk(_ customers: [CustomerAtRisk]) throws {
        try title("Customers most at risk")
        for customer in customers {
            let rules = Set(customer.signals.map(\.signal.rule)).sorted().joined(separator: ", ")
            try StandardOutput.line(
                "  \(pad(customer.displayName ?? customer.id.rawValue, 22)) attention \(pad("\(customer.state.attention)", 3, right: true))  valence "
                    + "\(decimal(customer.state.valence))  \(terminal.styled(rules, .yellow))")
            guard let quote = customer.quote else { continue }
            let text = quote.text.split(whereSeparator: \.isNewline).joined(separator: " ")
            let source = "    \(quote.channel.rawValue) \(RFC3339.format(quote.sentAt).prefix(10)): "
            try StandardOutput.line(terminal.styled(source, .dim) + "“\(TextTable.cut(text, to: max(40, terminal.width - source.count - 2)))”")
        }
    }

    /// The customer at risk who wrote on most channels: one person, told from several platforms.
    func journey(of queries: StoreQueries, now: Timestamp) throws {
        let profiles = try queries.customersAtRisk(limit: 20, now: now).compactMap { try queries.customer($0.id, messages: 6) }
        guard let profile = profiles.max(by: { $0.channels.count < $1.channels.count }), profile.channels.count > 1 else { return }
        let channels = profile.channels.map(\.channel.rawValue).joined(separator: ", ")
        try title("One customer across channels: \(profile.displayName ?? profile.id.rawValue) (\(channels))")
        for message in profile.timeline {
            let label = message.reading.map { "\(pad($0.label.rawValue, 8)) \(pad(decimal($0.valence), 6, right: true))" } ?? pad("", 15)
            let head = "  \(RFC3339.format(message.sentAt).prefix(10)) \(pad(message.channel.rawValue, 8)) \(label)  "
            let text = (message.text ?? "").split(whereSeparator: \.isNewline).joined(separator: " ")
            try StandardOutput.line(head + TextTable.cut(text, to: max(40, terminal.width - head.count)))
        }
    }

    func events(_ lines: [JSONValue], count: Int) throws {
        try title("Forwarded: \(count) events, as CloudEvents to a file")
        for (type, events) in Dictionary(grouping: lines, by: { $0["type"]?.string ?? "" }).sorted(by: { $0.key < $1.key }) {
            try StandardOutput.line("  \(pad(type, 36)) \(events.count)")
        }
        if let sample = lines.last(where: { $0["type"]?.string == "attune.signal.churn_risk.v1" }) {
            try StandardOutput.line(terminal.styled("  e.g. " + TextTable.cut(JSONWriter.string(sample), to: terminal.width * 2), .dim))
        }
    }

    func close(elapsed: Duration, store: String?) throws {
        try StandardOutput.line("\nDone in \(elapsed.formatted(.units(allowed: [.seconds, .milliseconds], maximumUnitCount: 1))).")
        if let store { try StandardOutput.line("The store is kept: attune query overview --store \(store)") }
    }

    private func pad(_ text: String, _ width: Int, right: Bool = false) -> String {
        let space = String(repeating: " ", count: max(0, width - TextTable.width(text)))
        return right ? space + text : text + space
    }

    private func percent(_ share: Double) -> String { pad("\(Int((share * 100).rounded())) %", 5, right: true) }

    private func decimal(_ value: Double) -> String {
        var out = value >= 0 ? [UInt8(ascii: "+")] : []
        DecimalText.append(value, decimals: 2, to: &out)
        return String(decoding: out, as: UTF8.self)
    }
}

/// Events as they were written to a file.
enum EventLines {
    static func read(_ path: String) throws -> [JSONValue] {
        var blocks = LineBlocks(try InputFile(path: path))
        var events = [JSONValue]()
        var block = LineBlock()
        while try blocks.next(into: &block) {
            try block.forEachLine { line, _ in
                if !line.isEmpty { events.append(try JSONParser.parse(line)) }
                return true
            }
        }
        return events
    }
}

import AttuneCore

/// Tells people why records are one customer: what `attune resolve --explain` writes.
struct LinkExplanation {
    private let name: (Int) -> String
    /// The links from one record to another, nil when they are two customers; and what a comparison says of these.
    private let steps: (Int, Int) -> [String]?
    private let comparison: (Int, Int) -> [String]

    /// Records of a person that are explained when one record was asked for.
    private static let recordLimit = 20

    /// - Parameter name: the id of a record.
    init(_ graph: ResolvedGraph, name: @escaping (Int) -> String) {
        self.name = name
        steps = { a, b in
            graph.path(from: a, to: b)?.flatMap { link in
                let (x, y) = (name(link.from), name(link.to))
                return switch link.basis {
                case .identifier(let kind, let value, let rule): ["\(x) – \(y): both show the \(kind.rawValue) \(value), \(Self.words(rule))"]
                case .alias(let name, let person): ["\(x) – \(y): \(name) is only seen on identifiers of \(person)"]
                case .mustLink: ["\(x) – \(y): somebody decided so"]
                case .comparison(let weight): ["\(x) – \(y): alike by more than chance"] + Self.lines(weight)
                }
            }
        }
        comparison = { a, b in graph.separation(a, b).map(Self.lines) ?? [] }
    }

    init(_ table: ResolvedTable, name: @escaping (Int) -> String) {
        self.name = name
        let compared = { (a: Int, b: Int) in table.weight(a, b).map(Self.lines) ?? [] }
        steps = { a, b in
            table.path(from: a, to: b).map { path in
                zip(path, path.dropFirst()).flatMap { ["\(name($0)) – \(name($1)): alike by more than chance"] + compared($0, $1) }
            }
        }
        comparison = compared
    }

    /// - Parameters:
    ///   - ids: one or two records.
    ///   - count: number of records.
    func text(_ ids: [String], count: Int, clusters: [[Int]]) throws -> String {
        guard ids.count <= 2 else { throw CommandFailure.usage("--explain is given \(ids.count) times: once for a record, twice for two") }
        let places = try ids.map { id in
            guard let place = (0..<count).first(where: { name($0) == id }) else {
                throw CommandFailure.usage("--explain: there is no record \"\(id)\"")
            }
            return place
        }
        let first = places[0]
        if places.count == 2 {
            let second = places[1]
            if let steps = steps(first, second) { return Self.joined(["\(ids[0]) and \(ids[1]) are one customer"], steps) }
            return Self.joined(["\(ids[0]) and \(ids[1]) are two customers"], comparison(first, second))
        }
        let others = (clusters.first { $0.contains(first) } ?? []).filter { $0 != first }
        if others.isEmpty { return "\(ids[0]) is a customer of its own\n" }
        let head = "\(ids[0]) is one customer with \(others.count) other record" + (others.count == 1 ? "" : "s")
        let shown = others.prefix(Self.recordLimit)
        let rest = others.count > shown.count ? ["and \(others.count - shown.count) more"] : []
        return Self.joined([head], shown.flatMap { steps(first, $0) ?? [] } + rest)
    }

    private static func joined(_ head: [String], _ lines: [String]) -> String {
        (head + lines.map { "  " + $0 }).map { $0 + "\n" }.joined()
    }

    private static func words(_ rule: ExplainedLink.IdentifierRule) -> String {
        switch rule {
        case .onePerson: "which only one person's names go with"
        case .samePerson: "which several people show, with one name"
        case .holder: "which several people show; the one without a name was sent while the other's owner had it"
        case .settled: "which several people show, who turned out to be one"
        }
    }

    private static func lines(_ separation: ExplainedSeparation) -> [String] {
        let barriers = separation.barriers.map { "both show the \($0.kind.rawValue) \($0.value): \(words($0.reason))" }
        guard let weight = separation.weight else { return barriers }
        let doubt =
            weight.total > 0
            ? ["  alone they could be one; not together with the other records of the two, or too few links as doubtful are right"] : []
        return barriers + ["compared with each other:"] + lines(weight) + doubt
    }

    private static func words(_ reason: ExplainedSeparation.Reason) -> String {
        switch reason {
        case .kind: "identifiers of this kind join nobody"
        case .crowd: "too many people show it"
        case .severalPeople: "several people show it, and the names do not say that these are the same one"
        case .limit: "a customer would have more identifiers of a kind than one may have, or somebody decided otherwise"
        }
    }

    /// A line for each field that says something, and the sum.
    ///
    /// What is printed adds up: each term is rounded together with those above it.
    private static func lines(_ weight: PairWeight) -> [String] {
        var (sum, lines) = (0.0, [String]())
        func add(_ bits: Double, _ words: String) {
            lines.append("  \(Self.bits(hundredths(sum + bits) - hundredths(sum))) \(words)")
            sum += bits
        }
        for term in weight.terms where term.level != "missing" {
            let values = [term.values, term.others].map { $0.joined(separator: ", ") }
            add(term.bits - term.rarity, "\(term.field) \(term.level): " + (values[0] == values[1] ? values[0] : "\(values[0]) | \(values[1])"))
        }
        add(weight.prior, "before anything is known of two records")
        if hundredths(weight.total) != hundredths(sum) { add(weight.total - sum, "they may be of one household, and what is missing") }
        return lines + ["= \(bits(hundredths(weight.total))) bits: one person with probability \(percent(weight.probability))"]
    }

    private static func hundredths(_ bits: Double) -> Int { Int((bits * 100).rounded()) }

    private static func bits(_ hundredths: Int) -> String {
        let rest = abs(hundredths) % 100
        let text = "\(hundredths < 0 ? "-" : "+")\(abs(hundredths) / 100).\(rest < 10 ? "0" : "")\(rest)"
        return String(repeating: " ", count: max(0, 7 - text.count)) + text
    }

    private static func percent(_ p: Double) -> String {
        let tenths = Int((p * 1000).rounded())
        return tenths >= 1000 ? "above 99.9 %" : "\(tenths / 10).\(tenths % 10) %"
    }
}

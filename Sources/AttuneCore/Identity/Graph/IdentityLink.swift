/// Something that speaks for or against two messages being one person's, beside identifiers.
public struct IdentityLink: Hashable, Sendable {
    public enum Kind: String, Sendable, CaseIterable {
        /// Somebody decided that they belong together: no limit forbids it.
        case must
        /// Somebody decided that they do not.
        case cannot
        /// Names and other attributes made it probable when everything was last compared.
        case probable
    }

    public var kind: Kind
    /// Ids of messages; the smaller one first, so that one fact has one form.
    public let first: String
    public let second: String

    public init(_ kind: Kind, _ a: String, _ b: String) {
        self.kind = kind
        first = min(a, b)
        second = max(a, b)
    }
}

/// Links as places among prepared records; those whose messages are not there say nothing.
struct PlacedLinks {
    private(set) var must: [(Int, Int)] = []
    private(set) var apart: [(Int, Int)] = []
    private(set) var probable: [(Int, Int)] = []

    init(_ links: [IdentityLink], _ recordIDs: RecordIDs, _ evidence: PreparedEvidence) {
        if links.isEmpty { return }
        let ids = Set(links.flatMap { [$0.first, $0.second] })
        var place: [String: Int] = [:]
        for (r, i) in evidence.order.enumerated() {
            let id = String(decoding: recordIDs[Int(i)], as: UTF8.self)
            if ids.contains(id) { place[id] = r }
        }
        for link in links.sorted(by: { ($0.first, $0.second) < ($1.first, $1.second) }) {
            guard let a = place[link.first], let b = place[link.second], a != b else { continue }
            switch link.kind {
            case .must: must.append((a, b))
            case .cannot: apart.append((a, b))
            case .probable: probable.append((a, b))
            }
        }
    }
}

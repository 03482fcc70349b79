import AttuneCore
import AttuneEngine
import AttuneStore
import Foundation

/// A store on disk with the pipeline in front of it, and an analyzer whose answers stand in the text: `v:-0.8 i:cancel`.
struct World {
    let store: SQLiteStore
    let folder: URL
    let pipeline = Pipeline()

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("attune-pipeline-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        store = try SQLiteStore.open(path: folder.appendingPathComponent("s.sqlite").path, create: true)
    }

    func remove() throws {
        try store.close()
        try FileManager.default.removeItem(at: folder)
    }

    static func with<R>(_ body: (World) throws -> R) throws -> R {
        let world = try World()
        let result = Result { try body(world) }
        try world.remove()
        return try result.get()
    }

    @discardableResult func process(
        _ operations: [AttuneCore.Operation], checkpoint: Checkpoint? = nil, isLoading: Bool = false, hasPlatformIDs: Bool = false
    ) throws -> BatchReport {
        let batch = Batch(
            operations: operations, checkpoint: checkpoint, receivedAt: Timestamp(nanoseconds: 0), hasPlatformIDs: hasPlatformIDs)
        return try pipeline.process(batch, into: store, isLoading: isLoading, analyze: World.analyze)
    }

    static func analyze(_ text: String, _ language: String?) -> Analysis {
        var valence = 0.0
        var intents = [LabelScore]()
        for word in text.split(separator: " ") {
            if word.hasPrefix("v:") { valence = Double(word.dropFirst(2)) ?? 0 }
            if word.hasPrefix("i:") { intents.append(LabelScore(label: String(word.dropFirst(2)), confidence: 0.9)) }
        }
        let label: Sentiment.Label = valence < -0.2 ? .negative : valence > 0.2 ? .positive : .neutral
        return Analysis(
            language: LanguageGuess(code: "en", confidence: 1),
            sentiment: Sentiment(label: label, valence: valence, confidence: 0.9, negative: 0.3, neutral: 0.4, positive: 0.3),
            emotions: valence < -0.2 ? [EmotionScore(emotion: .anger, score: 0.9, intensity: 4)] : [], intents: intents, topics: [], urgency: 0,
            effort: nil, toxicity: 0, sensitive: [], skipped: nil, receipt: nil)
    }

    /// A customer's message; `identifiers` like `email:a@shop.com phone:+447700900123`.
    static func message(
        _ id: String, _ text: String, _ identifiers: String = "", day: Double = 1, role: Role = .customer, visibility: Visibility = .public,
        conversation: String = "c1", channel: Channel = .chat
    ) -> Message {
        let list = identifiers.split(separator: " ").compactMap { part -> Identifier? in
            let halves = part.split(separator: ":", maxSplits: 1)
            return halves.count == 2 ? Identifier(kind: .init(rawValue: String(halves[0])), value: String(halves[1]), verified: true) : nil
        }
        return Message(
            id: "t:\(id)", nativeID: id, channel: channel, source: "t", conversationID: conversation,
            author: Author(role: role, displayName: nil, identifiers: list), sentAt: Timestamp(nanoseconds: Int64(day * 86_400e9)), text: text,
            visibility: visibility)
    }

    func kept(_ id: String) throws -> Message? { try store.transaction { try $0.message("t:\(id)") } }

    func customer(_ id: String) throws -> CustomerID? { try store.transaction { try $0.customerID(ofMessage: "t:\(id)") } }

    func events() throws -> [String] { try store.queries.events(limit: 10_000).map(\.type) }

    /// Everything a user can see of the store, whatever the order in which it was filled.
    func contents(_ ids: [String]) throws -> [String] {
        var groups: [CustomerID: [String]] = [:]
        for id in ids { if let customer = try customer(id) { groups[customer, default: []].append(id) } }
        return try groups.map { customer, members in
            let profile = try store.queries.customer(customer, messages: 1_000)
            let signals = (profile?.signals ?? []).filter { !$0.isRetracted }.map(\.signal.id).sorted()
            let state = profile?.state
            return "\(members.sorted()) \(String(describing: state?.valence)) \(state?.attention ?? -1) \(state?.messageCount ?? 0) \(signals)"
        }.sorted()
    }
}

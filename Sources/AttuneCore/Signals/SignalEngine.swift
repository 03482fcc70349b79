/// Runs the rules over a customer's timeline.
public struct SignalEngine: Sendable {
    public var parameters: StateParameters
    public var rules: [any SignalRule]

    /// The rules that ship, one file each in `Rules/`.
    public static let standardRules: [any SignalRule] = [
        SentimentEscalated(),
        ChurnRisk(),
    ]

    public init(parameters: StateParameters = StateParameters(), rules: [any SignalRule] = SignalEngine.standardRules) {
        self.parameters = parameters
        self.rules = rules
    }

    public struct Observation: Hashable, Sendable {
        /// After the last message; nil for an empty timeline.
        public var state: CustomerState?
        /// By time, then id.
        public var signals: [Signal]
    }

    /// - Parameter timeline: in timeline order.
    public func observe(_ timeline: [TimelineEntry]) -> Observation {
        var fold = StateFold(parameters: parameters)
        let moments = timeline.map { SignalMoment(entry: $0, state: fold.add($0)) }
        let signals = rules.flatMap { $0.evaluate(moments) }.sorted { ($0.at, $0.id) < ($1.at, $1.id) }
        return Observation(state: moments.last?.state, signals: signals)
    }
}

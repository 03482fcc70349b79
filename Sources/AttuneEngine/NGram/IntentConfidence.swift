/// How often an intent is right, by the way it was found: what head and phrases say together is no probability until it was held against
/// messages that nothing was learned from.
///
/// Kept in a model as a group of its own without n-grams: a label for each way, slope and offset of its log-odds as scale and bias.
struct IntentConfidence: Hashable, Sendable {
    /// How an intent came to be named.
    enum Way: Int, CaseIterable {
        /// The head says so, and no phrase.
        case head
        /// A phrase of the lexicon speaks for it.
        case phrase
        /// A complaint that the feeling alone tells of.
        case displeasure
        /// Nothing was certain; this was the likeliest.
        case likeliest
        /// Nothing that a company is asked for.
        case outside
    }

    static let group = "intent-confidence"

    /// By way; eight numbers, so that no memory is needed for five.
    private var slopes = SIMD8<Double>(repeating: 1)
    private var offsets = SIMD8<Double>(repeating: 0)

    /// Log-odds as they are.
    init() {}

    /// - Parameter model: its group, if it has one.
    init(_ model: ModelFile?) {
        guard let group = model?.group(Self.group), group.labels == Self.labels else { return }
        for index in group.labels.indices { set(index, .init(slope: Double(group.scale[index]), offset: Double(group.bias[index]))) }
    }

    static var labels: [String] { Way.allCases.map { "\($0)" } }

    private mutating func set(_ index: Int, _ fit: LinearHeads.Calibrated) {
        slopes[index] = fit.slope
        offsets[index] = fit.offset
    }

    mutating func set(_ way: Way, _ fit: LinearHeads.Calibrated) { set(way.rawValue, fit) }

    @inline(__always)
    func slope(_ way: Way) -> Double { slopes[way.rawValue] }

    @inline(__always)
    func offset(_ way: Way) -> Double { offsets[way.rawValue] }

    @inline(__always)
    func logOdds(_ way: Way, _ odds: Double) -> Double { slopes[way.rawValue] * odds + offsets[way.rawValue] }

    @inline(__always)
    func probability(_ way: Way, _ odds: Double) -> Double { DeterministicMath.sigmoid(logOdds(way, odds)) }

    /// As a group of a model.
    var heads: LinearHeads {
        let ways = Way.allCases
        return LinearHeads(
            name: Self.group, labels: Self.labels, link: .independent,
            configuration: .init(tableBits: 1, wordOrder: 0, maximumCharacters: 0, symbols: false, dense: false),
            lanes: LinearHeads.lanes(for: ways.count), table: nil, storage: nil, scale: ways.map { Float(slope($0)) },
            bias: ways.map { Float(offset($0)) }, threshold: .init(repeating: 0, count: ways.count), dense: [], reject: nil)
    }
}

/// A way to learn a group of heads: which n-grams, how freely each moves, and the strengths to try.
struct TrainingPlan: Sendable {
    var configuration: FeatureConfiguration
    /// How much more freely words and pairs move than characters, which are hundreds and all alike in two texts of the same words.
    var wordFactor: Float = 1
    /// How much a rare n-gram moves more freely than a frequent one: 1 is idf as it is known.
    var rarity: Float = 1
    /// Whether all texts are equally long vectors while heads are learned, as if they said equally much. Where they are scored they are not; of
    /// labels that exclude each other the same one stays ahead.
    var isUnit = false
    /// 0: labels count as often as they occur; 1: all labels count alike.
    var balance: Double
    var costs: [Float]
}

extension TrainingPlan {
    /// Up to so many labels each matters by itself, however rare.
    static let fewLabels = 8
    /// More labels than this are not feelings: what the pack knows of those is no help.
    private static let mostForKnown = 32

    /// The plans worth trying, the likelier first.
    /// - Parameters:
    ///   - known: the pack's heads, whose answers are features where the plan looks at the same n-grams.
    ///   - isCheap: whether there is time for more than one.
    static func plans(_ options: TrainerOptions, labels: Int, known: LinearHeads?, isCheap: Bool) -> [TrainingPlan] {
        var plans: [TrainingPlan] = []
        if let configuration = options.configuration {
            plans = [feelings(configuration, labels, options)]
        } else if let known, known.table != nil, labels <= mostForKnown {
            var configuration = known.configuration.single(tableBits: known.configuration.tableBits)
            if LinearHeads.lanes(for: labels) > known.lanes { configuration.tableBits = min(configuration.tableBits, tableBits(labels)) }
            plans = [feelings(configuration, labels, options)]
            if isCheap, labels > fewLabels, !options.multiLabel { plans.append(intents(labels)) }
        } else {
            plans = [options.multiLabel ? feelings(FeatureConfiguration(tableBits: tableBits(labels)), labels, options) : intents(labels)]
        }
        return plans.map { plan in
            var plan = plan
            if !options.costs.isEmpty { plan.costs = options.costs }
            if let balance = options.balance { plan.balance = balance }
            return plan
        }
    }

    /// Few labels have many rows each and like to be held back.
    private static func feelings(_ configuration: FeatureConfiguration, _ labels: Int, _ options: TrainerOptions) -> TrainingPlan {
        let isFew = labels <= fewLabels
        return TrainingPlan(
            configuration: configuration, balance: isFew ? 1 : options.multiLabel ? 0.5 : 0,
            costs: isFew ? [0.1, 0.3, 1] : options.multiLabel ? [0.3, 1] : [1, 2])
    }

    /// Seventy intents live from single words and from what stands together; how somebody feels only misleads, and so does
    /// how often a word is repeated. Rare labels are asked for like others.
    private static func intents(_ labels: Int) -> TrainingPlan {
        let configuration = FeatureConfiguration(tableBits: tableBits(labels), maximumCharacters: 4, dense: false, pairDistance: 8, distinct: true)
        return TrainingPlan(configuration: configuration, wordFactor: 4, rarity: 0.7, isUnit: true, balance: 0.5, costs: [1, 2])
    }

    /// At most 6 MiB whatever the number of labels: pairs of words are many, and in a small table they fall onto each other.
    static func tableBits(_ labels: Int) -> Int {
        var bits = 17
        while bits > 13, (1 << bits) * LinearHeads.lanes(for: labels) > 6 << 20 { bits -= 1 }
        return bits
    }
}

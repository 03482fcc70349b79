/// How to learn a group of heads.
public struct TrainerOptions: Sendable {
    /// Name of the group in the model file.
    public var name = "custom"
    /// Several labels (or none) may be right for one text.
    public var multiLabel = false
    /// The label of rows that are none of the others; the trainer also learns a probability below which it is answered.
    public var reject: String?
    public var seed: UInt64 = 1
    /// Strengths to try, the larger the closer to the examples; the best on held-out rows is taken. Empty chooses by the number of labels.
    public var costs: [Float] = []
    /// 0: labels count as often as they occur; 1: all labels count alike; nil chooses by their number.
    public var balance: Double?
    /// Passes over the examples at most.
    public var epochs = 20
    /// How freely the lexicon features are weighted.
    public var denseScale: Float = 1
    /// How freely what the pack's heads say is weighted.
    public var knownScale: Float = 0.2
    /// Which n-grams; when nil, chosen by the number of labels and, with few rows, by trying.
    public var configuration: FeatureConfiguration?

    /// What a row of a table can hold.
    public static let mostLabels = 1024

    public init() {}
}

/// Why nothing was learned, and what to do.
public enum TrainerError: Error, Hashable, Sendable, CustomStringConvertible {
    case tooFewLabels(Int)
    case tooManyLabels(Int)
    case unknownReject(String)

    public var description: String {
        switch self {
        case .tooFewLabels(let count): "the data has \(count) label(s): learning needs at least two, check the `label` column"
        case .tooManyLabels(let count): "the data has \(count) labels, at most \(TrainerOptions.mostLabels) are supported: is `label` an id?"
        case .unknownReject(let label): "no row has the label \"\(label)\" that --reject names: check its spelling"
        }
    }
}

/// Learned heads and how they did on held-out rows.
public struct TrainedModel: Sendable {
    public var heads: LinearHeads
    /// The strength that was chosen.
    public var cost: Float
    public var heldOut: HeldOut
    /// On held-out rows, before the weights were rounded to bytes.
    public var dev: Metrics
    public var expectedCalibrationError: Double
    public var reliability: [Calibration.Bin]

    /// Which rows were held out: the numbers are theirs.
    public enum HeldOut: String, Sendable {
        /// The rows of `--dev`.
        case dev
        /// All rows, a fifth at a time.
        case turns
        /// Every tenth distinct text.
        case tenth
    }

    /// The model as a file of one group.
    public func file(card: String = "") -> ModelFile { ModelFile(groups: [heads], card: card) }
}

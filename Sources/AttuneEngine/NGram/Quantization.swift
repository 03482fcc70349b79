extension LinearHeads {
    /// Slope and offset that turn a head's raw score into log-odds.
    public struct Calibrated: Hashable, Sendable {
        public var slope: Double
        public var offset: Double
        public init(slope: Double, offset: Double) {
            self.slope = slope
            self.offset = offset
        }

        public static let identity = Calibrated(slope: 1, offset: 0)
    }

    /// Makes signed bytes of learned weights: each head's largest weight becomes ±127, the calibration goes into scale, bias and dense.
    /// - Parameter heads: those with a fine table have as many rows as that, the others as many as the shared one.
    static func quantized(
        name: String, labels: [String], link: Link, configuration: FeatureConfiguration, heads: [HeadWeights], calibration: [Calibrated],
        threshold: [Float], reject: Rejection? = nil
    ) -> LinearHeads {
        let lanes = lanes(for: labels.count)
        let shared = configuration.rowCount * lanes
        var bytes = [UInt8](repeating: 0, count: shared + (configuration.fineBits > 0 ? fineHeads << configuration.fineBits : 0))
        var scale: [Float] = []
        var bias: [Float] = []
        var dense: [Float] = []
        for (lane, head) in heads.enumerated() {
            let slope = Float(calibration[lane].slope)
            let largest = head.rows.reduce(Float(0)) { max($0, abs($1)) }
            let step = largest > 0 ? largest / 127 : 1
            let (start, width) = configuration.fineBits > 0 && lane < fineHeads ? (shared, fineHeads) : (0, lanes)
            for row in 0..<min(head.rows.count, configuration.rowCount(of: lane)) {
                let rounded = (head.rows[row] / step).rounded(.toNearestOrEven)
                bytes[start + row * width + lane] = UInt8(bitPattern: Int8(max(-127, min(127, rounded))))
            }
            scale.append(step * slope)
            bias.append(head.bias * slope + Float(calibration[lane].offset))
            if configuration.dense { dense.append(contentsOf: head.dense.map { $0 * slope }) }
        }
        let storage = ModelStorage(copying: bytes)
        return LinearHeads(
            name: name, labels: labels, link: link, configuration: configuration, lanes: lanes,
            table: storage.bytes.baseAddress?.assumingMemoryBound(to: Int8.self), storage: storage, scale: scale, bias: bias,
            threshold: threshold, dense: dense, reject: reject)
    }
}

extension HeadWeights {
    /// What this head says minus what another says, as one head.
    func minus(_ other: HeadWeights) -> HeadWeights {
        HeadWeights(
            rows: zip(rows, other.rows).map { $0 - $1 }, further: zip(further, other.further).map { $0 - $1 },
            dense: zip(dense, other.dense).map { $0 - $1 }, bias: bias - other.bias)
    }
}

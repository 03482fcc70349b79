import CKernels

/// The numbers of a group of heads laid out for adding lane by lane: `LinearHeads.logOdds` for the hot path, to the same last bit.
///
/// `@unchecked Sendable`: the memory is written in `init` only.
final class HeadArithmetic: @unchecked Sendable {
    /// Doubles per column: the group's lanes.
    let lanes: Int
    private let hasDense: Bool
    /// `lanes` biases, `lanes` scales, then a column of `lanes` weights for each dense feature; lanes without a head hold 0.
    private let numbers: UnsafeMutablePointer<Double>

    /// - Parameter step: what a sum counts in; a power of two, so that no bit of the answer depends on it.
    init(_ heads: LinearHeads, step: Int32 = 1) {
        lanes = heads.lanes
        let denseCount = heads.denseCount
        hasDense = denseCount > 0
        numbers = .allocate(capacity: (2 + denseCount) * lanes)
        numbers.initialize(repeating: 0, count: (2 + denseCount) * lanes)
        for head in heads.labels.indices {
            numbers[head] = Double(heads.bias[head])
            numbers[lanes + head] = Double(heads.scale[head]) * Double(step)
            for index in 0..<denseCount { numbers[(2 + index) * lanes + head] = Double(heads.dense[head * denseCount + index]) }
        }
    }

    deinit { numbers.deallocate() }

    /// Writes `lanes` log-odds.
    /// - Parameters:
    ///   - sums: `lanes` sums of rows.
    ///   - featureCount: n-grams of the text.
    ///   - features: the `denseCount` dense features that are not 0, in their order.
    @inline(__always)
    func logOdds(
        _ sums: UnsafePointer<Int32>, featureCount: Int, dense features: UnsafePointer<attune_feature>, _ denseCount: Int,
        into result: UnsafeMutablePointer<Double>, _ kernels: UnsafePointer<attune_kernels>
    ) {
        let inverse = featureCount > 0 ? 1 / Double(featureCount).squareRoot() : 0
        let count = hasDense ? denseCount : 0
        kernels.pointee.log_odds(numbers, lanes, sums, inverse, features, count, result)
    }
}

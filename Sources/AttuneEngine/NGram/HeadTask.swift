/// One yes/no question for the learner: which examples answer it, how, and how much each counts.
struct HeadTask: Sendable {
    var label: String
    var chosen: [Int32]
    var isPositive: [Bool]
    var weights: [Float]

    /// Multiplies the weights so that both answers weigh alike: fully for `power` 1, not at all for 0. The total stays.
    mutating func balance(power: Double) {
        var positive = 0.0
        var total = 0.0
        for (weight, isPositive) in zip(weights, isPositive) {
            total += Double(weight)
            if isPositive { positive += Double(weight) }
        }
        guard positive > 0, positive < total else { return }
        let up = Float(Self.power(total / (2 * positive), power))
        let down = Float(Self.power(total / (2 * (total - positive)), power))
        for index in weights.indices { weights[index] *= isPositive[index] ? up : down }
    }

    private static func power(_ base: Double, _ exponent: Double) -> Double {
        DeterministicMath.exp(exponent * DeterministicMath.log(base))
    }
}

extension DualCoordinateDescent {
    /// Learns many heads, as many at a time as the machine runs tasks; the result does not depend on the schedule.
    func train(_ tasks: [HeadTask], on examples: SparseExamples, squares: [Float], beside: FurtherFeatures? = nil) async -> [HeadWeights] {
        await withTaskGroup(of: (Int, HeadWeights).self, returning: [HeadWeights].self) { group in
            for (index, task) in tasks.enumerated() {
                group.addTask {
                    let head = self.train(
                        examples, chosen: task.chosen, isPositive: task.isPositive, weights: task.weights, squares: squares, beside: beside)
                    return (index, head)
                }
            }
            var heads = [HeadWeights?](repeating: nil, count: tasks.count)
            for await (index, head) in group { heads[index] = head }
            return heads.compactMap { $0 }
        }
    }
}

import Testing

@testable import AttuneEngine

@Suite struct CalibrationTests {
    /// Scores whose true log-odds are 2 · score − 1.
    private func synthetic(_ count: Int) -> (scores: [Double], isPositive: [Bool]) {
        var generator = SplitMix64(seed: 11)
        var scores: [Double] = []
        var positive: [Bool] = []
        for _ in 0..<count {
            let score = Double(generator.index(below: 4001)) / 1000 - 2
            let p = DeterministicMath.sigmoid(2 * score - 1)
            scores.append(score)
            positive.append(Double(generator.index(below: 1_000_000)) / 1e6 < p)
        }
        return (scores, positive)
    }

    @Test func plattFindsTheSlopeThatMadeTheData() {
        let data = synthetic(20000)
        let fit = Calibration.platt(scores: data.scores, isPositive: data.isPositive)
        #expect(abs(fit.slope - 2) < 0.15)
        #expect(abs(fit.offset + 1) < 0.15)
        let confidence = data.scores.map { DeterministicMath.sigmoid(fit.slope * $0 + fit.offset) }
        #expect(Calibration.expectedError(confidence: confidence, isCorrect: data.isPositive) < 0.02)
    }

    @Test func plattWithoutBothAnswersChangesNothing() {
        #expect(Calibration.platt(scores: [1, 2], isPositive: [true, true]) == .identity)
    }

    @Test func softmaxSlopeIsFound() {
        let data = synthetic(8000)
        let rows = data.scores.map { [2 * $0 - 1, 0].map { $0 / 4 } }
        let fit = Calibration.softmax(scores: rows, truth: data.isPositive.map { $0 ? 0 : 1 }, offsets: false)
        #expect(abs(fit[0].slope - 4) < 0.4)
    }

    @Test func errorOfAKnownTable() {
        let confidence = [0.95, 0.95, 0.95, 0.95, 0.55, 0.55]
        let correct = [true, true, true, false, true, false]
        // 4/6 · |0.95 − 0.75| + 2/6 · |0.55 − 0.5|
        #expect(abs(Calibration.expectedError(confidence: confidence, isCorrect: correct) - 0.15) < 1e-9)
        #expect(Calibration.reliability(confidence: confidence, isCorrect: correct).map(\.count) == [2, 4])
    }

    @Test func thresholdIsTheBestCut() {
        let cut = Calibration.bestThreshold(logOdds: [3, 2, 1, 0, -1], isPositive: [true, true, false, false, false])
        #expect(cut == 1.5)
    }

    @Test func exponentialAndLogarithmAgreeWithKnownValues() {
        let table: [(Double, Double)] = [
            (0, 1), (1, 2.718281828459045), (-1, 0.36787944117144233), (10, 22026.465794806718), (-20, 2.061153622438558e-09),
        ]
        for (x, e) in table {
            #expect(abs(DeterministicMath.exp(x) / e - 1) < 1e-14)
            #expect(abs(DeterministicMath.log(e) - x) < 1e-13)
        }
        #expect(DeterministicMath.exp(800) == .infinity && DeterministicMath.exp(-800) == 0)
        #expect(DeterministicMath.log(0) == -.infinity)
    }
}

import Testing

@testable import AttuneEngine

@Suite struct MetricsTests {
    /// By hand: a 2 of 3 right, b 1 of 2, c never predicted right.
    private let truth = [["a"], ["a"], ["a"], ["b"], ["b"], ["c"]]
    private let predicted = [["a"], ["a"], ["b"], ["b"], ["c"], ["a"]]

    @Test func singleLabelTableIsCountedByHand() {
        let metrics = Metrics(truth: truth, predicted: predicted)
        #expect(metrics.n == 6 && metrics.labels == ["a", "b", "c"])
        #expect(metrics.accuracy == 0.5 && metrics.microF1 == 0.5)
        let thirds = 2.0 / 3
        #expect(metrics.perClass[0] == Metrics.PerClass(label: "a", precision: thirds, recall: thirds, f1: thirds, support: 3))
        #expect(metrics.perClass[1] == Metrics.PerClass(label: "b", precision: 0.5, recall: 0.5, f1: 0.5, support: 2))
        #expect(metrics.perClass[2] == Metrics.PerClass(label: "c", precision: 0, recall: 0, f1: 0, support: 1))
        let mean = 7.0 / 18
        #expect(abs(metrics.macroF1 - mean) < 1e-12)
        #expect(abs(metrics.macroRecall - mean) < 1e-12)
        #expect(metrics.confusion == [[2, 1, 0], [0, 1, 1], [1, 0, 0]])
    }

    @Test func restrictionScoresOnlyRowsOfTheLabels() {
        let metrics = Metrics(truth: truth, predicted: predicted, restrictedTo: ["a", "b"])
        #expect(metrics.n == 5)
        #expect(metrics.perClass.map(\.label) == ["a", "b"])
        #expect(metrics.perClass[0].precision == 1)
        #expect(abs(metrics.accuracy - 0.6) < 1e-12)
    }

    @Test func severalLabelsCountOneByOne() {
        let metrics = Metrics(truth: [["a", "b"], ["b"], []], predicted: [["a"], ["b"], []])
        #expect(abs(metrics.accuracy - 2.0 / 3) < 1e-12)
        #expect(abs(metrics.microF1 - 0.8) < 1e-12)
        #expect(metrics.confusion.isEmpty)
    }

    @Test func noRowsGiveNoScore() {
        let metrics = Metrics(truth: [], predicted: [])
        #expect(metrics.n == 0 && metrics.accuracy == 0 && metrics.macroF1 == 0)
    }
}

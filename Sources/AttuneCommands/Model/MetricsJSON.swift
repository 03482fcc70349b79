import AttuneCore
import AttuneEngine

/// Metrics as JSON: `n`, `accuracy`, `macroF1`, `macroRecall`, `microF1`, `perClass`, `confusion`.
enum MetricsJSON {
    static func value(_ metrics: Metrics) -> [JSONValue.Member] {
        [
            .init("n", .int(metrics.n)), .init("accuracy", .decimal(metrics.accuracy)), .init("macroF1", .decimal(metrics.macroF1)),
            .init("macroRecall", .decimal(metrics.macroRecall)), .init("microF1", .decimal(metrics.microF1)),
            .init(
                "perClass",
                .object(
                    metrics.perClass.map { row in
                        .init(
                            row.label,
                            .object([
                                "precision": .decimal(row.precision), "recall": .decimal(row.recall), "f1": .decimal(row.f1),
                                "support": .int(row.support),
                            ]))
                    })),
            .init(
                "confusion",
                .object(
                    zip(metrics.labels, metrics.confusion).map { label, row in
                        .init(label, .object(zip(metrics.labels, row).filter { $0.1 > 0 }.map { .init($0.0, .int($0.1)) }))
                    })),
        ]
    }

    static func training(_ model: TrainedModel, rows: Int, output: String) -> JSONValue {
        .object([
            "model": .string(output), "rows": .int(rows), "labels": .int(model.heads.labels.count), "cost": .decimal(Double(model.cost)),
            "dev": .object(
                value(model.dev).filter { $0.key != "confusion" && $0.key != "perClass" }
                    + [.init("expectedCalibrationError", .decimal(model.expectedCalibrationError, decimals: 4))]),
        ])
    }
}

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

    /// Confidences by tenths: `from`, `to`, how many, what they said on average and how many were right.
    static func reliability(_ bins: [Calibration.Bin]) -> JSONValue {
        .array(
            bins.map { bin in
                .object([
                    .init("from", .decimal(bin.lower, decimals: 1)), .init("to", .decimal(bin.upper, decimals: 1)), .init("n", .int(bin.count)),
                    .init("confidence", .decimal(bin.meanConfidence, decimals: 4)), .init("accuracy", .decimal(bin.accuracy, decimals: 4)),
                ])
            })
    }

    static func training(_ model: TrainedModel, rows: Int, output: String, bytes: Int) -> JSONValue {
        .object([
            .init("model", .string(output)), .init("bytes", .int(bytes)), .init("rows", .int(rows)), .init("labels", .int(model.heads.labels.count)),
            .init("cost", .decimal(Double(model.cost))), .init("heldOut", .string(heldOut(model.heldOut))),
            .init(
                "dev",
                .object(
                    value(model.dev).filter { $0.key != "confusion" && $0.key != "perClass" }
                        + [
                            .init("expectedCalibrationError", .decimal(model.expectedCalibrationError, decimals: 4)),
                            .init("reliability", reliability(model.reliability)),
                        ])),
        ])
    }

    /// Whose rows the numbers under `dev` are.
    private static func heldOut(_ held: TrainedModel.HeldOut) -> String {
        switch held {
        case .dev: "--dev"
        case .turns: "cross-validation, 5 folds of --data"
        case .tenth: "every tenth text of --data"
        }
    }
}

import AttuneConnectors
import AttuneCore
import AttuneEngine
import AttuneStore
import Foundation

/// Takes a file's operations through the pipeline, batch by batch, each committed with its checkpoint.
struct ImportRun {
    let store: SQLiteStore
    let analyzer: Analyzer
    let configuration: ConnectorConfiguration
    let strict: Bool
    /// Who the customers are is left to `settle`, which the caller runs at the end.
    var isLoading = false

    /// Operations per commit: customers come in any order, so a small batch writes most pages of the store anew for a few bytes each; this
    /// many are some tens of megabytes in memory, and done again within two seconds after a crash.
    static let batchSize = 40_000
    /// Bytes of texts per commit: long ones make a batch shorter.
    static let batchBytes = 33_554_432

    func importFile(_ path: String, _ input: ConnectorInput, interrupt: Interrupt) throws -> ImportReport {
        let name = input.name
        let source = path == "-" ? nil : "file:" + URL(fileURLWithPath: path).standardizedFileURL.path
        let fingerprint = fingerprint(input)
        let done = try source.flatMap { try checkpoint($0, fingerprint: fingerprint) } ?? 0
        let progress = ProgressBar("importing \(name)", total: input.file.size)
        defer { progress.finish() }
        let pipeline = Pipeline()
        let engine = EngineCall(analyzer)
        var report = ImportReport(connector: input.connector.name, isLoaded: isLoading)
        var batch = [AttuneCore.Operation]()
        var bytes = 0
        var position: Int64 = 0
        let receivedAt = input.file.modified

        func commit() throws {
            guard !batch.isEmpty else { return }
            let checkpoint = source.map { Checkpoint(source: $0, position: position, fingerprint: fingerprint) }
            let operations = Batch(
                operations: batch, checkpoint: checkpoint, receivedAt: receivedAt, hasPlatformIDs: input.connector.hasPlatformIDs)
            let outcome = try pipeline.process(operations, into: store, isLoading: isLoading, analyze: engine.analyze)
            report.add(outcome)
            try tell(outcome.refusals, of: batch, name, from: position - Int64(batch.count))
            batch.removeAll(keepingCapacity: true)
            bytes = 0
            if interrupt.isRequested { throw CommandFailure("interrupted; everything up to here is stored, run the command again to go on") }
        }

        try input.forEachOperation(configuration) { operation, file in
            position += 1
            report.operations += 1
            if case .rejected(let rejection) = operation { try tell(rejection, name, isNew: position > done) }
            if position <= done {
                report.skipped += 1
                return
            }
            batch.append(operation)
            bytes += operation.textBytes
            if batch.count == Self.batchSize || bytes > Self.batchBytes { try commit() }
            progress.update(done: file.consumed, records: Int(position))
        }
        try commit()
        return report
    }

    /// Finds who the customers are, their states and signals; nil when nothing came that could change them.
    func settle() throws -> Pipeline.IdentityReport? { try store.transaction { try $0.isUnsettled() } ? try Pipeline().relink(store) : nil }

    /// Tells of what could be read and was not taken.
    /// - Parameter start: position of the batch's first operation.
    private func tell(_ refusals: [BatchReport.Refusal], of batch: [AttuneCore.Operation], _ name: String, from start: Int64) throws {
        for refusal in refusals {
            if case .rejected = batch[refusal.index] { continue }
            let problem = "\(name): item \(start + Int64(refusal.index) + 1): \(refusal.reason)"
            if strict { throw CommandFailure(problem) }
            StandardError.write("attune: \(problem)\n")
        }
    }

    private func tell(_ rejection: Rejection, _ name: String, isNew: Bool) throws {
        let place = InputErrors.place(name, rejection)
        if strict { throw CommandFailure("\(place): \(rejection.reason)") }
        if isNew { StandardError.write("attune: \(place): \(rejection.reason)\n") }
    }

    /// Operations of this file that are committed already; 0 when it is another file now.
    private func checkpoint(_ source: String, fingerprint: String) throws -> Int64 {
        let known = try store.transaction { try $0.checkpoint(of: source) }
        return known?.fingerprint == fingerprint ? known?.position ?? 0 : 0
    }

    /// Anything that could give other operations at the same positions gives another fingerprint. A file that only grew is
    /// read again from its beginning: its messages' ids tell that they are known.
    private func fingerprint(_ input: ConnectorInput) -> String {
        var hash = SHA256()
        hash.update(input.head)
        let facts = "\(input.file.size ?? -1)|\(input.file.modified.nanoseconds)|\(input.connector.name)|\(String(describing: configuration))"
        hash.update(Array(facts.utf8))
        return Hex.encode(hash.finalize().prefix(16))
    }
}

extension AttuneCore.Operation {
    fileprivate var textBytes: Int {
        switch self {
        case .message(let message), .attachment(let message), .edit(let message): message.text.utf8.count
        default: 0
        }
    }
}

/// The engine with its scratch memory, as the pipeline calls it: from one thread.
final class EngineCall {
    private let analyzer: Analyzer
    private var scratch = AnalyzerScratch()

    init(_ analyzer: Analyzer) { self.analyzer = analyzer }

    func analyze(_ text: String, _ language: String?) -> Analysis {
        var text = text
        return text.withUTF8 { analyzer.analyze($0, explain: false, languageHint: language, scratch: &scratch) }
    }
}

/// What an import did with a file's records.
struct ImportReport {
    var connector = ""
    /// Signals and events are not known yet.
    var isLoaded = false
    var operations = 0
    /// Committed by an earlier, interrupted or finished, run over the same file.
    var skipped = 0
    var batches = BatchReport()

    mutating func add(_ report: BatchReport) { batches += report }

    static func += (a: inout ImportReport, b: ImportReport) {
        a.operations += b.operations
        a.skipped += b.skipped
        a.batches += b.batches
    }

    /// `reviews.csv (csv): 76 records: 76 stored (76 analysed), …`; counts that are zero are left out.
    func line(_ name: String) -> String {
        let counts = [
            (batches.stored, "stored"), (batches.duplicates, "known already"), (skipped, "committed by an earlier run"), (batches.edited, "edited"),
            (batches.deleted, "deleted"), (batches.statuses, "receipts"), (batches.ignored, "ignored"), (batches.rejected, "rejected"),
            (batches.denied, "dropped for lack of consent"),
        ]
        let parts = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        let title = connector.isEmpty ? name : "\(name) (\(connector))"
        return "\(title): \(operations) records: " + (parts.isEmpty ? "nothing in it" : parts.joined(separator: ", "))
            + "; \(batches.analysed) analysed" + (isLoaded ? "" : ", \(batches.signals) signals, \(batches.events) events")
    }
}

import ArgumentParser
import AttuneConnectors
import AttuneCore
import AttuneEngine
import AttuneStore
import Foundation

/// For `Benchmarks/store`: where the time of an import goes.
struct BenchImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench-import", abstract: "Import a file into a new store, and print what each part of it took.",
        discussion: "JSON: messages, and seconds of processor time by part, of reading and of the last look at everything. For maintainers.",
        shouldDisplay: false)

    @Argument(help: "File to import.")
    var file: String

    @Option(help: "The store's file; there must be none yet.")
    var store: String

    @Option(help: "Operations per commit.")
    var batch = ImportRun.batchSize

    func run() throws {
        guard batch > 0 else { throw CommandFailure.usage("--batch must be at least 1") }
        guard !FileManager.default.fileExists(atPath: store) else { throw CommandFailure.usage("\(store) is there already: name a new file") }
        let analyzer = try PackLoader.analyzer(try Installation.find())
        let database = try SQLiteStore.open(path: store, create: true)
        let input = try ConnectorInput(path: file, connectorName: nil)
        let clock = PartClock()
        let measured = MeasuredStore(base: database, clock: clock)
        let engine = EngineCall(analyzer)
        let start = PartClock.now()
        var operations = [AttuneCore.Operation]()
        var messages = 0
        func commit() throws {
            guard !operations.isEmpty else { return }
            let batch = Batch(operations: operations, receivedAt: input.file.modified)
            let report = try clock.time(.pipeline) {
                try Pipeline().process(batch, into: measured, isLoading: true) { text, language in
                    clock.time(.engine) { engine.analyze(text, language) }
                }
            }
            messages += report.stored
            operations.removeAll(keepingCapacity: true)
        }
        try input.forEachOperation(try ConfigurationFile.connector(nil)) { operation, _ in
            operations.append(operation)
            if operations.count == batch { try commit() }
        }
        try commit()
        let decoded = PartClock.now()
        let look = PartClock()
        _ = try look.time(.pipeline) { try Pipeline().relink(MeasuredStore(base: database, clock: look)) }
        let end = PartClock.now()
        clock.note(.decoding, decoded - start - clock.inPipeline)
        try StandardOutput.line(
            JSONWriter.string(
                .object([
                    .init("messages", .int(messages)), .init("seconds", .decimal(end - start, decimals: 3)), .init("parts", clock.json),
                    .init("look", look.json),
                ])))
    }
}

/// Adds up processor time by part; what a part calls counts as that other part's.
final class PartClock {
    enum Part: String, CaseIterable { case decoding, engine, pipeline, messages, identity, states, outbox, commit }

    private var seconds: [Part: Double] = [:]
    private var inside: [Double] = [0]

    /// Seconds of the calling thread; 200 ns a call.
    static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    func time<Result>(_ part: Part, _ body: () throws -> Result) rethrows -> Result {
        let start = Self.now()
        inside.append(0)
        defer {
            let all = Self.now() - start
            seconds[part, default: 0] += all - inside.removeLast()
            inside[inside.count - 1] += all
        }
        return try body()
    }

    func note(_ part: Part, _ amount: Double) { seconds[part, default: 0] += amount }

    /// All that was measured but decoding.
    var inPipeline: Double { seconds.filter { $0.key != .decoding }.values.reduce(0, +) }

    var json: JSONValue { .object(Part.allCases.map { .init($0.rawValue, .decimal(seconds[$0] ?? 0, decimals: 3)) }) }
}

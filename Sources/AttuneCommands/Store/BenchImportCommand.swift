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
                    clock.share(.engine) { engine.analyze(text, language) }
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
    enum Part: Int, CaseIterable { case decoding, engine, pipeline, folding, messages, identity, states, outbox, commit }

    private var seconds = none
    private var inside: [Double] = [0]
    /// Within `timeInShares`: by the wall clock.
    private var shares = none
    private var insideShares: [Double] = [0]

    private static let none = [Double](repeating: 0, count: Part.allCases.count)

    /// Seconds of processor time of the calling thread; it may take a microsecond to ask for them.
    static func now() -> Double { seconds(CLOCK_THREAD_CPUTIME_ID) }

    private static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    func time<Result>(_ part: Part, _ body: () throws -> Result) rethrows -> Result {
        let start = Self.now()
        inside.append(0)
        defer {
            let all = Self.now() - start
            seconds[part.rawValue] += all - inside.removeLast()
            inside[inside.count - 1] += all
        }
        return try body()
    }

    /// As `time`, of which what `share` times within gets its part: of a few calls a message, each a microsecond long, no clock of processor
    /// time could be asked. The wall clock can; what others take of the processor it spreads over all parts alike.
    func timeInShares<Result>(_ part: Part, _ body: () throws -> Result) rethrows -> Result {
        let (start, startOfWall) = (Self.now(), Self.seconds(CLOCK_MONOTONIC))
        (shares, insideShares) = (Self.none, [0])
        defer {
            let all = Self.now() - start
            let scale = all / max(Self.seconds(CLOCK_MONOTONIC) - startOfWall, 1e-9)
            for (i, share) in shares.enumerated() { seconds[i] += share * scale }
            seconds[part.rawValue] += all - insideShares[0] * scale
            inside[inside.count - 1] += all
        }
        return try body()
    }

    func share<Result>(_ part: Part, _ body: () throws -> Result) rethrows -> Result {
        let start = Self.seconds(CLOCK_MONOTONIC)
        insideShares.append(0)
        defer {
            let all = Self.seconds(CLOCK_MONOTONIC) - start
            shares[part.rawValue] += all - insideShares.removeLast()
            insideShares[insideShares.count - 1] += all
        }
        return try body()
    }

    func note(_ part: Part, _ amount: Double) { seconds[part.rawValue] += amount }

    /// All that was measured but decoding.
    var inPipeline: Double { seconds.reduce(0, +) - seconds[Part.decoding.rawValue] }

    var json: JSONValue { .object(Part.allCases.map { .init("\($0)", .decimal(seconds[$0.rawValue], decimals: 3)) }) }
}

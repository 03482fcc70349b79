import ArgumentParser
import AttuneEngine
import Foundation

/// For `Benchmarks/engine`: the engine without reading and writing.
struct BenchEngineCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench-engine",
        abstract: "Score the lines of a file once in memory, and print what the engine alone took.",
        discussion: "JSON: messages, bytes, seconds of processor time, and a checksum over the answers. For maintainers.",
        shouldDisplay: false
    )

    @Argument(help: "Text, one message a line.")
    var file: String

    func run() throws {
        let analyzer = try PackLoader.analyzer(try Installation.find())
        let input = try MappedFile(path: file)
        var scratch = try KernelChoice.read().flatMap { AnalyzerScratch(kernels: $0) } ?? AnalyzerScratch()
        let texts = Self.lines(input.bytes)
        var checksum: UInt64 = 0
        let start = Self.processorSeconds()
        for text in texts {
            analyzer.score(text, scratch: &scratch)
            // Every answer is looked at, so that none can be optimised away.
            checksum = (checksum &* 31) &+ scratch.result.valence.bitPattern &+ UInt64(scratch.result.intentCount)
        }
        let seconds = Self.processorSeconds() - start
        let bytes = texts.reduce(0) { $0 + $1.count }
        try StandardOutput.line(
            "{\"messages\":\(texts.count),\"bytes\":\(bytes),\"seconds\":\(seconds),\"allocations\":null,\"checksum\":\"\(String(checksum, radix: 16))\"}"
        )
    }

    private static func lines(_ bytes: UnsafeRawBufferPointer) -> [UnsafeBufferPointer<UInt8>] {
        var lines: [UnsafeBufferPointer<UInt8>] = []
        let all = bytes.bindMemory(to: UInt8.self)
        var start = 0
        while start < all.count {
            let end = all[start...].firstIndex(of: 0x0A) ?? all.count
            lines.append(UnsafeBufferPointer(rebasing: all[start..<end]))
            start = end + 1
        }
        return lines
    }

    private static func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}

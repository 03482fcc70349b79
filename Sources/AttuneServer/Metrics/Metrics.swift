import Synchronization

/// The server's numbers, written as Prometheus text.
final class Metrics: Sendable {
    /// Series of one metric: names of connectors, sinks and codes are few, so more than this is a mistake and is not counted.
    static let seriesLimit = 1_000

    private struct Histogram {
        var counts: [UInt64]
        var sum = 0.0
        var count: UInt64 = 0
    }

    private enum Value {
        case number(Double)
        case histogram(Histogram)
    }

    /// By metric, then by the values of its labels.
    private let series = Mutex<[String: [[String]: Value]]>([:])

    func add(_ amount: Int = 1, to metric: MetricDescriptor, _ labels: String...) {
        update(metric, labels, initial: .number(0)) { value in
            if case .number(let sum) = value { value = .number(sum + Double(amount)) }
        }
    }

    func set(_ metric: MetricDescriptor, to amount: Int) {
        update(metric, [], initial: .number(0)) { $0 = .number(Double(amount)) }
    }

    func observe(_ amount: Double, in metric: MetricDescriptor, _ labels: String...) {
        observe([amount], in: metric, labels)
    }

    /// Several observations under one lock.
    func observe(_ amounts: [Double], in metric: MetricDescriptor, _ labels: [String] = []) {
        guard !amounts.isEmpty else { return }
        let empty = Histogram(counts: Array(repeating: 0, count: metric.buckets.count))
        update(metric, labels, initial: .histogram(empty)) { value in
            guard case .histogram(var histogram) = value else { return }
            for amount in amounts {
                if let bucket = metric.buckets.firstIndex(where: { amount <= $0 }) { histogram.counts[bucket] += 1 }
                histogram.sum += amount
                histogram.count += 1
            }
            value = .histogram(histogram)
        }
    }

    private func update(_ metric: MetricDescriptor, _ labels: [String], initial: Value, _ change: (inout Value) -> Void) {
        precondition(labels.count == metric.labels.count, "\(metric.name) has the labels \(metric.labels)")
        series.withLock { all in
            if all[metric.name, default: [:]][labels] == nil, all[metric.name, default: [:]].count >= Self.seriesLimit { return }
            change(&all[metric.name, default: [:]][labels, default: initial])
        }
    }

    /// Prometheus text format 0.0.4. Metrics without labels are shown from the start, as zero.
    func exposition() -> String {
        let all = series.withLock { $0 }
        var text = ""
        for metric in MetricDescriptor.all {
            text += "# HELP \(metric.name) \(metric.help)\n# TYPE \(metric.name) \(metric.kind.rawValue)\n"
            var values = all[metric.name] ?? [:]
            if metric.labels.isEmpty, values.isEmpty {
                values[[]] = metric.kind == .histogram ? .histogram(Histogram(counts: metric.buckets.map { _ in 0 })) : .number(0)
            }
            for (labels, value) in values.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) { Self.write(metric, labels, value, to: &text) }
        }
        return text
    }

    private static func write(_ metric: MetricDescriptor, _ labels: [String], _ value: Value, to text: inout String) {
        let pairs = zip(metric.labels, labels).map { "\($0)=\"\(escape($1))\"" }
        switch value {
        case .number(let number): text += "\(metric.name)\(braced(pairs)) \(format(number))\n"
        case .histogram(let histogram):
            var below: UInt64 = 0
            for (bound, count) in zip(metric.buckets, histogram.counts) {
                below += count
                text += "\(metric.name)_bucket\(braced(pairs + ["le=\"\(format(bound))\""])) \(below)\n"
            }
            text += "\(metric.name)_bucket\(braced(pairs + ["le=\"+Inf\""])) \(histogram.count)\n"
            text += "\(metric.name)_sum\(braced(pairs)) \(histogram.sum)\n\(metric.name)_count\(braced(pairs)) \(histogram.count)\n"
        }
    }

    private static func braced(_ pairs: [String]) -> String { pairs.isEmpty ? "" : "{" + pairs.joined(separator: ",") + "}" }

    private static func format(_ number: Double) -> String { number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : "\(number)" }

    private static func escape(_ text: String) -> String {
        var escaped = ""
        for character in text.unicodeScalars {
            switch character {
            case "\\": escaped += "\\\\"
            case "\"": escaped += "\\\""
            case "\n": escaped += "\\n"
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }
}

import Foundation

/// A line on standard error that tells how far long work is. Shown on a terminal only, drawn at most ten times a second.
final class ProgressBar {
    private let label: String
    /// Bytes or records in all; nil when unknown.
    private let total: Int?
    private let terminal: Terminal
    private let start = ContinuousClock.now
    private var lastDrawn: ContinuousClock.Instant?

    init(_ label: String, total: Int?, terminal: Terminal = .standardError()) {
        self.label = label
        self.total = total
        self.terminal = terminal
    }

    /// - Parameters:
    ///   - done: in the unit of `total`.
    ///   - records: records finished, shown with their rate.
    func update(done: Int, records: Int) {
        guard terminal.isTerminal else { return }
        let now = ContinuousClock.now
        if let lastDrawn, now - lastDrawn < .milliseconds(100) { return }
        lastDrawn = now
        let seconds = max(0.001, Double((now - start).components.seconds) + Double((now - start).components.attoseconds) * 1e-18)
        var line = "\(label) "
        if let total, total > 0 {
            let filled = min(24, 24 * done / total)
            line += String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled) + " \(min(100, 100 * done / total)) % "
        }
        line += "\(records) records, \(Int(Double(records) / seconds))/s"
        StandardError.write("\r\u{1B}[K" + line.prefix(terminal.width - 1))
    }

    func finish() { if lastDrawn != nil { StandardError.write("\r\u{1B}[K") } }
}

import AttuneCore

/// Holds rows back while their dates, such as 3/6/2026, may be read both ways, until a row shows the order.
struct DayOrderQueue {
    struct Row {
        var record: GenericRecord
        var row: Int
        var line: Int
    }

    enum Item {
        case row(Row)
        case operation(Operation)
    }

    /// What a user is told when no date shows the order.
    static let guess = "the order of days and months is ambiguous, as in 3/6/2026: dates were read day first; set dayFirst to decide"

    /// Rows and bytes of text held at most; a table that does not show its order by then is read day first.
    private static let rowLimit = 1_000
    private static let byteLimit = 4 << 20

    /// Whether the order of dates is still unknown.
    var isOpen = false
    /// The order, once a row showed it or the limit was reached.
    private(set) var decision: Bool?
    /// Whether the order was decided by the limit, not by a row.
    private(set) var isDecidedByLimit = false
    /// Whether rows still wait.
    var isWaiting: Bool { !items.isEmpty }
    private var items: [Item] = []
    private var byteCount = 0

    /// Whether a row must wait, or ends the waiting.
    mutating func concerns(_ record: GenericRecord) -> Bool {
        guard isOpen, decision == nil else { return false }
        if !items.isEmpty { return true }
        guard var text = record.timestamp else { return false }
        return text.withUTF8 { DateText.needsOrder($0) || DateText.showsDayFirst($0) != nil }
    }

    /// Takes a row that must wait.
    mutating func hold(_ row: Row) {
        var text = row.record.timestamp ?? ""
        items.append(.row(row))
        byteCount += row.record.text?.utf8.count ?? 0
        let shown = text.withUTF8 { DateText.showsDayFirst($0) }
        isDecidedByLimit = shown == nil
        decision = shown ?? (items.count >= Self.rowLimit || byteCount >= Self.byteLimit ? true : nil)
    }

    /// False when nothing is waiting.
    mutating func holdBehind(_ operation: Operation) -> Bool {
        if items.isEmpty { return false }
        items.append(.operation(operation))
        return true
    }

    mutating func drain() -> [Item] {
        defer { items = [] }
        return items
    }
}

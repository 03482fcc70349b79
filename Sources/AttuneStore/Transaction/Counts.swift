import AttuneCore
import GRDB

/// Changes to `rollups` and `conversations` that a transaction gathers.
struct Counts {
    private struct Cell: Hashable {
        var day: Int64
        var channel: String
        var label: String
        var language: String
    }

    private struct Conversation: Hashable {
        var id: String
        var source: String

        /// Few ids are of several sources.
        func hash(into hasher: inout Hasher) { hasher.combine(id) }
    }

    private var cells: [Cell: (messages: Int, valence: Int64)] = [:]
    private var conversations = Set<Conversation>()

    /// What a message that is not deleted counts as.
    struct Message {
        var conversationID: String
        var source: String
        var channel: String
        var sentAt: Timestamp
        /// As analysed, or else as the platform says.
        var language: String?
        /// Nil when not analysed.
        var reading: (label: String, valence: Double)?
    }

    mutating func add(_ message: Message) { count(message, 1) }
    mutating func remove(_ message: Message) { count(message, -1) }

    private mutating func count(_ message: Message, _ sign: Int) {
        if sign > 0 { conversations.insert(Conversation(id: message.conversationID, source: message.source)) }
        let cell = Cell(
            day: Self.day(message.sentAt), channel: message.channel, label: message.reading?.label ?? "", language: message.language ?? "")
        var sum = cells[cell] ?? (0, 0)
        sum.messages += sign
        sum.valence += Int64(sign) * Self.millionths(message.reading?.valence ?? 0)
        cells[cell] = sum
    }

    /// Days since 1970 in UTC, rounded down.
    static func day(_ time: Timestamp) -> Int64 {
        let seconds = time.seconds
        return seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    }

    /// Whole millionths, so that sums are exact in any order and come back to zero. NaN and what lies outside −1…1 are cut.
    private static func millionths(_ valence: Double) -> Int64 { valence.isNaN ? 0 : Int64((min(max(valence, -1), 1) * 1e6).rounded()) }

    func write(to database: Database) throws {
        let rollup = try database.prepared(
            """
            INSERT INTO rollups (day, channel, label, language, messages, valence_millionths) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET messages = messages + excluded.messages,
                valence_millionths = valence_millionths + excluded.valence_millionths
            """)
        let emptyRollup = try database.prepared(
            "DELETE FROM rollups WHERE day = ? AND channel = ? AND label = ? AND language = ? AND messages = 0")
        for (cell, sum) in cells {
            let key: [Value] = [.integer(cell.day), .text(cell.channel), .text(cell.label), .text(cell.language)]
            try rollup.run(key[0], key[1], key[2], key[3], .integer(sum.messages), .integer(sum.valence))
            if sum.messages <= 0 { try emptyRollup.run(key[0], key[1], key[2], key[3]) }
        }
        // In the order of the table: neighbours lie on one page.
        let keys = conversations.sorted { $0.id == $1.id ? $0.source < $1.source : $0.id < $1.id }
        try RowWriter("INSERT OR IGNORE INTO conversations (id, source)", columns: 2, in: database).write(keys.count) { place, row in
            row.text(keys[place].id)
            row.text(keys[place].source)
        }
    }
}

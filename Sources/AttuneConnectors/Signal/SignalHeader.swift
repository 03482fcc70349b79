import AttuneCore

/// The beginning of a message: `[2026-02-03 09:14:07] Name: `, or `[2026-02-03, 09:14] Name: ` as old versions wrote.
struct SignalHeader {
    /// As written; may name a day that does not exist.
    var date: CivilDate
    var name: String
    /// A comma and no seconds: as old versions wrote. With both it is how some phones write for WhatsApp.
    let isOld: Bool
    /// Offset of the text in its line.
    var textStart: Int

    /// Nil when the line goes on with the message above.
    init?(_ line: UnsafeBufferPointer<UInt8>) {
        var cursor = ByteCursor(line)
        guard cursor.skip(UInt8(ascii: "[")), let year = Self.number(&cursor, 4), cursor.skip(45), let month = Self.number(&cursor, 2),
            cursor.skip(45), let day = Self.number(&cursor, 2)
        else { return nil }
        let hasComma = cursor.skip(44)
        guard cursor.skip(32), let hour = Self.number(&cursor, 2), cursor.skip(58), let minute = Self.number(&cursor, 2) else { return nil }
        var second = 0
        let hasSeconds = cursor.skip(58)
        isOld = hasComma && !hasSeconds
        if hasSeconds {
            guard let read = Self.number(&cursor, 2) else { return nil }
            second = read
        } else if !hasComma {
            return nil
        }
        guard cursor.skip(UInt8(ascii: "]")), cursor.skip(32) else { return nil }
        date = CivilDate(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
        guard let colon = ByteSearch.first(58, in: line, from: cursor.at, to: line.count), colon > cursor.at else { return nil }
        name = TextMarks.text(UnsafeBufferPointer(rebasing: line[cursor.at..<colon])).trimmed
        textStart = colon + 1 < line.count && line[colon + 1] == 32 ? colon + 2 : colon + 1
        if name.isEmpty { return nil }
    }

    private static func number(_ cursor: inout ByteCursor, _ digits: Int) -> Int? {
        cursor.number(limit: digits).flatMap { $0.digits == digits ? $0.value : nil }
    }
}

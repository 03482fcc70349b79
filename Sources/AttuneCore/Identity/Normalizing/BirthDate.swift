/// Dates of birth as `yyyymmdd`, out of the many ways forms write them.
enum BirthDate {
    /// Eight digits, or nil when the text is no date. `dayFirst` decides between 03/04/1990's two readings.
    static func normalize(_ text: String, dayFirst: Bool = true) -> [UInt8]? {
        var text = text
        return text.withUTF8 { normalize($0, dayFirst: dayFirst) }
    }

    static func normalize(_ text: UnsafeBufferPointer<UInt8>, dayFirst: Bool = true) -> [UInt8]? {
        var parts = [[UInt8]]()
        var current = [UInt8]()
        for byte in text.prefix(40) {
            if byte >= 48, byte <= 57 {
                current.append(byte)
            } else {
                if !current.isEmpty { parts.append(current) }
                current = []
                // A time of day may follow the date.
                if parts.count == 3 { break }
            }
        }
        if !current.isEmpty { parts.append(current) }
        if parts.count == 1, parts[0].count == 8 { return checked(compact(parts[0], dayFirst: dayFirst)) }
        if parts.count == 2, let month = month(text) { return named(month, parts) }
        guard parts.count >= 3 else { return nil }
        if parts[0].count == 4 { return checked((parts[0], parts[1], parts[2])) }
        guard parts[2].count == 4 else { return nil }
        let isMonthFirst = !dayFirst && number(parts[0]) <= 12 || number(parts[1]) > 12
        return checked(isMonthFirst ? (parts[2], parts[0], parts[1]) : (parts[2], parts[1], parts[0]))
    }

    /// A date whose month is written as a word: the year has four digits, the day stands on either side.
    private static func named(_ month: [UInt8], _ parts: [[UInt8]]) -> [UInt8]? {
        if parts[0].count == 4 { return checked((parts[0], month, parts[1])) }
        return parts[1].count == 4 ? checked((parts[1], month, parts[0])) : nil
    }

    /// The month that a word of the text names.
    private static func month(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        var found: UInt8?
        // The last one: a weekday in front may look like a month.
        for word in PlainText.ascii(UnsafeBufferPointer(rebasing: text.prefix(40))).split(whereSeparator: { $0 < 97 || $0 > 122 })
        where word.count >= 3 {
            let name = String(decoding: word.prefix(4), as: UTF8.self)
            found = months[name] ?? months[String(name.prefix(3))] ?? found
        }
        return found.map { [48 + $0 / 10, 48 + $0 % 10] }
    }

    /// By their first three letters, four where these are two months': English, German, French, Spanish, Italian, Portuguese, Dutch.
    private static let months: [String: UInt8] = [
        "jan": 1, "ene": 1, "gen": 1, "feb": 2, "fev": 2, "mar": 3, "mrt": 3, "maa": 3, "apr": 4, "avr": 4, "abr": 4, "may": 5, "mai": 5, "mag": 5,
        "mei": 5, "jun": 6, "juin": 6, "giu": 6, "jul": 7, "juil": 7, "lug": 7, "aug": 8, "aou": 8, "ago": 8, "sep": 9, "set": 9, "oct": 10,
        "okt": 10, "ott": 10, "out": 10, "nov": 11, "dec": 12, "dez": 12, "dic": 12,
    ]

    private static func compact(_ digits: [UInt8], dayFirst: Bool) -> ([UInt8], [UInt8], [UInt8]) {
        let year = number(Array(digits[0..<4]))
        if (1850...2150).contains(year) { return (Array(digits[0..<4]), Array(digits[4..<6]), Array(digits[6..<8])) }
        let (first, second) = (Array(digits[0..<2]), Array(digits[2..<4]))
        return dayFirst ? (Array(digits[4..<8]), second, first) : (Array(digits[4..<8]), first, second)
    }

    /// Errors are the point of comparing, so a thirteenth month is kept when it stands where a month does.
    private static func checked(_ parts: (year: [UInt8], month: [UInt8], day: [UInt8])) -> [UInt8]? {
        guard parts.month.count <= 2, parts.day.count <= 2 else { return nil }
        let pad = { (digits: [UInt8]) in digits.count == 1 ? [48] + digits : digits }
        return parts.year + pad(parts.month) + pad(parts.day)
    }

    private static func number(_ digits: [UInt8]) -> Int { digits.reduce(0) { $0 * 10 + Int($1) - 48 } }

    /// Days since 1970-01-01 in the Gregorian calendar; months and days out of range count on.
    static func days(_ value: [UInt8]) -> Int32 {
        guard value.count == 8 else { return 0 }
        let month = number(Array(value[4..<6]))
        let year = number(Array(value[0..<4])) - (month <= 2 ? 1 : 0)
        let era = year / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + number(Array(value[6..<8])) - 1
        return Int32(truncatingIfNeeded: era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468)
    }

    static func isDayMonthSwapped(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
        a.count == 8 && b.count == 8 && a[0..<4].elementsEqual(b[0..<4]) && a[4..<6].elementsEqual(b[6..<8]) && a[6..<8].elementsEqual(b[4..<6])
    }
}

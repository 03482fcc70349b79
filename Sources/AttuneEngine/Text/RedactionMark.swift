/// `[PII]`, `[ADDRESS]`, `[CREDIT_DEBIT_NUMBER]`, `[PHONE_NUMBER_1]`: what call and chat services put in the place of personal data. Nobody said
/// them, so they are in no token: capitals and a word for a card would count otherwise.
enum RedactionMark {
    /// Bytes between the brackets at most.
    private static let longest = 48

    /// Of one word. Those of several have an underscore, which nobody writes between capitals in brackets. `[NAME]` is a token like others: the
    /// pack has learned from texts that are full of it what it says.
    private static let words: [StaticString] = [
        "pii", "phi", "pci", "person", "address", "location", "email", "phone", "number", "url", "ip", "age", "date", "pin", "ssn", "iban",
        "card", "username", "password", "redacted", "masked", "removed",
    ]

    /// The position behind the mark whose bracket stands at `start`; nil when none does.
    static func end(_ scan: TextScan, _ start: Int) -> Int? {
        var position = start &+ 1
        var underscores = 0
        let limit = min(scan.count, position &+ longest)
        while position < limit {
            switch scan.text[position] {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): break
            case UInt8(ascii: "_") where position > start &+ 1: underscores &+= 1
            case UInt8(ascii: "0")...UInt8(ascii: "9") where underscores > 0: break
            default:
                guard scan.text[position] == UInt8(ascii: "]") else { return nil }
                return underscores > 0 || isWord(scan, start &+ 1, position) ? position &+ 1 : nil
            }
            position &+= 1
        }
        return nil
    }

    private static func isWord(_ scan: TextScan, _ start: Int, _ end: Int) -> Bool {
        words.contains { $0.utf8CodeUnitCount == end &- start && scan.has($0, at: start) }
    }
}

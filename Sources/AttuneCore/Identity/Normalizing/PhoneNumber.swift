/// Phone numbers as E.164, out of what people and platforms write.
struct PhoneNumber: Hashable, Sendable {
    /// Digits without `+`, `00` and trunk prefix marks.
    var digits: [UInt8]
    /// The calling code is part of `digits`.
    var isInternational: Bool

    /// Nil when it is no phone number: letters, too few or too many digits, one or two digits over and over.
    init?(_ text: String) { self.init(utf8: Array(text.utf8)) }

    init?(utf8 text: [UInt8]) {
        var rest = Self.ascii(text)[...]
        if let colon = rest.firstIndex(of: UInt8(ascii: ":")) {
            let scheme = rest[..<colon].map { $0 | 32 }
            if Self.schemes.contains(where: { $0 == scheme }) { rest = rest[(colon + 1)...] }
        }
        var found = [UInt8]()
        found.reserveCapacity(16)
        var hasPlus = false
        scan: for byte in rest {
            switch byte {
            case 48...57: found.append(byte)
            case UInt8(ascii: "+"): if found.isEmpty { hasPlus = true }
            // An extension.
            case UInt8(ascii: "x"), UInt8(ascii: "X"), UInt8(ascii: "#"), UInt8(ascii: ";"), UInt8(ascii: ","):
                if found.count >= 7 { break scan }
                if byte | 32 == UInt8(ascii: "x") { return nil }
            case 65...90, 97...122: return nil
            default: break
            }
        }
        isInternational = hasPlus
        if !hasPlus, found.starts(with: [48, 48]), found.count >= 10 {
            found.removeFirst(2)
            isInternational = true
        }
        // +44 (0)20: dialled only from within the country.
        if isInternational, Self.hasTrunkMark(rest), let zero = Self.trunkZero(found) { found.remove(at: zero) }
        guard (7...15).contains(found.count), let other = found.first(where: { $0 != found[0] }),
            found.contains(where: { $0 != found[0] && $0 != other })
        else { return nil }
        digits = isInternational ? Self.current(found) : found
    }

    private static let schemes = ["whatsapp", "tel", "sms"].map { Array($0.utf8) }

    /// Digits of every script as ASCII ones, letters as `a`, everything else as a blank.
    private static func ascii(_ text: [UInt8]) -> [UInt8] {
        guard text.contains(where: { $0 >= 128 }) else { return text }
        return String(decoding: text, as: UTF8.self).unicodeScalars.map { scalar in
            if scalar.isASCII { return UInt8(truncatingIfNeeded: scalar.value) }
            if scalar.properties.generalCategory == .decimalNumber, let value = scalar.properties.numericValue { return 48 + UInt8(value) }
            // The plus of full width is a plus.
            if scalar == "\u{FF0B}" { return UInt8(ascii: "+") }
            return scalar.properties.isAlphabetic ? UInt8(ascii: "a") : 32
        }
    }

    /// Whether a zero stands in brackets.
    private static func hasTrunkMark(_ text: ArraySlice<UInt8>) -> Bool {
        guard let open = text.firstIndex(of: UInt8(ascii: "(")) else { return false }
        return text[open...].starts(with: [UInt8(ascii: "("), 48, UInt8(ascii: ")")])
    }

    /// Where the trunk prefix stands behind a calling code.
    private static func trunkZero(_ digits: [UInt8]) -> Int? {
        guard let plan = PhonePlan.plan(code: digits) else { return digits.firstIndex(of: 48) }
        let place = plan.code.utf8.count
        return place < digits.count && digits[place] == 48 ? place : nil
    }

    /// E.164 digits of a national number in a country, when the country has such numbers.
    func international(in plan: PhonePlan) -> [UInt8]? {
        guard !isInternational else { return digits }
        var national = digits[...]
        if !plan.exit.isEmpty, national.starts(with: plan.exit.utf8), national.count >= plan.exit.utf8.count + 9 {
            return Self.current(Array(national.dropFirst(plan.exit.utf8.count)))
        }
        if !plan.trunk.isEmpty, national.starts(with: plan.trunk.utf8) {
            national = national.dropFirst(plan.trunk.utf8.count)
        } else if plan.needsTrunk {
            return nil
        }
        guard plan.lengths.contains(national.count), let first = national.first, plan.leading.contains(first) else { return nil }
        return Self.current(Array(plan.code.utf8) + national)
    }

    /// As `international`, where the country is known to be the number's own: then a mobile number may lack its trunk prefix.
    func ownInternational(in plan: PhonePlan) -> [UInt8]? {
        if let complete = international(in: plan) { return complete }
        guard let mobile = plan.mobile, mobile.lengths.contains(digits.count), let first = digits.first, mobile.leading.contains(first) else {
            return nil
        }
        return Self.current(Array(plan.code.utf8) + digits)
    }

    /// International digits in the form that is dialled today: Mexican mobile numbers lost their 1 in 2019, Brazilian ones gained a 9 by
    /// 2016; platforms keep the old forms.
    private static func current(_ digits: [UInt8]) -> [UInt8] {
        if digits.count == 13, digits.starts(with: [53, 50, 49]) { return [53, 50] + digits[3...] }
        if digits.count == 12, digits.starts(with: [53, 53]), digits[4] >= 54 { return Array(digits[..<4]) + [57] + digits[4...] }
        return digits
    }
}

/// Phone numbers as E.164, out of what people and platforms write.
struct PhoneNumber: Hashable, Sendable {
    /// Digits without `+`, `00` and trunk prefix marks.
    var digits: [UInt8]
    /// The calling code is part of `digits`.
    var isInternational: Bool

    /// Nil when it is no phone number: letters, too few or too many digits, one or two digits over and over.
    init?(_ text: String) {
        var rest = text[...]
        if let colon = rest.firstIndex(of: ":"), ["whatsapp", "tel", "sms"].contains(rest[..<colon].lowercased()) {
            rest = rest[rest.index(after: colon)...]
        }
        var found = [UInt8]()
        var hasPlus = false
        for scalar in rest.unicodeScalars {
            if scalar.properties.generalCategory == .decimalNumber, let value = scalar.properties.numericValue {
                found.append(48 + UInt8(value))
            } else if scalar == "+", found.isEmpty {
                hasPlus = true
            } else if found.count >= 7, "xX#;,".unicodeScalars.contains(scalar) {
                break  // an extension
            } else if scalar.properties.isAlphabetic {
                return nil
            }
        }
        isInternational = hasPlus
        if !hasPlus, found.starts(with: [48, 48]), found.count >= 10 {
            found.removeFirst(2)
            isInternational = true
        }
        // +44 (0)20: dialled only from within the country.
        if isInternational, rest.firstRange(of: "(0)") != nil, let zero = Self.trunkZero(found) { found.remove(at: zero) }
        guard (7...15).contains(found.count), Set(found).count > 2 else { return nil }
        digits = found
    }

    /// Where the trunk prefix stands behind a calling code.
    private static func trunkZero(_ digits: [UInt8]) -> Int? {
        guard let plan = PhonePlan.plan(code: digits) else { return digits.firstIndex(of: 48) }
        let place = plan.code.utf8.count
        return digits[place] == 48 ? place : nil
    }

    /// E.164 digits of a national number in a country, when the country has such numbers.
    func international(in plan: PhonePlan) -> [UInt8]? {
        guard !isInternational else { return digits }
        var national = digits[...]
        if !plan.trunk.isEmpty, national.starts(with: plan.trunk.utf8) {
            national = national.dropFirst(plan.trunk.utf8.count)
        } else if plan.needsTrunk {
            return nil
        }
        guard plan.lengths.contains(national.count), let first = national.first, plan.leading.contains(first) else { return nil }
        return Array(plan.code.utf8) + national
    }
}

/// Phone numbers as E.164, out of what people and platforms write.
struct PhoneNumber: Hashable, Sendable {
    /// Digits without `+`, `00` and trunk prefix marks.
    var digits: [UInt8]
    /// The calling code is part of `digits`.
    var isInternational: Bool

    /// Nil when it is no phone number: letters, too few or too many digits, one digit over and over.
    init?(_ text: String) {
        var bytes = Array(text.utf8.drop { $0 == 32 })
        for prefix in ["whatsapp:", "tel:", "sms:"] where bytes.map({ $0 | 0x20 }).starts(with: prefix.utf8.map { $0 | 0x20 }) {
            bytes.removeFirst(prefix.utf8.count)
        }
        isInternational = bytes.first == UInt8(ascii: "+")
        var found = [UInt8]()
        var i = 0
        while i < bytes.count {
            switch bytes[i] {
            // +44 (0)20: dialled only from within the country.
            case 40 where isInternational && found.count <= 3 && bytes[i...].starts(with: "(0)".utf8): i += 2
            case 48...57: found.append(bytes[i])
            case 32, 40, 41, 43, 45, 46, 47, 0xC2, 0xA0, 0xE2, 0x80, 0x8E, 0xAA, 0xAC, 0x90...0x95: break
            case 120 where found.count >= 7, 35 where found.count >= 7, 59 where found.count >= 7: i = bytes.count  // an extension
            default: return nil
            }
            i += 1
        }
        if !isInternational, found.starts(with: [48, 48]), found.count >= 10 {
            found.removeFirst(2)
            isInternational = true
        }
        guard (7...15).contains(found.count), Set(found).count > 2 else { return nil }
        digits = found
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

/// How far two names can be one person's.
struct NameRelation {
    enum Part: Int, Comparable {
        case equal, alias, initial, typo, missing, different
        static func < (a: Part, b: Part) -> Bool { a.rawValue < b.rawValue }
    }

    var given: Part
    var surname: Part

    /// Nothing in them speaks against one person.
    var isCompatible: Bool { given != .different && surname != .different }

    init(_ a: PersonName, _ b: PersonName, nicknames: Nicknames) {
        given = Self.part(a.given, b.given, nicknames)
        surname = Self.part(a.surname, b.surname, nil)
        guard given == .different else { return }
        // A single word may be the surname; and forms exchange the two.
        if a.isSingle, Self.part(a.given, b.surname, nil) < .missing { (given, surname) = (.missing, .equal) }
        if b.isSingle, Self.part(b.given, a.surname, nil) < .missing { (given, surname) = (.missing, .equal) }
        guard !a.isSingle, !b.isSingle else { return }
        // One of the two has to be written out: C. Doe is not D. Carr.
        let crossed = [Self.part(a.given, b.surname, nil), Self.part(a.surname, b.given, nil)]
        if crossed.allSatisfy({ $0 < .missing }), crossed.contains(where: { $0 < .initial }) { (given, surname) = (.equal, .equal) }
    }

    static func part(_ a: [UInt8], _ b: [UInt8], _ nicknames: Nicknames?) -> Part {
        if a.isEmpty || b.isEmpty { return .missing }
        if a == b { return .equal }
        if ConsonantScript.isWritten(a) != ConsonantScript.isWritten(b) {
            let isFirst = ConsonantScript.isWritten(a)
            return ConsonantScript.fits(isFirst ? a : b, isFirst ? b : a) ? .alias : .different
        }
        if a.count == 1 || b.count == 1 { return a[0] == b[0] ? .initial : .different }
        let areRelated = nicknames?.areRelated(a, b)
        if areRelated == true { return .alias }
        let length = min(a.count, b.count)
        if areRelated == false { return length >= 3 && (a.starts(with: b) || b.starts(with: a)) ? .alias : .different }
        let edits = Similarity.edits(a, b, limit: 2)
        // Where only consonants are written, one of them is a syllable.
        if ConsonantScript.isWritten(a) { return edits <= 1 && length >= 5 ? .typo : .different }
        if edits <= (length >= 3 ? 1 : 0) { return .typo }
        // Two slips in a given name leave its first letter: Hélène is not Céline.
        if edits <= 2, length >= 6, nicknames == nil || a[0] == b[0] { return .typo }
        // Short forms (Kris, Kristina) and double names (Garcia, Garcia Lopez).
        if length >= 3, a.starts(with: b) || b.starts(with: a) || nicknames == nil && length >= 4 && (a.suffix(length) == b.suffix(length)) {
            return .alias
        }
        return Similarity.jaroWinkler(a, b) >= 0.9 ? .typo : .different
    }
}

/// Levels of agreement between two values of a field, best first: 0 one is missing, 1 equal, …, `differs` nothing alike.
///
/// What a level is worth is not written here: it is learned from the data (`MatchModel`).
struct Comparison: Sendable {
    let kind: FieldColumn.Kind

    /// The last ordinary level. Behind it come the two of exchanged fields.
    var differs: UInt8 {
        switch kind {
        case .givenName: 7
        case .overlap: 4
        case .surname, .town, .text, .email: 6
        case .date: 6
        case .phone, .number: 4
        case .category: 3
        case .mention, .unique: 2
        }
    }
    /// Levels that two records of one person seldom have, whatever the data seems to say: somebody's given name and date of birth
    /// last. Nil for what people get anew.
    var farLevels: ClosedRange<Int>? {
        switch kind {
        case .givenName: 7...7
        case .date: 5...6
        default: nil
        }
    }
    /// Whether a level is that of two spellings of one name as slips make them, which are not made again and again: names that are each
    /// settled and look alike are two names.
    func isOfSlips(_ level: UInt8) -> Bool { kind == .givenName && (level == 3 || level == 4 || level == 6) }
    /// The level of two equal values of one letter: initials, which many names have in common however rarely they are written alone. Nil
    /// where a letter is a value like any other.
    var sameInitial: UInt8? {
        switch kind {
        case .givenName: 5
        case .surname: 0
        default: nil
        }
    }

    /// Both values of a pair of fields stand in each other's place (given name and surname exchanged), or the only one does.
    var exchanged: UInt8 { differs + 1 }
    var halfExchanged: UInt8 { differs + 2 }
    var levelCount: Int { Int(differs) + 3 }

    /// - Parameters:
    ///   - letters: of each, as `Similarity.letters` tells them; of those kinds alone that `comparesLetters`.
    ///   - areRelated: as `Nicknames.areRelated` says of the two; asked of given names alone.
    @inline(__always)
    func level(
        _ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>, letters: (UInt64, UInt64), areRelated: () -> Bool?
    ) -> UInt8 {
        switch kind {
        case .givenName: givenName(a, b, letters, areRelated)
        case .surname, .town, .text: text(a, b, letters)
        case .number, .phone: number(a, b)
        case .date: date(a, b)
        case .email: email(a, b)
        case .mention, .unique: 2
        case .overlap: 4
        case .category: Similarity.edits(a, b, limit: 1) <= (min(a.count, b.count) >= 3 ? 1 : 0) ? 2 : 3
        }
    }

    /// Values are words, which are alike by their letters.
    var comparesLetters: Bool {
        switch kind {
        case .givenName, .surname, .town, .text: true
        default: false
        }
    }

    private func givenName(
        _ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>, _ letters: (UInt64, UInt64), _ related: () -> Bool?
    ) -> UInt8 {
        let length = min(a.count, b.count)
        if ConsonantScript.isWritten(a) != ConsonantScript.isWritten(b) { return consonants(a, b) ? 2 : 7 }
        if length == 1 { return a[0] == b[0] ? 5 : 7 }
        let areRelated = related()
        if areRelated == true || length >= 3 && a.prefix(length).elementsEqual(b.prefix(length)) { return 2 }
        if areRelated == false { return 7 }
        guard Similarity.canBeAlike(a, b, letters: letters, similarity: 0.75, edits: 2) else { return 7 }
        let edits = Similarity.edits(a, b, limit: 2)
        if edits <= 1, length >= 3 { return 3 }
        let similarity = Similarity.jaroWinkler(a, b)
        if similarity >= 0.9 || edits <= 2 && length >= 5 { return 4 }
        return similarity >= 0.75 ? 6 : 7
    }

    private func text(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>, _ letters: (UInt64, UInt64)) -> UInt8 {
        let length = min(a.count, b.count)
        if ConsonantScript.isWritten(a) != ConsonantScript.isWritten(b) { return consonants(a, b) ? 2 : 6 }
        guard Similarity.canBeAlike(a, b, letters: letters, similarity: 0.7, edits: max(2, length / 4)) else { return 6 }
        let edits = Similarity.edits(a, b, limit: max(2, length / 4))
        if edits <= 1, length >= 3 { return 2 }
        let similarity = Similarity.jaroWinkler(a, b)
        if similarity >= 0.92 || edits <= max(2, length / 5) && length >= 5 { return 3 }
        if similarity >= 0.84 || edits <= length / 4 { return 4 }
        return similarity >= 0.7 ? 5 : 6
    }

    /// Whether one is the other in a script that writes consonants.
    private func consonants(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
        ConsonantScript.isWritten(a) ? ConsonantScript.fits(a, b) : ConsonantScript.fits(b, a)
    }

    private func number(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> UInt8 {
        let edits = Similarity.edits(a, b, limit: 2)
        if edits <= 1, min(a.count, b.count) >= 3 { return 2 }
        return edits <= 2 && min(a.count, b.count) >= 6 ? 3 : 4
    }

    /// Values are `yyyymmdd`; what could not be read as a date is compared as text of digits.
    private func date(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> UInt8 {
        let edits = Similarity.edits(a, b, limit: 2)
        if edits <= 1 || BirthDate.isDayMonthSwapped(a, b) { return 2 }
        let (x, y) = (BirthDate.days(Array(a)), BirthDate.days(Array(b)))
        let apart = abs(x - y)
        if edits <= 2 || apart <= 31 { return 3 }
        if apart <= 366 { return 4 }
        return apart <= 3653 ? 5 : 6
    }

    /// Digits and the provider are what tells the addresses of namesakes apart, so that only they differ is a level of its own.
    private func email(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> UInt8 {
        let at = UInt8(ascii: "@")
        let isDigit = { (byte: UInt8) in byte >= 48 && byte <= 57 }
        let localA = UnsafeBufferPointer(rebasing: a.prefix { $0 != at })
        let localB = UnsafeBufferPointer(rebasing: b.prefix { $0 != at })
        let edits = Similarity.edits(a, b, limit: 3)
        if localA.lazy.filter(isDigit).elementsEqual(localB.lazy.filter(isDigit)) {
            if edits <= 1 { return 2 }
            if edits <= 3 { return 3 }
        }
        if edits <= 2 || localA.count >= 4 && localA.elementsEqual(localB) { return 4 }
        return Similarity.jaroWinkler(localA, localB) >= 0.85 ? 5 : 6
    }
}

import AttuneCore

/// Reads ratings as exports write them: `4`, `4,5`, `4/5`, `4 out of 5`, `★★★★☆`, `4 stars`, `FOUR`.
struct RatingReader {
    /// Scale of a bare number.
    let min: Double
    let max: Double
    /// Smallest value of a rating that says its own scale.
    private let smallest: Double

    init(_ mapping: FieldMapping?) {
        max = mapping?.ratingMax ?? 5
        smallest = mapping?.ratingMin ?? 1
        // Of ten and more the scales are those of recommendation and per cent.
        min = mapping?.ratingMin ?? (max < 10 ? 1 : 0)
    }

    enum Reading: Hashable {
        case rating(Rating)
        /// An empty cell, `n/a`, `-`.
        case none
        /// Why it cannot be read.
        case unreadable(String)
        /// A number that the scale does not have, and what to do.
        case outside(String)
    }

    func read(_ text: String) -> Reading {
        // Nearly every rating is one digit.
        if text.utf8.count == 1, let digit = text.utf8.first, digit >= 48, digit <= 57 { return checked(Double(digit - 48)) }
        if let value = Self.plain(text) { return checked(value) }
        let text = text.trimmed.lowercased()
        if ["", "-", "n/a", "na", "none", "null", "nil"].contains(text) { return .none }
        if let stars = Self.stars(text) { return .rating(stars) }
        if let word = Self.word(text) { return checked(word) }
        if text.utf8.allSatisfy({ $0 &- 97 < 26 }) { return Self.satisfaction[text].map { .rating(Self.answer($0)) } ?? Self.noNumber }
        for separator in ["/", " out of ", " of ", " von ", " de ", " sur ", " su ", " van "] {
            guard let range = text.firstRange(of: separator) else { continue }
            guard let value = Self.number(text[..<range.lowerBound]), let top = Self.number(text[range.upperBound...]), top > 0, value <= top
            else { return .unreadable("the rating is not readable as \"value\(separator)maximum\"") }
            return .rating(Rating(value: value, min: Swift.min(value < 1 ? 0 : 1, smallest), max: top))
        }
        if let value = Self.number(text) { return checked(value) }
        if let share = Self.share(text) { return .rating(share) }
        if let satisfaction = Self.satisfaction[text] { return .rating(Self.answer(satisfaction)) }
        if let value = Self.labelled(text) { return checked(value) }
        return Self.noNumber
    }

    private static let noNumber = Reading.unreadable("the rating is no number: write e.g. 4, 4.5, 4/5 or ★★★★☆, or leave it empty")

    /// A number's English word, in small letters or capitals.
    static func word(_ text: String) -> Double? {
        switch text {
        case "one", "ONE": 1
        case "two", "TWO": 2
        case "three", "THREE": 3
        case "four", "FOUR": 4
        case "five", "FIVE": 5
        default: nil
        }
    }

    /// `80%` is 80 of 0 to 100.
    private static func share(_ text: String) -> Rating? {
        guard text.hasSuffix("%"), let value = number(text.dropLast()), (0...100).contains(value) else { return nil }
        return Rating(value: value, min: 0, max: 100)
    }

    /// The number in front of what it means: `2 - poor`, `5 (very satisfied)`.
    private static func labelled(_ text: String) -> Double? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let rest = text.dropFirst(digits.count).drop { $0 == " " }
        guard let sign = rest.first, "-–—=:(.".contains(sign), rest.dropFirst().contains(where: \.isLetter), !rest.contains(where: \.isNumber) else {
            return nil
        }
        return plain(digits)
    }

    /// The answers of the usual question, whose order nobody doubts. (`Good` and `poor` stand on scales of three, four and five.)
    private static let satisfaction: [String: Double] = [
        "very dissatisfied": 1, "very unsatisfied": 1, "dissatisfied": 2, "unsatisfied": 2, "neither satisfied nor dissatisfied": 3,
        "satisfied": 4, "very satisfied": 5,
    ]

    private static func answer(_ satisfaction: Double) -> Rating { Rating(value: satisfaction, min: 1, max: 5) }

    private func checked(_ value: Double) -> Reading {
        if value >= min, value <= max { return .rating(Rating(value: value, min: min, max: max)) }
        return .outside("the rating lies outside \(Self.short(min)) to \(Self.short(max)): set mapping.ratingMin and mapping.ratingMax")
    }

    private static func short(_ value: Double) -> String { value == value.rounded() && abs(value) < 1e9 ? String(Int(value)) : String(value) }

    /// `10`, `4.5`, `4,5`: nil for anything else.
    static func plain(_ text: some StringProtocol) -> Double? {
        var (digits, decimals, count) = (0, -1, 0)
        for byte in text.utf8 {
            if byte &- 48 < 10 {
                digits = digits * 10 + Int(byte &- 48)
                count += 1
                if decimals >= 0 { decimals += 1 }
                if count > 9 { return nil }
            } else if (byte == 46 || byte == 44) && decimals < 0 && count > 0 {
                decimals = 0
            } else {
                return nil
            }
        }
        guard count > 0, decimals != 0 else { return nil }
        // Both are exact, so that their quotient is what the digits say.
        var scale = 1.0
        for _ in 0..<Swift.max(decimals, 0) { scale *= 10 }
        return Double(digits) / scale
    }

    /// A number, with a point or a decimal comma, perhaps followed by `stars`.
    private static func number(_ text: some StringProtocol) -> Double? {
        if let value = plain(text) { return value }
        var words = text.split(separator: " ")
        if let last = words.last, ["star", "stars", "points", "sterne", "étoiles", "estrellas"].contains(String(last)) { words.removeLast() }
        guard words.count == 1, let word = words.first, word.utf8.count <= 16 else { return nil }
        let digits = word.utf8.map { $0 == UInt8(ascii: ",") ? UInt8(ascii: ".") : $0 }
        guard digits.allSatisfy({ ($0 >= 48 && $0 <= 57) || $0 == 46 || $0 == 45 }) else { return nil }
        return Double(String(decoding: digits, as: UTF8.self))
    }

    /// `★★★★☆` is 4 of 5; `★★★` without empty stars is 3 of 5.
    private static func stars(_ text: String) -> Rating? {
        var (full, all) = (0, 0)
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x2605, 0x2B50, 0x1F31F: (full, all) = (full + 1, all + 1)
            case 0x2606: all += 1
            case 0xFE0F, 0x20: continue
            default: return nil
            }
        }
        guard all > 0, all <= 10 else { return nil }
        return Rating(value: Double(full), min: full < 1 ? 0 : 1, max: Double(Swift.max(all, 5)))
    }
}

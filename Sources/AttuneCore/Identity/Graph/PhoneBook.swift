/// Completes numbers that were written nationally, out of the international ones in the same evidence.
struct PhoneBook: Sendable {
    /// International numbers, as `key` writes them.
    private var known = Set<UInt64>()
    private var counts: [String: (plan: PhonePlan, count: Int)] = [:]
    /// Countries by how many international numbers they have here, most first.
    private var regions: [PhonePlan] = []

    /// Bytes of memory it holds.
    var footprint: Int { 11 * known.capacity }

    /// Takes note of a number as it was written.
    mutating func note(_ number: PhoneNumber) {
        guard number.isInternational, known.insert(Self.key(number.digits)).inserted else { return }
        if let plan = PhonePlan.plan(code: number.digits) { counts[plan.region, default: (plan, 0)].count += 1 }
    }

    /// To be called when all numbers are noted.
    mutating func close() { regions = counts.values.sorted { ($1.count, $0.plan.region) < ($0.count, $1.plan.region) }.map(\.plan) }

    /// `+` and the E.164 digits; a national number that fits no country keeps its digits and meets only its like.
    func complete(_ number: PhoneNumber, region: String?) -> [UInt8] {
        let plus = UInt8(ascii: "+")
        if number.isInternational { return [plus] + number.digits }
        // The sighting's own country first: what it says must not depend on what else was seen.
        if let own = region.flatMap(PhonePlan.plan), let complete = number.ownInternational(in: own) { return [plus] + complete }
        var first: [UInt8]?
        for plan in regions {
            guard let candidate = number.international(in: plan) else { continue }
            if known.contains(Self.key(candidate)) { return [plus] + candidate }
            if first == nil { first = candidate }
        }
        return first.map { [plus] + $0 } ?? number.digits
    }

    /// A value in its normalised form, made complete where it is a national number.
    func completed(_ value: [UInt8]) -> [UInt8] {
        guard value.allSatisfy({ $0 >= 48 && $0 <= 57 }), let number = PhoneNumber(utf8: value) else { return value }
        return complete(number, region: nil)
    }

    /// At most fifteen digits behind a one, so that leading zeros count.
    private static func key(_ digits: [UInt8]) -> UInt64 { digits.prefix(18).reduce(1) { $0 &* 10 &+ UInt64($1 & 15) } }
}

/// Completes numbers that were written nationally, out of the international ones in the same evidence.
struct PhoneBook {
    private var known = Set<[UInt8]>()
    /// Countries by how many international numbers they have here, most first.
    private var regions: [PhonePlan] = []

    init(_ sightings: [Sighting]) {
        var counts: [String: (plan: PhonePlan, count: Int)] = [:]
        for sighting in sightings {
            for identifier in sighting.identifiers where identifier.kind == .phone {
                guard let number = PhoneNumber(identifier.value), number.isInternational, known.insert(number.digits).inserted else { continue }
                if let plan = PhonePlan.plan(code: number.digits) { counts[plan.region, default: (plan, 0)].count += 1 }
            }
        }
        regions = counts.values.sorted { ($1.count, $0.plan.region) < ($0.count, $1.plan.region) }.map(\.plan)
    }

    /// `+` and the E.164 digits; a national number that fits no country keeps its digits and meets only its like.
    func normalize(_ text: String, region: String?) -> String? {
        guard let number = PhoneNumber(text) else { return nil }
        if number.isInternational { return "+" + String(decoding: number.digits, as: UTF8.self) }
        var plans = regions
        if let region, let plan = PhonePlan.plan(region) { plans.insert(plan, at: 0) }
        let candidates = plans.compactMap { number.international(in: $0) }
        guard let chosen = candidates.first(where: known.contains) ?? candidates.first else { return String(decoding: number.digits, as: UTF8.self) }
        return "+" + String(decoding: chosen, as: UTF8.self)
    }
}

/// Which of the three numbers of a date is what: decided once for a whole file, never line by line.
struct DayOrder: Hashable {
    /// Positions 0…2.
    var day: Int
    var month: Int
    var year: Int
    /// Whether the dates would be as good the other way around.
    var isGuess = false

    private static func form(year: Int, dayFirst: Bool) -> DayOrder {
        let rest = [0, 1, 2].filter { $0 != year }
        return dayFirst ? DayOrder(day: rest[0], month: rest[1], year: year) : DayOrder(day: rest[1], month: rest[0], year: year)
    }

    /// Decides from all dates of a file, in file order: what was configured; a four-digit number in front is a year, then
    /// the month follows; a number above 12 is a day; within a year months never go back, so what decreases is the day;
    /// what changes more is the day; else the day comes first.
    /// - Parameters:
    ///   - latestYear: in which the file was received; nil when that is not known.
    ///   - mayLeadWithYear: whether the words beside the clock are those of a language that writes the year first.
    static func infer(
        _ dates: some Collection<(UInt16, UInt16, UInt16)>, fullYearAt: Int, dayFirst: Bool?, latestYear: Int? = nil, mayLeadWithYear: Bool = false
    ) -> DayOrder {
        var year = fullYearAt < 3 ? fullYearAt : 2
        if fullYearAt == 3, leadsWithYear(dates, latestYear, mayLeadWithYear, dayFirst) { year = 0 }
        if year == 0 { return form(year: 0, dayFirst: false) }
        if let dayFirst { return form(year: year, dayFirst: dayFirst) }
        let rest = [0, 1, 2].filter { $0 != year }
        let shown = showsDayFirst(dates, rest[0], rest[1], year)
        var order = form(year: year, dayFirst: shown ?? true)
        order.isGuess = shown == nil && dates.contains { part($0, rest[0]) != part($0, rest[1]) }
        return order
    }

    /// The first year of WhatsApp, of two digits.
    private static let firstYear: UInt16 = 9

    /// Whether years of two digits stand in front, `26. 2. 3.`: they do where the dates behind would be of years without WhatsApp, where the
    /// language says so, and where what stands behind changes more.
    private static func leadsWithYear(
        _ dates: some Collection<(UInt16, UInt16, UInt16)>, _ latestYear: Int?, _ mayLeadWithYear: Bool, _ dayFirst: Bool?
    ) -> Bool {
        let latest = latestYear.flatMap { $0 > 2_009 && $0 < 2_100 ? UInt16($0 - 2_000) : nil } ?? 99
        func isYear(_ number: UInt16) -> Bool { number >= firstYear && number <= latest }
        var (wrongInFront, wrongBehind, changesInFront, changesBehind) = (0, 0, 0, 0)
        var previous: (UInt16, UInt16, UInt16)?
        for date in dates {
            if date.0 > 31 { return true }
            if let previous, previous == date { continue }
            if !isYear(date.0) || date.1 > 12 || date.2 > 31 { wrongInFront += 1 }
            if !isYear(date.2) || min(date.0, date.1) > 12 { wrongBehind += 1 }
            if let previous {
                if previous.0 != date.0 { changesInFront += 1 }
                if previous.2 != date.2 { changesBehind += 1 }
            }
            previous = date
        }
        if dayFirst == true { return false }
        if wrongInFront != wrongBehind { return wrongInFront < wrongBehind }
        return wrongInFront == 0 && (mayLeadWithYear || changesBehind > changesInFront)
    }

    private static func showsDayFirst(_ dates: some Collection<(UInt16, UInt16, UInt16)>, _ first: Int, _ second: Int, _ year: Int) -> Bool? {
        var (firstChanges, secondChanges) = (0, 0)
        var (firstFalls, secondFalls) = (0, 0)
        var previous: (UInt16, UInt16, UInt16)?
        for date in dates {
            let (a, b) = (part(date, first), part(date, second))
            if a > 12 { return true }
            if b > 12 { return false }
            if let previous {
                let (c, d) = (part(previous, first), part(previous, second))
                if a != c { firstChanges += 1 }
                if b != d { secondChanges += 1 }
                if part(previous, year) == part(date, year) {
                    if a < c, b >= d { firstFalls += 1 }
                    if b < d, a >= c { secondFalls += 1 }
                }
            }
            previous = date
        }
        if firstFalls != secondFalls { return firstFalls > secondFalls }
        if firstChanges != secondChanges { return firstChanges > secondChanges }
        return nil
    }

    private static func part(_ date: (UInt16, UInt16, UInt16), _ position: Int) -> UInt16 {
        position == 0 ? date.0 : position == 1 ? date.1 : date.2
    }

    /// Year, month and day of a date as written.
    func civil(_ date: (UInt16, UInt16, UInt16)) -> (year: Int, month: Int, day: Int) {
        let year = Int(Self.part(date, self.year))
        return (Self.common(year), Int(Self.part(date, month)), Int(Self.part(date, day)))
    }

    /// Thai phones count from the Buddha's death, 543 years earlier.
    private static func common(_ year: Int) -> Int {
        if year < 100 { return DateText.twoDigitYear(year) }
        return year > 2_543 && year < 2_643 ? year - 543 : year
    }
}

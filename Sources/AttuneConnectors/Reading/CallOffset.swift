import AttuneCore

/// Times of records that count from the beginning of a call: `0.0`, `3.2`, `00:01:03`. Read as Unix times they would lie in 1970.
struct CallOffset {
    private let callStart: Timestamp?
    private let context: DecodingContext
    /// When the call began of which the configuration does not say it; found once.
    private var usualStart: Timestamp?
    /// Whether clocks without a date count from the call's beginning, as the first of them shows; they may be times of a day as well.
    private var countsClocks: Bool?

    /// Seconds of a day: no call is longer.
    private static let day = 86_400
    /// Seconds into a call by which somebody has spoken.
    private static let firstClock = 300
    /// `86399.999999999`
    private static let longest = 15

    init(_ configuration: ConnectorConfiguration, context: DecodingContext) {
        callStart = configuration.callStart
        self.context = context
        countsClocks = configuration.callStart == nil ? nil : true
    }

    /// Nil for texts that are no offset.
    mutating func read(_ text: String) -> (at: Timestamp, basis: TimeBasis)? {
        // Nearly all times are longer.
        guard text.utf8.count <= Self.longest, let first = text.utf8.first, first &- 48 < 10 else { return nil }
        var text = text
        guard let offset = text.withUTF8({ Self.offset($0) }) else { return nil }
        if offset.isClock {
            let counts = countsClocks ?? (offset.nanoseconds < Int64(Self.firstClock) * 1_000_000_000)
            countsClocks = counts
            if !counts { return nil }
        }
        let start = callStart ?? usualStart ?? context.baseName.flatMap(RecordingName.start) ?? context.receivedAt
        usualStart = start
        let (sum, overflow) = start.nanoseconds.addingReportingOverflow(offset.nanoseconds)
        return (overflow ? start : Timestamp(nanoseconds: sum), callStart == nil ? .offset : .exact)
    }

    /// Seconds with a fraction, `mm:ss` or `h:mm:ss`, below a day; nil for everything else, numbers that are days among them.
    private static func offset(_ bytes: UnsafeBufferPointer<UInt8>) -> (nanoseconds: Int64, isClock: Bool)? {
        var cursor = ByteCursor(bytes)
        guard let (number, _) = cursor.number(limit: 5) else { return nil }
        var (seconds, parts) = (number, 1)
        while parts < 3, cursor.skip(UInt8(ascii: ":")) {
            guard let (part, digits) = cursor.number(limit: 2), digits == 2, part < 60 else { return nil }
            seconds = seconds * 60 + part
            parts += 1
        }
        var fraction = 0
        if cursor.skip(UInt8(ascii: ".")) || parts > 1 && cursor.skip(UInt8(ascii: ",")) {
            guard let digits = cursor.fraction() else { return nil }
            fraction = digits
        }
        guard cursor.isAtEnd, seconds < day, parts > 1 || BareDate.read(bytes) == nil else { return nil }
        return (Int64(seconds) * 1_000_000_000 + Int64(fraction), parts > 1)
    }
}

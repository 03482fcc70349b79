/// The first 16 bytes of HMAC-SHA-256 under the store's key, over kind ‖ normalised value: what an identifier is known by; a claim is by the same
/// over all that is claimed.
///
/// Two numbers rather than a text: millions of them are compared, sorted and looked up.
public struct KeyHash: Hashable, Comparable, Sendable {
    /// Bytes of a hash.
    public static let byteCount = 16

    /// The first eight bytes, the first of them highest; and the last eight.
    public var high: UInt64
    public var low: UInt64

    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// - Parameter bytes: 16 of them.
    public init(_ bytes: UnsafeRawBufferPointer) {
        precondition(bytes.count == Self.byteCount, "the hash of an identifier has 16 bytes")
        high = UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self))
        low = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    }

    /// Reads `text` back; nil for anything else.
    public init?(_ text: some StringProtocol) {
        let hash = Array(text.utf8).withUnsafeBufferPointer { KeyHash(digits: $0) }
        guard let hash else { return nil }
        self = hash
    }

    /// The same of the text's UTF-8.
    public init?(digits: UnsafeBufferPointer<UInt8>) {
        guard digits.count == 2 * Self.byteCount else { return nil }
        var words = (UInt64(0), UInt64(0))
        for (place, digit) in digits.enumerated() {
            let value: UInt8
            switch digit {
            case 48...57: value = digit - 48
            case 97...102: value = digit - 87
            default: return nil
            }
            if place < Self.byteCount { words.0 = words.0 << 4 | UInt64(value) } else { words.1 = words.1 << 4 | UInt64(value) }
        }
        self.init(high: words.0, low: words.1)
    }

    /// 32 lower-case hexadecimal digits.
    public var text: String { withBytes { Hex.encode($0) } }

    /// Every part of a hash is as good as all of it.
    public func hash(into hasher: inout Hasher) { hasher.combine(low) }

    public static func < (a: KeyHash, b: KeyHash) -> Bool { a.high == b.high ? a.low < b.low : a.high < b.high }

    /// The 16 bytes.
    public func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
        try withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { try $0.withMemoryRebound(to: UInt8.self, body) }
    }

    /// The digits in UTF-8.
    public func withDigits<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        withMarkedDigits { body(UnsafeBufferPointer(rebasing: $0.dropFirst())) }
    }

    func appendDigits(to bytes: inout [UInt8]) { withDigits { bytes.append(contentsOf: $0) } }

    /// The digits behind `#`, which no number begins with.
    func withMarkedDigits<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1 + 2 * Self.byteCount) { out in
            out[0] = UInt8(ascii: "#")
            for i in 0..<16 {
                out[1 + i] = Hex.digit(high &>> UInt64(60 - 4 * i))
                out[17 + i] = Hex.digit(low &>> UInt64(60 - 4 * i))
            }
            return body(UnsafeBufferPointer(out))
        }
    }
}

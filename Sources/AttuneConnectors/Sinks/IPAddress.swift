import Foundation

/// An address of a network, as four or sixteen bytes in network order.
public struct IPAddress: Hashable, Sendable, CustomStringConvertible {
    public let bytes: [UInt8]

    /// Nil when the count is neither 4 nor 16.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// Nil when the text is no literal address; names are not resolved.
    public init?(_ text: String) {
        var four = in_addr()
        var six = in6_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            bytes = withUnsafeBytes(of: &four) { Array($0) }
        } else if inet_pton(AF_INET6, text, &six) == 1 {
            bytes = withUnsafeBytes(of: &six) { Array($0) }
        } else {
            return nil
        }
    }

    public var description: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let family = bytes.count == 4 ? AF_INET : AF_INET6
        let known = bytes.withUnsafeBytes { inet_ntop(family, $0.baseAddress, &text, socklen_t(text.count)) != nil }
        return known ? String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self) : "?"
    }

    /// Whether it is anything but a public unicast address (IANA's special-purpose registries): this computer, a private or
    /// link-local network (169.254.169.254 hands out cloud credentials), shared carrier space, documentation, multicast.
    public var isPrivate: Bool { bytes.count == 4 ? Self.isPrivate(four: bytes[...]) : Self.isPrivate(six: bytes) }

    private static func isPrivate(four b: ArraySlice<UInt8>) -> Bool {
        let (a, c, d) = (b[b.startIndex], b[b.startIndex + 1], b[b.startIndex + 2])
        switch a {
        case 0, 10, 127, 224...255: return true
        case 100: return c & 0xC0 == 64
        case 169: return c == 254
        case 172: return c & 0xF0 == 16
        case 192: return c == 168 || (c == 0 && (d == 0 || d == 2)) || (c == 88 && d == 99)
        case 198: return c & 0xFE == 18 || (c == 51 && d == 100)
        case 203: return c == 0 && d == 113
        default: return false
        }
    }

    private static func isPrivate(six b: [UInt8]) -> Bool {
        let leadingZeros = b.prefix { $0 == 0 }.count
        // ::, ::1 and ::a.b.c.d
        if leadingZeros >= 12 { return leadingZeros >= 15 || isPrivate(four: b[12...]) }
        // ::ffff:a.b.c.d and 64:ff9b::a.b.c.d carry an IPv4 address, 2002:abcd:: too.
        if leadingZeros == 10, b[10] == 0xFF, b[11] == 0xFF { return isPrivate(four: b[12...]) }
        if b[0...3] == [0, 0x64, 0xFF, 0x9B] { return b[4...11].contains { $0 != 0 } || isPrivate(four: b[12...]) }
        if b[0...1] == [0x20, 0x02] { return isPrivate(four: b[2...5]) }
        // 2001::/23 (Teredo and other protocols), 2001:db8::/32 (documentation), 3fff::/20, 100::/64
        if b[0...1] == [0x20, 0x01], b[2] < 2 || (b[2] == 0x0D && b[3] == 0xB8) { return true }
        if b[0...1] == [0x3F, 0xFF], b[2] < 0x10 { return true }
        // What is left outside 2000::/3 is not public unicast: fc00::/7, fe80::/10, ff00::/8 and unassigned space.
        return b[0] & 0xE0 != 0x20
    }
}

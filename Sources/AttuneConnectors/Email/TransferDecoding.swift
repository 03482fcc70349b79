/// Content transfer encodings of RFC 2045, read leniently.
enum TransferDecoding {
    /// Nil for a name that is neither; such a body stands as it is.
    enum Method {
        case base64, quotedPrintable

        init?(_ name: String?) {
            switch name {
            case "base64": self = .base64
            case "quoted-printable": self = .quotedPrintable
            default: return nil
            }
        }
    }

    /// Bytes of base64. Line ends and stray characters are skipped. Behind padding the rest of its line is not data, and what
    /// follows is only if its line looks so: mailing lists put footers there.
    /// - Returns: also how many characters were stray.
    static func base64(_ input: UnsafeBufferPointer<UInt8>) -> (bytes: [UInt8], strays: Int) {
        var strays = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: input.count / 4 * 3 + 3) { out, count in
            var (value, bits) = (UInt32(0), 0)
            var p = 0
            while p < input.count {
                if bits == 0 { wholeGroups(input, &p, out, &count) }
                if p == input.count { break }
                let digit = base64Digits[Int(input[p])]
                if digit < 64 {
                    value = value << 6 | UInt32(digit)
                    bits += 6
                    if bits >= 8 {
                        bits -= 8
                        out[count] = UInt8(truncatingIfNeeded: value >> UInt32(bits))
                        count += 1
                    }
                } else if input[p] == UInt8(ascii: "=") {
                    (value, bits) = (0, 0)
                    p = ByteSearch.first(10, in: input, from: p, to: input.count) ?? input.count
                    if !isBase64Line(input, p + 1) { break }
                } else if input[p] > 32 {
                    // What a list puts behind the mails that it sends on.
                    if bits == 0, count > 0, input[p - 1] == 10, isRule(input, p) { break }
                    strays += 1
                }
                p += 1
            }
        }
        return (bytes, strays)
    }

    /// Decodes groups of four digits as long as there are such; moves behind them.
    @inline(__always)
    private static func wholeGroups(
        _ input: UnsafeBufferPointer<UInt8>, _ p: inout Int, _ out: UnsafeMutableBufferPointer<UInt8>, _ count: inout Int
    ) {
        guard let source = input.baseAddress, let target = out.baseAddress else { return }
        var (from, to) = (source + p, target + count)
        let end = source + input.count
        base64Digits.withUnsafeBufferPointer { digits in
            while end - from >= 4 {
                let (a, b, c, d) = (digits[Int(from[0])], digits[Int(from[1])], digits[Int(from[2])], digits[Int(from[3])])
                if a | b | c | d >= 64 { break }
                to[0] = a &<< 2 | b &>> 4
                to[1] = b &<< 4 | c &>> 2
                to[2] = c &<< 6 | d
                (from, to) = (from + 4, to + 3)
            }
        }
        (p, count) = (from - source, to - target)
    }

    /// Whether a line begins as one that parts a text from what stands below it: `____`, `-- `.
    private static func isRule(_ input: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
        (input[start] == UInt8(ascii: "_") || input[start] == UInt8(ascii: "-")) && start + 1 < input.count && input[start + 1] == input[start]
    }

    /// Whether the line at `start` consists of whole groups of base64.
    private static func isBase64Line(_ input: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
        guard start < input.count else { return false }
        let line = input[start..<lineEnd(input, start)].filter { $0 != 13 }
        return !line.isEmpty && line.count % 4 == 0 && line.allSatisfy { base64Digits[Int($0)] < 64 || $0 == UInt8(ascii: "=") }
    }

    private static let base64Digits: [UInt8] = {
        var table = [UInt8](repeating: 255, count: 256)
        for (i, byte) in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8.enumerated() { table[Int(byte)] = UInt8(i) }
        return table
    }()

    /// Bytes of quoted-printable. An `=` that begins no code is text.
    static func quotedPrintable(_ input: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var out = [UInt8]()
        out.reserveCapacity(input.count)
        var p = 0
        var end = -1
        while p < input.count {
            if end < p { end = lineEnd(input, p) }
            let stop = ByteSearch.first(UInt8(ascii: "="), in: input, from: p, to: end) ?? end
            var kept = stop
            // Blanks at a line's end were added on the way; those that are encoded were not.
            if stop == end { while kept > p, input[kept - 1] == 32 || input[kept - 1] == 9 || input[kept - 1] == 13 { kept -= 1 } }
            out.append(contentsOf: input[p..<kept])
            p = stop
            guard p < input.count else { break }
            if input[p] == 10 {
                out.append(10)
                p += 1
            } else if p + 2 < input.count, let value = hex(input[p + 1], input[p + 2]) {
                out.append(value)
                p += 3
            } else if let next = softBreak(input, p + 1) {
                p = next
            } else {
                out.append(input[p])
                p += 1
            }
        }
        return out
    }

    private static func lineEnd(_ input: UnsafeBufferPointer<UInt8>, _ from: Int) -> Int {
        ByteSearch.first(10, in: input, from: from, to: input.count) ?? input.count
    }

    /// Offset behind the line end that a soft break hides, blanks before it allowed; nil when it is none.
    private static func softBreak(_ input: UnsafeBufferPointer<UInt8>, _ from: Int) -> Int? {
        var p = from
        while p < input.count, input[p] == 32 || input[p] == 9 || input[p] == 13 { p += 1 }
        if p == input.count { return p }
        return input[p] == 10 ? p + 1 : nil
    }

    /// A byte of two hexadecimal digits.
    static func hex(_ high: UInt8, _ low: UInt8) -> UInt8? {
        guard let high = hex(high), let low = hex(low) else { return nil }
        return high << 4 | low
    }

    private static func hex(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 48...57: byte - 48
        case 65...70: byte - 55
        case 97...102: byte - 87
        default: nil
        }
    }
}

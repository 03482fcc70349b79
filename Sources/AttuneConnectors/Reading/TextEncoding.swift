/// Makes UTF-8 of an input: removes a byte order mark, and transcodes UTF-16 (by its mark, or by the zero bytes of its
/// first two letters). Everything else passes through as it is.
struct TextEncoding {
    private enum Form { case unknown, utf8, utf16(bigEndian: Bool) }

    private var form = Form.unknown
    /// The first bytes, until there are enough to tell the form; later a unit's first byte.
    private var pending: [UInt8] = []
    private var highSurrogate: UInt16?
    private var output: [UInt8] = []

    /// The first bytes of a file without a byte order mark, as UTF-8 when they are UTF-16.
    static func utf8(of head: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let first = Array(head.prefix(4))
        var encoding = TextEncoding()
        let markLength = encoding.detect(first)
        guard case .utf16 = encoding.form else { return head.dropFirst(markLength) }
        var (decoder, text) = (TextEncoding(), [UInt8]())
        head.withUnsafeBufferPointer { bytes in decoder.decode(bytes, isLast: false) { text.append(contentsOf: $0) } }
        return text[...]
    }

    /// The first line of a table, without its end.
    static func firstLine(of head: ArraySlice<UInt8>) -> String {
        String(decoding: utf8(of: head.prefix(4_096)).prefix { $0 != 10 && $0 != 13 }, as: UTF8.self)
    }

    mutating func decode(
        _ chunk: UnsafeBufferPointer<UInt8>, isLast: Bool, _ body: (UnsafeBufferPointer<UInt8>) throws -> Void
    ) rethrows {
        if case .unknown = form {
            if pending.isEmpty, chunk.count >= 4 {
                let markLength = detect(Array(chunk.prefix(4)))
                return try pass(UnsafeBufferPointer(rebasing: chunk[markLength...]), isLast: isLast, body)
            }
            pending.append(contentsOf: chunk)
            if pending.count < 4, !isLast { return }
            let first = pending
            pending = []
            let markLength = detect(first)
            try first.withUnsafeBufferPointer { try pass(UnsafeBufferPointer(rebasing: $0[markLength...]), isLast: isLast, body) }
        } else {
            try pass(chunk, isLast: isLast, body)
        }
    }

    /// Sets the form; returns the length of the mark.
    private mutating func detect(_ b: [UInt8]) -> Int {
        form = .utf8
        if b.starts(with: [0xEF, 0xBB, 0xBF]) { return 3 }
        if b.starts(with: [0xFF, 0xFE]) || b.starts(with: [0xFE, 0xFF]) {
            form = .utf16(bigEndian: b[0] == 0xFE)
            return 2
        }
        guard b.count >= 4 else { return 0 }
        let zeros = b.prefix(4).map { $0 == 0 }
        if zeros == [false, true, false, true] { form = .utf16(bigEndian: false) }
        if zeros == [true, false, true, false] { form = .utf16(bigEndian: true) }
        return 0
    }

    private mutating func pass(
        _ chunk: UnsafeBufferPointer<UInt8>, isLast: Bool, _ body: (UnsafeBufferPointer<UInt8>) throws -> Void
    ) rethrows {
        guard case .utf16(let bigEndian) = form else { return try body(chunk) }
        output.removeAll(keepingCapacity: true)
        for byte in chunk {
            pending.append(byte)
            guard pending.count == 2 else { continue }
            append(bigEndian ? UInt16(pending[0]) << 8 | UInt16(pending[1]) : UInt16(pending[1]) << 8 | UInt16(pending[0]))
            pending.removeAll(keepingCapacity: true)
        }
        if isLast, !pending.isEmpty || highSurrogate != nil { appendReplacement() }
        try output.withUnsafeBufferPointer(body)
    }

    private mutating func append(_ unit: UInt16) {
        if let high = highSurrogate {
            highSurrogate = nil
            if unit >= 0xDC00, unit <= 0xDFFF, let scalar = Unicode.Scalar(0x10000 + (UInt32(high) - 0xD800) << 10 + UInt32(unit) - 0xDC00) {
                output.append(contentsOf: Character(scalar).utf8)
                return
            }
            appendReplacement()
        }
        if unit >= 0xD800, unit <= 0xDBFF {
            highSurrogate = unit
        } else if let scalar = Unicode.Scalar(UInt32(unit)) {
            output.append(contentsOf: Character(scalar).utf8)
        } else {
            appendReplacement()
        }
    }

    private mutating func appendReplacement() { output.append(contentsOf: [0xEF, 0xBF, 0xBD]) }
}

/// Pieces of JSON text rendered once, copied into every result.
struct Fragments: Sendable {
    /// A piece: where it stands among the bytes.
    struct Piece: BitwiseCopyable, Sendable {
        var start: Int32
        var count: Int32
    }

    /// Pieces are copied in steps of this many bytes: what is written may overshoot its end by one step less one.
    static let step = 16

    private var bytes: [UInt8] = []
    /// Bytes of the longest piece.
    private(set) var longest = 0

    mutating func add(_ text: String) -> Piece {
        // A step that begins in the last piece must not read behind the bytes.
        if !bytes.isEmpty { bytes.removeLast(Self.step) }
        let piece = Piece(start: Int32(bytes.count), count: Int32(text.utf8.count))
        bytes += Array(text.utf8) + Array(repeating: 0, count: Self.step)
        longest = max(longest, text.utf8.count)
        return piece
    }

    func withCursor<R>(at out: UnsafeMutablePointer<UInt8>, _ body: (inout Cursor) -> R) -> R {
        bytes.withUnsafeBytes { buffer in
            var cursor = Cursor(pieces: buffer, at: out)
            return body(&cursor)
        }
    }

    /// Where the next byte of a result goes. Its room was checked before.
    struct Cursor {
        let pieces: UnsafeRawBufferPointer
        var at: UnsafeMutablePointer<UInt8>

        /// Copies a piece without its first `skipped` bytes.
        @inline(__always)
        mutating func copy(_ piece: Piece, skipping skipped: Int = 0) {
            let count = Int(piece.count) &- skipped
            let out = UnsafeMutableRawPointer(at)
            var done = 0
            while done < count {
                let part = pieces.loadUnaligned(fromByteOffset: Int(piece.start) &+ skipped &+ done, as: SIMD16<UInt8>.self)
                out.storeBytes(of: part, toByteOffset: done, as: SIMD16<UInt8>.self)
                done &+= Fragments.step
            }
            at += count
        }

        @inline(__always)
        mutating func copy(_ bytes: UnsafeBufferPointer<UInt8>) {
            guard let base = bytes.baseAddress else { return }
            at.update(from: base, count: bytes.count)
            at += bytes.count
        }

        @inline(__always)
        mutating func put(_ byte: UInt8) {
            at.pointee = byte
            at += 1
        }

        @inline(__always)
        mutating func share(_ value: Double) { at = DecimalText.write(share: value, at: at) }

        @inline(__always)
        mutating func decimal(_ value: Double, decimals: Int) { at = DecimalText.write(value, decimals: decimals, at: at) }

        mutating func whole(_ value: Int) { at = DecimalText.write(value, at: at) }
    }
}

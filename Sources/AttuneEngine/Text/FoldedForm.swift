/// A folded form that is being written to a buffer, scalar by scalar: the last step for every word beyond ASCII.
///
/// It folds what NFKC leaves apart and readers do not: apostrophes, Arabic alef and yeh forms, tatweel and vowel marks.
struct FoldedForm {
    private let start: Int
    private var last: UInt32 = 0
    private var lastCount = 0
    private var isElongated = false
    private var isFull = false
    private var capitals: Int32 = 0
    private var small: Int32 = 0

    init(_ buffer: inout TokenBuffer) {
        start = buffer.folded.count
    }

    /// Counts a letter of the source for `allCaps`.
    mutating func count(_ isCapital: Bool, _ isSmall: Bool) {
        capitals &+= isCapital ? 1 : 0
        small &+= isSmall ? 1 : 0
    }

    mutating func count(capitals: Int32, small: Int32) {
        self.capitals &+= capitals
        self.small &+= small
    }

    /// Appends a scalar that is already case folded.
    @inline(__always)
    mutating func append(_ scalar: UInt32, _ buffer: inout TokenBuffer) {
        guard let scalar = scalar < 0x100 ? scalar : Self.unified(scalar) else { return }
        lastCount = scalar == last ? lastCount &+ 1 : 1
        last = scalar
        // Digits may stand as often as they like; letters twice.
        if lastCount > 2, scalar > 0x39 {
            isElongated = true
            return
        }
        let width = scalar < 0x80 ? 1 : scalar < 0x800 ? 2 : scalar < 0x10000 ? 3 : 4
        isFull = isFull || buffer.folded.count &- start &+ width > TokenBuffer.longestForm
        if !isFull { Self.encode(scalar, &buffer.folded) }
    }

    /// Appends the token; nothing when the form is empty.
    mutating func finish(_ kind: Token.Kind, _ from: Int, _ to: Int, _ buffer: inout TokenBuffer) {
        guard buffer.folded.count > start else { return }
        var shape: Token.Shape = .nonASCII
        if capitals >= 2, small == 0 { shape.insert(.allCaps) }
        if isElongated { shape.insert(.elongated) }
        buffer.append(kind, from, to, shape, foldedStart: start)
    }

    /// The scalar that stands for this one, or nil when it is left out.
    static func unified(_ scalar: UInt32) -> UInt32? {
        switch scalar {
        case 0x2018, 0x2019, 0x201B, 0x02BC: 0x27
        case 0x0640, 0x064B...0x065F, 0x0670: nil
        case 0x0622, 0x0623, 0x0625, 0x0671: 0x0627
        case 0x0649: 0x064A
        case 0x200B...0x200F, 0x2060, 0xFE0E, 0xFE0F, 0xFEFF: nil
        default: scalar
        }
    }

    static func encode(_ scalar: UInt32, _ bytes: inout Column<UInt8>) {
        if scalar < 0x80 {
            bytes.append(UInt8(scalar))
        } else if scalar < 0x800 {
            bytes.append(UInt8(0xC0 | scalar >> 6))
            bytes.append(UInt8(0x80 | scalar & 0x3F))
        } else {
            if scalar < 0x10000 {
                bytes.append(UInt8(0xE0 | scalar >> 12))
            } else {
                bytes.append(UInt8(0xF0 | scalar >> 18))
                bytes.append(UInt8(0x80 | scalar >> 12 & 0x3F))
            }
            bytes.append(UInt8(0x80 | scalar >> 6 & 0x3F))
            bytes.append(UInt8(0x80 | scalar & 0x3F))
        }
    }
}

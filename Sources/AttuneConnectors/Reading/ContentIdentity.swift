import AttuneCore
import Crypto
import Foundation

/// Ids for records that have none of their own: a hash of what they say, and the how-manieth record of the file says just
/// that. Two equal "ok" in one minute stay two messages, and a re-export without its oldest lines renumbers nothing.
///
/// `id = hex(sha256("v1" ⌁ connector ⌁ conversation ⌁ wall clock as written ⌁ author ⌁ NFC(text) ⌁ ordinal))`, joined by 0x1F.
struct ContentIdentity {
    private let prefix: [UInt8]
    private var tuple: [UInt8] = []
    /// How often each tuple was seen, by a 64-bit hash of it. A collision only raises an ordinal.
    private var seen: [UInt64: UInt32] = [:]

    init(connector: String) { prefix = Array("v1\u{1F}\(connector)\u{1F}".utf8) }

    /// - Parameters:
    ///   - number: 1-based number of the record in its file, which tells records apart once there are too many to remember.
    mutating func id(conversation: String, wallClock: String, author: String, text: String, number: Int) -> String {
        tuple.removeAll(keepingCapacity: true)
        tuple.append(contentsOf: prefix)
        for part in [conversation, wallClock, author] {
            tuple.append(contentsOf: part.utf8)
            tuple.append(0x1F)
        }
        tuple.append(contentsOf: Self.composed(text).utf8)
        tuple.append(0x1F)
        appendOrdinal(number)
        return tuple.withUnsafeBytes { bytes in
            var hash = Crypto.SHA256()
            hash.update(bufferPointer: bytes)
            return Self.hex(hash.finalize())
        }
    }

    private mutating func appendOrdinal(_ number: Int) {
        let key = tuple.withUnsafeBytes(Self.fingerprint)
        if let count = seen[key] {
            seen[key] = count &+ 1
            tuple.append(contentsOf: String(count).utf8)
        } else if seen.count < DecodingLimits.distinctRows {
            seen[key] = 1
            tuple.append(UInt8(ascii: "0"))
        } else {
            tuple.append(contentsOf: "#\(number)".utf8)
        }
    }

    /// 64 bits of a tuple, eight bytes at a time (the finaliser of MurmurHash3 between words).
    private static func fingerprint(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var hash = UInt64(bytes.count) &* 0x9E37_79B9_7F4A_7C15
        var at = 0
        while at + 8 <= bytes.count {
            hash = mixed(hash ^ UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)))
            at += 8
        }
        var rest: UInt64 = 0
        while at < bytes.count {
            rest = rest << 8 | UInt64(bytes[at])
            at += 1
        }
        return mixed(hash ^ rest)
    }

    private static func mixed(_ value: UInt64) -> UInt64 {
        var x = value
        x = (x ^ (x >> 33)) &* 0xFF51_AFD7_ED55_8CCD
        x = (x ^ (x >> 33)) &* 0xC4CE_B9FE_1A85_EC53
        return x ^ (x >> 33)
    }

    private static func hex(_ digest: some Sequence<UInt8>) -> String {
        String(unsafeUninitializedCapacity: 64) { out in
            var at = 0
            for byte in digest {
                out[at] = digit(byte >> 4)
                out[at + 1] = digit(byte & 15)
                at += 2
            }
            return at
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 48 + value : 87 + value }

    /// NFC. Texts whose every scalar surely stands for itself, which is nearly all, are not touched.
    static func composed(_ text: String) -> String {
        var text = text
        let plain = text.withUTF8 { bytes in !bytes.contains { $0 >= 0xCC } }
        if plain || text.unicodeScalars.allSatisfy({ isInert($0.value) }) { return text }
        return text.precomposedStringWithCanonicalMapping
    }

    /// Whether a scalar neither composes, decomposes nor reorders: below U+0300; general punctuation without its two
    /// singletons; CJK ideographs; emoji and their joiners and selectors.
    private static func isInert(_ scalar: UInt32) -> Bool {
        scalar < 0x300 || (0x2002...0x206F).contains(scalar) || scalar == 0x20AC || (0x2600...0x27BF).contains(scalar)
            || (0x4E00...0x9FFF).contains(scalar) || scalar == 0xFE0F || (0x1F300...0x1FAFF).contains(scalar)
    }
}

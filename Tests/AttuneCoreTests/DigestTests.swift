import AttuneEngine
import CKernels
import Testing

@testable import AttuneCore

@Suite struct DigestTests {
    /// FIPS 180-4 and NIST CAVP.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func sha256KnowsThePublishedAnswers(text: String, digest: String) {
        #expect(SHA256.hex(Array(text.utf8)) == digest)
    }

    @Test func everyByteHasItsTwoDigits() {
        for count in 0...9 {
            for first in 0..<256 {
                let bytes = (0..<count).map { UInt8(truncatingIfNeeded: first &+ 37 &* $0) }
                let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
                #expect(Hex.encode(bytes) == digits)
            }
        }
    }

    @Test func sha256OfAMillionLetters() {
        #expect(
            SHA256.hex(repeatElement(UInt8(ascii: "a"), count: 1_000_000)) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    /// Of all lengths up to some blocks, with rubbish behind them.
    @Test func aMessageMayBePaddedWhereItWasWritten() {
        for count in 0...200 {
            let message = (0..<count).map { UInt8(truncatingIfNeeded: 31 &* $0) }
            var room = message + Array(repeating: 0xAA, count: SHA256.padding)
            let digest = room.withUnsafeMutableBufferPointer { $0.baseAddress.map { ContentDigest(padding: $0, count: count) } }
            #expect(digest?.hex == SHA256.hex(message))
            #expect(Array(room[..<count]) == message)
        }
    }

    @Test func piecesGiveTheDigestOfTheWhole() {
        let text = Array(repeating: UInt8(7), count: 300)
        for cut in 0...300 {
            var hash = SHA256()
            hash.update(text[..<cut])
            hash.update(text[cut...])
            #expect(hash.finalize() == SHA256.digest(text))
        }
    }

    /// Every length around the ends of blocks, at once and in single bytes.
    @Test func lengthsAroundBlocks() {
        for length in 0...200 {
            let text = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 7) }
            var single = SHA256()
            for byte in text { single.update(CollectionOfOne(byte)) }
            var whole = [UInt8](repeating: 0, count: SHA256.byteCount)
            whole.withUnsafeMutableBufferPointer { out in text.withUnsafeBufferPointer { SHA256.digest(of: $0, into: out) } }
            let digest = single.finalize()
            #expect(digest == SHA256.digest(text) && digest == whole)
        }
    }

    /// The processor's instructions against plain C.
    @Test func kernelsAgree() {
        var generator = SplitMix64(seed: 256)
        for count in [1, 2, 3, 17] {
            let blocks = (0..<64 * count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let start = (0..<8).map { _ in UInt32.random(in: 0 ... .max, using: &generator) }
            var (scalar, best) = (start, start)
            attune_sha256_scalar(&scalar, blocks, count)
            attune_sha256_best()(&best, blocks, count)
            #expect(scalar == best && scalar != start)
        }
    }

    /// RFC 4231, cases 1, 2 and 6.
    @Test func hmacKnowsThePublishedAnswers() {
        let cases: [([UInt8], String, String)] = [
            (Array(repeating: 0x0B, count: 20), "Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
            (Array("Jefe".utf8), "what do ya want for nothing?", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
            (
                Array(repeating: 0xAA, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
            ),
        ]
        for (key, message, digest) in cases { #expect(Hex.encode(HMAC.sha256(key: key, Array(message.utf8))) == digest) }
    }
}

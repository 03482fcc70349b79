import Testing

@testable import AttuneCore

extension KeyHash {
    /// A hash to test with: of any text.
    init(of text: some StringProtocol) {
        self = SHA256.digest(text.utf8).withUnsafeBytes { KeyHash(UnsafeRawBufferPointer(rebasing: $0.prefix(KeyHash.byteCount))) }
    }
}

@Suite struct KeyHashTests {
    @Test func itsTextReadsBackAsItself() throws {
        for i in 0..<200 {
            let hash = KeyHash(of: "\(i)")
            let text = Hex.encode(SHA256.digest("\(i)".utf8).prefix(16))
            #expect(hash.text == text && KeyHash(text) == hash)
            #expect(hash.withMarkedDigits { String(decoding: $0, as: UTF8.self) } == "#" + text)
            #expect(hash.withBytes { Array($0) } == Array(SHA256.digest("\(i)".utf8).prefix(16)))
        }
    }

    @Test func anythingElseIsNone() {
        let text = String(repeating: "0f", count: 16)
        for wrong in ["", "a", text + "0", String(text.dropFirst()), text.uppercased(), "+" + text.dropFirst(), "é" + text.dropFirst(2)] {
            #expect(KeyHash(wrong) == nil, "\(wrong)")
        }
    }

    @Test func itIsOrderedAsItsTextIs() {
        let hashes = (0..<500).map { KeyHash(of: "\($0)") } + [KeyHash(high: 1, low: 2), KeyHash(high: 1, low: 3), KeyHash(high: .max, low: 0)]
        #expect(hashes.sorted().map(\.text) == hashes.map(\.text).sorted())
    }
}

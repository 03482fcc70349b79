/// Plain text of a mail without what programs put into it: files, the armour of PGP around or in place of what was written, and the places of
/// pictures.
enum ArmouredText {
    static let encrypted: StaticString = "-----BEGIN PGP MESSAGE-----"
    private static let opening: StaticString = "-----BEGIN PGP "

    /// Calls `body` with what a person wrote.
    /// - Parameter text: in UTF-8 with LF at line ends.
    static func written(_ text: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> String) -> String {
        if let file = UuencodedFile.first(in: text, from: 0) {
            return UuencodedFile.removed(from: text, file.range).withUnsafeBufferPointer { withoutFiles($0, body) }
        }
        return withoutFiles(text, body)
    }

    private static func withoutFiles(_ text: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> String) -> String {
        var plain: [UInt8]?
        if ByteSearch.first(opening, in: text, from: 0, to: text.count) != nil { plain = withoutArmour(text) }
        if let found = picture(in: text, from: 0) {
            plain =
                plain.map { plain in
                    plain.withUnsafeBufferPointer { bytes in picture(in: bytes, from: 0).map { withoutPictures(bytes, $0) } ?? Array(bytes) }
                } ?? withoutPictures(text, found)
        }
        return plain.map { $0.withUnsafeBufferPointer(body) } ?? body(text)
    }

    // MARK: Armour

    /// Without keys, signatures and what is encrypted; of signed text without its header and the dashes that protect its lines.
    private static func withoutArmour(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        enum Place { case outside, header, signed, armour }
        var out: [UInt8] = []
        out.reserveCapacity(text.count)
        var place = Place.outside
        for line in text.split(separator: 10, omittingEmptySubsequences: false) {
            if place == .armour {
                if line.starts(with: "-----END PGP ".utf8) { place = .outside }
            } else if line.starts(with: "-----BEGIN PGP SIGNED MESSAGE-----".utf8) {
                place = .header
            } else if line.starts(with: "-----BEGIN PGP ".utf8) {
                place = .armour
            } else if place == .header {
                if line.allSatisfy({ $0 <= 32 }) { place = .signed }
            } else {
                out += place == .signed && line.starts(with: "- ".utf8) ? line.dropFirst(2) : line
                out.append(10)
            }
        }
        return out
    }

    // MARK: Pictures

    /// Bytes of the longest place of a picture; names of pictures are short, descriptions a sentence.
    private static let longestPicture = 400

    /// The first `[cid:image001.png@01DA]` of Outlook or `[image: logo.png]` of Gmail, which may wrap.
    private static func picture(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Range<Int>? {
        var at = start
        while let open = ByteSearch.first(UInt8(ascii: "["), in: bytes, from: at, to: bytes.count) {
            at = open + 1
            var cursor = ByteCursor(UnsafeBufferPointer(rebasing: bytes[at...]))
            guard cursor.skip(word: "cid:") || cursor.skip(word: "image:") else { continue }
            let end = min(bytes.count, open + longestPicture)
            guard let close = ByteSearch.first(UInt8(ascii: "]"), in: bytes, from: at, to: end) else { continue }
            return open..<close + 1
        }
        return nil
    }

    private static func withoutPictures(_ bytes: UnsafeBufferPointer<UInt8>, _ first: Range<Int>) -> [UInt8] {
        var out = Array(bytes[..<first.lowerBound])
        var at = first.upperBound
        while let next = picture(in: bytes, from: at) {
            out += bytes[at..<next.lowerBound]
            at = next.upperBound
        }
        return out + bytes[at...]
    }
}

import AttuneCore
import Foundation

/// Texts of bytes in the charsets that mails name.
enum MailCharset {
    /// Text of bytes; an unknown or wrong charset is no error.
    static func decode(_ bytes: UnsafeBufferPointer<UInt8>, form: Form?) -> String {
        switch form {
        case .utf8: return utf8(bytes) ?? damagedUTF8(bytes)
        case .western: return ByteSearch.largest(in: bytes) < 128 ? String(copying: bytes) : Windows1252.text(bytes)
        case .utf16(let bigEndian): return utf16(Array(bytes), bigEndian: bigEndian)
        case .coded(let encoding): return coded(Array(bytes), encoding)
        case .eucJP: return coded(shiftJIS(eucJP: Array(bytes)), .shiftJIS)
        case .ascii, nil: return unlabelled(bytes)
        case .extended(let encoding): return ByteSearch.largest(in: bytes) < 128 ? String(copying: bytes) : coded(Array(bytes), encoding)
        }
    }

    static func decode(_ bytes: [UInt8], charset: String?) -> String {
        bytes.withUnsafeBufferPointer { decode($0, form: charset.flatMap(form)) }
    }

    /// Calls `body` with the text of bytes in UTF-8.
    static func withText<Result>(
        _ bytes: UnsafeBufferPointer<UInt8>, form: Form?, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        switch form {
        case .utf16, .coded, .eucJP: break
        // Nothing has to be made of ASCII.
        default: if ByteSearch.largest(in: bytes) < 128 { return body(bytes) }
        }
        if case .western = form { return Windows1252.withText(bytes, body) }
        var text = decode(bytes, form: form)
        return text.withUTF8(body)
    }

    /// Text of bytes without a charset: UTF-8 if they are, else Windows-1252.
    static func unlabelled(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        if ByteSearch.largest(in: bytes) < 128 { return String(copying: bytes) }
        return utf8(bytes) ?? Windows1252.text(bytes)
    }

    static func unlabelled(_ bytes: [UInt8]) -> String { bytes.withUnsafeBufferPointer { unlabelled($0) } }

    /// Nil for bytes that are not UTF-8: what they become has others where they are wrong.
    private static func utf8(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        var text = String(copying: bytes)
        return text.withUTF8 { ByteSearch.equal($0, bytes) } ? text : nil
    }

    /// UTF-8 with a damaged character keeps the rest; bytes that are mostly wrong are Western after all.
    private static func damagedUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        let text = String(copying: bytes)
        let high = bytes.count { $0 >= 128 }
        let damaged = text.unicodeScalars.count { $0 == "\u{FFFD}" }
        return damaged * 2 > high ? Windows1252.text(bytes) : text
    }

    /// How a charset is read.
    enum Form {
        case utf8, ascii, western, eucJP
        /// Byte order where no mark tells it.
        case utf16(bigEndian: Bool)
        /// Bytes below 128 may mean something else than ASCII.
        case coded(String.Encoding)
        /// Bytes below 128 are ASCII.
        case extended(String.Encoding)
    }

    private static func utf16(_ bytes: [UInt8], bigEndian: Bool) -> String {
        var (bytes, bigEndian) = (bytes[...], bigEndian)
        if bytes.starts(with: [0xFE, 0xFF]) { (bytes, bigEndian) = (bytes.dropFirst(2), true) }
        if bytes.starts(with: [0xFF, 0xFE]) { (bytes, bigEndian) = (bytes.dropFirst(2), false) }
        let units = stride(from: bytes.startIndex, to: bytes.endIndex - 1, by: 2).map { i -> UInt16 in
            let (first, second) = (UInt16(bytes[i]), UInt16(bytes[i + 1]))
            return bigEndian ? first << 8 | second : second << 8 | first
        }
        return String(decoding: units, as: UTF16.self)
    }

    /// Foundation refuses a text for one wrong byte: then its lines are read one by one, and wrong ones as Western.
    private static func coded(_ bytes: [UInt8], _ encoding: String.Encoding) -> String {
        if let text = String(bytes: bytes, encoding: encoding) { return text }
        return bytes.split(separator: 10, omittingEmptySubsequences: false)
            .map { String(bytes: $0, encoding: encoding) ?? unlabelled(Array($0)) }.joined(separator: "\n")
    }

    /// EUC-JP written in Shift_JIS, which Foundation reads; characters that only JIS X 0212 has become `?`.
    static func shiftJIS(eucJP bytes: [UInt8]) -> [UInt8] {
        var out = [UInt8]()
        out.reserveCapacity(bytes.count)
        var p = 0
        while p < bytes.count {
            let byte = bytes[p]
            if byte == 0x8E, p + 1 < bytes.count, bytes[p + 1] >= 0xA1, bytes[p + 1] <= 0xDF {
                out.append(bytes[p + 1])
                p += 2
            } else if byte == 0x8F, p + 2 < bytes.count {
                out.append(UInt8(ascii: "?"))
                p += 3
            } else if byte >= 0xA1, byte != 0xFF, p + 1 < bytes.count, bytes[p + 1] >= 0xA1, bytes[p + 1] != 0xFF {
                let (row, cell) = (byte - 0xA0, bytes[p + 1] - 0xA0)
                out.append((row + 1) / 2 + (row <= 62 ? 0x80 : 0xC0))
                out.append(row % 2 == 0 ? cell + 0x9E : cell + (cell < 64 ? 0x3F : 0x40))
                p += 2
            } else {
                out.append(byte < 128 ? byte : UInt8(ascii: "?"))
                p += 1
            }
        }
        return out
    }

    /// How a charset of that name is read; nil for one that nobody knows. Most mails name one of a few, in one of two spellings.
    static func form(_ charset: String) -> Form? {
        switch charset {
        case "utf-8", "UTF-8": .utf8
        case "us-ascii", "US-ASCII": .ascii
        case "iso-8859-1", "ISO-8859-1", "windows-1252", "Windows-1252": .western
        default: forms[folded(charset)]
        }
    }

    /// `ISO_8859-1`, `latin1`, `x-sjis` and `cp1252` without what differs between their spellings.
    private static func folded(_ charset: String) -> String {
        var name = String(
            decoding: charset.utf8.compactMap { byte -> UInt8? in
                switch byte {
                case 48...57, 97...122: byte
                case 65...90: byte | 0x20
                default: nil
                }
            }, as: UTF8.self)
        for prefix in ["x", "cs"] where name.hasPrefix(prefix) { name.removeFirst(prefix.count) }
        return name
    }

    /// Encodings of Core Foundation by their numbers.
    private static func foundation(_ number: UInt) -> String.Encoding { String.Encoding(rawValue: 0x8000_0000 | number) }

    private static let forms: [String: Form] = {
        var forms: [String: Form] = [:]
        func add(_ names: String, _ form: Form) { for name in names.split(separator: " ") { forms[String(name)] = form } }
        add("utf8 utf8mb4 unicode11utf8", .utf8)
        add("usascii ascii ansix341968 iso646us 7bit 8bit unknown8bit default", .ascii)
        add("iso88591 latin1 l1 windows1252 cp1252 win1252 ansi iso8859 ibm819 isolatin1", .western)
        add("utf16 utf16be ucs2 iso10646ucs2 unicode", .utf16(bigEndian: true))
        add("utf16le", .utf16(bigEndian: false))
        add("eucjp ujis", .eucJP)
        add("shiftjis sjis mskanji windows31j cp932 ms932", .extended(.shiftJIS))
        add("iso2022jp iso2022jp1 iso2022jp2 iso2022jp3 iso2022jpms cp50220 cp50221", .coded(.iso2022JP))
        add("gb18030 gbk gb2312 euccn cp936 ms936 windows936 chinese gb231280", .extended(foundation(0x0632)))
        add("hzgb2312", .coded(foundation(0x0A05)))
        add("big5 big5hkscs cnbig5 cp950", .extended(foundation(0x0A03)))
        add("euckr ksc56011987 ksc5601 korean cp949 uhc windows949 ksc56011989", .extended(foundation(0x0422)))
        add("iso2022kr", .coded(foundation(0x0840)))
        add("utf7 unicode11utf7", .coded(foundation(0x0400_0100)))
        for part in [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16] as [UInt] {
            let name = "iso8859\(part)"
            for name in [name, name + "i", name + "e"] { forms[name] = .extended(foundation(0x0200 + part)) }
        }
        for page in 1250...1258 as ClosedRange<UInt> where page != 1252 {
            // Their numbers stand in the order of the scripts, not of the pages.
            let order: [UInt: UInt] = [1250: 1, 1251: 2, 1253: 3, 1254: 4, 1255: 5, 1256: 6, 1257: 7, 1258: 8]
            for prefix in ["windows", "cp", "win"] { forms["\(prefix)\(page)"] = .extended(foundation(0x0500 + (order[page] ?? 0))) }
        }
        add("latin2 l2", .extended(foundation(0x0202)))
        add("latin5 l5", .extended(foundation(0x0209)))
        add("latin9 latin0", .extended(foundation(0x020F)))
        add("koi8r koi8", .extended(foundation(0x0A02)))
        add("koi8u koi8ru", .extended(foundation(0x0A08)))
        add("ibm437 cp437", .extended(foundation(0x0400)))
        add("ibm850 cp850", .extended(foundation(0x0410)))
        add("ibm866 cp866", .extended(foundation(0x0419)))
        add("macintosh mac macroman", .extended(foundation(0)))
        add("maccentraleurope macce", .extended(foundation(29)))
        add("maccyrillic", .extended(foundation(7)))
        add("tis620 windows874 cp874", .extended(foundation(0x041D)))
        return forms
    }()
}

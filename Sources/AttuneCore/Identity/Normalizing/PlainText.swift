import CTextBoundary

/// Text reduced to what is compared: small ASCII letters and digits.
///
/// Scripts that leave short vowels out (Arabic, Hebrew) become capitals: consonants alone, to be compared as such
/// (`ConsonantScript`). Bytes beyond ASCII are left where ICU knows no Latin form.
enum PlainText {
    /// Letters and digits alone.
    static func letters(_ text: String) -> [UInt8] {
        var text = text
        return text.withUTF8 { letters($0) }
    }

    static func letters(_ utf8: UnsafeBufferPointer<UInt8>) -> [UInt8] { ascii(utf8).filter(isLetterOrDigit) }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        byte >= 97 && byte <= 122 || byte >= 48 && byte <= 57 || byte >= 128 || byte >= 65 && byte <= 90
    }

    /// Small letters; Latin letters without their marks, Cyrillic and Greek ones as people write them in Latin, those of other
    /// scripts as ICU does. Symbols and emoji become blanks.
    static func ascii(_ utf8: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var result = [UInt8]()
        result.reserveCapacity(utf8.count)
        for byte in utf8 {
            if byte >= 128 { return transliterated(String(decoding: utf8, as: UTF8.self)) }
            result.append(byte >= 65 && byte <= 90 ? byte + 32 : byte)
        }
        return result
    }

    private static func transliterated(_ text: String) -> [UInt8] {
        var result = [UInt8]()
        // Letters of other scripts that stand together, which is how ICU has to see them.
        var run = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isOther = isOfOtherScript(scalar)
            if !run.isEmpty, !isOther {
                append(run, to: &result)
                run = String.UnicodeScalarView()
            }
            if isOther { run.append(scalar) } else { append(scalar, to: &result) }
        }
        if !run.isEmpty { append(run, to: &result) }
        return result
    }

    /// Letters and marks that the table has no form for, from Armenian on; they are no blanks between words.
    private static func isOfOtherScript(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.value >= 0x530, table[scalar] == nil, !scalar.properties.isDefaultIgnorableCodePoint else { return false }
        return scalar.properties.isAlphabetic || scalar.properties.canonicalCombiningClass != .notReordered
            || scalar.properties.generalCategory == .nonspacingMark || scalar.properties.generalCategory == .spacingMark
    }

    private static func append(_ scalar: Unicode.Scalar, to result: inout [UInt8]) {
        if scalar.isASCII {
            let byte = UInt8(truncatingIfNeeded: scalar.value)
            result.append(byte >= 65 && byte <= 90 ? byte + 32 : byte)
        } else if let known = table[scalar] {
            result += known
        } else if scalar.properties.isAlphabetic {
            for small in scalar.properties.lowercaseMapping.unicodeScalars { result += table[small] ?? Array(String(small).utf8) }
        } else if !scalar.properties.isDefaultIgnorableCodePoint, scalar.properties.canonicalCombiningClass == .notReordered {
            result.append(32)
        }
    }

    private static func append(_ run: String.UnicodeScalarView, to result: inout [UInt8]) {
        var text = String(run)
        let isConsonantal = run.first.map { ConsonantScript.contains($0) } ?? false
        let latin = text.withUTF8 { utf8 in
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1024) { room in
                guard let source = utf8.baseAddress, let start = room.baseAddress else { return [UInt8]() }
                let written = attune_latin(source, utf8.count, start, room.count)
                return room[..<written].filter { $0 >= 97 && $0 <= 122 || $0 >= 48 && $0 <= 57 }
            }
        }
        if latin.isEmpty {
            if run.contains(where: \.properties.isAlphabetic) { result += Array(text.utf8) }
            return
        }
        result += isConsonantal ? latin.map { $0 >= 97 ? $0 - 32 : $0 } : latin
    }

    private static let table: [Unicode.Scalar: [UInt8]] = {
        var table: [Unicode.Scalar: [UInt8]] = [:]
        for row in rows.split(separator: "\n") {
            let cells = row.split(separator: " ")
            guard cells.count == 2 else { continue }
            for scalar in cells[1].unicodeScalars { table[scalar] = Array(cells[0].utf8) }
        }
        // A soft or hard sign is not heard.
        for sign: Unicode.Scalar in ["ь", "ъ", "’", "ʼ", "´"] { table[sign] = [] }
        return table
    }()

    /// The Latin form and the letters that have it. Umlauts lose their dots: `ae` for `ä` is as frequent, and one edit away.
    private static let rows = """
        a àáâãäåāăąǎạảấầẩẫậắằẳẵặаάα
        ae æ
        b бβ
        c çćĉċč
        ch чχ
        d ďđðдδ
        dj ђ
        e èéêëēĕėęěẹẻẽếềểễệеэєέε
        f фφ
        g ĝğġģгґγ
        h ĥħхһ
        i ìíîïĩīĭįıịỉиіїήηίιϊ
        j ĵј
        k ķкκ
        kh қ
        l ĺļľŀłлλљ
        m мμ
        n ñńņňŉŋнνњ
        o òóôõöøōŏőơọỏốồổỗộớờởỡợоόοώω
        oe œ
        p пπ
        ps ψ
        r ŕŗřрρ
        s śŝşšșсσς
        sh ш
        shch щ
        ss ß
        t ţťŧțтτ
        th þθ
        ts ц
        u ùúûüũūŭůűųưụủứừửữựуў
        v вβ
        w ŵ
        x ξ
        y ýÿŷỳỵỷỹыйύυ
        ya я
        yo ё
        yu ю
        z źżžзζ
        zh ж
        """
}

/// Text reduced to what is compared: small ASCII letters and digits, and the bytes of scripts that have no Latin form here.
enum PlainText {
    /// Letters and digits alone.
    static func letters(_ text: String) -> [UInt8] {
        ascii(text).filter { $0 >= 97 && $0 <= 122 || $0 >= 48 && $0 <= 57 || $0 >= 128 }
    }

    /// Small letters; Latin letters without their marks, Cyrillic and Greek ones as people write them in Latin. Symbols and emoji
    /// become blanks.
    static func ascii(_ text: String) -> [UInt8] {
        var result = [UInt8]()
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
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
        return result
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

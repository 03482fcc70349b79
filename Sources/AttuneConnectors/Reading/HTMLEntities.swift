/// Character references of HTML: the named ones of HTML 4, those of HTML 5 that occur in mail, and numbers.
enum HTMLEntities {
    /// The character that the reference at `at` (a `&`) stands for, and the offset behind it; nil when it is none.
    static func decode(_ bytes: UnsafeBufferPointer<UInt8>, at: Int, to limit: Int) -> (scalar: Unicode.Scalar, end: Int)? {
        guard at + 2 < limit else { return nil }
        if bytes[at + 1] == UInt8(ascii: "#") { return number(bytes, at + 2, limit) }
        var end = at + 1
        while end < limit, end - at <= longestName, isAlphanumeric(bytes[end]) { end += 1 }
        guard end > at + 1 else { return nil }
        if end < limit, bytes[end] == UInt8(ascii: ";"), let scalar = named[key(bytes[(at + 1)..<end])] { return (scalar, end + 1) }
        // Old pages leave the semicolon out; browsers accept that for the names of ISO 8859-1 only.
        var cut = min(end, at + 1 + longestOldName)
        while cut > at + 2 {
            let key = key(bytes[(at + 1)..<cut])
            if oldNames.contains(key), let scalar = named[key] { return (scalar, cut) }
            cut -= 1
        }
        return nil
    }

    /// A text with what stands for the characters of its references, once. Only those with a semicolon: `?a=1&copy=2` is an address.
    /// - Parameter replacement: what stands for a character; nil leaves its reference as it is.
    static func decoded(_ text: String, _ replacement: (Unicode.Scalar) -> String? = blankOrItself) -> String {
        guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
        var text = text
        return text.withUTF8 { bytes in
            var out = [UInt8]()
            out.reserveCapacity(bytes.count)
            var at = 0
            while at < bytes.count {
                if bytes[at] == UInt8(ascii: "&"), let (scalar, end) = decode(bytes, at: at, to: bytes.count), bytes[end - 1] == UInt8(ascii: ";"),
                    let characters = replacement(scalar)
                {
                    out += characters.utf8
                    at = end
                } else {
                    out.append(bytes[at])
                    at += 1
                }
            }
            return String(decoding: out, as: UTF8.self)
        }
    }

    /// Blanks for those that do not break.
    static func blankOrItself(_ scalar: Unicode.Scalar) -> String? { scalar == "\u{A0}" ? " " : String(scalar) }

    /// A name of at most eight bytes as a number; 0, which none is, for a longer one.
    private static func key(_ name: some Collection<UInt8>) -> UInt64 {
        var key: UInt64 = 0
        for (i, byte) in name.enumerated() {
            if i == longestName { return 0 }
            key = key << 8 | UInt64(byte)
        }
        return key
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool { HTMLTokenizer.isLetter(byte) || byte >= 48 && byte <= 57 }

    /// `8217;` or `x2019;` behind `&#`; the semicolon may be missing.
    private static func number(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ limit: Int) -> (scalar: Unicode.Scalar, end: Int)? {
        let isHex = bytes[start] | 0x20 == UInt8(ascii: "x")
        var p = isHex ? start + 1 : start
        let first = p
        var value: UInt32 = 0
        while p < limit, let digit = digit(bytes[p], isHex) {
            // Stays above every character once it is.
            value = min(value * (isHex ? 16 : 10) + digit, 0x11_0000)
            p += 1
        }
        guard p > first else { return nil }
        if p < limit, bytes[p] == UInt8(ascii: ";") { p += 1 }
        return (scalar(value), p)
    }

    private static func digit(_ byte: UInt8, _ isHex: Bool) -> UInt32? {
        if byte >= 48, byte <= 57 { return UInt32(byte - 48) }
        let letter = byte | 0x20
        return isHex && letter >= 97 && letter <= 102 ? UInt32(letter - 87) : nil
    }

    /// Numbers 128…159 mean Windows-1252, as everybody who writes them believes.
    private static func scalar(_ value: UInt32) -> Unicode.Scalar {
        if value >= 0x80, value <= 0x9F, let scalar = Unicode.Scalar(windows1252[Int(value - 0x80)]) { return scalar }
        return value == 0 ? "\u{FFFD}" : Unicode.Scalar(value) ?? "\u{FFFD}"
    }

    /// Characters of the bytes 0x80…0x9F.
    static let windows1252: [UInt32] = [
        0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
        0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
    ]

    private static let longestName = 8
    private static let longestOldName = 6

    /// Names of U+00A0…U+00FF, in order.
    private static let latin = """
        nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot \
        cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml \
        Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig \
        agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute \
        ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml
        """.split(separator: " ").map(String.init)

    private static let oldNames = Set((latin + ["amp", "lt", "gt", "quot", "AMP", "LT", "GT", "QUOT", "COPY", "REG"]).map { key($0.utf8) })

    /// Names and code points of all others.
    private static let others = """
        quot 22 amp 26 lt 3C gt 3E OElig 152 oelig 153 Scaron 160 scaron 161 Yuml 178 fnof 192 circ 2C6 tilde 2DC Alpha 391 Beta 392 \
        Gamma 393 Delta 394 Epsilon 395 Zeta 396 Eta 397 Theta 398 Iota 399 Kappa 39A Lambda 39B Mu 39C Nu 39D Xi 39E Omicron 39F Pi 3A0 \
        Rho 3A1 Sigma 3A3 Tau 3A4 Upsilon 3A5 Phi 3A6 Chi 3A7 Psi 3A8 Omega 3A9 alpha 3B1 beta 3B2 gamma 3B3 delta 3B4 epsilon 3B5 \
        zeta 3B6 eta 3B7 theta 3B8 iota 3B9 kappa 3BA lambda 3BB mu 3BC nu 3BD xi 3BE omicron 3BF pi 3C0 rho 3C1 sigmaf 3C2 sigma 3C3 \
        tau 3C4 upsilon 3C5 phi 3C6 chi 3C7 psi 3C8 omega 3C9 thetasym 3D1 upsih 3D2 piv 3D6 ensp 2002 emsp 2003 thinsp 2009 zwnj 200C \
        zwj 200D lrm 200E rlm 200F ndash 2013 mdash 2014 lsquo 2018 rsquo 2019 sbquo 201A ldquo 201C rdquo 201D bdquo 201E dagger 2020 \
        Dagger 2021 bull 2022 hellip 2026 permil 2030 prime 2032 Prime 2033 lsaquo 2039 rsaquo 203A oline 203E frasl 2044 euro 20AC \
        image 2111 weierp 2118 real 211C trade 2122 alefsym 2135 larr 2190 uarr 2191 rarr 2192 darr 2193 harr 2194 crarr 21B5 lArr 21D0 \
        uArr 21D1 rArr 21D2 dArr 21D3 hArr 21D4 forall 2200 part 2202 exist 2203 empty 2205 nabla 2207 isin 2208 notin 2209 ni 220B \
        prod 220F sum 2211 minus 2212 lowast 2217 radic 221A prop 221D infin 221E ang 2220 and 2227 or 2228 cap 2229 cup 222A int 222B \
        there4 2234 sim 223C cong 2245 asymp 2248 ne 2260 equiv 2261 le 2264 ge 2265 sub 2282 sup 2283 nsub 2284 sube 2286 supe 2287 \
        oplus 2295 otimes 2297 perp 22A5 sdot 22C5 lceil 2308 rceil 2309 lfloor 230A rfloor 230B lang 2329 rang 232A loz 25CA \
        spades 2660 clubs 2663 hearts 2665 diams 2666 apos 27 NewLine A Tab 9 excl 21 num 23 dollar 24 percnt 25 lpar 28 rpar 29 ast 2A \
        plus 2B comma 2C period 2E sol 2F colon 3A semi 3B equals 3D quest 3F commat 40 lsqb 5B rsqb 5D lbrack 5B rbrack 5D bsol 5C \
        lowbar 5F grave 60 lcub 7B rcub 7D lbrace 7B rbrace 7D verbar 7C vert 7C hyphen 2010 dash 2010 check 2713 cross 2717 star 2606 \
        starf 2605 phone 260E horbar 2015 nldr 2025 Scedil 15E scedil 15F inodot 131 Idot 130 gbreve 11F Gbreve 11E lstrok 142 \
        Lstrok 141 zcaron 17E Zcaron 17D ccaron 10D Ccaron 10C aogon 105 Aogon 104 eogon 119 Eogon 118 sacute 15B Sacute 15A nacute 144 \
        Nacute 143 cacute 107 Cacute 106 zacute 17A Zacute 179 zdot 17C Zdot 17B odblac 151 Odblac 150 udblac 171 Udblac 170 rcaron 159 \
        Rcaron 158 ecaron 11B Ecaron 11A uring 16F Uring 16E AMP 26 LT 3C GT 3E QUOT 22 COPY A9 REG AE
        """

    private static let named: Table = {
        var table = Table()
        for (i, name) in latin.enumerated() { table.add(key(name.utf8), UInt32(0xA0 + i)) }
        let words = others.split(separator: " ")
        for i in stride(from: 0, to: words.count - 1, by: 2) { table.add(key(words[i].utf8), UInt32(words[i + 1], radix: 16) ?? 0) }
        return table
    }()

    /// Characters by the key of their name, in an open table: hashing as dictionaries do takes longer than reading a line.
    private struct Table: Sendable {
        private var slots: [(key: UInt64, scalar: Unicode.Scalar?)] = Array(repeating: (0, nil), count: 2_048)

        mutating func add(_ key: UInt64, _ value: UInt32) { slots[place(key)] = (key, Unicode.Scalar(value)) }

        subscript(key: UInt64) -> Unicode.Scalar? { key == 0 ? nil : slots[place(key)].scalar }

        /// Where a key is, or belongs.
        private func place(_ key: UInt64) -> Int {
            var at = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) &>> 53)
            while slots[at].key != key, slots[at].key != 0 { at = (at + 1) & 2_047 }
            return at
        }
    }
}

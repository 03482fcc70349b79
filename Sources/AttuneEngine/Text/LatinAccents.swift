/// Latin letters without their accents: what people type on the wrong keyboard or in a hurry (`nao`, `tambien`).
enum LatinAccents {
    /// Base letters of U+00E0–U+00FF and U+0100–U+017F; `?` where there is none.
    private static let latin1: StaticString = "aaaaaa?ceeeeiiii?nooooo?ouuuuy?y"
    private static let extendedA: StaticString =
        "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii??jjkk?llllllllllnnnnnn???oooooo??rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzz?"

    /// Appends `form` (folded UTF-8) without accents to `out`; false when no letter has one.
    static func strip(_ form: UnsafeBufferPointer<UInt8>, into out: inout [UInt8]) -> Bool {
        rewrite(form, into: &out) { scalar, out in
            guard let base = base(scalar) else { return false }
            out.append(base)
            return true
        }
    }

    /// Appends `form` with German umlauts as `ae`, `oe`, `ue` to `out`; false when it has none. (`schon` is another word than `schön`.)
    static func spellUmlauts(_ form: UnsafeBufferPointer<UInt8>, into out: inout [UInt8]) -> Bool {
        rewrite(form, into: &out) { scalar, out in
            guard scalar == 0xE4 || scalar == 0xF6 || scalar == 0xFC, let base = base(scalar) else { return false }
            out.append(base)
            out.append(UInt8(ascii: "e"))
            return true
        }
    }

    /// Two-byte scalars go to `replace`, which appends another spelling or says false; everything else is copied.
    @inline(__always)
    private static func rewrite(
        _ form: UnsafeBufferPointer<UInt8>, into out: inout [UInt8], _ replace: (UInt32, inout [UInt8]) -> Bool
    ) -> Bool {
        var changed = false
        var index = 0
        while index < form.count {
            let byte = form[index]
            if byte & 0xE0 == 0xC0, index &+ 1 < form.count {
                let scalar = UInt32(byte & 0x1F) << 6 | UInt32(form[index &+ 1] & 0x3F)
                if replace(scalar, &out) {
                    changed = true
                    index &+= 2
                    continue
                }
            }
            out.append(byte)
            index &+= 1
        }
        return changed
    }

    private static func base(_ scalar: UInt32) -> UInt8? {
        let letter: UInt8
        switch scalar {
        case 0xE0...0xFF: letter = latin1.utf8Start[Int(scalar) - 0xE0]
        case 0x100...0x17F: letter = extendedA.utf8Start[Int(scalar) - 0x100]
        default: return nil
        }
        return letter == UInt8(ascii: "?") ? nil : letter
    }
}

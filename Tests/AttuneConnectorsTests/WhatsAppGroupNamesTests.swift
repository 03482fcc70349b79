import AttuneCore
import Testing

@testable import AttuneConnectors

/// Colons and marks that are WhatsApp's and no person's.
@Suite struct WhatsAppGroupNamesTests {
    private func chat(_ lines: [String]) throws -> [AttuneCore.Operation] {
        try decode("whatsapp-export", lines.enumerated().map { "13/02/26, 09:\(10 + $0) - \($1)\n" }.joined())
    }

    /// A colon within the quoted name of a group makes nobody an author, in whatever language, once or often.
    @Test(
        arguments: [
            "Ana changed the subject from \"A: b\" to \"C\"", "Ana changed the subject from “A: b” to “C”", "Gruppe „A: b“ wurde von Ana erstellt",
            "Ana a créé le groupe « A: b »", "Ana \"A: b\" grubunu oluşturdu", "قام Ana بتغيير الموضوع من \"A: b\" إلى \"C\"",
            "Anaさんが件名を「A: b」から「C」に変更しました", "Ana zmienił(a) temat z „A: b” na „C”", "Your group “A: b” was reported",
        ], [1, 3])
    func quotedNames(line: String, count: Int) throws {
        let read = try chat(["Priya: hello", "Ana: yes"] + Array(repeating: line, count: count) + ["Priya: late"])
        #expect(outline(read) == ["message", "message"] + Array(repeating: "ignored:system", count: count) + ["message"])
        #expect(messages(read).allSatisfy { $0.conversationID == "Ana, Priya" })
    }

    /// Names with closed or single signs, and what people say in quotes.
    @Test(arguments: ["Ana \"Annie\" Lee", "Ana „Annie“ Lee", "Ana “Annie” Lee", "Tom 5\" disk", "Ana «A» Lee", "O'Neill", "Ana »A« Lee"])
    func namesOfPeople(name: String) throws {
        #expect(messages(try chat(["Priya: hello", "\(name): it is \"late: again\"", "\(name): and cold"])).count == 3)
    }

    /// A medium that was not exported, in a language that is not listed: iOS marks the line and the phrase.
    @Test(
        arguments: [
            ("\u{200E}", "my caption \u{200E}bilden hoppades över", "my caption", ["media"]),
            ("", "my caption \u{200E}bilden hoppades över", nil, []),
            ("\u{200E}", "call \u{200E}0044 20 7946", nil, []), ("\u{200E}", "my caption \u{200E}kuva jätetty pois", "my caption", ["image"]),
            ("\u{200E}", "caption \u{200E}画像は見つかりません", "caption", ["media"]), ("\u{200E}", "my caption \u{200E}word", nil, []),
        ] as [(String, String, String?, [String])])
    func captions(mark: String, body: String, caption: String?, kinds: [String]) throws {
        let text = "[03/02/2026, 09:14:00] Priya: hello\n\(mark)[03/02/2026, 09:15:00] Priya: \(body)\n[03/02/2026, 09:16:00] Ana: yes\n"
        let read = messages(try decode("whatsapp-export", text))
        #expect(read.count == 3 && read[1].text == caption ?? TextMarks.removed(from: body) && read[1].attachments.map(\.kind) == kinds)
    }

    @Test(arguments: ["<Ficheiros não revelados>", "<Media puuttuu>", "<Se omitió el archivo multimedia>", "<Media dihilangkan>"])
    func captionsBelowMedia(phrase: String) throws {
        let read = messages(try chat(["Priya: hello", "Priya: \(phrase)\nmy caption"]))
        #expect(read.last?.text == "my caption" && read.last?.attachments.map(\.kind) == ["media"])
    }
}

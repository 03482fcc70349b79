import AttuneCore
import Foundation
import Testing

@testable import AttuneConnectors

@Suite struct ReplyCutterTests {
    /// Introductions of quoted mails, each below `Hello` and above `> Hi`.
    @Test(arguments: [
        "On Mon, Apr 2, 2012 at 6:26 PM, Megan One <xxx@example.com> wrote:", "On Apr 3, 2012, at 4:19 PM, bob <\nbob@example.com> wrote:",
        "On 3 Feb wrote bob:",
        "Am 03.02.2026 um 09:14 schrieb Max Muster <max@example.de>:", "Am Di., 3. Feb. 2026 um 09:14 Uhr schrieb Max\nMuster <max@example.de>:",
        "Le mar. 3 févr. 2026 à 09:14, Ann\n<ann@example.fr> a écrit\u{A0}:",
        "Le 3 février 2026 à 9h14, Ann a écrit :", "El mar, 3 feb 2026 a las 9:14, Ana (<ana@example.es>) escribió:",
        "Il giorno mar 3 feb 2026 alle ore 09:14 Ann <a@example.it>\nha scritto:",
        "Em ter., 3 de fev. de 2026 às 09:14, Ann <a@example.br> escreveu:", "Op di 3 feb. 2026 om 09:14 schreef Ann <a@example.nl>:",
        "W dniu 3.02.2026 o 09:14, Ann pisze:",
        "wt., 3 lut 2026 o 09:14 Ann <a@example.pl> napisał(a):", "Den tis 3 feb. 2026 kl 09:14 skrev Ann <a@example.se>:",
        "Den tir. 3. feb. 2026 kl. 09.14 skrev Ann <a@example.dk>:",
        "ti 3. helmik. 2026 klo 9.14 Ann <a@example.fi> kirjoitti:", "вт, 3 февр. 2026 г. в 09:14, Анна <a@example.ru>:",
        "3 февраля 2026 г., 09:14 пользователь Анна написал:", "2026年2月3日(火) 9:14 Ann <a@example.jp>:",
        "Ann <a@example.cn> 于2026年2月3日周二 09:14写道：", "2012/4/2 Megan One <xxx@example.com>:",
        "सोम, 2 फ़र॰ 2026 को 6:00 pm बजे को Ann <a@example.in> ने\nलिखा:", "2 फ़र॰ 2026 को 6:00 PM बजे, Ann <a@example.in> ने लिखा:",
        "في الاثنين، 2 فبراير 2026 في 6:00 م تمت كتابة ما يلي بواسطة Ann <a@example.eg>:",
        "Wiadomość napisana przez Ann <a@example.pl> w dniu 02.02.2026, o godz. 18:00:",
        "No dia 2 de fev. de 2026, à(s) 18:00, Ann <a@example.pt> escreveu:", "Às 18:00 de 02/02/2026, Ann escreveu:",
        "Понедельник, 2 февраля 2026, 18:00 +03:00 от Ann <a@example.ru>:", "Ann Lee <a@example.de> schrieb am Mo., 2. Feb. 2026, 18:00:",
        "3 Şub 2026 Sal 09:14 tarihinde Ann <a@example.tr> şunu yazdı:", "---- Ann Lee wrote ----", "*On Tue, 3 Feb 2026 at 9:14, Ann wrote:*",
    ])
    func introductions(line: String) {
        #expect(ReplyCutter.split("Hello\n\n\(line)\n\n> Hi\n> there").own == "Hello")
        #expect(ReplyCutter.split("\(line)\n> Hi\n\nHello").own == (line.hasPrefix("---") ? "" : "Hello"))
    }

    /// A text of one line is read in a shorter way when nothing in it can be cut, with the same outcome.
    @Test(arguments: [
        "Hello", " Hello\t", "\u{200E}Hello > you", ">:( late", "> quoted", "-- ", "--", "- a list", "__________", "* bold", "# head", "— dash",
        "Am Di. schrieb Max:", "On 3 Feb 2026 at 9:14 a@b.example wrote\u{FF1A}", "From: me", "", " ", "\u{1}Hello", "Hello\u{1}", "Grüße \u{A0}",
    ])
    func oneLine(text: String) {
        let (short, long) = (ReplyCutter.split(text), ReplyCutter.split(text + "\n"))
        #expect(short.own == long.own && short.rest == long.rest)
    }

    /// Lines behind which nothing is the reply.
    @Test(arguments: [
        "-----Original Message-----", "----- Original Message -----\nFrom: x", "-----Ursprüngliche Nachricht-----\nVon: x",
        "-------- Message d'origine --------", "-----Mensaje original-----", "-----Messaggio originale-----",
        "-----Mensagem original-----", "-----Oorspronkelijk bericht-----", "-----Wiadomość oryginalna-----", "-----Ursprungligt meddelande-----",
        "-----Oprindelig meddelelse-----", "---------- Forwarded message ---------", "Begin forwarded message:",
        "Anfang der weitergeleiteten Nachricht:", "##- Please type your reply above this line -##",
        "From: Ann [mailto:ann@example.com]\nSent: March-09-12 4:22 PM\nTo: Dan Le\nSubject: The manager",
        "*From:* Ann <ann@example.com>\n*Sent:* Monday",
        "________________________________\nVon: Ann <a@example.de>\nGesendet: Dienstag, 3. Februar 2026 09:14\nAn: Bob\nBetreff: x",
        "De : Ann <a@example.fr>\nEnvoyé : mardi 3 février 2026 09:14\nÀ : Bob\nObjet : x",
        "De: Ana <a@example.es>\nEnviado: martes, 3 de febrero de 2026 9:14\nPara: Bob\nAsunto: x",
        "Da: Ann <a@example.it>\nInviato: martedì 3 febbraio 2026 09:14\nA: Bob\nOggetto: x",
        "De: Ann <a@example.br>\nEnviada em: terça-feira\nPara: Bob\nAssunto: x",
        "Van: Ann <a@example.nl>\nVerzonden: dinsdag 3 februari 2026 09:14\nAan: Bob\nOnderwerp: x",
        "Od: Ann <a@example.pl>\nWysłano: wtorek\nDo: Bob\nTemat: x",
        "Från: Ann <a@example.se>\nSkickat: den 3 februari 2026 09:14\nTill: Bob\nÄmne: x",
        "Fra: Ann <a@example.dk>\nSendt: 3. februar 2026 09:14\nTil: Bob\nEmne: x", "发件人: Ann <a@example.cn>\n发送时间: 2026年2月3日 9:14\n收件人: Bob\n主题: x",
        "Date: Mon, 2 Apr 2012 17:44:22 +0400\nSubject: Test\nFrom: bob@example.com\nTo: x@example.com", "-- \nAnn",
        "--\nAnn\nHarbour Tea", "On Mon, Apr 2, 2012 at 6:26 PM, Megan One <xxx@example.com> wrote:", "Am 03.02.2026 um 09:14 schrieb Max:",
        "सोम, 2 फ़र॰ 2026 को 6:00 pm बजे को Ann <a@example.in> ने लिखा:", "2 फ़र॰ 2026 को 6:00 PM बजे, Ann <a@example.in> ने लिखा:",
        "في الاثنين، 2 فبراير 2026 في 6:00 م تمت كتابة ما يلي بواسطة Ann <a@example.eg>:",
        "Wiadomość napisana przez Ann <a@example.pl> w dniu 02.02.2026, o godz. 18:00:",
        "No dia 2 de fev. de 2026, à(s) 18:00, Ann <a@example.pt> escreveu:", "Às 18:00 de 02/02/2026, Ann escreveu:",
        "Понедельник, 2 февраля 2026, 18:00 +03:00 от Ann <a@example.ru>:", "Ann Lee <a@example.de> schrieb am Mo., 2. Feb. 2026, 18:00:",
        ">>> \"Ann Lee\" <a@example.com> 2/2/2026 6:00 PM >>>", "द्वारा: Ann Lee\nभेजा गया: सोमवार, 2 फरवरी 2026 18:00\nप्रति: Bob\nविषय: x",
        "---------- अग्रेषित संदेश ---------\nद्वारा: Ann", "İletilen ileti başlangıcı:",
        "De : Ann\nEnvoyé le : lundi 2 février 2026 18:00\nÀ : Bob\nObjet : x",
    ])
    func ends(line: String) {
        let split = ReplyCutter.split("Hello\n\n\(line)\n\nquoted text, not marked")
        #expect(split.own == "Hello")
        #expect(split.rest?.contains("quoted text") == true)
    }

    /// What looks like one of them and is not.
    @Test(arguments: [
        "Hello", "I wrote:\nplease refund me", "As I wrote on 3 May:\nrefund me", "From: London\nTo: Paris\nDate: 3 May", "Date: tomorrow",
        "He said 3 things:\n- a\n- b\n- c", ">:( no\nbad", "--\nThe second point is that the cup is broken.\nThird.",
        "--\n" + (1...12).map { "line \($0)" }.joined(separator: "\n"), "a -- b\n---\nc",
        "On 3 May your agent wrote:\n\"we refund\"\nbut nothing came", "Subject: all wrong", "Sent from Madrid to Rome, no phone",
        "I sent it from my office.", "_____\nmy own rule", "From here on: nothing", "Note: 5:00 is 2026 late", "No, Ann wrote on 3 May:\nrefund me",
        "It came late. Ann Lee <a@example.com> wrote:\nsend it back", "1 > 0\nand > 2", "*Important*\n- one",
    ])
    func ownText(text: String) { #expect(ReplyCutter.split(text).own == text) }

    /// Published reply texts have them.
    @Test(arguments: ["Sent from my iPhone", "Von meinem iPhone gesendet", "iPhoneから送信"])
    func footersOfTelephonesStay(line: String) {
        #expect(ReplyCutter.split("Hello\n\n\(line)\n").own == "Hello\n\n\(line)")
        #expect(ReplyCutter.split("Hello\n\n\(line)\n\nOn 3 Feb 2026, at 9:14, a@b.c wrote:\n> x").own == "Hello\n\n\(line)")
    }

    @Test(arguments: [
        ("> a\n\nmine 1\n\n> b\n\nmine 2", "mine 1\n\nmine 2"),
        ("mine\n> quoted line that is so long that the program had to wrap it at\nsome word\n> and so on", "mine"), ("a\n\n\n\n\nb   \n", "a\n\nb"),
        ("> all", ""), ("", ""),
    ])
    func interleaved(text: String, own: String) { #expect(ReplyCutter.split(text).own == own) }

    /// Introductions that only what follows them makes ones.
    @Test(arguments: [
        ("Hello\n\n2012/4/2 Bob Lee <bob@example.com>\n\n> Hi\n>", "Hello"), ("Shop wrote:\n> old\n\nMy answer", "My answer"),
        ("Hello\n\nAnn Lee a \u{E9}crit :\n> Hi", "Hello"), ("Hello\n\nHarbour Tea Support wrote:\n\n> Hi\n\nBye", "Hello\n\nBye"),
        ("I ordered on\n2012/4/2 Bob Lee <bob@example.com>\nand nothing came", "I ordered on\n2012/4/2 Bob Lee <bob@example.com>\nand nothing came"),
        ("12/14 Bob <bob@example.com>\n> Hi", "12/14 Bob <bob@example.com>"), ("You wrote:\nit comes on Friday", "You wrote:\nit comes on Friday"),
        ("I am angry about what you\nwrote:\n> Hi", "I am angry about what you\nwrote:"),
        ("I am angry about what you wrote:\n> Hi", "I am angry about what you wrote:"), ("My questions:\n> Hi", "My questions:"),
    ])
    func shortIntroductions(text: String, own: String) { #expect(ReplyCutter.split(text).own == own) }

    @Test(arguments: [">", "a:\n", "On 1:\n", "--\n", "From: a@b\n", "wrote 2026 1:1:\n", "_", "-", "> \na\n", ":", "\n"])
    func longTextsEnd(piece: String) {
        #expect(ReplyCutter.split(String(repeating: piece, count: 20_000 / piece.utf8.count)).own.utf8.count <= 20_000)
    }

    /// Real mails of other people, where they are at hand beside the checkout.
    @Test func sharedRepliesAreCut() throws {
        let folder = Files.root.deletingLastPathComponent().appendingPathComponent("shared/fixtures/email-quoting")
        let standard = folder.appendingPathComponent("standard_replies")
        for name in (try? FileManager.default.contentsOfDirectory(atPath: standard.path)) ?? [] where name.hasSuffix(".eml") {
            let expected = try? Files.bytes(standard.appendingPathComponent(String(name.dropLast(4)) + "_reply_text"))
            let text = expected.map { String(decoding: $0, as: UTF8.self).trimmed } ?? "Hello"
            #expect(try messages(decode("email", Files.bytes(standard.appendingPathComponent(name)))).map(\.text) == [text], "\(name)")
        }
        let html = folder.appendingPathComponent("html_replies")
        for name in (try? FileManager.default.contentsOfDirectory(atPath: html.path)) ?? [] {
            let text = String(decoding: try Files.bytes(html.appendingPathComponent(name)), as: UTF8.self)
            let own = ReplyCutter.split(HTMLText.plain(text)).own
            #expect(own.split { $0.isWhitespace }.joined(separator: " ") == "Hi. I am fine. Thanks, Alex", "\(name)")
        }
    }

    /// Another parser's trees of real and damaged mails: its dates, senders and texts are ours.
    @Test func sharedMailsAreReadAsByAnotherParser() throws {
        let folder = Files.root.deletingLastPathComponent().appendingPathComponent("shared/fixtures/email")
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
        for file in files where file.pathExtension == "eml" {
            let operations = try decode("email", Files.bytes(file))
            #expect(operations.count == 1)
            let isDamaged = file.deletingLastPathComponent().lastPathComponent == "malformed"
            guard !isDamaged, let message = messages(operations).first else { continue }
            let tree = try JSONParser.parse(Files.bytes(file.deletingPathExtension().appendingPathExtension("json")))
            let parts = tree["parts"]?.items ?? []
            compare(message, parts.first?["headers"]?.items ?? [], file.lastPathComponent)
            for index in tree["text_body"]?.items ?? [] {
                guard let i = index.integer, let text = parts[Int(i)].at("body", "Text")?.string, !text.contains("\u{FFFD}") else { continue }
                #expect(folded(message.text).contains(folded(text)), "\(file.lastPathComponent)")
            }
        }
    }

    private func folded(_ text: String) -> String { text.split { $0.isWhitespace }.joined(separator: " ") }

    private func compare(_ message: Message, _ fields: [JSONValue], _ file: String) {
        func value(_ name: String) -> JSONValue? { fields.last { $0["name"]?.string == name }?["value"] }
        if let from = value("from")?.at("Address", "List")?.items.first {
            #expect(message.author.identifiers.first?.value.lowercased() == from["address"]?.string?.lowercased(), "\(file)")
            if let name = from["name"]?.string { #expect(message.author.displayName == name, "\(file)") }
        }
        guard let date = value("date")?["DateTime"] else { return }
        func number(_ key: String) -> Int64 { date[key]?.integer ?? 0 }
        let minutes = number("tz_hour") * 60 + number("tz_minute")
        let offset = date["tz_before_gmt"]?.bool == true ? -minutes : minutes
        let local = message.sentAt.nanoseconds / 60_000_000_000 + offset
        #expect((local % 1_440 + 1_440) % 1_440 == number("hour") * 60 + number("minute"), "\(file)")
    }
}

import Testing

@testable import AttuneCore

@Suite struct IdentifierNormalizerTests {
    let normalizer = IdentifierNormalizer(policy: .standard)

    private func normalize(_ kind: Identifier.Kind, _ value: String) -> String? {
        normalizer.normalize(Identifier(kind: kind, value: value, verified: true))
    }

    @Test(arguments: [
        ("Priya.N@Example.co.uk", "priya.n@example.co.uk"), (" priya@shop.com\u{200E} ", "priya@shop.com"), ("mailto:a.b@web.de", "a.b@web.de"),
        ("P.r.i.ya+shop@gmail.com", "priya@gmail.com"), ("priya@googlemail.com", "priya@gmail.com"), ("a.b+c@web.de", "a.b@web.de"),
        ("Ann Lee <ann@protonmail.com>", "ann@proton.me"), ("ann-shop@yahoo.com", "ann@yahoo.com"), ("+ann@web.de", "+ann@web.de"),
        ("ann-shop@yahoo.co.uk", "ann@yahoo.co.uk"), ("mailto:ann@web.de?subject=Hi", "ann@web.de"), ("Ann_Lee@pm.me", "annlee@proton.me"),
        ("ann.lee@ya.ru", "ann-lee@yandex.ru"), ("ann-lee@web.de", "ann-lee@web.de"), ("a.n.n@outlook.com", "a.n.n@outlook.com"),
        ("<ann@icloud.com>", "ann@icloud.com"), ("ann@me.com", "ann@icloud.com"), ("ann@web.de.", "ann@web.de"),
    ])
    func emailsMeetInOneForm(written: String, canonical: String) {
        #expect(normalize(.email, written) == canonical)
    }

    @Test(arguments: [
        ("+44 7700 900123", "+447700900123"), ("0044 (0)7700-900123", "+447700900123"),
        ("\u{202A}+44\u{A0}7700\u{202F}900123\u{202C}", "+447700900123"),
        ("whatsapp:+447700900123", "+447700900123"), ("07700 900123", "07700900123"), ("٠٧٧٠٠٩٠٠١٢٣", "07700900123"),
        ("tel:+44-7700-900123;ext=5", "+447700900123"), ("+44 7700 900123 x12", "+447700900123"), ("+39 06 1234 5678", "+390612345678"),
        // WhatsApp keeps the old forms of Mexican and Brazilian mobile numbers.
        ("+52 1 55 1234 5678", "+525512345678"), ("+55 11 8765 4321", "+5511987654321"), ("+55 11 3765 4321", "+551137654321"),
    ])
    func phonesMeetInOneForm(written: String, canonical: String) {
        #expect(normalize(.phone, written) == canonical)
    }

    /// What a business blocks itself, in whatever form it comes; and what only looks like it.
    @Test(arguments: [
        ("email", "info@shop.com", "Info+x@Shop.com", true), ("email", "info@shop.com", "info@shop.co", false),
        ("email", "*@test.shop.com", "a.b@test.shop.com", true), ("email", "*@test.shop.com", "a.b@test.shop.com.au", false),
        ("email", "store*@shop.*", "store17@shop.de", true), ("email", "store*@shop.*", "restore17@shop.de", false),
        ("email", "a*b*a@x.com", "ab@x.com", false), ("email", "a*b*a@x.com", "axbyxa@x.com", true), ("email", "a*a@x.com", "a@x.com", false),
        ("phone", "+44 20 7946 0000", "0044 (0)20 79460000", true), ("phone", "+44 20 7946 0000", "+44 20 7946 0001", false),
        ("phone", "+44207946*", "+44 20 7946 0001", true), ("phone", "info@shop.com", "+44 20 7946 0001", false),
        ("userID", "kiosk-*", "KIOSK-9", true), ("userID", "kiosk-*", "9-kiosk-", false), ("", "kiosk-*", "kiosk-9", true),
        ("email", "kiosk-9", "kiosk-9@shop.com", false),
    ])
    func aPolicyBlocksValues(kind: String, pattern: String, written: String, isBlocked: Bool) {
        var policy = IdentityPolicy.standard
        policy.blocked = [.init(kind: kind.isEmpty ? nil : Identifier.Kind(rawValue: kind), pattern)]
        let shown = written.contains("@") ? Identifier.Kind.email : written.hasPrefix("0") || written.hasPrefix("+") ? .phone : .userID
        let value = IdentifierNormalizer(policy: policy).normalize(Identifier(kind: shown, value: written, verified: true))
        #expect((value == nil) == isBlocked)
        #expect(normalize(shown, written) != nil)
    }

    @Test func aDefaultCallingCodeMakesNationalNumbersInternational() {
        var policy = IdentityPolicy.standard
        policy.defaultCallingCode = "44"
        let normalizer = IdentifierNormalizer(policy: policy)
        #expect(normalizer.normalize(Identifier(kind: .phone, value: "07700 900123", verified: true)) == "+447700900123")
    }

    @Test(arguments: [
        ("415 555 2671", "US", "+14155552671"), ("1-415-555-2671", "US", "+14155552671"), ("(415) 555-2671", "CA", "+14155552671"),
        ("011 44 7700 900123", "US", "+447700900123"), ("07700 900123", "GB", "+447700900123"),
        // A spreadsheet took the zero.
        ("7700900123", "GB", "+447700900123"), ("15112345678", "DE", "+4915112345678"), ("612345678", "FR", "+33612345678"),
        ("98765 43210", "IN", "+919876543210"), ("138 0013 8000", "CN", "+8613800138000"), ("11 91234-5678", "BR", "+5511912345678"),
        ("06 1234 5678", "IT", "+390612345678"), ("612 345 678", "ES", "+34612345678"), ("8 912 345-67-89", "RU", "+79123456789"),
        // What may be a number within a town stays as it is.
        ("4711 815", "DE", "4711815"), ("7700 900123", "XX", "7700900123"),
    ])
    func nationalPhonesAreCompleted(written: String, region: String, canonical: String) {
        let identifier = Identifier(kind: .phone, value: written, verified: true)
        #expect(normalizer.normalize(identifier, region: region) == canonical)
        // As the graph does it, beside another that has the international form.
        let sightings = [canonical, written].enumerated().map { place, value in
            Sighting(
                id: "\(place)", time: Double(place), identifiers: [Identifier(kind: .phone, value: value, verified: true)],
                region: place == 1 ? region : nil)
        }
        #expect(EvidenceGraph().clusters(sightings).count == 1)
    }

    @Test(arguments: [
        ("#1001", "1001"), ("# 1001", "1001"), (" a-1001 ", "A-1001"), ("ORD-7", "ORD-7"), ("007", "007"),
    ])
    func orderNumbersMeetInOneForm(written: String, canonical: String) {
        #expect(normalize(.orderNumber, written) == canonical)
    }

    @Test func cookiesAndIDsAreKeptAsTheyAre() {
        for value in ["GA1.2.123.456", "aB_c-9", "US.13491208655302741918"] {
            #expect(normalize(.cookie, " \(value)\n") == value)
            #expect(normalize(.externalID, "whatsapp:\(value)") == "whatsapp:\(value)")
        }
    }

    @Test(
        arguments: [
            ("https://www.instagram.com/Priya.Brews/?hl=de", "instagram:priya.brews"), ("x:https://twitter.com/@pri", "x:pri"),
            ("Twitter:pri", "x:pri"),
            ("fb:ann.lee", "facebook:annlee"), ("https://t.me/ann_lee", "telegram:ann_lee"),
            ("mastodon:@ann@social.example", "mastodon:ann@social.example"),
            ("https://shop.example/ann", "https://shop.example/ann"), ("facebook:...", nil),
        ] as [(String, String?)])
    func profilesAreHandles(written: String, canonical: String?) {
        #expect(normalize(.handle, written) == canonical)
    }

    @Test(arguments: [("Instagram:@Priya.Brews", "instagram:priya.brews"), ("@priya", "priya"), ("x:@pri", "x:pri")])
    func handlesMeetInOneForm(written: String, canonical: String) {
        #expect(normalize(.handle, written) == canonical)
    }

    @Test(arguments: [
        (Identifier.Kind.email, "test@test.com"), (.email, "anonymous@shop.com"), (.email, "no-reply@shop.com"), (.email, "none"), (.email, "a@b"),
        (.email, "a b@c.de"), (.email, "@c.de"), (.phone, "0000000000"), (.phone, "1234567890"), (.phone, "-1"), (.phone, "call me"), (.phone, "12"),
        (.phone, "5555555"), (.userID, "-1"), (.userID, "null"), (.userID, "0000-00"), (.userID, "Anonymous"), (.userID, ""), (.userID, "  "),
        (.handle, "instagram:"), (.handle, "x:unknown"), (.cookie, "undefined"),
    ])
    func valuesThatNameNobodyAreBlocked(kind: Identifier.Kind, value: String) {
        #expect(normalize(kind, value) == nil)
    }
}

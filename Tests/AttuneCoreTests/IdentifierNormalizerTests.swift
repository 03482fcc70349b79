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
    ])
    func emailsMeetInOneForm(written: String, canonical: String) {
        #expect(normalize(.email, written) == canonical)
    }

    @Test(arguments: [
        ("+44 7700 900123", "+447700900123"), ("0044 (0)7700-900123", "+447700900123"),
        ("\u{202A}+44\u{A0}7700\u{202F}900123\u{202C}", "+447700900123"),
        ("whatsapp:+447700900123", "+447700900123"), ("07700 900123", "07700900123"), ("٠٧٧٠٠٩٠٠١٢٣", "07700900123"),
    ])
    func phonesMeetInOneForm(written: String, canonical: String) {
        #expect(normalize(.phone, written) == canonical)
    }

    @Test func aDefaultCallingCodeMakesNationalNumbersInternational() {
        var policy = IdentityPolicy.standard
        policy.defaultCallingCode = "44"
        let normalizer = IdentifierNormalizer(policy: policy)
        #expect(normalizer.normalize(Identifier(kind: .phone, value: "07700 900123", verified: true)) == "+447700900123")
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

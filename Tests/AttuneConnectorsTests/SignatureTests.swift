import AttuneCore
import Foundation
import Testing

@testable import AttuneConnectors

/// Every scheme, over the same body, against digests that other programs computed.
@Suite struct SignatureTests {
    private static let secret = "attune-test-secret"
    private static let body = Array("{\"text\":\"café 😀\",\"n\":1}".utf8)
    /// 2026-01-02T03:04:05Z
    private static let now = Timestamp(nanoseconds: 1_767_323_045_000_000_000)

    struct Case: Sendable {
        var name: String
        var scheme: @Sendable ([String]) -> any WebhookScheme
        var headers: [(name: String, value: String)]
        /// Whether the body is signed.
        var signsBody = true
        /// Whether a time is signed.
        var signsTime = false
    }

    static let cases: [Case] = [
        Case(
            name: "meta", scheme: MetaSignature.init(secrets:),
            headers: [("X-Hub-Signature-256", "sha256=b021d3a1df3f9c0b9d0be94418755f6a247ef761d5f4bc5f2e721b023cdd73a3")]),
        Case(
            name: "intercom", scheme: IntercomSignature.init(secrets:),
            headers: [("X-Hub-Signature", "sha1=df7b41d7d041b53161b13de449d49f2fc90890e3")]),
        Case(name: "helpscout", scheme: HelpScoutSignature.init(secrets:), headers: [("X-HelpScout-Signature", "33tB19BBtTFhsT3kSdSfL8kIkOM=")]),
        Case(
            name: "x", scheme: XSignature.init(secrets:),
            headers: [("x-twitter-webhooks-signature", "sha256=sCHTod8/nAudC+lEGHVfaiR+92HV9LxfLnIbAjzdc6M=")]),
        Case(
            name: "zendesk", scheme: ZendeskSignature.init(secrets:),
            headers: [
                ("X-Zendesk-Webhook-Signature-Timestamp", "2026-01-02T03:04:05Z"),
                ("X-Zendesk-Webhook-Signature", "sFe8ukcGahzNx+gKeE+qs0RgQzozargRGWvx/w8jC+c="),
            ], signsTime: true),
        Case(
            name: "chatwoot", scheme: ChatwootSignature.init(secrets:),
            headers: [
                ("X-Chatwoot-Timestamp", "1767323045"),
                ("X-Chatwoot-Signature", "sha256=3fcee144b33cba603c0118a79fdacc49156f82272e977d594f35bf1f37e6e030"),
            ], signsTime: true),
        Case(
            name: "slack", scheme: SlackSignature.init(secrets:),
            headers: [
                ("X-Slack-Request-Timestamp", "1767323045"),
                ("X-Slack-Signature", "v0=385da91c1ba1ea78d92d82bb2d0b912952723f847c8d61ac4e95bf3989a09ff6"),
            ], signsTime: true),
        Case(
            name: "front rule", scheme: { FrontSignature(ruleSecrets: $0, applicationSecrets: []) },
            headers: [("X-Front-Signature", "33tB19BBtTFhsT3kSdSfL8kIkOM=")]),
        Case(
            name: "front application", scheme: { FrontSignature(ruleSecrets: [], applicationSecrets: $0) },
            headers: [("X-Front-Request-Timestamp", "1767323045123"), ("X-Front-Signature", "JdkvBECeDaCjvET75Ej+6brD703WuHblux/rkifJzJ8=")],
            signsTime: true),
        Case(
            name: "sunshine", scheme: HeaderSecret.sunshine(secrets:), headers: [("X-API-Key", secret)], signsBody: false),
        Case(
            name: "telegram", scheme: HeaderSecret.telegram(secrets:), headers: [("X-Telegram-Bot-Api-Secret-Token", secret)], signsBody: false),
        Case(
            name: "basic", scheme: { BasicAuthentication(pairs: $0.map { "shop:" + $0 }) },
            headers: [("Authorization", "Basic " + Data("shop:\(secret)".utf8).base64EncodedString())], signsBody: false),
    ]

    private static func check(
        _ test: Case, secrets: [String] = ["other", secret], body: [UInt8] = body, headers: [(name: String, value: String)]? = nil,
        after seconds: Int64 = 0
    ) -> SignatureCheck {
        let at = Timestamp(nanoseconds: now.nanoseconds + seconds * 1_000_000_000)
        return test.scheme(secrets).check(WebhookDelivery(body: body, headers: headers ?? test.headers), now: at)
    }

    @Test(arguments: cases.indices)
    func aSoundDeliveryIsValidUnderAnyOfTheSecrets(index: Int) {
        let test = Self.cases[index]
        #expect(Self.check(test) == .valid, "\(test.name)")
        #expect(Self.check(test, secrets: [Self.secret]) == .valid, "\(test.name)")
        // Names of headers come in any case.
        #expect(Self.check(test, headers: test.headers.map { ($0.name.uppercased(), $0.value) }) == .valid, "\(test.name)")
    }

    @Test(arguments: cases.indices)
    func everythingElseIsRefused(index: Int) {
        let test = Self.cases[index]
        for secrets in [[], [""], ["other"], ["", "other"]] as [[String]] { #expect(Self.check(test, secrets: secrets) != .valid, "\(test.name)") }
        #expect(Self.check(test, headers: []) != .valid)
        for i in test.headers.indices {
            var headers = test.headers
            for value in [
                "", "x", headers[i].value + "0", String(headers[i].value.dropLast()), "sha1=00", "v0=", "🙂", String(repeating: "A", count: 5_000),
            ] {
                headers[i].value = value
                #expect(Self.check(test, headers: headers) != .valid, "\(test.name): \(value.prefix(40))")
            }
        }
        guard test.signsBody else { return }
        for i in Self.body.indices {
            var body = Self.body
            body[i] ^= 1
            #expect(Self.check(test, body: body) == .wrong, "\(test.name)")
        }
        // The same JSON written differently.
        #expect(Self.check(test, body: Array("{\"text\":\"caf\\u00e9 \\ud83d\\ude00\",\"n\":1}".utf8)) == .wrong)
        #expect(Self.check(test, body: []) == .wrong)
    }

    @Test(arguments: cases.indices)
    func anOldOrEarlyDeliveryIsStaleWhereATimeIsSigned(index: Int) {
        let test = Self.cases[index]
        guard test.signsTime else { return }
        for seconds in [-299, 0, 299] as [Int64] { #expect(Self.check(test, after: seconds) == .valid, "\(test.name) \(seconds)") }
        for seconds in [-302, 302, 86_400, -86_400] as [Int64] { #expect(Self.check(test, after: seconds) == .stale, "\(test.name) \(seconds)") }
        // Another time under the old signature.
        var headers = test.headers
        headers[0].value = test.name == "zendesk" ? "2026-01-02T03:04:06Z" : test.name == "front application" ? "1767323046123" : "1767323046"
        #expect(Self.check(test, headers: headers) == .wrong)
    }

    @Test func basicAuthenticationComparesUserAndPassword() {
        let scheme = BasicAuthentication(pairs: ["shop:open sesame", "old:one"])
        func check(_ pair: String, prefix: String = "Basic ") -> SignatureCheck {
            let header = ("authorization", prefix + Data(pair.utf8).base64EncodedString())
            return scheme.check(WebhookDelivery(body: [], headers: [header]), now: Self.now)
        }
        #expect(check("shop:open sesame") == .valid && check("old:one") == .valid && check("old:one", prefix: "basic ") == .valid)
        #expect(check("shop:open") == .wrong && check("shop:open sesame ") == .wrong && check("SHOP:open sesame") == .wrong)
        #expect(check("shop") == .malformed(header: "Authorization") && check("shop:x", prefix: "Bearer ") == .malformed(header: "Authorization"))
        #expect(scheme.check(WebhookDelivery(body: [], headers: []), now: Self.now) == .missing(header: "Authorization"))
    }

    @Test func aPathSecretIsComparedWhole() {
        let scheme = PathSecret(secrets: ["3f9a", "old"])
        func check(_ secret: String?) -> SignatureCheck { scheme.check(WebhookDelivery(body: [], headers: [], pathSecret: secret), now: Self.now) }
        #expect(check("3f9a") == .valid && check("old") == .valid)
        for wrong in ["3f9", "3f9a0", "3F9A", "", nil] { #expect(check(wrong) != .valid) }
    }

    /// The last letter of base64 has bits without a meaning: only one spelling is the signature.
    @Test func otherSpellingsOfASignatureAreRefused() {
        #expect(DigestText.base64("kvajT1Ptam85bY51eRf/AJRuM3w=", count: 20) != nil)
        for other in ["kvajT1Ptam85bY51eRf/AJRuM3x=", "kvajT1Ptam85bY51eRf/AJRuM3w", " kvajT1Ptam85bY51eRf/AJRuM3w=", "kvajT1Ptam85bY51eRf_AJRuM3w="]
        {
            #expect(DigestText.base64(other, count: 20) == nil, "\(other)")
        }
    }

    /// The answer that X compares with its own.
    @Test func theChallengeOfXIsAnswered() {
        let scheme = XSignature(secrets: [Self.secret, "old"])
        let answer = scheme.answer([("crc_token", "9b4507b3-9040-4669-9ca3-6b94edb50553")])
        #expect(answer?["response_token"]?.string == "sha256=M4jwCqUzraq6WNpa6WK0UlYZGWl03xJ8axt/t5sYKNc=")
        #expect(scheme.answer([]) == nil && scheme.answer([("crc_token", "")]) == nil && XSignature(secrets: []).answer([("crc_token", "x")]) == nil)
        #expect(scheme.answer([("crc_token", String(repeating: "x", count: 257))]) == nil)
    }

    /// Vectors beside the checkout, where they are.
    @Test func sharedVectors() throws {
        let file = Files.root.deletingLastPathComponent().appendingPathComponent("shared/fixtures/signatures/provider-vectors.json")
        guard let bytes = try? Files.bytes(file) else { return }
        let document = try JSONParser.parse(bytes)
        let secrets = [try #require(document["secret"]?.string)]
        let now = try #require(RFC3339.parse("2026-01-02T03:04:05Z"))
        for vector in document["vectors"]?.items ?? [] {
            let name = vector["scheme"]?.string ?? ""
            let body = Array((vector["body"]?.string.flatMap { document[$0]?.string } ?? "").utf8)
            var headers = [(name: String, value: String)]()
            if let header = vector["header"]?.string, let value = vector["value"]?.string { headers.append((header, value)) }
            if let header = vector["timestampHeader"]?.string, let value = vector["timestamp"]?.scalarText { headers.append((header, value)) }
            let scheme: (any WebhookScheme)? =
                switch name {
                case "meta": MetaSignature(secrets: secrets)
                case "intercom": IntercomSignature(secrets: secrets)
                case "helpscout": HelpScoutSignature(secrets: secrets)
                case "x", "x-webhook": XSignature(secrets: secrets)
                case "zendesk": ZendeskSignature(secrets: secrets)
                case "chatwoot": ChatwootSignature(secrets: secrets)
                case "slack": SlackSignature(secrets: secrets)
                case "front-rule", "front-app", "front-application": FrontSignature(ruleSecrets: secrets, applicationSecrets: secrets)
                case "sunshine": HeaderSecret.sunshine(secrets: secrets)
                case "telegram": HeaderSecret.telegram(secrets: secrets)
                default: nil
                }
            if let scheme { #expect(scheme.check(WebhookDelivery(body: body, headers: headers), now: now) == .valid, "\(name)") }
        }
    }
}

import AttuneCore
import Foundation
import Testing

@testable import AttuneConnectors

@Suite struct VerificationTests {
    private let body = Array("{\"text\":\"café 😀\",\"n\":1}".utf8)
    private let signature = "sha256=b021d3a1df3f9c0b9d0be94418755f6a247ef761d5f4bc5f2e721b023cdd73a3"

    @Test func metaSignatures() {
        let check = MetaSignature(secrets: ["old", "attune-test-secret"])
        #expect(check.check(body, signature: signature) == .valid)
        #expect(check.check(body, signature: signature.uppercased().replacingOccurrences(of: "SHA256", with: "sha256")) == .valid)
        #expect(MetaSignature(secrets: ["attune-test-secret"]).sign(body) == signature)
        #expect(check.check(body + [32], signature: signature) == .wrong)
        #expect(check.check(Array("{\"text\":\"caf\\u00e9 \\ud83d\\ude00\",\"n\":1}".utf8), signature: signature) == .wrong)
        #expect(MetaSignature(secrets: ["other"]).check(body, signature: signature) == .wrong)
        #expect(MetaSignature(secrets: [""]).check(body, signature: signature) == .wrong)
        #expect(check.check(body, signature: nil) == .missing(header: "X-Hub-Signature-256"))
        for bad in ["", "sha256=", "sha1=00", "sha256=zz", String(signature.dropLast())] {
            #expect(check.check(body, signature: bad) == .malformed(header: "X-Hub-Signature-256"))
        }
        for i in body.indices {
            var flipped = body
            flipped[i] ^= 1
            #expect(check.check(flipped, signature: signature) == .wrong)
        }
    }

    @Test func metaHandshake() {
        let handshake = MetaHandshake(tokens: ["new", "old", ""])
        func query(_ token: String, mode: String = "subscribe") -> [(name: String, value: String)] {
            [("hub.mode", mode), ("hub.verify_token", token), ("hub.challenge", "1158201444")]
        }
        #expect(handshake.answer(query("new")) == .challenge("1158201444"))
        #expect(handshake.answer(query("old")) == .challenge("1158201444"))
        for refused in [query("wrong"), query(""), query("new", mode: "unsubscribe"), []] { #expect(handshake.answer(refused) == .refused) }
    }

    /// The vector published with the specification.
    @Test func standardWebhooks() throws {
        let (id, at) = ("msg_p5jXN8AQM9LWM0D4loKWxJek", try #require(Timestamp(seconds: 1_614_265_330)))
        let body = Array("{\"test\": 2432232314}".utf8)
        let expected = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
        let webhooks = try StandardWebhooks(secrets: ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])
        #expect(webhooks.sign(id: id, at: at, body: body) == expected)
        let both = try StandardWebhooks(secrets: ["C2FVsBQIhrscChlQIMV+b5sSYspob7oD", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])
        #expect(both.sign(id: id, at: at, body: body).split(separator: " ").count == 2)
        func check(_ list: String, seconds: Int64 = 1_614_265_330, age: Int64 = 0, id: String = id) -> SignatureCheck {
            webhooks.check(
                headers: [("Webhook-Id", id), ("WEBHOOK-TIMESTAMP", String(seconds)), ("webhook-signature", list)], body: body,
                now: Timestamp(nanoseconds: (1_614_265_330 + age) * 1_000_000_000))
        }
        #expect(check(expected) == .valid && check("v1a,zzz v1,AAAA \(expected)") == .valid && check(both.sign(id: id, at: at, body: body)) == .valid)
        #expect(check(expected, age: 300) == .valid && check(expected, age: -300) == .valid)
        #expect(check(expected, age: 301) == .stale && check(expected, age: -301) == .stale)
        #expect(check("v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=") == .wrong && check(expected, seconds: 1_614_265_331) == .wrong)
        #expect(check(expected, id: "msg_other") == .wrong && check("") == .wrong)
        #expect(webhooks.check(headers: [], body: body, now: at) == .missing(header: "webhook-id"))
        for bad in [[], [""], ["whsec_"], ["whsec_!!"]] { #expect(throws: ConfigurationError.self) { try StandardWebhooks(secrets: bad) } }
    }
}

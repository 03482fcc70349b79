import AttuneCore
import AttuneStore
import Foundation
import NIOHTTP1
import Testing

@testable import AttuneConnectors
@testable import AttuneServer

/// The webhooks of all platforms over HTTP: who may deliver, what a platform asks, what it hears.
@Suite struct EndpointTests {
    private static func configuration(_ connector: String, _ credentials: [String: [String]]) -> ServerConfiguration {
        var configuration = testConfiguration()
        configuration.sources["shop"] = SourceConfiguration(connector: connector, credentials: WebhookCredentials(credentials))
        return configuration
    }

    /// Every endpoint has a connector that reads what comes, and takes nothing without a proof.
    @Test(arguments: WebhookEndpoint.all.map(\.connector))
    func aDeliveryWithoutAProofIsRefused(connector: String) async throws {
        _ = try ConnectorRegistry.standard.connector(named: connector)
        let endpoint = try #require(WebhookEndpoint.named(connector))
        // With one secret of every kind, and with none.
        let all = Dictionary(uniqueKeysWithValues: endpoint.keys.map { ($0.name, [Self.secret(of: $0)]) })
        for credentials in [all, [:]] where connector != "jsonl" || !credentials.isEmpty {
            try await withServer(Self.configuration(connector, credentials)) { (server, store) async throws in
                for headers in [[], [("X-Hub-Signature-256", "sha256=00"), ("Authorization", "Basic eDp5"), ("X-API-Key", "x")]] {
                    #expect(try await server.post("/v1/hooks/\(connector)/shop", Array("{}".utf8), headers: headers).status == 401)
                    #expect(try await server.post("/v1/hooks/\(connector)/shop/wrong", Array("{}".utf8), headers: headers).status == 401)
                }
                #expect(try await server.post("/v1/hooks/\(connector)/other", []).status == 404)
                #expect(try store.queries.overview().messages == 0)
            }
        }
    }

    private static func secret(of key: WebhookEndpoint.Key) -> String {
        key.name == "signingSecrets" && key.meaning.hasPrefix("whsec") ? "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" : "shop:secret"
    }

    @Test func slackIsAnsweredItsChallenge() async throws {
        try await withServer(Self.configuration("slack", ["signingSecrets": ["s"]])) { (server, _) async throws in
            let body = Array(#"{"token":"x","challenge":"3eZbrw1aBm2rZgRNFdxV","type":"url_verification"}"#.utf8)
            let seconds = String(Int(Date().timeIntervalSince1970))
            let code = SharedSecrets(["s"]).sign([Array("v0:\(seconds):".utf8), body], .sha256) ?? []
            let headers = [("X-Slack-Request-Timestamp", seconds), ("X-Slack-Signature", "v0=" + DigestText.hex(code))]
            let answer = try await server.post("/v1/hooks/slack/shop", body, headers: headers)
            #expect(answer.status == 200 && answer.body == "3eZbrw1aBm2rZgRNFdxV")
            // Nobody who can't sign is answered.
            #expect(try await server.post("/v1/hooks/slack/shop", body).status == 401)
            let old = [("X-Slack-Request-Timestamp", "1767323045"), headers[1]]
            let refusal = try await server.post("/v1/hooks/slack/shop", body, headers: old)
            #expect(refusal.status == 401 && refusal.body.contains("clocks"))
        }
    }

    @Test func xIsAnsweredItsCheck() async throws {
        try await withServer(Self.configuration("x", ["consumerSecrets": ["attune-test-secret"]])) { (server, _) async throws in
            let answer = try await server.get("/v1/hooks/x/shop?crc_token=9b4507b3-9040-4669-9ca3-6b94edb50553")
            #expect(answer.status == 200 && answer.json?["response_token"]?.string == "sha256=M4jwCqUzraq6WNpa6WK0UlYZGWl03xJ8axt/t5sYKNc=")
            #expect(answer.headers.first(name: "content-type") == "application/json")
            #expect(try await server.get("/v1/hooks/x/shop").status == 403)
            let body = Array(#"{"for_user_id":"42"}"#.utf8)
            let code = SharedSecrets(["attune-test-secret"]).sign([body], .sha256) ?? []
            let header = ("x-twitter-webhooks-signature", "sha256=" + DigestText.base64(code))
            #expect(try await server.post("/v1/hooks/x/shop", body, headers: [header]).status == 200)
            #expect(try await server.post("/v1/hooks/x/shop", body + [32], headers: [header]).status == 401)
        }
    }

    @Test func twilioHearsTwiML() async throws {
        let form =
            "MessageSid=SM1&SmsMessageSid=SM1&AccountSid=AC1&From=%2B447700900123&To=%2B15550100200&Body=still+waiting&NumMedia=0&SmsStatus=received"
        let configuration = Self.configuration("twilio", ["authTokens": ["tok"], "publicURL": ["https://hooks.example.com"]])
        try await withServer(configuration) { (server, store) async throws in
            let message = Array("https://hooks.example.com/v1/hooks/twilio/shop".utf8) + TwilioSignature.parameters(Array(form.utf8))
            let signature = DigestText.base64(SharedSecrets(["tok"]).sign([message], .sha1) ?? [])
            let headers = [("X-Twilio-Signature", signature), ("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")]
            let answer = try await server.post("/v1/hooks/twilio/shop", Array(form.utf8), headers: headers)
            #expect(answer.status == 200 && answer.body == "<Response/>" && answer.headers.first(name: "content-type") == "text/xml")
            #expect(try store.queries.overview().messages == 1)
            let json = [headers[0], ("Content-Type", "application/json")]
            #expect(try await server.post("/v1/hooks/twilio/shop", Array(form.utf8), headers: json).status == 415)
            // Of a JSON body the URL is signed, which has the body's hash.
            let body = Array(#"{"MessageSid":"SM2","AccountSid":"AC1","From":"+447700900123","To":"+15550100200","Body":"and now?"}"#.utf8)
            let target = "/v1/hooks/twilio/shop?bodySHA256=" + SHA256.hex(body)
            let code = SharedSecrets(["tok"]).sign([Array("https://hooks.example.com\(target)".utf8)], .sha1) ?? []
            let signed = [("X-Twilio-Signature", DigestText.base64(code)), ("Content-Type", "application/json")]
            #expect(try await server.post(target, body, headers: signed).status == 200)
            #expect(try store.queries.overview().messages == 2)
            #expect(try await server.post(target, body + [32], headers: signed).status == 401)
        }
    }

    @Test func anUnsignedPlatformProvesItselfByPathAndLogin() async throws {
        let body = Array(#"{"events":[]}"#.utf8)
        let login = ("Authorization", "Basic " + Data("shop:pass".utf8).base64EncodedString())
        try await withServer(Self.configuration("trustpilot", ["pathSecrets": ["3f9a", "old"]])) { (server, _) async throws in
            for (path, status) in [("/3f9a", 200), ("/old", 200), ("/3f9b", 401), ("", 401)] {
                #expect(try await server.post("/v1/hooks/trustpilot/shop\(path)", body).status == status, "\(path)")
            }
        }
        try await withServer(Self.configuration("trustpilot", ["pathSecrets": ["3f9a"], "logins": ["shop:pass"]])) { (server, _) async throws in
            #expect(try await server.post("/v1/hooks/trustpilot/shop/3f9a", body, headers: [login]).status == 200)
            #expect(try await server.post("/v1/hooks/trustpilot/shop/3f9a", body).status == 401)
            #expect(try await server.post("/v1/hooks/trustpilot/shop", body, headers: [login]).status == 401)
        }
    }

    /// What a platform sends again and again would never be read otherwise.
    @Test func aDamagedItemDoesNotCostADelivery() async throws {
        try await withServer(Self.configuration("trustpilot", ["pathSecrets": ["3f9a"]])) { (server, store) async throws in
            let good = #"{"eventName":"service-review-created","eventData":{"id":"1","stars":2,"text":"Late","createdAt":"2026-02-03T09:14:07Z"}}"#
            let bad = #"{"eventName":"service-review-created","eventData":{"id":"2","stars":2,"text":"\ud83d"}}"#
            func post(_ body: String) async throws -> Int { try await server.post("/v1/hooks/trustpilot/shop/3f9a", Array(body.utf8)).status }
            #expect(try await post(#"{"events":[\#(bad),\#(good)]}"#) == 200)
            #expect(try store.queries.overview().messages == 2 && store.queries.rejections(limit: 9).isEmpty)
            #expect(try await post(#"{"events":[\#(bad)]}"#) == 200)
            #expect(try await post(#"{"events":[\#(bad.replacing("2,", with: "two,"))]}"#) == 400)
            // What breaks off is sent again.
            for end in [#"{"eventName""#, #"{"eventName":nu"#, #"{"eventName":"\ud83d"#, #"{"eventName":"\u00"#, "{", "null"] {
                #expect(try await post(#"{"events":[\#(good),\#(end)"#) == 400)
                #expect(try await post("\u{FEFF}" + #"{"events":[\#(good),\#(end)"#) == 400)
            }
            #expect(try store.queries.overview().messages == 2)
        }
    }

    @Test func frontIsAnsweredItsChallenge() async throws {
        try await withServer(Self.configuration("front", ["ruleSecrets": ["s"]])) { (server, _) async throws in
            let body = Array("{}".utf8)
            let code = DigestText.base64(SharedSecrets(["s"]).sign([body], .sha1) ?? [])
            let headers = [("X-Front-Signature", code), ("X-Front-Challenge", "abc")]
            let answer = try await server.post("/v1/hooks/front/shop", body, headers: headers)
            #expect(answer.status == 200 && answer.body == "abc")
        }
    }

    @Test func recordsOfOurOwnComeSignedAsStandardWebhooks() async throws {
        let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
        try await withServer(Self.configuration("jsonl", ["signingSecrets": [secret]])) { (server, store) async throws in
            let body = Array(#"[{"id":"1","text":"late again"},{"id":"2","text":"and again"}]"#.utf8)
            let now = try #require(Timestamp(seconds: Int64(Date().timeIntervalSince1970)))
            let headers = try StandardWebhooks(secrets: [secret]).headers(id: "msg_1", at: now, body: body).map { ($0.name, $0.value) }
            #expect(try await server.post("/v1/hooks/jsonl/shop", body, headers: headers).status == 200)
            #expect(try store.queries.overview().messages == 2)
            #expect(try await server.post("/v1/hooks/jsonl/shop", body + [10], headers: headers).status == 401)
        }
    }

    /// Support desks cannot sign what their rules send.
    @Test func recordsOfOurOwnMayProveThemselvesByLoginOrPath() async throws {
        let body = Array(#"{"freshdesk_webhook":{"ticket_id":7,"ticket_latest_public_comment":"late again"}}"#.utf8)
        let login = ("Authorization", "Basic " + Data("shop:pass".utf8).base64EncodedString())
        var configuration = Self.configuration("jsonl", ["logins": ["shop:pass"], "pathSecrets": ["3f9a"]])
        let mapping = #"{"mapping":{"text":"/freshdesk_webhook/ticket_latest_public_comment","conversation":"/freshdesk_webhook/ticket_id"}}"#
        configuration.sources["shop"]?.options = try ConnectorConfiguration(jsonText: Array(mapping.utf8))
        try await withServer(configuration) { (server, store) async throws in
            #expect(try await server.post("/v1/hooks/jsonl/shop/3f9a", body).status == 401)
            #expect(try await server.post("/v1/hooks/jsonl/shop", body, headers: [login]).status == 401)
            #expect(try await server.post("/v1/hooks/jsonl/shop/3f9a", body, headers: [login]).status == 200)
            #expect(try store.queries.overview().messages == 1)
        }
    }

    /// With several sources it must be known whose deliveries cannot be read.
    @Test func rejectionsNameTheirSource() async throws {
        try await withServer(Self.configuration("jsonl", ["logins": ["shop:pass"]])) { (server, store) async throws in
            let login = ("Authorization", "Basic " + Data("shop:pass".utf8).base64EncodedString())
            #expect(try await server.post("/v1/hooks/jsonl/shop", Array(#"{"id":"1"}"#.utf8), headers: [login]).status == 200)
            #expect(try store.queries.rejections(limit: 9).map(\.source) == ["webhook:jsonl/shop"])
            // A message that contradicts a stored one is told by the source of its record.
            for text in ["late", "never"] {
                let record = #"{"id":"2","source":"desk","sentAt":"2026-02-03T09:14:07Z","text":"\#(text)"}"#
                #expect(try await server.post("/v1/hooks/jsonl/shop", Array(record.utf8), headers: [login]).status == 200)
            }
            #expect(try store.queries.rejections(limit: 1).map(\.source) == ["desk"])
        }
    }

    /// A signature over nothing is one; platforms that always say something are told that something is missing.
    @Test func zendeskMaySayNothing() async throws {
        try await withServer(Self.configuration("zendesk", ["signingSecrets": ["s"]])) { (server, _) async throws in
            let time = RFC3339.format(try #require(Timestamp(seconds: Int64(Date().timeIntervalSince1970))))
            func headers(_ secret: String) -> [(String, String)] {
                let code = SharedSecrets([secret]).sign([Array(time.utf8)], .sha256) ?? []
                return [("X-Zendesk-Webhook-Signature", DigestText.base64(code)), ("X-Zendesk-Webhook-Signature-Timestamp", time)]
            }
            #expect(try await server.post("/v1/hooks/zendesk/shop", [], headers: headers("s")).status == 200)
            #expect(try await server.post("/v1/hooks/zendesk/shop", [], headers: headers("t")).status == 401)
        }
        try await withServer(Self.configuration("trustpilot", ["pathSecrets": ["3f9a"]])) { (server, _) async throws in
            #expect(try await server.post("/v1/hooks/trustpilot/shop/3f9a", []).status == 400)
        }
    }

    @Test(arguments: [
        ("image/png", 415), ("application/pdf", 415), ("multipart/form-data; boundary=x", 415), ("text/xml", 415), ("application/json", 200),
        ("text/plain", 200), ("application/octet-stream", 200), ("", 200),
    ])
    func mediaAreNoJSON(type: String, status: Int) async throws {
        try await withServer(Self.configuration("trustpilot", ["pathSecrets": ["3f9a"]])) { (server, _) async throws in
            let headers = type.isEmpty ? [] : [("Content-Type", type)]
            #expect(try await server.post("/v1/hooks/trustpilot/shop/3f9a", Array(#"{"events":[]}"#.utf8), headers: headers).status == status)
        }
    }

    @Test func aFormIsNoJSON() async throws {
        try await withServer { (server, _) async throws in
            let body = Array("a=b".utf8)
            let headers = [
                ("X-Hub-Signature-256", MetaSignature(secrets: [WhatsApp.secret]).sign(body) ?? ""),
                ("Content-Type", "application/x-www-form-urlencoded"),
            ]
            #expect(try await server.post("/v1/hooks/whatsapp-cloud/shop", body, headers: headers).status == 415)
        }
    }

    /// A secret may hold letters that cannot stand in a URL as they are.
    @Test(arguments: [
        ("ab+c==", ["ab%2Bc%3D%3D", "ab+c==", "ab+c%3d%3D"], ["ab%20c%3D%3D", "ab%2Bc"]), ("x/y é", ["x%2Fy%20%C3%A9"], ["x/y%20%C3%A9", "x"]),
        ("a%b", ["a%25b"], ["a"]),
    ])
    func secretsInURLsArePercentDecoded(secret: String, right: [String], wrong: [String]) async throws {
        try await withServer(Self.configuration("trustpilot", ["pathSecrets": [secret]])) { (server, _) async throws in
            let body = Array(#"{"events":[]}"#.utf8)
            for path in right { #expect(try await server.post("/v1/hooks/trustpilot/shop/\(path)", body).status == 200, "\(path)") }
            for path in wrong { #expect([401, 404].contains(try await server.post("/v1/hooks/trustpilot/shop/\(path)", body).status), "\(path)") }
        }
    }

    /// A record a line, as the connector reads them; a bad line fails no other, and what has no record in it is refused.
    @Test(arguments: [
        ("{\"id\":\"1\",\"text\":\"late\"}\n{\"id\":\"2\",\"text\":\"cold\"}\n", 200, 2),
        ("{\"id\":\"1\",\"text\":\"late\"}\n{\"id\":\n{\"id\":\"2\",\"text\":\"cold\"}\n", 200, 2),
        ("{\n  \"id\":\"1\",\n  \"text\":\"late\"\n}\n", 200, 1), ("[{\"id\":\"1\",\"text\":\"la", 400, 0), ("late\ncold\n", 400, 0),
    ])
    func ownRecordsMayComeALine(text: String, status: Int, count: Int) async throws {
        let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
        try await withServer(Self.configuration("jsonl", ["signingSecrets": [secret]])) { (server, store) async throws in
            let body = Array(text.utf8)
            let now = try #require(Timestamp(seconds: Int64(Date().timeIntervalSince1970)))
            let signed = try StandardWebhooks(secrets: [secret]).headers(id: "msg_1", at: now, body: body).map { ($0.name, $0.value) }
            let answer = try await server.post("/v1/hooks/jsonl/shop", body, headers: signed + [("Content-Type", "application/x-ndjson")])
            let stored = try store.queries.overview().messages
            #expect(answer.status == status && stored == count, "\(answer.body)")
        }
    }
}

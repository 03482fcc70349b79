import AttuneCore
import AttuneStore
import Foundation
import NIOHTTP1
import Testing

@testable import AttuneConnectors
@testable import AttuneServer

@Suite struct WebhookTests {
    @Test(arguments: [
        ("hub.mode=subscribe&hub.verify_token=let-me-in&hub.challenge=1158201444", 200, "1158201444"),
        ("hub.challenge=a%20b&hub.mode=subscribe&hub.verify_token=let%2Dme%2Din", 200, "a b"),
        // As PHP writes a query.
        ("hub%2Emode=subscribe&hub%2Echallenge=a+b%2Bc&hub%2Everify_token=let-me-in", 200, "a b+c"),
        ("hub.mode=subscribe&hub.verify_token=wrong&hub.challenge=1", 403, nil),
        ("hub.mode=unsubscribe&hub.verify_token=let-me-in&hub.challenge=1", 403, nil),
        ("hub.mode=subscribe&hub.challenge=1", 403, nil),
        ("", 403, nil),
    ])
    func handshake(_ query: String, _ status: Int, _ body: String?) async throws {
        try await withServer { (server, _) async throws in
            let answer = try await server.get("/v1/hooks/whatsapp-cloud/shop?\(query)")
            #expect(answer.status == status)
            if let body { #expect(answer.body == body) }
        }
    }

    /// Names of sources may hold anything, encoded in the URL as its writer likes; a byte order mark is no mistake.
    @Test func namesInURLsAreDecoded() async throws {
        var configuration = testConfiguration()
        for name in ["é b", "a/b", "shop@eu"] { configuration.sources[name] = configuration.sources["shop"] }
        try await withServer(configuration) { (server, _) async throws in
            let body = [0xEF, 0xBB, 0xBF] + WhatsApp.payload("wamid.A")
            for name in ["%C3%A9%20b", "a%2Fb", "shop@eu", "shop%40eu", "s%68op"] {
                #expect(try await server.postSigned(body, source: name).status == 200, "\(name)")
            }
            #expect(try await server.postSigned(body, source: "a/b").status == 404)
        }
    }

    @Test func aDeliveryIsStoredOnce() async throws {
        try await withServer { (server, store) async throws in
            let body = WhatsApp.payload([WhatsApp.message("wamid.A"), WhatsApp.message("wamid.B")])
            #expect(try await server.postSigned(body).status == 200)
            #expect(try store.queries.overview().messages == 2)
            #expect(try await server.postSigned(body).status == 200)
            #expect(try store.queries.overview().messages == 2)
            let metrics = try await server.get("/metrics").body
            #expect(metrics.contains(#"attune_ingest_messages_total{connector="whatsapp-cloud",outcome="accepted"} 2"#))
            #expect(metrics.contains(#"attune_ingest_messages_total{connector="whatsapp-cloud",outcome="duplicate"} 2"#))
            #expect(metrics.contains(#"attune_webhook_requests_total{connector="whatsapp-cloud",code="200"} 2"#))
        }
    }

    @Test func aFlippedByteAnywhereIsRefused() async throws {
        try await withServer { (server, store) async throws in
            let body = WhatsApp.payload("wamid.A")
            let signature = try #require(MetaSignature(secrets: [WhatsApp.secret]).sign(body))
            for index in body.indices {
                var flipped = body
                flipped[index] ^= 1 << UInt8(index % 8)
                let answer = try await server.post("/v1/hooks/whatsapp-cloud/shop", flipped, headers: [("X-Hub-Signature-256", signature)])
                #expect(answer.status == 401, "byte \(index)")
            }
            #expect(try store.queries.overview().messages == 0)
        }
    }

    @Test(arguments: ["", "sha256=", "sha256=00", "sha1=abcdef", "nonsense"])
    func aSignatureThatIsNoneIsRefused(_ signature: String) async throws {
        try await withServer { (server, _) async throws in
            let answer = try await server.post(
                "/v1/hooks/whatsapp-cloud/shop", WhatsApp.payload("wamid.A"), headers: [("X-Hub-Signature-256", signature)])
            #expect(answer.status == 401)
            #expect(answer.headers.first(name: "content-type") == "application/problem+json")
            #expect(try await server.post("/v1/hooks/whatsapp-cloud/shop", WhatsApp.payload("wamid.A")).status == 401)
        }
    }

    @Test func anyOfTheSecretsDoes() async throws {
        var configuration = testConfiguration()
        configuration.sources["shop"]?.credentials["appSecrets"] = ["new", WhatsApp.secret]
        try await withServer(configuration) { (server, store) async throws in
            #expect(try await server.postSigned(WhatsApp.payload("wamid.A"), secret: "new").status == 200)
            #expect(try await server.postSigned(WhatsApp.payload("wamid.B")).status == 200)
            #expect(try await server.postSigned(WhatsApp.payload("wamid.C"), secret: "other").status == 401)
            #expect(try store.queries.overview().messages == 2)
        }
    }

    @Test func refusalsByReason() async throws {
        var configuration = testConfiguration()
        configuration.limits.bodyBytes = 2_000
        try await withServer(configuration) { (server, store) async throws in
            #expect(try await server.postSigned(Array("{\"entry\":[".utf8)).status == 400)
            #expect(try await server.postSigned(Array("".utf8)).status == 400)
            #expect(try await server.postSigned(WhatsApp.payload("wamid.A"), source: "other").status == 404)
            #expect(try await server.post("/v1/hooks/telegram/shop", []).status == 404)
            #expect(try await server.get("/v1/nothing").status == 404)
            let large = WhatsApp.payload((0..<30).map { WhatsApp.message("wamid.\($0)") })
            #expect(large.count > 2_000)
            let answer = try await server.postSigned(large)
            #expect(answer.status == 413)
            #expect(answer.json?["status"]?.integer == 413)
            #expect(try store.queries.overview().messages == 0)
        }
    }

    @Test func oneBadItemFailsNoOther() async throws {
        try await withServer { (server, store) async throws in
            let body = WhatsApp.payload([WhatsApp.message("wamid.A"), #"{"type":"text"}"#, #"{"id":7}"#, WhatsApp.message("wamid.B")])
            #expect(try await server.postSigned(body).status == 200)
            #expect(try store.queries.overview().messages == 2)
        }
    }

    @Test func unknownContentIsTaken() async throws {
        try await withServer { (server, store) async throws in
            for text in ["{}", "[]", "null", #"{"object":"page"}"#, #"{"entry":[{"changes":[{"field":"new_thing","value":{}}]}]}"#] {
                #expect(try await server.postSigned(Array(text.utf8)).status == 200, "\(text)")
            }
            #expect(try store.queries.overview().messages == 0)
        }
    }

    /// Real payloads, where this checkout has them beside it.
    @Test func sharedPayloadsAreTaken() async throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let folder = root.deletingLastPathComponent().appending(path: "shared/fixtures/whatsapp-cloud")
        let files = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).filter { $0.hasSuffix(".json") }.sorted()
        try await withServer { (server, _) async throws in
            for file in files {
                let body = Array(try Data(contentsOf: folder.appending(path: file)))
                #expect(try await server.postSigned(body).status == 200, "\(file)")
            }
        }
    }
}

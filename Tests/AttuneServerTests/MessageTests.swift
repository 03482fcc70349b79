import AttuneCore
import AttuneStore
import NIOHTTP1
import Testing

@testable import AttuneServer

@Suite struct MessageTests {
    private func record(_ id: String, text: String = "where is my parcel") -> String {
        #"{"id":"\#(id)","text":"\#(text)","email":"ada@shop.example.com","sentAt":"2026-02-03T09:14:07Z"}"#
    }

    @Test(arguments: [(false, "application/json"), (true, "application/json"), (false, "application/json; charset=utf-8")])
    func jsonInEachForm(_ isPretty: Bool, _ type: String) async throws {
        try await withServer { (server, store) async throws in
            let one = isPretty ? record("1").replacing(",", with: ",\n  ") : record("1")
            for (text, accepted, total) in [
                (one, 1, 1), ("[\(record("2")),\(record("3"))]", 2, 3), ("{\"messages\":[\(record("4"))]}", 1, 4), ("[]", 0, 4),
            ] {
                let answer = try await server.post("/v1/messages", Array(text.utf8), headers: [("content-type", type)])
                #expect(answer.status == 200)
                #expect(answer.json?["accepted"]?.integer == Int64(accepted))
                #expect(try store.queries.overview().messages == total)
            }
        }
    }

    @Test func linesWithDuplicatesAndRejections() async throws {
        try await withServer { (server, store) async throws in
            let lines = [record("1"), "{\"id\":", "", record("2"), record("1"), "{\"text\":\"\\ud800\"}"].joined(separator: "\n")
            let answer = try await server.post("/v1/messages", Array(lines.utf8), headers: [("content-type", "application/x-ndjson")])
            #expect(answer.status == 200)
            #expect(answer.json?["accepted"]?.integer == 2)
            #expect(answer.json?["duplicates"]?.integer == 1)
            #expect(answer.json?["rejected"]?.items.compactMap { $0["line"]?.integer } == [2, 6])
            #expect(answer.json?["rejected"]?.items.allSatisfy { $0["reason"]?.string?.isEmpty == false } == true)
            #expect(try store.queries.overview().messages == 2)
            #expect(try store.queries.rejections(limit: 9).map(\.source) == ["POST /v1/messages", "POST /v1/messages"])
            let other = Array("[\(record("3")),\(record("2", text: "something else"))]".utf8)
            let changed = try await server.post("/v1/messages", other, headers: [("content-type", "application/json")])
            #expect(changed.json?["accepted"]?.integer == 1)
            #expect(changed.json?["rejected"]?.items.compactMap { $0["index"]?.integer } == [1])
        }
    }

    @Test(arguments: [
        ("text/plain", "{}", 415), ("", "{}", 415), ("application/json", "{", 400), ("application/json", "7", 400),
        ("application/json", "\"a\"", 400),
    ])
    func refusals(_ type: String, _ body: String, _ status: Int) async throws {
        try await withServer { (server, _) async throws in
            let answer = try await server.post("/v1/messages", Array(body.utf8), headers: [("content-type", type)])
            #expect(answer.status == status)
            #expect(answer.headers.first(name: "content-type") == "application/problem+json")
        }
    }

    @Test func tokensAreAskedForWhenConfigured() async throws {
        var configuration = testConfiguration()
        configuration.tokens = [try #require(TokenHash(hex: SHA256.hex("old".utf8))), try #require(TokenHash(hex: SHA256.hex("secret".utf8)))]
        try await withServer(configuration) { (server, store) async throws in
            let body = Array(record("1").utf8)
            for (header, status) in [
                (nil, 401), ("Bearer ", 401), ("Bearer wrong", 401), ("Basic secret", 401), ("Bearer secretx", 401), ("secret", 401),
                ("Bearer secret", 200), ("bearer old", 200),
            ] as [(String?, Int)] {
                let headers = [("content-type", "application/json")] + (header.map { [("authorization", $0)] } ?? [])
                #expect(try await server.post("/v1/messages", body, headers: headers).status == status, "\(header ?? "none")")
            }
            #expect(try store.queries.overview().messages == 1)
        }
    }

    @Test func withoutTokensOnlyThisComputerMayPost() async throws {
        var configuration = testConfiguration()
        configuration.host = "0.0.0.0"
        try await withServer(configuration) { (server, _) async throws in
            let answer = try await server.post("/v1/messages", Array(record("1").utf8), headers: [("content-type", "application/json")])
            #expect(answer.status == 401)
        }
    }
}

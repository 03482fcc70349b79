import AttuneCore
import AttuneStore
import NIOHTTP1
import Testing

@testable import AttuneServer

@Suite struct IdempotencyTests {
    private func body(_ id: String, text: String = "where is my parcel") -> [UInt8] {
        Array(#"{"id":"\#(id)","text":"\#(text)","email":"ada@shop.example.com","sentAt":"2026-02-03T09:14:07Z"}"#.utf8)
    }

    private func headers(_ key: String, token: String? = nil) -> [(String, String)] {
        [("content-type", "application/json"), ("Idempotency-Key", key)] + (token.map { [("authorization", "Bearer \($0)")] } ?? [])
    }

    @Test(
        arguments: [
            ("8e03978e-40d5", "8e03978e-40d5"), ("\"8e03978e-40d5\"", "8e03978e-40d5"), (" \"a b\" ", "a b"), (#""a\"b\\c""#, #"a"b\c"#),
            ("", nil), ("\"\"", nil), ("\"a", nil), ("a\"", nil), ("\"a\";b", nil), (#""a\b""#, nil), ("a b", nil), ("ä", nil), ("\"ä\"", nil),
            ("\"", nil),
            (String(repeating: "k", count: 255), String(repeating: "k", count: 255)), (String(repeating: "k", count: 256), nil),
        ] as [(String, String?)])
    func keysAreStrings(_ header: String, _ key: String?) {
        #expect(IdempotencyKey.parse(header) == key)
    }

    @Test func aRepeatedRequestGetsItsAnswerAgain() async throws {
        try await withServer { (server, store) async throws in
            let first = try await server.post("/v1/messages", body("1"), headers: headers("a"))
            #expect(first.status == 200 && first.json?["accepted"]?.integer == 1)
            // Quoted or not it is one key. Without it the message would be a duplicate.
            let again = try await server.post("/v1/messages", body("1"), headers: headers("\"a\""))
            #expect(again.status == 200 && again.body == first.body)
            let plain = try await server.post("/v1/messages", body("1"), headers: [("content-type", "application/json")])
            #expect(plain.json?["duplicates"]?.integer == 1)
            let other = try await server.post("/v1/messages", body("1"), headers: headers("b"))
            #expect(other.json?["duplicates"]?.integer == 1)
            #expect(try store.queries.overview().messages == 1)
        }
    }

    @Test func aKeyStandsForOneBody() async throws {
        try await withServer { (server, store) async throws in
            for form in ["application/json", "application/x-ndjson"] {
                _ = try await server.post("/v1/messages", body(form), headers: [("content-type", form), ("Idempotency-Key", form)])
                for (type, body) in [(form, body("2")), (form == "application/json" ? "application/x-ndjson" : "application/json", body(form))] {
                    let answer = try await server.post("/v1/messages", body, headers: [("content-type", type), ("Idempotency-Key", form)])
                    #expect(answer.status == 422)
                }
            }
            #expect(try store.queries.overview().messages == 2)
            #expect(try await server.post("/v1/messages", body("3"), headers: headers("a b")).status == 400)
        }
    }

    @Test func keysOfCallersAreTheirOwn() async throws {
        var configuration = testConfiguration()
        configuration.tokens = [try #require(TokenHash(hex: SHA256.hex("one".utf8))), try #require(TokenHash(hex: SHA256.hex("two".utf8)))]
        try await withServer(configuration) { (server, store) async throws in
            for token in ["one", "two"] {
                #expect(try await server.post("/v1/messages", body(token), headers: headers("k", token: token)).json?["accepted"]?.integer == 1)
            }
            #expect(try await server.post("/v1/messages", body("one"), headers: headers("k", token: "two")).status == 422)
            #expect(try await server.post("/v1/messages", body("one"), headers: headers("k")).status == 401)
            #expect(try store.queries.overview().messages == 2)
        }
    }

    @Test func anotherServerOnTheStoreKnowsTheAnswer() async throws {
        try await withTemporaryDirectory { directory in
            let store = try SQLiteStore.open(path: directory + "/store.sqlite", create: true)
            let sent = body("1")
            let first = try await withServer(store: store, outbox: store) { try await $0.post("/v1/messages", sent, headers: headers("a")).body }
            let again = try await withServer(store: store, outbox: store) { try await $0.post("/v1/messages", sent, headers: headers("a")).body }
            #expect(first == again && first.contains("\"accepted\":1"))
            try store.close()
        }
    }

    @Test func whatFailedIsCarriedOutWhenItComesAgain() async throws {
        try await withTemporaryDirectory { directory in
            let store = try SQLiteStore.open(path: directory + "/store.sqlite", create: true)
            let guarded = GuardedStore(store)
            try await withServer(store: guarded, outbox: store) { (server: RunningServer) async throws -> Void in
                // The look for the answer fails, then the commit: neither uses the key up.
                guarded.failNext(1)
                #expect(try await server.post("/v1/messages", body("1"), headers: headers("a")).status == 503)
                #expect(try await server.post("/v1/messages", body("1"), headers: headers("a")).json?["accepted"]?.integer == 1)
                #expect(try await server.post("/v1/messages", body("1"), headers: headers("a")).json?["accepted"]?.integer == 1)
            }
            #expect(try store.queries.overview().messages == 1)
            try store.close()
        }
    }

    @Test func aRequestThatIsBeingCarriedOutIsNotCarriedOutTwice() async throws {
        try await withTemporaryDirectory { directory in
            let store = try SQLiteStore.open(path: directory + "/store.sqlite", create: true)
            let guarded = GuardedStore(store)
            let gate = guarded.block()
            try await withServer(store: guarded, outbox: store) { (server: RunningServer) async throws -> Void in
                defer { guarded.unblock() }
                let first = Task { try await server.post("/v1/messages", body("1"), headers: headers("a")) }
                try await eventually { guarded.transactions == 1 }
                let second = try await server.post("/v1/messages", body("1"), headers: headers("a"))
                #expect(second.status == 409 && second.headers.first(name: "retry-after") == "1")
                gate.open()
                let answer = try await first.value
                #expect(answer.status == 200)
                #expect(try await server.post("/v1/messages", body("1"), headers: headers("a")).body == answer.body)
            }
            #expect(try store.queries.overview().messages == 1)
            try store.close()
        }
    }

    @Test func nothingToStoreUsesAKeyUpAsWell() async throws {
        try await withServer { (server, _) async throws in
            let first = try await server.post("/v1/messages", Array("[]".utf8), headers: headers("a"))
            #expect(first.status == 200 && first.json?["accepted"]?.integer == 0)
            #expect(try await server.post("/v1/messages", Array("[]".utf8), headers: headers("a")).body == first.body)
            #expect(try await server.post("/v1/messages", body("1"), headers: headers("a")).status == 422)
        }
    }
}

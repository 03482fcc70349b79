import NIOHTTP1
import Testing

@testable import AttuneServer

/// Methods and encodings that a path does not take are refused by their name, not taken for a wrong path or a broken body.
@Suite struct MethodTests {
    @Test func everyPathAnswersItsMethodsAndNamesThem() async throws {
        try await withServer { (server, _) async throws in
            let status = "GET, HEAD"
            let hook = "GET, HEAD, POST"
            for (method, path, expected, allowed) in [
                (.HEAD, "/healthz", 200, nil), (.HEAD, "/readyz", 200, nil), (.HEAD, "/metrics", 200, nil), (.POST, "/healthz", 405, status),
                (.DELETE, "/metrics", 405, status), (.PUT, "/v1/hooks/whatsapp-cloud/shop", 405, hook),
                (.DELETE, "/v1/hooks/whatsapp-cloud/shop/secret", 405, hook), (.GET, "/v1/messages", 405, "POST"),
                (.HEAD, "/v1/messages", 405, "POST"), (.PUT, "/v1/messages", 405, "POST"), (.HEAD, "/nowhere", 404, nil),
                (.PUT, "/nowhere", 404, nil),
            ] as [(HTTPMethod, String, Int, String?)] {
                let answer = try await server.ask(method, path)
                #expect(answer.status == expected && answer.headers.first(name: "allow") == allowed, "\(method) \(path): \(answer.status)")
                if method == .HEAD { #expect(answer.body.isEmpty) }
            }
            #expect(try await server.get("/healthz").body == "ok\n", "a connection goes on after HEAD")
        }
    }

    @Test(arguments: [("gzip", 415), ("br", 415), ("x-secret", 415), ("identity", 200), ("", 200)])
    func compressedBodiesAreRefused(encoding: String, status: Int) async throws {
        try await withServer { (server, _) async throws in
            let headers = [("content-type", "application/json"), ("content-encoding", encoding)]
            let answer = try await server.post("/v1/messages", Array(#"{"id":"1","text":"late again"}"#.utf8), headers: headers)
            #expect(answer.status == status)
            guard status == 415 else { return }
            #expect(answer.headers.first(name: "accept-encoding") == "identity")
            #expect(answer.body.contains("Content-Encoding") && answer.body.contains(encoding) == (encoding != "x-secret"), "\(answer.body)")
        }
    }
}

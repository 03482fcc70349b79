import AttuneConnectors
import Testing

@testable import AttuneServer

@Suite struct ConfigurationTests {
    private let hash = String(repeating: "ab", count: 32)

    @Test func allOfIt() throws {
        let text = """
            {"listen": "[::1]:9000", "store": "/data/shop.sqlite", "eventSource": "https://attune.example.com", 
             "tokens": ["\(hash)", {"env": "TOKEN"}],
             "sources": {"shop": {"connector": "whatsapp-cloud", "appSecrets": [{"env": "META_SECRET"}, "old"], "verifyToken": "v",
                                  "options": {"agentNames": ["Harbour Tea"]}}},
             "sinks": [{"name": "crm", "type": "webhook", "url": "https://crm.example.com/in", "secrets": ["whsec_x"], "allowPrivateTargets": true},
                       {"name": "log", "type": "file", "path": "-"}],
             "limits": {"bodyBytes": 1000, "queueOperations": 5, "batchOperations": 2, "connections": 7, "readSeconds": 3}}
            """
        let environment = ["TOKEN": String(repeating: "0", count: 64), "META_SECRET": "s"]
        let configuration = try ServerConfiguration(file: Array(text.utf8), environment: environment)
        #expect(configuration.host == "::1" && configuration.port == 9_000 && configuration.listensOnLoopbackOnly)
        #expect(configuration.storePath == "/data/shop.sqlite")
        #expect(configuration.eventSource == "https://attune.example.com")
        #expect(configuration.tokens.count == 2)
        #expect(configuration.sources["shop"]?.credentials["appSecrets"] == ["s", "old"])
        #expect(configuration.sources["shop"]?.options.agentNames == ["Harbour Tea"])
        #expect(configuration.sinks.map(\.name) == ["crm", "log"])
        #expect(configuration.sinks[0].allowPrivateTargets)
        #expect(configuration.limits.ingest.queueOperations == 5 && configuration.limits.connections == 7)
    }

    /// As containers hand files over. Nothing else is taken off.
    @Test(
        arguments: [("s3cret\n", "s3cret"), ("s3cret\r\n", "s3cret"), (" s3cret ", " s3cret "), ("s\n\n", "s\n"), ("\n", nil)] as [(String, String?)])
    func secretsOfTheEnvironmentEndBeforeTheLineEnd(value: String, secret: String?) throws {
        let text = #"{"sources": {"a": {"connector": "slack", "signingSecrets": [{"env": "S"}]}}}"#
        let configuration = try? ServerConfiguration(file: Array(text.utf8), environment: ["S": value])
        #expect(configuration?.sources["a"]?.credentials["signingSecrets"] == secret.map { [$0] })
    }

    @Test func theEnvironmentOverridesTheFile() throws {
        let environment = ["ATTUNE_LISTEN": "0.0.0.0:80", "ATTUNE_STORE": "b", "ATTUNE_EVENT_SOURCE": "/b", "ATTUNE_TOKENS": "\(hash), \(hash)"]
        for file in [nil, Array(#"{"listen": "127.0.0.1:1", "store": "a", "eventSource": "/a", "tokens": []}"#.utf8)] {
            let configuration = try ServerConfiguration(file: file, environment: environment)
            #expect(configuration.host == "0.0.0.0" && configuration.port == 80 && !configuration.listensOnLoopbackOnly)
            #expect(configuration.storePath == "b" && configuration.eventSource == "/b" && configuration.tokens.count == 2)
        }
    }

    @Test(
        arguments: [
            ("127.0.0.1:80", false, true), ("[::1]:80", false, true), ("localhost:80", false, true), ("0.0.0.0:80", false, false),
            ("[::]:80", false, false), ("attune.example.com:80", false, false), ("127.example.com:80", false, false), ("0.0.0.0:80", true, true),
        ])
    func withoutTokensOnlyThisComputerIsListenedTo(_ listen: String, _ hasToken: Bool, _ isAllowed: Bool) throws {
        let text = #"{"listen": "\#(listen)", "tokens": [\#(hasToken ? "\"\(hash)\"" : "")]}"#
        let configuration = try ServerConfiguration(file: Array(text.utf8), environment: [:])
        var refused: String?
        do throws(ConfigurationError) { try configuration.checkExposure() } catch { refused = error.key }
        #expect(refused == (isAllowed ? nil : "listen"))
    }

    @Test(
        arguments: [
            ("[]", nil), ("{", nil), (#"{"lisen": "a:1"}"#, "lisen"), (#"{"listen": 8080}"#, "listen"), (#"{"listen": "a:70000"}"#, "listen"),
            (#"{"listen": "::1:80"}"#, "listen"), (#"{"tokens": ["abc"]}"#, "tokens"), (#"{"eventSource": "a b"}"#, "eventSource"),
            (#"{"sources": {"a": {"connector": "whatsapp-clod", "appSecrets": ["x"]}}}"#, "sources.a.connector"),
            (#"{"sources": {"a": {"connector": "whatsapp-cloud"}}}"#, "sources.a.appSecrets"),
            (#"{"sources": {"a": {"connector": "whatsapp-cloud", "appSecrets": []}}}"#, "sources.a.appSecrets"),
            (#"{"sources": {"a": {"connector": "whatsapp-cloud", "appSecrets": [{"env": "NOT_SET"}]}}}"#, "sources.a.appSecrets[0]"),
            (
                #"{"sources": {"a": {"connector": "whatsapp-cloud", "appSecrets": ["x"], "options": {"zone": "Mars/North"}}}}"#,
                "sources.a.options.zone"
            ),
            (#"{"sources": {"a": {"connector": "slack", "appSecrets": ["x"]}}}"#, "sources.a.appSecrets"),
            (#"{"sources": {"a": {"connector": "front"}}}"#, "sources.a.ruleSecrets"),
            (#"{"sources": {"a": {"connector": "yelp", "logins": ["only-a-name"]}}}"#, "sources.a.logins[0]"),
            (#"{"sources": {"a": {"connector": "yelp", "logins": [":"]}}}"#, "sources.a.logins[0]"),
            (#"{"sources": {"a": {"connector": "slack", "signingSecrets": ["  "]}}}"#, "sources.a.signingSecrets[0]"),
            (#"{"sources": {"": {"connector": "slack", "signingSecrets": ["x"]}}}"#, "sources"),
            (#"{"sources": {"a": {"connector": "twilio", "authTokens": ["x"], "publicURL": "hooks.example.com"}}}"#, "sources.a.publicURL"),
            (#"{"sources": {"a": {"connector": "jsonl", "signingSecrets": ["whsec_!"]}}}"#, "sources.a.signingSecrets"),
            (#"{"sinks": [{"name": "a", "type": "file", "path": "-"}, {"name": "b"}]}"#, "sinks[1].type"), (#"{"sinks": {}}"#, "sinks"),
            (#"{"limits": {"queueOperations": 0}}"#, "limits.queueOperations"), (#"{"limits": {"bodyBytes": 1.5}}"#, "limits.bodyBytes"),
        ] as [(String, String?)])
    func aMistakeNamesItsKey(_ text: String, _ key: String?) throws {
        let error = #expect(throws: ConfigurationError.self) { try ServerConfiguration(file: Array(text.utf8), environment: [:]) }
        #expect(error?.key == key)
    }
}

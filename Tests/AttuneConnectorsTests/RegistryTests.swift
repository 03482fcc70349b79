import AttuneCore
import Testing

@testable import AttuneConnectors

@Suite struct RegistryTests {
    @Test(arguments: [
        ("chat-ios.txt", "whatsapp-export"), ("chat-android-us.txt", "whatsapp-export"), ("chat-de.txt", "whatsapp-export"),
        ("records.jsonl", "jsonl"),
        ("reviews.csv", "csv"), ("semicolon.csv", "csv"), ("cloud.json", "whatsapp-cloud"),
        ("reply.eml", "email"), ("box.mbox", "email"),
    ])
    func recognisesFixturesWithAndWithoutTheirNames(file: String, connector: String) throws {
        for name in [file, nil] {
            let found = try ConnectorRegistry.standard.recognise(head: Files.fixture(file)[...], fileName: name)
            #expect(found.connector.name == connector && !found.recognition.reason.isEmpty)
        }
    }

    @Test(arguments: [
        ("hello\nworld\n", "text"), ("well, that was bad\nok, fine\n", "text"), ("[{\"text\":1}]", "jsonl"), ("{\"a\":", "jsonl"),
        ("text,b\n1,2\n", "csv"),
        ("[sic] this is text\n", "text"), ("2026-02-03 is a date\n", "text"),
    ])
    func recognisesByContent(text: String, connector: String) throws {
        #expect(try ConnectorRegistry.standard.recognise(head: Array(text.utf8)[...], fileName: nil).connector.name == connector)
    }

    @Test func refusesEmptyBinaryAndUnknown() throws {
        let registry = ConnectorRegistry.standard
        #expect(throws: RecognitionFailure.none(isEmpty: true)) { try registry.recognise(head: [], fileName: "a.txt") }
        let binary = (0..<2_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        #expect(throws: RecognitionFailure.none(isEmpty: false)) { try registry.recognise(head: binary[...], fileName: "a.bin") }
        #expect(throws: RecognitionFailure.self) { try registry.connector(named: "nope") }
    }

    @Test func refusesATie() throws {
        let registry = ConnectorRegistry([TextConnector(), TextConnector()])
        let failure = #expect(throws: RecognitionFailure.self) { try registry.recognise(head: Array("x".utf8)[...], fileName: nil) }
        #expect(failure?.description.contains("--connector") == true)
    }

    @Test func everyConnectorIsDocumentedAndReadsItsExample() throws {
        let names = ConnectorRegistry.standard.connectors.map(\.name)
        #expect(Set(names).count == names.count)
        for connector in ConnectorRegistry.standard.connectors {
            let documentation = connector.documentation
            #expect(!documentation.summary.isEmpty && !documentation.details.isEmpty && !documentation.setup.isEmpty)
            let operations = try decode(connector.name, documentation.example)
            #expect(!messages(operations).isEmpty && !outline(operations).contains { $0.hasPrefix("rejected") }, "\(connector.name)")
        }
    }

    @Test(
        arguments: [
            (#"{"zoen":"UTC"}"#, "zoen"), (#"{"zone":"Mars/Base"}"#, "zone"), (#"{"zone":5}"#, "zone"), (#"{"agentNames":"Ana"}"#, "agentNames"),
            (#"{"agentNames":[1]}"#, "agentNames"), (#"{"mapping":{"txt":"a"}}"#, "mapping.txt"),
            (#"{"mapping":{"rating":["a","b"]}}"#, "mapping.rating"),
            (#"{"mapping":{"timestampFormat":"QQQ"}}"#, "mapping.timestampFormat"),
            (#"{"mapping":{"timestampFormat":"%Y-%m-%q"}}"#, "mapping.timestampFormat"), (#"{"mapping":{"ratingMax":"5"}}"#, "mapping.ratingMax"),
            (#"{"mapping":{"format":"QQQ"}}"#, "mapping.format"), (#"{"mapping":{"format":"unix","timestampFormat":"unix"}}"#, "mapping.format"),
            (#"{"mapping":{"timestampFormat":"YYYY-DDD"}}"#, "mapping.timestampFormat"),
            (#"{"mapping":{"timestampFormat":"MM YYYY dddd"}}"#, "mapping.timestampFormat"),
            (#"{"mapping":{"zone":"Mars/Base"}}"#, "mapping.zone"), (#"{"mapping":{"scale":"high"}}"#, "mapping.scale"),
            (#"{"mapping":{"scale":[5,1]}}"#, "mapping.scale"), (#"{"mapping":{"scale":5,"ratingMax":5}}"#, "mapping.scale"),
            (#"{"mapping":{"text":"$..body"}}"#, "mapping.text"),
            (#"{"mapping":{"roleMap":{"x":"king"}}}"#, "mapping.roleMap.x"),
            (#"{"mapping":{"constants":{"role":"king"}}}"#, "mapping.constants.role"),
            (#"{"mapping":{"constants":{"colour":"red"}}}"#, "mapping.constants.colour"), (#"{"callStart":"noon"}"#, "callStart"),
            (#"{"dayFirst":"yes"}"#, "dayFirst"),
            (#"{"channelRoles":{"0":"boss"}}"#, "channelRoles.0"), (#"{"source":""}"#, "source"), ("[]", nil), ("{", nil),
        ] as [(String, String?)])
    func configurationMistakesNameTheKey(text: String, key: String?) {
        let error = #expect(throws: ConfigurationError.self) { try ConnectorConfiguration(jsonText: Array(text.utf8)) }
        #expect(error?.key == key)
    }
}

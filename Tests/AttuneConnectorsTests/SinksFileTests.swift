import AttuneCore
import Foundation
import Testing

@testable import AttuneConnectors

@Suite struct SinksFileTests {
    private static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

    private func withDirectory(_ body: (String) async throws -> Void) async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "attune-sinks-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        try await body(directory.path)
    }

    private func lines(_ path: String) throws -> [[UInt8]] {
        try Array(Data(contentsOf: URL(fileURLWithPath: path))).split(separator: UInt8(ascii: "\n")).map { Array($0) }
    }

    @Test func conforms() async throws {
        try await withDirectory { directory in
            let sink = try FileSink(name: "events", path: directory + "/events.ndjson")
            try await checkSink(sink) { try lines(directory + "/events.ndjson") }
        }
    }

    @Test func closesAHalfLineBeforeItAppends() async throws {
        try await withDirectory { directory in
            let path = directory + "/events.ndjson"
            try Data("{\"specver".utf8).write(to: URL(fileURLWithPath: path))
            let event = outboxEvent(1, of: "cus_a")
            let sink = try FileSink(name: "events", path: path)
            #expect(await sink.write([event]) == [.delivered])
            #expect(try lines(path) == [Array("{\"specver".utf8), event.body])
        }
    }

    @Test func anUnreachableFileIsAnErrorThatSaysWhere() async throws {
        try await withDirectory { directory in
            let path = directory + "/missing/events.ndjson"
            let error = #expect(throws: SinkError.self) { try FileSink(name: "events", path: path) }
            #expect(error?.description.contains(path) == true)
        }
    }

    @Test func aFileThatGoesAwayIsRetried() async throws {
        try await withDirectory { directory in
            try FileManager.default.createDirectory(atPath: directory + "/sub", withIntermediateDirectories: true)
            let sink = try FileSink(name: "events", path: directory + "/sub/events.ndjson")
            try FileManager.default.removeItem(atPath: directory + "/sub")
            guard case .retry = await sink.write([outboxEvent(1, of: "cus_a")])[0] else {
                Issue.record("a write that failed must be tried again")
                return
            }
        }
    }

    @Test(arguments: [
        (SinkConfiguration(name: "", type: "file", path: "-"), "sinks[0].name"),
        (SinkConfiguration(name: "a", type: "fax"), "sinks[0].type"),
        (SinkConfiguration(name: "a", type: "file"), "sinks[0].path"),
        (SinkConfiguration(name: "a", type: "webhook", secrets: [secret]), "sinks[0].url"),
        (SinkConfiguration(name: "a", type: "webhook", url: "https://example.com"), "sinks[0].secrets"),
        (SinkConfiguration(name: "a", type: "webhook", url: "https://example.com", secrets: ["whsec_%%"]), "sinks[0].secrets"),
        (SinkConfiguration(name: "a", type: "webhook", url: "ftp://example.com", secrets: [secret]), "sinks[0].url"),
        (SinkConfiguration(name: "a", type: "webhook", url: "http://10.0.0.1/", secrets: [secret]), "sinks[0].url"),
        (SinkConfiguration(name: "a", type: "webhook", url: "http://[::1]/", secrets: [secret]), "sinks[0].url"),
    ])
    func aMistakeInTheConfigurationNamesItsKey(_ configuration: SinkConfiguration, _ key: String) throws {
        let error = #expect(throws: ConfigurationError.self) { try SinkRegistry([configuration]) }
        #expect(error?.key == key)
    }
}

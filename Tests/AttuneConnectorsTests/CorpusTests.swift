import AttuneCore
import Foundation
import Testing

@testable import AttuneConnectors

@Suite struct CorpusTests {
    /// Every file of the bundled world is recognised and read, with nothing rejected and as many messages as its truth has.
    @Test func theBundledWorldIsReadWhole() throws {
        let world = Files.root.appendingPathComponent("Corpora/larkspur")
        let configuration = try ConnectorConfiguration(jsonText: Files.bytes(world.appendingPathComponent("config.json")))
        var expected: [String: Int] = [:]
        for line in try String(decoding: Files.bytes(world.appendingPathComponent("truth.tsv")), as: UTF8.self).split(separator: "\n").dropFirst() {
            expected[String(line.prefix { $0 != "\t" }), default: 0] += 1
        }
        #expect(expected.count > 10)
        for (file, count) in expected {
            let url = Files.root.appendingPathComponent("Corpora/\(file)")
            let bytes = try Files.bytes(url)
            let connector = try ConnectorRegistry.standard.recognise(head: bytes[...], fileName: file).connector
            var decoder = try connector.makeDecoder(
                configuration, context: DecodingContext(fileName: file, receivedAt: Timestamp(nanoseconds: 0)))
            var operations = [AttuneCore.Operation]()
            try decoder.decode(all: bytes) { operations.append($0) }
            #expect(operations.filter { if case .message = $0 { true } else { false } }.count == count, "\(file)")
            #expect(!operations.contains { if case .rejected = $0 { true } else { false } }, "\(file)")
            #expect(Set(messages(operations).map(\.id)).count == messages(operations).count, "\(file)")
        }
    }

    /// Real files of other people, where they are at hand beside the checkout.
    @Test func sharedFixturesAreRead() throws {
        let folder = Files.root.deletingLastPathComponent().appendingPathComponent("shared/fixtures")
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent("whatsapp-cloud").path)) ?? [] {
            let operations = try decode("whatsapp-cloud", Files.bytes(folder.appendingPathComponent("whatsapp-cloud/\(name)")))
            #expect(operations.count == 1 && !outline(operations)[0].hasPrefix("rejected"), "\(name)")
        }
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent("whatsapp-export/chat-miner").path)) ?? []
        where name.hasSuffix(".txt") {
            let operations = try decode("whatsapp-export", Files.bytes(folder.appendingPathComponent("whatsapp-export/chat-miner/\(name)")))
            #expect(messages(operations).count == 6, "\(name)")
        }
    }
}

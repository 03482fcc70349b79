import AttuneCore
import AttuneEngine
import AttuneStore
import Foundation
import Testing

/// The same, on a larger stream where the shared data is present.
@Suite struct StreamTests {
    private static var folder: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("shared/identity")
    }

    /// Nil where the data is not present.
    private static func unpacked(_ name: String) throws -> Data? {
        let path = folder.appendingPathComponent(name).path
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-dc", path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd()
        process.waitUntilExit()
        return data
    }

    @Test func theStoreFindsThePeopleThatResolveFinds() throws {
        guard let text = try Self.unpacked("stream_dev2k.jsonl.gz") else { return }
        var reader = SightingRecord()
        var log = EvidenceLog()
        let messages = try text.split(separator: 10).enumerated().map { place, line -> Message in
            let record = try JSONParser.parse(Array(line))
            var json = JSONReader()
            try Array(line).withUnsafeBufferPointer { try reader.append(json.parse($0), to: &log) }
            let sighting = log.sighting(at: place)
            let author = Author(
                role: .customer, displayName: sighting.name, identifiers: sighting.identifiers, town: sighting.town, birthDate: sighting.birthDate)
            return Message(
                id: "s:\(sighting.id)", channel: .chat, source: "s", conversationID: sighting.id, author: author,
                sentAt: Timestamp(nanoseconds: Int64(sighting.time * 86_400e9)), text: "", language: record["locale"]?.string)
        }
        let sightings = messages.map(\.sighting)
        let expected = Set(EvidenceGraph().clusters(sightings).map { Set($0.map { sightings[$0].id }) })
        var generator = SplitMix64(seed: 1)
        let orders = [
            (messages, 1_000, false), (messages.shuffled(using: &generator), 313, false), (messages.shuffled(using: &generator), 900, true),
        ]
        for (order, size, isLoading) in orders {
            let found = try World.with { world in
                var rest = order[...]
                while !rest.isEmpty {
                    try world.process(rest.prefix(size).map { .message($0) }, isLoading: isLoading)
                    rest = rest.dropFirst(size)
                }
                try world.pipeline.relink(world.store)
                let owners = try world.store.transaction { try $0.evidence(ofMessages: messages.map(\.id)) }.compactMapValues(\.customerID)
                return Set(Dictionary(grouping: owners, by: \.value).values.map { Set($0.map(\.key)) })
            }
            #expect(found == expected)
        }
    }
}

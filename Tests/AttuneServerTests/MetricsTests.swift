import AttuneStore
import NIOHTTP1
import Testing

@testable import AttuneServer

@Suite struct MetricsTests {
    /// A reader of the text format 0.0.4, as strict as its grammar.
    private func parse(_ text: String) throws -> [String: Double] {
        var values: [String: Double] = [:]
        var types: [String: String] = [:]
        #expect(text.hasSuffix("\n"))
        for line in text.split(separator: "\n") {
            if line.hasPrefix("# TYPE ") {
                let parts = line.split(separator: " ")
                #expect(types.updateValue(String(parts[3]), forKey: String(parts[2])) == nil, "each type once")
            } else if !line.hasPrefix("# HELP ") {
                let match = try #require(line.wholeMatch(of: /([a-z_]+)(\{[a-z_]+="[^"]*"(?:,[a-z_]+="[^"]*")*\})? ([0-9.e+-]+)/), "\(line)")
                let name = String(match.1)
                let family = types.keys.contains(name) ? name : name.replacing(/_(bucket|sum|count)$/, with: "")
                #expect(types[family] != nil, "\(name) has a type before it")
                #expect(values.updateValue(try #require(Double(match.3)), forKey: name + (match.2 ?? "")) == nil, "each series once: \(line)")
            }
        }
        return values
    }

    @Test func theTextIsWellFormed() async throws {
        try await withServer { (server, _) async throws in
            _ = try parse(try await server.get("/metrics").body)
            #expect(try await server.postSigned(WhatsApp.payload("wamid.A")).status == 200)
            let answer = try await server.get("/metrics")
            #expect(answer.headers.first(name: "content-type") == "text/plain; version=0.0.4; charset=utf-8")
            let values = try parse(answer.body)
            #expect(values["attune_inference_duration_seconds_count"] == 1)
            #expect(values["attune_commit_batch_size_count"] == 1)
            #expect(values["attune_commit_batch_size_bucket{le=\"1\"}"] == 1)
            #expect(values["attune_commit_duration_seconds_bucket{le=\"+Inf\"}"] == 1)
            #expect(values["attune_queue_depth"] == 0)
            #expect(answer.body.contains("447700900123") == false)
        }
    }

    @Test func labelsAreEscapedAndSeriesAreLimited() throws {
        let metrics = Metrics()
        metrics.add(3, to: .deliveryAttempts, "a\"b\\c\nd", "delivered")
        #expect(metrics.exposition().contains(#"attune_delivery_attempts_total{sink="a\"b\\c\nd",outcome="delivered"} 3"#))
        for i in 0..<2 * Metrics.seriesLimit { metrics.add(to: .ingestMessages, "c\(i)", "accepted") }
        #expect(metrics.exposition().split(separator: "\n").count { $0.hasPrefix("attune_ingest_messages_total") } == Metrics.seriesLimit)
    }

    @Test func histogramsAreCumulative() throws {
        let metrics = Metrics()
        metrics.observe([1, 2, 3, 5_000], in: .batchSize)
        let values = try parse(metrics.exposition())
        #expect(values["attune_commit_batch_size_bucket{le=\"1\"}"] == 1)
        #expect(values["attune_commit_batch_size_bucket{le=\"2\"}"] == 2)
        #expect(values["attune_commit_batch_size_bucket{le=\"5\"}"] == 3)
        #expect(values["attune_commit_batch_size_bucket{le=\"1000\"}"] == 3)
        #expect(values["attune_commit_batch_size_bucket{le=\"+Inf\"}"] == 4)
        #expect(values["attune_commit_batch_size_sum"] == 5_006)
    }
}

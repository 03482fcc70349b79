import AttuneCore
import NIOHTTP1
import ServiceLifecycle
import Synchronization
import Testing

@testable import AttuneServer
@testable import AttuneStore

@Suite struct CommitTests {
    private func withGuardedServer(
        _ change: (inout ServerConfiguration) -> Void = { _ in }, _ body: (RunningServer, GuardedStore, SQLiteStore) async throws -> Void
    ) async throws {
        try await withTemporaryDirectory { directory in
            let store = try SQLiteStore.open(path: directory + "/store.sqlite", create: true)
            let guarded = GuardedStore(store)
            var configuration = testConfiguration()
            change(&configuration)
            try await withServer(configuration, store: guarded, outbox: store) { server in
                defer { guarded.unblock() }
                try await body(server, guarded, store)
            }
            try store.close()
        }
    }

    @Test func nothingIsAcknowledgedBeforeTheCommit() async throws {
        try await withGuardedServer { server, guarded, store in
            let gate = guarded.block()
            let isAnswered = Mutex(false)
            let request = Task {
                let answer = try await server.postSigned(WhatsApp.payload("wamid.A"))
                isAnswered.withLock { $0 = true }
                return answer.status
            }
            try await eventually { guarded.transactions == 1 }
            // The server answers others meanwhile, so it had every chance to answer this one.
            for _ in 0..<20 { #expect(try await server.get("/healthz").status == 200) }
            #expect(isAnswered.withLock { $0 } == false)
            #expect(try store.queries.overview().messages == 0)
            gate.open()
            #expect(try await request.value == 200)
            #expect(try store.queries.overview().messages == 1)
        }
    }

    @Test func whatWaitsIsCommittedTogether() async throws {
        try await withGuardedServer { server, guarded, store in
            let gate = guarded.block()
            let first = Task { try await server.postSigned(WhatsApp.payload("wamid.first")).status }
            try await eventually { guarded.transactions == 1 }
            try await withThrowingTaskGroup(of: Int.self) { group in
                for i in 0..<40 { group.addTask { try await server.postSigned(WhatsApp.payload("wamid.\(i)")).status } }
                try await eventually { try await server.get("/metrics").body.contains("attune_queue_depth 40") }
                gate.open()
                for try await status in group { #expect(status == 200) }
            }
            #expect(try await first.value == 200)
            #expect(guarded.transactions == 2)
            #expect(try store.queries.overview().messages == 41)
        }
    }

    @Test func aFullQueueSaysComeAgain() async throws {
        try await withGuardedServer {
            $0.limits.ingest.queueOperations = 1
        } _: { server, guarded, store in
            let gate = guarded.block()
            let inFlight = Task { try await server.postSigned(WhatsApp.payload("wamid.A")).status }
            try await eventually { guarded.transactions == 1 }
            let waiting = Task { try await server.postSigned(WhatsApp.payload("wamid.B")).status }
            try await eventually { try await server.get("/metrics").body.contains("attune_queue_depth 1") }
            let refused = try await server.postSigned(WhatsApp.payload("wamid.C"))
            #expect(refused.status == 429)
            #expect(refused.headers.first(name: "retry-after") == "1")
            #expect(try await server.get("/readyz").status == 503)
            #expect(try await server.get("/healthz").status == 200)
            gate.open()
            #expect(try await inFlight.value == 200)
            #expect(try await waiting.value == 200)
            #expect(try await server.get("/readyz").status == 200)
            #expect(try store.queries.overview().messages == 2)
            let many = try await server.postSigned(WhatsApp.payload([WhatsApp.message("wamid.D"), WhatsApp.message("wamid.E")]))
            #expect(many.status == 413, "it would never fit")
        }
    }

    @Test func aFailureOfTheStoreIsNotAcknowledged() async throws {
        try await withGuardedServer { server, guarded, store in
            guarded.failNext(1)
            let answer = try await server.postSigned(WhatsApp.payload("wamid.A"))
            #expect(answer.status == 503)
            #expect(answer.headers.first(name: "retry-after") != nil)
            #expect(try store.queries.overview().messages == 0)
            guarded.failNext(1)
            #expect(try await server.get("/readyz").status == 503, "the store is tried")
            #expect(try await server.get("/readyz").status == 200, "and works again")
            #expect(try await server.postSigned(WhatsApp.payload("wamid.A")).status == 200)
            #expect(try store.queries.overview().messages == 1)
        }
    }

    @Test func aFullDiskIsNotReadyUntilItHasRoom() async throws {
        try await withServer { (server, store) async throws in
            let pages = try store.writeOutsideTransaction { try $0.prepared("PRAGMA page_count").first { $0.integer(0) } ?? 0 }
            func limit(_ pages: Int64) throws {
                _ = try store.writeOutsideTransaction { try $0.prepared("PRAGMA max_page_count = \(pages)").first { $0.integer(0) } }
            }
            try limit(pages)
            let large = WhatsApp.payload((0..<200).map { WhatsApp.message("wamid.\($0)", text: String(repeating: "still waiting ", count: 60)) })
            #expect(try await server.postSigned(large).status == 503)
            for _ in 0..<3 { #expect(try await server.get("/readyz").status == 503, "nothing can be written") }
            #expect(try await server.postSigned(WhatsApp.payload([])).status == 503, "not even nothing passes for written")
            #expect(try await server.get("/readyz").status == 503)
            try limit(1 << 20)
            #expect(try await server.get("/readyz").status == 200)
            #expect(try await server.postSigned(large).status == 200)
            #expect(try store.queries.overview().messages == 200)
        }
    }

    @Test func aShutdownDrains() async throws {
        try await withTemporaryDirectory { directory in
            let store = try SQLiteStore.open(path: directory + "/store.sqlite", create: true)
            let guarded = GuardedStore(store)
            let gate = guarded.block()
            let requests = try await withServer(store: guarded, outbox: store) { server in
                defer { guarded.unblock() }
                let first = Task { try await server.postSigned(WhatsApp.payload("wamid.first")).status }
                try await eventually { guarded.transactions == 1 }
                let requests = [first] + (0..<9).map { i in Task { try await server.postSigned(WhatsApp.payload("wamid.\(i)")).status } }
                try await eventually { try await server.get("/metrics").body.contains("attune_queue_depth 9") }
                await server.group.triggerGracefulShutdown()
                gate.open()
                for request in requests { #expect(try await request.value == 200) }
                return requests.count
            }
            #expect(try store.queries.overview().messages == requests)
            try store.close()
        }
    }

    @Test func whatAnEarlierServerLeftUndoneIsDone() async throws {
        try await withTemporaryDirectory { directory in
            let store = try SQLiteStore.open(path: directory + "/store.sqlite", create: true)
            try store.transaction { try $0.setUnsettled(true) }
            var limits = IngestLimits()
            limits.quietSeconds = 0
            let committer = GroupCommitter(store: store, limits: limits, metrics: Metrics(), logger: quietLogger())
            committer.resumeSettling()
            committer.start { { _, _ in stubAnalysis() } }
            try await eventually { try !store.transaction { try $0.isUnsettled() } }
            await committer.close()
            try store.close()
        }
    }
}

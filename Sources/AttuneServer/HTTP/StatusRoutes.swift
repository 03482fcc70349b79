import HTTPTypes
import Hummingbird

/// `/healthz`, `/readyz`, `/metrics`: for who operates the server.
struct StatusRoutes: Sendable {
    let committer: GroupCommitter
    let metrics: Metrics

    func add(to router: Router<BasicRequestContext>) {
        router.get("/healthz") { _, _ in Response.plain("ok\n") }
        router.get("/readyz") { _, _ in
            guard await committer.isReady() else {
                throw Problem(.serviceUnavailable, "not ready: the store can't be written or the queue is full", retryAfter: 1)
            }
            return Response.plain("ready\n")
        }
        router.get("/metrics") { _, _ in
            Response.plain(metrics.exposition(), type: "text/plain; version=0.0.4; charset=utf-8")
        }
        for path: RouterPath in ["/healthz", "/readyz", "/metrics"] { router.refuseOtherMethods(at: path, than: [.get, .head]) }
    }
}

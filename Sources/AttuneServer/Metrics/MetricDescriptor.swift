/// A metric that `/metrics` shows: its name, what it counts, and what it is told apart by. Labels never name a person, a
/// message or a URL.
struct MetricDescriptor: Sendable {
    enum Kind: String, Sendable { case counter, gauge, histogram }

    let name: String
    let help: String
    let kind: Kind
    var labels: [String] = []
    /// Upper bounds of a histogram's buckets, ascending; `+Inf` comes by itself.
    var buckets: [Double] = []

    /// Every metric has its line here.
    static let all: [MetricDescriptor] = [
        ingestMessages, webhookRequests, requestDuration, deliveryAttempts, inferenceDuration, commitDuration, batchSize, queueDepth,
    ]

    static let ingestMessages = MetricDescriptor(
        name: "attune_ingest_messages_total", help: "Operations taken in and committed, by connector and outcome.", kind: .counter,
        labels: ["connector", "outcome"])
    static let webhookRequests = MetricDescriptor(
        name: "attune_webhook_requests_total", help: "Requests that brought operations, by connector and status code.", kind: .counter,
        labels: ["connector", "code"])
    static let requestDuration = MetricDescriptor(
        name: "attune_http_request_duration_seconds", help: "Time from a request's head to its answer, by route.", kind: .histogram,
        labels: ["route"], buckets: seconds)
    static let deliveryAttempts = MetricDescriptor(
        name: "attune_delivery_attempts_total", help: "Attempts to deliver an event, by sink and outcome.", kind: .counter,
        labels: ["sink", "outcome"])
    static let inferenceDuration = MetricDescriptor(
        name: "attune_inference_duration_seconds", help: "Time to analyse one message.", kind: .histogram,
        buckets: [0.00001, 0.00002, 0.00005, 0.0001, 0.0002, 0.0005, 0.001, 0.005, 0.05])
    static let commitDuration = MetricDescriptor(
        name: "attune_commit_duration_seconds", help: "Time to process and commit one batch.", kind: .histogram, buckets: seconds)
    static let batchSize = MetricDescriptor(
        name: "attune_commit_batch_size", help: "Operations committed together.", kind: .histogram,
        buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000])
    static let queueDepth = MetricDescriptor(
        name: "attune_queue_depth", help: "Operations that wait to be committed.", kind: .gauge)

    private static let seconds = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
}

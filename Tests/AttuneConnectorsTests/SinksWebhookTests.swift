import AttuneCore
import NIOHTTP1
import Synchronization
import Testing

@testable import AttuneConnectors

@Suite struct SinksWebhookTests {
    private let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    private let oldSecret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
    private let time = Timestamp(nanoseconds: 1_770_109_747_500_000_000)

    private func withSink<Value>(
        url: String, secrets: [String]? = nil, allowPrivateTargets: Bool = true, limits: WebhookSink.Limits = .init(),
        resolver: HostResolver = .system(), _ body: (WebhookSink) async throws -> Value
    ) async throws -> Value {
        let sink = try WebhookSink(
            name: "crm", url: url, signer: StandardWebhooks(secrets: secrets ?? [secret]), allowPrivateTargets: allowPrivateTargets, limits: limits,
            resolver: resolver, now: { [time] in time })
        do {
            let value = try await body(sink)
            await sink.close()
            return value
        } catch {
            await sink.close()
            throw error
        }
    }

    @Test func conforms() async throws {
        try await SinksReceiver.with { receiver in
            try await withSink(url: receiver.url) { sink in try await checkSink(sink) { receiver.deliveries.map(\.body) } }
        }
    }

    @Test func deliveriesAreSignedWithEverySecret() async throws {
        try await SinksReceiver.with { receiver in
            let event = outboxEvent(1, of: "cus_a")
            try await withSink(url: receiver.url, secrets: [secret, oldSecret]) { sink in #expect(await sink.write([event]) == [.delivered]) }
            let delivery = try #require(receiver.deliveries.first)
            #expect(delivery.header("webhook-id") == event.id)
            #expect(delivery.header("webhook-timestamp") == "1770109747")
            #expect(delivery.header("content-type") == "application/cloudevents+json; charset=utf-8")
            for key in [secret, oldSecret] {
                #expect(try StandardWebhooks(secrets: [key]).check(headers: delivery.headers, body: delivery.body, now: time) == .valid)
            }
            var changed = delivery.body
            changed[0] ^= 1
            #expect(try StandardWebhooks(secrets: [secret]).check(headers: delivery.headers, body: changed, now: time) == .wrong)
        }
    }

    @Test(
        arguments: [
            (HTTPResponseStatus.ok, [:], DeliveryOutcome.delivered),
            (.accepted, [:], .delivered),
            (.noContent, [:], .delivered),
            (.movedPermanently, ["location": "/other"], .retry(reason: "HTTP 301: redirects are not followed, set the final URL", after: nil)),
            (.temporaryRedirect, ["location": "/other"], .retry(reason: "HTTP 307: redirects are not followed, set the final URL", after: nil)),
            (.badRequest, [:], .retry(reason: "HTTP 400", after: nil)),
            (.gone, [:], .disable(reason: "HTTP 410: the receiver is gone")),
            (.tooManyRequests, ["retry-after": "120"], .retry(reason: "HTTP 429", after: .seconds(120))),
            (.serviceUnavailable, ["retry-after": "Tue, 03 Feb 2026 09:10:07 GMT"], .retry(reason: "HTTP 503", after: .milliseconds(59_500))),
            (.internalServerError, ["retry-after": "120"], .retry(reason: "HTTP 500", after: nil)),
        ] as [(HTTPResponseStatus, [String: String], DeliveryOutcome)])
    func theStatusDecides(_ status: HTTPResponseStatus, _ headers: [String: String], _ outcome: DeliveryOutcome) async throws {
        try await SinksReceiver.with(answer: { _ in .init(status: status, headers: headers) }) { receiver in
            try await withSink(url: receiver.url) { sink in #expect(await sink.write([outboxEvent(1, of: "cus_a")]) == [outcome]) }
            #expect(receiver.deliveries.count == 1, "one attempt, no redirect followed")
        }
    }

    @Test func aCustomersEventsStopAtTheFirstFailureAndOthersGoOn() async throws {
        let failing = outboxEvent(2, of: "cus_a")
        try await SinksReceiver.with(answer: { $0.header("webhook-id") == failing.id ? .init(status: .internalServerError) : .init() }) { receiver in
            let events = [
                outboxEvent(1, of: "cus_a"), failing, outboxEvent(3, of: "cus_b"), outboxEvent(4, of: "cus_a"), outboxEvent(5, of: "cus_b"),
            ]
            try await withSink(url: receiver.url) { sink in
                #expect(await sink.write(events) == [.delivered, .retry(reason: "HTTP 500", after: nil), .delivered, .notAttempted, .delivered])
            }
            #expect(receiver.deliveries.contains { $0.header("webhook-id") == events[3].id } == false)
        }
    }

    @Test func aLongAnswerIsNotReadToItsEnd() async throws {
        try await SinksReceiver.with(answer: { _ in .init(length: 8 << 20) }) { receiver in
            try await withSink(url: receiver.url) { sink in
                #expect(await sink.write([outboxEvent(1, of: "cus_a"), outboxEvent(2, of: "cus_a")]) == [.delivered, .delivered])
            }
        }
    }

    @Test func aSilentReceiverIsGivenUp() async throws {
        var limits = WebhookSink.Limits()
        limits.timeout = .seconds(3)
        try await SinksReceiver.with(answer: { _ in .init(isSilent: true) }) { receiver in
            try await withSink(url: receiver.url, limits: limits) { sink in
                #expect(await sink.write([outboxEvent(1, of: "cus_a")]) == [.retry(reason: "no answer within 3 s", after: nil)])
            }
        }
    }

    @Test func nobodyThereIsRetried() async throws {
        let url = try await SinksReceiver.with { $0.url }
        try await withSink(url: url) { sink in
            guard case .retry(let reason, nil) = await sink.write([outboxEvent(1, of: "cus_a")])[0] else {
                Issue.record("must be tried again")
                return
            }
            #expect(reason.hasPrefix("the connection failed"))
        }
    }

    @Test func aNameThatLeadsIntoAPrivateNetworkIsRefused() async throws {
        try await SinksReceiver.with { receiver in
            let address = try #require(IPAddress("127.0.0.1"))
            let outside = try #require(IPAddress("93.184.215.14"))
            let url = "http://localhost:\(receiver.port)/hook"
            // One public address among them does not help.
            for addresses in [[address], [outside, address]] {
                try await withSink(url: url, allowPrivateTargets: false, resolver: HostResolver { _ in addresses }) { sink in
                    guard case .retry(let reason, nil) = await sink.write([outboxEvent(1, of: "cus_a")])[0] else {
                        Issue.record("must be refused")
                        return
                    }
                    #expect(reason.contains("private network"))
                }
            }
            #expect(receiver.deliveries.isEmpty)
        }
    }

    /// The name answers with a public address when it is asked, and with this computer's when it is connected to.
    @Test func aNameThatChangesItsAddressIsRefusedBeforeAnythingIsSent() async throws {
        try await SinksReceiver.with { receiver in
            let outside = try #require(IPAddress("93.184.215.14"))
            let url = "http://localhost:\(receiver.port)/hook"
            try await withSink(url: url, allowPrivateTargets: false, resolver: HostResolver { _ in [outside] }) { sink in
                guard case .retry(let reason, nil) = await sink.write([outboxEvent(1, of: "cus_a")])[0] else {
                    Issue.record("must be refused")
                    return
                }
                #expect(reason.contains("private network"))
            }
            #expect(receiver.deliveries.isEmpty)
        }
    }
}

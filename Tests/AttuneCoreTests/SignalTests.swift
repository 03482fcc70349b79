import AttuneEngine
import Testing

@testable import AttuneCore

@Suite struct SignalTests {
    private let day: Int64 = 86_400

    /// A message on a day with a valence; its label follows the valence.
    private func entry(_ day: Double, _ valence: Double, intent: String? = nil, id: String? = nil) -> TimelineEntry {
        TimelineEntry(
            messageID: id ?? "m\(Int(day * 1_000))", conversationID: "c", channel: .chat, sentAt: Timestamp(nanoseconds: Int64(day * 86_400e9)),
            valence: valence, label: valence < -0.2 ? .negative : valence > 0.2 ? .positive : .neutral, confidence: 0.9,
            emotions: valence < -0.2 ? [EmotionScore(emotion: .frustration, score: 0.8, intensity: 4)] : [],
            intents: intent.map { [LabelScore(label: $0, confidence: 0.8)] } ?? [], topics: [], urgency: 0, sensitive: [])
    }

    private func rules(_ timeline: [TimelineEntry]) -> [String] { SignalEngine().observe(timeline).signals.map { "\($0.rule)@\($0.causeMessageID)" } }

    @Test func twoBadMessagesEscalateOne() {
        #expect(rules([entry(1, -0.8)]) == [])
        #expect(rules([entry(1, -0.8), entry(2, -0.8)]) == ["sentiment_escalated@m2000"])
        #expect(rules([entry(1, 0.8), entry(2, 0.7), entry(3, -0.6)]) == [])
    }

    @Test func itIsNoticedAgainOnlyAfterTheMoodWasBearable() {
        let bad = [entry(1, -0.9), entry(2, -0.9), entry(3, -0.9), entry(4, -0.9)]
        #expect(rules(bad) == ["sentiment_escalated@m2000"])
        let recovered = bad + [entry(20, 0.9), entry(21, 0.9), entry(50, -0.9), entry(51, -0.9)]
        #expect(rules(recovered) == ["sentiment_escalated@m2000", "sentiment_escalated@m51000"])
    }

    @Test func onlyExplicitStatementsAreChurnRisk() {
        #expect(rules([entry(1, -0.9, intent: "complaint")]) == [])
        #expect(rules([entry(1, -0.5, intent: "cancel")]) == ["churn_risk@m1000"])
        #expect(rules([entry(1, 0.8, intent: "switch-to-competitor")]) == [])
        #expect(
            rules([entry(1, 0, intent: "cancel"), entry(3, 0, intent: "cancel"), entry(9, 0, intent: "cancel")]) == [
                "churn_risk@m1000", "churn_risk@m9000",
            ])
    }

    @Test func churnRiskExpiresAfterHalfAYear() throws {
        let signal = try #require(SignalEngine().observe([entry(1, 0, intent: "cancel")]).signals.first)
        #expect(signal.expiresAt?.since(signal.at) == .seconds(182 * day))
    }

    @Test func stateIsAPureFunctionOfTheTimeline() {
        var generator = SplitMix64(seed: 3)
        for _ in 0..<100 {
            let timeline = (0..<30).map { _ in
                entry(Double.random(in: 0...60, using: &generator), Double.random(in: -1...1, using: &generator))
            }.sorted { $0.precedes($1) }
            let first = SignalEngine().observe(timeline)
            let second = SignalEngine().observe(timeline.shuffled(using: &generator).sorted { $0.precedes($1) })
            #expect(first == second)
            let state = first.state
            #expect(state.map { (-1...1).contains($0.valence) && (0...1).contains($0.arousal) && (0...100).contains($0.attention) } == true)
        }
    }

    @Test func oldFeelingsFade() throws {
        let fresh = try #require(SignalEngine().observe([entry(1, -0.9), entry(2, 0.5)]).state)
        let faded = try #require(SignalEngine().observe([entry(1, -0.9), entry(60, 0.5)]).state)
        #expect(faded.valence > fresh.valence)
        #expect(fresh.attention > faded.attention)
    }

    @Test func angrierCustomersNeedMoreAttention() throws {
        let attention = { (timeline: [TimelineEntry]) in SignalEngine().observe(timeline).state?.attention ?? -1 }
        #expect(attention([entry(1, 0.8)]) == 0)
        #expect(attention([entry(1, -0.4), entry(2, -0.4)]) < attention([entry(1, -0.9), entry(2, -0.9)]))
        #expect(attention([entry(1, -0.9), entry(2, -0.9)]) < attention([entry(1, -0.9), entry(2, -0.9, intent: "cancel")]))
        #expect(attention([entry(1, -0.9), entry(2, -0.9), entry(2.1, -0.95, intent: "legal-threat")]) >= 80)
    }

    @Test func halfLivesHalve() {
        #expect(Decay.factor(elapsed: .zero, halfLife: .seconds(10)) == 1)
        #expect(Decay.factor(elapsed: .seconds(10), halfLife: .seconds(10)) == 0.5)
        #expect(Decay.factor(elapsed: .seconds(30), halfLife: .seconds(10)) == 0.125)
        #expect(abs(Decay.factor(elapsed: .seconds(5), halfLife: .seconds(10)) - 0.707_106_781_186_547_6) < 1e-15)
        #expect(Decay.factor(elapsed: .seconds(-5), halfLife: .seconds(10)) == 1)
        #expect(Decay.factor(elapsed: .seconds(1_000_000_000), halfLife: .seconds(1)) == 0)
    }

    @Test func anEventsIDIsItsCause() {
        let make = { (cause: String) in
            Event(type: "attune.signal.x.v1", subject: .init(rawValue: "c"), cause: cause, time: .init(nanoseconds: 0), data: .null)
        }
        #expect(make("a") == make("a"))
        #expect(make("a").id != make("b").id)
        let json = make("a").cloudEvent(source: "/attune")
        #expect(json["specversion"]?.string == "1.0" && json["id"]?.string == make("a").id && json["partitionkey"]?.string == "c")
    }

    @Test func retriesFollowTheSchedule() {
        let schedule = RetrySchedule()
        #expect(schedule.delay(afterAttempts: 1, jitter: 0.5, retryAfter: nil) == .seconds(5))
        #expect(schedule.delay(afterAttempts: 1, jitter: 0, retryAfter: nil) == .seconds(4))
        #expect(schedule.delay(afterAttempts: 1, jitter: 1, retryAfter: nil) == .seconds(6))
        #expect(schedule.delay(afterAttempts: 9, jitter: 0.5, retryAfter: nil) == .seconds(86_400))
        #expect(schedule.delay(afterAttempts: 10, jitter: 0.5, retryAfter: nil) == nil)
        #expect(schedule.delay(afterAttempts: 1, jitter: 0.5, retryAfter: .seconds(60)) == .seconds(60))
        #expect(schedule.delay(afterAttempts: 1, jitter: 0.5, retryAfter: .seconds(9_999_999)) == .seconds(86_400))
    }
}

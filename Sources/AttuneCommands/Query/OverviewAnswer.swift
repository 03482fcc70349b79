import AttuneCore
import AttuneEngine
import AttuneStore

/// The overview as tables.
enum OverviewAnswer {
    static func answer(_ overview: Overview) -> Answer {
        Answer(sections: [channels(overview), totals(overview), languages(overview), sinks(overview)])
    }

    static func channels(_ overview: Overview) -> Answer.Section {
        let rows = overview.channels.map { channel in
            let count = { (label: Sentiment.Label) in channel.labels.first { $0.label == label }?.messages ?? 0 }
            return [
                .string(channel.channel.rawValue), .int(channel.messages), .int(channel.analysed),
                channel.meanValence.map { .decimal($0, decimals: 3) } ?? .null,
                .int(count(.negative)), .int(count(.neutral)), .int(count(.positive)), .int(count(.mixed)),
            ] as [JSONValue]
        }
        return .init(
            name: "channels",
            columns: [
                .init("channel"), .init("messages", .right), .init("analysed", .right), .init("meanValence", .right), .init("negative", .right),
                .init("neutral", .right), .init("positive", .right), .init("mixed", .right),
            ], rows: rows)
    }

    private static func totals(_ overview: Overview) -> Answer.Section {
        let row: [JSONValue] = [
            .int(overview.messages), .int(overview.analysed), .int(overview.customers), .int(overview.conversations), .int(overview.deleted),
            overview.meanValence.map { .decimal($0, decimals: 3) } ?? .null, .int(overview.activeSignals), .int(overview.events),
            .int(overview.rejections), overview.firstAt.map { .string(RFC3339.format($0)) } ?? .null,
            overview.lastAt.map { .string(RFC3339.format($0)) } ?? .null,
        ]
        let names = ["messages", "analysed", "customers", "conversations", "deleted", "meanValence", "activeSignals", "events", "rejections"]
        return .init(name: "totals", columns: names.map { .init($0, .right) } + [.init("firstAt"), .init("lastAt")], rows: [row])
    }

    private static func languages(_ overview: Overview) -> Answer.Section {
        .init(
            name: "languages", columns: [.init("language"), .init("messages", .right)],
            rows: overview.languages.map { [.string($0.language ?? "not known"), .int($0.messages)] })
    }

    private static func sinks(_ overview: Overview) -> Answer.Section {
        .init(
            name: "sinks",
            columns: [.init("sink"), .init("waiting", .right), .init("delivered", .right), .init("dead", .right), .init("disabled")],
            rows: overview.sinks.map { sink in
                [
                    .string(sink.name), .int(sink.waiting), .int(sink.delivered), .int(sink.dead), sink.disabledReason.map(JSONValue.string) ?? .null,
                ]
            })
    }
}

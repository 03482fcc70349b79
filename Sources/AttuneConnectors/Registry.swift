/// The formats this build reads, and the choice among them.
public struct ConnectorRegistry: Sendable {
    /// Bytes of a file that recognition looks at: a table's header and its first rows, a chat's first messages.
    public static let headLength = 64 << 10

    public let connectors: [any Connector]

    public init(_ connectors: [any Connector]) { self.connectors = connectors }

    /// Every connector has its line here, in the order `attune connectors` prints them.
    public static var standard: ConnectorRegistry {
        ConnectorRegistry([
            TextConnector(),
            JSONLConnector(),
            CSVConnector(),
            EmailConnector(),
            WhatsAppExportConnector(),
            WhatsAppCloudConnector(),
            MetaConnector(),
            MetaExportConnector(),
            XConnector(),
            YouTubeConnector(),
            RedditConnector(),
            MastodonConnector(),
            BlueskyConnector(),
            TelegramBotConnector(),
            TelegramExportConnector(),
            DiscordExportConnector(),
            SignalExportConnector(),
            GooglePlayConnector(),
            AppStoreConnectConnector(),
            AppStoreFeedConnector(),
            GoogleBusinessConnector(),
            TrustpilotConnector(),
            YelpConnector(),
            AmazonReviewsConnector(),
            CallAnalyticsConnector(),
            TranscribeConnector(),
            ContactLensConnector(),
            GoogleSpeechConnector(),
            DeepgramConnector(),
            WebVTTConnector(),
            SRTConnector(),
            ZendeskConnector(),
            SunshineConnector(),
            IntercomConnector(),
            FreshdeskConnector(),
            HelpScoutConnector(),
            ChatwootConnector(),
            FrontConnector(),
            SalesforceConnector(),
            SlackConnector(),
            TwilioConnector(),
        ])
    }

    /// The connector of that name; throws `RecognitionFailure.unknownName` with the names there are.
    public func connector(named name: String) throws(RecognitionFailure) -> any Connector {
        if let connector = connectors.first(where: { $0.name == name }) { return connector }
        throw .unknownName(name, known: connectors.map(\.name))
    }

    /// The connector that fits best, and why. Refuses to guess when two fit equally well.
    ///
    /// - Parameter head: the first bytes, `headLength` of them or the whole file. For JSON whose first record is longer
    ///   (`wantsMore`) they may be more: then its members beyond are looked at too.
    public func recognise(
        head: ArraySlice<UInt8>, fileName: String?
    ) throws(RecognitionFailure) -> (connector: any Connector, recognition: Recognition) {
        let fileName = fileName.map(DecodingContext.uncompressed)
        let head = TextEncoding.utf8(of: head)
        let first = head.prefix(Self.headLength)
        let found = try best(head: first, fileName: fileName)
        guard found.recognition.certainty < .certain, head.count > first.count, JSONDigest.isRecordCut(first),
            let digest = JSONDigest.of(head, limit: Self.headLength),
            let second = try? best(head: digest[...], fileName: fileName), second.recognition.certainty > found.recognition.certainty
        else { return found }
        return second
    }

    /// Whether more of the file may tell what these first bytes do not: they are the beginning of one long JSON record that no
    /// connector is certain about.
    public func wantsMore(_ head: ArraySlice<UInt8>, fileName: String?) -> Bool {
        guard head.count < Self.longestHead, JSONDigest.isRecordCut(TextEncoding.utf8(of: head)) else { return false }
        return (try? recognise(head: head, fileName: fileName))?.recognition.certainty != .certain
    }

    /// Bytes of one JSON record that recognition looks at, at most: an account with a hundred thousand contacts before its chats.
    public static let longestHead = 64 << 20

    private func best(
        head: ArraySlice<UInt8>, fileName: String?
    ) throws(RecognitionFailure) -> (connector: any Connector, recognition: Recognition) {
        var best: [(connector: any Connector, recognition: Recognition)] = []
        for connector in connectors {
            guard let recognition = connector.recognise(head: head, fileName: fileName) else { continue }
            if let leader = best.first, leader.recognition.certainty > recognition.certainty { continue }
            if let leader = best.first, leader.recognition.certainty < recognition.certainty { best.removeAll() }
            best.append((connector, recognition))
        }
        guard let first = best.first else { throw .none(isEmpty: head.isEmpty) }
        if best.count > 1 { throw .ambiguous(best.map { .init(name: $0.connector.name, reason: $0.recognition.reason) }) }
        return first
    }
}

/// Why no connector was chosen. The description says what to do.
public enum RecognitionFailure: Error, Hashable, Sendable, CustomStringConvertible {
    case none(isEmpty: Bool)
    case ambiguous([Candidate])
    case unknownName(String, known: [String])

    public struct Candidate: Hashable, Sendable {
        public var name: String
        public var reason: String
    }

    public var description: String { description(option: "--connector") }

    /// - Parameter option: with which the user of this command names a connector.
    public func description(option: String) -> String {
        switch self {
        case .none(isEmpty: true): "the file is empty"
        case .none(isEmpty: false): "no connector recognises the file: name its format with \(option) (`attune connectors` lists them)"
        case .ambiguous(let candidates):
            "the file could be " + candidates.map { "\($0.name) (\($0.reason))" }.joined(separator: " or ") + ": choose with \(option)"
        case .unknownName(let name, let known): "there is no connector \"\(name)\": choose one of \(known.joined(separator: ", "))"
        }
    }
}

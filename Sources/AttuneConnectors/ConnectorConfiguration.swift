import AttuneCore
import Foundation

/// What the user says about a source: time zone, who the agents are, which column is what. Read from JSON.
public struct ConnectorConfiguration: Hashable, Sendable {
    /// IANA zone of wall clocks without one; nil reads them as UTC. Either way their messages say `local-assumed`.
    public var zone: TimeZone?
    /// Display names (also phone numbers) under which the business writes.
    public var agentNames: [String] = []
    /// E-mail domains of the business, lower case.
    public var agentDomains: [String] = []
    /// Names of a platform's roles whose holders are agents, e.g. `Support Team`.
    public var agentRoleNames: [String] = []
    /// When a call began, for transcripts that count from there.
    public var callStart: Timestamp?
    /// Names that may stand before a colon in a transcript.
    public var speakers: [String] = []
    /// Role of a call's channel or speaker label.
    public var channelRoles: [String: Role] = [:]
    /// Replaces the source name of every message.
    public var source: String?
    /// Name of the conversation, for a file that no longer has it.
    public var conversation: String?
    /// Replaces the channel of every message.
    public var channel: Channel?
    /// Whether `3/6/2026` is 3 June; nil infers it from the file.
    public var dayFirst: Bool?
    public var mapping: FieldMapping?

    public init() {}

    /// The JSON text of a configuration. Unknown keys, wrong types and unknown zones are errors, so that a typing mistake
    /// does not silently read a file wrongly.
    public init(jsonText bytes: [UInt8]) throws(ConfigurationError) {
        let value: JSONValue
        do throws(JSONParser.Failure) { value = try JSONParser.parse(bytes) } catch {
            throw ConfigurationError(key: nil, "is not JSON: \(error)")
        }
        try self.init(json: value)
    }

    public init(json: JSONValue) throws(ConfigurationError) {
        let reader = try ConfigurationReader(json, path: "")
        try reader.allow([
            "zone", "agentNames", "agentDomains", "agentRoleNames", "callStart", "speakers", "channelRoles", "source", "channel",
            "conversation", "dayFirst", "mapping",
        ])
        zone = try reader.zone("zone")
        agentNames = try reader.strings("agentNames") ?? []
        agentDomains = (try reader.strings("agentDomains") ?? []).map { $0.lowercased() }
        agentRoleNames = try reader.strings("agentRoleNames") ?? []
        speakers = try reader.strings("speakers") ?? []
        source = try reader.nonEmptyString("source")
        channel = try reader.nonEmptyString("channel").map(Channel.init(rawValue:))
        conversation = try reader.nonEmptyString("conversation")
        dayFirst = try reader.bool("dayFirst")
        channelRoles = try reader.roles("channelRoles") ?? [:]
        if let text = try reader.string("callStart") {
            guard let start = RFC3339.parse(text) else {
                throw reader.error("callStart", "is no RFC 3339 time: write e.g. \"2026-02-03T09:00:00Z\"")
            }
            callStart = start
        }
        if let object = try reader.object("mapping") { mapping = try FieldMapping(object) }
    }
}

/// A mistake in a configuration: which key, and what to write instead.
public struct ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Path of the key, e.g. `mapping.rating`; nil when it is about the whole.
    public var key: String?
    public var reason: String

    public init(key: String?, _ reason: String) {
        self.key = key
        self.reason = reason
    }

    public var description: String { key.map { "configuration key \"\($0)\" \(reason)" } ?? "the configuration \(reason)" }
}

import AttuneConnectors
import AttuneCore

/// All that `attune serve` is told: from a JSON file, then the environment, then the command line.
public struct ServerConfiguration: Sendable {
    /// Address to listen on. Loopback unless said otherwise: who opens it to a network decides so.
    public var host = "127.0.0.1"
    /// 0 takes any free port.
    public var port = 8_080
    /// Path of the store.
    public var storePath: String?
    /// CloudEvents `source`: a URI-reference that names this installation.
    public var eventSource = "/attune"
    /// Webhook sources by the name that stands in their URL.
    public var sources: [String: SourceConfiguration] = [:]
    /// SHA-256 of the tokens that may post messages.
    public var tokens: [TokenHash] = []
    public var sinks: [SinkConfiguration] = []
    public var limits = ServerLimits()

    public init() {}

    /// Whether only this computer can reach the server.
    public var listensOnLoopbackOnly: Bool {
        host == "localhost" || host == "::1" || (host.hasPrefix("127.") && IPAddress(host) != nil)
    }

    /// Reads a configuration file and what the environment overrides.
    ///
    /// A secret may be written as `{"env": "NAME"}`; it is then read from the environment. Variables that override:
    /// `ATTUNE_LISTEN` (`host:port`), `ATTUNE_STORE`, `ATTUNE_EVENT_SOURCE`, `ATTUNE_TOKENS` (hashes, comma between).
    /// - Parameters:
    ///   - file: JSON text; nil when there is no file.
    /// - Throws: `ConfigurationError` that names the key, or the variable.
    public init(file: [UInt8]?, environment: [String: String]) throws(ConfigurationError) {
        if let file {
            let value: JSONValue
            do throws(JSONParser.Failure) { value = try JSONParser.parse(file) } catch {
                throw ConfigurationError(key: nil, "is not JSON: \(error)")
            }
            try read(try Settings(value, path: "", environment: environment))
        }
        try override(environment)
    }

    private mutating func read(_ settings: Settings) throws(ConfigurationError) {
        try settings.allow(["listen", "store", "eventSource", "sources", "tokens", "sinks", "limits"])
        if let text = try settings.text("listen") { try listen(on: text, key: "listen") }
        storePath = try settings.text("store") ?? storePath
        if let text = try settings.text("eventSource") { try setEventSource(text, key: "eventSource") }
        if let texts = try settings.secrets("tokens") { try setTokens(texts, key: "tokens") }
        for (name, source) in try settings.named("sources") {
            if name.isEmpty || name == "." || name == ".." {
                throw settings.error("sources", "has a source named \"\(name)\", which can stand in no URL: rename it")
            }
            sources[name] = try SourceConfiguration(source)
        }
        for sink in try settings.list("sinks") { sinks.append(try SinkConfiguration(sink)) }
        if let object = try settings.object("limits") { limits = try ServerLimits(object) }
    }

    private mutating func override(_ environment: [String: String]) throws(ConfigurationError) {
        if let text = environment["ATTUNE_LISTEN"] { try listen(on: text, key: "ATTUNE_LISTEN") }
        storePath = environment["ATTUNE_STORE"] ?? storePath
        if let text = environment["ATTUNE_EVENT_SOURCE"] { try setEventSource(text, key: "ATTUNE_EVENT_SOURCE") }
        if let text = environment["ATTUNE_TOKENS"] {
            try setTokens(text.split(separator: ",").map { String($0.filter { $0 != " " }) }, key: "ATTUNE_TOKENS")
        }
    }

    /// Without tokens only this computer may reach the server. Call it when nothing changes the configuration any more.
    /// - Throws: `ConfigurationError` that names `listen`.
    public func checkExposure() throws(ConfigurationError) {
        guard tokens.isEmpty, !listensOnLoopbackOnly else { return }
        let advice = "add the SHA-256 of one to \"tokens\" (printf %s TOKEN | sha256sum), or listen on 127.0.0.1"
        throw ConfigurationError(key: "listen", "is \(host), which other computers reach, but no token is configured: \(advice)")
    }

    /// `host:port`, `[::1]:8080` or only a port.
    public mutating func listen(on text: String, key: String) throws(ConfigurationError) {
        let (name, digits): (Substring, Substring)
        if let colon = text.lastIndex(of: ":") {
            (name, digits) = (text[..<colon], text[text.index(after: colon)...])
        } else {
            (name, digits) = (Substring(host), text[...])
        }
        guard let number = Int(digits), (0...65_535).contains(number) else {
            throw ConfigurationError(key: key, "must be host:port with a port of 0 to 65535, e.g. \"127.0.0.1:8080\"")
        }
        let isBracketed = name.hasPrefix("[") && name.hasSuffix("]")
        guard !name.isEmpty, isBracketed || !name.contains(":") else {
            throw ConfigurationError(key: key, "needs a host before the port; write an IPv6 address in brackets, e.g. \"[::1]:8080\"")
        }
        host = isBracketed ? String(name.dropFirst().dropLast()) : String(name)
        port = number
    }

    private mutating func setEventSource(_ text: String, key: String) throws(ConfigurationError) {
        guard !text.isEmpty, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") }) else {
            throw ConfigurationError(key: key, "must be a URI without blanks that names this installation, e.g. \"https://attune.example.com\"")
        }
        eventSource = text
    }

    private mutating func setTokens(_ texts: [String], key: String) throws(ConfigurationError) {
        tokens = []
        for text in texts {
            guard let hash = TokenHash(hex: text) else {
                throw ConfigurationError(key: key, "must hold SHA-256 hashes of 64 hexadecimal digits: printf %s TOKEN | sha256sum")
            }
            tokens.append(hash)
        }
    }
}

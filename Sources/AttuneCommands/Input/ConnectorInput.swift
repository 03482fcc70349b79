import AttuneConnectors
import AttuneCore

/// An input file with the connector that reads it.
struct ConnectorInput {
    /// As the user gave it, with the file within a zip file; `standard input` for `-`.
    let name: String
    let connector: any Connector
    /// Why this connector; nil when the user named it.
    let recognition: Recognition?
    /// First bytes of the input.
    let head: [UInt8]
    let file: InputFile
    private let place: InputPlace

    /// Bytes that a decoder is given at once.
    private static let chunkSize = 256 << 10

    init(path: String, connectorName: String?) throws { try self.init(InputPlace(path: path), connectorName: connectorName) }

    /// - Parameter option: with which the user names a connector.
    init(_ place: InputPlace, connectorName: String?, option: String = "--connector") throws {
        let file = try place.open()
        let path = file.path
        let outer = path == "-" ? "standard input" : path
        let name = file.entryName.map { "\(outer)/\($0)" } ?? outer
        let head = try file.peek(ConnectorRegistry.headLength)
        // Nothing says what nothing is; of a format that was named it is no records.
        if head.isEmpty, connectorName == nil { throw CommandFailure("\(name) is empty: it cannot be recognised, name its format with \(option)") }
        let looked = try connectorName == nil ? Self.longerHead(head, of: file, name: name) : head
        do throws(RecognitionFailure) {
            if let connectorName {
                connector = try ConnectorRegistry.standard.connector(named: connectorName)
                recognition = nil
            } else {
                (connector, recognition) = try Self.recognise(looked, name: name)
            }
        } catch {
            if case .unknownName = error { throw CommandFailure.usage("\(option): \(error)") }
            throw CommandFailure("\(name): \(error.description(option: option))")
        }
        self.name = name
        self.head = head
        self.file = file
        self.place = place
    }

    /// More of a file whose first JSON record goes on for longer than recognition sees at first.
    static func longerHead(_ head: [UInt8], of file: InputFile, name: String) throws -> [UInt8] {
        var head = head
        while ConnectorRegistry.standard.wantsMore(head[...], fileName: name) {
            let more = try file.peek(head.count * 8)
            if more.count == head.count { break }
            head = more
        }
        return head
    }

    private static func recognise(_ head: [UInt8], name: String) throws(RecognitionFailure) -> (any Connector, Recognition?) {
        let found = try ConnectorRegistry.standard.recognise(head: head[...], fileName: name)
        return (found.connector, found.recognition)
    }

    /// Hands every operation of the input to `body`, in order. What had to be guessed is said on standard error.
    func forEachOperation(_ configuration: ConnectorConfiguration, _ body: (Operation, InputFile) throws -> Void) throws {
        let context = DecodingContext(fileName: name, receivedAt: file.modified, people: place.people(connector), memory: place.memory)
        var decoder = try connector.makeDecoder(configuration, context: context)
        func decode(_ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool) throws {
            try InputErrors.naming(name) { try decoder.decode(bytes, isLast: isLast) { try body($0, file) } }
        }
        let isRead = try connector.readsWhole && file.withMapped { try decode($0, isLast: true) }
        if !isRead { try readChunks(decode) }
        if recognition != nil, let mapping = configuration.mapping, passesOver(mapping) {
            StandardError.write("attune: \(name): \(connector.name) does not use the mapping: --connector csv or jsonl reads the file by it\n")
        }
        for remark in decoder.remarks { StandardError.write("attune: \(name): \(remark)\n") }
    }

    /// Whether the file has what a mapping takes the text from, and is read by its format in another way. The configuration may be about other
    /// files of the command.
    private func passesOver(_ mapping: FieldMapping) -> Bool {
        if connector.documentation.options.contains(where: { $0.key.split(separator: ", ").contains("mapping") }) { return false }
        let beginning = String(decoding: head, as: UTF8.self)
        let columns = beginning.prefix { !$0.isNewline }.split { ",;\t|".contains($0) }
        return mapping.paths[.text, default: []].contains { path in
            let name = path.split(separator: "/").last ?? Substring(path)
            return columns.contains(name) || beginning.contains("\"\(name)\":")
        }
    }

    private func readChunks(_ body: (UnsafeBufferPointer<UInt8>, _ isLast: Bool) throws -> Void) throws {
        var chunk = ByteBuffer(capacity: Self.chunkSize)
        var isLast = false
        while !isLast {
            chunk.removeAll()
            isLast = try file.read(into: &chunk) == 0
            try body(chunk.bytes, isLast)
        }
    }
}

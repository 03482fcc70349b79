import AttuneCore

/// A parsed payload, as connectors of JSON formats see it. They read it by its accessors only.
typealias Payload = JSONValue

/// The decoder of every JSON format: hands each document, line or wrapped record to one pure function.
struct PayloadDecoder: Decoder {
    /// Operations of one payload and the 1-based line it begins in; never empty.
    typealias Read = (_ payload: Payload, _ line: Int) -> [Operation]

    private let read: Read
    private var items: JSONItems

    /// - Parameter unwraps: whether an object with its records in `items`, `data`, `messages` or `results` is taken apart.
    init(unwraps: Bool = false, read: @escaping Read) {
        self.read = read
        items = JSONItems(unwraps: unwraps)
    }

    mutating func decode(_ chunk: UnsafeBufferPointer<UInt8>, isLast: Bool, emit: (Operation) throws -> Void) throws {
        let read = read
        try items.feed(chunk, isLast: isLast) { item, line in
            switch item {
            case .rejected(let reason): try emit(.rejected(Rejection(reason: reason, line: line)))
            case .value(let bytes):
                for operation in Self.operations(bytes, line: line, read) { try emit(operation) }
            }
        }
    }

    private static func operations(_ bytes: UnsafeBufferPointer<UInt8>, line: Int, _ read: Read) -> [Operation] {
        do throws(JSONParser.Failure) { return read(try JSONParser.parse(bytes), line) } catch {
            return [.rejected(Rejection(reason: "not JSON: \(error.description)", line: line))]
        }
    }
}

import AttuneCore

/// A parsed payload, as connectors of JSON formats see it: what they do not ask for is not decoded.
typealias Payload = JSONNode

/// The decoder of every JSON format: hands each document, line or wrapped record to one pure function.
struct PayloadDecoder: Decoder {
    /// Operations of one payload and the 1-based line it begins in; never empty.
    typealias Read = (_ payload: Payload, _ line: Int) -> [Operation]

    private let read: Read
    private let told: () -> [String]
    private var items: JSONItems

    var remarks: [String] { told() }

    /// - Parameters:
    ///   - unwraps: whether an object with its records in `items`, `data`, `messages` or `results` is taken apart.
    ///   - remarks: asked once the input is read.
    init(unwraps: Bool = false, remarks: @escaping () -> [String] = { [] }, read: @escaping Read) {
        self.read = read
        told = remarks
        items = JSONItems(unwraps: unwraps)
    }

    /// Operations of a payload of which records are damaged, with what is wrong for what the reader could only find to be no record: by their
    /// lines, where those tell. What the reader passed over is told behind the others.
    static func told(_ damaged: [Rejection], _ operations: [Operation]) -> [Operation] {
        var waiting = Dictionary(grouping: damaged, by: \.line).mapValues { $0[...] }
        let counts = waiting.mapValues(\.count)
        var found: [Int?: Int] = [:]
        for case .rejected(let rejection) in operations { found[rejection.line, default: 0] += 1 }
        var told = operations
        for (index, operation) in operations.enumerated() {
            guard case .rejected(let rejection) = operation, let known = waiting[rejection.line]?.popFirst() else { continue }
            // Where there are more, others of the same line may be meant.
            if found[rejection.line] ?? 0 <= counts[rejection.line] ?? 0 { told[index] = .rejected(known) }
        }
        return told + waiting.values.joined().sorted { $0.line ?? 0 < $1.line ?? 0 }.map { .rejected($0) }
    }

    mutating func decode(_ chunk: UnsafeBufferPointer<UInt8>, isLast: Bool, emit: (Operation) throws -> Void) throws {
        let read = read
        try items.feed(chunk, isLast: isLast) { item, line in
            switch item {
            case .rejected(let reason): try emit(.rejected(Rejection(reason: reason, line: line)))
            case .value(let payload): for operation in read(payload, line) { try emit(operation) }
            case .mended(let payload, let damaged): for operation in Self.told(damaged, read(payload, line)) { try emit(operation) }
            }
        }
    }
}

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

    var remarks: [String] {
        let told = told() + (items.commaRemark.map { [$0] } ?? [])
        guard items.mendedValues > 0 else { return told }
        let what = items.mendedValues == 1 ? "1 value was" : "\(items.mendedValues) values were"
        return told + ["\(what) malformed (half a character, another encoding, NaN): read with U+FFFD or null for what is wrong"]
    }

    /// - Parameters:
    ///   - unwraps: whether an object with its records in `items`, `data`, `messages` or `results` is taken apart.
    ///   - keepsBeforeCut: whether the records of a document that breaks off behind them say all that counts themselves.
    ///   - remarks: asked once the input is read.
    init(
        unwraps: Bool = false, keepsBeforeCut: Bool = false, remarks: @escaping () -> [String] = { [] }, read: @escaping Read
    ) {
        self.read = read
        told = remarks
        items = JSONItems(unwraps: unwraps, keepsBeforeCut: keepsBeforeCut)
    }

    mutating func decode(_ chunk: UnsafeBufferPointer<UInt8>, isLast: Bool, emit: (Operation) throws -> Void) throws {
        let read = read
        try items.feed(chunk, isLast: isLast) { item, line in
            switch item {
            case .rejected(let reason): try emit(.rejected(Rejection(reason: reason, line: line)))
            case .value(let payload), .mended(let payload, _): for operation in read(payload, line) { try emit(operation) }
            }
        }
    }
}

import AttuneCore

/// Decodes a caption file. Holds it as a whole: whether `Name: ` is a speaker is only known from all cues.
struct CaptionDecoder: Decoder {
    enum Form { case vtt, srt }

    private let form: Form
    private let connector: String
    private let configuration: ConnectorConfiguration
    private let context: DecodingContext
    private var encoding = TextEncoding()
    private var held: [UInt8] = []
    private var isTooLong = false
    private(set) var remarks: [String] = []

    init(_ form: Form, connector: String, configuration: ConnectorConfiguration, context: DecodingContext) {
        self.form = form
        self.connector = connector
        self.configuration = configuration
        self.context = context
    }

    mutating func decode(_ chunk: UnsafeBufferPointer<UInt8>, isLast: Bool, emit: (Operation) throws -> Void) throws {
        encoding.decode(chunk, isLast: isLast) { bytes in
            isTooLong = isTooLong || held.count + bytes.count > DecodingLimits.document
            if isTooLong { held = [] } else { held.append(contentsOf: bytes) }
        }
        guard isLast else { return }
        if isTooLong { throw UnreadableInput("the captions are larger than \(DecodingLimits.document >> 20) MiB: split them") }
        let bytes = held
        held = []
        if !bytes.contains(where: { $0 > 32 }) { return }
        let isUTF8 = bytes.withUnsafeBufferPointer { WellFormed.utf8($0) }
        guard form == .srt || Self.hasHeader(Self.beginning(of: bytes[...])) else {
            return try emit(.rejected(Rejection(reason: "the file does not begin with WEBVTT: is it SRT? choose it with --connector srt", line: 1)))
        }
        try (isUTF8 ? bytes : Self.repaired(bytes)).withUnsafeBufferPointer { try read($0, emit) }
    }

    /// Says where another file of the same name makes one conversation with this one.
    private mutating func noteName() {
        guard let file = context.fileName, let name = RecordingName.conversation(context),
            let names = context.memory?.kept(by: "\(connector) names", { RecordingNames() }), names.isTaken(name, by: file)
        else { return }
        remarks = ["another file is called \(name), too, and both are taken for one conversation: give each recording's file a name of its own"]
    }

    /// UTF-8 of a text that is none: with marks for its damaged bytes where it has other letters of UTF-8, else of Windows-1252.
    private static func repaired(_ bytes: [UInt8]) -> [UInt8] {
        let text = String(decoding: bytes, as: UTF8.self)
        var (letters, damaged) = (0, 0)
        for scalar in text.unicodeScalars where scalar.value >= 0x80 {
            if scalar.value == 0xFFFD { damaged += 1 } else { letters += 1 }
        }
        return Array((letters >= damaged ? text : Windows1252.text(bytes)).utf8)
    }

    private mutating func read(_ bytes: UnsafeBufferPointer<UInt8>, _ emit: (Operation) throws -> Void) throws {
        var scanner = CaptionScanner(bytes, isVTT: form == .vtt)
        var items = [CaptionScanner.Item]()
        while let item = scanner.next() { items.append(item) }
        if items.isEmpty { return try emit(.ignored(reason: "empty")) }
        noteName()
        var reader = CaptionReader(connector: connector, configuration: configuration, context: context, language: scanner.language)
        try reader.read(items, bytes, emit)
    }

    /// A file from its first line that is not blank, without its byte order mark.
    static func beginning(of bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        (bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes).drop { $0 <= 32 }
    }

    /// Whether a file begins with the word WEBVTT.
    static func hasHeader(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard bytes.starts(with: "WEBVTT".utf8) else { return false }
        let next = bytes.dropFirst(6).first
        return next == nil || next.map { $0 <= 32 } == true
    }
}

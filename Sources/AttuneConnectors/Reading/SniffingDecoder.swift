import AttuneCore

/// Chooses among the decoders of a format with several forms (JSON or XML, JSON or a table) by how the input begins.
struct SniffingDecoder: Decoder {
    /// Makes the decoder for an input whose first bytes, without byte order mark and blanks, these are; at most two of them.
    typealias Choose = (_ first: [UInt8]) throws -> any Decoder

    private let choose: Choose
    private var chosen: (any Decoder)?
    private var held: [UInt8] = []

    init(choose: @escaping Choose) { self.choose = choose }

    mutating func decode(_ chunk: UnsafeBufferPointer<UInt8>, isLast: Bool, emit: (Operation) throws -> Void) throws {
        if chosen != nil { return try pass(chunk, isLast: isLast, emit) }
        held.append(contentsOf: chunk)
        let first = Self.first(of: held)
        guard first.count == 2 || isLast else { return }
        chosen = try choose(first)
        let bytes = held
        held = []
        try bytes.withUnsafeBufferPointer { try pass($0, isLast: isLast, emit) }
    }

    var remarks: [String] { chosen?.remarks ?? [] }

    private mutating func pass(_ chunk: UnsafeBufferPointer<UInt8>, isLast: Bool, _ emit: (Operation) throws -> Void) throws {
        guard var decoder = chosen.take() else { return }
        try decoder.decode(chunk, isLast: isLast, emit: emit)
        chosen = decoder
    }

    /// The first two bytes that are no marks, blanks or halves of UTF-16 letters.
    private static func first(of bytes: [UInt8]) -> [UInt8] {
        Array(bytes.lazy.filter { $0 > 32 && ![0xEF, 0xBB, 0xBF, 0xFE, 0xFF].contains($0) }.prefix(2))
    }
}

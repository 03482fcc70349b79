import CKernels
import Foundation

@testable import AttuneEngine

/// Every variant of every kernel beside the scalar one, on the same bytes at every alignment.
private let variants: [attune_kernels] = [attune_level_scalar, attune_level_sse2, attune_level_avx2, attune_level_neon].compactMap {
    attune_kernels_at($0)?.pointee
}
private let rowCount = 64
private let mostLanes = 64
/// Rows of mixed weights, the extremes among them, and words whose lanes go up to the limit.
private let table: [Int8] = (0..<rowCount * mostLanes).map { Int8(truncatingIfNeeded: ($0 &* 2_654_435_761) >> 7) }
private let words: [UInt8] = (0..<rowCount).flatMap { row in
    let wide = (0..<mostLanes).flatMap { lane -> [UInt8] in
        let largest = Int(attune_largest_lane)
        let mixed = ((row * mostLanes + lane) &* 2_654_435_761) >> 9
        return withUnsafeBytes(of: Int16(mixed % (2 * largest + 1) - largest)) { Array($0) }
    }
    return wide + table[row * mostLanes..<(row + 1) * mostLanes].map { UInt8(bitPattern: $0) }
}

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    promise(variants.count > 1, "there is something to compare")
    let bytes = UnsafeBufferPointer(start: data, count: count)
    // Its own memory at any address: the kernels must not need alignment, and the sanitizer sees what lies behind the end.
    let shift = choice(bytes, below: 64)
    let memory = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: count + shift)
    defer { memory.deallocate() }
    memory.initialize(repeating: 0x41)
    for index in 0..<count { memory[shift + index] = bytes[index] }
    let input = UnsafeBufferPointer(rebasing: UnsafeBufferPointer(memory)[shift...])
    for kernels in variants.dropFirst() {
        for (name, answer) in kernelsToTry {
            let expected = answer(variants[0], input)
            promise(answer(kernels, input) == expected, "\(name) of level \(kernels.level.rawValue), \(count) bytes shifted by \(shift)")
        }
    }
    return 0
}

/// What a variant makes of an input, as bytes.
private let kernelsToTry: [(name: String, answer: @Sendable (attune_kernels, UnsafeBufferPointer<UInt8>) -> [UInt8])] = [
    ("newline", newline), ("scan", scan), ("words", tokens), ("add_rows", addRows), ("add_grams", addGrams),
    ("add_words", addWords), ("log_odds", logOdds), ("choose", choose), ("exponentials", exponentials),
]

/// 16, 32, 48 or 64, as the input chooses.
private func lanes(_ input: UnsafeBufferPointer<UInt8>) -> Int { 16 * (1 + input.count % (mostLanes / 16)) }

/// Finite numbers of any size, made of two bytes each.
private func numbers(_ input: UnsafeBufferPointer<UInt8>, _ count: Int) -> [Double] {
    (0..<count).map { index in
        guard !input.isEmpty else { return 0 }
        let bits = Int16(bitPattern: UInt16(input[2 * index % input.count]) << 8 | UInt16(input[(2 * index + 1) % input.count]))
        return Double(bits) / (index % 3 == 0 ? 1 : 512)
    }
}

@Sendable private func newline(_ kernels: attune_kernels, _ input: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    guard let start = input.baseAddress else { return [] }
    return bytes([kernels.newline(start, input.count)])
}

@Sendable private func scan(_ kernels: attune_kernels, _ input: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    guard let start = input.baseAddress else { return [] }
    let blockCount = (input.count + 63) / 64
    var lower = [UInt8](repeating: 0xAA, count: blockCount * 64)
    var blocks = [attune_block](repeating: attune_block(), count: blockCount)
    kernels.scan(start, input.count, &lower, &blocks)
    return lower + bytes(blocks)
}

/// What the tokenizer makes of the words that the kernel reads; the scalar one leaves all of them to it.
@Sendable private func tokens(_ kernels: attune_kernels, _ input: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    guard let variant = attune_kernels_at(kernels.level) else { return [] }
    var scratch = TokenizerScratch(kernels: variant)
    var buffer = TokenBuffer()
    Tokenizer().tokenize(input, scratch: &scratch, into: &buffer)
    return buffer.tokens.flatMap { token in
        bytes([token.span.start, token.span.end, token.foldedStart, token.foldedCount, token.repeats])
            + [token.kind.rawValue, token.shape.rawValue]
    }
}

@Sendable private func addRows(_ kernels: attune_kernels, _ input: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var sums = (0..<lanes(input)).map { Int32($0) }
    kernels.add_rows(table, input.map { UInt32($0) % UInt32(rowCount) }, input.count, .max, &sums, sums.count)
    return bytes(sums)
}

@Sendable private func addGrams(_ kernels: attune_kernels, _ input: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    // One shape in two is that of our own pack.
    let (first, second) = input.count % 2 == 0 ? (16, 32) : (lanes(input), 16)
    var sums = (0..<first + second).map { Int32($0) }
    table.withUnsafeBufferPointer { table in
        var tables = attune_gram_tables(
            first: table.baseAddress, second: table.baseAddress, fine: input.count % 3 == 0 ? nil : table.baseAddress, first_lanes: first,
            second_lanes: second, first_mask: 15, second_mask: 7, fine_mask: 127)
        kernels.add_grams(&tables, input.map { UInt32($0) &* 0x9E37_79B1 &>> 8 }, input.count, &sums)
    }
    return bytes(sums)
}

@Sendable private func exponentials(_ kernels: attune_kernels, _ input: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var values = numbers(input, input.count & ~3)
    kernels.exponentials(&values, values.count)
    return bytes(values)
}

@Sendable private func addWords(_ kernels: attune_kernels, _ input: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    let narrow = lanes(input), wide = input.first.map { 16 * Int($0 & 3) } ?? 48
    var sums = (0..<wide + narrow).map { Int32($0) }
    words.withUnsafeBufferPointer { words in
        guard let start = words.baseAddress else { return }
        let chosen = input.prefix(Int(attune_most_words)).map { start + Int($0) % rowCount * 3 * mostLanes }
        kernels.add_words(chosen, chosen.count, &sums, wide, narrow)
    }
    return bytes(sums)
}

@Sendable private func logOdds(_ kernels: attune_kernels, _ input: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    let width = lanes(input), columns = 4
    let features = (0..<input.count % 9).map { attune_feature(value: numbers(input, 9)[$0], column: $0 % columns) }
    let sums = numbers(input, width).map { Int32($0) }
    var out = [Double](repeating: 7, count: width)
    kernels.log_odds(numbers(input, width * (2 + columns)), width, sums, 1 / Double(1 + input.count), features, features.count, &out)
    return bytes(out)
}

@Sendable private func choose(_ kernels: attune_kernels, _ input: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    let width = lanes(input) / 2
    // Some lanes are out, never the first.
    let priors = (0..<width).map { $0 > 0 && !input.isEmpty && input[$0 % input.count] & 3 == 0 ? -Double.infinity : 0 }
    let choice = kernels.choose(numbers(input, width), priors, width)
    return bytes([choice.lane]) + bytes([choice.total, choice.largest])
}

private func bytes<Value>(_ values: [Value]) -> [UInt8] { values.withUnsafeBytes { Array($0) } }

/// The features of an outline: every symbol with each of those that follow it closely, in order.
///
/// Pairs and not longer runs: `praise … again … problem` and `praise, problem` share the pair that matters, whatever stands between.
enum OutlinePairs {
    /// Symbols that a symbol is paired with, those right behind it.
    static let reach = 13
    /// Symbols that may be looked at behind the last one of an outline, as pairs are summed up by four.
    static let padding = 4
    /// A pair's row is `first · Symbol.count + second`.
    static let configuration = FeatureConfiguration(
        tableBits: 15, wordOrder: 0, minimumCharacters: 2, maximumCharacters: 0, symbols: false, dense: false)

    /// The rows of a text, in order of their first symbol.
    static func rows(_ outline: TextOutline, into rows: inout [UInt32]) {
        rows.removeAll(keepingCapacity: true)
        forEach(outline) { row, _, _ in rows.append(row) }
    }

    /// Calls with each pair's row and the places of its symbols.
    static func forEach(_ outline: TextOutline, _ body: (UInt32, Int, Int) -> Void) {
        let symbols = outline.symbols
        for first in symbols.indices {
            for second in first + 1..<max(first + 1, min(first + 1 + reach, symbols.count)) {
                body(UInt32(symbols[first]) * UInt32(TextOutline.Symbol.count) + UInt32(symbols[second]), first, second)
            }
        }
    }

    /// How many pairs an outline of so many symbols has.
    @inline(__always)
    static func count(_ symbols: Int) -> Int {
        let whole = max(0, symbols &- reach)
        let rest = symbols &- whole
        return whole &* reach &+ rest &* (rest &- 1) / 2
    }
}

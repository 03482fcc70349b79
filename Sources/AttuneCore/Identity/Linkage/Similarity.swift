/// How alike two short strings of ASCII bytes are.
enum Similarity {
    /// Bytes beyond which a value is cut before it is compared: quadratic work needs a limit.
    static let byteLimit = 64

    /// Jaro–Winkler similarity, 0…1; the prefix counts up to four bytes with weight .1.
    static func jaroWinkler(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Double {
        let (n, m) = (min(a.count, byteLimit), min(b.count, byteLimit))
        guard n > 0, m > 0 else { return n == m ? 1 : 0 }
        let window = max(0, max(n, m) / 2 - 1)
        var usedA: UInt64 = 0
        var usedB: UInt64 = 0
        var matches = 0
        for i in 0..<n {
            let low = max(0, i - window)
            let high = min(m, i + window + 1)
            var j = low
            while j < high {
                if b[j] == a[i], usedB & (1 << UInt64(j)) == 0 {
                    usedA |= 1 << UInt64(i)
                    usedB |= 1 << UInt64(j)
                    matches += 1
                    break
                }
                j += 1
            }
        }
        guard matches > 0 else { return 0 }
        var transposed = 0
        var j = 0
        for i in 0..<n where usedA & (1 << UInt64(i)) != 0 {
            while usedB & (1 << UInt64(j)) == 0 { j += 1 }
            if a[i] != b[j] { transposed += 1 }
            j += 1
        }
        let c = Double(matches)
        let jaro = (c / Double(n) + c / Double(m) + (c - Double(transposed / 2)) / c) / 3
        var prefix = 0
        while prefix < min(4, n, m), a[prefix] == b[prefix] { prefix += 1 }
        return jaro + Double(prefix) * 0.1 * (1 - jaro)
    }

    /// Insertions, deletions, replacements and swaps of neighbours that make one of the other; `limit` + 1 when there are more.
    ///
    /// A column of the table of distances is two words of differences, one bit a row (Hyyrö, "A bit-vector algorithm for computing
    /// Levenshtein and Damerau edit distances", 2003).
    static func edits(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>, limit: Int) -> Int {
        let (n, m) = (min(a.count, byteLimit), min(b.count, byteLimit))
        guard abs(n - m) <= limit else { return limit + 1 }
        guard n > 0, m > 0 else { return max(n, m) }
        return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 256) { places in
            // Of each byte the places in `a` where it stands.
            places.initialize(repeating: 0)
            for i in 0..<n { places[Int(a[i])] |= 1 &<< UInt64(i) }
            let last: UInt64 = 1 &<< UInt64(n - 1)
            var (rises, falls, diagonal, before) = (UInt64.max, 0 as UInt64, 0 as UInt64, 0 as UInt64)
            var distance = n
            for j in 0..<m {
                let equal = places[Int(b[j])]
                let swapped = (~diagonal & equal) &<< 1 & before
                diagonal = ((equal & rises) &+ rises) ^ rises | equal | falls | swapped
                var up = falls | ~(diagonal | rises)
                let down = diagonal & rises
                if up & last != 0 { distance += 1 }
                if down & last != 0 { distance -= 1 }
                up = up &<< 1 | 1
                rises = down &<< 1 | ~(diagonal | up)
                falls = up & diagonal
                before = equal
            }
            return min(distance, limit + 1)
        }
    }

    /// Which bytes a text has, by their last six bits.
    static func letters(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 { text.reduce(0) { $0 | 1 &<< UInt64($1 & 63) } }

    /// How many bytes of a text are among these letters: no more of them can be matched with another text that has those.
    private static func count(_ text: UnsafeBufferPointer<UInt8>, among letters: UInt64) -> Int {
        var count = 0
        for byte in text { count &+= Int(truncatingIfNeeded: letters &>> UInt64(byte & 63) & 1) }
        return count
    }

    /// Whether their Jaro–Winkler similarity can reach `similarity`, or they can be within `limit` edits; false is certain.
    ///
    /// - Parameter letters: of each. What one has that the other lacks tells of most pairs that they are nothing alike.
    @inline(__always)
    static func canBeAlike(
        _ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>, letters: (UInt64, UInt64), similarity: Double, edits limit: Int
    ) -> Bool {
        let most = min(a.count &- (letters.0 & ~letters.1).nonzeroBitCount, b.count &- (letters.1 & ~letters.0).nonzeroBitCount)
        guard canBeAlike(a, b, common: most, similarity, limit) else { return false }
        return canBeAlike(a, b, common: min(count(a, among: letters.1), count(b, among: letters.0)), similarity, limit)
    }

    /// - Parameter common: bytes of the two that are matched with one another, at most.
    @inline(__always)
    private static func canBeAlike(
        _ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>, common: Int, _ similarity: Double, _ limit: Int
    ) -> Bool {
        let (n, m) = (a.count, b.count)
        if max(n, m) &- common <= limit { return true }
        let c = Double(common)
        let jaro = common == 0 ? 0 : (c / Double(n) + c / Double(m) + 1) / 3
        var prefix = 0
        while prefix < min(4, n, m), a[prefix] == b[prefix] { prefix += 1 }
        return jaro + Double(prefix) * 0.1 * (1 - jaro) >= similarity || n > byteLimit || m > byteLimit
    }

    static func edits(_ a: [UInt8], _ b: [UInt8], limit: Int) -> Int {
        a.withUnsafeBufferPointer { a in b.withUnsafeBufferPointer { b in edits(a, b, limit: limit) } }
    }

    static func jaroWinkler(_ a: [UInt8], _ b: [UInt8]) -> Double {
        a.withUnsafeBufferPointer { a in b.withUnsafeBufferPointer { b in jaroWinkler(a, b) } }
    }
}

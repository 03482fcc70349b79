/// Lists of numbers, one behind the other in one piece of memory: list i is `items[starts[i]..<starts[i + 1]]`.
struct Lists: Sendable, RandomAccessCollection {
    private(set) var starts: [Int32] = [0]
    private(set) var items: [Int32] = []

    init() {}

    /// Items by their list, in the order in which they come.
    init(count: Int, _ pairs: (_ put: (_ list: Int32, _ item: Int32) -> Void) -> Void) {
        var sizes = [Int32](repeating: 0, count: count + 1)
        pairs { list, _ in sizes[Int(list) + 1] += 1 }
        for i in 0..<count { sizes[i + 1] += sizes[i] }
        var items = [Int32](repeating: 0, count: Int(sizes[count]))
        var next = sizes
        pairs { list, item in
            items[Int(next[Int(list)])] = item
            next[Int(list)] += 1
        }
        starts = sizes
        self.items = items
    }

    var count: Int { starts.count - 1 }
    var startIndex: Int { 0 }
    var endIndex: Int { count }

    var footprint: Int { 4 * (starts.capacity + items.capacity) }

    /// Where the items of a list stand.
    @inline(__always)
    func range(_ i: Int) -> Range<Int> { Int(starts[i])..<Int(starts[i + 1]) }

    subscript(_ i: Int) -> ArraySlice<Int32> { items[Int(starts[i])..<Int(starts[i + 1])] }

    func size(_ i: Int) -> Int { Int(starts[i + 1] - starts[i]) }

    /// Items of each list.
    var sizes: [Int32] { (0..<count).map { starts[$0 + 1] - starts[$0] } }

    mutating func append(_ item: Int32) { items.append(item) }

    mutating func append(contentsOf list: ArraySlice<Int32>) { items.append(contentsOf: list) }

    /// Replaces every item in place.
    mutating func mapItems(_ replacement: (Int32) -> Int32) {
        for i in items.indices { items[i] = replacement(items[i]) }
    }

    /// Replaces every item in place; what becomes negative, or is in its list already, is left out.
    mutating func replaceItems(_ replacement: (Int32) -> Int32) {
        var (read, written) = (0, 0)
        for i in 0..<count {
            let (start, end) = (written, Int(starts[i + 1]))
            while read < end {
                let item = replacement(items[read])
                read += 1
                guard item >= 0, !items[start..<written].contains(item) else { continue }
                items[written] = item
                written += 1
            }
            starts[i + 1] = Int32(written)
        }
        items.removeLast(items.count - written)
    }

    /// The lists in another order.
    func ordered(_ order: [Int32]) -> Lists {
        var result = Lists()
        result.items.reserveCapacity(items.count)
        result.starts.reserveCapacity(starts.count)
        for i in order {
            result.append(contentsOf: self[Int(i)])
            result.endList()
        }
        return result
    }

    /// Ends the list that items were appended to.
    mutating func endList() { starts.append(Int32(items.count)) }

    /// Whether the list that items are appended to has it.
    func endsWith(_ item: Int32) -> Bool {
        var at = Int(starts[starts.count - 1])
        while at < items.count {
            if items[at] == item { return true }
            at += 1
        }
        return false
    }
}

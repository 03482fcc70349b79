/// Plain values in memory that is used again for the next text: an array without reference counts, bounds checks and copies.
///
/// Elements own nothing that would have to be released (`Range` is such a type, though not declared `BitwiseCopyable`).
/// It is scratch of one thread. Copies of the value share the memory, so a copy is good only until the original grows or is emptied.
public struct Column<Element>: RandomAccessCollection, MutableCollection {
    /// Frees the memory when the last copy is gone.
    private final class Owner {
        var base: UnsafeMutablePointer<Element>
        init(_ base: UnsafeMutablePointer<Element>) { self.base = base }
        deinit { base.deallocate() }
    }

    /// Room behind the last value: words are read by sixteen bytes at a time.
    private static var slack: Int { 16 }

    private let owner: Owner
    private(set) var base: UnsafeMutablePointer<Element>
    private var capacity: Int
    public private(set) var count = 0

    public init() { self.init(capacity: 32) }

    public init(_ values: some Collection<Element>) {
        self.init(capacity: Swift.max(values.count, 1))
        for value in values { append(value) }
    }

    init(capacity: Int) {
        precondition(_isPOD(Element.self), "a column holds plain values")
        base = .allocate(capacity: capacity + Self.slack)
        owner = Owner(base)
        self.capacity = capacity
    }

    public var startIndex: Int { 0 }
    public var endIndex: Int { count }

    @inline(__always)
    public subscript(position: Int) -> Element {
        get {
            assert(position >= 0 && position < count)
            return base[position]
        }
        nonmutating set {
            assert(position >= 0 && position < count)
            base[position] = newValue
        }
        nonmutating _modify {
            assert(position >= 0 && position < count)
            yield &base[position]
        }
    }

    @inline(__always)
    mutating func append(_ value: Element) {
        if count == capacity { grow(to: count &+ 1) }
        (base + count).initialize(to: value)
        count &+= 1
    }

    @inline(__always)
    mutating func append(contentsOf values: UnsafeBufferPointer<Element>) {
        reserve(count &+ values.count)
        for index in 0..<values.count { (base + count + index).initialize(to: values[index]) }
        count &+= values.count
    }

    mutating func replace(_ values: [Element]) {
        removeAll()
        reserve(values.count)
        for value in values { append(value) }
    }

    /// Appends a value as often as told.
    @inline(__always)
    mutating func append(_ value: Element, times: Int) {
        reserve(count &+ times)
        (base + count).initialize(repeating: value, count: times)
        count &+= times
    }

    @inline(__always)
    mutating func removeLast() -> Element {
        assert(count > 0)
        count &-= 1
        return base[count]
    }

    @inline(__always)
    mutating func removeAll() { count = 0 }

    /// Makes room for so many values; what is behind `count` is not initialised.
    @inline(__always)
    mutating func reserve(_ needed: Int) {
        if needed > capacity { grow(to: needed) }
    }

    /// Sets the number of values, after they were written through `base`, or to forget the last ones.
    @inline(__always)
    mutating func setCount(_ newCount: Int) {
        assert(newCount <= capacity)
        count = newCount
    }

    @inline(never)
    private mutating func grow(to needed: Int) {
        let larger = UnsafeMutablePointer<Element>.allocate(capacity: Swift.max(needed, 2 * capacity) + Self.slack)
        larger.initialize(from: base, count: count)
        base.deallocate()
        base = larger
        owner.base = larger
        capacity = Swift.max(needed, 2 * capacity)
    }

    /// The values, valid until the column grows.
    @inline(__always)
    var buffer: UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: base, count: count) }
}

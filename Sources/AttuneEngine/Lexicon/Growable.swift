/// Memory of plain values that grows at its end and is read through a bare pointer: the tables of a lexicon.
final class Growable<Element: BitwiseCopyable> {
    private(set) var pointer: UnsafeMutablePointer<Element>
    private(set) var count: Int
    private var capacity: Int

    init(repeating value: Element, count: Int) {
        self.count = count
        capacity = max(count, 16)
        pointer = .allocate(capacity: capacity)
        pointer.initialize(repeating: value, count: count)
    }

    deinit { pointer.deallocate() }

    func append(_ value: Element) {
        if count == capacity {
            let larger = UnsafeMutablePointer<Element>.allocate(capacity: 2 * capacity)
            larger.moveInitialize(from: pointer, count: count)
            pointer.deallocate()
            pointer = larger
            capacity *= 2
        }
        (pointer + count).initialize(to: value)
        count += 1
    }
}

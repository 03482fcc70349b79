import AttuneEngine
import Testing

@testable import AttuneCore

@Suite struct ByteTableTests {
    @Test func equalBytesAreOneString() {
        var table = ByteTable()
        var numbers: [String: Int32] = [:]
        var generator = SplitMix64(seed: 5)
        for _ in 0..<5_000 {
            let text = String((0..<Int.random(in: 0...20, using: &generator)).map { _ in "ab".randomElement(using: &generator) ?? "a" })
            let number = table.intern(text)
            if let old = numbers[text] { #expect(number == old) } else { numbers[text] = number }
        }
        #expect(table.count == numbers.count && Set(numbers.values).count == numbers.count)
        for (text, number) in numbers {
            #expect(table.text(of: number) == text)
            #expect(Array(text.utf8).withUnsafeBufferPointer { table.find($0) } == number)
        }
        #expect(Array("abc".utf8).withUnsafeBufferPointer { table.find($0) } == nil)
    }

    @Test func anIndexComesBackWithTheNextString() {
        var table = ByteTable((0..<500).map { "s\($0)" })
        let before = table.footprint
        table.releaseIndex()
        #expect(table.footprint < before && table.text(of: 7) == "s7")
        #expect(table.intern("s7") == 7 && table.intern("new") == 500 && table.count == 501)
    }

    @Test func aTagTellsEqualBytesApart() {
        var table = ByteTable()
        let (a, b) = (table.intern("x", tag: 1), table.intern("x", tag: 2))
        #expect(a != b && table.intern("x", tag: 1) == a && table.count == 2)
    }

    /// In the memory of the strings, whether what comes out is shorter or longer, and how much of it.
    @Test func stringsAreReplacedInPlace() {
        var generator = SplitMix64(seed: 8)
        for growth in [0, 1, 40] {
            let texts = (0..<3_000).map { "\($0 % 1_700)" + String(repeating: "x", count: Int.random(in: 0...12, using: &generator)) }
            var table = ByteTable()
            for (i, text) in texts.enumerated() { table.intern(text, tag: UInt32(i % 2)) }
            let old = (0..<Int32(table.count)).map { (text: table.text(of: $0), tag: table.tag(of: $0)) }
            let replaced = { (text: String, tag: UInt32) -> (text: String, tag: UInt32)? in
                if text.hasPrefix("9") { return nil }
                if text.hasPrefix("8") { return ("", tag) }
                return (text.filter { $0 != "x" } + String(repeating: "y", count: text.utf8.count % 3 * growth), tag + 5)
            }
            var expected = ByteTable()
            let numbers = old.map { item in replaced(item.text, item.tag).flatMap { expected.intern($0.text, tag: $0.tag) } ?? -1 }
            let found = table.replaceAll { text, tag, value in
                guard let new = replaced(String(decoding: text, as: UTF8.self), tag) else { return nil }
                value.append(contentsOf: new.text.utf8)
                return new.tag
            }
            #expect(found == numbers && numbers.contains(-1) && table.count == expected.count && table.count < old.count)
            for n in 0..<Int32(expected.count) {
                #expect(table.text(of: n) == expected.text(of: n) && table.tag(of: n) == expected.tag(of: n))
                #expect(table.intern(expected.text(of: n), tag: expected.tag(of: n)) == n)
            }
        }
        var empty = ByteTable()
        #expect(empty.replaceAll { _, tag, _ in tag } == [] && empty.count == 0)
    }

    @Test func setsGoOnAfterTheirGroupsWereTold() {
        var generator = SplitMix64(seed: 9)
        var (told, silent) = (DisjointSets(count: 200), DisjointSets(count: 200))
        for _ in 0..<60 {
            let (a, b) = (Int.random(in: 0..<200, using: &generator), Int.random(in: 0..<200, using: &generator))
            told.join(a, b)
            silent.join(a, b)
            let groups = told.groups()
            #expect((0..<200).allSatisfy { told.root($0) == silent.root($0) })
            #expect(groups.allSatisfy { group in group.allSatisfy { told.root(Int($0)) == Int(group.first ?? -1) } })
        }
        #expect(told.groups().map(Array.init) == silent.takeGroups().map(Array.init))
    }

    @Test func listsKeepTheOrderOfTheirItems() {
        let lists = Lists(count: 3) { put in for (list, item) in [(2, 5), (0, 1), (2, 4), (0, 9)] as [(Int32, Int32)] { put(list, item) } }
        #expect(Array(lists[0]) == [1, 9] && lists[1].isEmpty && Array(lists[2]) == [5, 4] && lists.count == 3)
    }

    @Test func radixSortSorts() {
        var generator = SplitMix64(seed: 6)
        for count in [0, 1, 300, 5_000, 20_000] {
            let numbers = (0..<count).map { _ in UInt64.random(in: 0...(1 << 40), using: &generator) }
            var sorted = numbers
            RadixSort.sort(&sorted)
            #expect(sorted == numbers.sorted())
        }
        var equal = [UInt64](repeating: .max, count: 5_000) + [0]
        RadixSort.sort(&equal)
        #expect(equal.first == 0)
    }

    @Test func itemsOfListsAreReplacedInPlace() {
        var lists = Lists()
        for list in [[4, 1, 2], [], [3], [1, 1, 5]] as [[Int32]] {
            lists.append(contentsOf: list[...])
            lists.endList()
        }
        // 4 and 2 become one, 3 none.
        lists.replaceItems { [9, 11, 12, -1, 12, 15][Int($0)] }
        #expect(lists.map(Array.init) == [[12, 11], [], [], [11, 15]])
        #expect(lists.ordered([3, 0, 1, 2]).map(Array.init) == [[11, 15], [12, 11], [], []])
    }

    @Test func anIndexComesBack() {
        var table = ByteTable(["a", "b", ""])
        table.releaseIndex()
        #expect(!table.contains("b"))
        table.restoreIndex()
        #expect(table.contains("b") && table.contains("") && !table.contains("c"))
        var empty = ByteTable()
        empty.restoreIndex()
        #expect(!empty.contains("a"))
    }

    @Test func idsComeBackAsTheyWere() {
        var ids = RecordIDs()
        let texts = (0..<1_000).map { $0 % 7 == 0 ? "" : String(repeating: "x", count: $0 % 5) + "\($0)" }
        for var text in texts { text.withUTF8 { ids.append($0) } }
        #expect(ids.count == 1_000 && texts.indices.allSatisfy { ids[$0].elementsEqual(texts[$0].utf8) })
        // All empty ones but the first.
        #expect(ids.repetitions() == (1..<1_000).filter { $0 % 7 == 0 })
        var numbers = RecordIDs()
        for n in 0..<500 { _ = "\(n)".utf8.withContiguousStorageIfAvailable { numbers.append($0) } }
        #expect(numbers.repetitions().isEmpty)
    }
}

extension ByteTable {
    fileprivate func contains(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { contains($0) }
    }
}

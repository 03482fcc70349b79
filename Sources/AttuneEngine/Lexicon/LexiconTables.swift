/// The tables of a lexicon as they lie in the sections of a pack.
struct LexiconTables {
    /// The three tables of words or prefixes.
    struct Words {
        let slots: PackTable<Vocabulary.Slot>
        let starts: PackTable<UInt32>
        let bytes: PackTable<UInt8>

        /// Words, counted from 1.
        var count: Int { starts.count - 2 }
        var view: Vocabulary.View { Vocabulary.View(slots: slots.start, mask: slots.count - 1, starts: starts.start, bytes: bytes.start) }
    }

    let sections: PackSections
    let words: Words
    let prefixes: Words
    let nodes: PackTable<PhraseAutomaton.NodeRecord>
    let edges: PackTable<PhraseAutomaton.Edge>
    let masks: PackTable<UInt64>
    let ends: PackTable<Int32>
    let prefixFilter: PackTable<UInt64>
    let entries: PackTable<CompactEntry>
    let termStarts: PackTable<UInt32>
    let termBytes: PackTable<UInt8>
    /// Codes by their bit in a mask.
    let languages: [String]
    private let facts: PackTable<UInt64>

    /// Numbers of the section `facts`.
    static let factCount = 3

    init(_ sections: PackSections) {
        self.sections = sections
        words = Words(
            slots: sections.table(.wordSlots, of: Vocabulary.Slot.self), starts: sections.table(.wordStarts, of: UInt32.self),
            bytes: sections.table(.wordBytes, of: UInt8.self))
        prefixes = Words(
            slots: sections.table(.prefixSlots, of: Vocabulary.Slot.self), starts: sections.table(.prefixStarts, of: UInt32.self),
            bytes: sections.table(.prefixBytes, of: UInt8.self))
        nodes = sections.table(.nodes, of: PhraseAutomaton.NodeRecord.self)
        edges = sections.table(.edges, of: PhraseAutomaton.Edge.self)
        masks = sections.table(.masks, of: UInt64.self)
        ends = sections.table(.ends, of: Int32.self)
        prefixFilter = sections.table(.prefixFilter, of: UInt64.self)
        entries = sections.table(.entries, of: CompactEntry.self)
        termStarts = sections.table(.termStarts, of: UInt32.self)
        termBytes = sections.table(.termBytes, of: UInt8.self)
        languages = Self.lines(sections.bytes(.languages))
        facts = sections.table(.facts, of: UInt64.self)
    }

    var hasFacts: Bool { facts.count == Self.factCount }
    /// See `Lexicon.hash`.
    var hash: UInt64 { hasFacts ? facts[0] : 0 }
    var rootCount: Int { hasFacts ? Int(clamping: facts[1]) : 0 }
    var prefixLengths: UInt64 { hasFacts ? facts[2] : 0 }

    /// The texts that a line feed closes.
    private static func lines(_ bytes: UnsafeRawBufferPointer) -> [String] {
        var lines: [String] = []
        var start = 0
        for end in 0..<bytes.count where bytes[end] == 0x0A {
            lines.append(String(decoding: bytes[start..<end], as: UTF8.self))
            start = end + 1
        }
        return lines
    }
}

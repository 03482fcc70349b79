/// The parts of a pack. A number is never used again for another meaning.
enum PackSection: UInt32, CaseIterable, Sendable {
    /// Numbers that are no tables: lexicon hash u64, words that begin a phrase u64, lengths of prefixes u64.
    case facts = 1
    /// Codes, each closed by a line feed, in the order of a mask's bits.
    case languages = 2
    /// `Vocabulary`'s three tables.
    case wordSlots = 3
    case wordStarts = 4
    case wordBytes = 5
    /// `PhraseAutomaton`'s tables.
    case nodes = 6
    case edges = 7
    case masks = 8
    case ends = 9
    case prefixSlots = 10
    case prefixStarts = 11
    case prefixBytes = 12
    case prefixFilter = 13
    /// `CompactEntry`s, and the terms they stand for.
    case entries = 14
    case termStarts = 15
    case termBytes = 16
    /// A whole model file.
    case model = 17

    /// Bytes of an element: the section's length is a multiple of it.
    var elementSize: Int {
        switch self {
        case .facts, .masks, .prefixFilter: 8
        case .languages, .wordBytes, .prefixBytes, .termBytes, .model: 1
        case .wordStarts, .prefixStarts, .termStarts, .ends: 4
        case .wordSlots, .prefixSlots: MemoryLayout<Vocabulary.Slot>.stride
        case .nodes: MemoryLayout<PhraseAutomaton.NodeRecord>.stride
        case .edges: MemoryLayout<PhraseAutomaton.Edge>.stride
        case .entries: MemoryLayout<CompactEntry>.stride
        }
    }
}

/// Where the sections of a pack lie in its memory.
struct PackSections: Sendable {
    let storage: ModelStorage
    private var ranges: [Range<Int>]

    /// No section is present.
    init(storage: ModelStorage) {
        self.storage = storage
        ranges = .init(repeating: 0..<0, count: PackSection.allCases.count)
    }

    /// Empty when the section is not there.
    subscript(section: PackSection) -> Range<Int> {
        get { ranges[Int(section.rawValue) - 1] }
        set { ranges[Int(section.rawValue) - 1] = newValue }
    }

    func bytes(_ section: PackSection) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: storage.bytes[self[section]]) }

    func table<Element: BitwiseCopyable>(_ section: PackSection, of type: Element.Type) -> PackTable<Element> {
        let range = self[section]
        return PackTable(
            start: (storage.base + range.lowerBound).assumingMemoryBound(to: type), count: range.count / MemoryLayout<Element>.stride)
    }
}

/// A section as elements, read where it lies.
struct PackTable<Element: BitwiseCopyable> {
    let start: UnsafePointer<Element>
    let count: Int

    /// Not checked against `count`.
    @inline(__always)
    subscript(_ index: Int) -> Element { start[index] }
}

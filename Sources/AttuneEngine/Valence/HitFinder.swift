import CKernels

/// Finds the lexicon's phrases in a text: in every layer the longest phrase from the left.
enum HitFinder {
    private typealias Layer = CompactEntry.Layer

    /// The best phrase of each layer from one token on; what `layers` does not name is left over.
    private struct Best {
        /// The phrase's entries.
        var first: InlineArray<16, UInt32> = .init(repeating: 0)
        var counts: InlineArray<16, UInt32> = .init(repeating: 0)
        var ends: InlineArray<16, Int32> = .init(repeating: 0)
        var layers: UInt16 = 0
    }

    static func find(_ context: RuleContext, _ reading: inout LexicalReading) {
        let count = context.count
        reading.negated.append(false, times: count)
        reading.idiom.append(0, times: count)
        findStarts(context, &reading.notes)
        var free = InlineArray<16, Int32>(repeating: 0)
        var best = Best()
        for start in reading.notes.starts {
            let index = start.token
            // Most words of a lexicon are an entry alone, and begin nothing longer here.
            if start.isOwnOnly {
                takeOwn(context, context.links[index], index, &free, &reading)
                continue
            }
            best.layers = 0
            collect(context, start, &best)
            var layers = best.layers
            while layers != 0 {
                let layer = layers.trailingZeroBitCount
                layers &= layers &- 1
                guard Int(free[unchecked: layer]) <= index else { continue }
                let end = best.ends[unchecked: layer]
                free[unchecked: layer] = end
                take(context, best.first[unchecked: layer], best.counts[unchecked: layer], layer, index..<Int(end), &reading)
            }
        }
    }

    /// Takes the entries that are a word.
    @inline(__always)
    private static func takeOwn(
        _ context: RuleContext, _ link: WordLink, _ index: Int, _ free: inout InlineArray<16, Int32>, _ reading: inout LexicalReading
    ) {
        var layers: UInt16 = 0
        for position in Int(link.first)..<Int(link.first) &+ Int(link.count) {
            let entry = context.entry(context.automaton.entries[position])
            let isHeard: UInt16 = context.languages.contains(entry.language) ? 1 : 0
            layers |= isHeard &<< UInt16(entry.layerIndex)
        }
        while layers != 0 {
            let layer = layers.trailingZeroBitCount
            layers &= layers &- 1
            guard Int(free[unchecked: layer]) <= index else { continue }
            free[unchecked: layer] = Int32(truncatingIfNeeded: index &+ 1)
            take(context, link.first, UInt32(link.count), layer, index..<index &+ 1, &reading)
        }
    }

    /// A token that something of the lexicon may begin at, and what: an entry that is the word, a longer phrase, a prefix.
    struct Start: BitwiseCopyable, Sendable {
        private let bits: UInt64

        /// - Parameters:
        ///   - isFollowed: 1 when the word behind it may go on a phrase, else 0.
        ///   - isOwn: 1 when entries that are the word are heard and not marked yet.
        @inline(__always)
        init(_ token: Int, _ link: WordLink, isFollowed: UInt64, isOwn: UInt64, _ languages: UInt64) {
            // Nothing is asked here: what words are like follows no rule.
            let isHeard = HitFinder.nonzero(link.languages & languages)
            bits = UInt64(truncatingIfNeeded: token) &<< 3 | isOwn | (isHeard & isFollowed) &<< 1 | (isHeard & UInt64(link.prefix)) &<< 2
        }

        var token: Int { Int(bits &>> 3) }
        var isOwn: Bool { bits & 1 != 0 }
        var isPhrase: Bool { bits & 2 != 0 }
        var isPrefix: Bool { bits & 4 != 0 }
        var isAny: Bool { bits & 7 != 0 }
        var isOwnOnly: Bool { bits & 7 == 1 }
    }

    /// 1 for any number but 0, computed in a way that becomes no branch.
    @inline(__always)
    fileprivate static func nonzero(_ number: UInt64) -> UInt64 { (number | (0 &- number)) &>> 63 }

    /// Lists the tokens that something may begin at, without a branch that could not be foretold, and asks for what they lead to.
    ///
    /// A look at the next word rules most of the longer phrases out. Words that are of one class and nothing else are marked at once: a
    /// phrase that covers one writes over its mark.
    private static func findStarts(_ context: RuleContext, _ notes: inout RuleNotes) {
        let count = context.count
        notes.starts.reserve(count)
        notes.structureAt.reserve(count)
        notes.structureAt.setCount(count)
        let languages = context.languages.rawValue
        var out = notes.starts.base
        notes.symbolAt.reserve(count)
        let (marks, symbols) = (notes.structureAt.base, notes.symbolAt.base)
        for index in 0..<count {
            let link = context.links[index]
            // Behind the last token stands nothing.
            let isFollowed = index &+ 1 < count ? context.links[index &+ 1].mayFollow(link.next) : 0
            let isOwn = nonzero(link.ownLanguages & languages)
            let isMarked = UInt8(truncatingIfNeeded: 0 &- isOwn)
            (marks + index).initialize(to: link.structure & isMarked)
            (symbols + index).initialize(to: link.symbol ^ (link.symbol ^ link.ownSymbol) & isMarked)
            let start = Start(index, link, isFollowed: isFollowed, isOwn: isOwn & UInt64(link.ownLook), languages)
            out.initialize(to: start)
            out += start.isAny ? 1 : 0
        }
        notes.starts.setCount(out - notes.starts.base)
        prefetch(context, notes.starts)
    }

    private static func prefetch(_ context: RuleContext, _ starts: Column<Start>) {
        for start in starts {
            let link = context.links[start.token]
            if start.isOwn { attune_prefetch_line(context.automaton.compact + Int(context.automaton.entries[Int(link.first)])) }
            if start.isPhrase { context.automaton.prefetchChild(link.edges, link.edgeBits, context.links[start.token &+ 1].word) }
        }
    }

    /// The longest phrase of each layer that begins at a token, and prefixes where no exact entry is.
    @inline(__always)
    private static func collect(_ context: RuleContext, _ start: Start, _ best: inout Best) {
        let index = start.token
        let link = context.links[index]
        if start.isOwn { note(context, link.first, UInt32(link.count), index &+ 1, &best, isPrefix: false) }
        if start.isPhrase {
            var (edges, edgeBits) = (link.edges, link.edgeBits)
            var end = index &+ 1
            while end < context.count {
                let node = context.automaton.child(edges, edgeBits, context.links[end].word)
                guard node != 0 else { break }
                end &+= 1
                let facts = context.automaton.nodes[Int(node)]
                (edges, edgeBits) = (facts.edges, facts.edgeBits)
                if facts.count > 0, facts.languages & context.languages.rawValue != 0 {
                    note(context, facts.first, facts.count, end, &best, isPrefix: false)
                }
            }
        }
        guard start.isPrefix else { return }
        context.automaton.forEachPrefix(context.form(context.token(index))) {
            let facts = context.automaton.nodes[Int($0)]
            if facts.languages & context.languages.rawValue != 0 { note(context, facts.first, facts.count, index &+ 1, &best, isPrefix: true) }
        }
    }

    @inline(__always)
    private static func note(_ context: RuleContext, _ first: UInt32, _ count: UInt32, _ end: Int, _ best: inout Best, isPrefix: Bool) {
        for position in Int(first)..<Int(first &+ count) {
            let entry = context.entry(context.automaton.entries[position])
            guard context.languages.contains(entry.language) else { continue }
            let layer = Int(entry.layerIndex)
            if isPrefix, best.layers &>> UInt16(truncatingIfNeeded: layer) & 1 == 1 { continue }
            best.layers |= 1 &<< UInt16(truncatingIfNeeded: layer)
            best.first[layer] = first
            best.counts[layer] = count
            best.ends[layer] = Int32(truncatingIfNeeded: end)
        }
    }

    /// Takes the entries of a phrase as a hit, a modifier or labels.
    private static func take(
        _ context: RuleContext, _ first: UInt32, _ count: UInt32, _ layer: Int, _ tokens: Range<Int>, _ reading: inout LexicalReading
    ) {
        let entries = UnsafeBufferPointer(start: context.automaton.entries + Int(first), count: Int(count))
        switch layer {
        case Int(Layer.valence.rawValue): takeValence(context, entries, tokens, &reading)
        case Int(Layer.modifier.rawValue): takeModifier(context, entries, tokens, &reading)
        case Int(Layer.structure.rawValue): takeStructure(context, entries, tokens, &reading)
        default:
            for index in entries {
                let entry = context.entry(index)
                guard Int(entry.layerIndex) == layer, context.languages.contains(entry.language) else { continue }
                reading.labelled.append(hit(context, index, entry.weight, tokens))
            }
        }
    }

    private static func hit(_ context: RuleContext, _ entry: Int32, _ weight: Float, _ tokens: Range<Int>) -> LexicalReading.Hit {
        LexicalReading.Hit(span: context.span(tokens), tokens: tokens, entry: entry, base: weight, value: weight)
    }

    /// Of several entries an idiom counts before a word, and then the weakest: in an unknown language a word of two languages
    /// says only what both agree on, and nothing when they contradict each other.
    private static func takeValence(
        _ context: RuleContext, _ entries: UnsafeBufferPointer<Int32>, _ tokens: Range<Int>, _ reading: inout LexicalReading
    ) {
        var chosen: (index: Int32, entry: CompactEntry)?
        for index in entries {
            let entry = context.entry(index)
            guard entry.layer == .valence, context.languages.contains(entry.language) else { continue }
            guard let known = chosen else {
                chosen = (index, entry)
                continue
            }
            if known.entry.isIdiom != entry.isIdiom {
                if entry.isIdiom { chosen = (index, entry) }
            } else if (known.entry.weight < 0) != (entry.weight < 0) {
                return
            } else if abs(entry.weight) < abs(known.entry.weight) {
                chosen = (index, entry)
            }
        }
        guard let chosen else { return }
        reading.valence.append(hit(context, chosen.index, chosen.entry.weight, tokens))
        if chosen.entry.isIdiom {
            let mark = Int32(reading.valence.count)
            for token in tokens { reading.idiom[token] = mark }
            reading.notes.isAnyMarked = true
        }
    }

    /// Marks the tokens with the first entry's class: the list of a language names a phrase once.
    private static func takeStructure(
        _ context: RuleContext, _ entries: UnsafeBufferPointer<Int32>, _ tokens: Range<Int>, _ reading: inout LexicalReading
    ) {
        for index in entries {
            let entry = context.entry(index)
            guard entry.layer == .structure, context.languages.contains(entry.language) else { continue }
            let mark = entry.label &+ 1
            let (marks, symbols) = (reading.notes.structureAt.base, reading.notes.symbolAt.base)
            (marks[tokens.lowerBound], symbols[tokens.lowerBound]) = (mark, TextOutline.symbol(structure: mark))
            var token = tokens.lowerBound &+ 1
            while token < tokens.upperBound {
                // The further tokens of a phrase say nothing new.
                (marks[token], symbols[token]) = (mark | RuleNotes.goesOn, TextOutline.Symbol.none)
                token &+= 1
            }
            return
        }
    }

    private static func takeModifier(
        _ context: RuleContext, _ entries: UnsafeBufferPointer<Int32>, _ tokens: Range<Int>, _ reading: inout LexicalReading
    ) {
        var modifier = RuleNotes.Modifier(tokens: tokens)
        for index in entries {
            let entry = context.entry(index)
            guard entry.layer == .modifier, context.languages.contains(entry.language) else { continue }
            if entry.isModifier(.negator) || entry.isModifier(.negatorAfter) {
                modifier.roles.insert(entry.isModifier(.negator) ? .negator : .negatorAfter)
                modifier.negation = entry.weight
                modifier.language = entry.language
            } else if entry.isModifier(.intensifier) || entry.isModifier(.dampener) {
                modifier.roles.insert(.scaler)
                modifier.multiplier = entry.weight
            } else if entry.isModifier(.contrast) {
                modifier.roles.insert(.contrast)
            } else if entry.isModifier(.concession) {
                modifier.roles.insert(.concession)
            } else if entry.isModifier(.conditional) {
                modifier.roles.insert(.conditional)
                modifier.condition = entry.weight
            }
        }
        reading.notes.modifiers.append(modifier)
    }
}

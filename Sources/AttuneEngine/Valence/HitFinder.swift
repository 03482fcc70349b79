/// Finds the lexicon's phrases in a text: in every layer the longest phrase from the left.
enum HitFinder {
    private typealias Layer = CompactEntry.Layer
    private static let layerCount = Layer.allCases.count

    /// The best phrase of each layer from one token on.
    private struct Best {
        var nodes: InlineArray<9, UInt32> = .init(repeating: 0)
        var ends: InlineArray<9, Int> = .init(repeating: 0)
        var layers: UInt16 = 0
    }

    static func find(_ context: RuleContext, _ reading: inout LexicalReading) {
        let count = context.count
        reading.negated.append(contentsOf: repeatElement(false, count: count))
        reading.idiom.append(contentsOf: repeatElement(0, count: count))
        context.tokens.folded.withUnsafeBufferPointer { folded in
            for index in 0..<count {
                reading.notes.words.append(word(context.token(index), folded, context, &reading.notes.spelling))
            }
            var free = InlineArray<9, Int>(repeating: 0)
            for index in 0..<count {
                var best = Best()
                collect(context, index, reading.notes.words, folded, &best)
                guard best.layers != 0 else { continue }
                for layer in 0..<layerCount where best.layers >> UInt16(layer) & 1 == 1 && free[layer] <= index {
                    let end = best.ends[layer]
                    free[layer] = end
                    take(context, best.nodes[layer], layer, index..<end, &reading)
                }
            }
        }
    }

    /// The number of a token's word: as it stands, with elongated letters once, without accents.
    @inline(__always)
    private static func word(
        _ token: Token, _ folded: UnsafeBufferPointer<UInt8>, _ context: RuleContext, _ spelling: inout [UInt8]
    ) -> UInt32 {
        guard token.foldedCount > 0 else { return 0 }
        let start = Int(token.foldedStart)
        let form = UnsafeBufferPointer(rebasing: folded[start..<start &+ Int(token.foldedCount)])
        let vocabulary = context.lexicon.automaton.vocabulary
        let known = vocabulary.find(form, hash: Vocabulary.hash(form))
        if known != 0 || token.shape.isDisjoint(with: [.elongated, .nonASCII]) { return known }
        spelling.removeAll(keepingCapacity: true)
        if token.shape.contains(.elongated) {
            for byte in form where byte != spelling.last || byte >= 0x80 { spelling.append(byte) }
            let once = spelling.withUnsafeBufferPointer { vocabulary.find($0, hash: Vocabulary.hash($0)) }
            if once != 0 { return once }
            spelling.removeAll(keepingCapacity: true)
        }
        guard token.kind == .word, LatinAccents.strip(context.tokens.form(token), into: &spelling) else { return 0 }
        return spelling.withUnsafeBufferPointer { vocabulary.find($0, hash: Vocabulary.hash($0)) }
    }

    /// The longest phrase of each layer that begins at `index`, and prefixes where no exact entry is.
    @inline(__always)
    private static func collect(
        _ context: RuleContext, _ index: Int, _ words: [UInt32], _ folded: UnsafeBufferPointer<UInt8>, _ best: inout Best
    ) {
        let automaton = context.lexicon.automaton
        let count = words.count
        if words[index] != 0 {
            var node = automaton.root(words[index])
            var end = index &+ 1
            while node != 0 {
                note(context, node, end, &best, isPrefix: false)
                if end == count { break }
                node = automaton.next(node, words[end])
                end &+= 1
            }
        }
        let token = context.token(index)
        guard token.kind == .word || token.kind == .hashtag else { return }
        let start = Int(token.foldedStart)
        let form = UnsafeBufferPointer(rebasing: folded[start..<start &+ Int(token.foldedCount)])
        automaton.forEachPrefix(form) { node in
            note(context, node, index &+ 1, &best, isPrefix: true)
            return true
        }
    }

    @inline(__always)
    private static func note(_ context: RuleContext, _ node: UInt32, _ end: Int, _ best: inout Best, isPrefix: Bool) {
        let facts = context.lexicon.automaton.nodes[Int(node)]
        guard facts.count > 0, facts.languages & context.languages.rawValue != 0 else { return }
        for position in Int(facts.first)..<Int(facts.first + facts.count) {
            let entry = context.lexicon.compact[Int(context.lexicon.automaton.entries[position])]
            let layer = Int(entry.layer.rawValue)
            guard context.languages.contains(entry.language) else { continue }
            if isPrefix, best.layers >> UInt16(layer) & 1 == 1 { continue }
            best.layers |= 1 << UInt16(layer)
            best.nodes[layer] = node
            best.ends[layer] = end
        }
    }

    /// Takes what ends at `node` as a hit, a modifier or labels.
    private static func take(_ context: RuleContext, _ node: UInt32, _ layer: Int, _ tokens: Range<Int>, _ reading: inout LexicalReading) {
        let automaton = context.lexicon.automaton
        let facts = automaton.nodes[Int(node)]
        let entries = automaton.entries[Int(facts.first)..<Int(facts.first + facts.count)]
        switch layer {
        case Int(Layer.valence.rawValue): takeValence(context, entries, tokens, &reading)
        case Int(Layer.modifier.rawValue): takeModifier(context, entries, tokens, &reading)
        default:
            for index in entries {
                let entry = context.lexicon.compact[Int(index)]
                guard Int(entry.layer.rawValue) == layer, context.languages.contains(entry.language) else { continue }
                reading.labelled.append(hit(context, index, entry.weight, tokens))
            }
        }
    }

    private static func hit(_ context: RuleContext, _ entry: Int32, _ weight: Float, _ tokens: Range<Int>) -> LexicalReading.Hit {
        LexicalReading.Hit(span: context.span(tokens), tokens: tokens, entry: entry, base: weight, value: weight, steps: [])
    }

    /// Of several entries an idiom counts before a word, and then the weakest: in an unknown language a word of two languages
    /// says only what both agree on, and nothing when they contradict each other.
    private static func takeValence(
        _ context: RuleContext, _ entries: ArraySlice<Int32>, _ tokens: Range<Int>, _ reading: inout LexicalReading
    ) {
        var chosen: (index: Int32, entry: CompactEntry)?
        for index in entries {
            let entry = context.lexicon.compact[Int(index)]
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
        }
    }

    private static func takeModifier(
        _ context: RuleContext, _ entries: ArraySlice<Int32>, _ tokens: Range<Int>, _ reading: inout LexicalReading
    ) {
        var modifier = RuleNotes.Modifier(tokens: tokens)
        for index in entries {
            let entry = context.lexicon.compact[Int(index)]
            guard entry.layer == .modifier, context.languages.contains(entry.language) else { continue }
            switch LexiconEntry.Modifier.allCases[Int(entry.label)] {
            case .negator:
                modifier.roles.insert(.negator)
                modifier.negation = entry.weight
                modifier.language = entry.language
            case .negatorAfter:
                modifier.roles.insert(.negatorAfter)
                modifier.negation = entry.weight
                modifier.language = entry.language
            case .intensifier, .dampener:
                modifier.roles.insert(.scaler)
                modifier.multiplier = entry.weight
            case .contrast: modifier.roles.insert(.contrast)
            case .concession: modifier.roles.insert(.concession)
            case .conditional:
                modifier.roles.insert(.conditional)
                modifier.condition = entry.weight
            case .pseudoNegator: break
            }
        }
        reading.notes.modifiers.append(modifier)
    }
}

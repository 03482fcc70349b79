/// Finds the lexicon's phrases in a text: in every layer the longest phrase from the left.
enum HitFinder {
    private typealias Layer = CompactEntry.Layer

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
        for index in 0..<count {
            reading.notes.words.append(word(context, context.token(index), &reading.notes.spelling))
        }
        var free = InlineArray<9, Int>(repeating: 0)
        for index in 0..<count {
            var best = Best()
            reading.notes.words.withUnsafeBufferPointer { collect(context, index, $0, &best) }
            guard best.layers != 0 else { continue }
            for layer in 0..<Layer.count where best.layers >> UInt16(layer) & 1 == 1 && free[layer] <= index {
                let end = best.ends[layer]
                free[layer] = end
                take(context, best.nodes[layer], layer, index..<end, &reading)
            }
        }
    }

    /// The number of a token's word: as it stands, with elongated letters once, without accents.
    @inline(__always)
    private static func word(_ context: RuleContext, _ token: Token, _ spelling: inout [UInt8]) -> UInt32 {
        guard token.foldedCount > 0 else { return 0 }
        let form = context.form(token)
        let known = context.automaton.vocabulary.find(form, hash: Vocabulary.hash(form))
        if known != 0 || token.shape.isDisjoint(with: [.elongated, .nonASCII]) { return known }
        return respelled(context, token, form, &spelling)
    }

    private static func respelled(
        _ context: RuleContext, _ token: Token, _ form: UnsafeBufferPointer<UInt8>, _ spelling: inout [UInt8]
    ) -> UInt32 {
        let vocabulary = context.automaton.vocabulary
        if token.shape.contains(.elongated) {
            spelling.removeAll(keepingCapacity: true)
            for byte in form where byte != spelling.last || byte >= 0x80 { spelling.append(byte) }
            let once = spelling.withUnsafeBufferPointer { vocabulary.find($0, hash: Vocabulary.hash($0)) }
            if once != 0 { return once }
        }
        spelling.removeAll(keepingCapacity: true)
        guard token.kind == .word, LatinAccents.strip(form, into: &spelling) else { return 0 }
        return spelling.withUnsafeBufferPointer { vocabulary.find($0, hash: Vocabulary.hash($0)) }
    }

    /// The longest phrase of each layer that begins at `index`, and prefixes where no exact entry is.
    @inline(__always)
    private static func collect(_ context: RuleContext, _ index: Int, _ words: UnsafeBufferPointer<UInt32>, _ best: inout Best) {
        if words[index] != 0 {
            var node = context.automaton.root(words[index])
            var end = index &+ 1
            while node != 0 {
                note(context, node, end, &best, isPrefix: false)
                if end == words.count { break }
                node = context.automaton.next(node, words[end])
                end &+= 1
            }
        }
        let token = context.token(index)
        guard token.kind == .word || token.kind == .hashtag else { return }
        context.automaton.forEachPrefix(context.form(token)) { note(context, $0, index &+ 1, &best, isPrefix: true) }
    }

    @inline(__always)
    private static func note(_ context: RuleContext, _ node: UInt32, _ end: Int, _ best: inout Best, isPrefix: Bool) {
        let facts = context.automaton.nodes[Int(node)]
        guard facts.count > 0, facts.languages & context.languages.rawValue != 0 else { return }
        for position in Int(facts.first)..<Int(facts.first + facts.count) {
            let entry = context.entry(context.automaton.entries[position])
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
        let facts = context.automaton.nodes[Int(node)]
        let entries = UnsafeBufferPointer(start: context.automaton.entries + Int(facts.first), count: Int(facts.count))
        switch layer {
        case Int(Layer.valence.rawValue): takeValence(context, entries, tokens, &reading)
        case Int(Layer.modifier.rawValue): takeModifier(context, entries, tokens, &reading)
        default:
            for index in entries {
                let entry = context.entry(index)
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

/// Reading plain words, for every variant but the scalar one: each defines TARGET and includes this.
typedef uint64_t two_words __attribute__((vector_size(16)));
typedef uint64_t two_words_anywhere __attribute__((vector_size(16), aligned(1)));

/// What is kept of sixteen bytes of which a form has so many.
static const uint64_t attune_form_masks[17][2] = {
    {0, 0}, {0xFF, 0}, {0xFFFF, 0}, {0xFFFFFF, 0}, {0xFFFFFFFF, 0}, {0xFFFFFFFFFF, 0}, {0xFFFFFFFFFFFF, 0}, {0xFFFFFFFFFFFFFF, 0}, {~0ull, 0},
    {~0ull, 0xFF}, {~0ull, 0xFFFF}, {~0ull, 0xFFFFFF}, {~0ull, 0xFFFFFFFF}, {~0ull, 0xFFFFFFFFFF}, {~0ull, 0xFFFFFFFFFFFF},
    {~0ull, 0xFFFFFFFFFFFFFF}, {~0ull, ~0ull},
};

/// Writes a token as it stands in the text, and its key; `kind` and `shape` are constants nearly everywhere.
TARGET static inline __attribute__((always_inline)) void put_token(
    attune_token *token, attune_word_key *key, const uint8_t *lower, uint32_t start, uint32_t count, uint8_t kind, uint8_t shape
) {
    *token = (attune_token){(int32_t)start, (int32_t)(start + count), kind, shape, (int32_t)start, (int32_t)count, 1};
    uint8_t tag = (uint8_t)(kind << 4);
    if (__builtin_expect(count > 16, 0)) {
        tag = attune_unset_tag;
    } else {
        two_words form = *(const two_words_anywhere *)(lower + start) & *(const two_words_anywhere *)attune_form_masks[count];
        *(two_words_anywhere *)&key->first = form;
        key->hash = attune_mixed(form[0] ^ (uint64_t)tag << 56, form[1]);
    }
    key->count = (int32_t)count;
    key->tag = tag;
}

/// Whether an apostrophe at `at`, which a letter or digit stands before, begins an ending that is never a word of its own, up to `end`:
/// `don't`, `I'm`, `we've`.
static inline int attune_contracts(const uint8_t *lower, size_t at, size_t end) {
    uint8_t one = lower[at + 1], two = lower[at + 2];
    if (lower[at] != '\'') return 0;
    if (end - at == 2) return one == 's' || one == 't' || one == 'm' || one == 'd';
    return end - at == 3 && ((one == 'r' && two == 'e') || (one == 'v' && two == 'e') || (one == 'l' && two == 'l'));
}

TARGET static size_t words(
    const uint8_t *text, const uint8_t *lower, const attune_block *blocks, size_t count, size_t *position, size_t room, attune_token *tokens,
    attune_word_key *keys
) {
    size_t from = *position;
    unsigned behind;
    const attune_token *first_token = tokens, *last_token = tokens + room - 64;
    while (from < count && tokens <= last_token) {
        // The 64 bytes from here on, in two blocks.
        const attune_block *low = blocks + from / 64, *high = low + 1;
        unsigned shift = from % 64;
#define joined(plane) (low->plane >> shift | high->plane << 1 << (63 - shift))
        uint64_t letter = joined(letter), digit = joined(digit), space = joined(space), upper = joined(upper), triple = joined(triple);
        uint64_t newline = joined(newline), others = ~(letter | digit), odd = others | triple;
        // A bit where something begins behind a space, as far as there is no line break, and where a space begins behind something.
        uint64_t starts = ~space & ~(~space << 1) & (newline ? (newline & -newline) - 1 : ~(uint64_t)0), stops = space & ~space << 1;
        behind = 0;
        for (; starts; starts &= starts - 1, stops &= stops - 1) {
            unsigned first = (unsigned)__builtin_ctzll(starts);
            if (!stops) {
                // What goes on behind these bytes is looked at again, unless it is longer than them.
                behind = first;
                if (first) goto next;
                goto stop;
            }
            unsigned stop = (unsigned)__builtin_ctzll(stops), end = stop;
            uint64_t run = ((uint64_t)1 << stop) - ((uint64_t)1 << first);
            uint8_t mark = 0;
            if (run & odd) {
                uint64_t other = run & others, last = (uint64_t)1 << (stop - 1);
                behind = first;
                // One mark, and not the first byte.
                if (!other || (other & (other - 1)) || other == (run & -run) || (run & triple)) goto stop;
                if (other == last) {
                    mark = text[from + stop - 1];
                    if (mark != '.' && mark != '!' && mark != '?' && (mark != ',' || (digit >> first & 1))) goto stop;
                    run ^= last;
                    end = stop - 1;
                } else if (!attune_contracts(lower, from + (unsigned)__builtin_ctzll(other), from + stop)) {
                    goto stop;
                }
            }
            uint32_t start = (uint32_t)(from + first), length = end - first;
            uint64_t letters = run & letter, capitals = run & upper;
            put_token(tokens, keys, lower, start, length, attune_kind_word, 0);
            if (__builtin_expect(!letters, 0)) put_token(tokens, keys, lower, start, length, attune_kind_number, 0);
            if (capitals & (capitals - 1)) tokens->shape = capitals == letters ? attune_shape_capitals : 0;
            tokens++, keys++;
            if (mark) {
                put_token(tokens, keys, lower, (uint32_t)(from + end), 1, attune_kind_punctuation, mark == ',' ? 0 : attune_shape_ends_sentence);
                tokens++, keys++;
            }
            behind = stop;
        }
        if (newline) goto stop;
        behind = 64;
    next:
        from += behind;
    }
    *position = from < count ? from : count;
    return (size_t)(tokens - first_token);
stop:
    *position = from + behind;
    return (size_t)(tokens - first_token);
}

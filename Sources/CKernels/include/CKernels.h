/// The byte kernels of the engine. Every variant gives the scalar one's answer, byte for byte.
#ifndef ATTUNE_CKERNELS_H
#define ATTUNE_CKERNELS_H

#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// What the 64 bytes of a block are: bit i speaks of byte i. A byte that none of `letter`, `digit`, `space` and `high` claims is ASCII punctuation.
typedef struct {
    uint64_t letter;  ///< A–Z, a–z
    uint64_t digit;   ///< 0–9
    uint64_t space;   ///< 0x00–0x20 and 0x7F; bits behind the end of the text are set too
    uint64_t high;    ///< 0x80–0xFF
    uint64_t upper;   ///< A–Z
    uint64_t newline; ///< 0x0A and 0x0D
    uint64_t triple;  ///< a letter that the next two bytes repeat, in capitals or not
} attune_block;

typedef enum {
    attune_level_scalar = 0,
    attune_level_sse2 = 1,
    attune_level_avx2 = 2,
    attune_level_neon = 3,
} attune_level;

/// Classifies `count` bytes: writes ⌈count / 64⌉ blocks, and as many × 64 bytes to `lower`: the text with A–Z as a–z, zero behind its end.
typedef void (*attune_scan_kernel)(const uint8_t *text, size_t count, uint8_t *lower, attune_block *blocks);

/// `Token`, field by field.
typedef struct {
    int32_t start;
    int32_t end;
    uint8_t kind;
    uint8_t shape;
    int32_t form_start;
    int32_t form_count;
    int32_t repeats;
} attune_token;

/// The kinds and shapes that `attune_words_kernel` writes.
enum { attune_kind_word = 0, attune_kind_number = 1, attune_kind_punctuation = 7, attune_shape_capitals = 1, attune_shape_ends_sentence = 4 };

/// A token as its word is looked up.
typedef struct {
    uint64_t first;  ///< the first sixteen bytes of the folded form, zero padded
    uint64_t second;
    uint64_t hash;   ///< of the whole form and the tag
    int32_t count;   ///< bytes of the form
    uint8_t tag;     ///< kind and shape as far as they matter, or `attune_unset_tag`
} attune_word_key;

/// The tag of a key that was not made yet.
enum { attune_unset_tag = 0xFF };

/// Reads the words and numbers that stand between spaces, contractions like `don't` among them, each perhaps with one `.`, `,`, `!` or `?`
/// behind it, from `*position` on, where one of them or a space begins. It stops before anything else, before spaces with a line break among them, at the end of the text, or when `room`
/// may not do: at least 64 tokens fit there. Moves `*position` and returns how many tokens and keys it wrote; keys of forms longer than sixteen
/// bytes are left unset. `blocks` and `lower` are those of `attune_scan_kernel`, with one more block of spaces.
///
/// The scalar variant reads nothing and leaves all to the tokenizer, which must find the same.
typedef size_t (*attune_words_kernel)(
    const uint8_t *text, const uint8_t *lower, const attune_block *blocks, size_t count, size_t *position, size_t room, attune_token *tokens,
    attune_word_key *keys);

/// Offset of the first byte 0x0A, or `count`.
typedef size_t (*attune_newline_kernel)(const uint8_t *bytes, size_t count);

/// Adds `count` rows of `lanes` int8 (a multiple of 16) to as many int32 sums; row r stands at `table + lanes * (r & mask)`. `table` may be
/// unaligned. Rows of a table larger than the second-level cache should have been asked for before.
typedef void (*attune_add_rows_kernel)(
    const int8_t *table, const uint32_t *rows, size_t count, uint32_t mask, int32_t *sums, size_t lanes);

/// The tables that a hash names a row of, each `mask + 1` rows long: two whose lanes are summed up one behind the other, and two lanes more
/// for the first two sums. Lanes are multiples of 16; a table that is not there is null, and its sums are left as they are.
typedef struct {
    const int8_t *_Nullable first;
    const int8_t *_Nullable second;
    const int8_t *_Nullable fine;
    size_t first_lanes;
    size_t second_lanes;
    uint32_t first_mask;
    uint32_t second_mask;
    uint32_t fine_mask;
} attune_gram_tables;

/// Adds the rows of `count` hashes to `first_lanes + second_lanes` int32 sums.
typedef void (*attune_add_grams_kernel)(const attune_gram_tables *tables, const uint32_t *hashes, size_t count, int32_t *sums);

/// Words that `attune_add_words_kernel` takes at once, and the largest value that their int16 lanes may have: 32 × 1,023 fits int16.
enum { attune_most_words = 32, attune_largest_lane = 1023 };

/// Adds `count` ≤ `attune_most_words` rows to `wide + narrow` int32 sums. A row is `wide` int16, each within ±`attune_largest_lane`, and behind
/// them `narrow` int8; both numbers are multiples of 16.
typedef void (*attune_add_words_kernel)(
    const uint8_t *_Nonnull const *_Nonnull rows, size_t count, int32_t *sums, size_t wide, size_t narrow);

/// How a word's record is laid out: what is known of the word, 64 bytes, its form, 32 bytes zero padded, and its row. At the end of what is
/// known stand its counts, in 16 bits each, its tag and its flags; and before them the hash that it has in pairs.
enum { attune_facts_size = 64, attune_facts_plain = 48, attune_facts_counts = 56, attune_record_form = 64, attune_record_row = 96 };

/// Of the counts: what is summed up, and what is set when a word is not to be added like most are: its script is not Latin, its form is long, or
/// its row is too large. The flag of a part of pairs.
static const uint64_t attune_countable = 0x000000FFFFFFFFFFu, attune_unusual = 0x0280FF0000000000u, attune_unit_flag = 0x0100000000000000u;

/// Takes words whose records are those of their keys: copies what is known of each, adds its counts to `*counts`, and notes its row. Stops before
/// the first that is another or unusual, and returns how many it took.
typedef size_t (*attune_match_words_kernel)(
    const uint8_t *_Nonnull const *_Nonnull records, const attune_word_key *keys, size_t count, uint8_t *facts,
    const uint8_t *_Nonnull *_Nonnull rows, uint64_t *counts);

/// Writes `wide + narrow` int32 sums as the row of a word: `wide` int16, and behind them `narrow` int8 in steps of `attune_language_step`,
/// rounded to the nearest and held within ±127. Both numbers are multiples of 16. Sums of the wide part fit int16.
/// Returns whether every wide lane is within ±`attune_largest_lane`.
typedef _Bool (*attune_pack_row_kernel)(const int32_t *sums, size_t wide, size_t narrow, uint8_t *row);

/// What a word says of a language is counted in steps of 8, so that all languages of a word fit one cache line. A word's sums reach some
/// thousands and a step is less than one n-gram in ten says, so that no language is taken for another by it.
enum { attune_language_step = 8 };

/// The longest form whose characters are looked at, in bytes, and the longest n-gram, in scalars.
enum { attune_most_form = 64, attune_most_characters = 8 };

/// Hashes the character n-grams of a word, which is 1 to `attune_most_form` bytes of folded text, between marks of its two ends. Returns its
/// number of scalars, n. `hashes` gets n + 1 of length 1 (the first of them is the mark of the start alone), n + 1 of length 2, n of length 3,
/// and of each next length up to `longest` ≤ `attune_most_characters` one less, as long as there are any; eight more words are written over.
typedef size_t (*attune_characters_kernel)(const uint8_t *form, size_t count, size_t longest, uint32_t *hashes);

/// A dense feature that is not 0, and its column of weights.
typedef struct {
    double value;
    size_t column;
} attune_feature;

/// Writes `lanes` (a multiple of 16) log-odds: bias + scale · sum · inverse + Σ weight · feature, in that order.
/// `numbers` holds `lanes` biases, `lanes` scales, and a column of `lanes` weights for each dense feature.
typedef void (*attune_log_odds_kernel)(
    const double *numbers, size_t lanes, const int32_t *sums, double inverse, const attune_feature *features, size_t count, double *out);

/// Writes eˣ in place of `count` numbers, a multiple of 4: within 2 ulp for |x| ≤ 700, 0 or infinity behind that; not a number stays so.
typedef void (*attune_exponentials_kernel)(double *numbers, size_t count);

/// The label with the largest log-odds.
typedef struct {
    size_t lane;    ///< the first of the largest
    double total;   ///< Σ eˣ over the lanes in single precision, x counted from the largest; what is below −30 is left out
    double largest; ///< log-odds + prior
} attune_choice;

/// Chooses among `lanes` (a multiple of 8, at least 8) finite log-odds; a prior of −∞ takes a lane out.
typedef attune_choice (*attune_choose_kernel)(const double *log_odds, const double *priors, size_t lanes);

/// Asks for the cache line at `address`, which need not be readable: a hint that changes no answer.
static inline void attune_prefetch_line(const void *_Nullable address) { __builtin_prefetch(address); }

/// The bits of two words mixed: both halves of their product, so that all bits of both reach the lowest and the highest bits.
static inline uint64_t attune_mixed(uint64_t first, uint64_t second) {
    unsigned __int128 product = (unsigned __int128)(first ^ 0x9E3779B97F4A7C15u) * (second ^ 0xBF58476D1CE4E5B9u);
    return (uint64_t)(product >> 64) ^ (uint64_t)product;
}

/// MurmurHash3's `fmix64`.
static inline uint64_t attune_finish(uint64_t state) {
    state = (state ^ state >> 33) * 0xFF51AFD7ED558CCDu;
    state = (state ^ state >> 33) * 0xC4CEB9FE1A85EC53u;
    return state ^ state >> 33;
}

/// Hash of two things in a row; not symmetric.
static inline uint64_t attune_pair(uint64_t first, uint64_t second) {
    return attune_finish(first * 0x9E3779B97F4A7C15u ^ (second << 31 | second >> 33));
}

/// Asks for the rows of hashes in the tables that are larger than the second-level cache together.
static inline void attune_prefetch_grams(const attune_gram_tables *tables, const uint32_t *hashes, size_t count) {
    const int8_t *first = tables->first, *fine = tables->fine;
    size_t lanes = tables->first_lanes;
    uint32_t first_mask = tables->first_mask, fine_mask = tables->fine_mask;
    for (size_t i = 0; i < count; i++) {
        __builtin_prefetch(first + lanes * (hashes[i] & first_mask));
        __builtin_prefetch(fine + 2 * (size_t)(hashes[i] & fine_mask));
    }
}

/// Writes the hashes of the pairs that `count` words make with the unit before each, and asks for the first tables' rows: the second one is
/// small enough to be near.
/// - facts: what is known of each word, behind each other.
/// - unit: the unit before the first word, and at last the one before the next.
static inline size_t attune_pair_hashes(
    const attune_gram_tables *tables, const uint8_t *facts, size_t count, uint64_t *unit, uint32_t *hashes
) {
    const int8_t *first = tables->first, *fine = tables->fine;
    size_t lanes = tables->first_lanes, written = 0;
    uint32_t first_mask = tables->first_mask, fine_mask = tables->fine_mask;
    uint64_t last = *unit;
    for (const uint8_t *end = facts + attune_facts_size * count; facts < end; facts += attune_facts_size) {
        const uint64_t *words = (const uint64_t *)(const void *)facts;
        if (!(words[attune_facts_counts / 8] & attune_unit_flag)) continue;
        uint32_t hash = (uint32_t)attune_pair(last, words[attune_facts_plain / 8]);
        last = words[attune_facts_plain / 8];
        __builtin_prefetch(first + lanes * (hash & first_mask));
        __builtin_prefetch(fine + 2 * (size_t)(hash & fine_mask));
        hashes[written++] = hash;
    }
    *unit = last;
    return written;
}

typedef uint32_t attune_four_marks __attribute__((vector_size(16), aligned(4)));
typedef float attune_four_numbers __attribute__((vector_size(16), aligned(4)));

/// A bit for each of four marks that is `mark`.
static inline uint32_t attune_equal_marks(const uint32_t *marks, uint32_t mark) {
#if defined(__SSE2__)
    typedef float four_signs __attribute__((vector_size(16)));
    return (uint32_t)__builtin_ia32_movmskps((four_signs)(*(const attune_four_marks *)marks == mark));
#else
    uint32_t bits = 0;
    for (int i = 0; i < 4; i++) bits |= (uint32_t)(marks[i] == mark) << i;
    return bits;
#endif
}

/// A bit for each of `count` ≤ 64 numbers that is not 0.
static inline uint64_t attune_nonzero(const float *numbers, size_t count) {
    uint64_t bits = 0;
    size_t i = 0;
#if defined(__SSE2__)
    typedef float four_signs __attribute__((vector_size(16)));
    for (; i + 4 <= count; i += 4) {
        bits |= (uint64_t)(uint32_t)__builtin_ia32_movmskps((four_signs)(*(const attune_four_numbers *)(numbers + i) != 0.0f)) << i;
    }
#endif
    for (; i < count; i++) bits |= (uint64_t)(numbers[i] != 0.0f) << i;
    return bits;
}

/// What is found of some numbers, each held at `lowest` or above.
typedef struct {
    uint64_t above; ///< a bit for each that is above its threshold and, as it was, above `floor`
    size_t best;    ///< the first of the largest
    double largest;
} attune_ranking;

/// Ranks `count` ≤ 64 finite numbers.
static inline attune_ranking attune_rank(const double *numbers, const double *thresholds, size_t count, double lowest, double floor) {
    attune_ranking ranking = {0, 0, lowest};
    double held[64];
#if defined(__SSE2__)
    typedef double two_numbers __attribute__((vector_size(16)));
    typedef double two_anywhere __attribute__((vector_size(16), aligned(8)));
    typedef int64_t two_masks __attribute__((vector_size(16)));
    two_numbers top = {lowest, lowest};
    size_t even = count & ~(size_t)1;
    for (size_t i = 0; i < even; i += 2) {
        two_numbers number = *(const two_anywhere *)(numbers + i);
        two_numbers value = __builtin_ia32_maxpd(number, (two_numbers){lowest, lowest});
        two_masks is_above = (value > *(const two_anywhere *)(thresholds + i)) & (number > floor);
        ranking.above |= (uint64_t)(uint32_t)__builtin_ia32_movmskpd((two_numbers)is_above) << i;
        *(two_anywhere *)(held + i) = value;
        top = __builtin_ia32_maxpd(top, value);
    }
    ranking.largest = top[0] > top[1] ? top[0] : top[1];
#else
    size_t even = 0;
#endif
    for (size_t i = even; i < count; i++) {
        held[i] = numbers[i] > lowest ? numbers[i] : lowest;
        ranking.above |= (uint64_t)(held[i] > thresholds[i] && numbers[i] > floor) << i;
        if (held[i] > ranking.largest) ranking.largest = held[i];
    }
    while (ranking.best + 1 < count && held[ranking.best] != ranking.largest) ranking.best++;
    return ranking;
}

/// One variant of every kernel.
typedef struct {
    attune_level level;
    attune_scan_kernel _Nonnull scan;
    attune_words_kernel _Nonnull words;
    attune_newline_kernel _Nonnull newline;
    attune_add_rows_kernel _Nonnull add_rows;
    attune_add_grams_kernel _Nonnull add_grams;
    attune_match_words_kernel _Nonnull match_words;
    attune_add_words_kernel _Nonnull add_words;
    attune_log_odds_kernel _Nonnull log_odds;
    attune_choose_kernel _Nonnull choose;
    attune_exponentials_kernel _Nonnull exponentials;
    attune_pack_row_kernel _Nonnull pack_row;
    attune_characters_kernel _Nonnull characters;
} attune_kernels;

/// The fastest variant that this processor runs. Ask once and keep the answer.
const attune_kernels *attune_kernels_best(void);

/// The variant of a level, or null when this processor does not run it. For tests and for measuring.
const attune_kernels *_Nullable attune_kernels_at(attune_level level);

/// Takes `count` blocks of 64 bytes into the eight words of a SHA-256 state (FIPS 180-4, 6.2.2).
typedef void (*attune_sha256_kernel)(uint32_t *state, const uint8_t *blocks, size_t count);

/// The fastest one that this processor runs. Ask once and keep the answer.
attune_sha256_kernel _Nonnull attune_sha256_best(void);

/// The same for two messages of `count` blocks each; the state of the second stands behind that of the first.
typedef void (*attune_sha256_pair_kernel)(uint32_t *states, const uint8_t *first, const uint8_t *second, size_t count);

attune_sha256_pair_kernel _Nonnull attune_sha256_pair_best(void);

/// The oracle: plain C.
void attune_sha256_scalar(uint32_t *state, const uint8_t *blocks, size_t count);

/// A value of a JSON text or a member's name. A container is followed by its content: items, or names and values by turns.
typedef struct {
    uint32_t start;  ///< where it begins, quotes and brackets included
    uint32_t end;    ///< where it ends; of an object instead `bits` of all its names
    uint32_t next;   ///< the entry behind the value and everything in it; of a name its mark (`attune_json_mark`)
    uint8_t type;    ///< `attune_json_null` and so on
    uint8_t several; ///< of an object whether names may occur twice, or have to be read: then they are looked for one by one
    uint16_t back;   ///< of a name the entries from its object's to it; of an object `more` of all its names
} attune_json_entry;

enum {
    attune_json_null, attune_json_yes, attune_json_no, attune_json_number, attune_json_string, attune_json_escaped, attune_json_array,
    attune_json_object,
};

/// The distance of a name that is too far from its object's entry to be noted.
enum { attune_json_far = 0xFFFF };

/// By what most names are told apart without reading them: length, first and last byte. 0 for one that has to be read, since it has
/// escapes or is empty.
static inline uint32_t attune_json_mark(const uint8_t *name, size_t count) {
    return count == 0 ? 0 : (uint32_t)count << 16 | (uint32_t)name[0] << 8 | name[count - 1];
}

/// What an object's entry has of a name, by which most names that it lacks are known; all there is of those that have to be read.
typedef struct {
    uint32_t bits;
    uint16_t more;
    uint16_t hint; ///< which of `attune_json_hints` hints is the name's
} attune_json_names;

enum { attune_json_hints = 256 };

static inline attune_json_names attune_json_name(uint32_t mark) {
    uint32_t hash = mark * 0x9E3779B1u;
    if (mark == 0) return (attune_json_names){0xFFFFFFFFu, 0xFFFF, 0};
    return (attune_json_names){1u << (hash >> 27), (uint16_t)(1u << (hash >> 23 & 15)), (uint16_t)(hash >> 15 & (attune_json_hints - 1))};
}

/// A tape being written, and where its text is read.
typedef struct {
    attune_json_entry *entries;
    size_t capacity;      ///< of `entries`; at least 2
    uint32_t depth_limit; ///< deepest nesting
    uint32_t count;       ///< entries written; 0 at first, as is everything below
    uint32_t open;
    uint32_t depth;
    uint32_t line_breaks; ///< line feeds between the parts of the value
    size_t at;            ///< bytes read
    _Bool has_nul;        ///< an escape names U+0000
} attune_json_tape;

typedef enum {
    attune_json_whole,     ///< the value is read, up to `at`
    attune_json_malformed, ///< the text does not begin with a well-formed value
    attune_json_full,      ///< more room is wanted: move the entries, and go on with the same text
} attune_json_outcome;

/// Zeros that stand behind a text that `attune_json_read` reads.
enum { attune_json_padding = 16 };

/// Reads the value that a text of less than 2³² bytes begins with, checking grammar (RFC 8259) and UTF-8. `attune_json_padding` zeros stand
/// behind the text: nothing well-formed has one, so none is read over.
attune_json_outcome attune_json_read(attune_json_tape *tape, const uint8_t *base);

/// The value of an object's member, by its entry; 0 when there is none. Each name occurs once there, and none has to be read.
/// - hint: gets where the name was found.
uint32_t attune_json_search(
    const attune_json_entry *entries, uint32_t index, const uint8_t *bytes, uint16_t *hint, const uint8_t *name, size_t count, uint32_t mark);

/// Whether an entry is an object that may have a name.
static inline _Bool attune_json_may_have(const attune_json_entry *object, attune_json_names name) {
    return object->type == attune_json_object && (object->end & name.bits) == name.bits && (object->back & name.more) == name.more;
}

/// Whether a string without escapes has these letters: `count` of them.
static inline _Bool attune_json_says(const attune_json_entry *string, const uint8_t *bytes, const uint8_t *word, size_t count) {
    return string->end - string->start == count + 2 && __builtin_memcmp(bytes + string->start + 1, word, count) == 0;
}

/// The same as `attune_json_search`, asked first: at the place where a name of that mark stood in another object.
static inline uint32_t attune_json_member(
    const attune_json_entry *entries, uint32_t index, const uint8_t *bytes, uint16_t *hint, const uint8_t *name, size_t count, uint32_t mark
) {
    const attune_json_entry *found = entries + index + *hint;
    if (index + *hint < entries[index].next && found->next == mark && found->back == *hint && found->end - found->start == count + 2) {
        const uint8_t *other = bytes + found->start + 1;
        size_t i = 0;
        for (; i + 8 <= count; i += 8) {
            uint64_t a, b;
            __builtin_memcpy(&a, name + i, 8);
            __builtin_memcpy(&b, other + i, 8);
            if (a != b) goto search;
        }
        // The mark has told the first and the last byte.
        for (; i + 1 < count; i++) {
            if (name[i] != other[i]) goto search;
        }
        return index + *hint + 1;
    }
search:
    return attune_json_search(entries, index, bytes, hint, name, count, mark);
}

#pragma clang assume_nonnull end

#endif

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
    attune_newline_kernel _Nonnull newline;
    attune_add_rows_kernel _Nonnull add_rows;
    attune_add_grams_kernel _Nonnull add_grams;
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

/// The oracle: plain C.
void attune_sha256_scalar(uint32_t *state, const uint8_t *blocks, size_t count);

#pragma clang assume_nonnull end

#endif

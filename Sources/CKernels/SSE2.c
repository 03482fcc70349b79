#if defined(__x86_64__)
#include <emmintrin.h>

#include "Variants.h"

#define TARGET

#include "Characters.h"
#include "Heads.h"
#include "Tokens.h"
#include "Words.h"

/// 0xFF where `low <= byte < low + span`, unsigned: SSE2 compares signed bytes only, so the range is moved to the bottom of theirs.
static inline __m128i in_range(__m128i bytes, int low, int span) {
    return _mm_cmplt_epi8(_mm_add_epi8(bytes, _mm_set1_epi8((char)(-128 - low))), _mm_set1_epi8((char)(-128 + span)));
}

static inline uint64_t bits(__m128i mask) { return (uint16_t)_mm_movemask_epi8(mask); }

static inline void classify(const uint8_t *text, uint8_t *lower, attune_block *out) {
    attune_block block = {0};
    for (int i = 0; i < 4; i++) {
        int shift = 16 * i;
        __m128i bytes = _mm_loadu_si128((const __m128i *)(text + shift));
        __m128i small = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
        __m128i upper = in_range(bytes, 'A', 26);
        __m128i space = _mm_or_si128(in_range(bytes, 0, 0x21), _mm_cmpeq_epi8(bytes, _mm_set1_epi8(0x7F)));
        __m128i newline = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\r')));
        block.letter |= bits(in_range(small, 'a', 26)) << shift;
        block.digit |= bits(in_range(bytes, '0', 10)) << shift;
        block.space |= bits(space) << shift;
        block.high |= bits(bytes) << shift;
        block.upper |= bits(upper) << shift;
        block.newline |= bits(newline) << shift;
        __m128i next = _mm_loadu_si128((const __m128i *)(text + shift + 1)), third = _mm_loadu_si128((const __m128i *)(text + shift + 2));
        __m128i pair = _mm_cmpeq_epi8(small, _mm_or_si128(next, _mm_set1_epi8(0x20)));
        block.triple |= bits(_mm_and_si128(pair, _mm_cmpeq_epi8(small, _mm_or_si128(third, _mm_set1_epi8(0x20))))) << shift;
        _mm_storeu_si128((__m128i *)(lower + shift), _mm_add_epi8(bytes, _mm_and_si128(upper, _mm_set1_epi8(0x20))));
    }
    block.triple &= block.letter;
    *out = block;
}

static void scan(const uint8_t *text, size_t count, uint8_t *lower, attune_block *blocks) {
    size_t start = 0;
    for (; start + attune_block_reach <= count; start += 64) classify(text + start, lower + start, blocks++);
    for (; start < count; start += 64) {
        uint8_t tail[attune_block_reach];
        attune_pad(tail, text + start, count - start);
        classify(tail, lower + start, blocks++);
    }
}

static size_t newline(const uint8_t *bytes, size_t count) {
    __m128i sought = _mm_set1_epi8('\n');
    size_t i = 0;
    for (; i + 16 <= count; i += 16) {
        unsigned mask = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(bytes + i)), sought));
        if (mask) return i + (size_t)__builtin_ctz(mask);
    }
    for (; i < count; i++) {
        if (bytes[i] == '\n') return i;
    }
    return count;
}

/// Adds eight int16 lanes to eight int32 sums.
static inline void flush(int32_t *sums, __m128i lanes) {
    __m128i sign = _mm_cmplt_epi16(lanes, _mm_setzero_si128());
    __m128i *low = (__m128i *)sums, *high = (__m128i *)(sums + 4);
    _mm_storeu_si128(low, _mm_add_epi32(_mm_loadu_si128(low), _mm_unpacklo_epi16(lanes, sign)));
    _mm_storeu_si128(high, _mm_add_epi32(_mm_loadu_si128(high), _mm_unpackhi_epi16(lanes, sign)));
}

/// `parts` is the number of 16-lane parts that are added of each row; it is a constant where this is inlined.
static inline __attribute__((always_inline)) void add_parts(
    const int8_t *table, const uint32_t *rows, size_t count, uint32_t mask, int32_t *sums, size_t lanes, int parts
) {
    for (size_t start = 0; start < count; start += attune_rows_per_flush) {
        size_t end = count - start < attune_rows_per_flush ? count : start + attune_rows_per_flush;
        __m128i total[4];
        for (int half = 0; half < 2 * parts; half++) total[half] = _mm_setzero_si128();
        for (size_t i = start; i < end; i++) {
            const int8_t *row = table + (rows[i] & mask) * lanes;
            for (int part = 0; part < parts; part++) {
                __m128i bytes = _mm_loadu_si128((const __m128i *)(row + 16 * part));
                __m128i sign = _mm_cmplt_epi8(bytes, _mm_setzero_si128());
                total[2 * part] = _mm_add_epi16(total[2 * part], _mm_unpacklo_epi8(bytes, sign));
                total[2 * part + 1] = _mm_add_epi16(total[2 * part + 1], _mm_unpackhi_epi8(bytes, sign));
            }
        }
        for (int half = 0; half < 2 * parts; half++) flush(sums + 8 * half, total[half]);
    }
}

static void add_rows(const int8_t *table, const uint32_t *rows, size_t count, uint32_t mask, int32_t *sums, size_t lanes) {
    size_t lane = 0;
    for (; lane + 32 <= lanes; lane += 32) add_parts(table + lane, rows, count, mask, sums + lane, lanes, 2);
    for (; lane < lanes; lane += 16) add_parts(table + lane, rows, count, mask, sums + lane, lanes, 1);
}

#include "Grams.h"

const attune_kernels attune_sse2 = {
    attune_level_sse2, scan, words, newline, add_rows, add_grams,
    match_words, add_words, log_odds, choose, exponentials, pack_row, characters,
};
#endif

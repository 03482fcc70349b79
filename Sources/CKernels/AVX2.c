#if defined(__x86_64__)
#include <immintrin.h>

#include "Variants.h"

/// Compiled for AVX2 and the bit operations of the same processors, whatever the rest of the program is compiled for; `Dispatch.c` asks the
/// processor first.
#define AVX2 __attribute__((target("avx2,bmi,bmi2")))
#define TARGET AVX2

#include "Characters.h"
#include "Heads.h"
#include "Tokens.h"
#include "Words.h"

/// 0xFF where `low <= byte < low + span`, unsigned: AVX2 compares signed bytes only, so the range is moved to the bottom of theirs.
AVX2 static inline __m256i in_range(__m256i bytes, int low, int span) {
    __m256i moved = _mm256_add_epi8(bytes, _mm256_set1_epi8((char)(-128 - low)));
    return _mm256_cmpgt_epi8(_mm256_set1_epi8((char)(-128 + span)), moved);
}

AVX2 static inline uint64_t bits(__m256i mask) { return (uint32_t)_mm256_movemask_epi8(mask); }

AVX2 static inline void classify(const uint8_t *text, uint8_t *lower, attune_block *out) {
    attune_block block = {0};
    for (int i = 0; i < 2; i++) {
        int shift = 32 * i;
        __m256i bytes = _mm256_loadu_si256((const __m256i *)(text + shift));
        __m256i small = _mm256_or_si256(bytes, _mm256_set1_epi8(0x20));
        __m256i upper = in_range(bytes, 'A', 26);
        __m256i space = _mm256_or_si256(in_range(bytes, 0, 0x21), _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(0x7F)));
        __m256i newline =
            _mm256_or_si256(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\n')), _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\r')));
        block.letter |= bits(in_range(small, 'a', 26)) << shift;
        block.digit |= bits(in_range(bytes, '0', 10)) << shift;
        block.space |= bits(space) << shift;
        block.high |= bits(bytes) << shift;
        block.upper |= bits(upper) << shift;
        block.newline |= bits(newline) << shift;
        __m256i next = _mm256_loadu_si256((const __m256i *)(text + shift + 1)), third = _mm256_loadu_si256((const __m256i *)(text + shift + 2));
        __m256i pair = _mm256_cmpeq_epi8(small, _mm256_or_si256(next, _mm256_set1_epi8(0x20)));
        __m256i triple = _mm256_and_si256(pair, _mm256_cmpeq_epi8(small, _mm256_or_si256(third, _mm256_set1_epi8(0x20))));
        block.triple |= bits(triple) << shift;
        __m256i folded = _mm256_add_epi8(bytes, _mm256_and_si256(upper, _mm256_set1_epi8(0x20)));
        _mm256_storeu_si256((__m256i *)(lower + shift), folded);
    }
    block.triple &= block.letter;
    *out = block;
}

AVX2 static void scan(const uint8_t *text, size_t count, uint8_t *lower, attune_block *blocks) {
    size_t start = 0;
    for (; start + attune_block_reach <= count; start += 64) classify(text + start, lower + start, blocks++);
    for (; start < count; start += 64) {
        uint8_t tail[attune_block_reach];
        attune_pad(tail, text + start, count - start);
        classify(tail, lower + start, blocks++);
    }
}

AVX2 static size_t newline(const uint8_t *bytes, size_t count) {
    __m256i sought = _mm256_set1_epi8('\n');
    size_t i = 0;
    for (; i + 32 <= count; i += 32) {
        __m256i block = _mm256_loadu_si256((const __m256i *)(bytes + i));
        unsigned mask = (unsigned)_mm256_movemask_epi8(_mm256_cmpeq_epi8(block, sought));
        if (mask) return i + (size_t)__builtin_ctz(mask);
    }
    for (; i < count; i++) {
        if (bytes[i] == '\n') return i;
    }
    return count;
}

/// Adds sixteen int16 lanes to sixteen int32 sums.
AVX2 static inline void flush(int32_t *sums, __m256i lanes) {
    __m256i *low = (__m256i *)sums, *high = (__m256i *)(sums + 8);
    __m256i first = _mm256_cvtepi16_epi32(_mm256_castsi256_si128(lanes));
    __m256i second = _mm256_cvtepi16_epi32(_mm256_extracti128_si256(lanes, 1));
    _mm256_storeu_si256(low, _mm256_add_epi32(_mm256_loadu_si256(low), first));
    _mm256_storeu_si256(high, _mm256_add_epi32(_mm256_loadu_si256(high), second));
}

/// `parts` is the number of 16-lane parts that are added of each row; it is a constant where this is inlined.
AVX2 static inline __attribute__((always_inline)) void add_parts(
    const int8_t *table, const uint32_t *rows, size_t count, uint32_t mask, int32_t *sums, size_t lanes, int parts
) {
    for (size_t start = 0; start < count; start += attune_rows_per_flush) {
        size_t end = count - start < attune_rows_per_flush ? count : start + attune_rows_per_flush;
        __m256i total[8];
        for (int part = 0; part < parts; part++) total[part] = _mm256_setzero_si256();
        for (size_t i = start; i < end; i++) {
            const int8_t *row = table + (rows[i] & mask) * lanes;
            for (int part = 0; part < parts; part++) {
                __m128i bytes = _mm_loadu_si128((const __m128i *)(row + 16 * part));
                total[part] = _mm256_add_epi16(total[part], _mm256_cvtepi8_epi16(bytes));
            }
        }
        for (int part = 0; part < parts; part++) flush(sums + 16 * part, total[part]);
    }
}

AVX2 static void add_rows(const int8_t *table, const uint32_t *rows, size_t count, uint32_t mask, int32_t *sums, size_t lanes) {
    switch (lanes) {
    case 16: return add_parts(table, rows, count, mask, sums, lanes, 1);
    case 32: return add_parts(table, rows, count, mask, sums, lanes, 2);
    case 48: return add_parts(table, rows, count, mask, sums, lanes, 3);
    case 64: return add_parts(table, rows, count, mask, sums, lanes, 4);
    case 80: return add_parts(table, rows, count, mask, sums, lanes, 5);
    default:
        for (size_t lane = 0; lane < lanes; lane += 16) add_parts(table + lane, rows, count, mask, sums + lane, lanes, 1);
    }
}

#include "Grams.h"

const attune_kernels attune_avx2 = {
    attune_level_avx2, scan, words, newline, add_rows, add_grams,
    match_words, add_words, log_odds, choose, exponentials, pack_row, characters,
};
#endif

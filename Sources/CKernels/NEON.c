#if defined(__aarch64__)
#include <arm_neon.h>

#include "Variants.h"

#define TARGET

#include "Characters.h"
#include "Heads.h"
#include "Tokens.h"
#include "Words.h"

/// 0xFF where `low <= byte < low + span`, unsigned.
static inline uint8x16_t in_range(uint8x16_t bytes, uint8_t low, uint8_t span) {
    return vcltq_u8(vsubq_u8(bytes, vdupq_n_u8(low)), vdupq_n_u8(span));
}

/// One bit of each of 64 mask bytes: pairwise sums of bit weights, as NEON has no movemask.
static inline uint64_t bits(const uint8x16_t masks[4]) {
    static const uint8_t weights[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    uint8x16_t weight = vld1q_u8(weights);
    uint8x16_t first = vpaddq_u8(vandq_u8(masks[0], weight), vandq_u8(masks[1], weight));
    uint8x16_t second = vpaddq_u8(vandq_u8(masks[2], weight), vandq_u8(masks[3], weight));
    uint8x16_t both = vpaddq_u8(first, second);
    return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(both, both)), 0);
}

static inline void classify(const uint8_t *text, uint8_t *lower, attune_block *out) {
    uint8x16_t letter[4], digit[4], space[4], high[4], upper[4], newline[4], triple[4];
    for (int i = 0; i < 4; i++) {
        uint8x16_t bytes = vld1q_u8(text + 16 * i);
        letter[i] = in_range(vorrq_u8(bytes, vdupq_n_u8(0x20)), 'a', 26);
        digit[i] = in_range(bytes, '0', 10);
        space[i] = vorrq_u8(in_range(bytes, 0, 0x21), vceqq_u8(bytes, vdupq_n_u8(0x7F)));
        high[i] = vcgeq_u8(bytes, vdupq_n_u8(0x80));
        upper[i] = in_range(bytes, 'A', 26);
        uint8x16_t small = vorrq_u8(bytes, vdupq_n_u8(0x20));
        uint8x16_t pair = vceqq_u8(small, vorrq_u8(vld1q_u8(text + 16 * i + 1), vdupq_n_u8(0x20)));
        triple[i] = vandq_u8(vandq_u8(letter[i], pair), vceqq_u8(small, vorrq_u8(vld1q_u8(text + 16 * i + 2), vdupq_n_u8(0x20))));
        newline[i] = vorrq_u8(vceqq_u8(bytes, vdupq_n_u8('\n')), vceqq_u8(bytes, vdupq_n_u8('\r')));
        vst1q_u8(lower + 16 * i, vaddq_u8(bytes, vandq_u8(upper[i], vdupq_n_u8(0x20))));
    }
    attune_block block = {bits(letter), bits(digit), bits(space), bits(high), bits(upper), bits(newline), bits(triple)};
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
    size_t i = 0;
    for (; i + 16 <= count; i += 16) {
        uint8x16_t equal = vceqq_u8(vld1q_u8(bytes + i), vdupq_n_u8('\n'));
        // Four bits a byte are left by the narrowing shift.
        uint64_t mask = vget_lane_u64(vreinterpret_u64_u8(vshrn_n_u16(vreinterpretq_u16_u8(equal), 4)), 0);
        if (mask) return i + ((size_t)__builtin_ctzll(mask) >> 2);
    }
    for (; i < count; i++) {
        if (bytes[i] == '\n') return i;
    }
    return count;
}

/// Adds eight int16 lanes to eight int32 sums.
static inline void flush(int32_t *sums, int16x8_t lanes) {
    vst1q_s32(sums, vaddw_s16(vld1q_s32(sums), vget_low_s16(lanes)));
    vst1q_s32(sums + 4, vaddw_s16(vld1q_s32(sums + 4), vget_high_s16(lanes)));
}

/// `parts` is the number of 16-lane parts that are added of each row; it is a constant where this is inlined.
static inline __attribute__((always_inline)) void add_parts(
    const int8_t *table, const uint32_t *rows, size_t count, uint32_t mask, int32_t *sums, size_t lanes, int parts
) {
    for (size_t start = 0; start < count; start += attune_rows_per_flush) {
        size_t end = count - start < attune_rows_per_flush ? count : start + attune_rows_per_flush;
        int16x8_t total[10];
        for (int half = 0; half < 2 * parts; half++) total[half] = vdupq_n_s16(0);
        for (size_t i = start; i < end; i++) {
            const int8_t *row = table + (rows[i] & mask) * lanes;
            for (int part = 0; part < parts; part++) {
                int8x16_t bytes = vld1q_s8(row + 16 * part);
                total[2 * part] = vaddw_s8(total[2 * part], vget_low_s8(bytes));
                total[2 * part + 1] = vaddw_s8(total[2 * part + 1], vget_high_s8(bytes));
            }
        }
        for (int half = 0; half < 2 * parts; half++) flush(sums + 8 * half, total[half]);
    }
}

static void add_rows(const int8_t *table, const uint32_t *rows, size_t count, uint32_t mask, int32_t *sums, size_t lanes) {
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

const attune_kernels attune_neon = {
    attune_level_neon, scan, words, newline, add_rows, add_grams,
    match_words, add_words, log_odds, choose, exponentials, pack_row, characters,
};
#endif

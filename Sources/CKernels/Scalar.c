/// The reference: what every other variant must answer.
#include "Variants.h"

static void scan(const uint8_t *text, size_t count, uint8_t *lower, attune_block *blocks) {
    for (size_t start = 0; start < count; start += 64, blocks++) {
        size_t rest = count - start < 64 ? count - start : 64;
        attune_block block = {0};
        for (size_t i = 0; i < rest; i++) {
            uint8_t c = text[start + i];
            uint64_t bit = (uint64_t)1 << i;
            int upper = c >= 'A' && c <= 'Z';
            if (upper) block.upper |= bit;
            if (upper || (c >= 'a' && c <= 'z')) block.letter |= bit;
            if (c >= '0' && c <= '9') block.digit |= bit;
            if (c <= 0x20 || c == 0x7F) block.space |= bit;
            if (c == '\n' || c == '\r') block.newline |= bit;
            if (c >= 0x80) block.high |= bit;
            lower[start + i] = upper ? c | 0x20 : c;
        }
        if (rest < 64) {
            block.space |= attune_behind(rest);
            memset(lower + start + rest, 0, 64 - rest);
        }
        *blocks = block;
    }
}

static size_t newline(const uint8_t *bytes, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (bytes[i] == '\n') return i;
    }
    return count;
}

static void add_rows_16(const int8_t *table, const uint32_t *rows, size_t count, int32_t *sums) {
    for (size_t i = 0; i < count; i++) {
        for (size_t lane = 0; lane < 16; lane++) sums[lane] += table[(size_t)rows[i] * 16 + lane];
    }
}

static void add_rows_32(const int8_t *table, const uint32_t *rows, size_t count, int32_t *sums) {
    for (size_t i = 0; i < count; i++) {
        for (size_t lane = 0; lane < 32; lane++) sums[lane] += table[(size_t)rows[i] * 32 + lane];
    }
}

const attune_kernels attune_scalar = {attune_level_scalar, scan, newline, add_rows_16, add_rows_32};

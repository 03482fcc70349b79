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

/// Adds `count` rows of int8 to int32 sums (16 or 32 lanes, as the field says); row r stands at `table + lanes * r`. `table` may be unaligned.
typedef void (*attune_add_rows_kernel)(const int8_t *table, const uint32_t *rows, size_t count, int32_t *sums);

/// One variant of every kernel.
typedef struct {
    attune_level level;
    attune_scan_kernel _Nonnull scan;
    attune_newline_kernel _Nonnull newline;
    attune_add_rows_kernel _Nonnull add_rows_16;
    attune_add_rows_kernel _Nonnull add_rows_32;
} attune_kernels;

/// The fastest variant that this processor runs. Ask once and keep the answer.
const attune_kernels *attune_kernels_best(void);

/// The variant of a level, or null when this processor does not run it. For tests and for measuring.
const attune_kernels *_Nullable attune_kernels_at(attune_level level);

/// `add_rows_16` of the fastest variant.
void attune_add_rows_i8(const int8_t *table, const uint32_t *rows, size_t count, int32_t *sums16);

/// `add_rows_32` of the fastest variant.
void attune_add_rows_i8x32(const int8_t *table, const uint32_t *rows, size_t count, int32_t *sums32);

#pragma clang assume_nonnull end

#endif

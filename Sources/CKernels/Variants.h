/// The variants by level, for `Dispatch.c` alone.
#ifndef ATTUNE_VARIANTS_H
#define ATTUNE_VARIANTS_H

#include <string.h>

#include "include/CKernels.h"

extern const attune_kernels attune_scalar;
#if defined(__x86_64__)
extern const attune_kernels attune_sse2;
extern const attune_kernels attune_avx2;
#elif defined(__aarch64__)
extern const attune_kernels attune_neon;
#endif

/// int16 lanes hold 256 int8 rows without overflow: 256 × −128 is −32,768.
enum { attune_rows_per_flush = 256 };

/// Bits of a block that stand behind the end of a text with `rest` (1…63) bytes in it.
static inline uint64_t attune_behind(size_t rest) { return ~(uint64_t)0 << rest; }

/// Bytes that classifying a block looks at: a triple begins in it and may end behind it.
enum { attune_block_reach = 66 };

/// The last `rest` < `attune_block_reach` bytes of a text, zero padded, so that a kernel never reads behind its end.
static inline void attune_pad(uint8_t *block, const uint8_t *text, size_t rest) {
    memset(block, 0, attune_block_reach);
    memcpy(block, text, rest);
}

#endif

#include "Variants.h"

const attune_kernels *attune_kernels_at(attune_level level) {
    switch (level) {
    case attune_level_scalar:
        return &attune_scalar;
#if defined(__x86_64__)
    case attune_level_sse2:
        return &attune_sse2;
    case attune_level_avx2:
        return __builtin_cpu_supports("avx2") ? &attune_avx2 : NULL;
#elif defined(__aarch64__)
    case attune_level_neon:
        return &attune_neon;
#endif
    default:
        return NULL;
    }
}

const attune_kernels *attune_kernels_best(void) {
#if defined(__x86_64__)
    const attune_kernels *wide = attune_kernels_at(attune_level_avx2);
    return wide ? wide : &attune_sse2;
#elif defined(__aarch64__)
    return &attune_neon;
#else
    return &attune_scalar;
#endif
}

void attune_add_rows_i8(const int8_t *table, const uint32_t *rows, size_t count, int32_t *sums16) {
    attune_kernels_best()->add_rows_16(table, rows, count, sums16);
}

void attune_add_rows_i8x32(const int8_t *table, const uint32_t *rows, size_t count, int32_t *sums32) {
    attune_kernels_best()->add_rows_32(table, rows, count, sums32);
}

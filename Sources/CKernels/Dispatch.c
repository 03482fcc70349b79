#include "Variants.h"

const attune_kernels *attune_kernels_at(attune_level level) {
    switch (level) {
    case attune_level_scalar:
        return &attune_scalar;
#if defined(__x86_64__)
    case attune_level_sse2:
        return &attune_sse2;
    case attune_level_avx2:
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") ? &attune_avx2 : NULL;
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

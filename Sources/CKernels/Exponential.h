/// The constants of eˣ for sums that tell a share: single precision, x from −30 to 0, within 1e-6 of the truth.
#ifndef ATTUNE_EXPONENTIAL_H
#define ATTUNE_EXPONENTIAL_H

#include "include/CKernels.h"

/// Terms below e⁻³⁰ of the largest change no digit of a share, and are left out.
#define attune_least_exponent (-30.0f)

#define attune_log2e 1.44269504f
/// ln 2 in two parts: the first has trailing zeros, so that `k × high` is exact.
#define attune_ln2_high 0.693359375f
#define attune_ln2_low (-2.12194440e-4f)

/// 1.5 · 2²³: adding it rounds to the nearest integer, halves to even, and leaves the integer in the low bits.
#define attune_round 12582912.0f
#define attune_round_bits 0x4B400000

/// Taylor series to r⁷ from the highest term down; |r| ≤ 0.347, so the first term left out is below 6e-9.
enum { attune_taylor_count = 8 };

static const float attune_taylor[attune_taylor_count] = {
    1.0f / 5040, 1.0f / 720, 1.0f / 120, 1.0f / 24, 1.0f / 6, 0.5f, 1.0f, 1.0f,
};

/// The same for eˣ on its own, in double precision: 1.5 · 2⁵² as a number and as its bits, and the series to x¹³.
#define attune_wide_round 6755399441055744.0
#define attune_wide_round_bits 0x4338000000000000
#define attune_wide_log2e 1.4426950408889634
#define attune_wide_ln2_high 6.93147180369123816e-01
#define attune_wide_ln2_low 1.90821492927058770e-10

enum { attune_wide_taylor_count = 14 };

static const double attune_wide_taylor[attune_wide_taylor_count] = {
    1.0 / 6227020800, 1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800, 1.0 / 362880, 1.0 / 40320, 1.0 / 5040,
    1.0 / 720,        1.0 / 120,       1.0 / 24,       1.0 / 6,       0.5,          1.0,         1.0,
};

static inline __attribute__((always_inline)) double attune_larger(double a, double b) { return b > a ? b : a; }

static inline __attribute__((always_inline)) double attune_largest_of_four(double a, double b, double c, double d) {
    return attune_larger(attune_larger(a, b), attune_larger(c, d));
}

#endif

/// The heads' arithmetic in vectors of four doubles, for every variant but the scalar one: each defines TARGET and includes this.
///
/// Every lane sees the scalar kernel's operations in its order, and nothing is fused, so the last bit is the same.
#include "Exponential.h"

#pragma STDC FP_CONTRACT OFF

typedef double four_doubles __attribute__((vector_size(32)));
typedef double four_doubles_anywhere __attribute__((vector_size(32), aligned(8)));
typedef int64_t four_integers __attribute__((vector_size(32)));
typedef float four_floats __attribute__((vector_size(16)));
typedef float eight_floats __attribute__((vector_size(32)));
typedef int32_t eight_integers __attribute__((vector_size(32)));
typedef int32_t four_sums __attribute__((vector_size(16), aligned(4)));

// Macros, as a function that is given vectors wider than the target's would have an unstable calling convention.
#define load4(from) (*(const four_doubles_anywhere *)(from))
#define select8(mask, yes, no) ((eight_floats)(((mask) & (eight_integers)(yes)) | (~(mask) & (eight_integers)(no))))
#define select4(mask, yes, no) ((four_doubles)(((mask) & (four_integers)(yes)) | (~(mask) & (four_integers)(no))))

TARGET static void log_odds(
    const double *numbers, size_t lanes, const int32_t *sums, double inverse, const attune_feature *features, size_t count, double *out
) {
    for (size_t lane = 0; lane < lanes; lane += 16) {
        four_doubles total[4];
        for (int i = 0; i < 4; i++) {
            four_doubles sum = __builtin_convertvector(*(const four_sums *)(sums + lane + 4 * i), four_doubles);
            total[i] = load4(numbers + lane + 4 * i) + load4(numbers + lanes + lane + 4 * i) * sum * inverse;
        }
        for (size_t feature = 0; feature < count; feature++) {
            const double *column = numbers + (2 + features[feature].column) * lanes + lane;
            for (int i = 0; i < 4; i++) total[i] = total[i] + load4(column + 4 * i) * features[feature].value;
        }
        for (int i = 0; i < 4; i++) *(four_doubles_anywhere *)(out + lane + 4 * i) = total[i];
    }
}

TARGET static void exponentials(double *numbers, size_t count) {
    for (size_t i = 0; i < count; i += 4) {
        four_doubles x = load4(numbers + i);
        four_doubles shifted = x * attune_wide_log2e + attune_wide_round, k = shifted - attune_wide_round;
        four_doubles r = (x - k * attune_wide_ln2_high) - k * attune_wide_ln2_low;
        four_doubles sum = (four_doubles){} + attune_wide_taylor[0];
        for (int term = 1; term < attune_wide_taylor_count; term++) sum = sum * r + attune_wide_taylor[term];
        four_doubles power = (four_doubles)(((four_integers)shifted - attune_wide_round_bits + 1023) << 52);
        four_doubles result = sum * power;
        result = select4(x > 709, (four_doubles){} + __builtin_inf(), result);
        result = select4(x < -708, (four_doubles){}, result);
        *(four_doubles_anywhere *)(numbers + i) = select4(x == x, result, x);
    }
}

TARGET static attune_choice choose(const double *log_odds, const double *priors, size_t lanes) {
    four_doubles top = load4(log_odds) + load4(priors);
    for (size_t lane = 4; lane < lanes; lane += 4) {
        four_doubles value = load4(log_odds + lane) + load4(priors + lane);
        top = select4(value > top, value, top);
    }
    double largest = attune_largest_of_four(top[0], top[1], top[2], top[3]);
    const eight_floats zero = {0, 0, 0, 0, 0, 0, 0, 0};
    eight_floats total = zero;
    size_t best = lanes;
    for (size_t lane = 0; lane < lanes; lane += 8) {
        four_doubles low = load4(log_odds + lane) + load4(priors + lane) - largest;
        four_doubles high = load4(log_odds + lane + 4) + load4(priors + lane + 4) - largest;
        four_integers first = low == 0, second = high == 0, either = first | second;
        if (best == lanes && (either[0] | either[1] | either[2] | either[3])) {
            best = lane + (first[0] ? 0 : first[1] ? 1 : first[2] ? 2 : first[3] ? 3 : second[0] ? 4 : second[1] ? 5 : second[2] ? 6 : 7);
        }
        eight_floats x = __builtin_shufflevector(
            __builtin_convertvector(low, four_floats), __builtin_convertvector(high, four_floats), 0, 1, 2, 3, 4, 5, 6, 7);
        eight_integers counts = x >= attune_least_exponent;
        x = select8(counts, x, zero);
        eight_floats shifted = x * attune_log2e + attune_round, k = shifted - attune_round;
        eight_floats r = (x - k * attune_ln2_high) - k * attune_ln2_low;
        eight_floats sum = zero + attune_taylor[0];
        for (int i = 1; i < attune_taylor_count; i++) sum = sum * r + attune_taylor[i];
        eight_integers exponent = ((eight_integers)shifted - attune_round_bits + 127) << 23;
        total += select8(counts, sum * (eight_floats)exponent, zero);
    }
    float sum = ((total[0] + total[4]) + (total[1] + total[5])) + ((total[2] + total[6]) + (total[3] + total[7]));
    attune_choice choice = {best, sum, largest};
    return choice;
}

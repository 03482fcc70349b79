/// The reference: what every other variant must answer.
#include "Characters.h"
#include "Exponential.h"
#include "Variants.h"

#pragma STDC FP_CONTRACT OFF

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
            if (start + i + 2 < count && (block.letter & bit) && (text[start + i + 1] | 0x20) == (c | 0x20) &&
                (text[start + i + 2] | 0x20) == (c | 0x20))
                block.triple |= bit;
            lower[start + i] = upper ? c | 0x20 : c;
        }
        if (rest < 64) {
            block.space |= attune_behind(rest);
            memset(lower + start + rest, 0, 64 - rest);
        }
        *blocks = block;
    }
}

static size_t words(
    const uint8_t *text, const uint8_t *lower, const attune_block *blocks, size_t count, size_t *position, size_t room, attune_token *tokens,
    attune_word_key *keys
) {
    (void)text, (void)lower, (void)blocks, (void)count, (void)position, (void)room, (void)tokens, (void)keys;
    return 0;
}

static size_t newline(const uint8_t *bytes, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (bytes[i] == '\n') return i;
    }
    return count;
}

static void add_rows(const int8_t *table, const uint32_t *rows, size_t count, uint32_t mask, int32_t *sums, size_t lanes) {
    for (size_t i = 0; i < count; i++) {
        for (size_t lane = 0; lane < lanes; lane++) sums[lane] += table[(rows[i] & mask) * lanes + lane];
    }
}

static void add_grams(const attune_gram_tables *tables, const uint32_t *hashes, size_t count, int32_t *sums) {
    if (tables->first) add_rows(tables->first, hashes, count, tables->first_mask, sums, tables->first_lanes);
    if (tables->second) add_rows(tables->second, hashes, count, tables->second_mask, sums + tables->first_lanes, tables->second_lanes);
    if (tables->fine) add_rows(tables->fine, hashes, count, tables->fine_mask, sums, 2);
}

static size_t match_words(
    const uint8_t *const *records, const attune_word_key *keys, size_t count, uint8_t *facts, const uint8_t **rows, uint64_t *counts
) {
    for (size_t i = 0; i < count; i++) {
        uint64_t known;
        memcpy(&known, records[i] + attune_facts_counts, 8);
        if (memcmp(records[i] + attune_record_form, &keys[i].first, 16) != 0 || (uint8_t)(known >> 48) != keys[i].tag) return i;
        if (known & attune_unusual) return i;
        memcpy(facts + attune_facts_size * i, records[i], attune_facts_size);
        *counts += known & attune_countable;
        rows[i] = records[i] + attune_record_row;
    }
    return count;
}

static void add_words(const uint8_t *const *rows, size_t count, int32_t *sums, size_t wide, size_t narrow) {
    for (size_t i = 0; i < count; i++) {
        for (size_t lane = 0; lane < wide; lane++) {
            int16_t value;
            memcpy(&value, rows[i] + 2 * lane, 2);
            sums[lane] += value;
        }
        for (size_t lane = 0; lane < narrow; lane++) sums[wide + lane] += (int8_t)rows[i][2 * wide + lane];
    }
}

static void log_odds(
    const double *numbers, size_t lanes, const int32_t *sums, double inverse, const attune_feature *features, size_t count, double *out
) {
    for (size_t lane = 0; lane < lanes; lane++) {
        double total = numbers[lane] + numbers[lanes + lane] * (double)sums[lane] * inverse;
        for (size_t i = 0; i < count; i++) total = total + numbers[(2 + features[i].column) * lanes + lane] * features[i].value;
        out[lane] = total;
    }
}

static void exponentials(double *numbers, size_t count) {
    for (size_t i = 0; i < count; i++) {
        double x = numbers[i];
        if (x != x) continue;
        union {
            double number;
            uint64_t bits;
        } shifted = {x * attune_wide_log2e + attune_wide_round}, power;
        double k = shifted.number - attune_wide_round;
        double r = (x - k * attune_wide_ln2_high) - k * attune_wide_ln2_low;
        double sum = attune_wide_taylor[0];
        for (int term = 1; term < attune_wide_taylor_count; term++) sum = sum * r + attune_wide_taylor[term];
        power.bits = (shifted.bits - attune_wide_round_bits + 1023) << 52;
        numbers[i] = x > 709 ? __builtin_inf() : x < -708 ? 0 : sum * power.number;
    }
}

static float exponential(float x) {
    union {
        float number;
        int32_t bits;
    } shifted = {x * attune_log2e + attune_round}, power;
    float k = shifted.number - attune_round;
    float r = (x - k * attune_ln2_high) - k * attune_ln2_low;
    float sum = attune_taylor[0];
    for (int i = 1; i < attune_taylor_count; i++) sum = sum * r + attune_taylor[i];
    power.bits = (int32_t)((uint32_t)(shifted.bits - attune_round_bits + 127) << 23);
    return sum * power.number;
}

static attune_choice choose(const double *log_odds, const double *priors, size_t lanes) {
    attune_choice choice = {0, 0, log_odds[0] + priors[0]};
    for (size_t lane = 1; lane < lanes; lane++) {
        double value = log_odds[lane] + priors[lane];
        if (value > choice.largest) {
            choice.lane = lane;
            choice.largest = value;
        }
    }
    // Eight sums, as the vectors of the other variants have.
    float total[8] = {0, 0, 0, 0, 0, 0, 0, 0};
    for (size_t lane = 0; lane < lanes; lane++) {
        float x = (float)(log_odds[lane] + priors[lane] - choice.largest);
        if (x >= attune_least_exponent) total[lane % 8] += exponential(x);
    }
    choice.total = ((total[0] + total[4]) + (total[1] + total[5])) + ((total[2] + total[6]) + (total[3] + total[7]));
    return choice;
}

static _Bool pack_row(const int32_t *sums, size_t wide, size_t narrow, uint8_t *row) {
    int32_t largest = 0;
    for (size_t lane = 0; lane < wide; lane++) {
        int16_t value = (int16_t)sums[lane];
        memcpy(row + 2 * lane, &value, 2);
        int32_t size = sums[lane] < 0 ? -sums[lane] : sums[lane];
        if (size > largest) largest = size;
    }
    for (size_t lane = 0; lane < narrow; lane++) {
        // An arithmetic shift: to the nearest step, halves upwards.
        int32_t step = (sums[wide + lane] + attune_language_step / 2) >> 3;
        row[2 * wide + lane] = (uint8_t)(int8_t)(step < -127 ? -127 : step > 127 ? 127 : step);
    }
    return largest <= attune_largest_lane;
}

static size_t characters(const uint8_t *form, size_t count, size_t longest, uint32_t *hashes) {
    uint32_t units[attune_units_room];
    size_t scalars = attune_units(form, count, units), starts = scalars + 1;
    for (size_t length = 1; length <= longest; length++) {
        for (size_t start = 0; start < starts && start + length <= scalars + 2; start++) {
            uint32_t state = attune_gram_seed;
            for (size_t i = 0; i < length; i++) state = (state ^ units[start + i]) * attune_gram_prime;
            state = (state ^ state >> 16) * attune_gram_finish;
            *hashes++ = state ^ state >> 15;
        }
    }
    return scalars;
}

const attune_kernels attune_scalar = {
    attune_level_scalar, scan, words, newline, add_rows, add_grams,
    match_words, add_words, log_odds, choose, exponentials, pack_row, characters,
};

/// Adding words up, for every variant but the scalar one: each defines TARGET and includes this.
typedef int16_t sixteen_lanes __attribute__((vector_size(32)));
typedef int16_t sixteen_lanes_anywhere __attribute__((vector_size(32), aligned(2)));
typedef int8_t sixteen_bytes_anywhere __attribute__((vector_size(16), aligned(1)));
typedef int32_t sixteen_sums_anywhere __attribute__((vector_size(64), aligned(4)));

/// Adds `wide` parts of 16 int16 and, behind them, `narrow` parts of 16 int8 of each row from `offset` on. Both are constants where this is inlined.
TARGET static inline __attribute__((always_inline)) void add_word_parts(
    const uint8_t *const *rows, size_t count, size_t offset, int wide, int narrow, int32_t *sums
) {
    sixteen_lanes total[8] = {0};
    for (size_t i = 0; i < count; i++) {
        const uint8_t *row = rows[i] + offset;
        for (int part = 0; part < wide; part++) total[part] += *(const sixteen_lanes_anywhere *)(row + 32 * part);
        row += 32 * wide;
        for (int part = 0; part < narrow; part++) {
            total[wide + part] += __builtin_convertvector(*(const sixteen_bytes_anywhere *)(row + 16 * part), sixteen_lanes);
        }
    }
    for (int part = 0; part < wide + narrow; part++) {
        *(sixteen_sums_anywhere *)(sums + 16 * part) += __builtin_convertvector(total[part], sixteen_sums_anywhere);
    }
}

typedef uint64_t eight_words_anywhere __attribute__((vector_size(64), aligned(8)));

TARGET static size_t match_words(
    const uint8_t *const *records, const attune_word_key *keys, size_t count, uint8_t *facts, const uint8_t **rows, uint64_t *counts
) {
    uint64_t total = *counts;
    size_t i = 0;
    for (; i < count; i++) {
        const uint64_t *record = (const uint64_t *)(const void *)records[i], *form = record + attune_record_form / 8;
        uint64_t known = record[attune_facts_counts / 8];
        // No form has a zero byte, so that the padding tells the lengths.
        uint64_t other = (form[0] ^ keys[i].first) | (form[1] ^ keys[i].second) | (uint8_t)(known >> 48 ^ keys[i].tag);
        if (other | (known & attune_unusual)) break;
        *(eight_words_anywhere *)(facts + attune_facts_size * i) = *(const eight_words_anywhere *)record;
        total += known & attune_countable;
        rows[i] = records[i] + attune_record_row;
    }
    *counts = total;
    return i;
}

TARGET static void add_words(const uint8_t *const *rows, size_t count, int32_t *sums, size_t wide, size_t narrow) {
    // What our own pack has goes in one walk over the words.
    if (wide == 48 && narrow == 64) return add_word_parts(rows, count, 0, 3, 4, sums);
    for (size_t lane = 0; lane < wide; lane += 16) add_word_parts(rows, count, 2 * lane, 1, 0, sums + lane);
    for (size_t lane = 0; lane < narrow; lane += 16) add_word_parts(rows, count, 2 * wide + lane, 0, 1, sums + wide + lane);
}

typedef int32_t eight_sums __attribute__((vector_size(32)));
typedef int32_t eight_sums_anywhere __attribute__((vector_size(32), aligned(4)));
typedef int16_t eight_lanes_anywhere __attribute__((vector_size(16), aligned(1)));
typedef int8_t eight_steps __attribute__((vector_size(8)));
typedef int8_t eight_steps_anywhere __attribute__((vector_size(8), aligned(1)));
typedef int16_t eight_lanes __attribute__((vector_size(16)));

TARGET static _Bool pack_row(const int32_t *sums, size_t wide, size_t narrow, uint8_t *row) {
    eight_sums beyond = {0};
    for (size_t lane = 0; lane < wide; lane += 8) {
        eight_sums part = *(const eight_sums_anywhere *)(sums + lane);
        beyond |= (part > attune_largest_lane) | (part < -attune_largest_lane);
        *(eight_lanes_anywhere *)(row + 2 * lane) = __builtin_convertvector(part, eight_lanes);
    }
    for (size_t lane = 0; lane < narrow; lane += 8) {
        eight_sums step = (*(const eight_sums_anywhere *)(sums + wide + lane) + attune_language_step / 2) >> 3;
        step = __builtin_elementwise_min(__builtin_elementwise_max(step, (eight_sums){} - 127), (eight_sums){} + 127);
        *(eight_steps_anywhere *)(row + 2 * wide + lane) = __builtin_convertvector(step, eight_steps);
    }
    int any = 0;
    for (int i = 0; i < 8; i++) any |= beyond[i];
    return any == 0;
}

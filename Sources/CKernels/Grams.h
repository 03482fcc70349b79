/// Adding rows that the same hashes name, for every variant but the scalar one: each defines TARGET and includes this behind its `add_rows`.
typedef int16_t sixteen_gram_lanes __attribute__((vector_size(32)));
typedef int8_t sixteen_gram_bytes __attribute__((vector_size(16), aligned(1)));
typedef int32_t sixteen_gram_sums __attribute__((vector_size(64), aligned(4)));

#define widen(row) __builtin_convertvector(*(const sixteen_gram_bytes *)(row), sixteen_gram_lanes)
#define settle(sums, total) *(sixteen_gram_sums *)(sums) += __builtin_convertvector(total, sixteen_gram_sums)

/// The shape of our own pack: sixteen lanes, thirty-two, and two fine ones.
TARGET static inline void add_own_grams(const attune_gram_tables *tables, const uint32_t *hashes, size_t count, int32_t *sums) {
    const int8_t *first = tables->first, *second = tables->second, *fine = tables->fine;
    uint32_t first_mask = tables->first_mask, second_mask = tables->second_mask, fine_mask = tables->fine_mask;
    int32_t one = 0, two = 0;
    for (size_t start = 0; start < count; start += attune_rows_per_flush) {
        size_t end = count - start < attune_rows_per_flush ? count : start + attune_rows_per_flush;
        sixteen_gram_lanes main = {0}, low = {0}, high = {0};
        for (size_t i = start; i < end; i++) {
            uint32_t hash = hashes[i];
            const int8_t *row = second + 32 * (size_t)(hash & second_mask), *pair = fine + 2 * (size_t)(hash & fine_mask);
            main += widen(first + 16 * (size_t)(hash & first_mask));
            low += widen(row);
            high += widen(row + 16);
            one += pair[0];
            two += pair[1];
        }
        settle(sums, main);
        settle(sums + 16, low);
        settle(sums + 32, high);
    }
    sums[0] += one;
    sums[1] += two;
}

TARGET static void add_grams(const attune_gram_tables *tables, const uint32_t *hashes, size_t count, int32_t *sums) {
    if (tables->fine && tables->second && tables->first_lanes == 16 && tables->second_lanes == 32) return add_own_grams(tables, hashes, count, sums);
    if (tables->first) add_rows(tables->first, hashes, count, tables->first_mask, sums, tables->first_lanes);
    if (tables->second) add_rows(tables->second, hashes, count, tables->second_mask, sums + tables->first_lanes, tables->second_lanes);
    if (!tables->fine) return;
    for (size_t i = 0; i < count; i++) {
        const int8_t *pair = tables->fine + 2 * (size_t)(hashes[i] & tables->fine_mask);
        sums[0] += pair[0];
        sums[1] += pair[1];
    }
}

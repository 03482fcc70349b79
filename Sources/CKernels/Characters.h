/// A word's character n-grams: what all variants share, and the vector form for every variant but the scalar one, which defines TARGET.
#ifndef ATTUNE_CHARACTERS_H
#define ATTUNE_CHARACTERS_H

#include <string.h>

#include "include/CKernels.h"

// Odd constants whose bits are spread: the golden ratio's, and two of the "lowbias32" finisher (C. Wellons).
static const uint32_t attune_gram_seed = 0x3C6EF372u, attune_gram_prime = 0x9E3779B1u, attune_gram_finish = 0x7FEB352Du;

/// The units of a word: its scalars between the marks of its ends. Behind them stand as many zeros as a vector may read.
enum { attune_units_room = attune_most_form + 2 + 8 + attune_most_characters };

/// Decodes folded text, which is UTF-8; a byte that is not counts as itself. Returns how many scalars there are.
static inline size_t attune_units(const uint8_t *form, size_t count, uint32_t *units) {
    // Control bytes never occur in a folded form.
    units[0] = 0x02;
    uint8_t high = 0;
    for (size_t i = 0; i < count; i++) high |= form[i];
    size_t scalars = count;
    if (high < 0x80) {
        for (size_t i = 0; i < count; i++) units[1 + i] = form[i];
    } else {
        scalars = 0;
        for (size_t i = 0; i < count;) {
            uint32_t value = form[i];
            size_t length = value < 0xC0 ? 1 : value >= 0xF0 ? 4 : value >= 0xE0 ? 3 : 2;
            if (length > count - i) length = 1;
            if (length > 1) value &= 0xFFu >> (length + 1);
            for (size_t k = 1; k < length; k++) value = value << 6 | (form[i + k] & 0x3F);
            units[1 + scalars++] = value;
            i += length;
        }
    }
    units[1 + scalars] = 0x03;
    memset(units + 2 + scalars, 0, sizeof(uint32_t) * (8 + attune_most_characters));
    return scalars;
}

#ifdef TARGET
typedef uint32_t eight_units __attribute__((vector_size(32)));
typedef uint32_t eight_units_anywhere __attribute__((vector_size(32), aligned(4)));

TARGET static size_t characters(const uint8_t *form, size_t count, size_t longest, uint32_t *hashes) {
    uint32_t units[attune_units_room];
    size_t scalars = attune_units(form, count, units), starts = scalars + 1;
    // From the last eight places where n-grams begin to the first: what a vector writes beyond its n-grams is written over.
    for (size_t first = (starts - 1) / 8 * 8 + 8; first > 0;) {
        first -= 8;
        eight_units state = (*(const eight_units_anywhere *)(units + first) ^ attune_gram_seed) * attune_gram_prime;
        uint32_t *out = hashes + first;
        for (size_t length = 1;;) {
            eight_units hash = (state ^ state >> 16) * attune_gram_finish;
            *(eight_units_anywhere *)out = hash ^ hash >> 15;
            // As many of length 2 as of length 1, and of every next length one less.
            if (++length > longest || first + length > scalars + 2) break;
            out += scalars + 3 - length + (length == 2 ? 0 : 1);
            state = (state ^ *(const eight_units_anywhere *)(units + first + length - 1)) * attune_gram_prime;
        }
    }
    return scalars;
}
#endif
#endif

/// ICU behind an opaque header: case folding, word boundaries and the Latin form of text beyond ASCII. No ICU name leaves this module.
#ifndef ATTUNE_CTEXTBOUNDARY_H
#define ATTUNE_CTEXTBOUNDARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// ICU's iterators and their memory. Used by one thread at a time.
typedef struct attune_boundary attune_boundary;

/// Null when ICU has no data or there is no memory; the caller then does without.
attune_boundary *_Nullable attune_boundary_create(void);
void attune_boundary_destroy(attune_boundary *boundary);

/// What UAX #29 and ICU's rules say of a segment.
typedef enum {
    attune_segment_other = 0,
    attune_segment_number = 1,
    attune_segment_word = 2,
} attune_segment_kind;

typedef struct {
    int32_t end; ///< offset behind the segment's last byte
    int32_t kind;
} attune_segment;

/// Splits valid UTF-8 by UAX #29 word boundaries, dictionaries for Thai, Lao, Khmer, Burmese, Chinese and Japanese included.
///
/// Writes at most `capacity` segments and returns how many; they cover the text from its start. 0 when ICU refused.
size_t attune_boundary_segments(
    attune_boundary *boundary, const uint8_t *utf8, size_t count, attune_segment *segments, size_t capacity
);

typedef struct {
    size_t count;      ///< bytes written; 0 when ICU refused or the result did not fit
    int32_t uppercase; ///< letters of the source that are capitals
    int32_t lowercase; ///< letters of the source that are small
} attune_folded;

/// NFKC case folding (Unicode's NFKC_Casefold: default-ignorable marks go too) of valid UTF-8, at most 512 bytes of it, into `out`.
attune_folded attune_boundary_fold(attune_boundary *boundary, const uint8_t *utf8, size_t count, uint8_t *out, size_t capacity);

/// What a letter or mark becomes when its word is folded: the scalar in the low 16 bits, and what it is above them.
enum {
    attune_letter = 1 << 16,           ///< never splits a word, and folds to one scalar whatever stands beside it
    attune_letter_mark = 1 << 17,      ///< stays as it is behind a letter
    attune_letter_reordered = 1 << 18, ///< a mark that would change places with one of another class
    attune_letter_capital = 1 << 19,
    attune_letter_small = 1 << 20,
};

/// What UAX #29 and NFKC case folding say of a scalar below U+10000 among others of its kind; 0 when that depends on more than the scalar.
/// Each is asked of ICU once and kept with `boundary`.
uint32_t attune_letter_of(attune_boundary *boundary, uint16_t scalar);

/// A pictograph, a regional indicator or a keycap mark.
bool attune_is_emoji(uint32_t scalar);

/// A letter, mark or decimal digit of any script.
bool attune_is_word_scalar(uint32_t scalar);

/// Writes valid UTF-8 of any script, at most 256 bytes of it, in ASCII letters as ICU's Any-Latin and Latin-ASCII give it, without marks
/// and in small letters. How many bytes; 0 when ICU refused or the result did not fit. May be called by several threads.
size_t attune_latin(const uint8_t *utf8, size_t count, uint8_t *out, size_t capacity);

#pragma clang assume_nonnull end

#endif

#include "CTextBoundary.h"

#include "Recycling.h"

#include <pthread.h>
#include <stdlib.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/uclean.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utext.h>
#include <unicode/utrans.h>

/// Bytes of source one folding takes, and UTF-16 units its result may have: NFKC makes at most 18 of one (U+FDFA, three bytes).
enum { source_limit = 512, unit_limit = source_limit / 3 * 18 + source_limit };

/// Scalars of the basic plane.
enum { letter_count = 1 << 16 };
static const uint32_t is_asked = 1u << 31;

struct attune_boundary {
    UBreakIterator *words;
    UText text;
    const UNormalizer2 *casefold;
    /// Of each scalar that was asked for, and `is_asked`; zeroed memory that is not touched costs nothing.
    uint32_t *letters;
    UChar source[source_limit];
    UChar result[unit_limit];
};

static pthread_once_t memory_once = PTHREAD_ONCE_INIT;

static void use_recycled_memory(void) {
    if (!attune_recycling_start()) return;
    UErrorCode status = U_ZERO_ERROR;
    u_setMemoryFunctions(NULL, attune_recycling_allocate, attune_recycling_reallocate, attune_recycling_release, &status);
}

/// Comes before anything of ICU that allocates.
static void recycle_memory(void) { pthread_once(&memory_once, use_recycled_memory); }

attune_boundary *attune_boundary_create(void) {
    recycle_memory();
    attune_boundary *self = calloc(1, sizeof *self);
    if (!self) return NULL;
    UErrorCode status = U_ZERO_ERROR;
    UText initial = UTEXT_INITIALIZER;
    self->text = initial;
    // The root locale: a text's language is not known yet when it is split.
    self->words = ubrk_open(UBRK_WORD, "", NULL, 0, &status);
    self->casefold = unorm2_getNFKCCasefoldInstance(&status);
    self->letters = calloc(letter_count, sizeof *self->letters);
    if (U_FAILURE(status) || !self->letters) {
        attune_boundary_destroy(self);
        return NULL;
    }
    return self;
}

void attune_boundary_destroy(attune_boundary *self) {
    if (self->words) ubrk_close(self->words);
    utext_close(&self->text);
    free(self->letters);
    free(self);
}

static int32_t kind_of(int32_t status) {
    if (status < UBRK_WORD_NONE_LIMIT) return attune_segment_other;
    return status < UBRK_WORD_NUMBER_LIMIT ? attune_segment_number : attune_segment_word;
}

size_t attune_boundary_segments(
    attune_boundary *self, const uint8_t *utf8, size_t count, attune_segment *segments, size_t capacity
) {
    UErrorCode status = U_ZERO_ERROR;
    utext_openUTF8(&self->text, (const char *)utf8, (int64_t)count, &status);
    ubrk_setUText(self->words, &self->text, &status);
    if (U_FAILURE(status)) return 0;
    size_t written = 0;
    ubrk_first(self->words);
    for (int32_t end = ubrk_next(self->words); end != UBRK_DONE && written < capacity; end = ubrk_next(self->words)) {
        segments[written].end = end;
        segments[written].kind = kind_of(ubrk_getRuleStatus(self->words));
        written++;
    }
    return written;
}

/// The source as UTF-16 in `self->source`; its length, or 0.
static int32_t widen(attune_boundary *self, const uint8_t *utf8, size_t count) {
    if (count > source_limit) return 0;
    UErrorCode status = U_ZERO_ERROR;
    int32_t units = 0;
    u_strFromUTF8(self->source, source_limit, &units, (const char *)utf8, (int32_t)count, &status);
    return U_FAILURE(status) ? 0 : units;
}

/// UTF-16 as UTF-8 in the caller's memory; its length, or 0.
static size_t narrow(const UChar *units, int32_t count, uint8_t *out, size_t capacity) {
    UErrorCode status = U_ZERO_ERROR;
    int32_t bytes = 0;
    u_strToUTF8((char *)out, (int32_t)capacity, &bytes, units, count, &status);
    return U_FAILURE(status) ? 0 : (size_t)bytes;
}

attune_folded attune_boundary_fold(attune_boundary *self, const uint8_t *utf8, size_t count, uint8_t *out, size_t capacity) {
    attune_folded folded = {0, 0, 0};
    int32_t units = widen(self, utf8, count);
    for (int32_t i = 0; i < units;) {
        UChar32 scalar;
        U16_NEXT(self->source, i, units, scalar);
        if (u_isULowercase(scalar)) folded.lowercase++;
        else if (u_isUUppercase(scalar)) folded.uppercase++;
    }
    UErrorCode status = U_ZERO_ERROR;
    int32_t length = unorm2_normalize(self->casefold, self->source, units, self->result, unit_limit, &status);
    if (U_SUCCESS(status)) folded.count = narrow(self->result, length, out, capacity);
    return folded;
}

/// Whether words of a script, or of a language written in it, have to be looked up to be split.
static bool needs_dictionary(UChar32 scalar) {
    if (u_getIntPropertyValue(scalar, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT) return true;
    int32_t script = u_getIntPropertyValue(scalar, UCHAR_SCRIPT);
    return script == USCRIPT_HAN || script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA || script == USCRIPT_HANGUL;
}

static uint32_t ask_letter(const attune_boundary *self, UChar32 scalar) {
    int32_t class = u_getIntPropertyValue(scalar, UCHAR_WORD_BREAK);
    bool is_mark = class == U_WB_EXTEND;
    if (!is_mark && class != U_WB_ALETTER && class != U_WB_HEBREW_LETTER) return 0;
    UErrorCode status = U_ZERO_ERROR;
    UChar source = (UChar)scalar, folded[unit_limit];
    int32_t count = unorm2_normalize(self->casefold, &source, 1, folded, unit_limit, &status);
    if (U_FAILURE(status) || count != 1 || U16_IS_SURROGATE(folded[0])) return 0;
    if (is_mark) {
        // A mark that may join the letter before it is not said "yes" of.
        if (folded[0] != source || u_getIntPropertyValue(scalar, UCHAR_NFKC_QUICK_CHECK) != UNORM_YES) return 0;
        return source | attune_letter_mark | (u_getCombiningClass(scalar) ? attune_letter_reordered : 0);
    }
    if (needs_dictionary(scalar) || !unorm2_hasBoundaryBefore(self->casefold, scalar) || u_getCombiningClass(folded[0])) return 0;
    return folded[0] | attune_letter | (u_isUUppercase(scalar) ? attune_letter_capital : 0)
        | (u_isULowercase(scalar) ? attune_letter_small : 0);
}

uint32_t attune_letter_of(attune_boundary *self, uint16_t scalar) {
    uint32_t known = self->letters[scalar];
    if (!known) {
        known = ask_letter(self, scalar) | is_asked;
        self->letters[scalar] = known;
    }
    return known & ~is_asked;
}

bool attune_is_emoji(uint32_t scalar) {
    // These three are pictographs to Unicode and typography to everybody else.
    if (scalar == 0xA9 || scalar == 0xAE || scalar == 0x2122) return false;
    // A skin tone beside an emoji is part of its sequence; one that stands alone is shown as an emoji.
    if (scalar >= 0x1F3FB && scalar <= 0x1F3FF) return true;
    return scalar == 0x20E3 || u_hasBinaryProperty((UChar32)scalar, UCHAR_EXTENDED_PICTOGRAPHIC)
        || u_hasBinaryProperty((UChar32)scalar, UCHAR_REGIONAL_INDICATOR);
}

bool attune_is_word_scalar(uint32_t scalar) {
    return (U_GET_GC_MASK((UChar32)scalar) & (U_GC_L_MASK | U_GC_M_MASK | U_GC_ND_MASK)) != 0;
}

enum { latin_limit = 256, latin_units = 4 * latin_limit };

/// Reading the rules takes longer than a thousand names: they are read once and never change. ICU wants one thread at a time.
static pthread_once_t latin_once = PTHREAD_ONCE_INIT;
static pthread_mutex_t latin_lock = PTHREAD_MUTEX_INITIALIZER;
static UTransliterator *latin;

static void open_latin(void) {
    recycle_memory();
    UErrorCode status = U_ZERO_ERROR;
    UChar id[64];
    u_uastrncpy(id, "Any-Latin; NFD; [:M:] Remove; Latin-ASCII; Lower", 64);
    latin = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
    if (U_FAILURE(status)) latin = NULL;
}

size_t attune_latin(const uint8_t *utf8, size_t count, uint8_t *out, size_t capacity) {
    pthread_once(&latin_once, open_latin);
    if (!latin || count > latin_limit) return 0;
    UErrorCode status = U_ZERO_ERROR;
    UChar units[latin_units];
    int32_t length = 0;
    u_strFromUTF8(units, latin_units, &length, (const char *)utf8, (int32_t)count, &status);
    if (U_FAILURE(status)) return 0;
    int32_t limit = length;
    pthread_mutex_lock(&latin_lock);
    utrans_transUChars(latin, units, &length, latin_units, 0, &limit, &status);
    pthread_mutex_unlock(&latin_lock);
    return U_FAILURE(status) ? 0 : narrow(units, length, out, capacity);
}

#include <string.h>

#include "include/CKernels.h"

/// No container around; and the entries within which a name is looked for twice.
static const uint32_t none = 0xFFFFFFFF;
enum { farthest_check = 512 };

// Of sixteen bytes, where the first is that ends a run of plain ASCII in a string: a quote, a backslash, a control byte or one above 0x7F.
// 16 when none does.
#if defined(__SSE2__)
#include <emmintrin.h>

static inline unsigned plain_run(const uint8_t *bytes) {
    __m128i block = _mm_loadu_si128((const __m128i *)bytes);
    __m128i quote = _mm_cmpeq_epi8(block, _mm_set1_epi8('"')), slash = _mm_cmpeq_epi8(block, _mm_set1_epi8('\\'));
    // Signed, so that bytes above 0x7F are below the blank too.
    __m128i other = _mm_cmpgt_epi8(_mm_set1_epi8(' '), block);
    return (unsigned)__builtin_ctz((unsigned)_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(quote, slash), other)) | 1u << 16);
}
#elif defined(__ARM_NEON)
#include <arm_neon.h>

static inline unsigned plain_run(const uint8_t *bytes) {
    uint8x16_t block = vld1q_u8(bytes);
    uint8x16_t marks = vorrq_u8(vceqq_u8(block, vdupq_n_u8('"')), vceqq_u8(block, vdupq_n_u8('\\')));
    uint8x16_t other = vcgtq_s8(vdupq_n_s8(' '), vreinterpretq_s8_u8(block));
    // Four bits a byte: the narrowest mask that NEON makes in one step.
    uint64_t mask = vget_lane_u64(vreinterpret_u64_u8(vshrn_n_u16(vreinterpretq_u16_u8(vorrq_u8(marks, other)), 4)), 0);
    return mask ? (unsigned)__builtin_ctzll(mask) >> 2 : 16;
}
#else
static inline unsigned plain_run(const uint8_t *bytes) {
    unsigned i = 0;
    while (i < 16 && bytes[i] >= 0x20 && bytes[i] < 0x80 && bytes[i] != '"' && bytes[i] != '\\') i++;
    return i;
}
#endif

/// Skips plain ASCII of a string. The zeros behind the text end it too.
static inline const uint8_t *skip_plain(const uint8_t *at) {
    while (1) {
        unsigned run = plain_run(at);
        at += run;
        if (run < 16) return at;
    }
}

static inline const uint8_t *skip_space(const uint8_t *at, uint32_t *line_breaks) {
    while (*at <= ' ' && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t')) *line_breaks += *at++ == '\n';
    return at;
}

/// Four hexadecimal digits, or -1.
static inline int32_t unit(const uint8_t *digits) {
    int32_t value = 0;
    for (int i = 0; i < 4; i++) {
        uint8_t digit = (uint8_t)(digits[i] - '0'), letter = (uint8_t)((digits[i] | 0x20) - 'a');
        if (digit >= 10 && letter >= 6) return -1;
        value = value << 4 | (digit < 10 ? digit : letter + 10);
    }
    return value;
}

/// Skips an escape; null when it is none.
static const uint8_t *skip_escape(const uint8_t *at, _Bool *has_nul) {
    switch (at[1]) {
    case '"': case '\\': case '/': case 'b': case 'f': case 'n': case 'r': case 't': return at + 2;
    case 'u': break;
    default: return NULL;
    }
    int32_t high = unit(at + 2);
    if (high < 0) return NULL;
    at += 6;
    if (high == 0) *has_nul = 1;
    if ((high & 0xF800) != 0xD800) return at;
    if (high >= 0xDC00 || at[0] != '\\' || at[1] != 'u') return NULL;
    int32_t low = unit(at + 2);
    return low >= 0 && (low & 0xFC00) == 0xDC00 ? at + 6 : NULL;
}

static inline _Bool continues(uint8_t byte) { return (byte & 0xC0) == 0x80; }

/// Skips the sequences above ASCII that begin here; null when one, to which `fault` is set, is ill-formed (Unicode, table 3-7).
static const uint8_t *skip_multibyte(const uint8_t *at, const uint8_t **fault) {
    while (*at >= 0x80) {
        uint8_t lead = *at;
        *fault = at;
        if (lead < 0xE0) {
            // A lead below 0xC2 is overlong or no lead.
            if (lead < 0xC2 || !continues(at[1])) return NULL;
            at += 2;
        } else if (lead < 0xF0) {
            if (!continues(at[1]) || !continues(at[2])) return NULL;
            // Behind 0xE0 below 0xA0 is overlong, behind 0xED from 0xA0 on is a surrogate.
            if ((lead == 0xE0 && at[1] < 0xA0) || (lead == 0xED && at[1] >= 0xA0)) return NULL;
            at += 3;
        } else {
            if (!continues(at[1]) || !continues(at[2]) || !continues(at[3])) return NULL;
            // Behind 0xF0 below 0x90 is overlong; 0xF4 0x90 and all above is beyond U+10FFFF.
            if ((lead == 0xF0 && at[1] < 0x90) || lead > 0xF4 || (lead == 0xF4 && at[1] >= 0x90)) return NULL;
            at += 4;
        }
    }
    return at;
}

/// Goes on behind the plain beginning of a string, up to its closing quote. Null when it is odd: then `fault` is set to where, give or take
/// the bytes of a character.
static __attribute__((noinline)) const uint8_t *skip_odd(const uint8_t *at, uint8_t *type, _Bool *has_nul, const uint8_t **fault) {
    while (*at != '"') {
        *fault = at;
        if (*at >= 0x80) {
            at = skip_multibyte(at, fault);
        } else if (*at == '\\') {
            at = skip_escape(at, has_nul);
            *type = attune_json_escaped;
        } else {
            return NULL;
        }
        if (!at) return NULL;
        at = skip_plain(at);
    }
    return at;
}

static inline _Bool is_digit(uint8_t byte) { return (uint8_t)(byte - '0') < 10; }

/// Skips at least one digit; null when there is none.
static inline const uint8_t *skip_digits(const uint8_t *at) {
    if (!is_digit(*at)) return NULL;
    while (is_digit(*at)) at++;
    return at;
}

static const uint8_t *skip_number(const uint8_t *at) {
    if (*at == '-') at++;
    if (*at == '0') {
        if (is_digit(*++at)) return NULL;
    } else if (!(at = skip_digits(at))) {
        return NULL;
    }
    if (*at == '.' && !(at = skip_digits(at + 1))) return NULL;
    if ((*at | 0x20) != 'e') return at;
    at++;
    return skip_digits(at + (*at == '+' || *at == '-'));
}

/// Skips a number, a boolean or null; null when it is none.
static const uint8_t *skip_scalar(const uint8_t *at, uint8_t *type) {
    switch (*at) {
    case 't': *type = attune_json_yes; return memcmp(at, "true", 4) == 0 ? at + 4 : NULL;
    case 'f': *type = attune_json_no; return memcmp(at, "false", 5) == 0 ? at + 5 : NULL;
    case 'n': *type = attune_json_null; return memcmp(at, "null", 4) == 0 ? at + 4 : NULL;
    default: *type = attune_json_number; return skip_number(at);
    }
}

/// Whether an object surely has no name of these bytes among its entries before `stop`.
static __attribute__((noinline)) _Bool is_new(
    const attune_json_entry *entries, const attune_json_entry *object, const attune_json_entry *stop, uint32_t mark, const uint8_t *base,
    const uint8_t *name, size_t length
) {
    // What lies far apart is not compared: a hostile text would take a time that grows with its square.
    if (stop - object > farthest_check) return 0;
    for (const attune_json_entry *other = object + 1; other < stop; other = entries + other[1].next) {
        if (other->next == mark && other->end - other->start == length && memcmp(base + other->start, name, length) == 0) return 0;
    }
    return 1;
}

attune_json_outcome attune_json_read(attune_json_tape *tape, const uint8_t *base) {
    attune_json_entry *const entries = tape->entries, *const last = entries + tape->capacity - 2;
    attune_json_entry *out = entries + tape->count, *open = tape->count ? entries + tape->open : NULL;
    const uint8_t *at = base + tape->at;
    uint32_t depth = tape->depth, line_breaks = tape->line_breaks;
    _Bool has_nul = tape->has_nul;
    attune_json_outcome outcome = attune_json_malformed;
#define skip() \
    if (*at <= ' ') at = skip_space(at, &line_breaks)

    if (open && open->type == attune_json_object) goto member;
    goto item;

member:
    // A name's entry and that of its value.
    if (out > last) goto full;
    {
        if (*at != '"') goto stop;
        const uint8_t *start = at;
        uint8_t type = attune_json_string;
        at = skip_plain(at + 1);
        if (*at != '"') {
            _Bool nul = has_nul;
            const uint8_t *fault, *end = skip_odd(at, &type, &nul, &fault);
            has_nul = nul;
            at = end ? end : fault;
            if (!end) goto stop;
        }
        size_t length = (size_t)(at - start) - 1;
        at++;
        uint32_t mark = type == attune_json_string ? attune_json_mark(start + 1, length) : 0;
        attune_json_names names = attune_json_name(mark);
        // Names that have to be read, or may occur twice, are looked for one by one.
        if ((open->end & names.bits) == names.bits && !is_new(entries, open, out, mark, base, start, length + 2)) open->several = 1;
        if (mark == 0) open->several = 1;
        open->end |= names.bits;
        open->back |= names.more;
        size_t distance = (size_t)(out - open);
        *out++ = (attune_json_entry){
            (uint32_t)(start - base), (uint32_t)(at - base), mark, type, 0, distance < attune_json_far ? (uint16_t)distance : attune_json_far};
    }
    skip();
    if (*at++ != ':') goto stop;
    skip();
    goto value;

item:
    if (out > last) goto full;
value: {
    const uint8_t *start = at;
    uint8_t type = attune_json_string;
    if (*at == '"') {
        at = skip_plain(at + 1);
        if (*at != '"') {
            _Bool nul = has_nul;
            const uint8_t *fault, *end = skip_odd(at, &type, &nul, &fault);
            has_nul = nul;
            at = end ? end : fault;
            if (!end) goto stop;
        }
        at++;
    } else if (*at == '{' || *at == '[') {
        _Bool is_object = *at == '{';
        *out = (attune_json_entry){
            (uint32_t)(start - base), 0, open ? (uint32_t)(open - entries) : none, is_object ? attune_json_object : attune_json_array, 0, 0};
        open = out++;
        depth++;
        at++;
        skip();
        if (*at == (is_object ? '}' : ']')) goto close;
        if (depth > tape->depth_limit) goto stop;
        if (is_object) goto member;
        goto item;
    } else {
        uint8_t found;
        const uint8_t *end = skip_scalar(at, &found);
        if (!end) {
            // Behind the word, which more text might make whole.
            while (*at > ' ' && *at != ',' && *at != ']' && *at != '}') at++;
            goto stop;
        }
        at = end;
        type = found;
    }
    *out = (attune_json_entry){(uint32_t)(start - base), (uint32_t)(at - base), (uint32_t)(out - entries) + 1, type, 0, 0};
    out++;
}
    if (!open) goto whole;
    skip();
next:
    if (*at == ',') {
        at++;
        skip();
        if (open->type == attune_json_object) goto member;
        goto item;
    }
    if (*at != (open->type == attune_json_object ? '}' : ']')) goto stop;
close: {
    uint32_t around = open->next;
    at++;
    open->next = (uint32_t)(out - entries);
    if (open->type == attune_json_array) open->end = (uint32_t)(at - base);
    depth--;
    if (around == none) goto whole;
    open = entries + around;
}
    skip();
    goto next;

full:
    outcome = attune_json_full;
    goto stop;
whole:
    outcome = attune_json_whole;
stop:
    tape->at = (size_t)(at - base);
    tape->count = (uint32_t)(out - entries);
    tape->open = open ? (uint32_t)(open - entries) : none;
    tape->depth = depth;
    tape->line_breaks = line_breaks;
    tape->has_nul = has_nul;
    return outcome;
}

/// Whether a name of the same mark has these bytes: `count` of them, which are not none.
static inline _Bool is_named(const attune_json_entry *entry, const uint8_t *bytes, const uint8_t *name, size_t count) {
    return entry->end - entry->start == count + 2 && memcmp(bytes + entry->start + 1, name, count) == 0;
}

uint32_t attune_json_search(
    const attune_json_entry *entries, uint32_t index, const uint8_t *bytes, uint16_t *hint, const uint8_t *name, size_t count, uint32_t mark
) {
    const attune_json_entry *object = entries + index, *stop = entries + object->next;
    for (const attune_json_entry *entry = object + 1; entry < stop; entry = entries + entry[1].next) {
        if (entry->next != mark || !is_named(entry, bytes, name, count)) continue;
        if (entry->back != attune_json_far) *hint = entry->back;
        return (uint32_t)(entry - entries) + 1;
    }
    return 0;
}

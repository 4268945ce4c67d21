/* How channels count: graphemes, and the segments of an SMS. */
#include "style.h"

#include "../base/text.h"
#include "letters.h"

/* --- graphemes ------------------------------------------------------------------------------- */

/* What UAX #29 asks of a character, as far as it is met in messages (without Prepend and the
 * conjuncts of Indic scripts). */
enum cluster {
    CLUSTER_OTHER,
    CLUSTER_CR,
    CLUSTER_LF,
    CLUSTER_CONTROL,
    CLUSTER_EXTEND,
    CLUSTER_JOINER,
    CLUSTER_FLAG,
    CLUSTER_PICTURE,
    CLUSTER_HANGUL_L,
    CLUSTER_HANGUL_V,
    CLUSTER_HANGUL_T,
    CLUSTER_HANGUL_LV,
    CLUSTER_HANGUL_LVT,
};

static bool is_within(uint32_t c, uint32_t from, uint32_t to)
{
    return c >= from && c <= to;
}

static enum cluster cluster_of_hangul(uint32_t c)
{
    if (is_within(c, 0xac00, 0xd7a3))
        return (c - 0xac00) % 28 == 0 ? CLUSTER_HANGUL_LV : CLUSTER_HANGUL_LVT;
    if (is_within(c, 0x1100, 0x115f) || is_within(c, 0xa960, 0xa97c))
        return CLUSTER_HANGUL_L;
    if (is_within(c, 0x1160, 0x11a7) || is_within(c, 0xd7b0, 0xd7c6))
        return CLUSTER_HANGUL_V;
    if (is_within(c, 0x11a8, 0x11ff) || is_within(c, 0xd7cb, 0xd7fb))
        return CLUSTER_HANGUL_T;
    return CLUSTER_OTHER;
}

static enum cluster cluster_of(uint32_t c)
{
    enum letter_kind kind;

    if (c == '\r' || c == '\n')
        return c == '\r' ? CLUSTER_CR : CLUSTER_LF;
    if (is_within(c, 0x20, 0x7e))
        return CLUSTER_OTHER;
    if (c < 0xa0 || c == 0xad || is_within(c, 0x2028, 0x202e) || c == 0x200b || c == 0xfeff ||
        is_within(c, 0x200e, 0x200f) || is_within(c, 0x2060, 0x206f))
        return CLUSTER_CONTROL;
    if (c == LETTER_JOINER)
        return CLUSTER_JOINER;
    if (c == 0x200c || letter_is_skin(c) || is_within(c, 0xe0020, 0xe007f) || utf8_is_mark(c))
        return CLUSTER_EXTEND;
    if (cluster_of_hangul(c) != CLUSTER_OTHER)
        return cluster_of_hangul(c);
    kind = letter_kind(c);
    if (kind == LETTER_FLAG)
        return CLUSTER_FLAG;
    return kind == LETTER_EMOJI || kind == LETTER_SYMBOL ? CLUSTER_PICTURE : CLUSTER_OTHER;
}

/* What was read of the grapheme that isn't finished. */
struct grapheme {
    enum cluster last;
    bool has_picture; /* it began with one, and only marks followed */
    bool is_half_flag;
};

static bool is_hangul_joined(enum cluster last, enum cluster next)
{
    if (last == CLUSTER_HANGUL_L)
        return next >= CLUSTER_HANGUL_L && next != CLUSTER_HANGUL_T;
    if (last == CLUSTER_HANGUL_V || last == CLUSTER_HANGUL_LV)
        return next == CLUSTER_HANGUL_V || next == CLUSTER_HANGUL_T;
    return (last == CLUSTER_HANGUL_T || last == CLUSTER_HANGUL_LVT) && next == CLUSTER_HANGUL_T;
}

/* Does the next character belong to the same grapheme? */
static bool is_joined(const struct grapheme *grapheme, enum cluster next)
{
    if (grapheme->last == CLUSTER_CR || grapheme->last == CLUSTER_LF ||
        grapheme->last == CLUSTER_CONTROL)
        return grapheme->last == CLUSTER_CR && next == CLUSTER_LF;
    if (next == CLUSTER_EXTEND || next == CLUSTER_JOINER)
        return true;
    if (next == CLUSTER_PICTURE)
        return grapheme->has_picture && grapheme->last == CLUSTER_JOINER;
    if (next == CLUSTER_FLAG)
        return grapheme->is_half_flag;
    return is_hangul_joined(grapheme->last, next);
}

/* Takes a character; true when it begins a new grapheme. */
static bool grapheme_begins(struct grapheme *grapheme, uint32_t c)
{
    enum cluster next = cluster_of(c);
    bool is_new = !is_joined(grapheme, next);

    grapheme->is_half_flag = next == CLUSTER_FLAG && is_new;
    grapheme->has_picture =
        next == CLUSTER_PICTURE ||
        (grapheme->has_picture && !is_new && (next == CLUSTER_EXTEND || next == CLUSTER_JOINER));
    grapheme->last = next;
    return is_new;
}

/* --- SMS ------------------------------------------------------------------------------------- */

enum { GSM_ONE = 160, GSM_PART = 153, UCS_ONE = 70, UCS_PART = 67 };

/* 3GPP TS 23.038: what stands in the basic table besides ASCII. */
static const uint16_t gsm_basic[] = {
    0xa1, 0xa3, 0xa4, 0xa5,  0xa7,  0xbf,  0xc4,  0xc5,  0xc6,  0xc7,  0xc9,  0xd1,  0xd6,
    0xd8, 0xdc, 0xdf, 0xe0,  0xe4,  0xe5,  0xe6,  0xe8,  0xe9,  0xec,  0xf1,  0xf2,  0xf6,
    0xf8, 0xf9, 0xfc, 0x393, 0x394, 0x398, 0x39b, 0x39e, 0x3a0, 0x3a3, 0x3a6, 0x3a8, 0x3a9,
};

static const uint8_t gsm_ascii[0x80] = {
    ['\n'] = 1, ['\f'] = 2, ['\r'] = 1, [' ' ... 'Z'] = 1, ['['] = 2,         ['\\'] = 2,
    [']'] = 2,  ['^'] = 2,  ['_'] = 1,  ['a' ... 'z'] = 1, ['{' ... '~'] = 2,
};

/* How many septets: 2 with the escape of the extension table, 0 when GSM-7 doesn't have it. */
static uint32_t gsm_septets(uint32_t c)
{
    if (c < 0x80)
        return gsm_ascii[c];
    if (c == 0x20ac)
        return 2;
    for (size_t i = 0; i < COUNT(gsm_basic); i++)
        if (gsm_basic[i] == c)
            return 1;
    return 0;
}

uint32_t style_not_gsm(const char *text, size_t len, size_t *first)
{
    uint32_t n = 0;

    *first = len;
    for (size_t at = 0; at < len;) {
        size_t before = at;

        if (gsm_septets(utf8_next(text, len, &at)) > 0)
            continue;
        if (n++ == 0)
            *first = before;
    }
    return n;
}

static uint32_t sms_units(uint32_t c, bool is_gsm)
{
    return is_gsm ? gsm_septets(c) : c < 0x10000 ? 1 : 2;
}

/* The segments of the text; *cut is where the last of at most `limit` ends. What takes two units
 * isn't parted. */
static uint32_t sms_segments(const char *text, size_t len, bool is_gsm, uint32_t limit, size_t *cut)
{
    uint32_t one = is_gsm ? GSM_ONE : UCS_ONE, part = is_gsm ? GSM_PART : UCS_PART;
    uint32_t all = 0, used = 0, segments = 1;
    size_t first = len; /* where what fits into one alone ends */

    *cut = len;
    for (size_t at = 0; at < len;) {
        size_t before = at;
        uint32_t units = sms_units(utf8_next(text, len, &at), is_gsm);

        if (all + units > one && first == len)
            first = before;
        all += units;
        if (used + units > part) {
            if (segments == limit)
                *cut = before;
            segments++;
            used = 0;
        }
        used += units;
    }
    if (all <= one) {
        *cut = len;
        return len > 0;
    }
    if (limit == 1)
        *cut = first;
    return segments;
}

/* --- both ------------------------------------------------------------------------------------ */

void style_measure(const char *text, size_t len, struct style_length *out)
{
    struct grapheme grapheme = { .last = CLUSTER_CONTROL };
    size_t cut;

    *out = (struct style_length){ .is_gsm = style_not_gsm(text, len, &cut) == 0 };
    for (size_t at = 0; at < len; out->characters++)
        out->graphemes += grapheme_begins(&grapheme, utf8_next(text, len, &at));
    out->segments = sms_segments(text, len, out->is_gsm, UINT32_MAX, &cut);
}

size_t style_cut(const char *text, size_t len, enum style_unit unit, uint32_t limit)
{
    struct grapheme grapheme = { .last = CLUSTER_CONTROL };
    uint32_t n = 0;
    size_t cut;

    if (unit == STYLE_SEGMENTS) {
        sms_segments(text, len, style_not_gsm(text, len, &cut) == 0, limit, &cut);
        return limit > 0 ? cut : 0;
    }
    for (size_t at = 0; at < len;) {
        size_t before = at;
        bool is_new = grapheme_begins(&grapheme, utf8_next(text, len, &at));

        n += unit == STYLE_CHARACTERS || is_new;
        if (n > limit)
            return before;
    }
    return len;
}

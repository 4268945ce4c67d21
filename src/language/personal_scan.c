#include "personal_scan.h"

#include "../base/text.h"
#include "letters.h"

#include <string.h>

/* --- plain characters ---------------------------------------------------------------------- */

/* Where a script's ten digits begin (Unicode Nd; those of mathematics repeat). */
static const uint32_t digit_zeros[] = {
    0x660,  0x6f0,  0x7c0,  0x966,   0x9e6,   0xa66,   0xae6,   0xb66,   0xbe6,   0xc66,   0xce6,
    0xd66,  0xde6,  0xe50,  0xed0,   0xf20,   0x1040,  0x1090,  0x17e0,  0x1810,  0x1946,  0x19d0,
    0x1a80, 0x1a90, 0x1b50, 0x1bb0,  0x1c40,  0x1c50,  0xa620,  0xa8d0,  0xa900,  0xa9d0,  0xa9f0,
    0xaa50, 0xabf0, 0xff10, 0x104a0, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1fbf0,
};

enum { ZERO_WIDTH_SPACE = 0x200b };

/* Signs that stand for a plain one. */
static const struct {
    uint32_t from, to;
    char as;
} plain_signs[] = {
    { 0xa3,   0xa3,   '$'  },
    { 0xb7,   0xb7,   '.'  },
    { 0x2010, 0x2015, '-'  },
    { 0x2018, 0x201b, '\'' },
    { 0x2024, 0x2024, '.'  },
    { 0x2044, 0x2044, '/'  },
    { 0x20a0, 0x20c0, '$'  },
    { 0x2212, 0x2212, '-'  },
    { 0x2215, 0x2215, '/'  },
    { 0xfe58, 0xfe58, '-'  },
    { 0xfe63, 0xfe63, '-'  },
};

static char plain_letter(uint32_t c, bool *is_upper)
{
    char folded[LETTER_FOLDED_MAX];

    *is_upper = letter_is_capital(c);
    return letter_fold(c, folded) > 0 && folded[0] >= 'a' && folded[0] <= 'z' ? folded[0]
                                                                              : PLAIN_LETTER;
}

static char plain_sign(uint32_t c)
{
    for (size_t i = 0; i < COUNT(plain_signs); i++)
        if (c >= plain_signs[i].from && c <= plain_signs[i].to)
            return plain_signs[i].as;
    return PLAIN_SIGN;
}

static char plain_wide(uint32_t c, bool *is_upper)
{
    for (size_t i = 0; i < COUNT(digit_zeros) && c >= digit_zeros[i]; i++)
        if (c - digit_zeros[i] < 10)
            return (char)('0' + (c - digit_zeros[i]));
    if (c >= 0xff01 && c <= 0xff5e) { /* the wide forms of ASCII */
        char plain = (char)(c - 0xfee0);

        *is_upper = plain >= 'A' && plain <= 'Z';
        return *is_upper ? (char)(plain + 0x20) : plain;
    }
    if (c == ZERO_WIDTH_SPACE) /* may break a line, but nobody sees it */
        return 0;
    switch (letter_kind(c)) {
    case LETTER_BLANK:
        return ' ';
    case LETTER_LINE:
        return '\n';
    case LETTER_IGNORED:
    case LETTER_ACCENT:
        return 0;
    case LETTER_ALPHA:
        return plain_letter(c, is_upper);
    case LETTER_DIGIT:
    case LETTER_MARK:
    case LETTER_SYMBOL:
    case LETTER_EMOJI:
    case LETTER_FLAG:
        break;
    }
    return plain_sign(c);
}

static char plain_of(uint32_t c, bool *is_upper)
{
    *is_upper = c >= 'A' && c <= 'Z';
    if (*is_upper)
        return (char)(c + 0x20);
    if (c >= 0x7f)
        return plain_wide(c, is_upper);
    return c > 0x20 || c == '\n' ? (char)c : ' ';
}

bool plain_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool plain_is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || c == PLAIN_LETTER;
}

/* --- pieces -------------------------------------------------------------------------------- */

enum { GLUED_DIGITS = 4 };

/* "bsn123456782" without a blank: the piece ends behind the word that says something. Returns where
 * the piece ends. */
static size_t cut_word(const struct scan *scan, struct piece *piece)
{
    size_t letters = piece->from;

    while (plain_is_letter(scan->s[letters]))
        letters++;
    if (letters - piece->from < 2 || piece->to - letters < GLUED_DIGITS ||
        !plain_is_digit(scan->s[letters + 3]) ||
        !(context_of(scan->s + piece->from, letters - piece->from) &
          (CONTEXT_PERSONAL | CONTEXT_ORDER | CONTEXT_NUMBER)))
        return piece->to;
    piece->to = (uint32_t)letters;
    piece->has_digits = false;
    return letters;
}

/* V-nummer, btw-nummer: what the part in front says, as in one word. */
static uint32_t number_of(uint32_t thing)
{
    if (thing & CONTEXT_OTHER)
        return CONTEXT_OTHER;
    return thing & ~(uint32_t)(CONTEXT_CARD | CONTEXT_GRAMMAR) ? thing : thing | CONTEXT_ORDER;
}

/* A mark and white space behind it, or an empty line. A dot behind a word that says something may
 * be its abbreviation ("klantnr. 12"). */
static bool ends_sentence(const struct scan *scan, size_t p)
{
    const struct piece *piece = &scan->pieces[p];
    size_t end = p + 1 < scan->pieces_n ? scan->pieces[p + 1].from : scan->n;
    size_t lines = 0;

    if (end - piece->to > 24)
        return true;
    if (piece->context & (CONTEXT_PERSONAL | CONTEXT_ORDER) && end - piece->to <= 2 &&
        end < scan->n && plain_is_digit(scan->s[end]))
        return false; /* geboortedatum? 3 mei 1960 */
    for (size_t i = piece->to; i < end; i++) {
        bool is_blank = i + 1 == end || scan->s[i + 1] == ' ' || scan->s[i + 1] == '\n';

        if ((scan->s[i] == '!' || scan->s[i] == '?' || scan->s[i] == ';') && is_blank)
            return true;
        if (scan->s[i] == '.' && is_blank && (piece->context & ~(uint32_t)CONTEXT_LINK) == 0 &&
            piece->to - piece->from > 3)
            return true;
        lines += scan->s[i] == '\n';
    }
    return lines > 1;
}

static void cut_pieces(struct arena *mem, struct scan *scan)
{
    scan->pieces = NEW_ARRAY(mem, struct piece, scan->n / 2 + 1);
    for (size_t i = 0; i < scan->n;) {
        struct piece piece = { .from = (uint32_t)i };

        for (; plain_is_digit(scan->s[i]) || plain_is_letter(scan->s[i]); i++)
            *(plain_is_digit(scan->s[i]) ? &piece.has_digits : &piece.has_letters) = true;
        if (i == piece.from) {
            i++;
            continue;
        }
        piece.to = (uint32_t)i;
        if (piece.has_letters && piece.has_digits)
            i = cut_word(scan, &piece);
        if (piece.has_letters)
            piece.context = context_of(scan->s + piece.from, i - piece.from);
        if (piece.context & CONTEXT_NUMBER && scan->pieces_n > 0 && piece.from > 0 &&
            scan->s[piece.from - 1] == '-')
            piece.context |= number_of(scan->pieces[scan->pieces_n - 1].context);
        piece.starts = !piece.has_letters ? AT_DIGITS : piece.has_digits ? AT_MIXED : AT_LETTERS;
        scan->context |= piece.context;
        scan->pieces[scan->pieces_n++] = piece;
    }
    for (size_t p = 0; p < scan->pieces_n; p++)
        scan->pieces[p].ends_sentence = ends_sentence(scan, p);
}

void scan_text(struct arena *mem, const char *text, size_t len, struct scan *out)
{
    *out = (struct scan){ .text = text, .len = len };
    out->s = arena_alloc(mem, len + 1);
    out->places = NEW_ARRAY(mem, struct place, len + 1);
    for (size_t at = 0; at < len;) {
        struct place place = { .at = (uint32_t)at };
        uint32_t point = (uint8_t)text[at] < 0x80 ? (uint8_t)text[at++] : utf8_next(text, len, &at);
        char c = plain_of(point, &place.is_upper);

        if (c == 0)
            continue;
        out->places[out->n] = place;
        out->s[out->n++] = c;
    }
    out->places[out->n].at = (uint32_t)len;
    cut_pieces(mem, out);
}

size_t piece_len(const struct scan *scan, size_t p)
{
    return scan->pieces[p].to - scan->pieces[p].from;
}

bool piece_is(const struct scan *scan, size_t p, const char *word)
{
    return piece_len(scan, p) == strlen(word) &&
           memcmp(scan->s + scan->pieces[p].from, word, strlen(word)) == 0;
}

bool piece_is_one_of(const struct scan *scan, size_t p, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (piece_is(scan, p, words[i]))
            return true;
    return false;
}

bool piece_is_upper(const struct scan *scan, size_t p)
{
    const struct piece *piece = &scan->pieces[p];

    for (size_t i = piece->from; i < piece->to && i < piece->from + 32; i++)
        if (plain_is_letter(scan->s[i]) && !scan->places[i].is_upper)
            return false;
    return piece->has_letters;
}

bool piece_is_title(const struct scan *scan, size_t p)
{
    return scan->places[scan->pieces[p].from].is_upper &&
           (piece_len(scan, p) == 1 || !piece_is_upper(scan, p));
}

bool piece_joins(const struct scan *scan, size_t p, const char *signs, size_t most)
{
    size_t at = scan->pieces[p].to, end;

    if (p + 1 >= scan->pieces_n)
        return false;
    end = scan->pieces[p + 1].from;
    if (end - at > most)
        return false;
    for (; at < end; at++)
        if (scan->s[at] != signs[0] && !strchr(signs, scan->s[at]))
            return false;
    return true;
}

/* --- numbers ------------------------------------------------------------------------------- */

size_t pieces_take(const struct scan *scan, size_t p, size_t n, bool letters, const char *signs,
                   size_t most, char *out)
{
    for (size_t got = 0; p < scan->pieces_n; p++) {
        size_t len = piece_len(scan, p);

        if (got + len > n || (scan->pieces[p].has_letters && !letters))
            return 0;
        memcpy(out + got, scan->s + scan->pieces[p].from, len);
        got += len;
        if (got == n)
            return p + 1;
        if (!piece_joins(scan, p, signs, most))
            return 0;
    }
    return 0;
}

/* Between two long numbers a comma or slash parts them. */
static bool is_glue(char c, size_t other_len)
{
    return c == '-' || c == '.' || c == ':' || ((c == ',' || c == '/') && other_len < 6);
}

bool number_is_glued(const struct scan *scan, size_t p, size_t end)
{
    size_t from = scan->pieces[p].from, to = scan->pieces[end - 1].to;

    if (from >= 2 && is_glue(scan->s[from - 1], piece_len(scan, p - (p > 0))) &&
        plain_is_digit(scan->s[from - 2]))
        return true;
    return to + 1 < scan->n && plain_is_digit(scan->s[to + 1]) &&
           is_glue(scan->s[to], piece_len(scan, end));
}

bool number_is_amount(const struct scan *scan, size_t p, size_t end)
{
    size_t from = scan->pieces[p].from, to = scan->pieces[end - 1].to;

    if ((from >= 1 && scan->s[from - 1] == '$') ||
        (from >= 2 && scan->s[from - 2] == '$' && scan->s[from - 1] == ' '))
        return true;
    if (p > 0 && piece_joins(scan, p - 1, " ", 1) && piece_len(scan, p - 1) > 1 &&
        (piece_is(scan, p - 1, "eur") || piece_is(scan, p - 1, "euro")))
        return true;
    if (to < scan->n &&
        (scan->s[to] == '%' || scan->s[to] == '$' ||
         (scan->s[to] == ' ' && (scan->s[to + 1] == '$' || scan->s[to + 1] == '%'))))
        return true;
    return end < scan->pieces_n && piece_joins(scan, end - 1, " ", 1) &&
           (scan->pieces[end].context & CONTEXT_UNIT);
}

static int64_t piece_number(const struct scan *scan, size_t p)
{
    int64_t n;

    if (p >= scan->pieces_n || scan->pieces[p].has_letters || piece_len(scan, p) > 8)
        return -1;
    return int_read(scan->s + scan->pieces[p].from, piece_len(scan, p), &n) ? n : -1;
}

static bool is_day(int64_t n)
{
    return n >= 1 && n <= 31;
}

static bool is_month(int64_t n)
{
    return n >= 1 && n <= 12;
}

/* Of four digits in our days, or of two. */
static bool is_year(const struct scan *scan, size_t p)
{
    int64_t n = piece_number(scan, p);

    return n >= 0 &&
           (piece_len(scan, p) == 2 || (piece_len(scan, p) == 4 && n >= 1880 && n < 2100));
}

/* 1st, 2de, 4th: a day as one piece with letters; or a plain day. */
static bool is_day_piece(const struct scan *scan, size_t p)
{
    const char *s = scan->s + scan->pieces[p].from;
    size_t len = piece_len(scan, p), digits = 0;
    int64_t day;

    while (digits < len && plain_is_digit(s[digits]))
        digits++;
    return digits > 0 && digits <= 2 && len - digits <= 2 && int_read(s, digits, &day) &&
           is_day(day);
}

/* "4 July 1981", "July 4th, 1981", "4th of July 1981" */
static size_t date_in_words(const struct scan *scan, size_t p)
{
    bool month_first = scan->pieces[p].context & CONTEXT_MONTH;
    size_t month = month_first ? p : p + 1, day = month_first ? p + 1 : p;

    if (!month_first && p + 3 < scan->pieces_n && piece_is(scan, p + 1, "of") &&
        scan->pieces[p + 2].context & CONTEXT_MONTH && is_day_piece(scan, p) &&
        is_year(scan, p + 3) && piece_joins(scan, p, " ", 1) && piece_joins(scan, p + 1, " ", 1) &&
        piece_joins(scan, p + 2, " ,", 2))
        return p + 4;
    if (p + 2 >= scan->pieces_n || !(scan->pieces[month].context & CONTEXT_MONTH) ||
        !is_day_piece(scan, day) || !is_year(scan, p + 2))
        return 0;
    return piece_joins(scan, p, " -./", 2) && piece_joins(scan, p + 1, " ,-./'", 2) ? p + 3 : 0;
}

size_t date_at(const struct scan *scan, size_t p)
{
    int64_t a = piece_number(scan, p), b, c;

    if (a < 0 || piece_number(scan, p + 1) < 0)
        return date_in_words(scan, p);
    if (piece_len(scan, p) == 8)
        return is_day(a / 1000000) && is_month(a / 10000 % 100) && a % 10000 >= 1880 &&
                       a % 10000 < 2100
                   ? p + 1
                   : 0;
    b = piece_number(scan, p + 1);
    c = piece_number(scan, p + 2);
    if (c < 0 || !piece_joins(scan, p, " -./", 1) || !piece_joins(scan, p + 1, " -./'", 2))
        return 0;
    if (piece_len(scan, p + 2) == 2 &&
        (scan->s[scan->pieces[p].to] == ' ' || number_is_glued(scan, p, p + 3)))
        return 0; /* 06 12 34 begins a telephone number */
    if (piece_len(scan, p) == 4)
        return is_year(scan, p) && is_month(b) && is_day(c) ? p + 3 : 0;
    return is_year(scan, p + 2) && ((is_day(a) && is_month(b)) || (is_month(a) && is_day(b)))
               ? p + 3
               : 0;
}

/* --- what the words around say --------------------------------------------------------------- */

uint32_t context_nearest(const struct scan *scan, size_t p, size_t reach)
{
    for (size_t steps = 0; steps < reach && p > 0 && !scan->pieces[p - 1].ends_sentence; steps++) {
        uint32_t context = scan->pieces[--p].context & ~(uint32_t)CONTEXT_GRAMMAR;

        if (context)
            return scan->pieces[p].context;
    }
    return 0;
}

/* 123 (bsn), 123 = bsn */
static bool is_added_behind(const struct scan *scan, size_t end)
{
    for (size_t i = scan->pieces[end - 1].to; i < scan->pieces[end].from; i++)
        if (scan->s[i] == '(' || scan->s[i] == '=')
            return true;
    return false;
}

static bool is_said_behind(const struct scan *scan, size_t end, uint32_t context)
{
    if (end == 0 || end >= scan->pieces_n || scan->pieces[end - 1].ends_sentence)
        return false;
    for (size_t p = end; p < scan->pieces_n && p < end + 4; p++) {
        if (scan->pieces[p].context & context)
            return p > end || is_added_behind(scan, end);
        if (!(scan->pieces[p].context & CONTEXT_LINK) || scan->pieces[p].ends_sentence)
            return false;
    }
    return false;
}

bool context_has(const struct scan *scan, size_t p, size_t end, uint32_t context, size_t reach)
{
    size_t at = p;

    if (!(scan->context & context))
        return false;
    for (size_t i = 0; i < reach && at > 0 && !scan->pieces[at - 1].ends_sentence; i++)
        if (scan->pieces[--at].context & context)
            return true;
    return is_said_behind(scan, end, context);
}

bool found_pieces(const struct scan *scan, size_t p, size_t end, enum personal_certainty certainty,
                  struct found *out)
{
    *out = (struct found){ scan->pieces[p].from, scan->pieces[end - 1].to, certainty, false };
    return true;
}

/* Numbers with check digits, from the longest and surest to the nine digits of a BSN. */
#include "personal_scan.h"

#include <string.h>

enum { NEAR = 3, AROUND = 6 }; /* words in front */

static bool is_all_digits(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!plain_is_digit(s[i]))
            return false;
    return true;
}

static uint64_t value_of(const char *digits, size_t n)
{
    uint64_t value = 0;

    for (size_t i = 0; i < n; i++)
        value = value * 10 + (uint64_t)(digits[i] - '0');
    return value;
}

/* Is it clearly the number of something else? */
static bool is_of_a_thing(const struct scan *scan, size_t p, size_t reach)
{
    return context_nearest(scan, p, reach) & (CONTEXT_ORDER | CONTEXT_OTHER);
}

/* ISO 7064 mod 97-10 over letters and digits, as IBAN and the Dutch VAT number use it. */
static unsigned mod97(unsigned rest, const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (s[i] == PLAIN_LETTER)
            return 0;
        rest = plain_is_digit(s[i]) ? rest * 10 + (unsigned)(s[i] - '0')
                                    : rest * 100 + (unsigned)(s[i] - 'a') + 10;
        rest %= 97;
    }
    return rest;
}

/* --- IBAN ---------------------------------------------------------------------------------- */

/* ISO 13616: country and length of the whole. */
static const char iban_lengths[][5] = {
    "ad24", "ae23", "al28", "at20", "az28", "ba20", "be16", "bg22", "bh22", "bi27", "br29",
    "by28", "ch21", "cr22", "cy28", "cz24", "de22", "dj27", "dk18", "do28", "ee20", "eg29",
    "es24", "fi18", "fk18", "fo18", "fr27", "gb22", "ge22", "gi23", "gl18", "gr27", "gt28",
    "hr21", "hu28", "ie22", "il23", "iq23", "is26", "it27", "jo30", "kw30", "kz20", "lb28",
    "lc32", "li21", "lt20", "lu20", "lv21", "ly25", "mc27", "md24", "me22", "mk19", "mn20",
    "mr27", "mt31", "mu30", "ni28", "nl18", "no15", "om23", "pk24", "pl28", "ps29", "pt25",
    "qa29", "ro24", "rs22", "ru33", "sa24", "sc31", "sd18", "se24", "si19", "sk24", "sm27",
    "so23", "st25", "sv28", "tl23", "tn24", "tr26", "ua29", "va22", "vg24", "xk20", "ye30",
};
enum { IBAN_MAX = 34 };

static bool is_in_capitals(const struct scan *scan, size_t p, size_t end)
{
    for (; p < end; p++)
        if (scan->pieces[p].has_letters && !piece_is_upper(scan, p))
            return false;
    return true;
}

bool find_iban(const struct scan *scan, size_t p, struct found *out)
{
    const char *s = scan->s + scan->pieces[p].from;
    char iban[IBAN_MAX];

    /* The check digits stand behind the country: NL91, NL 91. */
    if (!plain_is_letter(s[0]) || !plain_is_letter(s[1]) ||
        !(piece_len(scan, p) == 2
              ? p + 1 < scan->pieces_n && plain_is_digit(scan->s[scan->pieces[p + 1].from])
              : plain_is_digit(s[2])))
        return false;
    for (size_t i = 0; i < COUNT(iban_lengths); i++) {
        size_t n = (size_t)value_of(iban_lengths[i] + 2, 2), end;

        if (memcmp(s, iban_lengths[i], 2) != 0)
            continue;
        end = pieces_take(scan, p, n, true, " .-/", 2, iban);
        if (!end || !is_all_digits(iban + 2, 2))
            return false;
        found_pieces(scan, p, end, PERSONAL_BLOCK, out);
        /* A wrong one tells nothing, and its groups aren't telephone numbers. */
        out->is_own = mod97(mod97(0, iban + 4, n - 4), iban, 4) != 1;
        return !out->is_own || is_in_capitals(scan, p, end);
    }
    return false;
}

/* --- VAT, enterprise number ---------------------------------------------------------------- */

/* The eleven test of the BSN. */
static bool passes_eleven(const char *d)
{
    int sum = -(d[8] - '0');

    for (int i = 0; i < 8; i++)
        sum += (9 - i) * (d[i] - '0');
    return sum % 11 == 0 && value_of(d, 9) > 0;
}

static bool find_dutch_vat(const struct scan *scan, size_t p, struct found *out)
{
    char vat[14];
    const char *number = vat + 2;
    bool is_said;
    size_t end = pieces_take(scan, p, 14, true, " .-", 2, vat);

    if (!end || memcmp(vat, "nl", 2) != 0) {
        memcpy(vat, "nl", 2);
        end = pieces_take(scan, p, 12, true, " .-", 2, vat + 2);
    }
    if (!end || !is_all_digits(number, 9) || number[9] != 'b' || !is_all_digits(number + 10, 2))
        return false;
    is_said = context_has(scan, p, 0, CONTEXT_VAT, AROUND);
    return (is_said || passes_eleven(number) || mod97(0, vat, sizeof vat) == 1) &&
           found_pieces(scan, p, end, PERSONAL_WARN, out);
}

/* 0123.456.789, with BE in front or a word that says it. */
static bool find_belgian_vat(const struct scan *scan, size_t p, struct found *out)
{
    char vat[12] = "be";
    size_t end = pieces_take(scan, p, 12, true, " .-", 2, vat), first = p;
    bool is_sure = end && memcmp(vat, "be", 2) == 0;

    if (!is_sure)
        end = pieces_take(scan, p, 10, false, " .-", 2, vat + 2);
    if (!end || !is_all_digits(vat + 2, 10) || vat[2] > '1' || number_is_glued(scan, p, end) ||
        97 - value_of(vat + 2, 8) % 97 != value_of(vat + 10, 2))
        return false;
    is_sure = is_sure || context_has(scan, p, end, CONTEXT_VAT, NEAR);
    if (!is_sure &&
        (end - first != 3 || piece_len(scan, p) != 4 || scan->s[scan->pieces[p].to] != '.' ||
         context_has(scan, p, end, CONTEXT_PHONE | CONTEXT_OTHER, NEAR)))
        return false;
    return found_pieces(scan, p, end, PERSONAL_WARN, out);
}

bool find_vat(const struct scan *scan, size_t p, struct found *out)
{
    char c = scan->s[scan->pieces[p].from];

    if (!plain_is_digit(c) &&
        !((c == 'n' || c == 'b') && (scan->pieces[p].has_digits || piece_len(scan, p) == 2)))
        return false;
    return find_dutch_vat(scan, p, out) || find_belgian_vat(scan, p, out);
}

/* --- energy, cards ------------------------------------------------------------------------- */

bool find_ean(const struct scan *scan, size_t p, struct found *out)
{
    char ean[18];
    size_t end = pieces_take(scan, p, sizeof ean, false, " .-", 2, ean);
    int sum = 0;

    if (!end || number_is_glued(scan, p, end))
        return false;
    for (size_t i = 0; i < sizeof ean; i++)
        sum += (i % 2 == 0 ? 3 : 1) * (ean[i] - '0');
    /* Both ends count from the right, and the check digit is the one that counts once. */
    if (sum % 10 != 0)
        return false;
    if (memcmp(ean, "87", 2) != 0 && memcmp(ean, "54", 2) != 0 &&
        !context_has(scan, p, end, CONTEXT_EAN, AROUND))
        return false;
    return found_pieces(scan, p, end, PERSONAL_WARN, out);
}

/* Who issues cards: the first digits, as four, and the lengths. */
static const struct {
    uint16_t from, to;
    uint8_t least, most;
} card_ranges[] = {
    { 2221, 2720, 16, 16 },
    { 3000, 3059, 14, 14 },
    { 3400, 3499, 15, 15 },
    { 3528, 3589, 16, 16 },
    { 3600, 3699, 14, 14 },
    { 3700, 3799, 15, 15 },
    { 3800, 3999, 14, 16 },
    { 4000, 4999, 13, 19 },
    { 5000, 5099, 13, 19 },
    { 5100, 5599, 16, 16 },
    { 5600, 5899, 13, 19 },
    { 6000, 6999, 13, 19 },
};

static bool is_card(const char *d, size_t n)
{
    uint64_t first = value_of(d, 4);
    int sum = 0;

    for (size_t i = 0; i < n; i++) {
        int digit = d[n - 1 - i] - '0';

        sum += i % 2 == 0 ? digit : digit < 5 ? 2 * digit : 2 * digit - 9;
    }
    if (sum % 10 != 0)
        return false;
    for (size_t i = 0; i < COUNT(card_ranges); i++)
        if (first >= card_ranges[i].from && first <= card_ranges[i].to)
            return n >= card_ranges[i].least && n <= card_ranges[i].most;
    return false;
}

/* In fours, or 4-6-5 and 4-6-4. */
static bool is_in_groups(const struct scan *scan, size_t p, size_t end)
{
    if (end - p == 3)
        return piece_len(scan, p) == 4 && piece_len(scan, p + 1) == 6;
    for (size_t i = p; i < end; i++)
        if (piece_len(scan, i) != 4 && i + 1 < end)
            return false;
    return end - p >= 4;
}

/* As long as the cards that people have: 16 digits, or 15 of American Express. One in ten other
 * numbers passes the check, too (a phone's IMEI always does). */
static bool is_usual_card(const char *card, size_t n)
{
    return n == 16 || (n == 15 && card[0] == '3' && (card[1] == '4' || card[1] == '7'));
}

bool find_card(const struct scan *scan, size_t p, struct found *out)
{
    char card[19];

    if (piece_len(scan, p) < 13 && (piece_len(scan, p) < 4 || !piece_joins(scan, p, " -.", 2)))
        return false;
    for (size_t n = sizeof card; n >= 13; n--) {
        size_t end = pieces_take(scan, p, n, false, " -.", 2, card);
        bool is_said;

        if (!end || number_is_glued(scan, p, end) || !is_card(card, n))
            continue;
        is_said = context_has(scan, p, end, CONTEXT_CARD, AROUND) || is_in_groups(scan, p, end);
        if (!is_said && (end - p > 1 || !is_usual_card(card, n)))
            continue;
        if (is_of_a_thing(scan, p, NEAR) && !(context_nearest(scan, p, NEAR) & CONTEXT_CARD))
            return false;
        return found_pieces(scan, p, end, is_said ? PERSONAL_BLOCK : PERSONAL_WARN, out);
    }
    return false;
}

/* --- Belgium ------------------------------------------------------------------------------- */

/* +++123/4567/89012+++ or ***…***; without the signs a word has to say it, or the slashes. */
bool find_ogm(const struct scan *scan, size_t p, struct found *out)
{
    char ogm[12];
    size_t end = pieces_take(scan, p, sizeof ogm, false, " /.-", 3, ogm), from, to;
    uint64_t check;
    bool has_signs, is_written;

    if (!end || number_is_glued(scan, p, end))
        return false;
    check = value_of(ogm, 10) % 97;
    if ((check ? check : 97) != value_of(ogm + 10, 2))
        return false;
    from = scan->pieces[p].from;
    to = scan->pieces[end - 1].to;
    has_signs = from > 0 && strchr("+*", scan->s[from - 1]) && strchr("+*", scan->s[to]) &&
                scan->s[to] != '\0';
    is_written = end - p == 3 && piece_len(scan, p) == 3 && piece_len(scan, p + 1) == 4 &&
                 scan->s[scan->pieces[p].to] == '/';
    if (!has_signs && !is_written && !context_has(scan, p, end, CONTEXT_OGM, AROUND))
        return false;
    for (int i = 0; has_signs && i < 3 && from > 0 && strchr("+*", scan->s[from - 1]); i++)
        from--;
    for (int i = 0; has_signs && i < 3 && to < scan->n && strchr("+*", scan->s[to]); i++)
        to++;
    *out = (struct found){ from, to, PERSONAL_WARN, false };
    return true;
}

static bool is_rrn(const char *d)
{
    uint64_t first = value_of(d, 9), check = value_of(d + 9, 2);
    uint64_t month = value_of(d + 2, 2) % 20, day = value_of(d + 4, 2);

    /* 20 or 40 are added to the month of who isn't registered; it and the day may be unknown. */
    if (month > 12 || value_of(d + 2, 2) > 52 || day > 31)
        return false;
    return 97 - first % 97 == check || 97 - (first + 2000000000) % 97 == check;
}

bool find_rrn(const struct scan *scan, size_t p, struct found *out)
{
    char rrn[11];
    size_t end = pieces_take(scan, p, sizeof rrn, false, " .-/", 3, rrn);

    if (!end || number_is_glued(scan, p, end) || !is_rrn(rrn))
        return false;
    if (end - p != 5 && !context_has(scan, p, end, CONTEXT_RRN, AROUND) &&
        is_of_a_thing(scan, p, NEAR))
        return false;
    return found_pieces(scan, p, end, PERSONAL_BLOCK, out);
}

/* --- the Netherlands ----------------------------------------------------------------------- */

/* As numbers are written where no word says what they are: in one, 3-3-3 or 4-2-3. */
static bool is_written_as_bsn(const struct scan *scan, size_t p, size_t end)
{
    const struct piece *next = scan->pieces + end;

    if (end - p == 1)
        return true;
    if (end < scan->pieces_n && !next->has_letters && piece_joins(scan, end - 1, " ", 1))
        return false;
    if (end - p != 3 || piece_len(scan, p + 2) != 3)
        return false;
    return piece_len(scan, p) == 4 ||
           (piece_len(scan, p) == 3 && scan->s[scan->pieces[p].to] != '.');
}

/* One in eleven numbers of nine digits passes, so the words around decide. */
bool find_bsn(const struct scan *scan, size_t p, struct found *out)
{
    char bsn[9];
    size_t end = pieces_take(scan, p, 9, false, " .-/", 3, bsn);
    uint32_t nearest;

    if (!end && context_has(scan, p, p + 1, CONTEXT_BSN, AROUND) && piece_len(scan, p) == 8) {
        bsn[0] = '0';
        end = pieces_take(scan, p, 8, false, "", 0, bsn + 1);
    }
    if (!end || number_is_glued(scan, p, end) || !passes_eleven(bsn))
        return false;
    if (context_has(scan, p, end, CONTEXT_BSN, AROUND))
        return found_pieces(scan, p, end, PERSONAL_BLOCK, out);
    nearest = context_nearest(scan, p, NEAR);
    if ((nearest & (CONTEXT_ORDER | CONTEXT_OTHER | CONTEXT_PHONE)) ||
        context_has(scan, p, end, CONTEXT_ORDER | CONTEXT_OTHER, 0) ||
        !is_written_as_bsn(scan, p, end) || number_is_amount(scan, p, end))
        return false;
    return found_pieces(scan, p, end,
                        context_nearest(scan, p, AROUND) & (CONTEXT_ORDER | CONTEXT_OTHER)
                            ? PERSONAL_WARN
                            : PERSONAL_BLOCK,
                        out);
}

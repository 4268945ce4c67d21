/* What words tell: mail addresses, numbers of customers and orders, plates, dates of birth. */
#include "personal_scan.h"

#include <string.h>

enum { NEAR = 3, AROUND = 6 };

/* --- mail and web addresses ------------------------------------------------------------------ */

enum { LOCAL_MAX = 64, PARTS_MAX = 12 };

/* A dot, as it's written or said: ".", " punt ", " [dot] ". Returns the piece behind; 0: none. */
static size_t dot_behind(const struct scan *scan, size_t p)
{
    if (piece_joins(scan, p, ".", 1) && scan->s[scan->pieces[p].to] == '.')
        return p + 1;
    return p + 2 < scan->pieces_n && scan->pieces[p + 1].context & CONTEXT_DOT &&
                   piece_joins(scan, p, " [({<", 3) && piece_joins(scan, p + 1, " ])}>", 3)
               ? p + 2
               : 0;
}

/* A domain with at least one dot, from piece p on; returns the piece behind. */
static size_t domain_at(const struct scan *scan, size_t p)
{
    size_t end = 0;

    for (size_t parts = 0, dots = 0; parts < PARTS_MAX && p < scan->pieces_n; parts++) {
        size_t next = p + 1;

        if (!piece_joins(scan, p, "-", 1)) {
            if (dots > 0 && !scan->pieces[p].has_digits && piece_len(scan, p) >= 2)
                end = p + 1;
            next = dot_behind(scan, p);
            dots++;
        }
        if (!next)
            break;
        p = next;
    }
    return end;
}

/* Where the local part that ends before character `end` begins. */
static size_t local_before(const struct scan *scan, size_t end)
{
    size_t from = end;

    while (from > 0 && end - from < LOCAL_MAX &&
           (plain_is_letter(scan->s[from - 1]) || plain_is_digit(scan->s[from - 1]) ||
            strchr("._+-%'", scan->s[from - 1])))
        from--;
    while (from < end && strchr("._-'", scan->s[from]))
        from++;
    return from;
}

/* The address [from, end of piece end - 1), of which the domain begins with piece p. */
static bool is_own_address(const struct scan *scan, size_t from, size_t p, size_t end)
{
    const char *address = scan->s + from, *host = scan->s + scan->pieces[p].from;
    size_t address_len = scan->pieces[end - 1].to - from;
    size_t len = scan->pieces[end - 1].to - scan->pieces[p].from;

    for (size_t i = 0; scan->own && i < scan->own->domains_n; i++) {
        const char *own = scan->own->domains[i];
        size_t own_len = strlen(own);

        if (strchr(own, '@')) {
            if (address_len == own_len && strncasecmp(address, own, own_len) == 0)
                return true;
            continue;
        }
        if (strchr(own, '.') && len >= own_len &&
            strncasecmp(host + len - own_len, own, own_len) == 0 &&
            (len == own_len || host[len - own_len - 1] == '.'))
            return true;
    }
    return false;
}

/* Where people have their mail. */
static const char *const houses[] = {
    "gmail",   "hotmail",    "outlook", "live",       "yahoo",   "icloud",  "ziggo",
    "kpnmail", "telenet",    "skynet",  "proton",     "xs4all",  "planet",  "hetnet",
    "home",    "protonmail", "msn",     "proximus",   "orange",  "wanadoo", "free",
    "gmx",     "web",        "me",      "googlemail", "laposte", "casema",
};

/* " at " alone is a word of English: only before a house where people have their mail. */
static bool is_mail_house(const struct scan *scan, size_t p)
{
    return piece_is_one_of(scan, p, houses, COUNT(houses));
}

bool personal_is_mail_house(const char *domain)
{
    size_t len = strcspn(domain, ".");

    for (size_t i = 0; i < COUNT(houses); i++)
        if (strlen(houses[i]) == len && strncasecmp(houses[i], domain, len) == 0)
            return true;
    return false;
}

/* Piece p is the first of a domain behind "@", or a word that says "@". */
bool find_email(const struct scan *scan, size_t p, struct found *out)
{
    size_t domain = p, at = scan->pieces[p].from, from, end;

    if (at > 0 && scan->s[at - 1] == ' ')
        at--;
    if (at > 0 && scan->s[at - 1] == '@') {
        at--;
    } else if (p > 0 && p + 1 < scan->pieces_n && scan->pieces[p].context & CONTEXT_AT) {
        bool has_brackets = strchr("[({<", scan->s[scan->pieces[p].from - 1]);

        if (!piece_joins(scan, p - 1, " [({<", 3) || !piece_joins(scan, p, " ])}>", 3))
            return false;
        domain = p + 1;
        if (piece_is(scan, p, "at") && !has_brackets && !is_mail_house(scan, domain) &&
            !(p + 2 < scan->pieces_n && scan->pieces[p + 2].context & CONTEXT_DOT))
            return false;
        at = scan->pieces[p - 1].to;
    } else {
        return false;
    }
    while (at > 0 && scan->s[at - 1] == ' ' && domain == p)
        at--;
    end = domain_at(scan, domain);
    from = local_before(scan, at);
    if (!end || from == at || (from > 0 && scan->s[from - 1] == '@'))
        return false;
    *out = (struct found){ from, scan->pieces[end - 1].to, PERSONAL_WARN, false };
    out->is_own = is_own_address(scan, from, domain, end);
    return true;
}

/* Numbers in a web address are the page's. Piece p begins it: https, www, naam.nl/… */
bool find_url(const struct scan *scan, size_t p, struct found *out)
{
    size_t from = scan->pieces[p].from, end;
    const char *behind = scan->s + scan->pieces[p].to;
    bool is_one = (*behind == ':' && strncmp(behind, "://", 3) == 0) ||
                  (*behind == '.' && piece_is(scan, p, "www"));

    if (!is_one && scan->pieces[p].has_letters && (*behind == '.' || *behind == '-') &&
        (end = domain_at(scan, p)))
        is_one = scan->s[scan->pieces[end - 1].to] == '/';
    if (!is_one)
        return false;
    for (end = from; end < scan->n && scan->s[end] != ' ' && scan->s[end] != '\n';)
        end++;
    *out = (struct found){ from, end, PERSONAL_WARN, true };
    return true;
}

/* --- numbers of customers, orders, cases --------------------------------------------------- */

enum { CODE_MAX = 24, CODE_DIGITS = 4, CODE_DIGITS_UNSURE = 5 };

/* A code in some pieces: 55-8812-090, KL-2024-00912, 8833 201, AB 4471 9920. */
struct code {
    size_t end; /* piece */
    size_t digits;
    bool has_signs; /* inside */
};

static size_t digits_in(const struct scan *scan, size_t p)
{
    size_t n = 0;

    for (size_t i = scan->pieces[p].from; i < scan->pieces[p].to && n < CODE_MAX; i++)
        n += plain_is_digit(scan->s[i]);
    return n;
}

static bool code_goes_on(const struct scan *scan, size_t first, size_t p)
{
    const struct piece *next = &scan->pieces[p + 1];

    if (scan->pieces[p + 1].to - scan->pieces[first].from > CODE_MAX)
        return false;
    if (piece_joins(scan, p, "-./", 1))
        return next->has_digits || (piece_len(scan, p + 1) <= 3 && scan->s[next->from - 1] != '.');
    if (!piece_joins(scan, p, " ", 2) || !next->has_digits || next->has_letters)
        return false;
    /* Over a blank: groups of digits, or letters in front of them; not "12345 4 weken". */
    return !(p + 2 < scan->pieces_n && scan->pieces[p + 2].context & CONTEXT_UNIT) &&
           (!scan->pieces[p].has_letters || (p == first && !scan->pieces[p].has_digits));
}

static bool read_code(const struct scan *scan, size_t p, struct code *out)
{
    *out = (struct code){ .end = p };
    if (!scan->pieces[p].has_digits && (piece_len(scan, p) > 4 || !piece_is_upper(scan, p) ||
                                        p + 1 >= scan->pieces_n || !code_goes_on(scan, p, p)))
        return false;
    do {
        size_t to = scan->pieces[out->end].to;

        out->digits += digits_in(scan, out->end++);
        if (out->end >= scan->pieces_n || !code_goes_on(scan, p, out->end - 1))
            break;
        out->has_signs |= scan->s[to] != ' ';
    } while (true);
    return out->digits >= CODE_DIGITS;
}

/* A year, a span of years, 2.350: where a word alone announces it, it's likely none. */
static bool is_everyday(const struct scan *scan, size_t p, const struct code *code)
{
    const char *s = scan->s + scan->pieces[p].from;

    if (code->end - p == 2 && piece_len(scan, p) <= 3 && s[piece_len(scan, p)] == '.' &&
        piece_len(scan, p + 1) == 3)
        return true;
    if (code->digits == 4)
        return s[0] == '1' || s[0] == '2' ? (s[1] == '9' || s[1] == '0') : false;
    return code->digits == 8 && code->end - p == 2 && piece_len(scan, p) == 4 &&
           memcmp(s, "20", 2) == 0 && memcmp(scan->s + scan->pieces[p + 1].from, "20", 2) == 0;
}

static bool is_code(const struct scan *scan, size_t p, bool is_sure, struct code *out)
{
    if (!read_code(scan, p, out) || date_at(scan, p) || number_is_amount(scan, p, out->end))
        return false;
    if (scan->places[scan->pieces[p].from].taken)
        return false;
    if (is_everyday(scan, p, out))
        return false;
    return is_sure || out->digits >= CODE_DIGITS_UNSURE || out->has_signs;
}

/* "88213 is mijn ordernummer": piece p is the word. */
static bool find_code_before(const struct scan *scan, size_t p, struct found *out)
{
    size_t at = p, first;
    struct code code;

    while (at > 0 && p - at < NEAR && scan->pieces[at - 1].context & CONTEXT_LINK)
        at--;
    if (at == 0 || at == p || !scan->pieces[at - 1].has_digits ||
        scan->pieces[at - 1].ends_sentence)
        return false;
    for (first = at - 1; first > 0 && at - first < 4 && piece_joins(scan, first - 1, "-./ ", 1) &&
                         scan->pieces[first - 1].has_digits;)
        first--;
    return is_code(scan, first, true, &code) && code.end == at &&
           found_pieces(scan, first, at, PERSONAL_WARN, out);
}

/* Is the word sure to announce a number: with -nummer, "number" or # beside it? */
static bool is_sure_word(const struct scan *scan, size_t p)
{
    if (scan->pieces[p].context & CONTEXT_NUMBER)
        return true;
    if (p + 1 < scan->pieces_n && scan->pieces[p + 1].context & CONTEXT_NUMBER &&
        piece_joins(scan, p, " -.", 2))
        return true;
    if (scan->s[scan->pieces[p].to] == '#' || scan->s[scan->pieces[p].to] == ':' ||
        strncmp(scan->s + scan->pieces[p].to, " #", 2) == 0)
        return true;
    for (size_t back = 1; back <= 2 && back <= p; back++)
        if (scan->pieces[p - back].context == CONTEXT_NUMBER)
            return true;
    return false;
}

/* "My order of last week, number 100288817": piece p is "number", and says not of what. */
static bool find_code_of_order(const struct scan *scan, size_t p, struct found *out)
{
    struct code code;

    return p + 1 < scan->pieces_n && !scan->pieces[p].ends_sentence &&
           context_nearest(scan, p, AROUND) & CONTEXT_ORDER && is_code(scan, p + 1, true, &code) &&
           found_pieces(scan, p + 1, code.end, PERSONAL_WARN, out);
}

/* Piece p is the word that announces it. */
bool find_custno(const struct scan *scan, size_t p, struct found *out)
{
    bool is_sure;
    size_t last;

    if (scan->pieces[p].context == CONTEXT_NUMBER)
        return find_code_of_order(scan, p, out);
    if (!(scan->pieces[p].context & CONTEXT_ORDER))
        return false;
    is_sure = is_sure_word(scan, p);
    last = p + (is_sure ? AROUND : 2);
    for (size_t q = p + 1; q < scan->pieces_n && q <= last; q++) {
        struct code code;

        if (scan->pieces[q - 1].ends_sentence)
            break;
        if (!scan->pieces[q].has_digits && scan->s[scan->pieces[q - 1].to] == ',')
            break;
        if (is_code(scan, q, is_sure || q == p + 1, &code))
            return found_pieces(scan, q, code.end, PERSONAL_WARN, out);
        if (scan->pieces[q].context & (CONTEXT_PERSONAL | CONTEXT_ORDER | CONTEXT_OTHER) ||
            (!is_sure && scan->pieces[q].has_digits))
            break;
    }
    return find_code_before(scan, p, out);
}

/* --- licence plates -------------------------------------------------------------------------- */

/* Dutch sidecodes 1-14 and what came after, then Belgian; a: letter, 9: digit. */
static const char *const plate_shapes[] = {
    "aa-99-99", "99-99-aa", "99-aa-99",  "aa-99-aa", "aa-aa-99", "99-aa-aa",
    "99-aaa-9", "9-aaa-99", "aa-999-a",  "a-999-aa", "aaa-99-a", "a-99-aaa",
    "9-aa-999", "999-aa-9", "9-aaa-999", "aaa-999",  "999-aaa",
};
enum { PLATE_HYPHENED = 15, PLATE_MAX = 9 }; /* the first of them are sure by their hyphens */

/* Writes the shape of pieces [p, end), and whether each capital is one. */
static bool shape_of(const struct scan *scan, size_t p, size_t end, bool hyphens,
                     char out[PLATE_MAX + 1])
{
    size_t n = 0;

    for (size_t i = p; i < end; i++) {
        if (i > p && hyphens && n < PLATE_MAX)
            out[n++] = '-';
        if (n + piece_len(scan, i) > PLATE_MAX)
            return false;
        for (size_t c = scan->pieces[i].from; c < scan->pieces[i].to; c++)
            out[n++] = plain_is_digit(scan->s[c]) ? '9' : 'a';
    }
    out[n] = '\0';
    return true;
}

static bool is_shape(const char *shape, bool hyphens, size_t shapes_n)
{
    for (size_t i = 0; i < shapes_n; i++) {
        const char *a = plate_shapes[i], *b = shape;

        for (; *a && (*a == *b || (*a == '-' && !hyphens)); a++)
            b += *a == *b;
        if (*a == '\0' && *b == '\0')
            return true;
    }
    return false;
}

/* 12-ABC-3 says it by itself, unless the letters are a word: 12-mei-24, 24-uur-7. */
static bool is_sure_plate(const struct scan *scan, size_t p, size_t *end)
{
    char shape[PLATE_MAX + 1];

    for (size_t i = p; i < p + 3; i++)
        if (i >= scan->pieces_n || (i < p + 2 && !piece_joins(scan, i, "-", 1)) ||
            scan->pieces[i].context & (CONTEXT_MONTH | CONTEXT_UNIT))
            return false;
    *end = p + 3;
    return shape_of(scan, p, p + 3, true, shape) && is_shape(shape, true, PLATE_HYPHENED) &&
           !(scan->s[scan->pieces[p + 2].to] == '-' && *end < scan->pieces_n &&
             piece_joins(scan, p + 2, "-", 1)) &&
           !(scan->pieces[p].from > 0 && strchr("-./", scan->s[scan->pieces[p].from - 1]));
}

/* In any writing, where a word says that it is one. */
static bool is_said_plate(const struct scan *scan, size_t p, size_t *end)
{
    char shape[PLATE_MAX + 1];
    size_t most = p + 1;

    if (!(scan->context & (CONTEXT_PLATE | CONTEXT_VEHICLE)))
        return false;
    while (most < scan->pieces_n && most < p + 3 && piece_joins(scan, most - 1, " -.", 1))
        most++;
    for (*end = most; *end > p; --*end)
        if (shape_of(scan, p, *end, false, shape) && is_shape(shape, false, COUNT(plate_shapes)) &&
            !number_is_glued(scan, p, *end))
            return true;
    /* Abroad they look otherwise. */
    *end = p + 1;
    return scan->pieces[p].has_letters && scan->pieces[p].has_digits && piece_len(scan, p) >= 5 &&
           piece_len(scan, p) <= 8 && context_has(scan, p, p + 1, CONTEXT_PLATE, NEAR);
}

bool find_plate(const struct scan *scan, size_t p, struct found *out)
{
    size_t end;

    if (piece_len(scan, p) > 8 ||
        (!scan->pieces[p].has_digits &&
         (piece_len(scan, p) > 3 || p + 1 >= scan->pieces_n || !piece_joins(scan, p, " -.", 1))))
        return false;
    if (!is_sure_plate(scan, p, &end) &&
        !(!(scan->pieces[p].context & ~(uint32_t)CONTEXT_UNIT) && is_said_plate(scan, p, &end) &&
          context_has(scan, p, end, CONTEXT_PLATE | CONTEXT_VEHICLE, NEAR + 1)))
        return false;
    return found_pieces(scan, p, end, PERSONAL_WARN, out);
}

/* --- date of birth --------------------------------------------------------------------------- */

bool find_dob(const struct scan *scan, size_t p, struct found *out)
{
    size_t end;

    if (!scan->pieces[p].has_digits && !(scan->pieces[p].context & CONTEXT_MONTH))
        return false;
    end = date_at(scan, p);
    if (!end || !(context_has(scan, p, end, CONTEXT_BIRTH, AROUND) ||
                  (end < scan->pieces_n && scan->pieces[end].context & CONTEXT_BIRTH)))
        return false;
    return found_pieces(scan, p, end, PERSONAL_WARN, out);
}

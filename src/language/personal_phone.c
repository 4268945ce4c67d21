/* Telephone numbers: Dutch and Belgian ones as they are dialled there, others with + or 00. */
#include "personal_scan.h"

#include <string.h>

enum { DIGITS_MAX = 16, GROUPS_MAX = 16, NEAR = 3 };

/* Digits as they stand, and after how many of them a group ends. */
struct dialled {
    char digits[DIGITS_MAX];
    size_t n;
    size_t ends[GROUPS_MAX], groups;
    size_t first; /* piece */
};

/* Country codes whose numbers have a known length (without the code and the trunk zero). */
static const struct {
    char code[4];
    uint8_t least, most;
} countries[] = {
    { "1",   10, 10 },
    { "212", 9,  9  },
    { "30",  10, 10 },
    { "31",  9,  9  },
    { "32",  8,  9  },
    { "33",  9,  9  },
    { "34",  9,  9  },
    { "351", 9,  9  },
    { "352", 6,  9  },
    { "353", 7,  9  },
    { "39",  8,  11 },
    { "40",  9,  9  },
    { "41",  9,  9  },
    { "43",  7,  12 },
    { "44",  9,  10 },
    { "45",  8,  8  },
    { "46",  7,  10 },
    { "47",  8,  8  },
    { "48",  9,  9  },
    { "49",  7,  12 },
    { "90",  10, 10 },
    { "297", 7,  7  },
    { "597", 6,  7  },
    { "599", 7,  8  },
};
enum { ABROAD_LEAST = 7, ABROAD_MOST = 12 };

/* Services: free, paid, or by law; they are nobody's. */
static const char *const services[] = { "0800", "0900", "0901", "0902", "0903",
                                        "0904", "0905", "0906", "0907", "0909" };

static void dial(const struct scan *scan, size_t p, struct dialled *out)
{
    out->n = out->groups = 0;
    out->first = p;
    for (; p < scan->pieces_n && !scan->pieces[p].has_letters; p++) {
        size_t len = piece_len(scan, p);

        if (out->n + len > DIGITS_MAX || out->groups == GROUPS_MAX)
            return;
        memcpy(out->digits + out->n, scan->s + scan->pieces[p].from, len);
        out->n += len;
        out->ends[out->groups++] = out->n;
        if (!piece_joins(scan, p, " -./()_", 3))
            return;
    }
}

/* The piece behind the group that ends after `n` digits; 0: none does. */
static size_t border(const struct dialled *dialled, size_t n)
{
    for (size_t i = 0; i < dialled->groups; i++)
        if (dialled->ends[i] == n)
            return dialled->first + i + 1;
    return 0;
}

/* The longest of the lengths at which a group ends. */
static size_t longest(const struct dialled *dialled, size_t least, size_t most, size_t *n)
{
    for (*n = most; *n >= least && *n > 0; --*n) {
        size_t end = border(dialled, *n);

        if (end)
            return end;
    }
    return 0;
}

/* Behind + or 00 (skip: digits of the prefix). */
static size_t read_abroad(const struct dialled *dialled, size_t skip, size_t *n)
{
    const char *d = dialled->digits + skip;
    size_t rest = dialled->n > skip ? dialled->n - skip : 0;
    size_t least = ABROAD_LEAST, most = ABROAD_MOST, code = 2;

    if (rest < 8 || d[0] == '0')
        return 0;
    for (size_t i = 0; i < COUNT(countries); i++)
        if (memcmp(d, countries[i].code, strlen(countries[i].code)) == 0) {
            code = strlen(countries[i].code);
            least = countries[i].least;
            most = countries[i].most;
        }
    code += skip;
    if (code < dialled->n && dialled->digits[code] == '0')
        code++; /* +31 (0)6: only inside the country */
    return longest(dialled, code + least, code + most, n);
}

static bool is_service(const char *digits)
{
    for (size_t i = 0; i < COUNT(services); i++)
        if (memcmp(digits, services[i], 4) == 0)
            return true;
    return false;
}

/* 31612345678, 32475123456 */
static bool is_mobile_without_plus(const char *d)
{
    return memcmp(d, "316", 3) == 0 || (memcmp(d, "324", 3) == 0 && d[3] >= '5');
}

static size_t read_national(const struct scan *scan, const struct dialled *dialled, bool is_said,
                            size_t *n)
{
    const char *d = dialled->digits;
    size_t end;

    if (dialled->n < 8)
        return 0;
    if (is_said && d[0] == '6' && (end = border(dialled, *n = 9)))
        return end;
    if (is_mobile_without_plus(d) && (end = border(dialled, *n = 11)) &&
        (is_said || end - dialled->first == 1))
        return end;
    if (d[0] != '0' || d[1] == '0')
        return 0;
    if (is_service(d))
        return longest(dialled, 8, 11, n);
    if ((end = border(dialled, *n = 10)))
        return d[1] != '9' || is_said ? end : 0;
    if (is_said && (end = longest(dialled, 11, 12, n))) /* at home in another country */
        return end;
    end = border(dialled, *n = 9); /* a Belgian landline */
    if (!end)
        return 0;
    return is_said || end - dialled->first >= 3 ||
                   (scan->own && scan->own->is_belgian && end - dialled->first >= 2)
               ? end
               : 0;
}

/* --- whose it is --------------------------------------------------------------------------- */

/* Without what is dialled before it: +31, 0032, 0. */
static size_t strip(const char **digits, size_t n)
{
    const char *d = *digits;
    size_t skip = 0;

    if (n > 4 && d[0] == '0' && d[1] == '0')
        skip = 2;
    if (n - skip > 9 && (memcmp(d + skip, "31", 2) == 0 || memcmp(d + skip, "32", 2) == 0))
        skip += 2;
    if (n > skip && d[skip] == '0')
        skip++;
    *digits += skip;
    return n - skip;
}

static bool is_own_number(const struct scan *scan, const char *digits, size_t n)
{
    n = strip(&digits, n);
    for (size_t i = 0; scan->own && i < scan->own->numbers_n; i++) {
        char own[DIGITS_MAX];
        const char *d = own;
        size_t own_n = 0;

        for (const char *c = scan->own->numbers[i]; *c && own_n < sizeof own; c++)
            if (plain_is_digit(*c))
                own[own_n++] = *c;
        own_n = strip(&d, own_n);
        if (own_n == n && memcmp(d, digits, n) == 0)
            return true;
    }
    return false;
}

/* Steps back over "+", "(" and "(+". */
static size_t begin(const struct scan *scan, size_t from, bool *has_plus)
{
    size_t at = from;

    *has_plus = at > 0 && scan->s[at - 1] == '+';
    if (at > 1 && scan->s[at - 1] == ' ' && scan->s[at - 2] == '+') {
        *has_plus = true;
        at--;
    }
    at -= *has_plus;
    if (at > 0 && scan->s[at - 1] == '(')
        at--;
    return at;
}

/* Is it something else that only looks so? */
static bool is_other(const struct scan *scan, size_t p, size_t end)
{
    uint32_t nearest = context_nearest(scan, p, NEAR);
    size_t date = date_at(scan, p);

    if (date && date < end)
        return true;
    if (nearest & (CONTEXT_OTHER | CONTEXT_VAT))
        return true;
    return (nearest & CONTEXT_ORDER) &&
           ((nearest & CONTEXT_NUMBER) || (p > 0 && scan->pieces[p - 1].context & CONTEXT_ORDER));
}

bool find_phone(const struct scan *scan, size_t p, struct found *out)
{
    bool has_plus, is_said;
    size_t from = begin(scan, scan->pieces[p].from, &has_plus), n = 0, end;
    struct dialled dialled;
    char first = scan->s[scan->pieces[p].from];

    if (!has_plus && first != '0' && first != '3' && first != '6')
        return false;
    is_said = context_has(scan, p, 0, CONTEXT_PHONE, NEAR + 2);
    if (!has_plus && first != '0' && first != '3' && !(is_said && first == '6'))
        return false;
    dial(scan, p, &dialled);
    if (has_plus)
        end = read_abroad(&dialled, 0, &n);
    else if (dialled.n > 2 && memcmp(dialled.digits, "00", 2) == 0)
        end = read_abroad(&dialled, 2, &n);
    else
        end = read_national(scan, &dialled, is_said, &n);
    if (!end || number_is_glued(scan, p, end) || number_is_amount(scan, p, end))
        return false;
    if (!has_plus && !is_said && is_other(scan, p, end))
        return false;
    *out = (struct found){ from, scan->pieces[end - 1].to, PERSONAL_WARN, false };
    out->is_own = is_service(dialled.digits) || is_own_number(scan, dialled.digits, n);
    return true;
}

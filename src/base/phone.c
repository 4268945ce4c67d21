#include "phone.h"

#include "text.h"

#include <string.h>

enum { DIGITS_LEAST = 7, DIGITS_MOST = 15, DIALLED_MAX = DIGITS_MOST + 4 /* 00, (0), 0 */ };

/* What was dialled: digits alone. */
struct dialled {
    char digits[DIALLED_MAX + 1];
    size_t n;
    bool has_plus;
};

/* How numbers begin behind the country code and the trunk zero, and how many digits they have
 * then: the one or the other. The longest beginning counts. */
struct range {
    const char *start;
    size_t n, other_n;
};

/* https://wetten.overheid.nl/BWBR0010198 (Nummerplan telefoon- en ISDN-diensten) */
static const struct range dutch[] = {
    { "1",   9,  9  },
    { "140", 5,  6  }, /* 14 and the area code: a municipality */
    { "2",   9,  9  },
    { "3",   9,  9  },
    { "4",   9,  9  },
    { "5",   9,  9  },
    { "61",  9,  9  }, /* mobile */
    { "62",  9,  9  },
    { "63",  9,  9  },
    { "64",  9,  9  },
    { "65",  9,  9  },
    { "66",  9,  9  }, /* paging */
    { "68",  9,  9  },
    { "7",   9,  9  },
    { "800", 7,  10 },
    { "82",  9,  9  },
    { "84",  9,  9  },
    { "85",  9,  9  },
    { "87",  9,  9  },
    { "88",  9,  9  },
    { "900", 7,  10 },
    { "906", 7,  10 },
    { "909", 7,  10 },
    { "91",  9,  9  },
    { "970", 11, 11 }, /* machines */
};

/* https://www.bipt.be/consumers/numbering (royal decree of 27 April 2007) */
static const struct range belgian[] = {
    { "1",  8,  8  },
    { "2",  8,  8  },
    { "3",  8,  8  },
    { "42", 8,  8  },
    { "43", 8,  8  },
    { "45", 9,  9  }, /* mobile */
    { "46", 9,  9  },
    { "47", 9,  9  },
    { "48", 9,  9  },
    { "49", 9,  9  },
    { "5",  8,  8  },
    { "6",  8,  8  },
    { "7",  8,  8  },
    { "77", 10, 10 }, /* machines */
    { "8",  8,  8  }, /* areas, and 0800 */
    { "9",  8,  8  }, /* areas, and 0900 */
};

static const struct plan {
    char code[3];
    const struct range *ranges;
    size_t n;
} plans[] = {
    [PHONE_NETHERLANDS] = { "31", dutch,   COUNT(dutch)   },
    [PHONE_BELGIUM] = { "32", belgian, COUNT(belgian) },
};

/* --- what was dialled --------------------------------------------------------------------------
 */

static bool is_separator(uint32_t c)
{
    return c == ' ' || c == '\t' || c == '-' || c == '.' || c == '/' || c == '(' || c == ')' ||
           c == 0xa0 || c == 0x202f || (c >= 0x2007 && c <= 0x2015);
}

static bool starts(const char *s, size_t len, const char *start)
{
    size_t n = strlen(start);

    return len >= n && memcmp(s, start, n) == 0;
}

/* "+31 (0)6": a zero only for who calls from inside the country. */
static bool is_inner_zero(const struct dialled *dialled, const char *s, size_t len)
{
    return starts(s, len, "(0)") && (dialled->has_plus || starts(dialled->digits, 2, "00"));
}

static bool dial(const char *s, size_t len, struct dialled *out)
{
    size_t at = starts(s, len, "tel:") ? 4 : 0;

    *out = (struct dialled){ 0 };
    while (at < len) {
        size_t before = at;
        uint32_t c;

        if (is_inner_zero(out, s + at, len - at)) {
            at += 3;
            continue;
        }
        c = utf8_next(s, len, &at);
        if (c == '+' && out->n == 0 && !out->has_plus)
            out->has_plus = true;
        else if (c >= '0' && c <= '9' && out->n < DIALLED_MAX)
            out->digits[out->n++] = s[before];
        else if (!is_separator(c))
            return false;
    }
    return out->n > 0;
}

/* --- the plans ---------------------------------------------------------------------------------
 */

/* Does the country have numbers like this one, which is without code and trunk zero? */
static bool has_number(const struct plan *plan, const char *digits, size_t n)
{
    const struct range *found = NULL;

    for (size_t i = 0; i < plan->n; i++)
        if (starts(digits, n, plan->ranges[i].start) &&
            (!found || strlen(plan->ranges[i].start) > strlen(found->start)))
            found = &plan->ranges[i];
    return found && (n == found->n || n == found->other_n);
}

static bool write_number(const char *code, const char *digits, size_t n, char out[PHONE_MAX])
{
    size_t code_n = strlen(code);

    if (code_n + n < DIGITS_LEAST || code_n + n > DIGITS_MOST)
        return false;
    out[0] = '+';
    memcpy(out + 1, code, code_n);
    memcpy(out + 1 + code_n, digits, n);
    out[1 + code_n + n] = '\0';
    return true;
}

static bool write_planned(const struct plan *plan, const char *digits, size_t n,
                          char out[PHONE_MAX])
{
    return has_number(plan, digits, n) && write_number(plan->code, digits, n, out);
}

static const struct plan *plan_of(const char *digits, size_t n)
{
    for (size_t i = 0; i < COUNT(plans); i++)
        if (starts(digits, n, plans[i].code))
            return &plans[i];
    return NULL;
}

/* With its country code in front, and perhaps a trunk zero behind it. */
static bool read_abroad(const char *digits, size_t n, char out[PHONE_MAX])
{
    const struct plan *plan = plan_of(digits, n);
    size_t skip;

    if (!plan)
        return n > 0 && digits[0] != '0' && write_number("", digits, n, out);
    skip = n > 2 && digits[2] == '0' ? 3 : 2;
    return write_planned(plan, digits + skip, n - skip, out);
}

bool phone_read(const char *s, size_t len, enum phone_home home, char out[PHONE_MAX])
{
    struct dialled dialled;

    if (!utf8_is_valid(s, len) || !dial(s, len, &dialled))
        return false;
    if (dialled.has_plus)
        return read_abroad(dialled.digits, dialled.n, out);
    if (starts(dialled.digits, dialled.n, "00"))
        return read_abroad(dialled.digits + 2, dialled.n - 2, out);
    if (dialled.digits[0] == '0')
        return write_planned(&plans[home], dialled.digits + 1, dialled.n - 1, out);
    /* 31612345678, as exchanges write it: only where the plan says that it is one. */
    return plan_of(dialled.digits, dialled.n) && read_abroad(dialled.digits, dialled.n, out);
}

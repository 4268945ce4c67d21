#include "personal.h"

#include "../base/text.h"
#include "personal_scan.h"
#include "tokens.h"

#include <string.h>

/* The longest and surest first: what one has found is shut for the next. A web address is no
 * finding; it only keeps the others away from its numbers. Postcodes before the streets that stand
 * in front of them, and again behind. */
static const struct {
    personal_rule *find;
    enum personal_kind kind;
    int starts; /* AT_… */
} rules[] = {
    { find_email,    PERSONAL_EMAIL,    AT_ANY                },
    { find_url,      PERSONAL_KINDS,    AT_ANY                },
    { find_iban,     PERSONAL_IBAN,     AT_LETTERS | AT_MIXED },
    { find_ean,      PERSONAL_EAN,      AT_DIGITS             },
    { find_card,     PERSONAL_CARD,     AT_DIGITS             },
    { find_vat,      PERSONAL_VAT,      AT_ANY                },
    { find_ogm,      PERSONAL_OGM,      AT_DIGITS             },
    { find_rrn,      PERSONAL_RRN,      AT_DIGITS             },
    { find_dob,      PERSONAL_DOB,      AT_ANY                },
    { find_bsn,      PERSONAL_BSN,      AT_DIGITS             },
    { find_phone,    PERSONAL_PHONE,    AT_DIGITS             },
    { find_plate,    PERSONAL_PLATE,    AT_ANY                },
    { find_postcode, PERSONAL_POSTCODE, AT_NUMBER             },
    { find_address,  PERSONAL_ADDRESS,  AT_ANY                },
    { find_postcode, PERSONAL_POSTCODE, AT_DIGITS             },
    { find_custno,   PERSONAL_CUSTNO,   AT_LETTERS            },
};

static const char *const kind_names[] = {
    [PERSONAL_BSN] = "bsn",         [PERSONAL_RRN] = "rrn",     [PERSONAL_IBAN] = "iban",
    [PERSONAL_OGM] = "ogm",         [PERSONAL_CARD] = "card",   [PERSONAL_EAN] = "ean",
    [PERSONAL_VAT] = "vat",         [PERSONAL_PHONE] = "phone", [PERSONAL_POSTCODE] = "postcode",
    [PERSONAL_ADDRESS] = "address", [PERSONAL_PLATE] = "plate", [PERSONAL_EMAIL] = "email",
    [PERSONAL_CUSTNO] = "custno",   [PERSONAL_DOB] = "dob",
};
_Static_assert(COUNT(kind_names) == PERSONAL_KINDS, "each kind has a name");

const char *personal_kind_name(enum personal_kind kind)
{
    return kind_names[kind];
}

/* --- finding --------------------------------------------------------------------------------- */

/* Which characters are taken, by which kind; the first and last of each hit say so. */
enum { TAKEN = 0x10, TAKEN_FIRST = 0x20, TAKEN_BLOCK = 0x40, TAKEN_OWN = 0x80, TAKEN_KIND = 0x0f };
_Static_assert((int)PERSONAL_KINDS <= (int)TAKEN_KIND, "the kind fits");

static bool is_free(const struct scan *scan, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (scan->places[i].taken)
            return false;
    return true;
}

static void take(const struct scan *scan, enum personal_kind kind, const struct found *found)
{
    int mark = TAKEN | (int)kind | (found->is_own ? TAKEN_OWN : 0) |
               (found->certainty == PERSONAL_BLOCK ? TAKEN_BLOCK : 0);

    for (size_t i = found->from; i < found->to; i++)
        scan->places[i].taken = (uint8_t)mark;
    scan->places[found->from].taken = (uint8_t)(mark | TAKEN_FIRST);
}

static void find_all(const struct scan *scan)
{
    for (size_t rule = 0; rule < COUNT(rules); rule++)
        for (size_t p = 0; p < scan->pieces_n; p++) {
            struct found found;

            if (!(rules[rule].starts & scan->pieces[p].starts) ||
                scan->places[scan->pieces[p].from].taken)
                continue;
            if (rules[rule].find(scan, p, &found) && is_free(scan, found.from, found.to))
                take(scan, rules[rule].kind, &found);
        }
}

/* --- what comes out -------------------------------------------------------------------------- */

static bool counts(const struct scan *scan, size_t i)
{
    return plain_is_digit(scan->s[i]) || plain_is_letter(scan->s[i]);
}

/* The first third and the last quarter may be seen, three and two at most: enough to tell which
 * number is meant. What is shorter than four hides whole; and letters or digits that stand together
 * are never seen whole, since a house number, a day or a name would be told by them. */
static const char *mask(struct arena *mem, const struct scan *scan, size_t from, size_t to)
{
    char *out = arena_alloc(mem, 4 * (to - from) + 1);
    size_t n = 0, at = 0, first, last, written = 0;

    for (size_t i = from; i < to; i++)
        n += counts(scan, i);
    first = n < 4 ? 0 : n / 3 < 3 ? n / 3 : 3;
    last = n < 4 ? 0 : n / 4 < 2 ? n / 4 : 2;
    for (size_t i = from; i < to; i++) {
        bool is_seen = (at < first && i + 1 < to && counts(scan, i + 1)) ||
                       (at >= n - last && i > from && counts(scan, i - 1));
        size_t byte = scan->places[i].at;

        if (counts(scan, i) && !is_seen) {
            out[written++] = '*';
        } else {
            char *to_write = out + written;
            written += utf8_write(utf8_next(scan->text, scan->len, &byte), to_write);
        }
        at += counts(scan, i);
    }
    return out;
}

static uint32_t byte_behind(const struct scan *scan, size_t last)
{
    size_t byte = scan->places[last].at;

    utf8_next(scan->text, scan->len, &byte);
    return (uint32_t)byte;
}

static struct personal_hit hit_at(struct arena *mem, const struct scan *scan, size_t from)
{
    uint8_t taken = scan->places[from].taken;
    size_t to = from + 1;

    while (to < scan->n && scan->places[to].taken && !(scan->places[to].taken & TAKEN_FIRST))
        to++;
    return (struct personal_hit){
        .kind = taken & TAKEN_KIND,
        .certainty = taken & TAKEN_BLOCK ? PERSONAL_BLOCK : PERSONAL_WARN,
        .from = scan->places[from].at,
        .to = byte_behind(scan, to - 1),
        .masked = mask(mem, scan, from, to),
    };
}

static bool is_hit(const struct place *place)
{
    return (place->taken & TAKEN_FIRST) && !(place->taken & TAKEN_OWN);
}

void personal_find(struct arena *mem, const char *text, size_t len, const struct personal_own *own,
                   struct personal *out)
{
    struct scan scan;
    struct personal_hit *hits;
    size_t n = 0;

    scan_text(mem, text, utf8_cut(text, len, LANGUAGE_MAX), &scan);
    scan.own = own;
    find_all(&scan);
    for (size_t i = 0; i < scan.n; i++)
        n += is_hit(&scan.places[i]);
    hits = NEW_ARRAY(mem, struct personal_hit, n);
    *out = (struct personal){ .hits = hits };
    for (size_t i = 0; i < scan.n; i++)
        if (is_hit(&scan.places[i]))
            hits[out->n++] = hit_at(mem, &scan, i);
}

/* personal.h — personal data in a text: numbers with check digits, addresses, plates, dates.
 *
 * Pure: bytes in, findings out; memory only from `mem`, time linear in the length. It reads the
 * characters, not the tokens: digits of any script count, invisible characters and no-break blanks
 * hide nothing. Limits: LANGUAGE_MAX bytes are looked at.
 */
#pragma once

#include "../base/arena.h"

enum personal_kind {
    PERSONAL_BSN,
    PERSONAL_RRN,  /* Belgian national number */
    PERSONAL_IBAN, /* of any country */
    PERSONAL_OGM,  /* Belgian structured communication */
    PERSONAL_CARD,
    PERSONAL_EAN, /* of an energy connection */
    PERSONAL_VAT, /* Dutch VAT number, Belgian enterprise number */
    PERSONAL_PHONE,
    PERSONAL_POSTCODE,
    PERSONAL_ADDRESS,
    PERSONAL_PLATE,
    PERSONAL_EMAIL,
    PERSONAL_CUSTNO, /* number of a customer, an order, a case, a policy, a travel card … */
    PERSONAL_DOB,
    PERSONAL_KINDS
};

enum personal_certainty {
    PERSONAL_WARN,  /* a person may say that it's meant */
    PERSONAL_BLOCK, /* never in public */
};

/* What the organisation itself publishes, and where it is. NULL in personal_find: nothing. */
struct personal_own {
    bool is_belgian;            /* how a number without country is read; else Dutch */
    const char *const *numbers; /* telephone numbers in any writing */
    size_t numbers_n;
    const char *const *domains; /* of mail addresses; what is below them is own as well */
                                /* or a whole mail address: only that */
    size_t domains_n;
};

struct personal_hit {
    enum personal_kind kind;
    enum personal_certainty certainty;
    uint32_t from, to;  /* bytes of the text, on character borders */
    const char *masked; /* 123****82: signs and blanks stay; never longer than what it stands for */
};

struct personal {
    const struct personal_hit *hits; /* in the order of the text; none overlaps another */
    size_t n;
};

/* `text` is valid UTF-8 of `len` bytes (no NUL needed behind). */
void personal_find(struct arena *mem, const char *text, size_t len, const struct personal_own *own,
                   struct personal *out);
/* Does everybody have his mail there ("gmail.com")? Then it's no organisation's own domain. */
bool personal_is_mail_house(const char *domain);
/* "bsn", "iban" …: what the API says; never changes. */
const char *personal_kind_name(enum personal_kind kind);

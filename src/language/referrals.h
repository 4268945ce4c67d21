/* referrals.h — where an outgoing text sends the customer: "bel 0900 1234", "vul het formulier in",
 * "contact your landlord". Pure; Dutch, English and French.
 *
 * Whether a sentence sends somewhere, and in what way, is learned (referral_signs): from who does
 * what, from whether it asks, is denied or was, from what stands in front of it. Then each number
 * and address in it is a target; where none stands, the words that were learned to be one. Linear
 * time. What we do ourselves, what was, what need not be done and what somebody else said are no
 * referrals.
 */
#pragma once

#include "tokens.h"

enum { REFERRALS_MAX = 64 };

enum referral_kind {
    REFERRAL_CALL,
    REFERRAL_FORM,
    REFERRAL_MAIL,
    REFERRAL_VISIT,
    REFERRAL_SITE,
    REFERRAL_CONTACT, /* in whatever way */
    REFERRAL_KINDS_N
};

extern const char *const referral_kinds[]; /* their names: "call" …; ends with NULL */

struct referral {
    enum referral_kind kind;
    uint32_t from, to;               /* the clause that sends there */
    uint32_t target_from, target_to; /* inside it; equal when nothing is named */
    const char *target;              /* as it stands: "0900 1234", "contactformulier"; or "" */
    bool is_own;                     /* we send him to ourselves: "ons", or one of `own` */
    int own;                         /* its index there; -1 */
};

struct referrals {
    const struct referral *items; /* in the order of their clauses; at most REFERRALS_MAX */
    size_t n;
};

/* What belongs to who writes: numbers (any way of writing; +31, +32, +33 and +44 are 0), mail
 * addresses, domains (with all that ends in them), names. */
struct referral_own {
    const char *const *items;
    size_t n;
};

/* `language` as "nl"; of one that isn't known nothing is found. `own` may be NULL. */
void referrals_of(struct arena *mem, const struct tokens *tokens, const char *language,
                  const struct referral_own *own, struct referrals *out);

/* town.h — who lives in the houses of Lindewerf, an invented housing corporation: households,
 * their people, and the addresses by which they write.
 *
 * Nobody real: their mail addresses end in .example (RFC 2606), and their numbers are counted.
 */
#pragma once

#include "draw.h"
#include "needs.h"

enum { HOUSEHOLD_MAX = 2 };

struct tenant {
    int64_t number, household;
    const char *first, *last, *name; /* "Fatima", "El Amrani", both */
    const char *email;               /* where he writes from now */
    const char *from_name;           /* as his mail program says it */
    const char *phone;
    const char *login; /* his number with us: customers log in with it; NULL: he doesn't */
    const char *address, *postcode; /* "Lindelaan 12" */
    enum tongue tongue;
    bool shares_mail; /* with the other of the household */
    bool is_hasty;    /* types with slips */
    /* What the corporation knows of him. */
    bool is_known, mail_is_known, phone_is_known;
};

struct town {
    struct tenant *tenants; /* the people of one household stand together */
    size_t n;
    int64_t households;
};

/* Of so many households, the same for the same seed. */
void town_make(struct arena *mem, uint64_t seed, int64_t households, struct town *out);
/* Somebody else of the household, or himself. */
const struct tenant *town_other(const struct town *town, const struct tenant *tenant);
/* He writes from another address from now on. */
void town_new_mail(struct arena *mem, struct tenant *tenant);
/* What the corporation knows, as a CSV with a first line: those from `from` on, at most `max`; NULL
 * when there is nobody any more. *next: where to go on. */
char *town_table(struct arena *mem, const struct town *town, size_t from, size_t max, size_t *next);

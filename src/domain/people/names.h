/* names.h — are two names one person's? Pure; valid UTF-8. */
#pragma once

#include "../../base/arena.h"

enum name_likeness {
    NAMES_DIFFER,
    NAMES_FIT,  /* "J. de Vries" and "Jan de Vries" */
    NAMES_SAME, /* "Vries, Jan de" and "dhr. Jan de Vries" */
};

/* Order, accents, capitals, titles and particles (de, van der) don't matter. A family name alone
 * fits nobody: it is the whole family's. */
enum name_likeness names_compare(struct arena *mem, const char *a, const char *b);
/* The words that count, folded, sorted, with a blank between them; "" when none does. Names that
 * are NAMES_SAME have the same. */
char *name_key(struct arena *mem, const char *name);

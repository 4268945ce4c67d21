#include "needs_tongues.h"

const char *const tongue_codes[TONGUES_N] = { "nl", "en", "fr" };

struct needs needs_in(enum tongue tongue)
{
    const struct needs needs[TONGUES_N] = {
        [DUTCH] = { dutch_needs,   dutch_needs_n   },
        [ENGLISH] = { english_needs, english_needs_n },
        [FRENCH] = { french_needs,  french_needs_n  },
    };

    return needs[tongue];
}

const struct manners *manners_in(enum tongue tongue)
{
    static const struct manners *const manners[TONGUES_N] = {
        [DUTCH] = &dutch_manners,
        [ENGLISH] = &english_manners,
        [FRENCH] = &french_manners,
    };

    return manners[tongue];
}

/* needs.h — what tenants of a housing corporation want, and how they say it: patterns for draw.h,
 * from needs-*.txt.
 *
 * Written as people write, not as the program reads. A need's patterns know the words {since},
 * {month}, {amount} and {days}, which stay the same for one story.
 */
#pragma once

#include <stddef.h>

enum tongue { DUTCH, ENGLISH, FRENCH, TONGUES_N };
extern const char *const tongue_codes[TONGUES_N];

/* What the back office keeps of it. */
enum dossier { NO_DOSSIER, DOSSIER_REPAIR, DOSSIER_INVOICE };

struct need {
    const char *kind; /* as the truth says it */
    enum dossier dossier;
    const char *subject; /* of a mail */
    const char *name;    /* inside a sentence: "de lekkende kraan" */
    const char *first;   /* the first words about it */
    const char *more;    /* what came up since, or was left out */
};

/* How anything is said, whatever it is about. These know {name}, {more}, {first}, {ref}, {who},
 * {address}, {agent} and {day} as well. */
struct manners {
    const char *greet, *close;                      /* of a mail */
    const char *ask, *ask_vague;                    /* is there news? */
    const char *angry, *angry_vague;                /* is there still none? */
    const char *add;                                /* goes on with something new */
    const char *by_ref;                             /* says a number that he was given */
    const char *thanks;                             /* answers us, and that was it */
    const char *reply;                              /* answers us, and there is more */
    const char *news;                               /* the subject of a mail that asks for news */
    const char *called, *called_again;              /* how a colleague writes down a call */
    const char *says_who;                           /* in a chat */
    const char *by_the_way;                         /* before another subject in an old thread */
    const char *dear, *regards;                     /* of our mails */
    const char *answer, *promise, *referral, *done; /* what we say */
    const char *moved;                              /* it will be {moment} */
    const char *since, *months, *when;
};

struct needs {
    const struct need *rows;
    size_t n;
};

struct needs needs_in(enum tongue tongue);
const struct manners *manners_in(enum tongue tongue);

/* harm_words.h — what words say where somebody wants to hurt himself or others (harm_words.txt).
 * Inside language/harm.
 *
 * A table for each language: "mes" and "die" are something else in another. And one of all
 * together, by which most sentences are seen to say nothing of it at a glance.
 */
#pragma once

#include "flag_table.h"

#define HARM(X)                                                                                    \
    X(I)     /* we, too */                                                                         \
    X(HUMAN) /* somebody, a relative */                                                            \
    X(YOU)                                                                                         \
    X(HIM)                                                                                         \
    X(WORKER) /* whom a threat is about */                                                         \
    X(PLACE)                                                                                       \
    X(REFL) /* myself, himself */                                                                  \
    X(ME)                                                                                          \
    X(MY)                                                                                          \
    X(WANT)                                                                                        \
    X(WILL)                                                                                        \
    X(COULD)                                                                                       \
    X(NOT)                                                                                         \
    X(MORE)                                                                                        \
    X(LIVE)                                                                                        \
    X(DIE)                                                                                         \
    X(KILL)                                                                                        \
    X(HURT) /* what one does to oneself */                                                         \
    X(CUT)  /* and hits */                                                                         \
    X(VEINS)                                                                                       \
    X(END)                                                                                         \
    X(DRIVE) /* sense, strength, reason, worth */                                                  \
    X(GO_ON)                                                                                       \
    X(GOES) /* en: go; nl: hoeft */                                                                \
    X(CAN)                                                                                         \
    X(BETTER)                                                                                      \
    X(WITHOUT)                                                                                     \
    X(WAKE)                                                                                        \
    X(JUMP)                                                                                        \
    X(OFF) /* from, in front of, for */                                                            \
    X(HIGH)                                                                                        \
    X(PILLS)                                                                                       \
    X(TAKEN)                                                                                       \
    X(ALL)                                                                                         \
    X(MISS)                                                                                        \
    X(FAREWELL)                                                                                    \
    X(TIRED)                                                                                       \
    X(BE)                                                                                          \
    X(HERE)                                                                                        \
    X(HIT)  /* in the first person or plain: what one says that he will do */                      \
    X(BODY) /* where it hits; or "to pieces" */                                                    \
    X(BURN) /* blow up, too */                                                                     \
    X(BOMB)                                                                                        \
    X(KNOW)                                                                                        \
    X(WHERE)                                                                                       \
    X(RESIDE)                                                                                      \
    X(WEAPON)                                                                                      \
    X(HAVING)                                                                                      \
    X(THREAT)                                                                                      \
    X(LAUGH)  /* what one dies of in idioms; what is killed without harm */                        \
    X(TRADE)  /* what customers write about */                                                     \
    X(AROUND) /* prepositions behind which it's about something else */                            \
    X(FILL)   /* small words in between */                                                         \
    X(CHILD)  /* fr: jours, too, of which one makes an end */                                      \
    X(POWER)                                                                                       \
    X(FEEL)                                                                                        \
    X(TOUCH)                                                                                       \
    X(WEAK) /* despair: says little alone */                                                       \
    X(MAKE)                                                                                        \
    X(WASTE) /* "dood", "um", behind a verb that doesn't say it alone; en: you're */

enum harm_class {
#define X(name) HARM_##name,
    HARM(X)
#undef X
        HARM_N
};
_Static_assert(HARM_N <= 64, "a bit each");

#define HARM_BIT(name) ((uint64_t)1 << HARM_##name)

extern const struct flag_table harm_any, harm_nl, harm_en, harm_fr, harm_de;

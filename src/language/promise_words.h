/* promise_words.h — what the words of a sentence say that goes out: who, what, whether. Inside
 * language/promises.
 *
 * Dutch and English in one table (promise_words.txt): a word says what it says in either; what is
 * meant comes out of what stands beside it (promise_signs).
 */
#pragma once

#include "flag_table.h"

/* The first are the classes of the table; the rest is seen from the form. */
#define SAYS(X)                                                                                    \
    X(WE)   /* we, ik, men: we do it */                                                            \
    X(OURS) /* ons, mijn */                                                                        \
    X(YOU)                                                                                         \
    X(YOURS)                                                                                       \
    X(THEY)                                                                                        \
    X(AGENT) /* a monteur, a colleague */                                                          \
    X(MATE)  /* somebody who isn't ours: the landlord, the court */                                \
    X(MAY)                                                                                         \
    X(MUST)                                                                                        \
    X(WANT)                                                                                        \
    X(WILL)                                                                                        \
    X(NOT)                                                                                         \
    X(HAVE)                                                                                        \
    X(IS) /* stands, lies, too */                                                                  \
    X(SELF)                                                                                        \
    X(THERE)                                                                                       \
    X(THEN)                                                                                        \
    X(THE)                                                                                         \
    X(AT) /* prepositions */                                                                       \
    X(AND)                                                                                         \
    X(ABOUT)                                                                                       \
    X(STILL)                                                                                       \
    X(MORE)                                                                                        \
    X(PAST)                                                                                        \
    X(IF)                                                                                          \
    X(WHICH) /* words that ask */                                                                  \
    X(SAID)                                                                                        \
    X(CLOSED) /* open, too */                                                                      \
    X(FACT)   /* what is so whatever we do: valid, lasts, costs */                                 \
    X(USUAL)                                                                                       \
    X(ASK) /* what the customer is asked to do */                                                  \
    X(GREET)                                                                                       \
    X(SORRY)                                                                                       \
    X(RECEIVE)                                                                                     \
    X(OUTCOME) /* how it will be then: mended, in the letterbox */                                 \
    X(PLEDGE)                                                                                      \
    X(PLANNED)                                                                                     \
    X(HEDGE)                                                                                       \
    X(THING)                                                                                       \
    X(BACK)                                                                                        \
    X(CALLBACK)                                                                                    \
    X(REPLY)                                                                                       \
    X(DELIVER)                                                                                     \
    X(REFUND)                                                                                      \
    X(VISIT)                                                                                       \
    X(FIX)                                                                                         \
    X(OTHER)                                                                                       \
    X(MONEY) /* what goes with each of them */                                                     \
    X(POST)                                                                                        \
    X(DOOR)                                                                                        \
    X(CRAFT)                                                                                       \
    X(MACHINE)

enum said_class {
#define X(name) SAYS_##name,
    SAYS(X)
#undef X
        SAYS_DOES, /* any of the actions */
    SAYS_DONE,     /* looks like a participle: gemaakt, repaired */
    SAYS_TIME,     /* of an expression of time that can be a deadline */
    SAYS_PASSED,   /* of another one */
    SAYS_NUMBER,
    SAYS_MARK,   /* a comma or the like */
    SAYS_NAME,   /* a capital inside the sentence */
    SAYS_PLAIN,  /* nothing of all that */
    SAYS_ENDS_T, /* and of such a word the ending: the verb of one, of many */
    SAYS_ENDS_N,
    SAYS_ENDS_S,
    SAYS_ENDS_G,
    SAYS_N
};
_Static_assert(SAYS_N <= 64, "a bit each");

/* CALLBACK … OTHER stand in the order of enum promise_action. */
#define SAYS_ACTIONS   (((uint64_t)1 << (SAYS_OTHER + 1)) - ((uint64_t)1 << SAYS_CALLBACK))
#define SAYS_BIT(name) ((uint64_t)1 << SAYS_##name)

/* What a folded word says: a bit for each class. */
uint64_t word_says(const char *word, size_t len);

extern const struct flag_table said_table;

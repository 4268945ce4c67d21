/* joining.h — is what a customer writes about a case that he has already? From the words, and what
 * is known of the case. Pure; the weights are learned by the build (joining_train.c).
 */
#pragma once

#include "../base/arena.h"

enum { JOINING_SHARED_MAX = 5 };

/* A text, looked up once for all that it is held against. */
struct joining_text;
/* `text` is valid UTF-8 of `len` bytes; what counts as a cue are the words of data/cues.tsv. */
const struct joining_text *joining_text(struct arena *mem, const char *text, size_t len);

enum joining_turn {
    TURN_US,   /* the customer waits for us */
    TURN_THEM, /* we answered: the next word is his */
    TURN_DONE,
};

/* What is known of the case. */
struct joining_state {
    enum joining_turn turn;
    double days; /* since the last word in it */
    /* Of the customer, and his addresses: what everything of his says says nothing. May be NULL. */
    const struct joining_text *names;
};

struct joining {
    double chance; /* that it is about the case, 0 … 1 */
    bool is_sure;  /* of a hundred such at most one is wrong */
    /* Words and numbers that both have, as they stand in the message, the rarest first. */
    const char *shared[JOINING_SHARED_MAX];
    size_t shared_n;
    const char *number;  /* of an order, a case, an invoice …; NULL: none */
    const char *address; /* a street with its number; the same */
    bool asks_news;      /* it asks what became of something */
    bool is_vague;       /* and doesn't say of what */
    bool says_what;      /* it names a thing of its own accord, shared or not */
};

/* From here on it may be. */
extern const double joining_likely;
/* The same for who has no other case: he writes about that one more often than not. */
extern const double joining_likely_only;

void joining_judge(struct arena *mem, const struct joining_text *of_case,
                   const struct joining_text *message, const struct joining_state *state,
                   struct joining *out);

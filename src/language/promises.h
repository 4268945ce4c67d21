/* promises.h — what we promise in a text that goes out, and by when. Pure; linear time.
 *
 * Dutch (Flemish too) and English. Each sentence, and each clause of it that promises something of
 * its own, is one. What speaks for it and against it is weighed together (promise_signs): who does
 * what, is there a time, is it denied, asked, past, on a condition? What is rather one than none is
 * proposed; what is clearly one is ticked, and a person decides about all.
 *
 * Never a promise: questions, what stands between quotation marks or behind >.
 *
 * A "!" in front of a time makes one without any sentence: "!morgen 12:00", "!bel vr 14u".
 */
#pragma once

#include "calendar.h"
#include "promise_signs.h"
#include "tokens.h"

enum { PROMISES_MAX = 64 }; /* found in a text */

extern const char *const promise_actions[ACTIONS_N]; /* "callback" and so on */

/* A promise as it is found in a text; what is kept of it, domain/promises knows. */
struct commitment {
    uint32_t from, to; /* bytes of the text: the clause, without blanks and closing mark */
    enum promise_action action;
    instant due_at, starts_at; /* {0}: none is said */
    bool is_firm;              /* not hedged: "we'll try", "zodra" */
    bool is_ticked;            /* so clear that it counts unless somebody says no */
    bool is_closed_day;        /* due on a day on which nobody works */
    bool is_short;             /* "!morgen" */
};

struct promises {
    const struct commitment *items; /* in the order of the text, not overlapping */
    size_t n;
};

/* `reference` is when the text is sent: "morgen" is the day after. */
void promises_of(struct arena *mem, const struct tokens *tokens, instant reference,
                 const struct calendar *calendar, struct promises *out);

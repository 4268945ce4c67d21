/* understand.h — all that the parts of this folder find in one text, as one answer.
 *
 * Pure: nothing is kept, no clock is looked at, memory only from `mem`.
 */
#pragma once

#include "../base/field.h"
#include "calendar.h"
#include "detect.h"
#include "learn.h"
#include "personal.h"
#include "referrals.h"
#include "style.h"

/* What is known beside the text; all zero is fine but for `at`. */
struct understand_context {
    bool is_outgoing;       /* we wrote it: promises, referrals and style are looked for */
    enum language language; /* known already; else it is found */
    struct detect_hints hints;
    instant at;                      /* when it is said: what "morgen" counts from */
    const struct calendar *calendar; /* NULL: calendar_dutch */
    const struct personal_own *own;  /* NULL: nothing is ours */
    const struct referral_own *places;
    const struct learned *learned;
    struct style_rules style; /* .language is filled in */
};

struct understood_promise {
    int64_t from, to; /* bytes of the text, here and below */
    const char *action;
    const char *starts, *due; /* RFC 3339 in the calendar's zone; NULL: none is said */
    bool firm, ticked, closed_day;
};

struct understood_referral {
    int64_t from, to;
    const char *kind, *target;
    bool own;
};

struct understood_personal {
    const char *kind;
    int64_t from, to;
    const char *certainty, *masked;
};

struct understood_style {
    const char *kind;
    int64_t from, to, number;
};

struct understanding {
    const char *language; /* "" when nobody knows */
    double margin;        /* in thousandths */
    int64_t read;         /* bytes that were looked at: LANGUAGE_MAX are the most */
    /* Of what a customer wrote. */
    const char *polarity, *emotion, *intent, *urgency;
    bool doubtful;   /* perhaps irony */
    struct list why; /* of texts: the words that weighed most */
    /* Of what we write. */
    struct list promises, referrals;
    struct list personal;
    struct list style;
};
extern const struct field understanding_fields[];

/* `text` is valid UTF-8 of `len` bytes. */
void understand(struct arena *mem, const char *text, size_t len,
                const struct understand_context *context, struct understanding *out);
/* Only the language and what the customer feels and wants: what is kept with each message. */
void understand_mood(struct arena *mem, const char *text, size_t len,
                     const struct understand_context *context, struct understanding *out);

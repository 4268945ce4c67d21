/* story.h — one need of one tenant, from his first word on: what he writes next, by which way, and
 * how he says it. Pure; the server's answers are told to it.
 */
#pragma once

#include "office.h"
#include "town.h"

enum how {
    HOW_FIRST,
    HOW_THREAD, /* where it was spoken of: an answer to a mail, the same chat, app or number */
    HOW_AGAIN,  /* by the same way, but anew */
    HOW_SWITCH, /* by another way */
    HOW_ASTRAY, /* begins a story as an answer to a mail about another one */
};
extern const char *const how_names[];

enum tone { TONE_FIRST, TONE_ASK, TONE_VAGUE, TONE_ADD, TONE_ANGRY, TONE_REPLY, TONE_THANKS };

/* A contact, as the office has it. */
struct heard {
    const char *message;      /* its id on its channel */
    const struct tenant *who; /* said it */
    bool says_who;            /* with his address */
};

/* What was promised him, and what comes of it. */
struct owed {
    promise_id id;
    instant risk_at, due_at;
    instant move_at; /* the customer is told that it will be later; {0}: he isn't */
    instant done_at; /* {0}: never */
};
enum { OWED_OF_AN_ANSWER = 4 };

struct story {
    int64_t number;
    struct tenant *tenant;
    const struct need *need;
    struct dice dice;
    const char *since, *month, *amount, *days; /* of its words, the same all along */
    /* What became of it. */
    enum way way;                       /* of the last contact */
    int64_t contacts;                   /* so far */
    int64_t contact;                    /* the number of the last one */
    bool is_answered;                   /* the last one was */
    bool is_over;                       /* he has nothing more to say */
    struct heard heard;                 /* the last contact */
    int agent;                          /* who deals with it */
    const char *mail_id, *mail_subject; /* of our last mail to him: what he can answer */
    const char *app_thread, *visitor;   /* where he can go on */
    instant visitor_until;
    const char *reference, *dossier; /* numbers that he was told; NULL: none yet */
    const char *record;              /* the back office's number */
    int record_step;
    struct owed owed[OWED_OF_AN_ANSWER]; /* by our last answer */
    size_t owed_n;
};

/* What he does now. */
struct utterance {
    enum way way;
    enum how how;
    enum tone tone;
    const struct tenant *who;   /* he, or somebody else of the household */
    const char *subject, *text; /* of a mail the whole text, of a chat all lines */
    bool says_who;              /* with his address: a colleague finds him in the table by it */
};

void story_begin(struct arena *mem, uint64_t seed, int64_t number, struct tenant *tenant,
                 const struct need *need, struct story *out);
/* The next contact; the first one may go astray into an old mail (`old` isn't NULL). */
void story_speak(struct arena *mem, struct story *story, const struct town *town, instant now,
                 const struct story *old, struct utterance *out);
/* What a colleague answers; *is_done: that was it. */
const char *story_answer(struct arena *mem, struct story *story, const struct tenant *who,
                         const char *agent, bool *is_done);
/* A pattern of the manners, for who tells it. */
char *story_say(struct arena *mem, struct story *story, const struct tenant *who,
                const char *pattern);

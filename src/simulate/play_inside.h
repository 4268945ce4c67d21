/* play_inside.h — what the files of a play share: the office, the stories, and what stands where,
 * as far as who plays knows.
 */
#pragma once

#include "play.h"
#include "story.h"

#include <stdio.h>

/* Which story opened a case, and which tenant a person of the server's is. */
struct landing {
    int64_t id, whose;
};
struct landings {
    struct landing *items;
    size_t n, cap;
};

/* Who does what was promised: the hands of a team, each with the moment from which it is free. */
enum queue_kind { QUEUE_ANSWERS, QUEUE_VISITS, QUEUES_N };
_Static_assert((int)QUEUES_N == (int)TEAMS_N, "a queue is a team's");
enum { HANDS_MAX = 64 };

struct play {
    const struct play_settings *settings;
    struct arena *mem;  /* as long as the play */
    struct arena *turn; /* of one act */
    struct office office;
    struct town town;
    struct story *stories;
    size_t stories_n, stories_cap;
    struct landings cases, people;
    instant hands[QUEUES_N][HANDS_MAX];
    uint64_t stories_seed;
    struct dice dice;
    const char *mark; /* in all ids on channels: no two plays have the same */
    int64_t records_from, records_n;
    FILE *truth;
    struct played played;
};

struct story *play_story(struct play *play, int64_t number);
/* The first who names an id keeps it; *whose of one that is there. */
void landing_add(struct play *play, struct landings *landings, int64_t id, int64_t whose);
bool landing_find(const struct landings *landings, int64_t id, int64_t *whose);
/* The first id that is his; 0: there is none. */
int64_t landing_of(const struct landings *landings, int64_t whose);

/* customer.c: the tenant says it, by that way; what came of it stands in the story and the truth.
 */
MUST_CHECK bool customer_speak(struct play *play, struct story *story, const struct story *old,
                               struct err *err);
/* desk.c: a colleague opens the case of a contact and decides what is proposed. */
MUST_CHECK bool desk_read(struct play *play, struct story *story, const struct heard *heard,
                          struct err *err);
/* The same of the story's last contact, and answers. */
MUST_CHECK bool desk_answer(struct play *play, struct story *story, struct err *err);
/* back_office.c: the next step of what the story is about. *more: there is another one. */
MUST_CHECK bool back_office_step(struct play *play, struct story *story, bool *more,
                                 struct err *err);

/* promised.c: what a text of ours promises, as its writer takes it over: a list of struct
 * promise_draft. */
void promised_find(const struct play *play, const char *text, struct list *out);
/* What a message said, or the note of a call. */
struct said {
    message_id message;
    note_id note;
};
/* The case owes it now: who does it puts it into his queue. It stands in the story. */
MUST_CHECK bool promised_plan(struct play *play, struct story *story, case_id about,
                              const struct said *said, struct err *err);
/* Nothing is done when it is owed no more, or not open. */
MUST_CHECK bool promised_keep(struct play *play, struct story *story, const struct owed *owed,
                              struct err *err);
MUST_CHECK bool promised_move(struct play *play, struct story *story, const struct owed *owed,
                              struct err *err);

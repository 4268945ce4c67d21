/* play.h — days of an invented housing corporation, played through the real code: customers who
 * write and call by every channel, colleagues who answer, a back office that goes on with its work.
 *
 * The clock is a fake one that runs from act to act, or the real one. The same seed, day and
 * options give the same days.
 */
#pragma once

#include "office.h"

struct play_settings {
    struct office_settings office;
    uint64_t seed;
    int64_t households;
    int64_t stories; /* that begin on a working day; 0: one for forty households */
    int64_t days;    /* the last one ends at `until` */
    instant until;
    bool is_real_time; /* from now on for so many days, each act at its moment */
    bool is_untended;  /* colleagues answer, but decide nothing that is proposed */
    const char *truth; /* a file; NULL: none is written */
    /* Told after each act, from 0 to `total`, milliseconds of the days. NULL: nobody. */
    void (*progress)(void *arg, int64_t done, int64_t total);
    /* Is it time to stop? NULL: never. */
    bool (*is_stopped)(void *arg);
    void *arg;
};

struct played {
    int64_t stories, contacts, answers, merged_cases, merged_people, split, refused, promises;
    int64_t ways[WAYS_N];
};

MUST_CHECK bool play(const struct play_settings *settings, struct played *out, struct err *err);

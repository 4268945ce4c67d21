/* chance.h — how likely something is done within a time, from how long it took before. Pure: no
 * store, no clock.
 *
 * Lengths are of opening time. The estimate is Kaplan and Meier's (1958), in which what isn't done
 * yet counts for as long as it has lasted, with three additions:
 * - weights that halve with age, as Xie and Liu (2005) put them in; what cases count for is their
 *   effective number, sum(w)^2 / sum(w^2) (Kish 1965);
 * - a curve with few cases is drawn to a wider one (a team's to its kind's, that to the
 *   organisation's) as to so many cases more that went as that one says: the estimate of Susarla
 *   and Van Ryzin (1976) with the wider curve as its prior; no more than the wider one has itself;
 * - lengths are told as at the load that is usual for the team, and stretched by the present one:
 *   twice as much to do takes 2^power as long. Little's law (1961) makes the power 1 for a queue
 *   that is served in order; it is estimated by least squares on logarithms, drawn to a half.
 * The interval is Greenwood's (1926) with the effective number at risk, on log(-log) (Kalbfleisch
 * and Prentice 1980); where nothing or everything was done, the bound of Hanley and Lippman-Hand
 * (1983).
 */
#pragma once

#include "../../base/arena.h"
#include "../../base/clock.h"

enum {
    CHANCE_CASES_MIN = 10, /* effective ones; with less there is nothing to say */
};

/* How near one is to what is asked about. */
enum lead_nearness {
    LEAD_OTHER,
    LEAD_OF_KIND, /* the same kind, by others */
    LEAD_OWN,     /* of the kind, by those who are to do it */
};

/* One that was done, or is still to be. */
struct lead {
    int64_t ms;     /* how long it took; of one that isn't done how long it has lasted */
    bool is_done;   /* else it takes longer than that */
    int64_t age_ms; /* since it began */
    enum lead_nearness nearness;
    int64_t team; /* who does it; 0: nobody was named */
    int64_t load; /* how much they owed when it began, with it; 0: nobody knows */
};

struct leads {
    struct lead *v;
    size_t n;
};

struct chance_step {
    int64_t ms;
    double left;     /* the part that takes longer */
    double variance; /* of its logarithm, by Greenwood */
    double size;     /* effective cases at risk before it */
};

/* Left by time: 1 before the first step, as after the last one behind it. It borrows its leads and
 * the wider curve. */
struct chance_curve {
    const struct chance_step *steps;
    size_t n;
    size_t cases_n;  /* its own */
    double size;     /* how many they count for, with what is borrowed */
    double borrowed; /* of that, from the wider curve */
    struct leads leads;
    const struct chance_rest *rests; /* of those from each lead on */
    const struct chance_curve *wider;
};

/* Sorts the leads. `wider`: what it is drawn to; NULL: nothing. */
void chance_curve_make(struct arena *mem, struct leads leads, const struct chance_curve *wider,
                       struct chance_curve *out);

struct chance {
    bool is_known;    /* enough is, and enough of it lasted so long; else the others are 0 */
    double value;     /* within 0.01 and 0.99: nothing is certain */
    double low, high; /* of 95 % */
};
/* That what has lasted for waited_ms is done within ms more. */
struct chance chance_on(const struct chance_curve *curve, int64_t waited_ms, int64_t ms);
/* The least time in which so many of 1 are done; false: it was never seen. */
bool chance_time(const struct chance_curve *curve, int64_t waited_ms, double value, int64_t *ms);

/* How much longer it takes with more to do. Only what is done counts. */
double leads_power(struct arena *mem, struct leads leads);
/* Makes each as long as it would have been at the load that is usual for its team among them. */
void leads_level(struct arena *mem, struct leads leads, double power);

struct outlook {
    struct chance_curve curve; /* of those who are to do it, at their usual load */
    double usual_load;
    double stretch; /* by the present one */
};
/* Changes the leads. `load`: that they have now. */
void outlook_make(struct arena *mem, struct leads leads, int64_t load, struct outlook *out);
struct chance outlook_chance(const struct outlook *outlook, int64_t waited_ms, int64_t ms);
bool outlook_time(const struct outlook *outlook, int64_t waited_ms, double value, int64_t *ms);
/* When what is to be done within ms, and isn't by then, has less chance than that for the rest:
 * *from_ms from now, to a part of ms. False: it has as much until the end, or nothing is known. */
bool outlook_falls(const struct outlook *outlook, int64_t waited_ms, int64_t ms, double value,
                   int64_t *from_ms);

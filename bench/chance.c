/* chance.c — what is said about promises, held against what comes, over an invented year.
 *
 * usage: bench_chance SEED PROMISES
 *
 * Teams of a back office with queues, served nearly in order in Dutch office hours: seasons and
 * campaigns bring more to do, illness makes it slower, some of it waits for somebody else, some is
 * withdrawn. Moments are promised by habit, whatever the queue. Each promise is foretold as
 * src/domain/promises/chances.c does, from what was known when it was made; beside it by how often
 * promises were kept until then, and by the mean and deviation of the lead times, taken as normal.
 * Prints `n`, `base_rate`, for each way `NAME.brier` and `NAME.error` (calibration.h), how often
 * the moment of nine in ten was kept (`safe.kept`) and offered (`safe.offered`), `us`, and the
 * reliability table as `bin.FROM n said happened`.
 */
#include "database.h"
#include "plan.h"

#include "../src/domain/calendars/work_clock.h"
#include "../src/domain/promises/calibration.h"
#include "../src/domain/promises/chance.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { TEAMS = 4, KINDS = 3, NEWEST = 1000, SERVERS = 3, YEAR_DAYS = 365, HABITS = 6 };

static const int64_t BEGIN = 1767222000000; /* 2026-01-01 in Amsterdam */
static const double BUSY = 0.70;            /* how much of their time they have work */

/* By kind: mean hours of work, their spread, the part that waits for somebody else, for how long.
 */
static const struct {
    double hours, spread, waits, wait_hours;
} kinds[KINDS] = {
    { 0.6, 0.7, 0.10, 6  }, /* call back */
    { 2.0, 0.8, 0.30, 12 }, /* find out and answer */
    { 3.5, 0.6, 0.50, 24 }, /* send somebody */
};

/* Hours from now that are promised by habit; the longer ones for the longer kinds. */
static const int habits[KINDS][HABITS] = {
    { 2,  4,  8,  24,  24,  48  },
    { 4,  24, 24, 48,  72,  120 },
    { 24, 48, 72, 120, 168, 240 },
};

struct made {
    int team, kind;
    int64_t at, due; /* of opening time since BEGIN */
    instant made_at;
    double work_ms, wait_ms, place; /* in the queue */
    int64_t load;
    int64_t end; /* done, or withdrawn */
    bool is_done;
};

struct year {
    struct made *made; /* by made_at */
    size_t n;
    struct work_clock clock;
};

static double uniform(struct random *random)
{
    return ((double)(random_next(random) >> 11) + 0.5) / 9007199254740992.0;
}

static double normal(struct random *random)
{
    return sqrt(-2 * log(uniform(random))) * cos(6.283185307179586 * uniform(random));
}

/* How much more there is to do on a day of the year, and how much slower it goes. */
static double rush(int team, double day)
{
    double season = 1 + 0.2 * sin((day + 60 * team) / 58.1);

    return fmod(day + 37 * team, 90) < 12 ? season * 1.5 : season; /* a campaign */
}

static double slowness(int team, double day)
{
    return fmod(day + 53 * team, 120) < 15 ? 1.35 : 1; /* somebody is ill */
}

static int by_made(const void *a, const void *b)
{
    const struct made *x = a, *y = b;

    return x->made_at.ms < y->made_at.ms ? -1 : x->made_at.ms > y->made_at.ms;
}

static int by_place(const void *a, const void *b)
{
    const struct made *x = *(const struct made *const *)a, *y = *(const struct made *const *)b;

    return x->place < y->place ? -1 : x->place > y->place;
}

static int64_t opened(const struct year *year, instant at)
{
    return work_clock_between(&year->clock, (instant){ BEGIN }, at);
}

static void invent(struct year *year, struct random *random)
{
    double mean = 0, open_ms = (double)opened(year, (instant){ BEGIN + YEAR_DAYS * DAY_MS });

    for (int kind = 0; kind < KINDS; kind++)
        mean += kinds[kind].hours / KINDS;
    for (size_t i = 0; i < year->n;) {
        struct made *made = &year->made[i];
        double day = uniform(random) * YEAR_DAYS;
        int team = (int)random_below(random, TEAMS), kind = (int)random_below(random, KINDS);
        double scale = BUSY * SERVERS * TEAMS * open_ms / ((double)year->n * mean);
        instant at = { BEGIN + (int64_t)(day * (double)DAY_MS) };
        if (!work_is_open(&calendar_dutch, at) || uniform(random) * 1.8 > rush(team, day))
            continue;
        *made = (struct made){ .team = team, .kind = kind, .at = opened(year, at), .made_at = at };
        made->due =
            opened(year, instant_plus(at, habits[kind][random_below(random, HABITS)] * HOUR_MS));
        made->work_ms =
            scale * slowness(team, day) * kinds[kind].hours *
            exp(kinds[kind].spread * normal(random) - kinds[kind].spread * kinds[kind].spread / 2);
        if (uniform(random) < kinds[kind].waits)
            made->wait_ms = kinds[kind].wait_hours * (double)HOUR_MS * exp(0.6 * normal(random));
        made->place = (double)made->at + uniform(random) * 8 * (double)HOUR_MS;
        made->is_done = uniform(random) > 0.04;
        i++;
    }
    qsort(year->made, year->n, sizeof(year->made[0]), by_made);
}

/* Each team takes them in order, with so many hands; what waits for somebody else is done then. */
static void serve(struct year *year, struct random *random)
{
    struct made **queue = calloc(year->n, sizeof(struct made *));

    for (int team = 0; team < TEAMS; team++) {
        double free_at[SERVERS] = { 0 };
        size_t n = 0;
        for (size_t i = 0; i < year->n; i++)
            if (year->made[i].team == team)
                queue[n++] = &year->made[i];
        qsort(queue, n, sizeof(queue[0]), by_place);
        for (size_t i = 0; i < n; i++) {
            int hands = 0;
            for (int s = 1; s < SERVERS; s++)
                hands = free_at[s] < free_at[hands] ? s : hands;
            free_at[hands] = fmax(free_at[hands], (double)queue[i]->at) + queue[i]->work_ms;
            queue[i]->end = (int64_t)(free_at[hands] + queue[i]->wait_ms);
            if (!queue[i]->is_done)
                queue[i]->end = queue[i]->at +
                                (int64_t)(uniform(random) * (double)(queue[i]->end - queue[i]->at));
        }
    }
    free(queue);
    for (size_t i = 0; i < year->n; i++) {
        year->made[i].load = 1;
        for (size_t k = 0; k < i; k++)
            year->made[i].load +=
                year->made[k].team == year->made[i].team && year->made[k].end > year->made[i].at;
    }
}

/* --- what was known -------------------------------------------------------------------------- */

static struct lead lead_of(const struct made *now, const struct made *made)
{
    bool is_over = made->end <= now->at;

    return (struct lead){ .ms = (is_over ? made->end : now->at) - made->at,
                          .is_done = is_over && made->is_done,
                          .age_ms = now->made_at.ms - made->made_at.ms,
                          .team = made->team + 1,
                          .load = made->load };
}

static enum lead_nearness nearness(const struct made *now, const struct made *made)
{
    if (made->kind != now->kind)
        return LEAD_OTHER;
    return made->team == now->team ? LEAD_OWN : LEAD_OF_KIND;
}

/* The newest of each list; what is nearer counts there alone. */
static struct leads known(struct arena *mem, const struct year *year, size_t now)
{
    struct leads leads = { NEW_ARRAY(mem, struct lead, 3 * NEWEST), 0 };
    size_t seen[3] = { 0 };

    for (size_t i = now; i-- > 0 && seen[LEAD_OWN] < NEWEST;) {
        enum lead_nearness is = nearness(&year->made[now], &year->made[i]);
        bool is_in = is == LEAD_OWN || seen[is] < NEWEST;
        for (size_t list = LEAD_OTHER; list <= (size_t)is; list++)
            seen[list]++;
        if (!is_in)
            continue;
        leads.v[leads.n] = lead_of(&year->made[now], &year->made[i]);
        leads.v[leads.n++].nearness = is;
    }
    return leads;
}

/* The mean and deviation of what was done, as if it were normal. */
static double plain(const struct leads *leads, int64_t ms)
{
    for (int least = LEAD_OWN; least >= LEAD_OTHER; least--) {
        double n = 0, sum = 0, squares = 0, mean, deviation;
        for (size_t i = 0; i < leads->n; i++)
            if (leads->v[i].is_done && (int)leads->v[i].nearness >= least) {
                double x = (double)leads->v[i].ms;
                n++, sum += x, squares += x * x;
            }
        if (n < CHANCE_CASES_MIN)
            continue;
        mean = sum / n;
        deviation = sqrt(fmax(squares / n - mean * mean, 1));
        return 0.5 * erfc(-((double)ms - mean) / deviation / sqrt(2));
    }
    return 0.5;
}

struct score {
    struct calibration ours, base, plain;
    double kept, outcomes;
    int64_t safe_n, safe_kept, us;
};

static void foretell(struct arena *mem, const struct year *year, size_t i, struct score *score)
{
    const struct made *made = &year->made[i];
    int64_t began = clock_monotonic_us(), ms = made->due - made->at, safe;
    struct leads leads = known(mem, year, i);
    double by_plain = plain(&leads, ms);
    bool is_kept = made->is_done && made->end <= made->due;
    struct outlook outlook;
    struct chance chance;

    outlook_make(mem, leads, made->load, &outlook);
    chance = outlook_chance(&outlook, 0, ms);
    score->us += clock_monotonic_us() - began;
    if (!made->is_done && made->end < made->due) /* nobody knows what had become of it */
        return;
    if (chance.is_known && score->outcomes > 0) {
        calibration_add(&score->ours, chance.value, is_kept);
        calibration_add(&score->base, score->kept / score->outcomes, is_kept);
        calibration_add(&score->plain, by_plain, is_kept);
        if (made->is_done && outlook_time(&outlook, 0, 0.9, &safe)) {
            score->safe_n++;
            score->safe_kept += made->end - made->at <= safe;
        }
    }
    /* As if it were known at once: the base rate gets more than it could have. */
    score->kept += is_kept;
    score->outcomes++;
}

static void print(const struct score *score, size_t n)
{
    printf("n %lld\nbase_rate %.4f\n", (long long)score->ours.n, score->ours.base_rate);
    printf("chance.brier %.5f\nchance.error %.4f\n", score->ours.brier, score->ours.error);
    printf("base.brier %.5f\n", score->base.brier);
    printf("plain.brier %.5f\nplain.error %.4f\n", score->plain.brier, score->plain.error);
    printf("safe.kept %.4f\nsafe.offered %.4f\n",
           (double)score->safe_kept / fmax((double)score->safe_n, 1),
           (double)score->safe_n / fmax((double)score->ours.n, 1));
    printf("us %.0f\n", (double)score->us / (double)n);
    for (int i = 0; i < CALIBRATION_BINS; i++)
        printf("bin.%d %lld %.4f %.4f\n", i * 100 / CALIBRATION_BINS,
               (long long)score->ours.bins[i].n, score->ours.bins[i].said,
               score->ours.bins[i].happened);
}

int main(int argc, char **argv)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("bench_chance");
    CLEANUP(arena_freep) struct arena *once = arena_new("bench_chance_once");
    int64_t n = argc == 3 ? number_of(argv[2]) : 0;
    struct score score = { 0 };
    struct random random;
    struct year year;

    if (n < 1) {
        fputs("usage: bench_chance SEED PROMISES\n", stderr);
        return 2;
    }
    random = plan_random((uint64_t)number_of(argv[1]), 0);
    year = (struct year){
        NEW_ARRAY(mem, struct made, (size_t)n), (size_t)n, { NULL, 0 }
    };
    work_clock_make(mem, &calendar_dutch, (instant){ BEGIN },
                    (instant){ BEGIN + (YEAR_DAYS + 30) * DAY_MS }, &year.clock);
    invent(&year, &random);
    serve(&year, &random);
    for (size_t i = 0; i < year.n; i++) {
        foretell(once, &year, i, &score);
        arena_reset(once);
    }
    calibration_close(&score.ours);
    calibration_close(&score.base);
    calibration_close(&score.plain);
    print(&score, year.n);
    return 0;
}

/* chance_test.c — the chance, against what is known of it and against who counts one by one. */
#include "chance.h"

#include "test.h"

#include <math.h>

enum { MANY = 60 };

static bool is_near(double a, double b)
{
    return fabs(a - b) < 1e-9;
}

static uint32_t mixed(uint32_t n)
{
    n = (n ^ n >> 16) * 0x45d9f3bu;
    n = (n ^ n >> 16) * 0x45d9f3bu;
    return n ^ n >> 16;
}

/* Lengths of 0 … 40 hours, many of them the same; every third isn't done. */
static void invent(struct lead leads[MANY], uint32_t seed, bool with_open)
{
    for (uint32_t i = 0; i < MANY; i++)
        leads[i] = (struct lead){ .ms = mixed(seed + i) % 41 * HOUR_MS,
                                  .is_done = !with_open || mixed(seed + i + 1000) % 3 != 0 };
}

#define CURVE(name, leads_, n_, wider)                                                             \
    struct chance_curve name;                                                                      \
    chance_curve_make(w, (struct leads){ leads_, n_ }, wider, &name)

/* The part that takes longer, by its definition: at each time of the done ones, those who are left
 * of those who were there. */
static double slow_left(const struct lead *leads, size_t n, int64_t ms)
{
    double left = 1;

    for (int64_t t = 0; t <= ms; t += HOUR_MS) {
        double there = 0, done = 0;
        for (size_t i = 0; i < n; i++) {
            there += leads[i].ms >= t;
            done += leads[i].ms == t && leads[i].is_done;
        }
        if (there > 0)
            left *= 1 - done / there;
    }
    return left;
}

static double left_after(const struct chance_curve *curve, int64_t ms)
{
    double left = 1;

    for (size_t i = 0; i < curve->n && curve->steps[i].ms <= ms; i++)
        left = curve->steps[i].left;
    return left;
}

TEST(with_equal_ages_the_curve_is_what_kaplan_and_meier_count)
{
    CLEANUP(arena_freep) struct arena *w = arena_new("chance");

    for (uint32_t seed = 0; seed < 200; seed++) {
        struct lead leads[MANY];
        invent(leads, seed * 7919, true);
        CURVE(curve, leads, MANY, NULL);
        CHECK(is_near(curve.size, MANY));
        for (int64_t ms = 0; ms < 45 * HOUR_MS; ms += HOUR_MS)
            if (!is_near(left_after(&curve, ms), slow_left(leads, MANY, ms)))
                test_fail(__FILE__, __LINE__, "seed %u at %lld h", seed, (long long)(ms / HOUR_MS));
    }
}

TEST(when_all_are_done_the_chance_is_how_many_were_done_in_that_time)
{
    CLEANUP(arena_freep) struct arena *w = arena_new("chance");

    for (uint32_t seed = 0; seed < 50; seed++) {
        struct lead leads[MANY];
        invent(leads, seed * 104729, false);
        CURVE(curve, leads, MANY, NULL);
        for (int64_t ms = 0; ms < 45 * HOUR_MS; ms += HOUR_MS) {
            double n = 0, chance = chance_on(&curve, 0, ms).value;
            for (size_t i = 0; i < MANY; i++)
                n += leads[i].ms <= ms;
            CHECK(is_near(chance, fmin(fmax(n / MANY, 0.01), 0.99)));
        }
    }
}

TEST(a_case_of_twice_the_half_life_counts_for_a_quarter)
{
    CLEANUP(arena_freep) struct arena *w = arena_new("chance");
    struct lead some[MANY], repeated[4 * MANY];
    size_t n = 0;

    invent(some, 5, true);
    for (size_t i = 0; i < MANY; i++) {
        some[i].age_ms = i % 2 ? 90 * DAY_MS : 0;
        for (size_t k = 0; k < (i % 2 ? 1 : 4); k++) {
            repeated[n] = some[i];
            repeated[n++].age_ms = 0;
        }
    }
    CURVE(curve, some, MANY, NULL);
    CURVE(other, repeated, n, NULL);
    for (int64_t ms = 0; ms < 45 * HOUR_MS; ms += HOUR_MS)
        CHECK(is_near(left_after(&curve, ms), left_after(&other, ms)));
    CHECK(is_near(curve.size, 37.5 * 37.5 / (30 + 30 / 16.0)));
}

TEST(the_chance_only_grows_with_time_and_lies_within_its_interval)
{
    CLEANUP(arena_freep) struct arena *w = arena_new("chance");
    int known = 0;

    for (uint32_t seed = 0; seed < 100; seed++) {
        struct lead wide[MANY], own[MANY];
        struct chance before = { 0 };
        invent(wide, seed * 31, true);
        invent(own, seed * 37 + 5, true);
        for (size_t i = 0; i < MANY; i++)
            own[i].age_ms = mixed(seed + (uint32_t)i) % 200 * DAY_MS;
        CURVE(wider, wide, MANY, NULL);
        CURVE(curve, own, seed % MANY, &wider);
        for (int64_t ms = 0; ms < 45 * HOUR_MS; ms += HOUR_MS) {
            struct chance now = chance_on(&curve, 0, ms);
            if (!now.is_known) /* most of those that lasted so long are still going on */
                continue;
            known++;
            CHECK(now.value >= before.value);
            CHECK(now.low <= now.value && now.value <= now.high);
            before = now;
        }
    }
    CHECK(known > 4000); /* of 4500 */
}

TEST(a_curve_without_cases_is_the_wider_one_and_with_some_a_mixture_by_number)
{
    CLEANUP(arena_freep) struct arena *w = arena_new("chance");
    struct lead wide[MANY], own[MANY];

    invent(wide, 1, false);
    CURVE(wider, wide, MANY, NULL);
    CURVE(none, NULL, 0, &wider);
    CHECK(none.cases_n == 0 && none.borrowed > 0 && none.borrowed <= none.size);
    invent(own, 2, false);
    CURVE(some, own, 30, &wider);
    CURVE(alone, own, 30, NULL);
    for (int64_t ms = 0; ms < 45 * HOUR_MS; ms += HOUR_MS) {
        double mixture = (30 * left_after(&alone, ms) + some.borrowed * left_after(&wider, ms)) /
                         (30 + some.borrowed);
        CHECK(is_near(left_after(&none, ms), left_after(&wider, ms)));
        CHECK(is_near(left_after(&some, ms), mixture));
    }
}

TEST(no_more_is_borrowed_than_the_wider_curve_has)
{
    CLEANUP(arena_freep) struct arena *w = arena_new("chance");
    struct lead wide[MANY];

    invent(wide, 1, false);
    CURVE(wider, wide, 6, NULL);
    CURVE(none, NULL, 0, &wider);
    CHECK(is_near(none.size, 6) && is_near(none.borrowed, 6));
    CHECK(!chance_on(&none, 0, DAY_MS).is_known); /* too few for anything */
}

/* Remission under 6-MP, Freireich et al. 1963; the figures are in every book on survival. */
static const struct {
    int weeks;
    bool is_done;
} remissions[] = {
    { 6,  true  },
    { 6,  true  },
    { 6,  true  },
    { 6,  false },
    { 7,  true  },
    { 9,  false },
    { 10, true  },
    { 10, false },
    { 11, false },
    { 13, true  },
    { 16, true  },
    { 17, false },
    { 19, false },
    { 20, false },
    { 22, true  },
    { 23, true  },
    { 25, false },
    { 32, false },
    { 32, false },
    { 34, false },
    { 35, false },
};
static const struct {
    int weeks;
    double left, low, high;
} books[] = {
    { 6,  0.8571, 0.6197, 0.9516 },
    { 7,  0.8067, 0.5631, 0.9228 },
    { 10, 0.7529, 0.5032, 0.8894 },
    { 13, 0.6902, 0.4316, 0.8491 },
    { 16, 0.6275, 0.3675, 0.8049 },
    { 22, 0.5378, 0.2678, 0.7468 },
    { 23, 0.4482, 0.1881, 0.6801 },
    { 24, 0.4482, 0.1881, 0.6801 },
};

TEST(known_data_give_the_curve_and_intervals_that_are_printed_for_them)
{
    CLEANUP(arena_freep) struct arena *w = arena_new("chance");
    struct lead leads[COUNT(remissions)];

    for (size_t i = 0; i < COUNT(leads); i++)
        leads[i] = (struct lead){ .ms = remissions[COUNT(leads) - 1 - i].weeks * DAY_MS,
                                  .is_done = remissions[COUNT(leads) - 1 - i].is_done };
    CURVE(curve, leads, COUNT(leads), NULL);
    for (size_t i = 0; i < COUNT(books); i++) {
        struct chance chance = chance_on(&curve, 0, books[i].weeks * DAY_MS);
        if (fabs(1 - chance.value - books[i].left) > 6e-5 ||
            fabs(1 - chance.high - books[i].low) > 6e-5 ||
            fabs(1 - chance.low - books[i].high) > 6e-5)
            test_fail(__FILE__, __LINE__, "%d weeks: %f %f %f", books[i].weeks, 1 - chance.value,
                      1 - chance.high, 1 - chance.low);
    }
}

TEST(where_nothing_was_done_the_chance_is_small_and_not_none)
{
    CLEANUP(arena_freep) struct arena *w = arena_new("chance");
    struct lead leads[20];
    struct chance chance;

    for (size_t i = 0; i < COUNT(leads); i++)
        leads[i] = (struct lead){ .ms = DAY_MS, .is_done = true };
    CURVE(curve, leads, COUNT(leads), NULL);
    chance = chance_on(&curve, 0, DAY_MS - 1);
    CHECK(is_near(chance.value, 0.01) && is_near(chance.high, 1 - pow(0.05, 0.05)));
    chance = chance_on(&curve, 0, DAY_MS);
    CHECK(is_near(chance.value, 0.99) && is_near(chance.low, pow(0.05, 0.05)));
}

TEST(the_time_for_a_chance_is_the_least_that_has_it)
{
    CLEANUP(arena_freep) struct arena *w = arena_new("chance");
    int known = 0;

    for (uint32_t seed = 0; seed < 200; seed++) {
        struct lead leads[MANY];
        int64_t waited = seed % 5 * HOUR_MS, ms;
        invent(leads, seed * 17, seed % 2);
        CURVE(curve, leads, MANY, NULL);
        for (double value = 0.15; value < 0.98; value += 0.1) {
            if (!chance_time(&curve, waited, value, &ms))
                continue;
            known++;
            CHECK(chance_on(&curve, waited, ms).value >= value - 1e-9);
            CHECK(ms == 0 || chance_on(&curve, waited, ms - 1).value < value);
        }
    }
    CHECK(known > 1000);
}

TEST(what_has_waited_has_the_chance_of_those_that_waited_as_long)
{
    CLEANUP(arena_freep) struct arena *w = arena_new("chance");
    struct lead leads[MANY], later[MANY];
    size_t n = 0;

    invent(leads, 3, true);
    CURVE(curve, leads, MANY, NULL);
    for (size_t i = 0; i < MANY; i++)
        if (leads[i].ms > 8 * HOUR_MS)
            later[n++] =
                (struct lead){ .ms = leads[i].ms - 8 * HOUR_MS, .is_done = leads[i].is_done };
    CURVE(rest, later, n, NULL);
    for (int64_t ms = HOUR_MS; ms < 20 * HOUR_MS; ms += HOUR_MS)
        CHECK(is_near(chance_on(&curve, 8 * HOUR_MS, ms).value, chance_on(&rest, 0, ms).value));
    CHECK(!chance_on(&curve, 1000 * HOUR_MS, HOUR_MS).is_known);
}

/* Two teams, of which one usually has ten times as much to do; each length goes with the load. */
static void invent_queues(struct lead leads[MANY])
{
    for (uint32_t i = 0; i < MANY; i++) {
        int64_t load = (i % 2 ? 10 : 100) * (1 + mixed(i) % 8);
        leads[i] = (struct lead){ .ms = load * (i % 2 ? HOUR_MS : HOUR_MS / 10),
                                  .is_done = true,
                                  .team = i % 2,
                                  .load = load };
    }
}

TEST(who_serves_a_queue_in_order_takes_twice_as_long_with_twice_as_much_to_do)
{
    CLEANUP(arena_freep) struct arena *w = arena_new("chance");
    struct lead leads[MANY], many[20 * MANY];
    double power;

    invent_queues(leads);
    for (size_t i = 0; i < COUNT(many); i++)
        many[i] = leads[i % MANY];
    power = leads_power(w, (struct leads){ many, COUNT(many) });
    CHECK(power > 0.9 && power <= 1);
    CHECK(is_near(leads_power(w, (struct leads){ NULL, 0 }), 0.5));
    for (size_t i = 0; i < COUNT(many); i++)
        many[i].ms = HOUR_MS;
    CHECK(leads_power(w, (struct leads){ many, COUNT(many) }) < 0.05); /* it makes no difference */
}

TEST(at_the_usual_load_each_queue_takes_as_long_as_it_usually_does)
{
    CLEANUP(arena_freep) struct arena *w = arena_new("chance");
    struct lead leads[MANY];
    double longest[2] = { 0 }, shortest[2] = { 1e18, 1e18 };

    invent_queues(leads);
    leads_level(w, (struct leads){ leads, MANY }, 1);
    for (size_t i = 0; i < MANY; i++) {
        longest[leads[i].team] = fmax(longest[leads[i].team], (double)leads[i].ms);
        shortest[leads[i].team] = fmin(shortest[leads[i].team], (double)leads[i].ms);
    }
    for (int team = 0; team < 2; team++)
        CHECK(longest[team] < 1.2 * shortest[team]); /* eight times, before */
}

TEST(with_more_to_do_than_usual_the_chance_is_less_and_the_moment_later)
{
    CLEANUP(arena_freep) struct arena *w = arena_new("chance");
    struct chance before = { .value = 1 };
    int64_t moment_before = 0, ms;

    for (int64_t load = 20; load <= 80; load += 20) {
        struct lead own[MANY];
        struct outlook outlook;
        struct chance chance;
        for (uint32_t i = 0; i < MANY; i++)
            own[i] = (struct lead){ .ms = (1 + mixed(i) % 20) * HOUR_MS,
                                    .is_done = true,
                                    .nearness = LEAD_OWN,
                                    .load = 40 };
        outlook_make(w, (struct leads){ own, MANY }, load, &outlook);
        chance = outlook_chance(&outlook, 0, 12 * HOUR_MS);
        CHECK(chance.is_known && chance.value < before.value);
        CHECK(outlook_time(&outlook, 0, 0.9, &ms) && ms > moment_before);
        CHECK(outlook_chance(&outlook, 0, ms).value >= 0.9 - 1e-9);
        CHECK(outlook_chance(&outlook, 0, ms - HOUR_MS).value < 0.9);
        before = chance;
        moment_before = ms;
    }
}

TEST(what_is_not_done_when_it_usually_is_has_less_chance_from_then_on)
{
    CLEANUP(arena_freep) struct arena *w = arena_new("chance");
    struct lead leads[MANY];
    struct outlook outlook;
    int64_t from;

    for (size_t i = 0; i < MANY; i++) /* most within two hours, the others in two days */
        leads[i] = (struct lead){ .ms = (i % 4 ? 2 : 48) * HOUR_MS,
                                  .is_done = true,
                                  .nearness = LEAD_OWN };
    outlook_make(w, (struct leads){ leads, MANY }, 1, &outlook);
    CHECK(outlook_falls(&outlook, 0, 8 * HOUR_MS, 0.5, &from));
    CHECK(from >= 2 * HOUR_MS && from <= 2 * HOUR_MS + 10 * MINUTE_MS);
    CHECK(outlook_chance(&outlook, 0, 8 * HOUR_MS).value > 0.7);
    CHECK(!outlook_falls(&outlook, 0, 50 * HOUR_MS, 0.5, &from)); /* all are done by then */
    CHECK(outlook_falls(&outlook, 3 * HOUR_MS, 4 * HOUR_MS, 0.5, &from) && from == 0);
}

TEST(of_a_time_that_nearly_nothing_has_lasted_yet_nothing_is_said)
{
    CLEANUP(arena_freep) struct arena *w = arena_new("chance");
    struct lead leads[MANY];
    struct chance chance;
    int64_t ms;

    for (int i = 0; i < MANY; i++) /* all were made today, but for one; a third is done */
        leads[i] = (struct lead){ .ms = (i == 0 ? 90 : i % 6) * HOUR_MS, .is_done = i % 3 == 1 };
    CURVE(curve, leads, MANY, NULL);
    chance = chance_on(&curve, 0, 4 * HOUR_MS);
    CHECK(chance.is_known && chance.value > 0.2 && chance.value < 0.6);
    CHECK(!chance_on(&curve, 0, 8 * HOUR_MS).is_known);
    CHECK(!chance_on(&curve, 0, 800 * HOUR_MS).is_known);
    CHECK(!chance_time(&curve, 0, 0.9, &ms));
}

TEST(an_outlook_on_nothing_says_that_nothing_is_known)
{
    CLEANUP(arena_freep) struct arena *w = arena_new("chance");
    struct outlook outlook;
    int64_t ms;

    outlook_make(w, (struct leads){ NULL, 0 }, 4, &outlook);
    CHECK(!outlook_chance(&outlook, 0, DAY_MS).is_known);
    CHECK(!outlook_time(&outlook, 0, 0.9, &ms));
    CHECK(!outlook_falls(&outlook, 0, DAY_MS, 0.5, &ms));
}

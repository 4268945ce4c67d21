#include "play_inside.h"
#include "truth.h"

#include "../base/text.h"
#include "../store/events.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    CONTACTS_OF_A_STORY = 6,
    RECENT = 60,
    IMPORT_AT_ONCE = 400,
    ASTRAY = 15 /* in 100 who could */
};

/* Local time, near enough for when people write and offices are open. */
static const int64_t ZONE_MS = HOUR_MS;

enum act_kind { ACT_CONTACT, ACT_READ, ACT_ANSWER, ACT_RECORD, ACT_LOOK, ACT_MOVE, ACT_KEEP };

struct act {
    instant at;
    int64_t order; /* of those of one moment */
    enum act_kind kind;
    int64_t story;
    struct heard heard; /* what is read */
    struct owed owed;   /* what is moved or kept */
};

/* A heap: the next one stands in front. */
struct acts {
    struct act *items;
    size_t n, cap;
    int64_t made;
};

/* --- the queue -------------------------------------------------------------------------------- */

static bool is_before(const struct act *a, const struct act *b)
{
    return a->at.ms != b->at.ms ? a->at.ms < b->at.ms : a->order < b->order;
}

static void swap(struct act *a, struct act *b)
{
    struct act c = *a;

    *a = *b;
    *b = c;
}

static void add_act(struct play *play, struct acts *acts, struct act act)
{
    size_t i = acts->n++;

    if (acts->n > acts->cap) {
        struct act *more;

        acts->cap = acts->cap == 0 ? 1024 : 2 * acts->cap;
        more = NEW_ARRAY(play->mem, struct act, acts->cap);
        if (i > 0)
            memcpy(more, acts->items, i * sizeof(*more));
        acts->items = more;
    }
    act.order = acts->made++;
    acts->items[i] = act;
    for (; i > 0 && is_before(&acts->items[i], &acts->items[(i - 1) / 2]); i = (i - 1) / 2)
        swap(&acts->items[i], &acts->items[(i - 1) / 2]);
}

static struct act take_act(struct acts *acts)
{
    struct act first = acts->items[0];
    size_t i = 0, least;

    acts->items[0] = acts->items[--acts->n];
    for (;; i = least) {
        least = i;
        for (size_t k = 2 * i + 1; k <= 2 * i + 2 && k < acts->n; k++)
            if (is_before(&acts->items[k], &acts->items[least]))
                least = k;
        if (least == i)
            return first;
        swap(&acts->items[i], &acts->items[least]);
    }
}

/* --- when ------------------------------------------------------------------------------------- */

static int64_t day_of(instant at)
{
    return (at.ms + ZONE_MS) / DAY_MS;
}

static int64_t ms_of_day(instant at)
{
    return (at.ms + ZONE_MS) % DAY_MS;
}

/* 1970-01-01 was a Thursday. */
static bool is_weekend(int64_t day)
{
    return (day + 4) % 7 == 0 || (day + 4) % 7 == 6;
}

static instant moment(int64_t day, int64_t ms)
{
    return (instant){ day * DAY_MS + ms - ZONE_MS };
}

/* Then, or when people are awake again. */
static instant awake(struct dice *dice, instant at)
{
    int64_t ms = ms_of_day(at);

    if (ms >= 7 * HOUR_MS && ms < 23 * HOUR_MS)
        return at;
    return moment(day_of(at) + (ms >= 23 * HOUR_MS),
                  7 * HOUR_MS + dice_between(dice, 0, 3 * HOUR_MS));
}

/* Then, or when the office is open again. */
static instant at_the_office(struct dice *dice, instant at)
{
    int64_t day = day_of(at), ms = ms_of_day(at);

    if (!is_weekend(day) && ms >= 8 * HOUR_MS && ms < 17 * HOUR_MS)
        return at;
    day += ms >= 17 * HOUR_MS;
    while (is_weekend(day))
        day++;
    return moment(day, 8 * HOUR_MS + dice_between(dice, 0, 90 * MINUTE_MS));
}

static instant answer_at(struct story *story, instant now)
{
    static const struct {
        int64_t low_min, high_min;
    } waits[WAYS_N] = {
        [WAY_MAIL] = { 25, 540 },
          [WAY_PHONE] = { 2,  7   },
          [WAY_CHAT] = { 1,  6   },
        [WAY_APP] = { 30, 420 },
          [WAY_SMS] = { 10, 180 },
    };
    int64_t wait = dice_between(&story->dice, waits[story->way].low_min * MINUTE_MS,
                                waits[story->way].high_min * MINUTE_MS);

    return at_the_office(&story->dice, instant_plus(now, wait));
}

/* --- landings --------------------------------------------------------------------------------- */

bool landing_find(const struct landings *landings, int64_t id, int64_t *whose)
{
    size_t from = 0, to = landings->n;

    while (from < to) {
        size_t middle = (from + to) / 2;

        if (landings->items[middle].id == id) {
            *whose = landings->items[middle].whose;
            return true;
        }
        if (landings->items[middle].id < id)
            from = middle + 1;
        else
            to = middle;
    }
    return false;
}

int64_t landing_of(const struct landings *landings, int64_t whose)
{
    for (size_t i = 0; i < landings->n; i++)
        if (landings->items[i].whose == whose)
            return landings->items[i].id;
    return 0;
}

void landing_add(struct play *play, struct landings *landings, int64_t id, int64_t whose)
{
    int64_t known;
    size_t i = landings->n;

    if (landing_find(landings, id, &known))
        return;
    if (landings->n == landings->cap) {
        struct landing *more;

        landings->cap = landings->cap == 0 ? 1024 : 2 * landings->cap;
        more = NEW_ARRAY(play->mem, struct landing, landings->cap);
        if (landings->n > 0)
            memcpy(more, landings->items, landings->n * sizeof(*more));
        landings->items = more;
    }
    for (landings->n++; i > 0 && landings->items[i - 1].id > id; i--)
        landings->items[i] = landings->items[i - 1];
    landings->items[i] = (struct landing){ id, whose };
}

/* --- how stories begin ------------------------------------------------------------------------ */

struct story *play_story(struct play *play, int64_t number)
{
    return &play->stories[number];
}

static struct tenant *any_tenant(struct play *play)
{
    return &play->town.tenants[dice_below(&play->dice, (int64_t)play->town.n)];
}

static const struct story *recent_story(struct play *play)
{
    int64_t n = (int64_t)play->stories_n, back = n < RECENT ? n : RECENT;

    return n == 0 ? NULL : &play->stories[n - 1 - dice_below(&play->dice, back)];
}

/* Somebody of the same street. */
static struct tenant *neighbour_of(struct play *play, const struct tenant *of)
{
    size_t street = strcspn(of->address, "0123456789");

    for (int tries = 0; tries < 200; tries++) {
        struct tenant *tenant = any_tenant(play);

        if (tenant->household != of->household && tenant->tongue == of->tongue &&
            strncmp(tenant->address, of->address, street) == 0)
            return tenant;
    }
    return any_tenant(play);
}

static const struct need *any_need(struct play *play, const struct tenant *tenant,
                                   const struct need * not)
{
    struct needs needs = needs_in(tenant->tongue);
    const struct need *need;

    do
        need = &needs.rows[dice_below(&play->dice, (int64_t)needs.n)];
    while (need == not);
    return need;
}

/* Most are about somebody new; some tenants have two things at once, and neighbours the same. */
static void choose(struct play *play, struct tenant **tenant, const struct need **need)
{
    int64_t chance = dice_below(&play->dice, 100);
    const struct story *recent = recent_story(play);

    *tenant = any_tenant(play);
    *need = NULL;
    if (recent && chance < 8) {
        *tenant = recent->tenant;
        *need = any_need(play, *tenant, recent->need);
    } else if (recent && chance < 11) {
        *tenant = neighbour_of(play, recent->tenant);
        *need = (*tenant)->tongue == recent->tenant->tongue ? recent->need : NULL;
    }
    if (!*need)
        *need = any_need(play, *tenant, NULL);
    if (dice_in_100(&play->dice, 2))
        town_new_mail(play->mem, *tenant);
}

/* An older story of his with a mail of ours that he can answer. */
static int64_t old_mail_of(const struct play *play, const struct story *story)
{
    for (size_t i = play->stories_n - 1; i > 0; i--)
        if (play->stories[i - 1].tenant == story->tenant && play->stories[i - 1].mail_id)
            return (int64_t)i - 1;
    return -1;
}

static struct story *new_story(struct play *play)
{
    const struct need *need;
    struct tenant *tenant;
    struct story *story;

    choose(play, &tenant, &need);
    story = &play->stories[play->stories_n];
    story_begin(play->mem, play->stories_seed, (int64_t)play->stories_n, tenant, need, story);
    play->stories_n++;
    play->played.stories++;
    return story;
}

/* The first contacts of all days: more in the morning, few at night and at the weekend. */
static void plan(struct play *play, struct acts *acts, instant from, instant to)
{
    static const int hours[24] = { 1,  0,  0,  0,  0,  1,  3,  12, 30, 45, 48, 40,
                                   28, 30, 34, 32, 28, 22, 18, 20, 18, 12, 7,  3 };

    for (int64_t day = day_of(from); day <= day_of(to); day++) {
        int64_t n = play->settings->stories * (is_weekend(day) ? 35 : 100) / 100;

        for (int64_t i = 0; i < n; i++) {
            int64_t ms = (int64_t)dice_weighed(&play->dice, hours, COUNT(hours)) * HOUR_MS +
                         dice_below(&play->dice, HOUR_MS);
            instant at = moment(day, ms);

            if (at.ms >= from.ms && at.ms < to.ms)
                add_act(play, acts, (struct act){ .at = at, .kind = ACT_CONTACT, .story = -1 });
        }
    }
}

/* --- what follows from what ------------------------------------------------------------------- */

static void follow_up(struct play *play, struct acts *acts, struct story *story, instant at)
{
    add_act(
        play, acts,
        (struct act){ .at = awake(&story->dice, at), .kind = ACT_CONTACT, .story = story->number });
}

static bool has_more_to_say(struct story *story)
{
    static const int in_100[CONTACTS_OF_A_STORY] = { 100, 48, 42, 36, 30, 20 };

    return !story->is_over && story->contacts < CONTACTS_OF_A_STORY &&
           dice_in_100(&story->dice, in_100[story->contacts]);
}

/* What came in is read soon, in office hours; some isn't answered all the same. */
static void after_contact(struct play *play, struct acts *acts, struct story *story, instant now)
{
    bool is_forgotten = story->way != WAY_PHONE && dice_in_100(&story->dice, 12);
    instant answer = answer_at(story, now);
    instant read_at = instant_plus(now, dice_between(&story->dice, 10 * MINUTE_MS, 90 * MINUTE_MS));

    if (story->way != WAY_PHONE)
        add_act(play, acts,
                (struct act){ .at = at_the_office(&story->dice, read_at),
                              .kind = ACT_READ,
                              .story = story->number,
                              .heard = story->heard });
    if (story->is_over)
        return;
    if (!is_forgotten)
        add_act(play, acts,
                (struct act){ .at = answer, .kind = ACT_ANSWER, .story = story->number });
    if (is_forgotten && dice_in_100(&story->dice, 80))
        follow_up(play, acts, story,
                  instant_plus(now, dice_between(&story->dice, 20 * HOUR_MS, 70 * HOUR_MS)));
}

/* Jobs run when something is done: at the moments of a promise that is a look of its own. */
static void plan_promise(struct play *play, struct acts *acts, const struct story *story,
                         const struct owed *owed)
{
    const struct {
        enum act_kind kind;
        instant at;
    } all[] = {
        { ACT_LOOK, owed->risk_at },
        { ACT_LOOK, owed->due_at  },
        { ACT_MOVE, owed->move_at },
        { ACT_KEEP, owed->done_at },
    };

    for (size_t i = 0; i < COUNT(all); i++)
        if (all[i].at.ms != 0)
            add_act(
                play, acts,
                (struct act){
                    .at = all[i].at, .kind = all[i].kind, .story = story->number, .owed = *owed });
}

static void after_answer(struct play *play, struct acts *acts, struct story *story, instant now)
{
    bool is_chat = story->way == WAY_CHAT && dice_in_100(&story->dice, 60);
    int64_t low = is_chat ? MINUTE_MS : 40 * MINUTE_MS;
    int64_t high = is_chat ? 8 * MINUTE_MS : 60 * HOUR_MS;

    for (size_t i = 0; i < story->owed_n; i++)
        plan_promise(play, acts, story, &story->owed[i]);
    if (has_more_to_say(story))
        follow_up(play, acts, story, instant_plus(now, dice_between(&story->dice, low, high)));
    if (story->record_step == 0 && story->need->dossier != NO_DOSSIER)
        add_act(
            play, acts,
            (struct act){ .at = instant_plus(now, 1), .kind = ACT_RECORD, .story = story->number });
}

static bool contact(struct play *play, struct acts *acts, const struct act *act, struct err *err)
{
    struct story *story = act->story < 0 ? new_story(play) : play_story(play, act->story);
    int64_t old = -1;

    if (act->story < 0 && dice_in_100(&play->dice, ASTRAY))
        old = old_mail_of(play, story);
    if (!customer_speak(play, story, old >= 0 ? play_story(play, old) : NULL, err))
        return false;
    after_contact(play, acts, story, act->at);
    return true;
}

static bool do_act(struct play *play, struct acts *acts, const struct act *act, struct err *err)
{
    struct story *story;
    bool more;

    switch (act->kind) {
    case ACT_CONTACT:
        return contact(play, acts, act, err);
    case ACT_READ:
        return desk_read(play, play_story(play, act->story), &act->heard, err);
    case ACT_ANSWER:
        story = play_story(play, act->story);
        if (story->is_answered) /* meanwhile he asked again, and that was answered */
            return true;
        if (!desk_answer(play, story, err))
            return false;
        after_answer(play, acts, story, act->at);
        return true;
    case ACT_RECORD:
        story = play_story(play, act->story);
        if (!back_office_step(play, story, &more, err))
            return false;
        if (more)
            add_act(play, acts,
                    (struct act){
                        .at = at_the_office(&story->dice, instant_plus(act->at, 20 * HOUR_MS)),
                        .kind = ACT_RECORD,
                        .story = story->number });
        return true;
    case ACT_LOOK:
        return office_work(&play->office, err);
    case ACT_MOVE:
        return promised_move(play, play_story(play, act->story), &act->owed, err);
    case ACT_KEEP:
        return promised_keep(play, play_story(play, act->story), &act->owed, err);
    }
    return true;
}

/* --- the days --------------------------------------------------------------------------------- */

/* PostgreSQL looks by itself how much a table holds, a minute later. Until then it reads all people
 * where one is asked for: it planned that when there was nobody. */
static bool count_tables(struct tx *tx, void *unused, struct err *err)
{
    (void)unused;
    return !text_equal(db_engine(tx), "postgres") ||
           db_run(tx, sql_composed("ANALYZE people, identities, person_keys, person_duplicates"),
                  NO_ARGS, err);
}

static bool import_people(struct play *play, struct err *err)
{
    size_t next = 0;
    char *csv;

    while ((csv = town_table(play->turn, &play->town, next, IMPORT_AT_ONCE, &next))) {
        struct scope scope = office_scope(&play->office, play->turn, -1);

        if (!office_import(&play->office, play->turn, csv, err) ||
            !store_write(play->office.store, &scope, count_tables, NULL, err))
            return false;
        arena_reset(play->turn);
    }
    return true;
}

static bool write_people(struct play *play, struct err *err)
{
    for (size_t i = 0; play->truth && i < play->town.n; i++) {
        const struct tenant *tenant = &play->town.tenants[i];
        struct truth_line line = {
            .kind = "person",
            .person = tenant->number,
            .household = tenant->household,
            .name = tenant->name,
            .email = tenant->email,
            .phone = tenant->phone,
        };

        if (!truth_write(play->truth, &line, err))
            return false;
    }
    return true;
}

static bool write_end(struct play *play, struct err *err)
{
    struct truth_line line = { .kind = "end", .at = clock_now() };

    return !play->truth || truth_write(play->truth, &line, err);
}

static bool is_stopped(const struct play *play)
{
    const struct play_settings *settings = play->settings;

    return settings->is_stopped && settings->is_stopped(settings->arg);
}

/* Until the act's moment has come; a short nap at a time. */
static void wait_for(const struct play *play, instant at)
{
    static const struct timespec nap = { .tv_nsec = 100 * 1000 * 1000 };

    if (!play->settings->is_real_time) {
        clock_fake(at);
        return;
    }
    while (clock_now().ms < at.ms && !is_stopped(play))
        nanosleep(&nap, NULL);
}

static bool run(struct play *play, instant from, instant to, struct err *err)
{
    const struct play_settings *settings = play->settings;
    struct acts acts = { 0 };

    plan(play, &acts, from, to);
    play->stories_cap = acts.n + 1;
    play->stories = NEW_ARRAY(play->mem, struct story, play->stories_cap);
    while (acts.n > 0 && acts.items[0].at.ms < to.ms && !is_stopped(play)) {
        struct act act = take_act(&acts);

        wait_for(play, act.at);
        if (is_stopped(play))
            return true;
        if (!do_act(play, &acts, &act, err))
            return false;
        arena_reset(play->turn);
        if (settings->progress)
            settings->progress(settings->arg, act.at.ms - from.ms, to.ms - from.ms);
    }
    return true;
}

static void end(struct play *play)
{
    office_close(&play->office);
    clock_fake((instant){ 0 });
    if (play->truth)
        fclose(play->truth);
    arena_freep(&play->turn);
    arena_freep(&play->mem);
}

bool play(const struct play_settings *settings, struct played *out, struct err *err)
{
    CLEANUP(end)
    struct play play = {
        .settings = settings,
        .mem = arena_new("play"),
        .turn = arena_new("act"),
    };
    instant to = settings->until, from = instant_plus(to, -settings->days * DAY_MS);

    if (settings->is_real_time) {
        from = clock_now();
        to = instant_plus(from, settings->days * DAY_MS);
    } else {
        clock_fake(from);
    }
    play.stories_seed = settings->seed ^ (uint64_t)from.ms << 20;
    play.dice = dice_of(play.stories_seed, UINT64_C(0xda1));
    play.mark = arena_printf(play.mem, "%llx", (unsigned long long)from.ms);
    play.records_from = from.ms / HOUR_MS % 10000 * 1000;
    if (settings->truth && !(play.truth = fopen(settings->truth, "we")))
        return err_set(err, ERR_INVALID, "%s can't be written: %s", settings->truth,
                       strerror(errno));
    town_make(play.mem, settings->seed, settings->households, &play.town);
    if (!write_people(&play, err) || !office_open(&settings->office, &play.office, err) ||
        !import_people(&play, err) || !run(&play, from, to, err) || !write_end(&play, err))
        return false;
    *out = play.played;
    return true;
}

/* simulate.c — days of an invented housing corporation, played into an organisation; or held
 * against what the server made of them.
 */
#include "commands.h"

#include "../base/text.h"
#include "../channel/email_parse.h"
#include "../domain/cases/cases.h"
#include "../simulate/play.h"
#include "../simulate/truth.h"
#include "node.h"
#include "open.h"
#include "pick.h"
#include "progress.h"
#include "routes.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

enum { STORIES_PER = 40 /* households for one story a working day */ };

/* What must hold of a check (issues 5 and 6). */
static const double RIGHT_LEAST = 0.95, WRONG_BELOW = 0.005;

struct simulate_options {
    const char *data, *database, *organisation;
    bool day;
    int64_t days, tenants, stories, seed;
    const char *until, *truth, *check;
    bool real_time, untended, details;
};

static volatile sig_atomic_t stopped;

static void stop(int signal)
{
    (void)signal;
    stopped = 1;
}

static bool is_stopped(void *arg)
{
    (void)arg;
    return stopped != 0;
}

static void show_progress(void *arg, int64_t done, int64_t total)
{
    struct progress *progress = arg;

    progress->total = total / MINUTE_MS;
    progress_add(progress, done / MINUTE_MS - progress->done);
}

/* --- into which organisation ------------------------------------------------------------------ */

struct looking {
    const struct simulate_options *options;
    organisation_id organisation;
    int64_t cases_n;
};

static bool look(struct tx *tx, void *arg, struct err *err)
{
    static const struct case_query all = { .status = FILTER_ALL };
    struct looking *looking = arg;

    if (!pick_organisation(tx, looking->options->organisation, err))
        return false;
    looking->organisation = tx->organisation;
    return case_count(tx, &all, 1, &looking->cases_n, err);
}

/* A fake clock would put days that were before among what is there. */
static bool check_fresh(const struct looking *looking, struct err *err)
{
    return looking->options->real_time || looking->cases_n == 0 ||
           err_set(err, ERR_CONFLICT,
                   "the organisation has cases already: days that are past go into a fresh one "
                   "('gestand init'), or play from now on with --real-time");
}

/* --- checking --------------------------------------------------------------------------------- */

static void show(const char *name, int64_t n, int64_t of, const char *limit)
{
    printf("%-22s %6lld", name, (long long)n);
    if (of > 0)
        printf("  %.4f", (double)n / (double)of);
    printf("%s%s\n", limit ? "  must be " : "", limit ? limit : "");
}

static bool check(struct store *store, const struct looking *looking, struct err *err)
{
    const struct simulate_options *options = looking->options;
    struct truth_verdict v;

    if (!truth_check(store, looking->organisation, options->check, options->details ? stdout : NULL,
                     &v, err))
        return false;
    show("contacts", v.contacts, 0, NULL);
    show("in the right case", v.right, v.contacts, ">= 0.95");
    show("wrongly joined", v.wrong, v.contacts, "< 0.005");
    show("not joined", v.apart, v.contacts, NULL);
    show("without a case", v.without, 0, "0");
    show("people", v.people, 0, NULL);
    show("people merged wrongly", v.merged, 0, "0");
    show("mixed in a family", v.mixed, 0, NULL);
    show("promises come due", v.promises, 0, NULL);
    show("kept in time", v.kept, v.promises, NULL);
    show("moved before", v.moved, v.promises, NULL);
    show("said to be broken", v.broken, v.promises, NULL);
    show("silent", v.silent, 0, "0");
    show("owner not warned", v.unwarned, 0, "0");
    show("came back", v.returns, 0, NULL);
    show("journeys that say so", v.returns_found, v.returns, NULL);
    show("say so wrongly", v.returns_wrong, 0, NULL);
    if ((double)v.right >= RIGHT_LEAST * (double)v.contacts &&
        (double)v.wrong < WRONG_BELOW * (double)v.contacts && v.without == 0 && v.merged == 0 &&
        v.silent == 0 && v.unwarned == 0)
        return true;
    return err_set(err, ERR_INVALID, "not all of it is as it must be");
}

/* --- playing ---------------------------------------------------------------------------------- */

static bool read_until(const char *text, instant *out, struct err *err)
{
    *out = clock_now();
    return !text || instant_read(text, strlen(text), out) ||
           err_set(err, ERR_MALFORMED, "--until wants a moment, as 2026-11-27T17:00:00Z, not '%s'",
                   text);
}

static void tell(const struct played *played)
{
    printf("%lld stories, %lld contacts (", (long long)played->stories,
           (long long)played->contacts);
    for (enum way way = 0; way < WAYS_N; way++)
        printf("%s%s %lld", way > 0 ? ", " : "", way_names[way], (long long)played->ways[way]);
    printf("), %lld answers, %lld promises\n", (long long)played->answers,
           (long long)played->promises);
    printf("of what was proposed: %lld cases merged, %lld refused, %lld people merged; %lld split "
           "off\n",
           (long long)played->merged_cases, (long long)played->refused,
           (long long)played->merged_people, (long long)played->split);
}

static bool play_days(struct store *store, const struct looking *looking, struct err *err)
{
    const struct simulate_options *options = looking->options;
    struct progress progress = progress_start("minutes played");
    struct play_settings settings = {
        .office = { store, looking->organisation, all_routes, all_routes_n },
        .seed = (uint64_t)options->seed,
        .households = options->tenants,
        .stories = options->stories > 0 ? options->stories : options->tenants / STORIES_PER,
        .days = options->days,
        .is_real_time = options->real_time,
        .is_untended = options->untended,
        .truth = options->truth,
        .progress = show_progress,
        .is_stopped = is_stopped,
        .arg = &progress,
    };
    struct played played;
    bool ok;

    if (!read_until(options->until, &settings.until, err))
        return false;
    signal(SIGINT, stop);
    signal(SIGTERM, stop);
    ok = play(&settings, &played, err);
    progress_end(&progress);
    if (ok)
        tell(&played);
    return ok;
}

/* What is played fast needs nobody's promise that it is on the disk. */
static bool open_to_play(const struct simulate_options *options, struct store **out,
                         struct err *err)
{
    struct store_settings settings = { .data = options->data,
                                       .database = options->database,
                                       .is_node = options->real_time,
                                       .careless = !options->real_time };

    return store_open(&settings, out, err);
}

static bool simulate(struct arena *mem, const void *arg, struct err *err)
{
    CLEANUP(store_closep) struct store *store = NULL;
    const struct simulate_options *options = arg;
    struct looking looking = { .options = options };
    struct scope scope = { .mem = mem };

    if (options->day && options->days != 1)
        return err_set(err, ERR_MALFORMED, "--day is one day: leave out --days");
    if (!open_store(options->data, options->database, 0, &store, err) ||
        !store_read(store, &scope, look, &looking, err))
        return false;
    if (options->check)
        return check(store, &looking, err);
    if (!check_fresh(&looking, err))
        return false;
    store_closep(&store);
    store = NULL;
    return open_to_play(options, &store, err) && play_days(store, &looking, err);
}

static const struct simulate_options defaults = { .days = 1, .tenants = 4000, .seed = 1 };

static const struct option options[] = {
    PLACE_OPTIONS(simulate_options),
    OPTION(simulate_options, organisation, "NAME", .doc = "whose, when there are several"),
    OPTION(simulate_options, day, NULL, .doc = "one day (as without)"),
    OPTION(simulate_options, days, "N", .min = 1, .max = 366, .doc = "so many days"),
    OPTION(simulate_options, until, "MOMENT",
           .doc = "when they end, as 2026-11-27T17:00:00Z (default now)"),
    OPTION(simulate_options, real_time, NULL,
           .doc = "from now on, each act at its moment, beside a running server or not"),
    OPTION(simulate_options, seed, "N", .min = 0, .max = INT64_MAX,
           .doc = "another number, other days (default 1)"),
    OPTION(simulate_options, tenants, "N", .min = 10, .max = 100000,
           .doc = "households of the corporation (default 4000)"),
    OPTION(simulate_options, stories, "N", .min = 1, .max = 100000,
           .doc = "needs that come up on a working day (default one for 40 households)"),
    OPTION(simulate_options, untended, NULL,
           .doc = "colleagues answer, but neither accept nor refuse what is proposed"),
    OPTION(simulate_options, truth, "FILE",
           .doc = "write what really happened, a JSON object a line"),
    OPTION(simulate_options, check, "FILE",
           .doc = "play nothing: hold such a file against what the server made of it"),
    OPTION(simulate_options, details, NULL,
           .doc = "with --check: name each contact that isn't right"),
};

const struct command simulate_command = {
    "simulate",
    simulate,
    "Plays days of an invented housing corporation into an organisation",
    OPTIONS(options, simulate_options),
    &defaults,
    "Customers mail, call, chat, use the app and send SMS, and ask again; colleagues answer; a\n"
    "back office changes records. All of it goes the way of real messages. Nothing leaves the\n"
    "machine: what is sent goes to a mail server and an operator within this program.\n"
    "Days that are past are played as fast as it goes, into an organisation without cases, while\n"
    "no server runs. docs/operating.md says what the check counts.\n",
    0
};

#include "chances.h"

#include "../calendars/work_clock.h"
#include "chance.h"
#include "promises.h"

static const int64_t SPAN_MS = 2 * 366 * DAY_MS, QUARTER_MS = 15 * MINUTE_MS;
static const double SAFE = 0.9, RISKY = 0.5;

enum { LISTS = LEAD_OWN + 1 };

const struct field promise_chance_fields[] = {
    FIELD(promise_chance, is_known, .doc = "Else there are too few before it to say"),
    FIELD(promise_chance, chance, .flags = OPTIONAL,
          .doc = "That it's done by then: 0.01 … 0.99; left out when unknown"),
    FIELD(promise_chance, low, .flags = OPTIONAL, .doc = "Of its interval of 95 %"),
    FIELD(promise_chance, high, .flags = OPTIONAL),
    FIELD(promise_chance, safe_at,
          .doc = "The first quarter of an hour by which nine in ten are done; null: never seen"),
    FIELD(promise_chance, risk_at,
          .doc = "When what isn't done by then is rather not done in time; null: it never is"),
    FIELD(promise_chance, cases_n, .doc = "Of that kind by that team: the newest thousand"),
    FIELD(promise_chance, weight, .doc = "How many cases it rests on, the older ones for less"),
    FIELD(promise_chance, borrowed,
          .doc = "Of these, taken over from the kind by other teams, and from all kinds"),
    FIELD(promise_chance, load, .doc = "What the team owes now, with this one"),
    FIELD(promise_chance, usual_load),
    FIELD(promise_chance, work_minutes, .doc = "That the team is open until then"),
    { 0 },
};

struct row {
    unsigned kind;
    team_id team_id;
    instant begun_at, settled_at;
    unsigned state;
    int64_t load;
};

static const struct field row_fields[] = {
    FIELD(row, kind, .names = promise_kind_names),
    FIELD(row, team_id),
    FIELD(row, begun_at),
    FIELD(row, settled_at),
    FIELD(row, state, .names = promise_state_names),
    FIELD(row, load),
    { 0 },
};

static bool read_rows(struct tx *tx, enum sql sql, size_t args_n, const struct chance_of *of,
                      struct list *out, struct err *err)
{
    const struct arg values[] = {
        arg_organisation(tx),      arg_int(tx->now.ms - SPAN_MS),
        arg_int(CHANCE_LEADS_MAX), arg_text(promise_kind_names[of->kind]),
        arg_id(of->team),
    };

    return db_all(tx, sql, (struct args){ values, args_n }, row_fields, sizeof(struct row), out,
                  err);
}

static enum lead_nearness nearness(const struct chance_of *of, const struct row *row)
{
    if (row->kind != of->kind)
        return LEAD_OTHER;
    return row->team_id.n == of->team.n ? LEAD_OWN : LEAD_OF_KIND;
}

static struct lead lead_of(const struct tx *tx, const struct work_clock *clock,
                           const struct row *row)
{
    instant end = row->settled_at.ms > 0 ? row->settled_at : tx->now;

    return (struct lead){
        .ms = work_clock_between(clock, row->begun_at, end),
        .is_done = row->state == PROMISE_KEPT,
        .age_ms = tx->now.ms - row->begun_at.ms,
        .team = row->team_id.n,
        .load = row->load,
    };
}

/* From each list what is no nearer than it: nothing counts twice. */
static struct leads leads_of(struct tx *tx, const struct chance_of *of,
                             const struct work_clock *clock, const struct list rows[LISTS])
{
    struct leads leads = { NEW_ARRAY(tx->mem, struct lead, LISTS * CHANCE_LEADS_MAX), 0 };

    for (size_t list = 0; list < LISTS; list++) {
        const struct row *row = rows[list].items;
        for (size_t i = 0; i < rows[list].n; i++)
            if (nearness(of, &row[i]) == (enum lead_nearness)list) {
                leads.v[leads.n] = lead_of(tx, clock, &row[i]);
                leads.v[leads.n++].nearness = (enum lead_nearness)list;
            }
    }
    return leads;
}

static void begin_clock(struct tx *tx, const struct calendar *hours, const struct list rows[LISTS],
                        struct work_clock *out)
{
    instant from = tx->now;

    for (size_t i = 0; i < LISTS; i++) {
        const struct row *row = rows[i].items;
        if (rows[i].n > 0 && row[rows[i].n - 1].begun_at.ms < from.ms)
            from = row[rows[i].n - 1].begun_at;
    }
    work_clock_make(tx->mem, hours, from, tx->now, out);
}

static bool read_leads(struct tx *tx, const struct chance_of *of, struct leads *out,
                       struct err *err)
{
    enum sql own = of->team.n ? SQL_CHANCE_LEADS_OF_TEAM : SQL_CHANCE_LEADS_WITHOUT_TEAM;
    struct list rows[LISTS]; /* by nearness */
    struct work_clock clock;

    if (!read_rows(tx, SQL_CHANCE_LEADS, 3, of, &rows[LEAD_OTHER], err) ||
        !read_rows(tx, SQL_CHANCE_LEADS_OF_KIND, 4, of, &rows[LEAD_OF_KIND], err) ||
        !read_rows(tx, own, of->team.n ? 5 : 4, of, &rows[LEAD_OWN], err))
        return false;
    begin_clock(tx, of->hours, rows, &clock);
    *out = leads_of(tx, of, &clock, rows);
    return true;
}

static bool count_load(struct tx *tx, const struct chance_of *of, int64_t *out, struct err *err)
{
    bool ok =
        of->team.n
            ? db_number(tx, SQL_CHANCE_LOAD_OF_TEAM,
                        ARGS(arg_organisation(tx), arg_id(of->team), arg_int(CHANCE_LOAD_MAX)), out,
                        err)
            : db_number(tx, SQL_CHANCE_LOAD_WITHOUT_TEAM,
                        ARGS(arg_organisation(tx), arg_int(CHANCE_LOAD_MAX)), out, err);

    *out += ok && of->is_new;
    return ok;
}

/* Nobody promises 14:07. */
static instant safe_at(const struct tx *tx, const struct chance_of *of, int64_t work_ms)
{
    instant at;

    if (!work_after(of->hours, tx->now, work_ms, &at))
        return (instant){ 0 };
    if (at.ms == tx->now.ms)
        at.ms++;
    at.ms += (QUARTER_MS - at.ms % QUARTER_MS) % QUARTER_MS;
    return at;
}

bool promise_chance_find(struct tx *tx, const struct chance_of *of, struct promise_chance *out,
                         struct err *err)
{
    int64_t waited = of->is_new ? 0 : work_between(of->hours, of->begun_at, tx->now), safe;
    int64_t work_ms = work_between(of->hours, tx->now, of->due_at);
    struct outlook outlook;
    struct chance chance;
    struct leads leads;
    int64_t load, risky;

    if (!count_load(tx, of, &load, err) || !read_leads(tx, of, &leads, err))
        return false;
    outlook_make(tx->mem, leads, load, &outlook);
    chance = outlook_chance(&outlook, waited, work_ms > 0 ? work_ms : 0);
    *out = (struct promise_chance){
        .is_known = chance.is_known,
        .chance = chance.value,
        .low = chance.low,
        .high = chance.high,
        .cases_n = (int64_t)outlook.curve.cases_n,
        .weight = outlook.curve.size,
        .borrowed = outlook.curve.borrowed,
        .load = load,
        .usual_load = outlook.usual_load,
        .work_minutes = work_ms > 0 ? work_ms / MINUTE_MS : 0,
    };
    if (outlook_time(&outlook, waited, SAFE, &safe))
        out->safe_at = safe_at(tx, of, safe);
    if (outlook_falls(&outlook, waited, work_ms, RISKY, &risky) &&
        !work_after(of->hours, tx->now, risky, &out->risk_at))
        out->risk_at.ms = 0;
    return true;
}

/* --- what came ------------------------------------------------------------------------------ */

struct foretold {
    instant due_at, settled_at;
    unsigned state;
    double chance;
};

static const struct field foretold_fields[] = {
    FIELD(foretold, due_at),
    FIELD(foretold, settled_at),
    FIELD(foretold, state, .names = promise_state_names),
    FIELD(foretold, chance),
    { 0 },
};

bool promise_calibrate(struct tx *tx, struct calibration *out, instant *from, struct err *err)
{
    const struct foretold *foretold;
    struct list found;

    *out = (struct calibration){ 0 };
    *from = (instant){ 0 };
    if (!db_all(tx, SQL_CHANCE_FORETOLD,
                ARGS(arg_organisation(tx), arg_time(tx->now), arg_int(CHANCE_FORETOLD_MAX)),
                foretold_fields, sizeof(struct foretold), &found, err))
        return false;
    foretold = found.items;
    for (size_t i = 0; i < found.n; i++) {
        bool is_in_time =
            foretold[i].settled_at.ms > 0 && foretold[i].settled_at.ms <= foretold[i].due_at.ms;
        if (is_in_time && foretold[i].state == PROMISE_WITHDRAWN)
            continue;
        calibration_add(out, foretold[i].chance, is_in_time && foretold[i].state == PROMISE_KEPT);
        *from = foretold[i].due_at;
    }
    calibration_close(out);
    return true;
}

/* generate.c — fills an organisation with cases: people, conversations, messages, labels, owners,
 * history with sealed positions, and the index of words; the same rows for the same seed.
 *
 * usage: bench_generate DATA DATABASE CASES STEP LONG SEED      (DATABASE: - for SQLite)
 *
 * One case in STEP is active; the LONG newest of these have 200 messages. Channels, teams, users
 * and labels must be there already. Prints what the benchmarks ask for: `case ID` for each long
 * one and `query KIND WORDS`.
 */
#include "database.h"
#include "plan.h"

#include "../src/base/text.h"
#include "../src/domain/cases/cases.h"
#include "../src/domain/messages/messages.h"
#include "../src/language/words.h"
#include "../src/store/events.h"
#include "../src/store/search.h"

#include <stdio.h>
#include <string.h>

enum {
    BATCH = 4000,        /* cases in one transaction */
    LONG_MESSAGES = 200, /* in a long case */
    QUERIES = 200,       /* of each kind */
    LABELLED = 4         /* one case in so many has a label */
};

/* The cases are spread evenly over two years that are past. */
static const int64_t FROM_MS = 1672531200000, SPAN_MS = 2 * 365 * DAY_MS;
static const int64_t NOBODY_WAITS = 253402300799999;

struct generating {
    const struct plan *plan;
    size_t cases, step, longs;
    struct ids channels, teams, users, labels;
    size_t at, until; /* the cases of this transaction */
};

/* One case while its rows are written. */
struct made {
    struct random random;
    size_t number, messages_n;
    instant at;
    int64_t ids; /* the next of the case's millisecond */
    person_id person;
    case_id c;
    conversation_id conversation;
    channel_id channel;
    const char *title, *text;
};

/* Of each message; the real ones differ, but are as long. */
static const char understood[] =
    "{\"language\":\"nl\",\"margin\":0.98,\"polarity\":\"neu\",\"emotion\":\"neutral\","
    "\"intent\":\"question\",\"urgency\":\"normal\",\"doubtful\":false,"
    "\"why\":[\"wanneer\",\"vraag\",\"graag\"],\"corrected\":[]}";

static int64_t random_id(struct random *random, const struct ids *ids)
{
    return ids->n > 0 ? ids->v[random_below(random, ids->n)] : 0;
}

static bool add_event(struct tx *tx, struct made *made, const char *kind, const char *about,
                      case_id c, struct err *err)
{
    return db_run(tx, SQL_EVENT_ADD,
                  ARGS(arg_organisation(tx), arg_int(made->ids++), arg_text(kind),
                       arg_time(made->at), arg_text(actor_kind_names[ACTOR_CUSTOMER]),
                       arg_id(made->person), arg_id(c), arg_text(about), arg_text(NULL)),
                  err);
}

static bool add_person(struct tx *tx, struct made *made, struct err *err)
{
    char key[PLAN_KEY_MAX], about[ID_TEXT_MAX];
    const char *name = arena_printf(tx->mem, "Klant %zu", made->number), *texts[] = { name, key };

    plan_key(made->number, key);
    made->person.n = made->ids++;
    id_write("per", made->person.n, about);
    return db_run(tx, SQL_PERSON_ADD,
                  ARGS(arg_organisation(tx), arg_id(made->person), arg_text(name), arg_text(""),
                       arg_time(made->at), arg_text("person")),
                  err) &&
           db_run(tx, SQL_IDENTITY_ADD,
                  ARGS(arg_organisation(tx), arg_int(made->ids++), arg_id(made->person),
                       arg_text("external"), arg_text(key), arg_text(key), arg_text("verified"),
                       arg_time(made->at), arg_text("message"), arg_bool(true), arg_bool(false)),
                  err) &&
           search_add(tx, made->person.n, words_of(tx->mem, 'p', texts, COUNT(texts)), err) &&
           add_event(tx, made, "person.added", about, (case_id){ 0 }, err);
}

/* --- a case and its conversation -------------------------------------------------------------- */

static enum case_status draw_status(struct random *random, bool is_active)
{
    size_t percent = random_below(random, 100);

    if (!is_active)
        return CASE_DONE;
    return percent < 30 ? CASE_NEW : percent < 70 ? CASE_OPEN : CASE_WAITING;
}

static bool add_case(struct tx *tx, struct generating *g, struct made *made, struct err *err)
{
    bool is_active = plan_is_active(made->number, g->step);
    enum case_status status = draw_status(&made->random, is_active);
    bool waits = status == CASE_NEW || status == CASE_OPEN;
    int64_t team = random_below(&made->random, 3) == 0 ? 0 : random_id(&made->random, &g->teams);
    int64_t user = random_below(&made->random, 3) == 0 ? 0 : random_id(&made->random, &g->users);
    int64_t label = random_id(&made->random, &g->labels);
    char reference[REFERENCE_TEXT_MAX];

    reference_write(1 + (int64_t)made->number, reference);
    made->c.n = made->ids++;
    return db_run(tx, SQL_CASE_ADD,
                  ARGS(arg_organisation(tx), arg_id(made->c), arg_text(reference),
                       arg_text(made->title), arg_text(case_status_names[status]),
                       arg_bool(is_active), arg_id(made->person), arg_id(made->channel),
                       arg_id_number(team), arg_id_number(status == CASE_NEW ? 0 : user),
                       arg_text(text_preview(tx->mem, made->text, CASE_PREVIEW_MAX)),
                       arg_int((int64_t)made->messages_n), arg_time(made->at),
                       arg_int(waits ? made->at.ms : 0),
                       arg_int(waits ? made->at.ms : NOBODY_WAITS), arg_time(made->at),
                       arg_text("neutral"), arg_text("normal"),
                       arg_int((int64_t)(made->messages_n + 1) / 2), arg_time(made->at)),
                  err) &&
           (random_below(&made->random, LABELLED) > 0 || label == 0 ||
            db_run(tx, SQL_LABEL_PUT_ON,
                   ARGS(arg_organisation(tx), arg_int(label), arg_id(made->c)), err)) &&
           add_event(tx, made, "case.opened", NULL, made->c, err);
}

static bool add_conversation(struct tx *tx, struct made *made, struct err *err)
{
    char key[PLAN_KEY_MAX];

    plan_key(made->number, key);
    made->conversation.n = made->ids++;
    return db_run(tx, SQL_CONVERSATION_ADD,
                  ARGS(arg_organisation(tx), arg_id(made->conversation), arg_id(made->channel),
                       arg_id(made->person), arg_id(made->c), arg_text(key), arg_text(made->title),
                       arg_time(made->at), arg_text(NULL)),
                  err);
}

/* --- messages --------------------------------------------------------------------------------- */

static bool add_message(struct tx *tx, struct made *made, struct err *err)
{
    const char *external_id = arena_printf(tx->mem, "made-%lld", (long long)made->ids);
    const char *raw =
        arena_printf(tx->mem, "{\"external_id\":\"%s\",\"text\":\"%s\"}", external_id, made->text);
    struct bytes bytes = { (const uint8_t *)raw, strlen(raw) };
    int64_t envelope = made->ids++, message = made->ids++;
    uint8_t hash[HASH_LEN];
    char about[ID_TEXT_MAX];

    hash_bytes(bytes, hash);
    id_write("msg", message, about);
    return db_run(tx, SQL_ENVELOPE_ADD,
                  ARGS(arg_organisation(tx), arg_int(envelope), arg_id(made->channel),
                       arg_text(external_id), arg_time(made->at), arg_int((int64_t)bytes.len),
                       arg_bytes(bytes), arg_text(NULL), arg_text(NULL), arg_bool(false),
                       arg_text("understood"), arg_text(""), arg_text(NULL), arg_int(message),
                       arg_time(made->at)),
                  err) &&
           db_run(tx, SQL_MESSAGE_ADD,
                  ARGS(arg_organisation(tx), arg_int(message), arg_id(made->conversation),
                       arg_id(made->c), arg_id(made->channel), arg_text("in"), arg_text("received"),
                       arg_time(made->at), arg_text(NULL), arg_id(made->person), arg_text(NULL),
                       arg_text(external_id), arg_bytes((struct bytes){ hash, HASH_LEN }),
                       arg_int(envelope), arg_text(made->title), arg_text(made->text),
                       arg_text(NULL), arg_int((int64_t)strlen(made->text)), arg_text("{}"),
                       arg_bool(false), arg_int(0), arg_time(made->at), arg_text(understood),
                       arg_bool(false), arg_text(NULL)),
                  err) &&
           search_add(tx, message, message_words(tx->mem, made->title, made->text), err) &&
           add_event(tx, made, "message.received", about, made->c, err);
}

static bool add_messages(struct tx *tx, const struct generating *g, struct made *made,
                         struct err *err)
{
    for (size_t i = 0; i < made->messages_n; i++) {
        if (i > 0)
            made->text = plan_text(g->plan, tx->mem, &made->random);
        if (!add_message(tx, made, err))
            return false;
    }
    return true;
}

/* --- all of them -------------------------------------------------------------------------------
 */

static bool is_long(const struct generating *g, size_t number)
{
    return plan_is_active(number, g->step) && (g->cases - number) / g->step < g->longs;
}

static bool make_case(struct tx *tx, struct generating *g, size_t number, struct err *err)
{
    struct made made = {
        .random = plan_random(plan_seed(g->plan), 1 + number),
        .number = number,
        .messages_n = is_long(g, number) ? LONG_MESSAGES : 1,
        .at = { FROM_MS + SPAN_MS / (int64_t)g->cases * (int64_t)number },
        .channel = { g->channels.v[plan_channel(number, g->step)] },
    };

    made.ids = id_at(made.at.ms) + 1;
    made.title = plan_title(g->plan, tx->mem, &made.random);
    made.text = plan_text(g->plan, tx->mem, &made.random);
    return add_person(tx, &made, err) && add_case(tx, g, &made, err) &&
           add_conversation(tx, &made, err) && add_messages(tx, g, &made, err);
}

static bool make_batch(struct tx *tx, void *arg, struct err *err)
{
    struct sealing sealing = { .max = DB_ROWS_MAX };
    struct generating *g = arg;

    for (size_t i = g->at; i < g->until; i++)
        if (!make_case(tx, g, i, err))
            return false;
    return events_seal(tx, &sealing, err);
}

static bool find_owners(struct tx *tx, void *arg, struct err *err)
{
    struct generating *g = arg;

    return database_ids(tx, "SELECT id FROM channels WHERE organisation_id = $1 ORDER BY id",
                        &g->channels, err) &&
           database_ids(tx, "SELECT id FROM teams WHERE organisation_id = $1 ORDER BY id",
                        &g->teams, err) &&
           database_ids(tx, "SELECT id FROM users WHERE organisation_id = $1 ORDER BY id",
                        &g->users, err) &&
           database_ids(tx, "SELECT id FROM labels WHERE organisation_id = $1 ORDER BY id",
                        &g->labels, err);
}

/* In memory, the indexes that grow at random places cost nothing. */
static bool take_memory(struct tx *tx, void *arg, struct err *err)
{
    (void)arg;
    return strcmp(db_engine(tx), "sqlite") != 0 ||
           db_script(tx, "PRAGMA cache_size = -2000000", err);
}

/* As in an office that has run for a while: what is measured isn't the first look through everybody
 * for who stands there twice. The people are of earlier years, and so are their ids. */
static bool mark_as_looked_at(struct tx *tx, void *arg, struct err *err)
{
    (void)arg;
    return db_run(tx, SQL_DUPLICATE_MARK_SAVE,
                  ARGS(arg_organisation(tx), arg_int(id_new()), arg_int(0), arg_time(tx->now)),
                  err);
}

static bool generate(struct store *store, struct generating *g, organisation_id organisation,
                     struct err *err)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("batch");
    struct scope scope = { .mem = mem, .organisation = organisation };

    if (!store_write(store, &scope, take_memory, NULL, err) ||
        !store_write(store, &scope, mark_as_looked_at, NULL, err))
        return false;
    for (g->at = 0; g->at < g->cases; g->at = g->until) {
        g->until = g->at + BATCH < g->cases ? g->at + BATCH : g->cases;
        if (!store_write(store, &scope, make_batch, g, err))
            return false;
        arena_reset(mem);
    }
    return true;
}

/* --- what to ask for ---------------------------------------------------------------------------
 */

static void print_cases(const struct generating *g)
{
    for (size_t i = 0; i < g->cases; i += g->step) {
        int64_t at_ms = FROM_MS + SPAN_MS / (int64_t)g->cases * (int64_t)i;
        char text[ID_TEXT_MAX];
        if (!is_long(g, i))
            continue;
        /* After the person, its identity and its event. */
        id_write("cas", id_at(at_ms) + 4, text);
        printf("case %s\n", text);
    }
}

/* Ranks from … below `to`. */
static const struct {
    const char *kind;
    size_t words, from, to;
    bool cut; /* to a beginning */
} query_kinds[] = {
    { "frequent",  1, 20,   200,        false },
    { "rare",      1, 5000, PLAN_WORDS, false },
    { "inflected", 1, 105,  120,        false },
    { "two_words", 2, 40,   2000,       false },
    { "prefix",    1, 100,  5000,       true  },
};

static void print_queries(const struct plan *plan)
{
    struct random random = plan_random(plan_seed(plan), UINT64_MAX);

    for (size_t i = 0; i < COUNT(query_kinds) * QUERIES; i++) {
        size_t kind = i / QUERIES, from = query_kinds[kind].from, to = query_kinds[kind].to;
        const char *word = plan_word(plan, from + random_below(&random, to - from));
        printf("query %s %.*s", query_kinds[kind].kind, query_kinds[kind].cut ? 4 : 64, word);
        for (size_t n = 1; n < query_kinds[kind].words; n++)
            printf(" %s", plan_word(plan, from + random_below(&random, to - from)));
        putchar('\n');
    }
}

int main(int argc, char **argv)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("generate");
    struct scope scope = { .mem = mem };
    struct generating g = { 0 };
    struct store *store;
    struct err err;

    if (argc != 7) {
        fputs("usage: bench_generate DATA DATABASE CASES STEP LONG SEED\n", stderr);
        return 2;
    }
    err_clear(&err);
    g.cases = (size_t)number_of(argv[3]);
    g.step = (size_t)number_of(argv[4]);
    g.longs = (size_t)number_of(argv[5]);
    g.plan = plan_new(mem, (uint64_t)number_of(argv[6]));
    store = database_open(argv[1], argv[2], true);
    scope.organisation = database_organisation(store);
    if (!store_read(store, &scope, find_owners, &g, &err))
        give_up("owners", &err);
    if (g.channels.n < PLAN_CHANNELS) {
        fprintf(stderr, "there must be %d channels\n", PLAN_CHANNELS);
        return 1;
    }
    if (!generate(store, &g, scope.organisation, &err))
        give_up("generate", &err);
    store_close(store);
    print_cases(&g);
    print_queries(g.plan);
    return 0;
}

#include "join.h"

#include "../../base/buf.h"
#include "../../base/text.h"
#include "proposals.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    CANDIDATES_MAX = 5, /* cases: the newest */
    TEXTS_MAX = 8,      /* messages of each that are looked at: the newest */
    OWN_WORDS_MAX = 2000,
    PROPOSED_MAX = 3, /* of one case, after two people became one */
    NAMES_MAX = 20,   /* of a person, and as many addresses */
};

/* What was done longer ago is done. */
static const int64_t LATELY_MS = 14 * DAY_MS;
/* Two that are so near one another are both likely. */
static const double APART = 0.25;

static const struct field candidate_fields[] = {
    FIELD(join_candidate, id),
    FIELD(join_candidate, title),
    FIELD(join_candidate, status, .names = case_status_names),
    FIELD(join_candidate, waiting_since),
    FIELD(join_candidate, updated_at),
    { 0 },
};

static const struct field past_fields[] = {
    FIELD(casefile, id),
    FIELD(casefile, title),
    FIELD(casefile, status, .names = case_status_names),
    FIELD(casefile, done_at),
    FIELD(casefile, updated_at),
    FIELD(casefile, waiting_since),
    { 0 },
};

struct said {
    const char *text;
    int64_t fold_at;
};

static const struct field said_fields[] = {
    FIELD(said, text),
    FIELD(said, fold_at),
    { 0 },
};

struct called {
    const char *name;
};

static const struct field called_fields[] = {
    FIELD(called, name),
    { 0 },
};

/* The words with which a case began. */
struct begun {
    message_id message_id;
    const char *subject, *text;
    int64_t fold_at;
};

static const struct field begun_fields[] = {
    FIELD(begun, message_id),
    FIELD(begun, subject),
    FIELD(begun, text),
    FIELD(begun, fold_at),
    { 0 },
};

/* Without what it quotes and its signature. */
static void add_own_words(struct buf *out, const char *text, int64_t fold_at)
{
    size_t len = strlen(text), own = fold_at > 0 && (size_t)fold_at < len ? (size_t)fold_at : len;

    buf_add(out, text, utf8_cut(text, own, OWN_WORDS_MAX));
    buf_text(out, "\n");
}

static bool add_called(struct tx *tx, person_id person, enum sql sql, struct buf *out,
                       struct err *err)
{
    struct list found;

    if (!db_all(tx, sql, ARGS(arg_organisation(tx), arg_id(person), arg_int(NAMES_MAX)),
                called_fields, sizeof(struct called), &found, err))
        return false;
    for (size_t i = 0; i < found.n; i++)
        buf_printf(out, "%s\n", ((const struct called *)found.items)[i].name);
    return true;
}

/* What stands under each of his messages, and above the answers. */
static bool read_names(struct tx *tx, person_id person, const struct joining_text **out,
                       struct err *err)
{
    CLEANUP(buf_free) struct buf names = BUF(64 * 1024);

    if (!add_called(tx, person, SQL_JOIN_NAMES, &names, err) ||
        !add_called(tx, person, SQL_JOIN_ADDRESSES, &names, err))
        return false;
    *out = joining_text(tx->mem, buf_str(&names), names.len);
    return true;
}

/* What was said in a case so far. */
static bool read_case(struct tx *tx, const struct join_candidate *candidate,
                      const struct joining_text **out, struct err *err)
{
    CLEANUP(buf_free) struct buf text = BUF(64 * 1024);
    struct list messages;

    if (!db_all(tx, SQL_JOIN_SAID,
                ARGS(arg_organisation(tx), arg_id(candidate->id), arg_int(TEXTS_MAX)), said_fields,
                sizeof(struct said), &messages, err))
        return false;
    buf_printf(&text, "%s\n", candidate->title);
    for (size_t i = 0; i < messages.n; i++) {
        const struct said *said = &((const struct said *)messages.items)[i];
        add_own_words(&text, said->text, said->fold_at);
    }
    *out = joining_text(tx->mem, buf_str(&text), text.len);
    return true;
}

static enum joining_turn turn_of(const struct join_candidate *candidate)
{
    if (candidate->status == CASE_DONE)
        return TURN_DONE;
    return candidate->waiting_since.ms > 0 ? TURN_US : TURN_THEM;
}

/* As it stood at that moment. */
static bool judge(struct tx *tx, const struct joining_text *message,
                  const struct joining_text *names, instant at, struct join_candidate *candidate,
                  struct err *err)
{
    const struct joining_text *said;

    candidate->state.names = names;
    candidate->state.turn = turn_of(candidate);
    candidate->state.days = (double)(at.ms - candidate->updated_at.ms) / (double)DAY_MS;
    if (!read_case(tx, candidate, &said, err))
        return false;
    joining_judge(tx->mem, said, message, &candidate->state, &candidate->joining);
    return true;
}

/* --- deciding ------------------------------------------------------------------------------ */

static int by_chance(const void *a, const void *b)
{
    const struct join_candidate *x = a, *y = b;

    if (x->joining.chance != y->joining.chance)
        return x->joining.chance > y->joining.chance ? -1 : 1;
    return x->updated_at.ms > y->updated_at.ms ? -1 : x->updated_at.ms < y->updated_at.ms;
}

/* "Is there any news?" says nothing of what: of the case that waits for us, if there is one. */
static bool is_vague(const struct join_candidate *candidates, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!candidates[i].joining.is_vague)
            return false;
    return n > 0;
}

static size_t count_turn(const struct join_candidate *candidates, size_t n, enum joining_turn turn)
{
    size_t found = 0;

    for (size_t i = 0; i < n; i++)
        found += candidates[i].state.turn == turn;
    return found;
}

/* Those that wait for us first, the longest waiting in front. */
static int by_waiting(const void *a, const void *b)
{
    const struct join_candidate *x = a, *y = b;

    if (x->state.turn != y->state.turn)
        return x->state.turn < y->state.turn ? -1 : 1;
    if (x->waiting_since.ms != y->waiting_since.ms)
        return x->waiting_since.ms < y->waiting_since.ms ? -1 : 1;
    return x->updated_at.ms > y->updated_at.ms ? -1 : 1;
}

bool join_is_sure(const struct join_candidates *candidates)
{
    const struct join_candidate *items = candidates->items;
    const struct joining *first;
    size_t n = candidates->n;

    if (n == 0)
        return false;
    first = &items[0].joining;
    if (candidates->is_vague)
        return items[0].state.turn == TURN_US && count_turn(items, n, TURN_US) == 1;
    /* What is done isn't opened again for words alone. */
    if (items[0].state.turn == TURN_DONE && !first->number)
        return false;
    return first->is_sure && (n == 1 || items[1].joining.chance < first->chance - APART);
}

/* What says nothing of what it's about may also be about the one that was done last. */
bool join_is_likely(const struct join_candidates *candidates, size_t i)
{
    const struct join_candidate *candidate = &candidates->items[i];

    if (candidates->is_vague)
        return candidate->state.turn != TURN_DONE ||
               (i == 0 && count_turn(candidates->items, candidates->n, TURN_DONE) == candidates->n);
    return candidate->joining.chance >= (candidates->n == 1 ? joining_likely_only : joining_likely);
}

/* --- saying why ---------------------------------------------------------------------------- */

static struct list words_list(struct arena *mem, const char *const *words, size_t n)
{
    const char **texts = NEW_ARRAY(mem, const char *, n + 1);

    memcpy(texts, words, n * sizeof(texts[0]));
    return (struct list){ texts, n };
}

const char *join_reasons_of(struct arena *mem, const struct join_candidates *candidates, size_t i)
{
    const struct join_candidate *candidate = &candidates->items[i];
    const struct joining *joining = &candidate->joining;
    bool is_only = count_turn(candidates->items, candidates->n, TURN_US) == 1;
    int64_t days = candidate->state.days > 0 ? (int64_t)floor(candidate->state.days) : 0;
    struct join_reason reasons[6];
    size_t n = 0;

    if (joining->number)
        reasons[n++] = (struct join_reason){ "number", words_list(mem, &joining->number, 1), days };
    if (joining->address)
        reasons[n++] =
            (struct join_reason){ "address", words_list(mem, &joining->address, 1), days };
    if (joining->shared_n > 0)
        reasons[n++] =
            (struct join_reason){ "words", words_list(mem, joining->shared, joining->shared_n),
                                  days };
    if (joining->asks_news)
        reasons[n++] = (struct join_reason){ "asks_news", { 0 }, days };
    if (candidate->state.turn == TURN_US)
        reasons[n++] = (struct join_reason){ is_only ? "only_one" : "waits", { 0 }, days };
    if (n == 0)
        reasons[n++] = (struct join_reason){ "recent", { 0 }, days };
    return join_reasons_write(mem, &(struct list){ reasons, n });
}

/* --- looking ------------------------------------------------------------------------------- */

static const struct joining_text *read_message(struct arena *mem, const char *subject,
                                               const char *text, size_t own)
{
    CLEANUP(buf_free) struct buf words = BUF(64 * 1024);

    buf_printf(&words, "%s\n", subject ? subject : "");
    add_own_words(&words, text, (int64_t)own);
    return joining_text(mem, buf_str(&words), words.len);
}

bool join_hold_against(struct tx *tx, const struct casefile *c, const char *subject,
                       const char *text, size_t own, struct joining *out, struct err *err)
{
    struct join_candidate candidate = { .id = c->id,
                                        .title = c->title,
                                        .status = c->status,
                                        .waiting_since = c->waiting_since,
                                        .updated_at = c->updated_at };
    const struct joining_text *names;

    if (!read_names(tx, c->person_id, &names, err) ||
        !judge(tx, read_message(tx->mem, subject, text, own), names, tx->now, &candidate, err))
        return false;
    *out = candidate.joining;
    return true;
}

static void put_in_order(struct join_candidates *candidates)
{
    candidates->is_vague = is_vague(candidates->items, candidates->n);
    qsort(candidates->items, candidates->n, sizeof(candidates->items[0]),
          candidates->is_vague ? by_waiting : by_chance);
}

bool join_find(struct tx *tx, person_id person, case_id in, const char *subject, const char *text,
               size_t own, struct join_candidates *out, struct err *err)
{
    const struct joining_text *message, *names;
    struct list found;

    *out = (struct join_candidates){ 0 };
    if (!db_all(tx, SQL_JOIN_CASES,
                ARGS(arg_organisation(tx), arg_id(person),
                     arg_time(instant_plus(tx->now, -LATELY_MS)), arg_int(CANDIDATES_MAX),
                     arg_int(in.n != 0 ? in.n : INT64_MAX)),
                candidate_fields, sizeof(struct join_candidate), &found, err))
        return false;
    if (found.n == 0)
        return true;
    if (!read_names(tx, person, &names, err))
        return false;
    message = read_message(tx->mem, subject, text, own);
    *out = (struct join_candidates){ .items = found.items, .n = found.n };
    for (size_t i = 0; i < out->n; i++)
        if (!judge(tx, message, names, tx->now, &out->items[i], err))
            return false;
    put_in_order(out);
    return true;
}

/* What came later isn't known yet. */
static struct join_candidate as_at(const struct casefile *c, instant at)
{
    struct join_candidate past = { .id = c->id, .title = c->title, .status = CASE_WAITING };

    past.updated_at = c->updated_at.ms < at.ms ? c->updated_at : at;
    if (c->status == CASE_DONE && c->done_at.ms <= at.ms) {
        past.status = CASE_DONE;
        past.updated_at = c->done_at;
    } else if (c->waiting_since.ms > 0 && c->waiting_since.ms <= at.ms) {
        past.status = CASE_OPEN;
        past.waiting_since = c->waiting_since;
    }
    return past;
}

static bool judge_before(struct tx *tx, const struct casefile *c, const struct begun *begun,
                         const struct list *before, struct join_candidates *out, struct err *err)
{
    const struct joining_text *names, *message;

    if (!read_names(tx, c->person_id, &names, err))
        return false;
    message = read_message(tx->mem, begun->subject, begun->text, (size_t)begun->fold_at);
    out->items = NEW_ARRAY(tx->mem, struct join_candidate, before->n);
    for (; out->n < before->n; out->n++) {
        out->items[out->n] = as_at((const struct casefile *)before->items + out->n, c->opened_at);
        if (!judge(tx, message, names, c->opened_at, &out->items[out->n], err))
            return false;
    }
    put_in_order(out);
    return true;
}

bool join_find_before(struct tx *tx, const struct casefile *c, int64_t days,
                      struct join_beginning *out, struct err *err)
{
    struct begun begun = { 0 };
    struct list before;
    bool found;

    *out = (struct join_beginning){ 0 };
    if (!db_find(tx, SQL_JOIN_BEGUN, ARGS(arg_organisation(tx), arg_id(c->id)), begun_fields,
                 &begun, &found, err))
        return false;
    if (!found)
        return true;
    out->message_id = begun.message_id;
    if (!db_all(tx, SQL_JOIN_BEFORE,
                ARGS(arg_organisation(tx), arg_id(c->person_id), arg_id(c->id),
                     arg_time(c->opened_at), arg_time(instant_plus(c->opened_at, -days * DAY_MS)),
                     arg_int(CANDIDATES_MAX)),
                past_fields, sizeof(struct casefile), &before, err))
        return false;
    return before.n == 0 || judge_before(tx, c, &begun, &before, &out->of, err);
}

static bool propose(struct tx *tx, person_id root, case_id id, struct err *err)
{
    struct join_candidates candidates;
    struct begun begun = { 0 };
    bool found;

    if (!db_find(tx, SQL_JOIN_BEGUN, ARGS(arg_organisation(tx), arg_id(id)), begun_fields, &begun,
                 &found, err))
        return false;
    if (!found)
        return true;
    if (!join_find(tx, root, id, begun.subject, begun.text, (size_t)begun.fold_at, &candidates,
                   err))
        return false;
    for (size_t i = 0; i < candidates.n && i < PROPOSED_MAX; i++)
        if (join_is_likely(&candidates, i) &&
            !proposal_add(tx, id, candidates.items[i].id, candidates.items[i].joining.chance,
                          join_reasons_of(tx->mem, &candidates, i), err))
            return false;
    return true;
}

bool join_propose_of_person(struct tx *tx, person_id root, struct err *err)
{
    const struct join_candidate *items;
    struct list found;

    if (!db_all(tx, SQL_JOIN_CASES,
                ARGS(arg_organisation(tx), arg_id(root),
                     arg_time(instant_plus(tx->now, -LATELY_MS)), arg_int(CANDIDATES_MAX),
                     arg_int(INT64_MAX)),
                candidate_fields, sizeof(struct join_candidate), &found, err))
        return false;
    items = found.items;
    for (size_t i = 0; i < found.n; i++)
        if (items[i].status != CASE_DONE && !propose(tx, root, items[i].id, err))
            return false;
    return true;
}

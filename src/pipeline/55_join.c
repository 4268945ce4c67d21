/* 55_join.c — a new conversation of somebody who has open cases: is it about one of them? Surely:
 * it joins it, and the history says why; likely: it opens a case of its own, which is proposed to
 * be merged; else it's a new one.
 */
#include "pipeline.h"

#include "../base/json.h"
#include "../base/text.h"
#include "../domain/cases/proposals.h"
#include "../language/joining.h"
#include "../store/events.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    CANDIDATES_MAX = 5, /* cases: the newest */
    TEXTS_MAX = 8,      /* messages of each that are looked at: the newest */
    OWN_WORDS_MAX = 2000,
};

/* What was done longer ago is done. */
static const int64_t LATELY_MS = 14 * DAY_MS;
/* Two that are so near one another are both likely. */
static const double APART = 0.25;

struct candidate {
    case_id id;
    const char *title;
    unsigned status;
    instant waiting_since, updated_at;
    /* as it was judged */
    struct joining_state state;
    struct joining joining;
};

static const struct field candidate_fields[] = {
    FIELD(candidate, id),
    FIELD(candidate, title),
    FIELD(candidate, status, .names = case_status_names),
    FIELD(candidate, waiting_since),
    FIELD(candidate, updated_at),
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

/* Without what it quotes and its signature. */
static void add_own_words(struct buf *out, const char *text, int64_t fold_at)
{
    size_t len = strlen(text), own = fold_at > 0 && (size_t)fold_at < len ? (size_t)fold_at : len;

    buf_add(out, text, utf8_cut(text, own, OWN_WORDS_MAX));
    buf_text(out, "\n");
}

/* What was said in a case so far. */
static bool read_case(struct tx *tx, const struct candidate *candidate,
                      const struct joining_text **out, struct err *err)
{
    CLEANUP(buf_free) struct buf text = BUF(64 * 1024);
    struct list messages;

    if (!db_all(tx, SQL_INBOUND_SAID,
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

static enum joining_turn turn_of(const struct candidate *candidate)
{
    if (candidate->status == CASE_DONE)
        return TURN_DONE;
    return candidate->waiting_since.ms > 0 ? TURN_US : TURN_THEM;
}

static bool judge(struct tx *tx, const struct joining_text *message, struct candidate *candidate,
                  struct err *err)
{
    const struct joining_text *said;

    candidate->state.turn = turn_of(candidate);
    candidate->state.days = (double)(tx->now.ms - candidate->updated_at.ms) / (double)DAY_MS;
    if (!read_case(tx, candidate, &said, err))
        return false;
    joining_judge(tx->mem, said, message, &candidate->state, &candidate->joining);
    return true;
}

static const struct joining_text *read_message(struct tx *tx, const struct inbound *in)
{
    CLEANUP(buf_free) struct buf text = BUF(64 * 1024);

    buf_printf(&text, "%s\n", in->in.subject ? in->in.subject : "");
    add_own_words(&text, in->in.text, (int64_t)in->in.fold_at);
    return joining_text(tx->mem, buf_str(&text), text.len);
}

/* --- deciding ------------------------------------------------------------------------------ */

static int by_chance(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;

    if (x->joining.chance != y->joining.chance)
        return x->joining.chance > y->joining.chance ? -1 : 1;
    return x->updated_at.ms > y->updated_at.ms ? -1 : x->updated_at.ms < y->updated_at.ms;
}

/* "Is there any news?" says nothing of what: of the case that waits for us, if there is one. */
static bool is_vague(const struct candidate *candidates, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!candidates[i].joining.is_vague)
            return false;
    return n > 0;
}

static size_t count_turn(const struct candidate *candidates, size_t n, enum joining_turn turn)
{
    size_t found = 0;

    for (size_t i = 0; i < n; i++)
        found += candidates[i].state.turn == turn;
    return found;
}

/* Those that wait for us first, the longest waiting in front. */
static int by_waiting(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;

    if (x->state.turn != y->state.turn)
        return x->state.turn < y->state.turn ? -1 : 1;
    if (x->waiting_since.ms != y->waiting_since.ms)
        return x->waiting_since.ms < y->waiting_since.ms ? -1 : 1;
    return x->updated_at.ms > y->updated_at.ms ? -1 : 1;
}

/* The likeliest stands in front. */
static bool is_sure(const struct candidate *candidates, size_t n, bool vague)
{
    const struct joining *first = &candidates[0].joining;

    if (vague)
        return candidates[0].state.turn == TURN_US && count_turn(candidates, n, TURN_US) == 1;
    /* What is done isn't opened again for words alone. */
    if (candidates[0].state.turn == TURN_DONE && !first->number)
        return false;
    return first->is_sure && (n == 1 || candidates[1].joining.chance < first->chance - APART);
}

static bool is_likely(const struct candidate *candidate, bool vague)
{
    if (vague)
        return candidate->state.turn != TURN_DONE;
    return candidate->joining.chance >= joining_likely;
}

/* --- saying why ---------------------------------------------------------------------------- */

static struct list words_list(struct arena *mem, const char *const *words, size_t n)
{
    const char **texts = NEW_ARRAY(mem, const char *, n + 1);

    memcpy(texts, words, n * sizeof(texts[0]));
    return (struct list){ texts, n };
}

static const char *reasons_of(struct arena *mem, const struct candidate *candidate, bool is_only)
{
    const struct joining *joining = &candidate->joining;
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

/* --- the stage ----------------------------------------------------------------------------- */

static bool propose(struct tx *tx, struct inbound *in, const struct candidate *candidates, size_t n,
                    bool vague, struct err *err)
{
    (void)err;
    for (size_t i = 0; i < n && in->proposals_n < COUNT(in->proposals); i++)
        if (is_likely(&candidates[i], vague))
            in->proposals[in->proposals_n++] =
                (struct inbound_proposal){ candidates[i].id, candidates[i].joining.chance,
                                           reasons_of(tx->mem, &candidates[i], false) };
    return true;
}

bool inbound_join(struct tx *tx, struct inbound *in, struct err *err)
{
    const struct joining_text *message;
    struct candidate *candidates;
    struct list found;
    bool vague;

    /* A conversation that is known has its case, and so has what names one. */
    if (in->c.id.n != 0 || !in->is_judged || in->is_new_person)
        return true;
    if (!db_all(tx, SQL_INBOUND_OPEN_CASES,
                ARGS(arg_organisation(tx), arg_id(in->person),
                     arg_time(instant_plus(tx->now, -LATELY_MS)), arg_int(CANDIDATES_MAX)),
                candidate_fields, sizeof(struct candidate), &found, err))
        return false;
    if (found.n == 0)
        return true;
    candidates = found.items;
    message = read_message(tx, in);
    for (size_t i = 0; i < found.n; i++)
        if (!judge(tx, message, &candidates[i], err))
            return false;
    vague = is_vague(candidates, found.n);
    qsort(candidates, found.n, sizeof(candidates[0]), vague ? by_waiting : by_chance);
    if (!is_sure(candidates, found.n, vague))
        return propose(tx, in, candidates, found.n, vague, err);
    in->joined_why =
        reasons_of(tx->mem, &candidates[0], count_turn(candidates, found.n, TURN_US) == 1);
    return case_get(tx, candidates[0].id, &in->c, err);
}

/* Once it's recorded: what a colleague reads of it. */
bool inbound_say_joined(struct tx *tx, const struct inbound *in, struct err *err)
{
    const char *about = arena_text(tx->mem, id_text("msg", in->message.n).s);

    for (size_t i = 0; i < in->proposals_n; i++)
        if (!proposal_add(tx, in->c.id, in->proposals[i].to, in->proposals[i].chance,
                          in->proposals[i].reasons, err))
            return false;
    return !in->joined_why ||
           event_add(tx,
                     &(struct event){
                         .kind = "case.joined",
                         .case_id = in->c.id,
                         .about = about,
                         .data = { arena_printf(tx->mem, "{\"reasons\":%s}", in->joined_why) } },
                     err);
}

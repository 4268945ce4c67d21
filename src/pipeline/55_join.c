/* 55_join.c — a new conversation of somebody who has open cases: is it about one of them? Surely:
 * it joins it, and the history says why; likely: it opens a case of its own, which is proposed to
 * be merged; else it's a new one.
 *
 * There is only one thread with each number: long after the last word in it somebody may begin
 * about something else. That is looked at as if it were a new conversation.
 */
#include "pipeline.h"

#include "../base/text.h"
#include "../domain/cases/join.h"
#include "../domain/cases/proposals.h"
#include "../store/events.h"

/* What we asked last may be answered late. */
static const int64_t QUIET_MS = 7 * DAY_MS, QUIET_ASKED_MS = 14 * DAY_MS;

/* May it be about something else than its thread was so far? A yes, a day or a thank-you, however
 * late, answers what stands there. */
static bool may_leave(const struct inbound *in)
{
    static const char *const begins[] = { "complaint", "question", "request", "report" };
    bool is_asked = in->c.status != CASE_DONE && in->c.waiting_since.ms == 0;
    int64_t quiet_ms = in->arrived_at.ms - in->c.updated_at.ms;

    if (in->leaves_thread || !inbound_is_loose(in) ||
        quiet_ms < (is_asked ? QUIET_ASKED_MS : QUIET_MS))
        return false;
    for (size_t i = 0; i < COUNT(begins); i++)
        if (text_equal(in->judgement.intent, begins[i]))
            return true;
    return false;
}

/* And it is, when it says what, and the case of the thread has nothing of that. */
static bool find_leaving(struct tx *tx, const struct inbound *in, bool *out, struct err *err)
{
    struct joining joining;

    *out = false;
    if (!may_leave(in))
        return true;
    if (!join_hold_against(tx, &in->c, in->in.subject, in->in.text, in->in.fold_at, &joining, err))
        return false;
    *out = joining.says_what && !joining.asks_news && joining.chance < joining_likely_only;
    return true;
}

static bool join_or_propose(struct tx *tx, struct inbound *in, struct err *err)
{
    struct join_candidates candidates;

    if (!join_find(tx, in->person, (case_id){ 0 }, in->in.subject, in->in.text, in->in.fold_at,
                   &candidates, err))
        return false;
    /* Of who isn't who he says he is, a colleague decides. */
    if (join_is_sure(&candidates) && !in->is_doubtful) {
        in->joined_why = join_reasons_of(tx->mem, &candidates, 0);
        return case_get(tx, candidates.items[0].id, &in->c, err);
    }
    for (size_t i = 0; i < candidates.n && in->proposals_n < COUNT(in->proposals); i++)
        if (join_is_likely(&candidates, i))
            in->proposals[in->proposals_n++] = (struct inbound_proposal){
                candidates.items[i].id,
                candidates.items[i].joining.chance,
                join_reasons_of(tx->mem, &candidates, i),
            };
    return true;
}

bool inbound_join(struct tx *tx, struct inbound *in, struct err *err)
{
    bool leaves;

    if (!find_leaving(tx, in, &leaves, err))
        return false;
    if (leaves) {
        inbound_begin_case(in);
        in->leaves_thread = true;
    }
    /* A conversation that is known has its case, and so has what names one. */
    if (in->c.id.n != 0 || !in->is_judged || in->is_new_person)
        return true;
    return join_or_propose(tx, in, err);
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

/* 55_join.c — a new conversation of somebody who has open cases: is it about one of them? Surely:
 * it joins it, and the history says why; likely: it opens a case of its own, which is proposed to
 * be merged; else it's a new one.
 */
#include "pipeline.h"

#include "../base/text.h"
#include "../domain/cases/join.h"
#include "../domain/cases/proposals.h"
#include "../store/events.h"

bool inbound_join(struct tx *tx, struct inbound *in, struct err *err)
{
    struct join_candidates candidates;

    /* A conversation that is known has its case, and so has what names one. */
    if (in->c.id.n != 0 || !in->is_judged || in->is_new_person)
        return true;
    if (!join_find(tx, in->person, (case_id){ 0 }, in->in.subject, in->in.text, in->in.fold_at,
                   &candidates, err))
        return false;
    if (join_is_sure(&candidates)) {
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

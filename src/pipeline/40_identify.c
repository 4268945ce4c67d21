/* 40_identify.c — who is it from? */
#include "pipeline.h"

#include "../base/text.h"
#include "../domain/people/people.h"

#include <string.h>

/* Of what we wrote ourselves elsewhere, the customer is who it went to. */
static const struct party *other_side(const struct inbound *in)
{
    if (!in->is_ours)
        return &in->in.from;
    return in->in.to.n > 0 ? in->in.to.items : NULL;
}

/* Where the sender's address is the thread, the conversation knows the person already. */
static bool is_known_by_thread(const struct inbound *in)
{
    return in->conversation.id.n != 0 && text_equal(in->in.thread_key, in->in.from.address);
}

bool inbound_identify(struct tx *tx, struct inbound *in, struct err *err)
{
    const struct party *party = other_side(in);

    if (!party || text_is_blank(party->address))
        return inbound_stop(in, INBOUND_NOT_UNDERSTOOD,
                            in->is_ours ? "it says nobody that it is for"
                                        : "it doesn't say who it is from");
    if (is_known_by_thread(in)) {
        in->person = in->conversation.person_id;
        return true;
    }
    return person_by_address(tx, in->in.from_kind, party->address, party->name, &in->person,
                             &in->is_new_person, err);
}

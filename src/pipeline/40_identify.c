/* 40_identify.c — who is it from? The same message twice is once. */
#include "pipeline.h"

#include "../base/text.h"
#include "../domain/people/people.h"

#include <string.h>

/* Did the same message come before, by this way or another? What carries a Message-ID of ours is
 * ours, whatever a server did to its content. */
static bool find_same(struct tx *tx, struct inbound *in, bool *found, struct err *err)
{
    struct message same = { 0 };

    *found = false;
    /* A provider's ids are its own: the channel told them apart when the envelope came. */
    if (!in->in.external_id || in->in.thread_key)
        return true;
    if (!message_by_external_id(tx, in->in.external_id, &same, found, err))
        return false;
    if (*found && same.direction == DIRECTION_IN &&
        !db_find(
            tx, SQL_MESSAGE_BY_CONTENT,
            ARGS(arg_organisation(tx), arg_text(in->in.external_id), arg_bytes(in->content_hash)),
            message_fields, &same, found, err))
        return false;
    in->message = same.id;
    return true;
}

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
    bool found;

    if (!find_same(tx, in, &found, err))
        return false;
    if (found)
        return inbound_stop(in, INBOUND_DUPLICATE, "the same message came before");
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

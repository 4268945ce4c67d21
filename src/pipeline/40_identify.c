/* 40_identify.c — who is it from? */
#include "pipeline.h"

#include "../base/text.h"
#include "../domain/people/people.h"

#include <string.h>

static bool holder_of(struct tx *tx, const struct inbound *in, const struct party *party,
                      struct identity *out, struct err *err)
{
    const char *value;

    return identity_value(tx, in->in.from_kind, party->address, &value, err) &&
           identity_find(tx, in->in.from_kind, value, party->name, out, err);
}

/* Are both addresses of a mail one customer's? */
static bool is_one_person(struct tx *tx, const struct inbound *in, bool *out, struct err *err)
{
    struct identity from, other;

    if (!holder_of(tx, in, &in->in.from, &from, err) ||
        !holder_of(tx, in, &in->in.reply_to, &other, err))
        return false;
    *out = false;
    return from.id.n == 0 || other.id.n == 0 ||
           person_is_same(tx, from.person_id, other.person_id, out, err);
}

/* Of the address in Reply-To nothing is found but that it's there. */
static void take_reply_to(struct inbound *in, struct party *out)
{
    *out = in->in.reply_to;
    if (text_is_blank(out->name))
        out->name = in->in.from.name;
    if (in->proof > SENDER_SAID)
        in->proof = SENDER_SAID;
    in->is_doubtful |= in->receiver != &in->in.reply_to;
}

/* Who asks is who gets the answer. Somebody else's name in From with one's own address in Reply-To
 * is what a form on a site sends, and how one would read another's mail: it's the case of who
 * reads the answers. The other way round it would put words into his mouth: nothing joins then. */
static bool who_asks(struct tx *tx, struct inbound *in, struct party *out, struct err *err)
{
    const struct party *from = &in->in.from, *reply_to = &in->in.reply_to;
    bool is_one;

    *out = *from;
    if (reply_to->address && from->address && !in->in.is_bulk) {
        if (!is_one_person(tx, in, &is_one, err))
            return false;
        if (!is_one)
            take_reply_to(in, out);
    }
    /* What our server found to be forged stays that, whatever he knows. */
    if (in->receiver && in->proof == SENDER_SAID && text_equal(in->receiver->address, out->address))
        in->proof = SENDER_PROVEN;
    return true;
}

/* Of what we wrote ourselves elsewhere, the customer is who it went to. */
static bool other_side(struct tx *tx, struct inbound *in, struct party *out, struct err *err)
{
    if (!in->is_ours)
        return who_asks(tx, in, out, err);
    *out = in->in.to.n > 0 ? *(const struct party *)in->in.to.items : (struct party){ "", NULL };
    in->proof = SENDER_SAID;
    return true;
}

/* Where the sender's address is the thread, the conversation knows the person already. */
static bool is_known_by_thread(const struct inbound *in)
{
    return in->conversation.id.n != 0 && text_equal(in->in.thread_key, in->in.from.address);
}

/* Whom we wrote to at an address that he only said is his, and nobody else has, is who answers from
 * there; now it is. */
static bool by_claim(struct tx *tx, struct inbound *in, const struct party *party, bool *found,
                     struct err *err)
{
    struct identity holder, said;
    const char *value;

    *found = false;
    if (!in->receiver || in->proof != SENDER_PROVEN || in->conversation.person_id.n == 0)
        return true;
    if (!identity_value(tx, in->in.from_kind, party->address, &value, err) ||
        !identity_find(tx, in->in.from_kind, value, NULL, &holder, err))
        return false;
    if (holder.id.n != 0)
        return true;
    if (!identity_of_person(tx, in->conversation.person_id, in->in.from_kind, value, &said, err))
        return false;
    *found = said.id.n != 0;
    in->person = said.person_id;
    return !*found || identity_prove(tx, &said, BY_MESSAGE, err);
}

bool inbound_identify(struct tx *tx, struct inbound *in, struct err *err)
{
    struct party party;
    bool found;

    if (!other_side(tx, in, &party, err))
        return false;
    if (text_is_blank(party.address))
        return inbound_stop(in, INBOUND_NOT_UNDERSTOOD,
                            in->is_ours ? "it says nobody that it is for"
                                        : "it doesn't say who it is from");
    if (is_known_by_thread(in)) {
        in->person = in->conversation.person_id;
        return true;
    }
    if (!by_claim(tx, in, &party, &found, err))
        return false;
    if (found)
        return true;
    return person_by_address(tx, in->in.from_kind, party.address, party.name,
                             in->proof >= SENDER_PROVEN ? BY_MESSAGE : BY_SENDER, &in->person,
                             &in->is_new_person, err);
}

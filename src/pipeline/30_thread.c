/* 30_thread.c — which conversation is it part of? By the provider's thread; by what it refers
 * to; by our token in the address it was sent to. Never by the subject alone.
 */
#include "pipeline.h"

#include "../base/text.h"

/* A provider has one thread with each: what comes back in it answers what we last wrote there. */
static bool by_thread(struct tx *tx, struct inbound *in, struct err *err)
{
    bool found;

    if (!conversation_by_thread(tx, in->channel.id, in->in.thread_key, &in->conversation, &found,
                                err))
        return false;
    in->answered = in->conversation.answered_in;
    return true;
}

/* What a mail refers to; its own id, where that is one of ours, last. */
static bool by_references(struct tx *tx, struct inbound *in, bool *found, struct err *err)
{
    const char *const *references = in->in.references.items;
    struct message message;

    *found = false;
    for (size_t i = 0; i < in->in.references.n && !*found; i++)
        if (!message_by_external_id(tx, references[i], &message, found, err))
            return false;
    if (!*found && in->about.n != 0 &&
        !message_by_external_id(tx, in->in.external_id, &message, found, err))
        return false;
    if (!*found)
        return true;
    /* It may have been moved out of its conversation's case, and the answer follows it. */
    in->answered = message.place_case_id.n != 0 ? message.place_case_id : message.case_id;
    return conversation_get(tx, message.conversation_id, &in->conversation, err);
}

/* A token in any address it was sent to. */
static bool token_of(struct tx *tx, const struct inbound *in, conversation_id *out)
{
    const struct list *lists[] = { &in->in.to, &in->in.cc };
    const char *const *delivered = in->in.delivered_to.items;
    const uint8_t *key = store_key(tx->store);

    for (size_t i = 0; i < in->in.delivered_to.n; i++)
        if (conversation_of_address(delivered[i], key, out))
            return true;
    for (size_t k = 0; k < COUNT(lists); k++) {
        const struct party *parties = lists[k]->items;
        for (size_t i = 0; i < lists[k]->n; i++)
            if (conversation_of_address(parties[i].address, key, out))
                return true;
    }
    return false;
}

bool inbound_thread(struct tx *tx, struct inbound *in, struct err *err)
{
    conversation_id id;
    bool found = false;

    if (in->conversation.id.n != 0) /* a report that wasn't believed */
        return true;
    if (in->in.thread_key)
        return by_thread(tx, in, err);
    /* What it refers to is between its sender, a channel of ours, and the customer there. */
    if (in->is_from_us)
        return true;
    if (!by_references(tx, in, &found, err))
        return false;
    if (found || !token_of(tx, in, &id))
        return true;
    /* One of another organisation, or of one that was erased, is none. */
    if (conversation_get(tx, id, &in->conversation, err))
        return true;
    if (err->code != ERR_NOT_FOUND)
        return false;
    err_clear(err);
    in->conversation = (struct conversation){ 0 };
    return true;
}

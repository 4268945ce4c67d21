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

/* Which of the addresses that a mail is from did we send this to, and to nobody else? NULL: to
 * neither. Who refers to it from there has got it: the ids of what we send can't be guessed. */
static bool find_receiver(struct tx *tx, struct inbound *in, const struct message *message,
                          struct err *err)
{
    const struct party *own[] = { &in->in.from, &in->in.reply_to };
    struct parties parties;
    const char *to;

    if (in->is_ours || message->direction != DIRECTION_OUT || !message->parties.s)
        return true;
    if (!parties_read(tx->mem, message->parties.s, &parties, err))
        return false;
    if (parties.to.n != 1 || parties.cc.n > 0)
        return true;
    to = text_fold(tx->mem, ((const struct party *)parties.to.items)->address);
    for (size_t k = 0; k < COUNT(own) && !in->receiver; k++)
        if (own[k]->address && text_equal(to, text_fold(tx->mem, own[k]->address)))
            in->receiver = own[k];
    return true;
}

/* That a mail is from somebody else than it says doesn't keep it from its conversation when it
 * refers to what only who got it knows: a forward on the way spoils an honest one. But who wants
 * the answers elsewhere, too, gets none; and what a customer sent is known to whoever else it went
 * to. */
static bool may_refer_to(const struct inbound *in, const struct message *message)
{
    return in->proof != SENDER_REFUTED ||
           (message->direction == DIRECTION_OUT && !in->in.reply_to.address);
}

static bool find_referred(struct tx *tx, const struct inbound *in, const char *id,
                          struct message *out, bool *found, struct err *err)
{
    if (!message_by_external_id(tx, id, out, found, err))
        return false;
    *found = *found && may_refer_to(in, out);
    return true;
}

/* What a mail refers to; its own id, where that is one of ours, last. */
static bool by_references(struct tx *tx, struct inbound *in, bool *found, struct err *err)
{
    const char *const *references = in->in.references.items;
    struct message message;

    *found = false;
    for (size_t i = 0; i < in->in.references.n && !*found; i++)
        if (!find_referred(tx, in, references[i], &message, found, err))
            return false;
    if (!*found && in->about.n != 0 &&
        !find_referred(tx, in, in->in.external_id, &message, found, err))
        return false;
    if (!*found)
        return true;
    if (!find_receiver(tx, in, &message, err))
        return false;
    /* It may have been moved out of its conversation's case, and the answer follows it. */
    in->answered = message.place_case_id.n != 0 ? message.place_case_id : message.case_id;
    return conversation_get(tx, message.conversation_id, &in->conversation, err);
}

/* The first of these texts that has a token of ours; NULL: none has. */
static const char *token_among(const struct list *texts, const uint8_t *key, conversation_id *out)
{
    const char *const *all = texts->items;

    for (size_t i = 0; i < texts->n; i++)
        if (conversation_of_address(all[i], key, out))
            return all[i];
    return NULL;
}

static const char *token_of_parties(const struct list *list, const uint8_t *key,
                                    conversation_id *out)
{
    const struct party *parties = list->items;

    for (size_t i = 0; i < list->n; i++)
        if (conversation_of_address(parties[i].address, key, out))
            return parties[i].address;
    return NULL;
}

/* A token in any address it was sent to; or in the id of a mail that it refers to, and that isn't a
 * message (chat_mail.c). What has it, or NULL. */
static const char *token_of(struct tx *tx, const struct inbound *in, conversation_id *out)
{
    const uint8_t *key = store_key(tx->store);
    const char *found = token_among(&in->in.delivered_to, key, out);

    if (!found)
        found = token_of_parties(&in->in.to, key, out);
    if (!found)
        found = token_of_parties(&in->in.cc, key, out);
    return found ? found : token_among(&in->in.references, key, out);
}

/* A token that was made for one address: who writes from there with it got that mail. */
static bool find_sealed(struct tx *tx, struct inbound *in, const char *with_token)
{
    const struct party *own[] = { &in->in.from, &in->in.reply_to };
    const uint8_t *key = store_key(tx->store);

    for (size_t k = 0; k < COUNT(own) && !in->receiver && !in->is_ours; k++)
        if (own[k]->address && conversation_was_sent_to(tx->mem, with_token, key, own[k]->address))
            in->receiver = own[k];
    return in->receiver != NULL;
}

/* The token is in the address that it was sent to: who wrote there got what we last sent. */
static bool by_token(struct tx *tx, struct inbound *in, const char *with_token, struct err *err)
{
    struct message newest;
    bool found;

    if (find_sealed(tx, in, with_token))
        return true;
    return message_newest(tx, in->conversation.id, DIRECTION_OUT, (message_id){ 0 }, &newest,
                          &found, err) &&
           (!found || find_receiver(tx, in, &newest, err));
}

bool inbound_thread(struct tx *tx, struct inbound *in, struct err *err)
{
    const char *with_token;
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
    if (found || (in->proof == SENDER_REFUTED && in->in.reply_to.address))
        return true;
    with_token = token_of(tx, in, &id);
    if (!with_token)
        return true;
    /* One of another organisation, or of one that was erased, is none. */
    if (conversation_get(tx, id, &in->conversation, err))
        return by_token(tx, in, with_token, err);
    if (err->code != ERR_NOT_FOUND)
        return false;
    err_clear(err);
    in->conversation = (struct conversation){ 0 };
    return true;
}

/* 25_same.c — did it come before? The same mail by two ways is one message, and what we wrote
 * ourselves and see again is known. But what somebody else made of a mail of ours, or what another
 * channel of ours sent here, is a message that somebody has to read.
 */
#include "pipeline.h"

#include "../base/text.h"

#include <ctype.h>
#include <strings.h>

static const char came_before[] = "the same message came before";

/* The same content, under the same Message-ID or as this one without any. */
static bool find_copy(struct tx *tx, const struct inbound *in, struct message *out, bool *found,
                      struct err *err)
{
    *found = false;
    if (in->content_hash.len == 0)
        return true;
    if (!in->in.external_id)
        return db_find(tx, SQL_MESSAGE_BY_CONTENT_ALONE,
                       ARGS(arg_organisation(tx), arg_bytes(in->content_hash)), message_fields, out,
                       found, err);
    return db_find(
        tx, SQL_MESSAGE_BY_CONTENT,
        ARGS(arg_organisation(tx), arg_text(in->in.external_id), arg_bytes(in->content_hash)),
        message_fields, out, found, err);
}

/* Does a text go on as `start` does, whatever blanks and line ends became of it on the way? */
static bool begins_as(const char *text, const char *start)
{
    for (;;) {
        while (isspace((unsigned char)*text))
            text++;
        while (isspace((unsigned char)*start))
            start++;
        if (*start == '\0' || *text != *start)
            return *start == '\0';
        text++;
        start++;
    }
}

/* Does it still say that we wrote it? */
static bool is_from_writer(struct tx *tx, const struct inbound *in, const struct message *ours,
                           bool *out, struct err *err)
{
    struct parties parties;
    const struct party *from;

    if (!parties_read(tx->mem, ours->parties.s, &parties, err))
        return false;
    from = parties.from.n > 0 ? parties.from.items : NULL;
    *out = from && in->in.from.address && strcasecmp(from->address, in->in.from.address) == 0;
    return true;
}

/* What another channel of ours sent here is read here, once: what comes again goes in circles. */
static bool take_from_us(struct tx *tx, struct inbound *in, struct err *err)
{
    int64_t n;

    if (!db_number(tx, SQL_INBOUND_SAME_ID_HERE,
                   ARGS(arg_organisation(tx), arg_text(in->in.external_id), arg_id(in->channel.id)),
                   &n, err))
        return false;
    if (n > 0)
        return inbound_stop(in, INBOUND_DUPLICATE, came_before);
    in->is_from_us = true;
    return true;
}

/* Under the Message-ID of one of ours. A server on the way may have added to its end; who added
 * words before it, or sends it in his own name, has something to say. Back from where it went out,
 * it isn't taken as a customer's mail: a rule somewhere that sends it on would never end. */
static bool take_back(struct tx *tx, struct inbound *in, message_id id, struct err *err)
{
    struct message ours;
    bool is_our_name, is_our_text;

    if (!message_get(tx, id, &ours, err) || !is_from_writer(tx, in, &ours, &is_our_name, err))
        return false;
    is_our_text = begins_as(in->in.text, ours.text);
    if (!is_our_name && !(in->in.is_bulk && is_our_text)) {
        in->about = id;
        return true;
    }
    if (is_our_name && ours.channel_id.n != in->channel.id.n)
        return take_from_us(tx, in, err);
    in->message = id;
    if (is_our_text)
        return inbound_stop(in, INBOUND_DUPLICATE, came_before);
    return inbound_stop(in, INBOUND_NOT_UNDERSTOOD,
                        "our own mail came back, with other words in it");
}

bool inbound_same(struct tx *tx, struct inbound *in, struct err *err)
{
    struct message same = { 0 };
    bool found;

    /* A provider's ids are its own: the channel told them apart when the envelope came. */
    if (in->in.thread_key)
        return true;
    if (!find_copy(tx, in, &same, &found, err))
        return false;
    if (!found && in->in.external_id) {
        if (!message_by_external_id(tx, in->in.external_id, &same, &found, err))
            return false;
        found = found && same.direction == DIRECTION_OUT;
        if (found && !in->is_ours)
            return take_back(tx, in, same.id, err);
    }
    if (!found)
        return true;
    in->message = same.id;
    return inbound_stop(in, INBOUND_DUPLICATE, came_before);
}

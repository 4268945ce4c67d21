/* 10_receive.c — raw envelopes, durable before anybody says thanks. */
#include "pipeline.h"

#include "../base/text.h"
#include "../store/jobs.h"

enum { RECEIVE_MAX = 500, RAW_INLINE_MAX = 64 * 1024 };

struct receiving {
    channel_id channel;
    const struct received *items;
    struct blob *blobs; /* of large ones */
    const char **hashes;
    size_t n, new_n, waiting_n;
    store_fn *also;
    void *arg;
};

const char *received_id(struct arena *mem, struct bytes raw)
{
    uint8_t hash[HASH_LEN];

    hash_bytes(raw, hash);
    return hex_write(mem, (struct bytes){ hash, HASH_LEN });
}

static bool receive_one(struct tx *tx, struct receiving *receiving, size_t i, struct err *err)
{
    const struct received *item = &receiving->items[i];
    bool is_large = item->raw.len > RAW_INLINE_MAX, is_new;
    struct envelope envelope = {
        .channel_id = receiving->channel,
        .external_id = item->external_id ? item->external_id : receiving->hashes[i],
        .arrived_at = item->arrived_at,
        .size = (int64_t)item->raw.len,
        .raw = is_large ? (struct bytes){ 0 } : item->raw,
        .folder = item->folder,
        .is_ours = item->is_ours,
        .state = item->refused ? ENVELOPE_NOT_UNDERSTOOD : ENVELOPE_WAITING,
        .stage = item->refused ? envelope_refused : "",
        .reason = item->refused,
    };

    if (!envelope_add(tx, &envelope, is_large ? &receiving->blobs[i] : NULL, &is_new, err))
        return false;
    if (item->became)
        *item->became = (struct became){ envelope.id, is_new };
    receiving->new_n += is_new;
    receiving->waiting_n += is_new && !item->refused;
    return true;
}

static bool receive_all(struct tx *tx, void *arg, struct err *err)
{
    struct receiving *receiving = arg;

    receiving->new_n = receiving->waiting_n = 0;
    for (size_t i = 0; i < receiving->n; i++)
        if (!receive_one(tx, receiving, i, err))
            return false;
    if (receiving->waiting_n > 0 && !job_ask(tx, "inbound", receiving->channel.n, err))
        return false;
    return !receiving->also || receiving->also(tx, receiving->arg, err);
}

bool pipeline_receive(struct store *store, const struct scope *scope, channel_id channel,
                      const struct received *items, size_t n, store_fn *also, void *arg,
                      size_t *new_n, struct err *err)
{
    struct receiving receiving = {
        .channel = channel, .items = items, .n = n, .also = also, .arg = arg
    };

    if (n > RECEIVE_MAX)
        return err_set(err, ERR_INTERNAL, "more than %d envelopes at once", RECEIVE_MAX);
    receiving.blobs = NEW_ARRAY(scope->mem, struct blob, n);
    receiving.hashes = NEW_ARRAY(scope->mem, const char *, n);
    for (size_t i = 0; i < n; i++) {
        if (items[i].raw.len > RAW_INLINE_MAX &&
            !blob_put(store, scope->mem, items[i].raw, &receiving.blobs[i], err))
            return false;
        if (!items[i].external_id)
            receiving.hashes[i] = received_id(scope->mem, items[i].raw);
    }
    if (!store_write(store, scope, receive_all, &receiving, err))
        return false;
    *new_n = receiving.new_n;
    return true;
}

/* 20_parse.c — raw envelope to message: pure, outside transactions, on a worker's thread. */
#include "pipeline.h"

#include "../base/text.h"

#include <string.h>

/* What doesn't fit in the row goes into a file beside it, whole. */
static void keep_long_text(struct arena *mem, struct inbound *in, struct incoming_file *file)
{
    size_t len = strlen(in->in.text);

    in->text = in->in.text;
    if (len <= MESSAGE_TEXT_MAX)
        return;
    in->text = arena_text_n(mem, in->in.text, utf8_cut(in->in.text, len, MESSAGE_TEXT_MAX));
    *file = (struct incoming_file){
        .name = "message.txt", .type = "text/plain", .data = { (const uint8_t *)in->in.text, len }
    };
}

static bool put_files(struct store *store, struct arena *mem, struct inbound *in, struct err *err)
{
    const struct incoming_file *files = in->in.files.items;
    struct incoming_file *whole_text = NEW(mem, struct incoming_file);

    keep_long_text(mem, in, whole_text);
    in->files = NEW_ARRAY(mem, struct inbound_file, in->in.files.n + 1);
    for (size_t i = 0; i < in->in.files.n; i++)
        in->files[in->files_n++].file = &files[i];
    if (whole_text->name)
        in->files[in->files_n++].file = whole_text;
    for (size_t i = 0; i < in->files_n; i++)
        if (!blob_put(store, mem, in->files[i].file->data, &in->files[i].blob, err))
            return false;
    return true;
}

static struct bytes text_part(const char *text)
{
    return (struct bytes){ (const uint8_t *)text, strlen(text) + 1 };
}

/* The same mail by two ways has other Received headers, but the same sender, subject and text. What
 * we sent ourselves is another message than the same mail where it came in. Without a Message-ID
 * more must be the same: its Date and its files; and without a Date too, nothing tells it from
 * another one like it. */
static void hash_content(struct arena *mem, struct inbound *in)
{
    bool has_id = in->in.external_id != NULL;
    struct bytes *parts = NEW_ARRAY(mem, struct bytes, in->files_n + 5);
    uint8_t *hash = arena_alloc(mem, HASH_LEN);
    size_t n = 0;

    if (!has_id && in->in.sent_at.ms == 0)
        return;
    parts[n++] = text_part(in->in.from.address ? in->in.from.address : "");
    parts[n++] = text_part(in->in.subject);
    parts[n++] = text_part(in->in.text);
    if (in->is_ours)
        parts[n++] = text_part("ours");
    if (!has_id)
        parts[n++] = text_part(arena_printf(mem, "%lld", (long long)in->in.sent_at.ms));
    for (size_t i = 0; i < in->files_n && !has_id; i++)
        parts[n++] = in->files[i].blob.hash;
    hash_parts(parts, n, hash);
    in->content_hash = (struct bytes){ hash, HASH_LEN };
}

bool inbound_take(struct store *store, struct arena *mem, struct inbound *in, struct err *err)
{
    in->files_n = 0;
    if (!put_files(store, mem, in, err))
        return false;
    if (!in->in.thread_key) /* a provider's ids tell its messages apart without */
        hash_content(mem, in);
    in->words = message_words(mem, in->in.subject, in->in.text);
    inbound_judge(mem, in);
    return true;
}

bool inbound_parse(struct store *store, struct arena *mem, const struct channel_type *type,
                   struct bytes raw, struct inbound *out, struct err *err)
{
    out->stage = "parse";
    return type->parse(mem, raw, &out->in, err) && inbound_take(store, mem, out, err);
}

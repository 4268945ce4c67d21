/* record_lookup.c — asking another system for a record: a GET by a template, whose answer is what a
 * PUT would take.
 */
#include "records.h"

#include "../../base/fetch.h"
#include "../../base/form.h"
#include "../../base/json.h"
#include "../../base/text.h"

#include <string.h>

enum { ASK_MS = 5000, ANSWER_MAX = 64 * 1024 };
static const int64_t AFTER_FAILURE_MS = 30 * SECOND_MS;

bool record_is_stale(const struct record_type *type, const struct record *record, instant now)
{
    int64_t holds_ms = type->lookup_ttl_s * SECOND_MS;

    if (!type->lookup_url)
        return false;
    if (record->lookup_error && holds_ms > AFTER_FAILURE_MS)
        holds_ms = AFTER_FAILURE_MS;
    return record->checked_at.ms + holds_ms <= now.ms;
}

static const char *url_of(struct arena *mem, const char *template, const char *key)
{
    const char *at = strstr(template, "{key}");

    return arena_printf(mem, "%.*s%s%s", (int)(at - template), template, percent_write(mem, key),
                        at + strlen("{key}"));
}

static bool read_answer(struct arena *mem, const struct fetched *answer, struct record_draft *out,
                        struct err *err)
{
    if (answer->status == 404 || answer->status == 410)
        return err_set(err, ERR_NOT_FOUND, "the other system has no record with this key");
    if (answer->status != 200)
        return err_set(err,
                       answer->status >= 500 || answer->status == 429 ? ERR_BUSY : ERR_UPSTREAM,
                       "the other system answered %d", answer->status);
    if (json_read(mem, answer->body, record_draft_fields, out, err))
        return true;
    return err_set(err, ERR_UPSTREAM, "the other system's answer can't be read: %s",
                   arena_text(mem, err->text));
}

bool record_lookup(struct arena *mem, const struct record_type *type, const char *key,
                   struct record_draft *out, struct err *err)
{
    const struct fetch_header headers[] = {
        { "Accept",        "application/json"                           },
        { "Authorization", type->lookup_token ? type->lookup_token : "" },
    };
    struct fetch rq = { .method = "GET",
                        .url = url_of(mem, type->lookup_url, key),
                        .headers = headers,
                        .headers_n = type->lookup_token ? 2 : 1,
                        .timeout_ms = ASK_MS,
                        .max = ANSWER_MAX };
    struct fetched answer;

    *out = (struct record_draft){ 0 };
    if (!fetch(mem, &rq, &answer, err))
        return err_prefix(err, "the other system can't be asked: ");
    if (!read_answer(mem, &answer, out, err))
        return false;
    out->key = key;
    return true;
}

#include "api.h"

#include "../base/buf.h"
#include "../base/crypt.h"
#include "../base/fetch.h"
#include "../base/json.h"
#include "../base/text.h"
#include "../http/limits.h"

#include <stdio.h>
#include <string.h>

enum {
    WEBHOOK_MS = 15000,
    WINDOW_HOURS_MAX = 24 * 366,
    BODY_MAX = 128 << 20, /* bytes of what is posted */
    FILES_MAX = 90 << 20  /* of all files in it: base64 makes 120 MB of them */
};

/* In the order of enum style_unit. */
static const char *const unit_names[] = { "characters", "graphemes", "segments", NULL };

static const struct field settings_fields[] = {
    FIELD(api_settings, address, .flags = REQUIRED | LINE, .min = 1, .max = 200,
          .doc = "What people see as the other side: an app, a number, an account"),
    FIELD(api_settings, secret, .flags = SECRET, .max = 200,
          .doc =
              "Signs what comes in and goes out, as whsec_ and base64; made for you when left out"),
    FIELD(api_settings, webhook_url, .flags = URL, .max = 2000,
          .doc = "Where outgoing messages are posted; leave it out to fetch them"),
    FIELD(api_settings, text_unit, .names = unit_names,
          .doc = "How the other side counts a text: characters, graphemes (what a reader sees as "
                 "one), or segments of an SMS"),
    FIELD(api_settings, text_max, .max = 1 << 20,
          .doc = "How many of them a message may have; 0 when it doesn't matter"),
    FIELD(api_settings, is_public, .doc = "Everybody reads what is written there"),
    FIELD(api_settings, window_hours, .min = 0, .max = WINDOW_HOURS_MAX,
          .doc = "How long after a customer's last message he may be answered there; 0 for ever"),
    { 0 },
};

const struct field api_file_fields[] = {
    FIELD(api_file, name, .flags = REQUIRED, .min = 1, .max = 200),
    FIELD(api_file, type, .max = 200),
    FIELD(api_file, data, .flags = REQUIRED, .max = FILE_SIZE_MAX,
          .doc = "The content in base64: 50 MB of it at most, and the whole request 72 MB"),
    { 0 },
};

const struct field api_message_fields[] = {
    FIELD(api_message, external_id, .flags = REQUIRED, .min = 1, .max = 500,
          .doc = "Your own id of the message: the same one twice is once"),
    FIELD(api_message, from, .flags = REQUIRED, .min = 1, .max = 320,
          .doc = "The customer's address, number or id"),
    FIELD(api_message, from_name, .max = 200),
    FIELD(api_message, from_kind, .names = identity_kind_names,
          .doc = "What `from` is; external when left out"),
    FIELD(api_message, thread, .max = 500,
          .doc = "Messages with the same thread are one conversation; without, the sender decides"),
    FIELD(api_message, subject, .max = 2000),
    FIELD(api_message, text, .flags = REQUIRED, .max = 1 << 20),
    FIELD(api_message, html, .max = 1 << 20),
    FIELD(api_message, sent_at,
          .doc = "Since then the customer waits; now when left out or in the future"),
    FIELD(api_message, files, .of = api_file_fields, .size = sizeof(struct api_file), .max = 50),
    { 0 },
};

/* --- in ------------------------------------------------------------------------------------- */

void api_files(struct arena *mem, const struct list *from, struct list *to)
{
    const struct api_file *files = from->items;
    struct incoming_file *out = NEW_ARRAY(mem, struct incoming_file, from->n);

    for (size_t i = 0; i < from->n; i++)
        out[i] = (struct incoming_file){
            .name = files[i].name,
            .type = text_is_blank(files[i].type) ? "application/octet-stream"
                                                 : text_lower(mem, files[i].type),
            .data = files[i].data,
        };
    *to = (struct list){ out, from->n };
}

void api_incoming(struct arena *mem, const struct api_message *message, struct incoming *out)
{
    *out = (struct incoming){
        .external_id = message->external_id,
        .thread_key = text_is_blank(message->thread) ? message->from : message->thread,
        .from_kind = message->from_kind,
        .from = { message->from_name ? message->from_name : "", message->from },
        .subject = message->subject ? message->subject : "",
        .text = message->text,
        .html = message->html,
        .fold_at = strlen(message->text),
        .sent_at = message->sent_at,
    };
    api_files(mem, &message->files, &out->files);
}

static bool parse(struct arena *mem, struct bytes raw, struct incoming *out, struct err *err)
{
    struct api_message message = { 0 };

    if (!json_read(mem, raw, api_message_fields, &message, err))
        return false;
    api_incoming(mem, &message, out);
    return true;
}

/* --- signatures ------------------------------------------------------------------------------- */

static bool signature(struct arena *mem, const char *secret, const char *id, const char *timestamp,
                      struct bytes body, uint8_t out[32])
{
    const char *words = arena_printf(mem, "%s.%s.", id, timestamp);
    const struct bytes parts[] = {
        { (const uint8_t *)words, strlen(words) },
        body
    };
    struct bytes key;

    if (!text_starts(secret, "whsec_") || !base64_read(mem, secret + 6, &key))
        return false;
    hmac_sha256(key, parts, COUNT(parts), out);
    return true;
}

char *api_sign(struct arena *mem, const char *secret, const char *id, int64_t timestamp_s,
               struct bytes body)
{
    uint8_t hash[32] = { 0 };

    signature(mem, secret, id, arena_printf(mem, "%lld", (long long)timestamp_s), body, hash);
    return arena_printf(mem, "v1,%s", base64_write(mem, (struct bytes){ hash, sizeof(hash) }));
}

static bool is_near(const char *timestamp, instant now)
{
    int64_t seconds, age_ms;

    if (!int_read(timestamp, strlen(timestamp), &seconds) || seconds < 0 ||
        seconds > INT64_MAX / SECOND_MS)
        return false;
    age_ms = now.ms - seconds * SECOND_MS;
    return age_ms <= API_SIGNATURE_AGE_MS && age_ms >= -API_SIGNATURE_AGE_MS;
}

bool api_signature_is_good(struct arena *mem, const char *secret, const char *id,
                           const char *timestamp, struct bytes body, const char *header,
                           instant now)
{
    uint8_t wanted[32];
    bool is_good = false;

    if (!is_near(timestamp, now) || !signature(mem, secret, id, timestamp, body, wanted))
        return false;
    for (const char *at = header + strspn(header, " "); *at; at += strspn(at, " ")) {
        size_t len = strcspn(at, " ");
        struct bytes given;
        if (len > 3 && strncmp(at, "v1,", 3) == 0 &&
            base64_read(mem, arena_text_n(mem, at + 3, len - 3), &given))
            is_good |= secret_equal(given, (struct bytes){ wanted, sizeof(wanted) });
        at += len;
    }
    return is_good;
}

/* --- out -------------------------------------------------------------------------------------- */

/* An outgoing message as the webhook shows it. */
struct api_outgoing {
    const char *id, *to, *thread, *subject, *text, *reference;
    instant at;
    struct list files;
};

static const struct field outgoing_fields[] = {
    FIELD(api_outgoing, id),
    FIELD(api_outgoing, to),
    FIELD(api_outgoing, thread),
    FIELD(api_outgoing, subject),
    FIELD(api_outgoing, text),
    FIELD(api_outgoing, reference),
    FIELD(api_outgoing, at),
    FIELD(api_outgoing, files, .of = api_file_fields, .size = sizeof(struct api_file)),
    { 0 },
};

struct posted {
    const char *type;
    instant timestamp;
    struct json_text data;
};

static const struct field posted_fields[] = {
    FIELD(posted, type),
    FIELD(posted, timestamp),
    FIELD(posted, data),
    { 0 },
};

static struct bytes write_body(struct arena *mem, const struct outgoing *message)
{
    struct buf data = BUF(BODY_MAX), body = BUF(BODY_MAX);
    struct api_outgoing out = { message->id,      message->to.address, message->thread_key,
                                message->subject, message->text,       message->case_reference,
                                message->at,      message->files };
    struct posted posted = { "message.outgoing", message->at, { NULL } };
    struct bytes bytes;

    json_write(&data, outgoing_fields, &out);
    posted.data.s = buf_str(&data);
    json_write(&body, posted_fields, &posted);
    bytes = arena_bytes(mem, (struct bytes){ (const uint8_t *)buf_str(&body), body.len });
    buf_free(&data);
    buf_free(&body);
    return bytes;
}

/* What the answer of a webhook means: only 410 is for good, as Standard Webhooks says. A receiver
 * that is being replaced, or sits behind a login for a moment, answers 404, 302 or 401, and no
 * answer may be lost by that. */
static enum delivery delivery_of(int status)
{
    if (status >= 200 && status < 300)
        return DELIVERY_SENT;
    return status == 410 ? DELIVERY_REFUSED : DELIVERY_LATER;
}

/* Answers of an address at which nobody takes anything, whatever the message is. */
static bool is_nobody(int status)
{
    return status == 401 || status == 403 || status == 404 || status == 410 ||
           (status >= 502 && status <= 504);
}

static void post(struct arena *mem, const struct api_settings *settings,
                 const struct outgoing *message, struct receipt *out)
{
    struct bytes body = write_body(mem, message);
    int64_t now_s = clock_wall().ms / SECOND_MS;
    const struct fetch_header headers[] = {
        { "Content-Type", "application/json" },
        { "webhook-id", message->id },
        { "webhook-timestamp", arena_printf(mem, "%lld", (long long)now_s) },
        { "webhook-signature", api_sign(mem, settings->secret, message->id, now_s, body) },
    };
    struct fetch rq = { .method = "POST",
                        .url = settings->webhook_url,
                        .headers = headers,
                        .headers_n = COUNT(headers),
                        .body = body,
                        .timeout_ms = WEBHOOK_MS };
    struct fetched answer;
    struct err err;

    err_clear(&err);
    if (fetch(mem, &rq, &answer, &err)) {
        out->delivery = delivery_of(answer.status);
        out->is_channel_down = is_nobody(answer.status);
        snprintf(out->words, sizeof(out->words), "the webhook answered %d", answer.status);
        return;
    }
    out->delivery = err_is_temporary(&err) ? DELIVERY_LATER : DELIVERY_REFUSED;
    out->is_channel_down = true;
    snprintf(out->words, sizeof(out->words), "%.250s", err.text);
}

static void send(struct arena *mem, const void *settings, const struct outgoing *message,
                 struct receipt *out)
{
    const struct api_settings *api = settings;

    *out = (struct receipt){ .delivery = DELIVERY_WAITING };
    if (!text_is_blank(api->webhook_url))
        post(mem, api, message, out);
}

/* --- settings --------------------------------------------------------------------------------- */

static bool check(struct arena *mem, void *settings, struct err *err)
{
    struct api_settings *api = settings;
    struct bytes key;

    if (text_is_blank(api->secret)) {
        uint8_t random[24];
        random_bytes(random, sizeof(random));
        api->secret = arena_printf(mem, "whsec_%s",
                                   base64_write(mem, (struct bytes){ random, sizeof(random) }));
    }
    if (!text_starts(api->secret, "whsec_") || !base64_read(mem, api->secret + 6, &key) ||
        key.len < 16)
        return err_field(err, "settings/secret", "must be whsec_ and base64 of 16 bytes or more");
    return true;
}

static const char *address(const void *settings)
{
    return ((const struct api_settings *)settings)->address;
}

static struct channel_room room(const void *settings)
{
    const struct api_settings *api = settings;

    return (struct channel_room){ (enum style_unit)api->text_unit, api->text_max };
}

static struct channel_rules rules(const void *settings)
{
    const struct api_settings *api = settings;

    return (struct channel_rules){ api->is_public, api->window_hours * HOUR_MS };
}

static void show_secret(struct arena *mem, const void *settings, const char *channel,
                        struct channel_secret *out)
{
    (void)mem, (void)channel;
    *out = (struct channel_secret){ .secret = ((const struct api_settings *)settings)->secret };
}

static bool test(struct arena *mem, const void *settings, struct err *err)
{
    const struct api_settings *api = settings;
    struct fetch rq = { .method = "GET", .url = api->webhook_url, .timeout_ms = WEBHOOK_MS };
    struct fetched answer;

    if (text_is_blank(api->webhook_url))
        return true;
    if (!fetch(mem, &rq, &answer, err))
        return false;
    /* A receiver of POSTs may well refuse a GET; but it has to be there. */
    if (answer.status != 404 && answer.status != 410 && answer.status < 500)
        return true;
    return err_set(err, ERR_UPSTREAM, "the webhook's address answers %d", answer.status);
}

const struct channel_type api_channel = {
    .name = "api",
    .skills = CAN_ATTACH | CAN_SUBJECT | CAN_REPEAT,
    .message_host = "api.invalid",
    .address_kind = IDENTITY_EXTERNAL,
    .answers_to = ANSWERS_TO(IDENTITY_EXTERNAL) | ANSWERS_TO(IDENTITY_HANDLE) |
                  ANSWERS_TO(IDENTITY_LOGIN) | ANSWERS_TO(IDENTITY_EMAIL) |
                  ANSWERS_TO(IDENTITY_PHONE),
    .files_max = FILES_MAX,
    .settings_fields = settings_fields,
    .settings_size = sizeof(struct api_settings),
    .check = check,
    .address = address,
    .room = room,
    .rules = rules,
    .show_secret = show_secret,
    .parse = parse,
    .send = send,
    .test = test,
};

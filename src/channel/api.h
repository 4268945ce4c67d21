/* api.h — any other channel, by one documented endpoint, signed both ways in the form of
 * Standard Webhooks (https://www.standardwebhooks.com): HMAC-SHA-256 over "id.timestamp.body".
 */
#pragma once

#include "channel.h"

struct api_settings {
    const char *address;     /* how the channel shows itself to people: "app", a number */
    const char *secret;      /* whsec_…: signs what comes in and what goes out */
    const char *webhook_url; /* where outgoing messages are posted; "": they are fetched */
    unsigned text_unit;      /* enum style_unit */
    int64_t text_max;        /* of what people read on the other side; 0: no matter */
    bool is_public;          /* everybody reads what is written there */
    int64_t window_hours;    /* after a customer's last message; 0: for ever */
};

struct api_file {
    const char *name, *type;
    struct bytes data;
};

/* A message as the endpoint takes it. */
struct api_message {
    const char *external_id;
    const char *from, *from_name;
    unsigned from_kind;
    const char *thread; /* messages with the same one are one conversation; else `from` is */
    const char *subject, *text, *html;
    instant sent_at;
    struct list files; /* of struct api_file */
};
extern const struct field api_message_fields[], api_file_fields[];
extern const struct channel_type api_channel;

/* Files (a list of struct api_file) as a parsed message has them: of struct incoming_file. */
void api_files(struct arena *mem, const struct list *from, struct list *to);

/* What the parsed message says; texts are borrowed. */
void api_incoming(struct arena *mem, const struct api_message *message, struct incoming *out);

enum { API_SIGNATURE_AGE_MS = 5 * 60 * 1000 };
/* Is one of the signatures in `header` ("v1,… v1,…") right for this body, and the timestamp
 * (seconds) near `now`? */
bool api_signature_is_good(struct arena *mem, const char *secret, const char *id,
                           const char *timestamp, struct bytes body, const char *header,
                           instant now);
/* "v1,…" for what we send. */
char *api_sign(struct arena *mem, const char *secret, const char *id, int64_t timestamp_s,
               struct bytes body);

/* chat.h — our own chat widget on other people's pages: its settings, and its messages as they are
 * kept.
 *
 * The other side is a page that is open or not: what we answer lies ready for it as soon as it is
 * stored, so there is nobody to hand it to.
 */
#pragma once

#include "channel.h"
#include "chat_hours.h"

enum {
    CHAT_TEXT_MAX = 16 * 1024, /* bytes of one message */
    CHAT_FILES_MAX = 5,
    CHAT_BITS = 14, /* of the challenge, when the settings don't say */
    CHAT_FILE_MB = 10,
    CHAT_MAIL_AFTER_MIN = 5,
    CHAT_SECRET_MIN = 32, /* of the site's secret, in bytes */
};

/* Of the chat that ./run makes. */
#define CHAT_DEMO_ADDRESS "demo.lindewerf.example"

struct chat_settings {
    const char *address;  /* how people know it: "www.lindewerf.nl" */
    const char *origins;  /* where the widget may stand; "": only on our own pages */
    const char *title;    /* above the chat; "": the address */
    const char *colour;   /* of the brand, "#0e5a63" */
    const char *language; /* of the widget when the page says none: nl, en, fr */
    const char *greeting, *offline_text;
    const char *hours;
    const char *calendar; /* id of a calendar, in the place of hours */
    bool closed_on_holidays;
    const char *identity_secret; /* signs who a visitor is */
    const char *mail_channel; /* id of the e-mail channel over which answers and transcripts go */
    int64_t mail_after_minutes;
    int64_t file_mb;
    int64_t challenge_bits;
};
extern const struct channel_type chat_channel;

/* A message as its envelope holds it. */
struct chat_message {
    const char *id;      /* the widget's own: the same one twice is once */
    const char *visitor; /* vis_… */
    const char *thread;
    unsigned from_kind; /* of `from` */
    const char *from, *from_name;
    const char *text, *page;
    instant sent_at;
    struct list files; /* of struct api_file */
};
extern const struct field chat_message_fields[];

/* What it says; texts are borrowed. */
void chat_incoming(struct arena *mem, const struct chat_message *message, struct incoming *out);
/* The id of a message among all of a channel. */
char *chat_external_id(struct arena *mem, const char *visitor, const char *id);

/* Where a page may have the widget on it, as in Content-Security-Policy: "'self' https://…". */
char *chat_ancestors(struct arena *mem, const struct chat_settings *settings);
/* The hours, with the country of this time zone. */
struct chat_hours chat_hours_of(const struct chat_settings *settings, const char *time_zone);

/* webform.h — a plain page with a form on it, for who has no mail program at hand or no script: its
 * settings, and what it hands in, as it is kept.
 *
 * Nobody can be answered on a page: who fills it in leaves a mail address or a number, and the
 * answer goes there by another channel (IS_ONE_WAY).
 */
#pragma once

#include "channel.h"

enum {
    WEBFORM_TEXT_MAX = 32 * 1024, /* bytes of the message */
    WEBFORM_FILES_MAX = 5,
    WEBFORM_FILE_MB = 10,
};

/* Is a field on the page? */
enum webform_need { FIELD_OPTIONAL, FIELD_REQUIRED, FIELD_OFF };

struct webform_settings {
    const char *address;   /* how people know it: "www.lindewerf.nl/contact" */
    const char *title;     /* above the form; "": the address */
    const char *colour;    /* of the brand, "#0e5a63" */
    const char *language;  /* nl, en, fr; "": the visitor's */
    const char *greeting;  /* above the fields */
    const char *sent_text; /* what they read afterwards, in the organisation's own words */
    unsigned ask_name, ask_email, ask_phone, ask_subject, ask_file; /* enum webform_need */
    int64_t file_mb;
};
extern const struct channel_type form_channel;

/* What somebody handed in, as its envelope holds it. */
struct webform_message {
    const char *id; /* of the page that it was written on: the same one twice is once */
    const char *name, *email, *phone; /* NULL: he left it out; one of the last two is there */
    const char *subject, *text;
    const char *language; /* of the page */
    instant sent_at;
    struct list files; /* of struct api_file */
};
extern const struct field webform_message_fields[];

/* What it says; texts are borrowed. */
void webform_incoming(struct arena *mem, const struct webform_message *message,
                      struct incoming *out);

/* sms.h — what all SMS have in common, whoever carries them: numbers, lengths, words.
 *
 * Pure. A provider is one file: sms_kannel.c, sms_twilio.c.
 */
#pragma once

#include "../base/fetch.h"
#include "channel.h"

enum {
    SMS_SEGMENTS_MAX = 20,    /* of one message, whatever is asked for */
    SMS_SEGMENTS_DEFAULT = 5, /* about 760 characters, or 330 with an emoji among them */
    SMS_RATE_MAX = 1000,      /* messages a second */
};

/* What a channel of any provider is told about its messages; part of each one's settings. */
struct sms_limits {
    int64_t segments_max; /* 0: SMS_SEGMENTS_DEFAULT */
    int64_t per_second;   /* 0: as many as there are */
};
#define SMS_LIMIT_FIELDS(s)                                                                        \
    { .name = "segments_max",                                                                      \
      .at = offsetof(struct s, limits.segments_max),                                               \
      .kind = KIND_INT,                                                                            \
      .max = SMS_SEGMENTS_MAX,                                                                     \
      .doc = "The most SMS that one message may become; 5 when left out" },                        \
        { .name = "per_second",                                                                    \
          .at = offsetof(struct s, limits.per_second),                                             \
          .kind = KIND_INT,                                                                        \
          .max = SMS_RATE_MAX,                                                                     \
          .doc = "The most messages a second; as many as there are when left "                     \
                 "out" }

struct channel_room sms_room(const struct sms_limits *limits);
/* Can it go as GSM-7, or must it be UCS-2? */
bool sms_is_gsm(const char *text);
/* A number of ours, as it may stand in the settings: E.164, a short number, or a name of at most
 * 11 letters and digits. False with ERR_INVALID of settings/address. */
bool sms_check_address(const char *address, struct err *err);

/* One that came in, as its provider tells it. */
struct sms {
    const char *id; /* the provider's; NULL when it has none */
    const char *from, *to, *text;
    instant sent_at;
};
/* What it says: whose number, and whether a machine wrote it (us, a short number, a name). Texts
 * are borrowed. */
void sms_incoming(struct arena *mem, const struct sms *sms, struct incoming *out);
/* Is it nothing but the word by which people say that they want no more (STOP, AFMELDEN)? */
bool sms_is_stop(struct arena *mem, const char *text);

/* What a provider says later of a message of ours. */
enum sms_report {
    SMS_NOTHING, /* it's on its way still */
    SMS_TAKEN,   /* the operator has it */
    SMS_DELIVERED,
    SMS_READ,
    SMS_FAILED,
};

/* What the status of an answer to a message means: all but its words. */
void sms_answered(int status, struct receipt *out);
/* A request to a provider got no answer: what became of the message, as far as that tells. */
void sms_no_answer(const struct fetched *answer, const struct err *why, struct receipt *out);
/* Where a provider reaches us, as it stands in the settings: takes a / off its end, and refuses a
 * path. */
bool sms_check_our_url(struct arena *mem, const char **url, struct err *err);

/* A valid text of bytes in UTF-16BE; half a pair becomes U+FFFD. */
char *sms_read_ucs2(struct arena *mem, struct bytes bytes);

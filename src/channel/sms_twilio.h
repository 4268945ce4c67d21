/* sms_twilio.h — SMS through Twilio, and providers that speak as it does: a form over HTTPS goes
 * out, signed forms come in (https://www.twilio.com/docs/usage/webhooks/webhooks-security).
 */
#pragma once

#include "sms.h"

struct twilio_settings {
    const char *address; /* our number with them */
    const char *account, *token;
    const char *api_url; /* NULL: Twilio's own */
    const char *our_url; /* ourselves, as they reach us: part of what is signed */
    struct sms_limits limits;
};
extern const struct channel_type twilio_channel;

/* Is the header X-Twilio-Signature right for a form that was posted to this address? */
bool twilio_signature_is_good(struct arena *mem, const struct twilio_settings *settings,
                              const char *url, const struct list *form, const char *header);
bool twilio_parse(struct arena *mem, struct bytes raw, struct incoming *out, struct err *err);

/* What a status says of a message of ours, and the provider's words. */
enum sms_report twilio_report(struct arena *mem, const struct list *form, const char **words);

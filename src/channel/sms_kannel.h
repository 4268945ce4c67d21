/* sms_kannel.h — SMS through Kannel (https://kannel.org): its smsbox takes what goes out by HTTP,
 * and posts what comes in.
 *
 * Kannel signs nothing: whoever knows the secret in the address is Kannel. It asks again unless it
 * is answered with 200 or 202 (not 204), and knows each message by its id.
 */
#pragma once

#include "sms.h"

struct kannel_settings {
    const char *address;             /* whom it's from: a number, or a name */
    const char *send_url;            /* the smsbox, as http://127.0.0.1:13013/cgi-bin/sendsms */
    const char *username, *password; /* of a sendsms-user */
    const char *our_url;             /* ourselves, as Kannel reaches us; NULL: no reports */
    const char *secret;              /* in the addresses that Kannel asks */
    struct sms_limits limits;
};
extern const struct channel_type kannel_channel;

/* What is kept of one that came in: the query of the request, a line end, the body. */
struct bytes kannel_raw(struct arena *mem, const char *query, struct bytes body);
bool kannel_parse(struct arena *mem, struct bytes raw, struct incoming *out, struct err *err);
/* When it was written, by the query; {0}: it doesn't say. And the id that Kannel gave it; NULL. */
void kannel_query(struct arena *mem, const char *query, instant *at, const char **id);

/* What a report says, and the words of the operator. */
enum sms_report kannel_report(struct arena *mem, const char *query, const char **words);

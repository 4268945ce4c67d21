/* office.h — Gestand as an invented corporation uses it: a server of its own on loopback, the
 * channels, the colleagues, and the jobs, which run here one by one, so that a day falls out the
 * same way each time.
 *
 * What customers write goes in by the channels' own ways: mails and SMS as raw envelopes that a job
 * reads, the app, the telephone's notes and the chat over HTTP. What goes out is really sent: to
 * the mail server of the town, and to an operator of SMS on the same server as ours.
 */
#pragma once

#include "../domain/cases/cases.h"
#include "../domain/messages/messages.h"
#include "../http/server.h"
#include "mail_server.h"

enum { AGENTS_N = 4, TEAMS_N = 2, NAME_MAX_BYTES = 64 };
#define SMS_NUMBER   "+3197012345678"
#define MAIL_CHECKER "mx.lindewerf.example" /* who looks into the senders of its mail */
enum way { WAY_MAIL, WAY_PHONE, WAY_CHAT, WAY_APP, WAY_SMS, WAYS_N };
extern const char *const way_names[];

struct office {
    struct store *store;
    organisation_id organisation;
    struct arena *mem; /* as long as the office */
    struct server *server;
    struct sealer *sealer;
    struct mail_server_of_town *mail;
    const char *url, *token, *taker;
    token_id token_id;
    channel_id channels[WAYS_N];
    struct {
        user_id id;
        const char *name;
    } agents[AGENTS_N];
    team_id teams[TEAMS_N];
    const char *chat_secret; /* with which the site says who is logged in */
};

struct office_settings {
    struct store *store;
    organisation_id organisation;
    const struct routes *const *routes;
    size_t routes_n;
};

/* Starts it, with what is missing of channels, teams and colleagues. */
MUST_CHECK bool office_open(const struct office_settings *settings, struct office *out,
                            struct err *err);
/* Ends what the office started; the channels that lead nowhere now are still there. */
void office_close(struct office *office);

/* Runs all jobs that are due. */
MUST_CHECK bool office_work(struct office *office, struct err *err);
/* As a colleague, or as the system (agent -1). */
struct scope office_scope(const struct office *office, struct arena *mem, int agent);
/* One request with the office's token, or as a visitor of the chat. An answer that isn't 2xx is an
 * error. `visitor` NULL: with the token. */
MUST_CHECK bool office_call(struct office *office, struct arena *mem, const char *method,
                            const char *path, const char *visitor, const char *json,
                            const char **body, struct err *err);

/* --- what comes in ---------------------------------------------------------------------------- */

/* A raw envelope of a channel that isn't spoken with over HTTP. */
MUST_CHECK bool office_receive(struct office *office, struct arena *mem, enum way way,
                               const char *external_id, struct bytes raw, struct err *err);
/* Where a message of ours or a customer's stands, by its external id. */
MUST_CHECK bool office_find(struct office *office, struct arena *mem, const char *external_id,
                            struct message *out, struct err *err);

/* --- the table of people ---------------------------------------------------------------------- */

MUST_CHECK bool office_import(struct office *office, struct arena *mem, const char *csv,
                              struct err *err);

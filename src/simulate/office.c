#include "office.h"

#include "../auth/teams.h"
#include "../auth/users.h"
#include "../base/buf.h"
#include "../base/fetch.h"
#include "../base/json.h"
#include "../base/text.h"
#include "../channel/email_parse.h"
#include "../jobs/duplicates.h"
#include "../jobs/job.h"
#include "../pipeline/pipeline.h"
#include "../store/events.h"
#include "../store/leases.h"
#include "office_token.h"

#include <string.h>

enum { JOB_LEASE_MS = 60 * 1000, CALL_MS = 60 * 1000, ANSWER_MAX = 4 << 20, USERS_MAX = 500 };

const char *const way_names[] = { "mail", "phone", "chat", "app", "sms", NULL };

static const char *const agent_names[AGENTS_N] = { "Noor Verhagen", "Joost Brouwer",
                                                   "Samira Haddad", "Bas Willems" };
static const char *const team_names[TEAMS_N] = { "Klantenservice", "Reparaties" };

/* --- over HTTP -------------------------------------------------------------------------------- */

bool office_call(struct office *office, struct arena *mem, const char *method, const char *path,
                 const char *visitor, const char *json, const char **body, struct err *err)
{
    const struct fetch_header headers[] = {
        { "Content-Type", json && json[0] == '{' ? "application/json" : "text/csv" },
        visitor ? (struct fetch_header){ "X-Visitor", visitor }
                : (struct fetch_header){ "Authorization",
         arena_printf(mem, "Bearer %s", office->token) },
        { "If-Match", "*" }, /* nobody else changes what we do */
    };
    struct fetch rq = {
        .method = method,
        .url = arena_printf(mem, "%s%s", office->url, path),
        .headers = headers,
        .headers_n = COUNT(headers),
        .body = { (const uint8_t *)json, json ? strlen(json) : 0 },
        .timeout_ms = CALL_MS,
        .max = ANSWER_MAX,
    };
    struct fetched answer;

    if (!fetch(mem, &rq, &answer, err))
        return false;
    *body =
        arena_text_n(mem, answer.body.data ? (const char *)answer.body.data : "", answer.body.len);
    return (answer.status >= 200 && answer.status < 300) ||
           err_set(err, ERR_UPSTREAM, "%s %s answers %d: %.300s", method, path, answer.status,
                   *body);
}

/* Of the answer to a POST. */
static bool make(struct office *office, const char *path, const char *prefix, const char *json,
                 int64_t *id, struct err *err)
{
    const char *body, *text;

    if (!office_call(office, office->mem, "POST", path, NULL, json, &body, err))
        return false;
    text = json_text_at(office->mem, body, "id");
    return (text && id_read(prefix, text, strlen(text), id)) ||
           err_set(err, ERR_INTERNAL, "%s answers without an id", path);
}

bool office_import(struct office *office, struct arena *mem, const char *csv, struct err *err)
{
    const char *body;

    return office_call(office, mem, "POST", "/api/v1/people/imports", NULL, csv, &body, err);
}

/* --- jobs ------------------------------------------------------------------------------------- */

struct taking {
    const struct office *office;
    struct job job;
};

static bool take(struct tx *tx, void *arg, struct err *err)
{
    struct taking *taking = arg;
    struct list jobs;

    if (!db_all(tx, SQL_JOB_TAKE,
                ARGS(arg_time(tx->now), arg_time(instant_plus(tx->now, JOB_LEASE_MS)), arg_int(1),
                     arg_text(taking->office->taker), arg_int(-1), arg_int(-1), arg_int(-1),
                     arg_int(-1)),
                job_fields, sizeof(struct job), &jobs, err))
        return false;
    taking->job = jobs.n > 0 ? *(const struct job *)jobs.items : (struct job){ 0 };
    taking->job.taker = taking->office->taker;
    return true;
}

static const struct job_type *type_of(const char *kind)
{
    for (size_t i = 0; i < job_types_n; i++)
        if (text_equal(job_types[i].kind, kind))
            return &job_types[i];
    return NULL;
}

bool office_work(struct office *office, struct err *err)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("job");
    struct taking taking = { .office = office };

    for (;;) {
        struct scope scope = { .mem = mem };
        const struct job_type *type;

        if (!store_write(office->store, &scope, take, &taking, err))
            return false;
        if (taking.job.id.n == 0)
            return true;
        type = type_of(taking.job.kind);
        scope.organisation = taking.job.organisation_id;
        if (type && !type->run(
                        &(struct job_run){
                            .store = office->store, .mem = mem, .job = taking.job, .scope = scope },
                        err))
            return err_prefix(err, "the job %s: ", type->kind);
        arena_reset(mem);
    }
}

/* --- what comes in ---------------------------------------------------------------------------- */

struct scope office_scope(const struct office *office, struct arena *mem, int agent)
{
    struct actor actor = { ACTOR_SYSTEM, 0 };

    if (agent >= 0)
        actor = (struct actor){ ACTOR_USER, office->agents[agent].id.n };
    return (struct scope){ mem, office->organisation, actor };
}

bool office_receive(struct office *office, struct arena *mem, enum way way, const char *external_id,
                    struct bytes raw, struct err *err)
{
    struct scope scope = office_scope(office, mem, -1);
    struct received item = { .external_id = external_id, .raw = raw };
    size_t new_n;

    return pipeline_receive(office->store, &scope, office->channels[way], &item, 1, NULL, NULL,
                            &new_n, err) &&
           office_work(office, err);
}

struct finding {
    const char *external_id;
    struct message message;
    bool found;
};

static bool find(struct tx *tx, void *arg, struct err *err)
{
    struct finding *finding = arg;

    return message_by_external_id(tx, finding->external_id, &finding->message, &finding->found,
                                  err);
}

bool office_find(struct office *office, struct arena *mem, const char *external_id,
                 struct message *out, struct err *err)
{
    struct scope scope = office_scope(office, mem, -1);
    struct finding finding = { .external_id = external_id };

    if (!store_read(office->store, &scope, find, &finding, err))
        return false;
    *out = finding.message;
    return finding.found ||
           err_set(err, ERR_NOT_FOUND, "the message %s didn't arrive", external_id);
}

/* --- setting up ------------------------------------------------------------------------------- */

/* What Kannel answers at its own address. */
static bool post_sms(struct request *rq, struct tx *tx, struct err *err)
{
    (void)tx, (void)err;
    return reply_text(rq, "text/plain", "0: Accepted for delivery");
}

static const struct route operator_rows[] = {
    ROUTE(POST, "/cgi-bin/sendsms", ALONE, post_sms, ANYONE, RAW_BODY(64 * 1024),
          CONTENT("text/plain"), "Takes an SMS and sends it nowhere."),
};
static const struct routes operator_routes = ROUTES(operator_rows);

static bool start_server(const struct office_settings *settings, struct office *office,
                         struct err *err)
{
    const struct routes **routes =
        NEW_ARRAY(office->mem, const struct routes *, settings->routes_n + 1);
    struct server_settings server = {
        .store = settings->store,
        .address = "127.0.0.1",
        .routes = routes,
        .routes_n = settings->routes_n + 1,
    };

    memcpy(routes, settings->routes, settings->routes_n * sizeof(routes[0]));
    routes[settings->routes_n] = &operator_routes;
    if (!server_start(&server, &office->server, err))
        return false;
    office->url = arena_printf(office->mem, "http://127.0.0.1:%d", server_port(office->server));
    return true;
}

/* They can't log in: they have no password. */
static bool find_agent(struct tx *tx, struct office *office, int i, const struct list *users,
                       struct err *err)
{
    const char *email = arena_printf(
        tx->mem, "%s@lindewerf.example",
        text_lower(tx->mem, arena_text_n(tx->mem, agent_names[i], strcspn(agent_names[i], " "))));
    struct user_draft draft = { .email = email, .name = agent_names[i], .role = ROLE_AGENT };
    const struct user *all = users->items;
    struct user made;

    office->agents[i].name = agent_names[i];
    for (size_t k = 0; k < users->n; k++)
        if (text_equal(all[k].email, email)) {
            office->agents[i].id = all[k].id;
            return true;
        }
    if (!user_make(tx, &draft, NULL, &made, err))
        return false;
    office->agents[i].id = made.id;
    return true;
}

static bool find_agents(struct tx *tx, void *arg, struct err *err)
{
    struct office *office = arg;
    struct list users;

    if (!user_list(tx, (user_id){ 0 }, USERS_MAX, &users, err))
        return false;
    for (int i = 0; i < AGENTS_N; i++)
        if (!find_agent(tx, office, i, &users, err))
            return false;
    return true;
}

static bool find_teams(struct tx *tx, void *arg, struct err *err)
{
    struct office *office = arg;
    const struct team *all;
    struct team team;
    struct list teams;

    if (!team_list(tx, (team_id){ 0 }, USERS_MAX, &teams, err))
        return false;
    all = teams.items;
    for (int i = 0; i < TEAMS_N; i++) {
        office->teams[i] = (team_id){ 0 };
        for (size_t k = 0; k < teams.n; k++)
            if (text_equal(all[k].name, team_names[i]))
                office->teams[i] = all[k].id;
        if (office->teams[i].n == 0 && !team_make(tx, team_names[i], &team, err))
            return false;
        office->teams[i] = office->teams[i].n != 0 ? office->teams[i] : team.id;
        for (int k = 0; k < AGENTS_N; k++)
            if ((k % TEAMS_N == i || i == 0) &&
                !team_set_member(tx, office->teams[i], office->agents[k].id, true, &team, err))
                return false;
    }
    return true;
}

struct wanted_channel {
    const char *type, *name, *address, *settings;
    channel_id found;
};

static bool find_channel(struct tx *tx, void *arg, struct err *err)
{
    struct wanted_channel *wanted = arg;
    const struct channel *rows;
    struct list channels;

    wanted->found = (channel_id){ 0 };
    if (!db_all(tx, SQL_CHANNEL_LIST, ARGS(arg_organisation(tx)), channel_fields,
                sizeof(struct channel), &channels, err))
        return false;
    rows = channels.items;
    for (size_t i = 0; i < channels.n; i++)
        if (text_equal(rows[i].type, wanted->type) && text_equal(rows[i].address, wanted->address))
            wanted->found = rows[i].id;
    return true;
}

/* One that an earlier run made leads to where that run listened. */
static bool connect(struct office *office, enum way way, struct wanted_channel *wanted,
                    struct err *err)
{
    struct scope scope = office_scope(office, office->mem, -1);
    const char *settings, *body;

    if (!store_read(office->store, &scope, find_channel, wanted, err))
        return false;
    office->channels[way] = wanted->found;
    settings =
        arena_printf(office->mem, "{\"address\":\"%s\"%s}", wanted->address, wanted->settings);
    if (wanted->found.n != 0)
        return office_call(
            office, office->mem, "PATCH",
            arena_printf(office->mem, "/api/v1/channels/%s", id_text("chn", wanted->found.n).s),
            NULL, arena_printf(office->mem, "{\"is_demo\":false,\"settings\":%s}", settings), &body,
            err);
    return make(office, "/api/v1/channels", "chn",
                arena_printf(office->mem,
                             "{\"type\":\"%s\",\"name\":\"%s\",\"team_id\":\"%s\",\"settings\":%s}",
                             wanted->type, wanted->name, id_text("tem", office->teams[0].n).s,
                             settings),
                &office->channels[way].n, err);
}

/* The chat that ./run makes for the page of an invented site is the same one. */
static bool make_channels(struct office *office, struct err *err)
{
    struct arena *mem = office->mem;
    struct wanted_channel wanted[WAYS_N] = {
        [WAY_MAIL] = { "email", "Post", "service@lindewerf.example",
                      arena_printf(mem,
                      ",\"sender_name\":\"Lindewerf\",\"checked_by\":\"" MAIL_CHECKER
                                    "\",\"smtp_host\":\"127.0.0.1\","
                                    "\"smtp_port\":%d,\"smtp_security\":\"plain\"", town_mail_port(office->mail)) },
        [WAY_PHONE] = { "api", "Telefoon", "088 000 12 00", "" },
        [WAY_CHAT] = { "chat", "Chat op de site", "demo.lindewerf.example",
                      ",\"title\":\"Lindewerf\",\"colour\":\"#0e5a63\",\"challenge_bits\":1" },
        [WAY_APP] = { "api", "Mijn Lindewerf", "mijn.lindewerf.example", "" },
        [WAY_SMS] = { "sms_kannel", "SMS", SMS_NUMBER,
                      arena_printf(mem,
                      ",\"username\":\"lindewerf\",\"password\":\"%s\","
                                   "\"send_url\":\"%s/cgi-bin/sendsms\"", random_text(mem, 24), office->url) },
    };
    const char *path, *body;

    for (enum way way = 0; way < WAYS_N; way++) {
        if (way == WAY_CHAT) /* what a visitor doesn't see goes by the mailbox before it */
            wanted[way].settings =
                arena_printf(mem, "%s,\"mail_channel\":\"%s\"", wanted[way].settings,
                             id_text("chn", office->channels[WAY_MAIL].n).s);
        if (!connect(office, way, &wanted[way], err))
            return false;
    }
    path = arena_printf(mem, "/api/v1/channels/%s/secret",
                        id_text("chn", office->channels[WAY_CHAT].n).s);
    if (!office_call(office, mem, "GET", path, NULL, NULL, &body, err))
        return false;
    office->chat_secret = json_text_at(mem, body, "secret");
    return true;
}

static bool make_records(struct office *office, struct err *err)
{
    static const char *const types[] = {
        "{\"name\":\"repair\",\"label\":\"Reparatie\",\"fields\":[{\"name\":\"what\","
        "\"label\":\"Wat\"}],\"statuses\":[{\"name\":\"reported\",\"label\":\"gemeld\"},{\"name\":"
        "\"planned\",\"label\":\"ingepland\"},{\"name\":\"done\",\"label\":\"uitgevoerd\"}]}",
        "{\"name\":\"invoice\",\"label\":\"Factuur\",\"fields\":[{\"name\":\"amount\",\"label\":"
        "\"Bedrag\"}],\"statuses\":[{\"name\":\"open\",\"label\":\"open\"},{\"name\":\"reminded\","
        "\"label\":\"aangemaand\"},{\"name\":\"paid\",\"label\":\"betaald\"}]}",
    };
    const char *body;

    if (office_call(office, office->mem, "GET", "/api/v1/record-types/repair", NULL, NULL, &body,
                    err))
        return true;
    err_clear(err);
    for (size_t i = 0; i < COUNT(types); i++)
        if (!office_call(office, office->mem, "POST", "/api/v1/record-types", NULL, types[i], &body,
                         err))
            return false;
    return true;
}

/* When it is open: promises are warned about in these hours. */
static bool make_hours(struct office *office, struct err *err)
{
    static const char *const days[] = { "mon", "tue", "wed", "thu", "fri" };
    struct arena *mem = office->mem;
    const char *body, *week = "";

    if (!office_call(office, mem, "GET", "/api/v1/calendars", NULL, NULL, &body, err))
        return false;
    if (strstr(body, "\"cal_"))
        return true;
    for (size_t i = 0; i < COUNT(days); i++)
        week = arena_printf(mem, "%s%s{\"day\":\"%s\",\"from\":\"08:00\",\"to\":\"17:00\"}", week,
                            i > 0 ? "," : "", days[i]);
    body = arena_printf(mem,
                        "{\"name\":\"Kantoor\",\"is_default\":true,\"week\":[%s],\"holidays\":["
                        "\"new_year\",\"easter_monday\",\"kings_day\",\"ascension\","
                        "\"whit_monday\",\"christmas\",\"second_christmas\"]}",
                        week);
    return office_call(office, mem, "POST", "/api/v1/calendars", NULL, body, &body, err);
}

static void no_news(void *arg, unsigned wake)
{
    (void)arg, (void)wake;
}

bool office_open(const struct office_settings *settings, struct office *out, struct err *err)
{
    struct scope scope;

    *out = (struct office){
        .store = settings->store,
        .organisation = settings->organisation,
        .mem = arena_new("office"),
    };
    out->taker = lease_holder_new(out->mem);
    email_init();
    fetch_allow_private(true); /* to ourselves */
    scope = office_scope(out, out->mem, -1);
    out->sealer = sealer_start(settings->store, no_news, NULL);
    return town_mail_start(&out->mail, err) && start_server(settings, out, err) &&
           office_token_make(out->store, &scope, &out->token_id, &out->token, err) &&
           store_write(out->store, &scope, find_agents, out, err) &&
           store_write(out->store, &scope, find_teams, out, err) && make_channels(out, err) &&
           make_records(out, err) && make_hours(out, err) && duplicates_schedule(out->store, err);
}

/* From here on nobody is at the other side: nothing is fetched, and an answer leads nowhere. */
static bool leave_channels(struct office *office, struct err *err)
{
    const char *body;

    for (enum way way = 0; way < WAYS_N; way++)
        if (office->channels[way].n != 0 &&
            !office_call(office, office->mem, "PATCH",
                         arena_printf(office->mem, "/api/v1/channels/%s",
                                      id_text("chn", office->channels[way].n).s),
                         NULL, "{\"is_demo\":true}", &body, err))
            return false;
    return true;
}

void office_close(struct office *office)
{
    struct scope scope;
    struct err err = { 0 };

    if (!office->mem)
        return;
    scope = office_scope(office, office->mem, -1);
    if (office->token && !leave_channels(office, &err))
        err_clear(&err);
    if (office->token && !office_token_end(office->store, &scope, office->token_id, &err))
        err_clear(&err);
    server_stop(office->server);
    town_mail_stop(office->mail);
    sealer_stop(office->sealer);
    arena_freep(&office->mem);
}

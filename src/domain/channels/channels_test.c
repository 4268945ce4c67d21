#include "channels.h"

#include "api.h"
#include "test.h"

#include "../../base/fetch.h"
#include "../../base/text.h"
#include "../../channel/email.h"

#include <string.h>

TEST(a_channel_says_what_is_wrong_with_it)
{
    static const struct {
        const char *json, *words;
    } rows[] = {
        { "{\"name\":null}",                     "must not be null"                    },
        { "{\"name\":\"\"}",                     "must not be empty"                   },
        { "{\"name\":\" \"}",                    "must say what the channel is called" },
        { "{\"team_id\":\"tem_0000000000001\"}", "isn't known here"                    },
        { "{\"type\":\"email\"}",                "can't be changed"                    },
        { "{\"settings\":{\"address\":7}}",      "/settings/address"                   },
        { "{\"settings\":{\"address\":\" \"}}",  "/settings/address"                   },
        { "{\"settings\":{\"colour\":\"red\"}}", "isn't a field here"                  },
    };
    WORLD(w);
    API(api, &w, &channel_routes);
    const char *path;

    api_as(&api, ROLE_ADMIN);
    CHECK(api_call(&api, POST, "/api/v1/channels",
                   "{\"type\":\"api\",\"name\":\"App\",\"settings\":{\"address\":\"app\"}}") ==
          201);
    path = arena_printf(w.mem, "/api/v1/channels/%s", api_text(&api, "id"));
    for (size_t i = 0; i < COUNT(rows); i++) {
        api.header = "If-Match: \"1\"";
        if (api_call(&api, PATCH, path, rows[i].json) != 422 || !strstr(api.body, rows[i].words))
            test_fail(__FILE__, __LINE__, "%s: %d %s", rows[i].json, api.status, api.body);
    }
    api.header = "If-Match: \"1\"";
    CHECK(api_call(&api, PATCH, path, "{\"name\":\"Chat\",\"enabled\":false}") == 200);
    CHECK_TEXT(api_text(&api, "name"), "Chat");
    CHECK_TEXT(api_header(&api, "ETag"), "\"2\"");
    api_as(&api, ROLE_AGENT);
    CHECK(api_call(&api, PATCH, path, "{\"name\":\"x\"}") == 403);
}

TEST(a_setting_that_can_only_be_a_slip_is_refused_where_it_stands)
{
#define MAILBOX "\"address\":\"a@x.test\",\"smtp_host\":\"a.test\""
    static const struct {
        const char *type, *others, *name;
        const char *bad[5];
    } rows[] = {
        { "email", MAILBOX,                                   "imap_host",     { "", " ", "a\\n.test", "a .test", "a.test/x" } },
        { "email", MAILBOX,                                   "imap_user",     { "", " ", "anna\\r\\nb", "\\t", "\\u2028" }    },
        { "email", MAILBOX,                                   "imap_password", { "", " ", "geheim\\n", "\\t", "a\\rb" }        },
        { "email", MAILBOX,                                   "smtp_password", { "", " ", "geheim\\n", "\\t", "a\\rb" }        },
        { "email", MAILBOX,                                   "smtp_user",     { "", " ", "anna\\r\\nb", "\\t", "\\u0085" }    },
        { "email", MAILBOX,                                   "imap_folders",  { "", " ", "INBOX\\r\\nb", ",", " , " }         },
        { "email", MAILBOX,                                   "sent_folder",   { "", " ", "Sent\\r\\nb", "\\t", "\\u00a0" }    },
        { "email", MAILBOX,                                   "sender_name",   { "", " ", "An\\nna", "\\t", "\\u007f" }        },
        { "email", MAILBOX,                                   "ca_file",       { "", " ", "/etc\\n", "\\t", "\\u001f" }        },
        { "email",
         "\"address\":\"a@x.test\",\"imap_host\":\"a.test\"", "smtp_host",
         { "", " ", "\\u0007", "a.test:993", "me@a.test" }                                                                     },
        { "api",
         "\"address\":\"app\"",                               "webhook_url",
         { "", " ", "https://a\\n.test", "https://a .test", "ftp://a.test" }                                                   },
        { "api",   "\"webhook_url\":null",                    "address",       { "", " ", "a\\nb", "\\t", "\\u3000" }          },
    };
#undef MAILBOX
    WORLD(w);
    API(api, &w, &channel_routes);

    api_as(&api, ROLE_ADMIN);
    for (size_t i = 0; i < COUNT(rows); i++)
        for (size_t bad = 0; bad < COUNT(rows[i].bad); bad++) {
            const char *json = arena_printf(
                w.mem, "{\"type\":\"%s\",\"name\":\"A\",\"settings\":{%s,\"%s\":\"%s\"}}",
                rows[i].type, rows[i].others, rows[i].name, rows[i].bad[bad]);

            if (api_call(&api, POST, "/api/v1/channels", json) != 422 ||
                !strstr(api.body, arena_printf(w.mem, "\"/settings/%s\"", rows[i].name)))
                test_fail(__FILE__, __LINE__, "%s: %d %s", json, api.status, api.body);
        }
}

/* Connects an API channel that posts to this URL (NULL: nowhere), with an address of its own; its
 * path. */
static const char *add_channel(struct api *api, const char *webhook)
{
    const char *json =
        arena_printf(api->w->mem,
                     "{\"type\":\"api\",\"name\":\"App\",\"settings\":{\"address\":\"%s\","
                     "\"webhook_url\":%s}}",
                     random_text(api->w->mem, 12),
                     webhook ? arena_printf(api->w->mem, "\"%s\"", webhook) : "null");

    return api_call(api, POST, "/api/v1/channels", json) == 201
               ? arena_printf(api->w->mem, "/api/v1/channels/%s", api_text(api, "id"))
               : NULL;
}

struct mail_servers {
    channel_id channel;
    struct mail_server imap, smtp;
};

static bool find_servers(struct tx *tx, void *arg, struct err *err)
{
    struct mail_servers *servers = arg;
    struct open_channel channel;

    if (!channel_open(tx, servers->channel, &channel, err))
        return false;
    servers->imap = email_imap_server(channel.settings);
    servers->smtp = email_smtp_server(channel.settings);
    return true;
}

TEST(what_is_left_out_of_a_mailbox_follows_what_it_is_taken_from)
{
    static const struct {
        const char *settings, *imap, *smtp;
    } rows[] = {
        { "\"imap_password\":\"new\"",      "mail.test:993 a@x.test new", "mail.test:465 a@x.test new" },
        { "\"imap_user\":\"anna\"",         "mail.test:993 anna new",     "mail.test:465 anna new"     },
        { "\"imap_host\":\"b.test\"",       "b.test:993 anna new",        "b.test:465 anna new"        },
        { "\"smtp_security\":\"starttls\"", "b.test:993 anna new",        "b.test:587 anna new"        },
        { "\"imap_security\":\"starttls\"", "b.test:143 anna new",        "b.test:587 anna new"        },
        { "\"smtp_password\":\"own\"",      "b.test:143 anna new",        "b.test:587 anna own"        },
        { "\"imap_password\":\"newer\"",    "b.test:143 anna newer",      "b.test:587 anna own"        },
        { "\"smtp_port\":25",               "b.test:143 anna newer",      "b.test:25 anna own"         },
    };
    WORLD(w);
    API(api, &w, &channel_routes);
    struct mail_servers servers;
    const char *id;

    api_as(&api, ROLE_ADMIN);
    CHECK(api_call(&api, POST, "/api/v1/channels",
                   "{\"type\":\"email\",\"name\":\"Mail\",\"settings\":{\"address\":\"a@x.test\","
                   "\"imap_host\":\"mail.test\",\"imap_password\":\"old\"}}") == 201);
    id = api_text(&api, "id");
    CHECK(id_read("chn", id, strlen(id), &servers.channel.n));
    for (size_t i = 0; i < COUNT(rows); i++) {
        api.header = arena_printf(w.mem, "If-Match: \"%zu\"", i + 1);
        CHECK(api_call(&api, PATCH, arena_printf(w.mem, "/api/v1/channels/%s", id),
                       arena_printf(w.mem, "{\"settings\":{%s}}", rows[i].settings)) == 200);
        CHECK_OK(world_read(&w, find_servers, &servers), &w.err);
        CHECK_TEXT(arena_printf(w.mem, "%s:%u %s %s", servers.imap.host, servers.imap.port,
                                servers.imap.user, servers.imap.password),
                   rows[i].imap);
        CHECK_TEXT(arena_printf(w.mem, "%s:%u %s %s", servers.smtp.host, servers.smtp.port,
                                servers.smtp.user, servers.smtp.password),
                   rows[i].smtp);
    }
}

TEST(channels_are_listed_without_what_is_secret)
{
    WORLD(w);
    API(api, &w, &channel_routes);
    const char *path, *secret;

    api_as(&api, ROLE_ADMIN);
    path = add_channel(&api, NULL);
    CHECK(path && add_channel(&api, NULL));
    CHECK(api_call(&api, GET, arena_printf(w.mem, "%s/secret", path), NULL) == 200);
    secret = api_text(&api, "secret");
    CHECK(secret != NULL);
    api_as(&api, ROLE_AGENT);
    CHECK(api_call(&api, GET, arena_printf(w.mem, "%s/secret", path), NULL) == 403);
    CHECK(api_call(&api, GET, "/api/v1/channels", NULL) == 200 && api_count(&api, "chn") == 2);
    CHECK(!strstr(api.body, secret));
    w.scope.organisation.n = id_new();
    api_as(&api, ROLE_ADMIN);
    CHECK(api_call(&api, GET, "/api/v1/channels", NULL) == 200 && api_count(&api, "chn") == 0);
    CHECK(api_call(&api, GET, arena_printf(w.mem, "%s/secret", path), NULL) == 404);
}

TEST(every_type_of_channel_is_described_for_the_forms)
{
    WORLD(w);
    API(api, &w, &channel_routes);

    api_as(&api, ROLE_AGENT);
    CHECK(api_call(&api, GET, "/api/v1/channel-types", NULL) == 200);
    for (size_t i = 0; i < channel_types_n; i++)
        CHECK(strstr(api.body, arena_printf(w.mem, "\"name\":\"%s\"", channel_types[i]->name)));
    CHECK(strstr(api.body, "\"is_secret\":true"));
}

/* The other side of the webhook is the server itself: it is there, or answers 404, or may
 * not be called at all. */
TEST(a_channel_is_tried_against_its_other_side)
{
    static const struct {
        const char *path;
        bool may_be_private;
        int status;
    } rows[] = {
        { "/api/v1/channels", true,  204 },
        { "/nothing/here",    true,  502 },
        { "/api/v1/channels", false, 502 },
    };
    WORLD(w);
    API(api, &w, &channel_routes);
    bool was_allowed = fetch_private_is_allowed();

    api_as(&api, ROLE_ADMIN);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *path = add_channel(&api, arena_printf(w.mem, "http://127.0.0.1:%d%s",
                                                          server_port(api.server), rows[i].path));
        CHECK(path != NULL);
        fetch_allow_private(rows[i].may_be_private);
        api_call(&api, POST, arena_printf(w.mem, "%s/test", path), NULL);
        fetch_allow_private(was_allowed);
        if (api.status != rows[i].status)
            test_fail(__FILE__, __LINE__, "%s: %d %s", rows[i].path, api.status, api.body);
    }
    CHECK(api_call(&api, POST, "/api/v1/channels/chn_0000000000001/test", NULL) == 404);
    api_as(&api, ROLE_LEAD);
    CHECK(api_call(&api, POST, "/api/v1/channels/chn_0000000000001/test", NULL) == 403);
}

/* One look of the receiver or the sender at a channel. */
struct look {
    channel_id channel;
    bool is_sending;
    const char *error; /* NULL: all is well */
};

static bool note(struct tx *tx, void *arg, struct err *err)
{
    const struct look *look = arg;

    if (look->is_sending)
        return channel_note_sending(tx, look->channel, look->error, err);
    return channel_set_health(tx, look->channel, look->error, 0, err);
}

static bool count_turns(struct tx *tx, void *arg, struct err *err)
{
    return db_number(
        tx, sql_composed("SELECT count(*) FROM events_pending WHERE kind LIKE 'channel.send_%'"),
        NO_ARGS, arg, err);
}

static channel_id id_of(const char *path)
{
    const char *text = strrchr(path, '/') + 1;
    channel_id id;

    id_read("chn", text, strlen(text), &id.n);
    return id;
}

TEST(a_channel_that_receives_well_and_cannot_send_says_so_and_the_other_way_round)
{
    static const struct {
        bool is_sending;
        const char *error, *receiving, *sending; /* sending, receiving: what it says then */
        int64_t turns;
    } rows[] = {
        { false, NULL,           NULL,         NULL,           0 },
        { true,  NULL,           NULL,         NULL,           0 },
        { true,  "no such host", NULL,         "no such host", 1 },
        { true,  "no such host", NULL,         "no such host", 1 },
        { false, NULL,           NULL,         "no such host", 1 },
        { true,  "no login",     NULL,         "no login",     1 },
        { false, "no mailbox",   "no mailbox", "no login",     1 },
        { true,  NULL,           "no mailbox", NULL,           2 },
        { true,  NULL,           "no mailbox", NULL,           2 },
        { false, NULL,           NULL,         NULL,           2 },
    };
    WORLD(w);
    API(api, &w, &channel_routes);
    const char *path;
    int64_t turns;

    api_as(&api, ROLE_ADMIN);
    path = add_channel(&api, NULL);
    CHECK(path != NULL);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct look look = { id_of(path), rows[i].is_sending, rows[i].error };
        CHECK_OK(world_write(&w, note, &look) && world_read(&w, count_turns, &turns), &w.err);
        CHECK(api_call(&api, GET, path, NULL) == 200);
        if (!text_equal(api_text(&api, "last_error"), rows[i].receiving) ||
            !text_equal(api_text(&api, "send_error"), rows[i].sending) || turns != rows[i].turns)
            test_fail(__FILE__, __LINE__, "row %zu: %lld turns, %s", i, (long long)turns, api.body);
    }
    CHECK(api_text(&api, "send_good_at") && api_text(&api, "send_error_at"));
}

TEST(a_good_test_of_a_channel_says_that_it_can_send_again)
{
    WORLD(w);
    API(api, &w, &channel_routes);
    struct look look = { .is_sending = true, .error = "the webhook answered 404" };
    const char *path;

    api_as(&api, ROLE_ADMIN);
    path = add_channel(&api, NULL);
    CHECK(path != NULL);
    look.channel = id_of(path);
    CHECK_OK(world_write(&w, note, &look), &w.err);
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/test", path), NULL) == 204);
    CHECK(api_call(&api, GET, path, NULL) == 200);
    CHECK(!api_text(&api, "send_error") && api_text(&api, "send_error_at"));
}

TEST(an_address_is_connected_once)
{
    static const char app[] =
        "{\"type\":\"api\",\"name\":\"App\",\"settings\":{\"address\":\"app\"}}";
    WORLD(w);
    API(api, &w, &channel_routes);
    const char *first;

    api_as(&api, ROLE_ADMIN);
    CHECK(api_call(&api, POST, "/api/v1/channels", app) == 201);
    first = arena_printf(w.mem, "/api/v1/channels/%s", api_text(&api, "id"));
    CHECK(api_call(&api, POST, "/api/v1/channels", app) == 422);
    CHECK(strstr(api.body, "{\"pointer\":\"/settings/address\",\"detail\":\"is connected already"));
    /* one that is switched off makes room, and finds none later */
    api.header = "If-Match: *";
    CHECK(api_call(&api, PATCH, first, "{\"enabled\":false}") == 200);
    CHECK(api_call(&api, POST, "/api/v1/channels", app) == 201);
    api.header = "If-Match: *";
    CHECK(api_call(&api, PATCH, first, "{\"enabled\":true}") == 422);
    api.header = "If-Match: *";
    CHECK(api_call(&api, PATCH, first, "{\"enabled\":true,\"settings\":{\"address\":\"other\"}}") ==
          200);
}

#include "devices.h"

#include "desk.h"
#include "test.h"

#include "../../auth/sessions_api.h"
#include "../../base/fetch.h"

#define PATH "/api/v1/me/devices"
#define KEYS                                                                                       \
    "\"p256dh\":\"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-"                              \
    "AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4\",\"auth\":\"BTBZMqHH6r4Tts7J_aSIgg\""

static int put(struct api *api, const char *endpoint, const char *more)
{
    return api_call(api, PUT, PATH,
                    arena_printf(api->w->mem,
                                 "{\"name\":\"Telefoon\",\"language\":\"nl\",\"endpoint\":\"%s\","
                                 "\"notify_assigned\":true," KEYS "%s}",
                                 endpoint, more));
}

static bool count_notices(struct tx *tx, void *arg, struct err *err)
{
    return db_number(tx, sql_composed("SELECT count(*) FROM notices"), NO_ARGS, arg, err);
}

/* How many notices wait to be told; -1 when that can't be said. */
static int told(struct world *w)
{
    int64_t n;

    return world_read(w, count_notices, &n) ? (int)n : -1;
}

TEST(an_endpoint_has_an_origin_of_https_and_a_name)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    static const struct {
        const char *endpoint;
        bool may_be_private;
        const char *origin;
    } rows[] = {
        { "https://push.example/send/abc", false, "https://push.example"      },
        { "https://push.example:8443/x",   false, "https://push.example:8443" },
        { "http://push.example/x",         true,  NULL                        },
        { "https://user@push.example/x",   false, NULL                        },
        { "https://push.example",          false, NULL                        },
        { "https://push.example:/x",       false, NULL                        },
        { "https:///x",                    false, NULL                        },
        { "https://[::1]/x",               true,  NULL                        },
        { "https://a\\\"b/x",              false, NULL                        },
        { "http://127.0.0.1:99/x",         false, NULL                        },
        { "http://127.0.0.1:99/x",         true,  "http://127.0.0.1:99"       },
        { "http://127.0.0.1:@x.test/",     true,  NULL                        },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *origin = endpoint_origin(mem, rows[i].endpoint, rows[i].may_be_private);
        CHECK((origin == NULL) == (rows[i].origin == NULL));
        if (origin)
            CHECK_TEXT(origin, rows[i].origin);
    }
}

TEST(the_same_browser_is_one_device_and_only_its_user_sees_it)
{
    WORLD(w);
    API(api, &w, &device_routes);
    const char *id;

    api_as(&api, ROLE_AGENT);
    CHECK(put(&api, "https://push.example/1", "") == 200);
    CHECK(says(&api, "\"is_current\":true") && !says(&api, "push.example"));
    id = api_text(&api, "id");
    CHECK(put(&api, "https://push.example/1", ",\"notify_mentioned\":true") == 200);
    CHECK_TEXT(api_text(&api, "id"), id);
    CHECK(put(&api, "https://push.example/2", "") == 200);
    CHECK(api_call(&api, GET, PATH, NULL) == 200 && api_count(&api, "dev") == 2);
    CHECK(says(&api, "\"notify_mentioned\":true"));

    api_as(&api, ROLE_AGENT);
    CHECK(api_call(&api, GET, PATH, NULL) == 200 && api_count(&api, "dev") == 0);
    CHECK(api_call(&api, DELETE, arena_printf(w.mem, PATH "/%s", id), NULL) == 404);
    /* Somebody else at the same browser: it's his now. */
    CHECK(put(&api, "https://push.example/1", "") == 200);
    CHECK(api_call(&api, DELETE, arena_printf(w.mem, PATH "/%s", id), NULL) == 204);
    CHECK(api_call(&api, GET, PATH, NULL) == 200 && api_count(&api, "dev") == 0);
}

TEST(what_is_no_subscription_is_refused)
{
    WORLD(w);
    API(api, &w, &device_routes);
    bool was_allowed = fetch_private_is_allowed();

    api_as(&api, ROLE_AGENT);
    fetch_allow_private(false);
    CHECK(put(&api, "http://push.example/1", "") == 422);
    CHECK(put(&api, "http://127.0.0.1:1/1", "") == 422);
    CHECK(put(&api, "https://push.example/1", ",\"language\":\"xx\"") >= 400);
    CHECK(put(&api, "https://push.example/1", ",\"auth\":\"AAAAAAAAAAAAAAAAAAAAAAAA\"") >= 400);
    fetch_allow_private(was_allowed);
    CHECK(
        api_call(&api, PUT, PATH,
                 "{\"name\":\"x\",\"language\":\"nl\",\"endpoint\":\"https://push.example/1\","
                 "\"p256dh\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
                 "AAAAAAAAAAAAAAAAAAAAAA\",\"auth\":\"BTBZMqHH6r4Tts7J_aSIgg\"}") == 422);
    api_as_token(&api, ROLE_AGENT, "case:read");
    CHECK(put(&api, "https://push.example/1", "") == 403);
}

TEST(an_organisation_has_one_key_and_another_a_different_one)
{
    WORLD(w);
    API(api, &w, &device_routes);
    uint8_t one[WEBPUSH_SECRET_LEN], two[WEBPUSH_SECRET_LEN];
    const char *key;

    push_secret(w.mem, store_key(w.store), (organisation_id){ 1 }, one);
    push_secret(w.mem, store_key(w.store), (organisation_id){ 2 }, two);
    CHECK(memcmp(one, two, sizeof(one)) != 0);
    api_as(&api, ROLE_AGENT);
    CHECK(api_call(&api, GET, "/api/v1/me/push-key", NULL) == 200);
    key = api_text(&api, "key");
    CHECK(strlen(key) == 87);
    CHECK(api_call(&api, GET, "/api/v1/me/push-key", NULL) == 200);
    CHECK_TEXT(api_text(&api, "key"), key);
}

/* An agent with a device that is told of everything, his case, and an administrator. */
#define TOLD(w, api, agent, path, channel)                                                         \
    WORLD(w);                                                                                      \
    API(api, &w, &case_routes, &channel_routes, &exchange_in_routes, &note_routes, &device_routes, \
        &session_routes);                                                                          \
    const char *channel, *path;                                                                    \
    user_id agent;                                                                                 \
    const char *cookie, *csrf;                                                                     \
    agent = api_as(&api, ROLE_AGENT);                                                              \
    cookie = api.cookie;                                                                           \
    csrf = api.csrf;                                                                               \
    CHECK(put(&api, "https://push.example/1",                                                      \
              ",\"notify_answered\":true,\"notify_mentioned\":true") == 200);                      \
    (void)cookie, (void)csrf, (void)agent;                                                         \
    api_as(&api, ROLE_ADMIN);                                                                      \
    channel = add_channel(&api);                                                                   \
    path = arrive(&api, channel, "1", "jan", "Waar blijft mijn pakket?");                          \
    CHECK(path != NULL)

static int assign(struct api *api, const char *path, user_id user)
{
    return change(api, path,
                  arena_printf(api->w->mem, "{\"assignee_id\":\"%s\"}", id_text("usr", user.n).s));
}

TEST(one_is_told_of_a_case_that_a_colleague_gives_and_of_what_its_customer_writes)
{
    TOLD(w, api, agent, path, channel);

    CHECK(told(&w) == 0);
    CHECK(assign(&api, path, agent) == 200 && told(&w) == 1);
    CHECK(change(&api, path, "{\"title\":\"Pakket\"}") == 200 && told(&w) == 1);
    CHECK(arrive(&api, channel, "2", "jan", "Nog steeds niets") != NULL && told(&w) == 2);
}

TEST(nobody_is_told_what_he_did_himself)
{
    TOLD(w, api, agent, path, channel);

    api.cookie = cookie;
    api.csrf = csrf;
    CHECK(assign(&api, path, agent) == 200 && told(&w) == 0);
}

TEST(whom_a_note_names_is_told_once)
{
    TOLD(w, api, agent, path, channel);
    const char *notes = arena_printf(w.mem, "%s/notes", path);

    CHECK(api_call(&api, POST, notes, "{\"text\":\"Bel jan@voorbeeld.test\"}") == 201);
    CHECK(told(&w) == 0);
    CHECK(api_call(&api, POST, notes, "{\"text\":\"@Somebody kijk jij? Dank, @Somebody\"}") == 201);
    CHECK(told(&w) == 1);
}

TEST(who_has_logged_out_is_told_nothing_more)
{
    TOLD(w, api, agent, path, channel);
    const char *admin_cookie = api.cookie, *admin_csrf = api.csrf;

    api.cookie = cookie;
    api.csrf = csrf;
    CHECK(api_call(&api, POST, "/api/v1/logout", NULL) == 204);
    api.cookie = admin_cookie;
    api.csrf = admin_csrf;
    CHECK(assign(&api, path, agent) == 200 && told(&w) == 0);
}

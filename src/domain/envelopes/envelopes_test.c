#include "envelopes.h"

#include "api.h"
#include "test.h"

#include <string.h>

static bool add(struct tx *tx, void *arg, struct err *err)
{
    static const char raw[] = "no mail";
    struct envelope envelope = {
        .channel_id = { 7 },
        .external_id = "1",
        .size = sizeof(raw) - 1,
        .raw = { (const uint8_t *)raw, sizeof(raw) - 1 },
        .folder = "",
        .state = ENVELOPE_NOT_UNDERSTOOD,
        .stage = "parse",
        .reason = "it has no header",
    };
    bool is_new;

    return envelope_add(tx, &envelope, NULL, &is_new, err) &&
           (*(envelope_id *)arg = envelope.id, true);
}

TEST(what_is_not_understood_is_put_aside_and_comes_back_when_it_is_run_again)
{
    WORLD(w);
    API(api, &w, &envelope_routes);
    const char *path;
    envelope_id id;

    CHECK_OK(world_write(&w, add, &id), &w.err);
    path = arena_printf(w.mem, "/api/v1/envelopes/%s", id_text("env", id.n).s);
    api_as(&api, ROLE_AGENT);
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/ignore", path), NULL) == 403);
    api_as(&api, ROLE_LEAD);
    CHECK(api_call(&api, GET, "/api/v1/envelopes", NULL) == 200 && api_count(&api, "env") == 1);
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/ignore", path), NULL) == 200);
    CHECK_TEXT(api_text(&api, "state"), "ignored");
    CHECK_TEXT(api_text(&api, "reason"), "it has no header");
    CHECK(api_call(&api, GET, "/api/v1/envelopes", NULL) == 200 && api_count(&api, "env") == 0);
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/ignore", path), NULL) == 409);
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/run", path), NULL) == 202);
    CHECK_TEXT(api_text(&api, "state"), "waiting");
}

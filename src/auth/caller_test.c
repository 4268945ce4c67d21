#include "caller.h"

#include "test.h"
#include "world.h"

#include "../base/text.h"

#include <string.h>

TEST(a_cookie_is_found_among_others)
{
    static const struct {
        const char *header, *value;
    } rows[] = {
        { "a=1; gestand_session=secret; b=2", "secret" },
        { "gestand_session=secret",           "secret" },
        { "a=1;gestand_session=s=x",          "s=x"    },
        { "gestand_session=",                 ""       },
        { "xgestand_session=no",              NULL     },
        { "gestand_sessions=no",              NULL     },
        { "a=gestand_session=no",             NULL     },
        { "gestand_session",                  NULL     },
        { "; ;;",                             NULL     },
        { "",                                 NULL     },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK_TEXT(cookie_value(mem, rows[i].header, "gestand_session"), rows[i].value);
}

struct headers {
    const char *authorization, *cookie;
    struct caller caller;
};

static bool find(struct tx *tx, void *arg, struct err *err)
{
    struct headers *headers = arg;

    return caller_find(tx, headers->authorization, headers->cookie, &headers->caller, err);
}

TEST(a_bad_token_is_refused_and_a_bad_cookie_is_nobody)
{
    WORLD(w);
    struct headers headers = { .cookie = "gestand_session=unknown" };

    CHECK_OK(world_read(&w, find, &headers), &w.err);
    CHECK(headers.caller.organisation_id.n == 0 && headers.caller.rights == 0);
    headers = (struct headers){ .authorization = "Bearer gst_unknown" };
    CHECK(!world_read(&w, find, &headers) && w.err.code == ERR_UNAUTHENTICATED);
    headers.authorization = "Basic YTpi";
    CHECK(!world_read(&w, find, &headers) && w.err.code == ERR_UNAUTHENTICATED);
    headers.authorization = "Bearer ";
    CHECK(!world_read(&w, find, &headers) && w.err.code == ERR_UNAUTHENTICATED);
}

TEST(nobody_gives_a_right_that_they_lack)
{
    struct caller caller = { .rights = role_rights(ROLE_LEAD) };
    struct err err = { 0 };

    CHECK_OK(caller_covers(&caller, role_rights(ROLE_AGENT), &err), &err);
    CHECK(!caller_covers(&caller, role_rights(ROLE_ADMIN), &err) && err.code == ERR_DENIED);
}

#include "login_limits.h"

#include "test.h"

#include "../http/limits.h"

static const instant start = { 1800000000000 };

TEST(an_account_can_be_tried_some_times_from_one_address)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct login_limits *limits = login_limits_new(mem);
    instant later = instant_plus(start, MINUTE_MS);

    for (int i = 0; i < LOGIN_TRIES_MAX; i++)
        CHECK(login_limits_try(limits, "192.0.2.1", "anna", start) == 0);
    CHECK(login_limits_try(limits, "192.0.2.1", "anna", later) == LOGIN_WINDOW_MS - MINUTE_MS);
    CHECK(login_limits_try(limits, "192.0.2.2", "anna", later) == 0); /* she isn't locked out */
    CHECK(login_limits_try(limits, "192.0.2.1", "anna", instant_plus(start, LOGIN_WINDOW_MS)) == 0);
}

TEST(who_gets_in_may_make_mistakes_again)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct login_limits *limits = login_limits_new(mem);

    for (int i = 0; i < 50 * LOGIN_TRIES_MAX; i++) {
        CHECK(login_limits_try(limits, "192.0.2.1", "anna", start) == 0);
        login_limits_succeeded(limits, "192.0.2.1", "anna");
    }
}

TEST(an_address_that_tries_many_accounts_has_to_wait_for_all_of_them)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct login_limits *limits = login_limits_new(mem);
    int64_t tries = 0;

    while (tries < 1000 &&
           login_limits_try(limits, "192.0.2.1",
                            arena_printf(mem, "account %lld", (long long)tries), start) == 0)
        tries++;
    /* Two that share a slot are counted for both. */
    CHECK(tries > 9 * LOGIN_TRIES_MAX && tries <= 10 * LOGIN_TRIES_MAX);
    CHECK(login_limits_try(limits, "192.0.2.2", "anna", start) == 0);
}

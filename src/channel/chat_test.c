#include "chat.h"

#include "test.h"
#include "world.h"

#include "../base/text.h"
#include "chat_challenge.h"
#include "chat_token.h"

#include <string.h>

static instant at(const char *text)
{
    instant moment = { 0 };

    (void)!instant_read(text, strlen(text), &moment);
    return moment;
}

TEST(a_chat_is_open_as_its_hours_say_and_tells_when_it_opens_again)
{
    static const struct {
        const char *hours, *now, *next; /* next NULL: it's open; "": never */
        bool has_holidays;
    } rows[] = {
        { "",                                     "2026-11-30T03:00:00Z", NULL,                   true  },
        { "mon-fri 09:00-17:00",                  "2026-11-30T08:00:00Z", NULL,                   true  },
        { "mon-fri 09:00-17:00",                  "2026-11-30T07:59:59Z", "2026-11-30T08:00:00Z", true  },
        { "mon-fri 09:00-17:00",                  "2026-11-30T16:00:00Z", "2026-12-01T08:00:00Z", true  },
        { "mon-fri 09:00-17:00, sat 10:00-12:00", "2026-12-04T16:00:00Z", "2026-12-05T09:00:00Z",
         true                                                                                           },
        { "mon-fri 09:00-12:00 13:00-17:00",      "2026-11-30T11:30:00Z", "2026-11-30T12:00:00Z", true  },
        { "fri-mon 00:00-24:00",                  "2026-11-29T23:30:00Z", NULL,                   true  },
        { "mon-fri 09:00-17:00",                  "2026-12-25T10:00:00Z", "2026-12-28T08:00:00Z", true  },
        { "mon-fri 09:00-17:00",                  "2026-12-25T10:00:00Z", NULL,                   false },
        /* Summer time. */
        { "mon-fri 09:00-17:00",                  "2026-07-01T06:30:00Z", "2026-07-01T07:00:00Z", true  },
        { "MON 9:00-10:00; tue 9:00-10:00",       "2026-11-30T10:00:00Z", "2026-12-01T08:00:00Z", true  },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct chat_settings settings = { .hours = rows[i].hours,
                                          .closed_on_holidays = rows[i].has_holidays };
        struct chat_hours hours = chat_hours_of(&settings, "Europe/Amsterdam");
        instant next;
        bool is_open = chat_hours_are_open(&hours, at(rows[i].now), &next);
        if (is_open != !rows[i].next || (rows[i].next && next.ms != at(rows[i].next).ms))
            test_fail(__FILE__, __LINE__, "%s at %s: %d, %lld", rows[i].hours, rows[i].now, is_open,
                      (long long)next.ms);
    }
}

TEST(hours_that_cannot_be_meant_are_refused)
{
    static const char *const rows[] = {
        "always",
        "mon",
        "mon 9-17",
        "mon 09:00",
        "mon 17:00-9:00",
        "mon 9:00-9:00",
        "mon 9:60-10:00",
        "mon 9:00-24:01",
        "mon-xyz 9:00-10:00",
        "9:00-10:00",
        "mon 9:00-10:00 9:30-11:00",
        "mon 9:00-10:00, mon 8:00-9:00",
        "mon 1:00-2:00 3:00-4:00 5:00-6:00 7:00-8:00 9:00-10:00 11:00-12:00 13:00-14:00",
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct chat_hours hours;
        struct err err;
        err_clear(&err);
        if (chat_hours_read(rows[i], &hours, &err))
            test_fail(__FILE__, __LINE__, "%s", rows[i]);
    }
}

static const struct bytes site_secret = {
    (const uint8_t *)"a secret of the site that is long enough", 40
};

TEST(a_token_of_the_site_says_who_its_visitor_is)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    const char *token = chat_token_write(mem,
                                         "{\"sub\":\"h-1042\",\"email\":\"jan@klant.example\","
                                         "\"name\":\"Jan\",\"exp\":2000,\"aud\":[1]}",
                                         site_secret);
    struct chat_claims claims;
    struct err err;

    err_clear(&err);
    CHECK_OK(chat_token_read(mem, token, site_secret, (instant){ 1999000 }, &claims, &err), &err);
    CHECK_TEXT(claims.subject, "h-1042");
    CHECK_TEXT(claims.email, "jan@klant.example");
    CHECK_TEXT(claims.name, "Jan");
    CHECK(claims.expires_at.ms == 2000000);
}

TEST(a_token_that_proves_nothing_is_refused)
{
    static const struct {
        const char *claims, *words;
    } rows[] = {
        { "{\"exp\":2000}",                            "sub"     },
        { "{\"sub\":\" \",\"exp\":2000}",              "sub"     },
        { "{\"sub\":7,\"exp\":2000}",                  "sub"     },
        { "{\"sub\":\"a\\nb\",\"exp\":2000}",          "sub"     },
        { "{\"sub\":\"x\"}",                           "exp"     },
        { "{\"sub\":\"x\",\"exp\":\"2000\"}",          "exp"     },
        { "{\"sub\":\"x\",\"exp\":-1}",                "exp"     },
        { "{\"sub\":\"x\",\"exp\":1e300}",             "exp"     },
        { "{\"sub\":\"x\",\"exp\":1000}",              "expired" },
        { "{\"sub\":\"x\",\"exp\":9000,\"nbf\":8000}", "nbf"     },
        { "not json",                                  "sub"     },
    };
    static const char *const odd[] = { "", ".", "..", "a.b", "a.b.c", "a.b.c.d", "=.=.=" };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    const char *good = chat_token_write(mem, "{\"sub\":\"x\",\"exp\":2000}", site_secret);
    /* {"alg":"none"} and the same claims, without and with a signature of another kind. */
    const char *none = arena_printf(mem, "eyJhbGciOiJub25lIn0%s", strchr(good, '.'));
    struct chat_claims claims;
    struct err err;

    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *token = chat_token_write(mem, rows[i].claims, site_secret);
        err_clear(&err);
        if (chat_token_read(mem, token, site_secret, (instant){ 1900000 }, &claims, &err) ||
            err.code != ERR_UNAUTHENTICATED || !strstr(err.text, rows[i].words))
            test_fail(__FILE__, __LINE__, "%s: %s", rows[i].claims, err.text);
    }
    for (size_t i = 0; i < COUNT(odd); i++)
        CHECK(!chat_token_read(mem, odd[i], site_secret, (instant){ 1 }, &claims, &err));
    CHECK(!chat_token_read(mem, none, site_secret, (instant){ 1 }, &claims, &err));
    CHECK(!chat_token_read(mem, arena_printf(mem, "%s.", good), site_secret, (instant){ 1 },
                           &claims, &err));
    CHECK(!chat_token_read(mem, good, (struct bytes){ site_secret.data, 39 }, (instant){ 1 },
                           &claims, &err));
    CHECK(chat_token_read(mem, good, site_secret, (instant){ 1 }, &claims, &err));
}

TEST(a_challenge_is_solved_by_work_and_by_nothing_else)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    const uint8_t key[KEY_LEN] = { 1 }, other[KEY_LEN] = { 2 };
    const channel_id channel = { 7 };
    const instant now = { 1000000 };
    const char *challenge = chat_challenge_make(mem, key, channel, 10, now);
    const char *number = chat_challenge_solve(mem, challenge);
    char *easier = arena_text(mem, challenge);
    uint8_t used[HASH_LEN];
    struct err err;

    err_clear(&err);
    CHECK_OK(chat_challenge_check(key, channel, challenge, number, now, used, &err), &err);
    CHECK(!chat_challenge_check(key, (channel_id){ 8 }, challenge, number, now, used, &err));
    CHECK(!chat_challenge_check(other, channel, challenge, number, now, used, &err));
    CHECK(!chat_challenge_check(key, channel, challenge, "", now, used, &err));
    CHECK(!chat_challenge_check(key, channel, challenge, "1x", now, used, &err));
    CHECK(!chat_challenge_check(key, channel, challenge, arena_printf(mem, "0%s", number), now,
                                used, &err));
    CHECK(!chat_challenge_check(key, channel, challenge, number,
                                instant_plus(now, CHAT_CHALLENGE_MS), used, &err));
    easier[1] = '1'; /* 11 bits; and one with 1x is no more ours */
    CHECK(!chat_challenge_check(key, channel, easier, chat_challenge_solve(mem, easier), now, used,
                                &err));
}

TEST(the_brands_colour_must_let_white_be_read)
{
    static const struct {
        const char *colour, *words;
    } rows[] = {
        { "#0e5a63", NULL        },
        { "#0E5A63", NULL        },
        { "#767676", NULL        },
        { "#777777", "too light" },
        { "#ffee00", "too light" },
        { "0e5a633", "a colour"  },
        { "#0e5a6g", "a colour"  },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct chat_settings settings = { .address = "x", .colour = rows[i].colour };
        struct err err;
        bool ok;
        err_clear(&err);
        ok = chat_channel.check(mem, &settings, &err);
        if (ok != !rows[i].words || (!ok && !strstr(err.fields[0].detail, rows[i].words)))
            test_fail(__FILE__, __LINE__, "%s: %s", rows[i].colour, err.text);
    }
}

TEST(a_frame_may_stand_only_where_the_settings_say)
{
    static const struct {
        const char *origins, *policy; /* NULL: refused */
    } rows[] = {
        { NULL,                                      "'self'"                  },
        { "https://www.x.nl/",                       "'self' https://www.x.nl" },
        { "https://WWW.x.nl, http://localhost:8080",
         "'self' https://www.x.nl http://localhost:8080"                       },
        { "https://*.x.nl",                          "'self' https://*.x.nl"   },
        { "*",                                       NULL                      },
        { "www.x.nl",                                NULL                      },
        { "https://x.nl;script-src",                 NULL                      },
        { "https://x.nl/path",                       NULL                      },
        { "javascript:1",                            NULL                      },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct chat_settings settings = { .address = "x", .origins = rows[i].origins };
        struct err err;
        bool ok;
        err_clear(&err);
        ok = chat_channel.check(mem, &settings, &err);
        if (ok != (rows[i].policy != NULL) ||
            (ok && !text_equal(chat_ancestors(mem, &settings), rows[i].policy)))
            test_fail(__FILE__, __LINE__, "%s: %s", rows[i].origins, err.text);
    }
}

#include "clock.h"

#include "test.h"

#include <pthread.h>
#include <string.h>

static bool reads(const char *text, int64_t *ms)
{
    struct bytes exact = test_exact(text, strlen(text));
    instant at;

    if (!instant_read((const char *)exact.data, exact.len, &at))
        return false;
    *ms = at.ms;
    return true;
}

TEST(moments_are_written_in_utc_with_milliseconds)
{
    static const struct {
        int64_t ms;
        const char *text;
    } rows[] = {
        { 1,               "1970-01-01T00:00:00.001Z" },
        { 951782399999,    "2000-02-28T23:59:59.999Z" },
        { 951782400000,    "2000-02-29T00:00:00.000Z" },
        { 1795253400000,   "2026-11-21T09:30:00.000Z" },
        { 4107542400000,   "2100-03-01T00:00:00.000Z" }, /* no leap year */
        { 253402300799999, "9999-12-31T23:59:59.999Z" },
        { -1,              "1969-12-31T23:59:59.999Z" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        char text[INSTANT_TEXT_MAX];

        CHECK(instant_write((instant){ rows[i].ms }, text) == strlen(rows[i].text));
        CHECK_TEXT(text, rows[i].text);
    }
}

TEST(no_moment_is_too_long_for_its_room)
{
    char text[INSTANT_TEXT_MAX];

    CHECK(instant_write((instant){ INT64_MAX }, text) < INSTANT_TEXT_MAX);
    CHECK(instant_write((instant){ INT64_MIN }, text) < INSTANT_TEXT_MAX);
}

TEST(each_day_is_read_as_it_was_written)
{
    for (int64_t ms = 1; ms < 253402300800000; ms += 997 * HOUR_MS + 1) {
        char text[INSTANT_TEXT_MAX];
        instant again;

        CHECK(instant_write((instant){ ms }, text) == 24);
        CHECK(instant_read(text, 24, &again) && again.ms == ms);
    }
}

TEST(moments_of_any_offset_are_read)
{
    static const struct {
        const char *text;
        int64_t ms;
    } rows[] = {
        { "2026-11-21T09:30:00Z",           1795253400000 },
        { "2026-11-21t09:30:00z",           1795253400000 },
        { "2026-11-21T10:30:00+01:00",      1795253400000 },
        { "2026-11-21T04:00:00-05:30",      1795253400000 },
        { "2026-11-21T09:30:00.5Z",         1795253400500 },
        { "2026-11-21T09:30:00.123456789Z", 1795253400123 },
        { "2016-12-31T23:59:60Z",           1483228800000 }, /* a leap second */
        { "2017-01-01T00:59:60+01:00",      1483228800000 },
        { "1970-01-01T00:00:00.001Z",       1             },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t ms = 0;

        if (!reads(rows[i].text, &ms) || ms != rows[i].ms)
            test_fail(__FILE__, __LINE__, "%s is %lld", rows[i].text, (long long)ms);
    }
}

TEST(what_is_no_moment_is_refused)
{
    static const char *const rows[] = {
        "",
        "2026",
        "2026-11-21",
        "2026-11-21T09:30:00",
        "2026-11-21 09:30:00Z",
        "2026-11-21T09:30Z",
        "2026-11-21T09:30:00.Z",
        "2026-11-21T09:30:00Z ",
        "2026-11-21T09:30:00+0100",
        "2026-11-21T09:30:00+24:00",
        "2026-11-21T09:30:00+01:60",
        "2026-13-01T00:00:00Z",
        "2026-00-01T00:00:00Z",
        "2026-02-29T00:00:00Z",
        "2100-02-29T00:00:00Z",
        "2026-04-31T00:00:00Z",
        "2026-01-00T00:00:00Z",
        "2026-11-21T24:00:00Z",
        "2026-11-21T09:60:00Z",
        "2026-11-21T09:30:60Z",
        "1969-12-31T23:59:59Z",
        "1970-01-01T00:00:00Z", /* would be "none" */
        "9999-12-31T23:59:59-00:01",
        "-026-11-21T09:30:00Z",
        "+2026-11-21T09:30:00Z",
        "2026-11-21T09:30:0\xc2\xb2Z",
        "12026-11-21T09:30:00Z",
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t ms;

        if (reads(rows[i], &ms))
            test_fail(__FILE__, __LINE__, "%s was read", rows[i]);
    }
    CHECK(!instant_read("2026-11-21T09:30:00Z\0", 21, &(instant){ 0 }));
}

TEST(mail_has_its_own_way_to_write_moments)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    CHECK_TEXT(instant_mail(mem, (instant){ 1795253400000 }), "Sat, 21 Nov 2026 09:30:00 +0000");
    CHECK_TEXT(instant_mail(mem, (instant){ 1 }), "Thu, 01 Jan 1970 00:00:00 +0000");
}

TEST(the_fake_clock_stands_still_until_it_is_advanced)
{
    instant real = clock_now();

    clock_fake((instant){ 1000 });
    CHECK(clock_now().ms == 1000 && clock_now().ms == 1000);
    clock_advance(MINUTE_MS);
    CHECK(clock_now().ms == 61000);
    CHECK(instant_plus(clock_now(), -1000).ms == 60000);
    clock_fake((instant){ 0 });
    CHECK(clock_now().ms >= real.ms);
}

static void *watch_clock(void *result)
{
    int64_t before = 0;

    for (int i = 0; i < 20000; i++) {
        int64_t now = clock_now().ms;

        if (now < before)
            *(bool *)result = false;
        before = now;
    }
    return NULL;
}

TEST(the_clock_never_goes_back_on_any_thread)
{
    pthread_t threads[4];
    bool ok[4];

    for (size_t i = 0; i < COUNT(threads); i++) {
        ok[i] = true;
        CHECK(pthread_create(&threads[i], NULL, watch_clock, &ok[i]) == 0);
    }
    for (size_t i = 0; i < COUNT(threads); i++)
        pthread_join(threads[i], NULL);
    for (size_t i = 0; i < COUNT(threads); i++)
        CHECK(ok[i]);
    CHECK(clock_monotonic_us() / 1000 <= clock_monotonic_ms());
}

static void set_the_clock_back(int64_t *ms)
{
    clock_shift(-*ms);
}

static void set_it_right(int64_t *ms)
{
    clock_shift(*ms);
}

TEST(a_clock_that_is_set_back_goes_on_slower_until_it_agrees_and_never_back)
{
    CLEANUP(set_it_right) int64_t back = 2000;
    int64_t began = clock_monotonic_ms(), last = clock_now().ms, at = last;

    set_the_clock_back(&back);
    while (clock_monotonic_ms() - began < 400) {
        CHECK(clock_now().ms >= last);
        last = clock_now().ms;
    }
    /* Half of 400 ms, give or take what another program had the processor for. */
    CHECK(last - at >= 150 && last - at < clock_monotonic_ms() - began);
    clock_shift(back);
    back = 0;
    CHECK(clock_now().ms > last);
}

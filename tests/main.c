/* main.c — runs the tests that registered themselves. */
#include "test.h"

#include "../src/base/clock.h"
#include "../src/base/crypt.h"
#include "../src/base/log.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

static struct test *tests;
static const char *current;
static bool failed, skipped;
static int passed, failures, skips;
static void *blocks[1024];
static size_t blocks_n;

void test_register(struct test *test)
{
    test->next = tests;
    tests = test;
}

void test_fail(const char *file, int line, const char *what, ...)
{
    va_list args;

    failed = true;
    printf("FAILED %s\n  %s:%d: ", current, file, line);
    va_start(args, what);
    vprintf(what, args);
    va_end(args);
    printf("\n");
}

void test_skip(const char *why)
{
    skipped = true;
    printf("skipped %s: %s\n", current, why);
}

struct bytes test_exact(const void *data, size_t len)
{
    void *block = malloc(len > 0 ? len : 1);

    if (!block || blocks_n == COUNT(blocks))
        abort();
    if (len > 0)
        memcpy(block, data, len);
    blocks[blocks_n++] = block;
    return (struct bytes){ block, len };
}

bool test_age(const char *path, int64_t age_ms)
{
    time_t then = time(NULL) - age_ms / SECOND_MS;
    struct timespec times[2] = { { .tv_sec = then }, { .tv_sec = then } };

    return utimensat(AT_FDCWD, path, times, AT_SYMLINK_NOFOLLOW) == 0;
}

bool test_text_equal(const char *file, int line, const char *got, const char *wanted)
{
    if (got && wanted ? strcmp(got, wanted) == 0 : got == wanted)
        return true;
    test_fail(file, line, "got    %s\n  wanted %s", got ? got : "(null)",
              wanted ? wanted : "(null)");
    return false;
}

static bool is_wanted(const struct test *test, int n, char **words)
{
    for (int i = 1; i < n; i++)
        if (!test->is_at_end && (strstr(test->name, words[i]) || strstr(test->file, words[i])))
            return true;
    return n <= 1;
}

static void run(const struct test *test)
{
    current = test->name;
    failed = skipped = false;
    password_make_cheap(true);
    test->run();
    clock_fake((instant){ 0 });
    while (blocks_n > 0)
        free(blocks[--blocks_n]);
    if (failed)
        failures++;
    else if (skipped)
        skips++;
    else
        passed++;
}

int main(int argc, char **argv)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    crypt_init();
    log_set_level(getenv("TEST_LOG") ? LOG_DEBUG : LOG_ERROR);
    for (int at_end = 0; at_end <= 1; at_end++)
        for (const struct test *test = tests; test; test = test->next)
            if (test->is_at_end == at_end && is_wanted(test, argc, argv))
                run(test);
    printf("%d passed, %d failed", passed, failures);
    if (skips > 0)
        printf(", %d skipped", skips);
    printf("\n");
    return failures > 0;
}

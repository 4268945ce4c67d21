/* test.h — TEST(a_true_sentence) { … CHECK(…); }
 *
 * A test registers itself; CHECK fails it by returning, so CLEANUP variables are released. The
 * program takes words and runs the tests whose name or file holds one of them; its last line
 * is `N passed, N failed`.
 */
#pragma once

#include "../src/base/base.h"

struct test {
    const char *name, *file;
    void (*run)(void);
    bool is_at_end;
    struct test *next;
};

void test_register(struct test *test);
void test_fail(const char *file, int line, const char *what, ...) PRINTF(3, 4);
/* Counts the test as skipped, with the reason; return after it. */
void test_skip(const char *why);
/* Bytes in a block of exactly that size, without a NUL behind it, freed at the test's end: ASan
 * sees each byte too far. */
struct bytes test_exact(const void *data, size_t len);

/* As if nobody had written to the file for so long, by the system's clock. */
bool test_age(const char *path, int64_t age_ms);

#define TEST(sentence) TEST_REGISTERED(sentence, false)
/* What only the other tests together can show: runs when all of them did, and only then. */
#define TEST_AT_END(sentence) TEST_REGISTERED(sentence, true)

#define TEST_REGISTERED(sentence, at_end)                                                          \
    static void sentence(void);                                                                    \
    __attribute__((constructor)) static void sentence##_register(void)                             \
    {                                                                                              \
        static struct test test = { #sentence, __FILE__, sentence, at_end, NULL };                 \
        test_register(&test);                                                                      \
    }                                                                                              \
    static void sentence(void)

#define CHECK(condition)                                                                           \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            test_fail(__FILE__, __LINE__, "%s", #condition);                                       \
            return;                                                                                \
        }                                                                                          \
    } while (0)

/* CHECK for something that sets an err: prints its text. */
#define CHECK_OK(condition, err)                                                                   \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            test_fail(__FILE__, __LINE__, "%s: %s", #condition, (err)->text);                      \
            return;                                                                                \
        }                                                                                          \
    } while (0)

#define CHECK_TEXT(got, wanted)                                                                    \
    do {                                                                                           \
        if (!test_text_equal(__FILE__, __LINE__, (got), (wanted)))                                 \
            return;                                                                                \
    } while (0)
bool test_text_equal(const char *file, int line, const char *got, const char *wanted);

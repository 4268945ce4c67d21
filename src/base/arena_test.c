#include "arena.h"

#include "test.h"

#include <stdalign.h>
#include <string.h>

TEST(an_arena_gives_zeroed_memory_aligned_for_any_type)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (int round = 0; round < 2; round++) {
        for (size_t len = 0; len < 300; len++) {
            unsigned char *block = arena_alloc(mem, len);

            CHECK((uintptr_t)block % alignof(max_align_t) == 0);
            for (size_t i = 0; i < len; i++)
                CHECK(block[i] == 0);
            memset(block, 0xff, len);
        }
        arena_reset(mem); /* what is given out again is zeroed again */
    }
}

TEST(allocations_of_any_size_do_not_overlap)
{
    static const size_t sizes[] = { 1, 4095, 4096, 4097, 16, 300000, 262144, 7, 8192, 500000, 3 };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    unsigned char *blocks[COUNT(sizes) * 20];

    for (size_t i = 0; i < COUNT(blocks); i++) {
        blocks[i] = arena_alloc(mem, sizes[i % COUNT(sizes)]);
        memset(blocks[i], (int)i, sizes[i % COUNT(sizes)]);
    }
    for (size_t i = 0; i < COUNT(blocks); i++)
        for (size_t at = 0; at < sizes[i % COUNT(sizes)]; at++)
            CHECK(blocks[i][at] == (unsigned char)i);
}

TEST(an_arena_counts_what_it_gave_out_since_the_last_reset)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    CHECK(arena_used(mem) == 0);
    arena_alloc(mem, 10);
    arena_text(mem, "four");
    CHECK(arena_used(mem) == 15);
    arena_reset(mem);
    CHECK(arena_used(mem) == 0);
}

static char order[8];

static void note(void *what)
{
    size_t len = strlen(order);

    order[len] = *(const char *)what;
    order[len + 1] = '\0';
}

TEST(what_was_deferred_runs_newest_first_and_once)
{
    struct arena *mem = arena_new("test");

    order[0] = '\0';
    arena_defer(mem, note, "a");
    arena_defer(mem, note, "b");
    arena_reset(mem);
    CHECK_TEXT(order, "ba");
    arena_defer(mem, note, "c");
    arena_free(mem);
    CHECK_TEXT(order, "bac");
    arena_free(NULL);
}

TEST(copies_in_an_arena_end_with_a_nul)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct bytes outside = test_exact("abcdef", 6), copy = arena_bytes(mem, outside);
    char large[1000];

    CHECK_TEXT(arena_text_n(mem, outside.data, 3), "abc");
    CHECK(arena_text(mem, NULL) == NULL);
    CHECK(arena_bytes(mem, (struct bytes){ NULL, 0 }).data == NULL);
    CHECK(copy.len == 6 && copy.data != outside.data && memcmp(copy.data, "abcdef", 6) == 0);
    CHECK_TEXT(arena_printf(mem, "%d-%s", 7, "x"), "7-x");
    memset(large, 'x', sizeof(large) - 1);
    large[sizeof(large) - 1] = '\0';
    CHECK_TEXT(arena_printf(mem, "%s", large), large); /* longer than the first try's room */
}

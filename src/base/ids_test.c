#include "ids.h"

#include "clock.h"
#include "test.h"

#include <pthread.h>
#include <string.h>

TEST(each_new_id_is_greater_even_while_the_clock_stands_still)
{
    int64_t before = 0;

    clock_fake((instant){ clock_now().ms });
    for (int i = 0; i < 50000; i++) { /* more than the counter of one millisecond holds */
        int64_t id = id_new();

        CHECK(id > before);
        before = id;
    }
}

TEST(an_id_tells_when_and_where_it_was_made)
{
    const int64_t epoch_ms = 1577836800000;
    int64_t ms = (id_new() >> 22) + SECOND_MS; /* later than the ids of all other tests */
    int64_t id;

    ids_set_node(200);
    clock_fake((instant){ epoch_ms + ms });
    id = id_new();
    ids_set_node(0);
    CHECK(id >> 22 == ms);
    CHECK((id >> 14 & 255) == 200);
}

TEST(ids_go_on_after_the_newest_that_was_stored_also_when_the_clock_is_behind)
{
    int64_t stored = id_new() + ((int64_t)HOUR_MS << 22);

    ids_begin_after(stored - ((int64_t)DAY_MS << 22));
    CHECK(id_new() < stored);
    ids_begin_after(stored);
    CHECK(id_new() > stored);
}

static void *make_ids(void *out)
{
    int64_t *ids = out;

    for (int i = 0; i < 5000; i++)
        ids[i] = id_new();
    return NULL;
}

TEST(threads_never_make_the_same_id)
{
    static int64_t ids[4][5000];
    pthread_t threads[4];
    size_t at[4] = { 0 };

    for (size_t i = 0; i < COUNT(threads); i++)
        CHECK(pthread_create(&threads[i], NULL, make_ids, ids[i]) == 0);
    for (size_t i = 0; i < COUNT(threads); i++)
        pthread_join(threads[i], NULL);
    /* Each thread's are sorted: merge them, and no neighbours may be equal. */
    for (int64_t last = 0, n = 0; n < 20000; n++) {
        size_t least = 4;

        for (size_t i = 0; i < 4; i++)
            if (at[i] < 5000 && (least == 4 || ids[i][at[i]] < ids[least][at[least]]))
                least = i;
        CHECK(ids[least][at[least]] > last);
        last = ids[least][at[least]++];
    }
}

TEST(ids_are_read_as_they_were_written)
{
    static const int64_t rows[] = { 1, 31, 32, 0x123456789abcdef, INT64_MAX };

    for (size_t i = 0; i < COUNT(rows); i++) {
        char text[ID_TEXT_MAX];
        int64_t id;
        size_t len = id_write("cas", rows[i], text);
        struct bytes exact = test_exact(text, len);

        CHECK(len == 17 && strlen(text) == len);
        CHECK(id_read("cas", (const char *)exact.data, len, &id) && id == rows[i]);
    }
    char text[ID_TEXT_MAX];
    id_write("cas", 32, text);
    CHECK_TEXT(text, "cas_0000000000010");
}

TEST(what_is_no_id_of_that_noun_is_refused)
{
    static const char *const rows[] = {
        "",
        "cas",
        "cas_",
        "cas_000000000001",
        "cas_00000000000010",
        "msg_0000000000010",
        "cas-0000000000010",
        "cas_000000000001O",
        "cas_000000000001u",
        "cas_000000000001A",
        "cas_0000000000000",
        "cas_8000000000000",
        "cas_zzzzzzzzzzzzz",
        "CAS_0000000000010",
        "cas_00000000000 1",
        "cas_-000000000001",
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct bytes exact = test_exact(rows[i], strlen(rows[i]));
        int64_t id;

        if (id_read("cas", (const char *)exact.data, exact.len, &id))
            test_fail(__FILE__, __LINE__, "%s was read", rows[i]);
    }
}

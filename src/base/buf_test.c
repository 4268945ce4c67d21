#include "buf.h"

#include "test.h"

#include <stdlib.h>
#include <string.h>

TEST(a_buffer_grows_up_to_its_maximum_and_then_stays_full)
{
    CLEANUP(buf_free) struct buf b = BUF(1000);

    for (int i = 0; i < 100; i++)
        buf_text(&b, "0123456789");
    CHECK(b.len == 1000 && !b.full && strlen(b.data) == 1000);
    buf_char(&b, 'x');
    CHECK(b.len == 1000 && b.full);
    buf_drop(&b, 500);
    buf_text(&b, "y"); /* something is missing already: nothing may follow the gap */
    CHECK(b.len == 500 && b.full);
    buf_clear(&b);
    buf_text(&b, "z");
    CHECK(!b.full);
    CHECK_TEXT(buf_str(&b), "z");
}

TEST(a_piece_that_does_not_fit_is_left_out_whole)
{
    CLEANUP(buf_free) struct buf b = BUF(4);

    buf_text(&b, "abc");
    buf_text(&b, "de");
    CHECK_TEXT(buf_str(&b), "abc");
    CHECK(b.full);
}

TEST(whole_numbers_are_written_to_their_ends)
{
    static const struct {
        int64_t n;
        const char *text;
    } rows[] = {
        { 0,         "0"                    },
        { -1,        "-1"                   },
        { 1234567,   "1234567"              },
        { INT64_MAX, "9223372036854775807"  },
        { INT64_MIN, "-9223372036854775808" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        CLEANUP(buf_free) struct buf b = BUF(100);

        buf_int(&b, rows[i].n);
        CHECK_TEXT(buf_str(&b), rows[i].text);
    }
}

TEST(printing_into_a_buffer_takes_texts_of_any_length)
{
    CLEANUP(buf_free) struct buf b = BUF(10000), small = BUF(500);
    char large[601];

    memset(large, 'x', 600);
    large[600] = '\0';
    buf_printf(&b, "<%d>", 5);
    buf_printf(&b, "%s", large);
    CHECK(b.len == 603 && strlen(b.data) == 603 && strncmp(b.data, "<5>xx", 5) == 0);
    buf_printf(&small, "%s", large);
    CHECK(small.full && small.len == 0);
}

TEST(room_in_a_buffer_is_filled_by_the_caller)
{
    CLEANUP(buf_free) struct buf b = BUF(20);
    char *room;

    buf_text(&b, "0123456789");
    room = buf_room(&b, 10);
    CHECK(room);
    memcpy(room, "abc", 3);
    b.len += 3;
    CHECK_TEXT(buf_str(&b), "0123456789abc");
    CHECK(!buf_room(&b, 8));
    CHECK(b.full);
}

TEST(dropping_moves_the_rest_to_the_front)
{
    CLEANUP(buf_free) struct buf b = BUF(20);

    buf_text(&b, "0123456789");
    buf_drop(&b, 0);
    buf_drop(&b, 7);
    CHECK_TEXT(buf_str(&b), "789");
    buf_drop(&b, 99);
    CHECK_TEXT(buf_str(&b), "");
    CHECK(b.len == 0);
}

TEST(taking_the_memory_leaves_an_empty_buffer)
{
    struct buf b = BUF(20);
    size_t len = 99;
    char *taken = buf_take(&b, &len);

    CHECK_TEXT(taken, "");
    CHECK(len == 0);
    free(taken);
    buf_text(&b, "abc");
    taken = buf_take(&b, &len);
    CHECK_TEXT(taken, "abc");
    free(taken);
    CHECK(len == 3 && b.len == 0 && b.data == NULL && b.max == 20);
}

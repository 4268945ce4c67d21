#include "ids.h"

#include "test.h"

#include <string.h>

TEST(references_are_read_as_they_were_written)
{
    static const int64_t zone6 = 729000000, zone7 = 21870000000;
    const int64_t rows[] = { 1,
                             2,
                             zone6 - 1,
                             zone6,
                             zone6 + 1,
                             zone6 + 2,
                             zone6 + zone7,
                             zone6 + zone7 + 1,
                             INT64_MAX - 1,
                             INT64_MAX };

    for (size_t i = 0; i < COUNT(rows); i++) {
        char text[REFERENCE_TEXT_MAX];
        size_t len = reference_write(rows[i], text);
        struct bytes exact = test_exact(text, len);
        int64_t number;

        CHECK(len == strlen(text) && len < REFERENCE_TEXT_MAX);
        CHECK(reference_read((const char *)exact.data, len, &number) && number == rows[i]);
    }
    for (int64_t n = 1; n < 100000; n++) {
        char text[REFERENCE_TEXT_MAX];
        int64_t number;

        CHECK(reference_write(n, text) == 8 && text[3] == '-');
        CHECK(reference_read(text, 8, &number) && number == n);
    }
}

TEST(neighbouring_references_look_different)
{
    char before[REFERENCE_TEXT_MAX] = "", text[REFERENCE_TEXT_MAX];
    int same = 0, places = 0;

    for (int64_t n = 1; n <= 1000; n++) {
        reference_write(n, text);
        for (int i = 0; i < 8; i++) {
            places += text[i] != '-';
            same += text[i] != '-' && text[i] == before[i];
        }
        memcpy(before, text, sizeof(before));
    }
    CHECK(same < places / 15); /* by chance one in 30 */
}

TEST(every_wrong_character_in_a_reference_shows)
{
    static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRTUVWXY";

    for (int64_t n = 1; n < 2000000; n += 19937) {
        char right[REFERENCE_TEXT_MAX], text[REFERENCE_TEXT_MAX];
        size_t len = reference_write(n, right);
        int64_t number;

        for (size_t i = 0; i < len; i++)
            for (const char *c = alphabet; *c && right[i] != '-'; c++) {
                memcpy(text, right, sizeof(text));
                text[i] = *c;
                CHECK(*c == right[i] || !reference_read(text, len, &number));
            }
    }
}

/* How many of the texts with the characters i and another one exchanged are still read. */
static int unnoticed(const char *right, size_t len, size_t i)
{
    int n = 0;

    for (size_t j = i + 1; j < len; j++) {
        char text[REFERENCE_TEXT_MAX];
        int64_t number;

        if (right[i] == right[j] || right[i] == '-' || right[j] == '-')
            continue;
        memcpy(text, right, sizeof(text));
        text[i] = right[j];
        text[j] = right[i];
        n += reference_read(text, len, &number);
    }
    return n;
}

TEST(every_two_exchanged_characters_in_a_reference_show)
{
    for (int64_t n = 1; n < 2000000; n += 9973) {
        char right[REFERENCE_TEXT_MAX];
        size_t len = reference_write(n, right);

        for (size_t i = 0; i < len; i++)
            CHECK(unnoticed(right, len, i) == 0);
    }
}

TEST(a_reference_is_read_as_people_write_it)
{
    char right[REFERENCE_TEXT_MAX], text[32];
    int64_t number, n = 1;

    /* One with a 0, a 1, a 2 and a 5 would be rare: look for each in turn. */
    static const char digits[] = "0125", slips[] = "oLzS";
    for (size_t i = 0; i < 4; i++) {
        char *at;

        do
            reference_write(++n, right);
        while (!(at = strchr(right, digits[i])));
        *at = slips[i];
        CHECK(reference_read(right, 8, &number) && number == n);
    }
    reference_write(7, right);
    for (size_t i = 0; i < 8; i++) {
        text[2 * i] = right[i] == '-' ? ' ' : right[i];
        if (right[i] >= 'A')
            text[2 * i] = (char)(right[i] | 0x20);
        text[2 * i + 1] = ' ';
    }
    CHECK(reference_read(text, 16, &number) && number == 7);
}

TEST(what_is_no_reference_is_refused)
{
    static const char *const rows[] = {
        "",        "-",         "4K7", "4K7-M2Q", "4K7_M2QX", "4K7-M2Q\xc3", "000000000000000",
        "UUUUUUU", "----------"
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct bytes exact = test_exact(rows[i], strlen(rows[i]));
        int64_t number;

        if (reference_read((const char *)exact.data, exact.len, &number))
            test_fail(__FILE__, __LINE__, "%s was read", rows[i]);
    }
}

#include "err.h"

#include "test.h"
#include "text.h"

#include <string.h>

TEST(setting_an_error_says_false_and_replaces_what_was_there)
{
    struct err err = { 0 };

    err_field(&err, "title", "is missing");
    err.retry_after_ms = 5;
    CHECK(!err_set(&err, ERR_CONFLICT, "somebody changed %s", "it"));
    CHECK(err.code == ERR_CONFLICT && err.fields_n == 0 && err.retry_after_ms == 0);
    CHECK_TEXT(err.text, "somebody changed it");
    err_set(&err, ERR_INTERNAL, "%s, again", err.text); /* its own text may be an argument */
    CHECK_TEXT(err.text, "somebody changed it, again");
}

TEST(wrong_fields_are_collected_and_the_first_is_the_text)
{
    struct err err = { 0 };

    CHECK(!err_field(&err, "title", "is missing"));
    CHECK(!err_field(&err, "/to/0", "must be a text"));
    CHECK(err.code == ERR_INVALID && err.fields_n == 2);
    CHECK_TEXT(err.fields[0].pointer, "/title");
    CHECK_TEXT(err.fields[1].pointer, "/to/0");
    CHECK_TEXT(err.fields[1].detail, "must be a text");
    CHECK_TEXT(err.text, "title is missing");
    for (int i = 0; i < 20; i++)
        err_field(&err, "more", "and more");
    CHECK(err.fields_n == ERR_FIELDS_MAX);
}

TEST(a_wrong_field_after_another_error_starts_anew)
{
    struct err err = { 0 };

    err_field(&err, "a", "is wrong");
    err_set(&err, ERR_NOT_FOUND, "gone");
    err_field(&err, "b", "is wrong");
    CHECK(err.code == ERR_INVALID && err.fields_n == 1);
    CHECK_TEXT(err.text, "b is wrong");
}

TEST(nesting_moves_only_the_pointers_of_the_part)
{
    struct err err = { 0 };

    err_field(&err, "title", "is missing");
    err_field(&err, "name", "is missing");
    err_nest(&err, 1, "/files/0");
    CHECK_TEXT(err.fields[0].pointer, "/title");
    CHECK_TEXT(err.fields[1].pointer, "/files/0/name");
    err_nest(&err, 0, "/case");
    CHECK_TEXT(err.fields[0].pointer, "/case/title");
    CHECK_TEXT(err.text, "case/title is missing");
}

TEST(a_prefix_says_what_was_being_done)
{
    struct err err = { 0 };

    err_set(&err, ERR_NOT_FOUND, "isn't there");
    CHECK(!err_prefix(&err, "case %d: ", 7));
    CHECK(err.code == ERR_NOT_FOUND);
    CHECK_TEXT(err.text, "case 7: isn't there");
}

TEST(long_texts_are_cut_between_characters)
{
    struct err err = { 0 };
    char text[1000];

    memset(text, 'x', sizeof(text));
    for (size_t i = 0; i + 3 < sizeof(text); i += 3)
        memcpy(text + i + 1, "é", 2);
    text[sizeof(text) - 1] = '\0';
    err_set(&err, ERR_INTERNAL, "%s", text);
    CHECK(strlen(err.text) >= sizeof(err.text) - 3);
    CHECK(utf8_is_valid(err.text, strlen(err.text)));
    err_prefix(&err, "%s", text);
    CHECK(utf8_is_valid(err.text, strlen(err.text)));
    for (size_t cut = 0; cut < 3; cut++) {
        err_clear(&err);
        err_field(&err, text + 3 - cut % 3, "%s", text + (cut == 2 ? 1 : 0));
        CHECK(utf8_is_valid(err.fields[0].detail, strlen(err.fields[0].detail)));
    }
}

TEST(only_what_may_pass_is_temporary)
{
    for (int code = ERR_NONE; code < ERR_CODES_N; code++) {
        struct err err = { .code = (enum err_code)code };

        CHECK(err_is_temporary(&err) ==
              (code == ERR_BUSY || code == ERR_TOO_MANY || code == ERR_FULL));
    }
}

#include "form.h"

#include "test.h"
#include "text.h"

#include <string.h>

static bool read_text(struct arena *mem, const char *s, struct list *out, struct err *err)
{
    err_clear(err);
    return form_read(mem, test_exact(s, strlen(s)), out, err);
}

TEST(a_form_holds_bytes_of_any_encoding)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    const struct bytes *value;
    struct list form;
    struct err err;

    CHECK_OK(read_text(mem, "from=%2B316&text=%00%48+i&&empty=&bare&text=no", &form, &err), &err);
    CHECK(form.n == 5);
    CHECK_TEXT(form_text(mem, &form, "from"), "+316");
    value = form_find(&form, "text");
    CHECK(value->len == 4 && memcmp(value->data, "\0H i", 4) == 0);
    CHECK_TEXT(form_text(mem, &form, "text"), "H i");
    CHECK_TEXT(form_text(mem, &form, "empty"), "");
    CHECK_TEXT(form_text(mem, &form, "bare"), "");
    CHECK(!form_find(&form, "other") && !form_text(mem, &form, "other"));
    CHECK_OK(read_text(mem, "a=%c3", &form, &err), &err);
    CHECK_TEXT(form_text(mem, &form, "a"), "\xef\xbf\xbd");
    CHECK_OK(read_text(mem, "", &form, &err) && form.n == 0, &err);
}

TEST(what_is_no_form_is_refused)
{
    static const char *const rows[] = { "a=%", "a=%4", "a=%4g", "%=a", "%ff=a", "a=1&b=%zz" };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    char many[2 * FORM_VALUES_MAX + 2];
    struct list form;
    struct err err;

    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK(!read_text(mem, rows[i], &form, &err) && err.code == ERR_MALFORMED);
    for (size_t i = 0; i <= FORM_VALUES_MAX; i++)
        memcpy(many + 2 * i, "a&", 2);
    CHECK(!form_read(mem, test_exact(many, sizeof(many)), &form, &err));
    CHECK(form_read(mem, test_exact(many, sizeof(many) - 2), &form, &err) &&
          form.n == FORM_VALUES_MAX);
}

TEST(a_text_that_was_percent_encoded_reads_as_itself)
{
    static const char all[] = "a-b_c.d~e f+g%h&i=j/k\n\xe2\x82\xac";
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    const char *written = percent_write(mem, all);
    struct bytes read;

    CHECK(strncmp(written, "a-b_c.d~e%20f%2Bg%25h%26i%3Dj%2Fk%0A%E2%82%AC", 50) == 0);
    CHECK(percent_read(mem, test_exact(written, strlen(written)), false, &read));
    CHECK(read.len == strlen(all) && memcmp(read.data, all, read.len) == 0);
}

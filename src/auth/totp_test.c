#include "totp.h"

#include "test.h"

#include <string.h>

#define KEY(text) ((struct bytes){ (const uint8_t *)(text), strlen(text) })
static const char key[] = "12345678901234567890";

TEST(the_codes_of_a_counter_are_those_of_rfc_4226)
{
    static const uint32_t codes[] = { 755224, 287082, 359152, 969429, 338314,
                                      254676, 287922, 162583, 399871, 520489 };

    for (size_t i = 0; i < COUNT(codes); i++)
        CHECK(totp_code(KEY(key), (int64_t)i) == codes[i]);
}

TEST(the_codes_of_a_moment_are_those_of_rfc_6238)
{
    static const struct {
        int64_t second;
        uint32_t code; /* the last six digits of the eight that stand there */
    } rows[] = {
        { 59,          287082 },
        { 1111111109,  81804  },
        { 1111111111,  50471  },
        { 1234567890,  5924   },
        { 2000000000,  279037 },
        { 20000000000, 353130 },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK(totp_code(KEY(key), totp_step((instant){ rows[i].second * 1000 })) == rows[i].code);
}

TEST(a_code_is_right_a_step_before_and_after_its_own_and_never_twice)
{
    const instant at = { 1111111111000 }; /* the first second of a step: 050471 */
    int64_t own = totp_step(at), step;

    CHECK(totp_is_right(KEY(key), "050471", at, 0, &step) && step == own);
    CHECK(totp_is_right(KEY(key), "050471", instant_plus(at, -30000), 0, &step) && step == own);
    CHECK(totp_is_right(KEY(key), "050471", instant_plus(at, 30000), 0, &step) && step == own);
    CHECK(!totp_is_right(KEY(key), "050471", instant_plus(at, -60000), 0, &step));
    CHECK(!totp_is_right(KEY(key), "050471", instant_plus(at, 60000), 0, &step));
    CHECK(totp_is_right(KEY(key), "050471", at, own - 1, &step));
    CHECK(!totp_is_right(KEY(key), "050471", at, own, &step));
}

TEST(what_is_no_six_digits_is_no_code)
{
    static const char *const texts[] = { "", "50471", " 50471", "+50471", "0050471", "05047a" };
    int64_t step;

    for (size_t i = 0; i < COUNT(texts); i++)
        CHECK(!totp_is_right(KEY(key), texts[i], (instant){ 1111111111000 }, 0, &step));
}

TEST(a_secret_is_the_base32_of_its_key)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct bytes read;

    CHECK(totp_key_read(mem, "GEZDGNBVGY3TQOJQgezdgnbvgy3tqojq", &read));
    CHECK(read.len == 20 && memcmp(read.data, key, 20) == 0);
    CHECK(!totp_key_read(mem, "GEZD GNBV", &read));
    CHECK(!totp_key_read(mem, "1", &read));
    CHECK(!totp_key_read(mem, "", &read));
}

TEST(an_app_reads_the_secret_from_an_address_whatever_the_organisation_is_called)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    CHECK_TEXT(totp_uri(mem, "gezd", "Wonen & Co: \xc3\xa9\xc3\xa9n", "ann+x@example.org"),
               "otpauth://totp/Wonen%20%26%20Co%3A%20%C3%A9%C3%A9n:ann%2Bx%40example.org"
               "?secret=GEZD&issuer=Wonen%20%26%20Co%3A%20%C3%A9%C3%A9n");
}

#include "webpush.h"

#include "crypt.h"
#include "test.h"

#include <string.h>

/* The example of RFC 8291, section 5 and appendix A. */
#define THEIR_POINT                                                                                \
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
#define OUR_POINT                                                                                  \
    "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8"
#define OUR_SECRET "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
#define AUTH       "BTBZMqHH6r4Tts7J_aSIgg"
#define SALT       "DGv6ra1nlYgDCS1FRnbzlw"
#define BODY_OF_IT                                                                                 \
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"                             \
    "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"                             \
    "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"

static const uint8_t *read(struct arena *mem, const char *text)
{
    struct bytes bytes;

    return base64_read(mem, text, &bytes) ? bytes.data : NULL;
}

static struct bytes text_bytes(const char *text)
{
    return (struct bytes){ (const uint8_t *)text, strlen(text) };
}

TEST(a_text_is_sealed_as_the_example_of_the_rfc)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct bytes body;
    uint8_t point[WEBPUSH_POINT_LEN];

    CHECK(webpush_seal(mem, read(mem, THEIR_POINT), read(mem, AUTH), read(mem, OUR_SECRET),
                       read(mem, SALT), text_bytes("When I grow up, I want to be a watermelon"),
                       &body));
    CHECK_TEXT(webpush_base64(mem, body), BODY_OF_IT);
    CHECK(webpush_point(read(mem, OUR_SECRET), point));
    CHECK_TEXT(webpush_base64(mem, (struct bytes){ point, sizeof(point) }), OUR_POINT);
}

TEST(what_is_no_key_seals_nothing)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    uint8_t off[WEBPUSH_POINT_LEN], zeros[WEBPUSH_SECRET_LEN] = { 0 };
    struct bytes body, point = { off, sizeof(off) };
    static char large[WEBPUSH_TEXT_MAX + 1];

    memcpy(off, read(mem, THEIR_POINT), sizeof(off));
    CHECK(webpush_is_point(point));
    point.len--;
    CHECK(!webpush_is_point(point));
    point.len++;
    CHECK(!webpush_seal(mem, off, read(mem, AUTH), read(mem, OUR_SECRET), read(mem, SALT),
                        (struct bytes){ (const uint8_t *)large, sizeof(large) }, &body));
    off[64] ^= 1; /* beside the curve */
    CHECK(!webpush_is_point(point));
    CHECK(!webpush_seal(mem, off, read(mem, AUTH), read(mem, OUR_SECRET), read(mem, SALT),
                        text_bytes("x"), &body));
    off[64] ^= 1;
    off[0] = 2; /* compressed: not for this house */
    CHECK(!webpush_is_point(point));
    CHECK(!webpush_point(zeros, off));
    CHECK(webpush_authorization(mem, zeros, "https://push.example", "mailto:a@b.test", 1) == NULL);
}

TEST(two_fresh_keys_are_two_keys)
{
    uint8_t one[WEBPUSH_SECRET_LEN], two[WEBPUSH_SECRET_LEN], point[WEBPUSH_POINT_LEN];

    webpush_secret(one);
    webpush_secret(two);
    CHECK(memcmp(one, two, sizeof(one)) != 0);
    CHECK(webpush_point(one, point));
    CHECK(webpush_is_point((struct bytes){ point, sizeof(point) }));
}

TEST(a_push_service_reads_who_sends_it_and_until_when)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    const char *header = webpush_authorization(mem, read(mem, OUR_SECRET), "https://push.example",
                                               "mailto:push@example.test", 1453523768);
    const char *claims = header ? strchr(header, '.') : NULL;
    struct bytes read_claims;

    CHECK(claims && strncmp(header, "vapid t=", 8) == 0);
    CHECK(base64_read(mem, arena_text_n(mem, claims + 1, strcspn(claims + 1, ".")), &read_claims));
    CHECK_TEXT(arena_text_n(mem, (const char *)read_claims.data, read_claims.len),
               "{\"aud\":\"https://push.example\",\"exp\":1453523768,"
               "\"sub\":\"mailto:push@example.test\"}");
    CHECK(strstr(header, ", k=" OUR_POINT) != NULL);
}

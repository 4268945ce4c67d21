#include "sms_kannel.h"
#include "sms_twilio.h"

#include "test.h"

#include "../base/form.h"
#include "../base/text.h"

#include <string.h>

static bool parse(struct arena *mem, const struct channel_type *type, const char *query,
                  struct bytes body, struct incoming *out, struct err *err)
{
    struct bytes raw = { (const uint8_t *)query, strlen(query) };

    if (type == &kannel_channel)
        raw = kannel_raw(mem, query, body);
    err_clear(err);
    return type->parse(mem, test_exact(raw.data, raw.len), out, err);
}

TEST(an_sms_from_kannel_says_the_same_in_every_coding)
{
#define FROM "from=%2B31612345678&to=1008&id=1&time=1764500000"
    static const struct {
        const char *query, *body;
        size_t len;
        const char *text;
    } rows[] = {
        { FROM "&coding=0&charset=UTF-8",        "caf\xc3\xa9 \xe2\x82\xac",       10, "café €"         },
        { FROM "&coding=2&charset=UTF-16BE",     "\0W\0a\x20\xac\xd8\x3d\xde\x00", 10, "Wa€😀"          },
        { FROM "&coding=2&charset=UTF-16BE",     "\0W\xd8\x3d\0a\xde\x00\0",       9,  "W\ufffda\ufffd" },
        { FROM "&coding=2&charset=UTF-16BE",     "\0W\0\0\xd8\x3d",                6,  "W\ufffd"        },
        { FROM "&coding=0&charset=ISO-8859-1",   "caf\xe9",                        4,  "café"           },
        { FROM "&coding=0&charset=ISO-8859-15",  "\xa4",                           1,  "€"              },
        { FROM "&coding=0&charset=WINDOWS-1252", "\x80\x81x",                      3,  "€?x"            },
        { FROM "&coding=0&charset=EBCDIC",       "a\xff",                          2,  "a\ufffd"        },
        { FROM,                                  "",                               0,  ""               },
    };
#undef FROM
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct incoming in;
    struct err err;

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct bytes body = { (const uint8_t *)rows[i].body, rows[i].len };
        CHECK_OK(parse(mem, &kannel_channel, rows[i].query, body, &in, &err), &err);
        CHECK_TEXT(in.text, rows[i].text);
        CHECK_TEXT(in.from.address, "+31612345678");
        CHECK_TEXT(in.thread_key, "+31612345678");
        CHECK_TEXT(in.external_id, "1");
        CHECK(in.sent_at.ms == 1764500000000 && in.from_kind == IDENTITY_PHONE && !in.is_auto);
    }
}

TEST(bytes_that_are_no_text_are_a_file_with_the_sms)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct bytes body = { (const uint8_t *)"\0\1\2", 3 };
    struct incoming in;
    struct err err;

    CHECK_OK(
        parse(mem, &kannel_channel, "from=31612345678&coding=1&charset=8-BIT", body, &in, &err),
        &err);
    CHECK(in.files.n == 1 && *in.text == '\0' && !in.external_id);
    CHECK(((const struct incoming_file *)in.files.items)->data.len == 3);
    CHECK_TEXT(in.from.address, "+31612345678");
}

TEST(an_sms_that_does_not_say_whose_it_is_cannot_be_understood)
{
    static const char *const rows[] = { "", "from=&to=1008", "from=%20", "to=1008", "from=%" };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct incoming in;
    struct err err;

    for (size_t i = 0; i < COUNT(rows); i++) {
        CHECK(!parse(mem, &kannel_channel, rows[i], (struct bytes){ 0 }, &in, &err));
        CHECK(err.code == ERR_INVALID || err.code == ERR_MALFORMED);
    }
    CHECK(!parse(mem, &twilio_channel, "To=%2B31&Body=a", (struct bytes){ 0 }, &in, &err));
}

TEST(who_sent_an_sms_is_known_by_the_number_and_a_machine_by_having_none)
{
    static const struct {
        const char *from, *address;
        bool is_auto;
        enum identity_kind kind;
    } rows[] = {
        { "%2B31612345678", "+31612345678",  false, IDENTITY_PHONE    },
        { "31612345678",    "+31612345678",  false, IDENTITY_PHONE    },
        { "0031612345678",  "+31612345678",  false, IDENTITY_PHONE    },
        { "491701234567",   "+491701234567", false, IDENTITY_PHONE    },
        { "0475123456",     "0475123456",    false, IDENTITY_PHONE    }, /* by the organisation */
        { "5551234",        "5551234",       false, IDENTITY_PHONE    },
        { "1008",           "1008",          true,  IDENTITY_EXTERNAL },
        { "PostNL",         "PostNL",        true,  IDENTITY_EXTERNAL },
        { "%2B31687654321", "+31687654321",  true,  IDENTITY_PHONE    }, /* ourselves */
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct incoming in;
    struct err err;

    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *query = arena_printf(mem, "from=%s&to=31687654321", rows[i].from);
        CHECK_OK(parse(mem, &kannel_channel, query, (struct bytes){ 0 }, &in, &err), &err);
        CHECK_TEXT(in.from.address, rows[i].address);
        CHECK(in.is_auto == rows[i].is_auto && in.from_kind == rows[i].kind);
    }
}

TEST(stop_is_a_word_on_its_own_in_three_languages)
{
    static const char *const yes[] = { "STOP",  " Stop. ",       "afmelden",     "AFMELDEN!",
                                       "Arrêt", "Se désabonner", "uitschrijven", "UNSUBSCRIBE" };
    static const char *const no[] = { "",         ".",          "Stop de lekkage",
                                      "non-stop", "stopt het?", "Ik wil mij afmelden" };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(yes); i++)
        if (!sms_is_stop(mem, yes[i]))
            test_fail(__FILE__, __LINE__, "%s", yes[i]);
    for (size_t i = 0; i < COUNT(no); i++)
        if (sms_is_stop(mem, no[i]))
            test_fail(__FILE__, __LINE__, "%s", no[i]);
}

TEST(a_text_is_held_to_the_segments_that_its_channel_sends)
{
    static const struct {
        size_t n;
        const char *more;
        int64_t max;
        const char *words; /* NULL: it fits */
    } rows[] = {
        { 160, "",   1, NULL                  },
        { 161, "",   1, "is 2 SMS long"       },
        { 70,  "",   1, NULL                  },
        { 69,  "ы",  1, NULL                  },
        { 70,  "ы",  1, "that plain SMS lack" },
        { 68,  "😀", 1, NULL                  },
        { 69,  "😀", 1, "is 2 SMS long"       },
        { 159, "€",  1, "is 2 SMS long"       }, /* the euro takes two */
        { 765, "",   0, NULL                  },
        { 766, "",   0, "sends 5 at most"     },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rows); i++) {
        char letters[1000] = "";
        struct kannel_settings settings = { .limits.segments_max = rows[i].max };
        struct err err;

        memset(letters, 'a', rows[i].n);
        err_clear(&err);
        CHECK(channel_takes_text(&kannel_channel, &settings,
                                 arena_printf(mem, "%s%s", letters, rows[i].more),
                                 &err) == !rows[i].words);
        CHECK(!rows[i].words ||
              (err.code == ERR_INVALID && strstr(err.fields[0].detail, rows[i].words)));
    }
    CHECK(sms_is_gsm("Geen é, ö of € te veel") && !sms_is_gsm("Belgi\u00eb"));
}

TEST(a_signature_is_good_only_for_its_address_and_its_values)
{
    /* As Twilio's own helper libraries test it. */
    static const char form_text[] = "CallSid=CA1234567890ABCDE&Digits=1234&From=%2B14158675309&"
                                    "To=%2B18005551212&Caller=%2B14158675309";
    static const char url[] = "https://mycompany.com/myapp.php?foo=1&bar=2";
    static const char good[] = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";
    const struct twilio_settings settings = { .token = "12345" }, other = { .token = "12346" };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct list form;
    struct err err;

    CHECK_OK(form_read(mem, test_exact(form_text, strlen(form_text)), &form, &err), &err);
    CHECK(twilio_signature_is_good(mem, &settings, url, &form, good));
    CHECK(!twilio_signature_is_good(mem, &other, url, &form, good));
    CHECK(!twilio_signature_is_good(mem, &settings, "https://mycompany.com/", &form, good));
    CHECK(!twilio_signature_is_good(mem, &settings, url, &form, "RSOYDt4T1cUTdK1PDd93/VVr8B9="));
    CHECK(!twilio_signature_is_good(mem, &settings, url, &form, ""));
    form.n--;
    CHECK(!twilio_signature_is_good(mem, &settings, url, &form, good));
}

TEST(pictures_that_came_with_an_sms_stand_behind_its_words)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct incoming in;
    struct err err;

    CHECK_OK(parse(mem, &twilio_channel,
                   "MessageSid=SM1&From=%2B31612345678&To=%2B31687654321&Body=Kijk&NumMedia=2&"
                   "MediaUrl0=https%3A%2F%2Fa.test%2F1&MediaUrl1=https%3A%2F%2Fa.test%2F2",
                   (struct bytes){ 0 }, &in, &err),
             &err);
    CHECK_TEXT(in.text, "Kijk\nhttps://a.test/1\nhttps://a.test/2");
    CHECK_TEXT(in.external_id, "SM1");
}

TEST(a_provider_says_what_became_of_a_message_in_its_own_words)
{
    static const struct {
        const char *kannel;
        enum sms_report report;
    } kannel[] = {
        { "type=1&words=id%3A7+stat%3ADELIVRD", SMS_DELIVERED },
        { "type=2&words=%ff",                   SMS_FAILED    },
        { "type=4&words=",                      SMS_NOTHING   },
        { "type=8&words=ACK%2F",                SMS_TAKEN     },
        { "type=16&words=NACK%2F11",            SMS_FAILED    },
        { "type=1%",                            SMS_NOTHING   },
        { "words=a",                            SMS_NOTHING   },
    };
    static const struct {
        const char *status;
        enum sms_report report;
        const char *words;
    } twilio[] = {
        { "MessageStatus=queued",                      SMS_NOTHING,   "queued"                    },
        { "MessageStatus=sent",                        SMS_TAKEN,     "sent"                      },
        { "MessageStatus=delivered&ErrorCode=",        SMS_DELIVERED, "delivered"                 },
        { "MessageStatus=read",                        SMS_READ,      "read"                      },
        { "MessageStatus=undelivered&ErrorCode=30003", SMS_FAILED,    "undelivered (error 30003)" },
        { "MessageStatus=failed",                      SMS_FAILED,    "failed"                    },
        { "",                                          SMS_NOTHING,   NULL                        },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    const char *words;
    struct list form;
    struct err err;

    for (size_t i = 0; i < COUNT(kannel); i++)
        CHECK(kannel_report(mem, kannel[i].kannel, &words) == kannel[i].report);
    for (size_t i = 0; i < COUNT(twilio); i++) {
        CHECK_OK(
            form_read(mem, test_exact(twilio[i].status, strlen(twilio[i].status)), &form, &err),
            &err);
        CHECK(twilio_report(mem, &form, &words) == twilio[i].report);
        CHECK_TEXT(words, twilio[i].words);
    }
}

TEST(only_what_a_provider_surely_never_had_is_sent_again_by_itself)
{
    static const struct {
        bool was_asked;
        enum err_code code;
        enum delivery delivery;
    } silent[] = {
        { false, ERR_BUSY,     DELIVERY_LATER   },
        { false, ERR_UPSTREAM, DELIVERY_REFUSED },
        { true,  ERR_BUSY,     DELIVERY_UNKNOWN },
    };
    static const struct {
        int status;
        enum delivery delivery;
        bool is_down;
    } told[] = {
        { 202, DELIVERY_SENT,    false },
        { 201, DELIVERY_SENT,    false },
        { 400, DELIVERY_REFUSED, false },
        { 401, DELIVERY_LATER,   true  },
        { 403, DELIVERY_LATER,   true  },
        { 404, DELIVERY_LATER,   true  },
        { 429, DELIVERY_LATER,   false },
        { 503, DELIVERY_LATER,   true  },
    };

    for (size_t i = 0; i < COUNT(silent); i++) {
        struct fetched answer = { .was_asked = silent[i].was_asked };
        struct err err = { .code = silent[i].code, .text = "no answer" };
        struct receipt receipt;

        sms_no_answer(&answer, &err, &receipt);
        CHECK(receipt.delivery == silent[i].delivery && receipt.is_channel_down);
    }
    for (size_t i = 0; i < COUNT(told); i++) {
        struct receipt receipt = { 0 };

        sms_answered(told[i].status, &receipt);
        CHECK(receipt.delivery == told[i].delivery && receipt.is_channel_down == told[i].is_down);
    }
}

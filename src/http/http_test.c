/* http_test.c — the server as clients see it, well-behaved ones and others. */
#include "site_test.h"

#include "../base/log.h"
#include "../base/text.h"
#include "../store/events.h"
#include "test.h"
#include "world.h"

#include <curl/curl.h>
#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* --- what is refused ---------------------------------------------------------------------------
 */

TEST(an_ambiguous_request_is_refused_and_the_connection_closed)
{
    static const struct {
        const char *headers;
        int status;
    } rows[] = {
        { "Host: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n",             400 },
        { "Host: x\r\nContent-Length: 5\r\nContent-Length: 5\r\n",             400 },
        { "Host: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n",    400 },
        { "Host: x\r\nTransfer-Encoding: gzip, chunked\r\n",                   400 },
        { "Host: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n", 400 },
        { "Host: x\r\nContent-Length : 5\r\n",                                 400 },
        { "Host: x\r\nContent-Length: +5\r\n",                                 400 },
        { "Host: x\r\nContent-Length: 5, 5\r\n",                               400 },
        { "Host: x\r\nContent-Length: 0x5\r\n",                                400 },
        { "Host: x\r\nContent-Length:\r\n",                                    400 },
        { "Host: x\r\nHost: y\r\nContent-Length: 5\r\n",                       400 },
        { "Content-Length: 5\r\n",                                             400 },
        { "Host: x\r\nX-Folded: a\r\n b\r\nContent-Length: 5\r\n",             400 },
        { "Host: x\r\nContent-Lengt:      5\r\n h\r\n",                        400 },
        { "Host: x\r\nX Blank: a\r\nContent-Length: 5\r\n",                    400 },
        { "Host: x\r\n: a\r\nContent-Length: 5\r\n",                           400 },
        { "Host: x\r\nX-Bytes: \xff\xfe\r\nContent-Length: 5\r\n",             400 },
        { "Host: x\r\nX-Control: a\x01\r\nContent-Length: 5\r\n",              400 },
        { "Host: x\nContent-Length: 5\r\n",                                    400 },
        { "Host: x\r\nContent-Length: 5\n",                                    400 },
        { "Host: x\r\nContent-Length: 99999999999999999999999\r\n",            413 },
    };

    WORLD(w);
    SITE(site, &w);
    for (size_t i = 0; i < COUNT(rows); i++) {
        SOCKET(fd, &site);
        /* The five bytes would be the start of a second request to somebody else's eyes. */
        CHECK(socket_send(
            fd, arena_printf(site.mem, "PUT /test/raw HTTP/1.1\r\n%s\r\nGET /", rows[i].headers)));
        struct answer answer = socket_read(site.mem, fd, false);
        if (answer.status != rows[i].status || !has_header(&answer, "Connection", "close"))
            test_fail(__FILE__, __LINE__, "%d for %s", answer.status, rows[i].headers);
        /* The library, where it refuses by itself, writes its own head twice. */
        while (socket_read(site.mem, fd, false).status == rows[i].status)
            ;
        CHECK(socket_is_closed(fd));
    }
}

TEST(a_request_may_come_byte_by_byte)
{
    static const char text[] = "PUT /test/raw HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n"
                               "X-One:1\r\nX-Two:  2 \r\nX-None:\r\n\r\nabc";

    WORLD(w);
    SITE(site, &w);
    SOCKET(fd, &site);
    for (const char *c = text; *c; c++)
        CHECK(socket_send(fd, (char[]){ *c, '\0' }));
    CHECK_TEXT(socket_read(site.mem, fd, false).body, "3");
}

TEST(chunks_in_http_1_0_are_refused)
{
    WORLD(w);
    SITE(site, &w);
    SOCKET(fd, &site);

    CHECK(
        socket_send(fd, "PUT /test/raw HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"));
    CHECK(socket_read(site.mem, fd, false).status == 400);
    CHECK(socket_is_closed(fd));
}

TEST(headers_of_any_size_are_answered)
{
    WORLD(w);
    SITE(site, &w);
    for (size_t size = 100; size < 20000; size += 153) {
        SOCKET(fd, &site);
        char *value = arena_alloc(site.mem, size + 1);
        memset(value, 'x', size);
        socket_send(
            fd,
            arena_printf(site.mem, "GET /test/heavy HTTP/1.1\r\nHost: x\r\nX: %s\r\n\r\n", value));
        struct answer answer = socket_read(site.mem, fd, false);
        bool is_taken = answer.status == 200;
        bool is_right =
            is_taken ? size < HTTP_HEAD_MAX
                     : size + 200 > HTTP_HEAD_MAX && (answer.status == 413 || answer.status == 431);
        if (!is_right)
            test_fail(__FILE__, __LINE__, "%d for %zu bytes", answer.status, size);
    }
}

TEST(headers_of_any_number_are_answered)
{
    WORLD(w);
    SITE(site, &w);
    for (size_t n = 1; n < 800; n += 7) {
        CLEANUP(buf_free) struct buf request = BUF(1 << 20);
        SOCKET(fd, &site);
        buf_text(&request, "GET /test/heavy HTTP/1.1\r\nHost: x\r\n");
        for (size_t i = 0; i < n; i++)
            buf_text(&request, "a: b\r\n");
        buf_text(&request, "\r\n");
        socket_send(fd, buf_str(&request));
        struct answer answer = socket_read(site.mem, fd, false);
        if (n < 60 ? answer.status != 200
                   : answer.status != 200 && answer.status != 413 && answer.status != 431)
            test_fail(__FILE__, __LINE__, "%d for %zu headers", answer.status, n);
    }
}

TEST(more_bodies_than_fit_in_memory_are_not_taken)
{
    WORLD(w);
    SITE(site, &w);
    struct answer answer;

    site.server->unknown_body_bytes = HTTP_UNKNOWN_ALL_MAX - 2;
    answer = site_ask(&site, "PUT", "/test/raw", "", "abc");
    CHECK(answer.status == 503 && has_header(&answer, "Retry-After", "1"));
    CHECK_TEXT(site_ask(&site, "PUT", "/test/raw", "", "ab").body, "2");
    CHECK(becomes(&site.server->unknown_body_bytes, HTTP_UNKNOWN_ALL_MAX - 2));
    site.server->body_bytes = HTTP_BODIES_MAX - 2;
    CHECK(site_ask_admin(&site, "PUT", "/test/mine", "", "abc").status == 503);
    CHECK_TEXT(site_ask_admin(&site, "PUT", "/test/mine", "", "ab").body, "2");
    CHECK(becomes(&site.server->body_bytes, HTTP_BODIES_MAX - 2));
}

TEST(who_is_not_known_takes_no_room_from_who_is)
{
    WORLD(w);
    SITE(site, &w);

    site.server->unknown_body_bytes = HTTP_UNKNOWN_ALL_MAX;
    CHECK(site_ask(&site, "PUT", "/test/raw", "", "abc").status == 503);
    CHECK(site_ask(&site, "PUT", "/test/mine", "", "abc").status == 401);
    CHECK_TEXT(site_ask_admin(&site, "PUT", "/test/mine", "", "abc").body, "3");
}

TEST(a_body_too_large_is_refused_before_it_is_sent)
{
    WORLD(w);
    SITE(site, &w);
    SOCKET(fd, &site);

    CHECK(socket_send(fd, "PUT /test/raw HTTP/1.1\r\nHost: x\r\nContent-Length: 300001\r\n"
                          "Expect: 100-continue\r\n\r\n"));
    CHECK(socket_read(site.mem, fd, false).status == 413);
    CHECK(socket_is_closed(fd));
}

TEST(a_body_that_grows_too_large_is_refused_as_soon_as_it_is)
{
    enum { PIECE = 4096 };

    WORLD(w);
    SITE(site, &w);
    SOCKET(fd, &site);
    char *piece = arena_alloc(site.mem, PIECE + 1);
    struct answer answer;
    int sent = 0;

    memset(piece, 'x', PIECE);
    CHECK(
        socket_send(fd, "PUT /test/raw HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"));
    for (; sent < 300000; sent += PIECE)
        CHECK(socket_send(fd, arena_printf(site.mem, "%x\r\n%s\r\n", PIECE, piece)));
    answer = socket_read(site.mem, fd, false);
    CHECK(answer.status == 413);
    CHECK(has_header(&answer, "Content-Type", "application/problem+json"));
    CHECK(has_header(&answer, "X-Content-Type-Options", "nosniff"));
    CHECK(socket_is_closed(fd));
    CHECK(site.server->body_bytes == 0);
}

TEST(a_body_of_just_the_limit_is_taken_in_pieces)
{
    WORLD(w);
    SITE(site, &w);
    char *body = arena_alloc(site.mem, 300001);

    memset(body, 'x', 300000);
    CHECK_TEXT(site_ask(&site, "PUT", "/test/raw", "", body).body, "300000");
}

TEST(a_large_body_is_not_read_from_just_anybody)
{
    WORLD(w);
    SITE(site, &w);
    SOCKET(fd, &site);
    char *body = arena_alloc(site.mem, 200001);

    /* The answer comes though not one byte of the body does. */
    CHECK(socket_send(fd, "PUT /test/mine HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n"));
    CHECK(socket_read(site.mem, fd, false).status == 401);
    CHECK(socket_is_closed(fd));
    memset(body, 'x', 200000);
    CHECK_TEXT(site_ask_admin(&site, "PUT", "/test/mine", "", body).body, "200000");
}

TEST(a_body_where_none_is_expected_is_refused)
{
    WORLD(w);
    SITE(site, &w);

    CHECK(site_ask(&site, "GET", "/test/list", "", "{}").status == 400);
    CHECK(site_ask_admin(&site, "DELETE", "/test/things/1", "", "{}").status == 400);
    CHECK(site_ask(&site, "GET", "/test/list", "", "").status == 200);
}

TEST(what_is_not_there_is_not_found_and_the_connection_lives_on)
{
    WORLD(w);
    SITE(site, &w);
    SOCKET(fd, &site);
    struct answer answer;

    CHECK(socket_send(fd, "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n"));
    CHECK(socket_read(site.mem, fd, false).status == 404);
    CHECK(socket_send(fd, "DELETE /test/list HTTP/1.1\r\nHost: x\r\n\r\n"));
    answer = socket_read(site.mem, fd, false);
    CHECK(answer.status == 405);
    CHECK(has_header(&answer, "Allow", "GET, HEAD"));
    CHECK(socket_send(fd, "GET /test/list HTTP/1.1\r\nHost: x\r\n\r\n"));
    CHECK(socket_read(site.mem, fd, false).status == 200);
}

/* --- replies ------------------------------------------------------------------------------------
 */

TEST(every_reply_has_the_security_headers)
{
    static const struct {
        const char *method, *target;
        int status;
    } rows[] = {
        { "GET",    "/test/list",        200 },
        { "HEAD",   "/test/list",        200 },
        { "GET",    "/nothing",          404 },
        { "PUT",    "/test/list",        405 },
        { "GET",    "/test/secret",      401 },
        { "GET",    "/test/failures/14", 500 },
        { "DELETE", "/test/things/1",    401 },
        { "GET",    "/test/file",        200 },
        { "HEAD",   "/api/v1/events",    401 },
    };

    WORLD(w);
    SITE(site, &w);
    log_set_level(LOG_ERROR + 1); /* the 500 is meant */
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct answer answer = site_ask(&site, rows[i].method, rows[i].target, "", NULL);
        CHECK(answer.status == rows[i].status);
        CHECK(has_header(&answer, "X-Content-Type-Options", "nosniff"));
        CHECK(has_header(&answer, "X-Frame-Options", "DENY"));
        CHECK(has_header(&answer, "Referrer-Policy", "no-referrer"));
        CHECK(has_header(&answer, "Content-Security-Policy",
                         "default-src 'none'; frame-ancestors 'none'; sandbox"));
        CHECK(has_header(&answer, "Cross-Origin-Resource-Policy", "same-origin"));
        CHECK(has_header(&answer, "Cache-Control", "no-store"));
        CHECK(has_header(&answer, "Server-Timing", NULL));
        CHECK(!has_header(&answer, "Strict-Transport-Security", NULL));
    }
    log_set_level(LOG_ERROR);
}

TEST(each_error_has_its_status_and_says_what_is_wrong)
{
    static const int status[ERR_CODES_N] = {
        [ERR_NONE] = 500,         [ERR_INVALID] = 422,
        [ERR_MALFORMED] = 400,    [ERR_UNAUTHENTICATED] = 401,
        [ERR_DENIED] = 403,       [ERR_NOT_FOUND] = 404,
        [ERR_METHOD] = 405,       [ERR_CONFLICT] = 409,
        [ERR_GONE] = 410,         [ERR_CHANGED] = 412,
        [ERR_TOO_LARGE] = 413,    [ERR_UNSUPPORTED] = 415,
        [ERR_PRECONDITION] = 428, [ERR_TOO_MANY] = 429,
        [ERR_INTERNAL] = 500,     [ERR_UPSTREAM] = 502,
        [ERR_BUSY] = 503,         [ERR_FULL] = 507,
    };

    WORLD(w);
    SITE(site, &w);
    log_set_level(LOG_ERROR + 1); /* the two that are ours are meant */
    for (int code = 0; code < ERR_CODES_N; code++) {
        struct answer answer =
            site_ask(&site, "GET", arena_printf(site.mem, "/test/failures/%d", code), "", NULL);
        CHECK(answer.status == status[code]);
        CHECK(has_header(&answer, "Content-Type", "application/problem+json"));
        CHECK(strstr(answer.body, arena_printf(site.mem, "\"status\":%d", status[code])));
        /* What went wrong inside stays inside. */
        CHECK((strstr(answer.body, "details of") != NULL) ==
              (status[code] != 500 && code != ERR_INVALID));
        CHECK(has_header(&answer, "Retry-After", "1") == (code == ERR_BUSY));
        CHECK(has_header(&answer, "WWW-Authenticate", "Bearer") == (code == ERR_UNAUTHENTICATED));
    }
    log_set_level(LOG_ERROR);
    CHECK(strstr(site_ask(&site, "GET", "/test/failures/1", "", NULL).body,
                 "\"errors\":[{\"pointer\":\"/name\",\"detail\":\"is \\\"wrong\\\"\"},"
                 "{\"pointer\":\"/files/0/size\",\"detail\":\"is too much\"}]"));
}

TEST(a_head_is_a_get_without_its_body)
{
    WORLD(w);
    SITE(site, &w);
    SOCKET(fd, &site);
    struct answer head, got;

    CHECK(socket_send(fd, "HEAD /test/list HTTP/1.1\r\nHost: x\r\n\r\n"));
    head = socket_read(site.mem, fd, true);
    CHECK(socket_send(fd, "GET /test/list HTTP/1.1\r\nHost: x\r\n\r\n"));
    got = socket_read(site.mem, fd, false);
    CHECK(head.status == 200 && got.status == 200);
    CHECK(has_header(&head, "Content-Length", arena_printf(site.mem, "%zu", got.body_len)));
    CHECK_TEXT(got.body, "{\"items\":[{\"name\":\"a\",\"size\":1,\"is_new\":true},"
                         "{\"name\":\"b\",\"size\":2,\"is_new\":false}],\"next\":\"1.2\"}");
}

TEST(requests_sent_behind_one_another_are_answered_in_order)
{
    WORLD(w);
    SITE(site, &w);
    SOCKET(fd, &site);

    CHECK(socket_send(fd, "GET /test/params/a HTTP/1.1\r\nHost: x\r\n\r\n"
                          "PUT /test/raw HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"
                          "GET /test/params/b HTTP/1.1\r\nHost: x\r\n\r\n"));
    CHECK_TEXT(socket_read(site.mem, fd, false).body, "a");
    CHECK_TEXT(socket_read(site.mem, fd, false).body, "3");
    CHECK_TEXT(socket_read(site.mem, fd, false).body, "b");
}

TEST(a_file_is_saved_and_never_run)
{
    WORLD(w);
    SITE(site, &w);
    struct answer answer = site_ask(&site, "GET", "/test/file", "", NULL);

    CHECK(has_header(&answer, "Content-Type", "application/octet-stream"));
    CHECK(has_header(&answer, "Content-Disposition",
                     "attachment; filename=\"p___s.html\"; filename*=UTF-8''p%C3%A4%22s.html"));
    CHECK(answer.body_len == 9 && memcmp(answer.body, "<b>\0bytes", 9) == 0);
}

/* --- what comes in
 * -------------------------------------------------------------------------------- */

TEST(a_query_is_read_by_its_table)
{
    static const struct {
        const char *query;
        int status;
        const char *part;
    } rows[] = {
        { "",                           200, "\"q\":null"                                 },
        { "q=caf%C3%A9+x%2By&limit=7",  200, "\"q\":\"caf\xc3\xa9 x+y\",\"limit\":7"      },
        { "all=true&sort=old",          200, "\"all\":true,\"sort\":\"old\""              },
        { "since=2026-11-21T09:30:00Z", 200, "\"since\":\"2026-11-21T09:30:00.000Z\""     },
        { "q=&limit=&sort=",            200, "\"limit\":0,\"all\":false,\"sort\":\"new\"" },
        { "limit=0",                    422, "limit must be at least 1"                   },
        { "limit=201",                  422, "must be at most 200"                        },
        { "limit=a",                    422, "must be a whole number"                     },
        { "all=1",                      422, "must be true or false"                      },
        { "sort=best",                  422, "must be one of new, old"                    },
        { "since=yesterday",            422, "must be a moment"                           },
        { "case_id=per_01hzx3k9t4m0q",  422, "must be an id like cas_"                    },
        { "q=123456789012345678901",    422, "is longer than 20 bytes"                    },
        { "limit=1&limit=2",            422, "limit is there twice"                       },
        { "nosuch=1",                   422, "has nosuch, which isn't a parameter here"   },
        { "q=%ff",                      400, "isn't valid"                                },
        { "q=%00",                      400, "percent-encoded"                            },
        { "q=%4",                       400, "percent-encoded"                            },
    };

    WORLD(w);
    SITE(site, &w);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct answer answer = site_ask(
            &site, "GET", arena_printf(site.mem, "/test/search?%s", rows[i].query), "", NULL);
        const char *part = text_equal(rows[i].part, "isn't valid") ? "not valid" : rows[i].part;
        if (answer.status != rows[i].status || !strstr(answer.body, part))
            test_fail(__FILE__, __LINE__, "%s: %s", rows[i].query, answer.body);
    }
    CHECK(site_ask(&site, "GET", "/test/list?a=1", "", NULL).status == 422);
}

TEST(a_path_is_decoded_segment_by_segment)
{
    WORLD(w);
    SITE(site, &w);

    CHECK_TEXT(site_ask(&site, "GET", "/test/params/a%2Fb+c%20%C3%A9", "", NULL).body,
               "a/b+c \xc3\xa9");
    CHECK(site_ask(&site, "GET", "/test/params/%ff", "", NULL).status == 404);
    CHECK(site_ask(&site, "GET", "/test/params/%00", "", NULL).status == 404);
    CHECK(site_ask(&site, "GET", "/test/params/", "", NULL).status == 404);
    CHECK(site_ask(&site, "GET", "/test/params/a/b", "", NULL).status == 404);
    CHECK(site_ask(&site, "GET", "/test/../test/list", "", NULL).status == 404);
}

TEST(only_a_proxy_on_this_machine_is_believed_about_the_client)
{
    WORLD(w);
    SITE(site, &w);

    CHECK_TEXT(site_ask(&site, "GET", "/test/address", "", NULL).body, "127.0.0.1 http");
    CHECK_TEXT(site_ask(&site, "GET", "/test/address",
                        "X-Forwarded-For: 1.1.1.1, 10.2.3.4\r\nX-Forwarded-Proto: https\r\n", NULL)
                   .body,
               "10.2.3.4 https");
    /* What the client wrote itself stands in front of what the proxy adds. */
    CHECK_TEXT(site_ask(&site, "GET", "/test/address",
                        "X-Forwarded-For: 1.1.1.1\r\nX-Forwarded-For: 2001:db8::1\r\n", NULL)
                   .body,
               "2001:db8::1 http");
    CHECK_TEXT(site_ask(&site, "GET", "/test/address", "X-Forwarded-For: rubbish\r\n", NULL).body,
               "127.0.0.1 http");
}

TEST(a_right_is_asked_for_and_a_session_proves_itself_for_changes)
{
    WORLD(w);
    SITE(site, &w);
    const char *cookie =
        arena_printf(site.mem, "Cookie: a=b; " SESSION_COOKIE "=%s\r\n", site.secret);

    CHECK(site_ask(&site, "GET", "/test/secret", "", NULL).status == 401);
    CHECK(site_ask(&site, "GET", "/test/secret", "Authorization: Bearer no\r\n", NULL).status ==
          401);
    CHECK(site_ask(&site, "GET", "/test/secret", "Authorization: Basic eA==\r\n", NULL).status ==
          401);
    CHECK_TEXT(site_ask_admin(&site, "GET", "/test/secret", "", NULL).body, "secret");
    CHECK_TEXT(site_ask(&site, "GET", "/test/secret", cookie, NULL).body, "secret");
    CHECK(site_ask(&site, "DELETE", "/test/things/1", cookie, NULL).status == 403);
    CHECK(site_ask(&site, "DELETE", "/test/things/1",
                   arena_printf(site.mem, "%sX-CSRF-Token: wrong\r\n", cookie), NULL)
              .status == 403);
    CHECK(site_ask(&site, "DELETE", "/test/things/1",
                   arena_printf(site.mem, "%sX-CSRF-Token: %s\r\n", cookie, site.csrf), NULL)
              .status == 204);
}

TEST(a_change_is_about_the_version_that_was_read)
{
    WORLD(w);
    SITE(site, &w);
    struct answer answer =
        site_ask_admin(&site, "PATCH", "/test/things/1", "If-Match: \"1\"\r\n", "{\"name\":\"n\"}");

    CHECK(answer.status == 200 && has_header(&answer, "ETag", "\"2\""));
    CHECK(strstr(answer.body, "not sized"));
    CHECK(strstr(site_ask_admin(&site, "PATCH", "/test/things/1", "If-Match: \"1\"\r\n",
                                "{\"name\":\"n\",\"size\":0}")
                     .body,
                 "\"sized\""));
    CHECK(site_ask_admin(&site, "PATCH", "/test/things/1", "", "{\"name\":\"n\"}").status == 428);
    CHECK(
        site_ask_admin(&site, "PATCH", "/test/things/1", "If-Match: \"7\"\r\n", "{\"name\":\"n\"}")
            .status == 412);
    CHECK(site_ask_admin(&site, "PATCH", "/test/things/1", "If-Match: *\r\n", "{\"name\":\"n\"}")
              .status == 200);
    CHECK(site_ask_admin(&site, "PATCH", "/test/things/1", "If-Match: 1\r\n", "{\"name\":\"n\"}")
              .status == 412);
}

TEST(a_body_is_json_or_refused)
{
    WORLD(w);
    SITE(site, &w);
    const char *token = arena_printf(site.mem, "Authorization: Bearer %s\r\n", site.token);

    CHECK(site_ask(&site, "POST", "/test/things", token, "{}").status == 415);
    CHECK(site_ask(&site, "POST", "/test/things",
                   arena_printf(site.mem, "%sContent-Type: application/jsonx\r\n", token), "{}")
              .status == 415);
    CHECK(site_ask(
              &site, "POST", "/test/things",
              arena_printf(site.mem, "%sContent-Type: application/json; charset=utf-8\r\n", token),
              "{\"name\":\"a\"}")
              .status == 201);
    CHECK(site_ask_admin(&site, "POST", "/test/things", "", "{").status == 400);
    CHECK(site_ask_admin(&site, "POST", "/test/things", "", "{}").status == 422);
    CHECK(site_ask_admin(&site, "POST", "/test/things", "", "{\"name\":\"a\",\"is_new\":true}")
              .status == 422);
}

static bool count_events(struct tx *tx, void *arg, struct err *err)
{
    return events_position(tx, arg, err);
}

TEST(the_same_post_with_the_same_key_is_done_once)
{
    static const char key[] = "Idempotency-Key: k1\r\n";
    int64_t before, after;

    WORLD(w);
    SITE(site, &w);
    CHECK(site_events(&site, w.scope.organisation, "test.mark", 1));
    CHECK(world_read(&w, count_events, &before));

    struct answer first = site_ask_admin(&site, "POST", "/test/things", key, "{\"name\":\"a\"}");
    struct answer again = site_ask_admin(&site, "POST", "/test/things", key, "{\"name\":\"a\"}");
    CHECK(first.status == 201 && !has_header(&first, "Idempotency-Replayed", NULL));
    CHECK(again.status == 201 && has_header(&again, "Idempotency-Replayed", "true"));
    CHECK_TEXT(again.body, first.body);
    CHECK(site_ask_admin(&site, "POST", "/test/things", key, "{\"name\":\"b\"}").status == 409);

    CHECK(site_events(&site, w.scope.organisation, "test.mark", 1));
    CHECK(world_read(&w, count_events, &after));
    CHECK(after == before + 2); /* the one thing and the second mark */
}

TEST(a_repeated_post_gets_the_headers_of_its_first_answer_too)
{
    static const char key[] = "Idempotency-Key: k1\r\n", table[] = "Idempotency-Key: k2\r\n";
    WORLD(w);
    SITE(site, &w);

    for (int i = 0; i < 2; i++) {
        struct answer thing =
            site_ask_admin(&site, "POST", "/test/things", key, "{\"name\":\"a\"}");
        struct answer csv = site_ask_admin(&site, "POST", "/test/tables", table, "");

        CHECK(has_header(&thing, "ETag", "\"1\""));
        CHECK(has_header(&thing, "Location", "/test/things/1"));
        CHECK(has_header(&thing, "Content-Type", "application/json"));
        CHECK(has_header(&csv, "Content-Type", "text/csv"));
        CHECK_TEXT(csv.body, "a;b");
        CHECK(has_header(&csv, "Idempotency-Replayed", NULL) == (i == 1));
    }
}

struct kept {
    struct bytes body;
    const char *headers;
};

static const struct field kept_fields[] = {
    FIELD(kept, body),
    FIELD(kept, headers),
    { 0 },
};

static bool read_kept(struct tx *tx, void *arg, struct err *err)
{
    return db_one(tx,
                  sql_composed("SELECT body, headers FROM idempotency WHERE organisation_id = $1"),
                  ARGS(arg_organisation(tx)), kept_fields, arg, err);
}

TEST(an_answer_with_a_secret_is_not_kept_and_its_repeat_is_refused_and_not_done)
{
    static const char key[] = "Idempotency-Key: k1\r\n";
    int64_t before, after;
    struct kept kept = { 0 };
    struct answer again;

    WORLD(w);
    SITE(site, &w);
    CHECK(site_events(&site, w.scope.organisation, "test.mark", 1));
    CHECK(world_read(&w, count_events, &before));

    CHECK_TEXT(site_ask_admin(&site, "POST", "/test/keys", key, "").body, "open-sesame");
    again = site_ask_admin(&site, "POST", "/test/keys", key, "");
    CHECK(again.status == 409 && !strstr(again.body, "open-sesame"));
    CHECK(strstr(again.body, "told once: throw it away"));
    CHECK_OK(world_read(&w, read_kept, &kept), &w.err);
    CHECK(kept.body.len == 0);
    CHECK_TEXT(kept.headers, "");

    CHECK(site_events(&site, w.scope.organisation, "test.mark", 1));
    CHECK(world_read(&w, count_events, &after));
    CHECK(after == before + 2); /* the one key and the second mark */
}

TEST(a_cursor_comes_back_as_it_was)
{
    static const int64_t numbers[] = { 0, 1, -1, 255, INT64_MAX, INT64_MIN };
    static const char *const wrong[] = { "x",
                                         "1",
                                         "1.",
                                         ".1",
                                         "1.2.3",
                                         "1.2 ",
                                         " 1.2",
                                         "-1.2",
                                         "0x1.2",
                                         "1.+2",
                                         "11111111111111111.1" };
    CLEANUP(arena_freep) struct arena *mem = arena_new("cursor");
    struct err err;
    int64_t a, b;

    for (size_t i = 0; i < COUNT(numbers); i++)
        for (size_t k = 0; k < COUNT(numbers); k++) {
            CHECK(cursor_read(cursor_write(mem, numbers[i], numbers[k]), &a, &b, &err));
            CHECK(a == numbers[i] && b == numbers[k]);
        }
    CHECK(cursor_read(NULL, &a, &b, &err) && a == 0 && b == 0);
    CHECK(cursor_read("", &a, &b, &err) && a == 0 && b == 0);
    for (size_t i = 0; i < COUNT(wrong); i++) {
        err_clear(&err);
        if (cursor_read(wrong[i], &a, &b, &err) || err.code != ERR_INVALID)
            test_fail(__FILE__, __LINE__, "took %s", wrong[i]);
    }
}

#include "records.h"

#include "api.h"
#include "desk.h"
#include "test.h"

#include "../../base/fetch.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define RECORDS(api, w)                                                                            \
    WORLD(w);                                                                                      \
    API(api, &w, &record_type_routes, &record_routes, &case_routes, &channel_routes,               \
        &exchange_in_routes, &person_routes);                                                      \
    api_as(&api, ROLE_ADMIN);                                                                      \
    CHECK(api_call(&api, POST, "/api/v1/record-types", ORDER) == 201)

#define ORDER                                                                                      \
    "{\"name\":\"order\",\"label\":\"Bestelling\",\"fields\":[{\"name\":\"carrier\","              \
    "\"label\":\"Vervoerder\"}],\"statuses\":[{\"name\":\"sent\",\"label\":\"Verzonden\"}]}"

#define PATH "/api/v1/records/order/A%2F1"

TEST(a_record_is_put_down_as_it_is_now_and_keeps_the_statuses_it_had)
{
    RECORDS(api, w);

    CHECK(api_call(&api, PUT, PATH,
                   "{\"title\":\"Twee stoelen\",\"status\":\"packed\",\"data\":{\"carrier\":\"X\"},"
                   "\"status_at\":\"2026-01-02T03:04:05Z\"}") == 200);
    CHECK_TEXT(api_text(&api, "key"), "A/1");
    CHECK(strstr(api.body, "\"data\":{\"carrier\":\"X\"}"));
    CHECK(
        api_call(&api, PUT, PATH,
                 "{\"title\":\"Twee stoelen\",\"status\":\"sent\",\"data\":{\"carrier\":\"X\"}}") ==
        200);
    CHECK(strstr(api.body, "\"version\":2"));
    CHECK(
        api_call(&api, PUT, PATH,
                 "{\"title\":\"Twee stoelen\",\"status\":\"sent\",\"data\":{\"carrier\":\"X\"}}") ==
        200);
    CHECK(strstr(api.body, "\"version\":2")); /* the same is no change */
    CHECK(api_call(&api, GET, PATH, NULL) == 200);
    CHECK(strstr(api.body, "\"history\":[{\"status\":\"sent\",\"at\":"));
    CHECK(strstr(api.body, "{\"status\":\"packed\",\"at\":\"2026-01-02T03:04:05.000Z\"}") ||
          strstr(api.body, "{\"status\":\"packed\",\"at\":\"2026-01-02T03:04:05Z\"}"));
    CHECK(api_call(&api, DELETE, PATH, NULL) == 204);
    CHECK(api_call(&api, GET, PATH, NULL) == 404);
}

TEST(what_comes_late_turns_no_record_back)
{
    RECORDS(api, w);
    static const char *const news[] = {
        "{\"title\":\"a\",\"status\":\"sent\",\"status_at\":\"2026-01-02T00:00:00Z\"}",
        "{\"title\":\"b\",\"status\":\"packed\",\"status_at\":\"2026-01-01T00:00:00Z\"}",
        "{\"title\":\"a\",\"status\":\"sent\",\"status_at\":\"2026-01-02T00:00:00Z\"}",
    };

    for (size_t i = 0; i < COUNT(news); i++) {
        CHECK(api_call(&api, PUT, PATH, news[i]) == 200);
        CHECK(strstr(api.body, "\"version\":1"));
        CHECK_TEXT(api_text(&api, "status"), "sent");
        CHECK_TEXT(api_text(&api, "title"), "a");
    }
    CHECK(
        api_call(&api, PUT, PATH,
                 "{\"title\":\"a\",\"status\":\"back\",\"status_at\":\"2026-01-03T00:00:00Z\"}") ==
        200);
    CHECK_TEXT(api_text(&api, "status"), "back");
}

TEST(what_cannot_be_a_record_is_refused_where_it_stands)
{
    static const struct {
        const char *path, *json;
        int status;
        const char *words;
    } rows[] = {
        { PATH,                       "{}",                                                    422, "/title"          },
        { PATH,                       "{\"title\":\"a\",\"data\":[1]}",                        422, "/data"           },
        { PATH,                       "{\"title\":\"a\",\"owner_kind\":\"x\"}",                422, "/owner_kind"     },
        { PATH,                       "{\"title\":\"a\",\"url\":\"ftp://x\"}",                 422, "/url"            },
        { PATH,                       "{\"title\":\"a\",\"person_id\":\"per_0000000000001\"}", 422, "/person_id"      },
        { "/api/v1/records/parcel/1", "{\"title\":\"a\"}",                                     404, "parcel"          },
        { "/api/v1/records/order",    "{\"records\":[]}",                                      422, "/records"        },
        { "/api/v1/records/order",
         "{\"records\":[{\"key\":\"1\",\"title\":\"a\"},{\"key\":\"2\",\"title\":\"a\","
          "\"data\":\"x\"}]}",                                                                 422, "/records/1/data" },
    };
    RECORDS(api, w);

    for (size_t i = 0; i < COUNT(rows); i++) {
        CHECK(api_call(&api, PUT, rows[i].path, rows[i].json) == rows[i].status);
        if (!strstr(api.body, rows[i].words))
            test_fail(__FILE__, __LINE__, "row %zu: %s", i, api.body);
    }
    CHECK(api_call(&api, GET, "/api/v1/records?type=order", NULL) == 200);
    CHECK(api_count(&api, "rec") == 0); /* all of a bulk, or none */
}

TEST(many_records_are_put_down_at_once_and_found_by_type_and_key)
{
    RECORDS(api, w);
    const char *json = "{\"records\":[";

    for (int i = 0; i < RECORDS_AT_ONCE; i++)
        json = arena_printf(w.mem, "%s%s{\"key\":\"k%d\",\"title\":\"Bestelling %d\"}", json,
                            i > 0 ? "," : "", i % 499, i);
    CHECK(api_call(&api, PUT, "/api/v1/records/order", arena_printf(w.mem, "%s]}", json)) == 200);
    CHECK(strstr(api.body, "\"key\":\"k0\",\"outcome\":\"added\""));
    CHECK(strstr(api.body, "\"key\":\"k0\",\"outcome\":\"changed\"")); /* the last one again */
    CHECK(api_count_pages(&api, "/api/v1/records?type=order", "rec", 100) == 499);
    CHECK(api_count_pages(&api, "/api/v1/records", "rec", 200) == 499);
    CHECK(api_count_pages(&api, "/api/v1/records?key=k7", "rec", 2) == 1);
    CHECK(api_call(&api, GET, "/api/v1/records?key=k7&type=order", NULL) == 422);
    CHECK(api_call(&api, PUT, "/api/v1/records/order",
                   arena_printf(w.mem, "%s,{\"key\":\"x\",\"title\":\"y\"}]}", json)) == 422);
}

/* The id of the person of a case. */
static const char *person_of(struct api *api, const char *path)
{
    if (api_call(api, GET, path, NULL) != 200)
        return NULL;
    return arena_text(api->w->mem, api_text(api, "person_id"));
}

TEST(a_record_belongs_to_whoever_has_the_address_also_when_he_comes_later)
{
    RECORDS(api, w);
    const char *channel = add_channel(&api), *path, *list;

    CHECK(api_call(&api, PUT, "/api/v1/records/order/1",
                   "{\"title\":\"Een\",\"owner\":\"klant-7\"}") == 200);
    path = arrive(&api, channel, "1", "klant-7", "Waar blijft het?");
    CHECK(path != NULL);
    list = arena_printf(w.mem, "/api/v1/records?person=%s", person_of(&api, path));
    CHECK(api_count_pages(&api, list, "rec", 5) == 1);
    CHECK(api_call(&api, PUT, "/api/v1/records/order/2",
                   arena_printf(w.mem, "{\"title\":\"Twee\",\"person_id\":\"%s\"}",
                                person_of(&api, path))) == 200);
    CHECK(api_call(&api, PUT, "/api/v1/records/order/3",
                   "{\"title\":\"Drie\",\"owner\":\"06-12345678\",\"owner_kind\":\"phone\"}") ==
          200);
    CHECK(api_count_pages(&api, list, "rec", 1) == 2);
    CHECK(api_call(&api, GET, "/api/v1/records?person=per_0000000000001", NULL) == 404);
}

TEST(a_new_status_is_told_in_the_open_cases_of_the_customer_and_in_no_other)
{
    RECORDS(api, w);
    const char *channel = add_channel(&api);
    const char *open = arrive(&api, channel, "1", "klant-7", "Waar blijft het?");
    const char *other = arrive(&api, channel, "2", "klant-8", "Hallo");

    CHECK(api_call(&api, PUT, PATH,
                   "{\"title\":\"Twee stoelen\",\"status\":\"packed\",\"owner\":\"klant-7\"}") ==
          200);
    CHECK(api_call(&api, GET, open, NULL) == 200);
    CHECK(!strstr(api.body, "record.status")); /* as it came is no news */
    CHECK(api_call(&api, PUT, PATH,
                   "{\"title\":\"Twee stoelen\",\"status\":\"sent\",\"owner\":\"klant-7\"}") ==
          200);
    CHECK(api_call(&api, GET, open, NULL) == 200);
    CHECK(strstr(api.body, "\"kind\":\"record.status\""));
    CHECK(strstr(api.body, "{\"type\":\"Bestelling\",\"title\":\"Twee stoelen\","
                           "\"status\":\"Verzonden\"}"));
    CHECK(api_call(&api, GET, other, NULL) == 200 && !strstr(api.body, "record.status"));
    CHECK(change(&api, open, "{\"status\":\"done\"}") == 200);
    CHECK(api_call(&api, PUT, PATH,
                   "{\"title\":\"Twee stoelen\",\"status\":\"delivered\",\"owner\":\"klant-7\"}") ==
          200);
    CHECK(api_call(&api, GET, open, NULL) == 200 && !strstr(api.body, "delivered"));
}

TEST(records_are_read_and_written_with_their_own_rights_in_their_organisation)
{
    RECORDS(api, w);

    CHECK(api_call(&api, PUT, PATH, "{\"title\":\"a\"}") == 200);
    api_as(&api, ROLE_AGENT);
    CHECK(api_call(&api, GET, PATH, NULL) == 200);
    CHECK(api_call(&api, PUT, PATH, "{\"title\":\"b\"}") == 403);
    CHECK(api_call(&api, POST, "/api/v1/record-types", ORDER) == 403);
    api_as_token(&api, ROLE_INTEGRATION, "record:write");
    CHECK(api_call(&api, PUT, PATH, "{\"title\":\"b\"}") == 200);
    CHECK(api_call(&api, GET, PATH, NULL) == 403);
    w.scope.organisation.n = id_new();
    api_as(&api, ROLE_ADMIN);
    CHECK(api_call(&api, GET, PATH, NULL) == 404);
    CHECK(api_call(&api, GET, "/api/v1/records", NULL) == 200 && api_count(&api, "rec") == 0);
}

TEST(a_type_of_record_has_one_name_and_a_lookup_that_can_be_asked)
{
    static const struct {
        const char *json;
        int status;
        const char *words;
    } rows[] = {
        { "{\"name\":\"Order\",\"label\":\"x\"}",                                422, "/name"          },
        { "{\"name\":\"order\",\"label\":\"x\"}",                                409, "already"        },
        { "{\"name\":\"a\",\"label\":\"x\",\"lookup_url\":\"https://x.test/\"}", 422, "{key}"          },
        { "{\"name\":\"a\",\"label\":\"x\",\"lookup_token\":\"y\"}",             422, "/lookup_token"  },
        { "{\"name\":\"a\",\"label\":\"x\",\"fields\":[{\"name\":\"f\",\"label\":\"F\"},"
          "{\"name\":\"f\",\"label\":\"G\"}]}",                         422, "/fields/1/name" },
    };
    RECORDS(api, w);

    for (size_t i = 0; i < COUNT(rows); i++) {
        CHECK(api_call(&api, POST, "/api/v1/record-types", rows[i].json) == rows[i].status);
        if (!strstr(api.body, rows[i].words))
            test_fail(__FILE__, __LINE__, "row %zu: %s", i, api.body);
    }
    CHECK(api_call(&api, GET, "/api/v1/record-types/order", NULL) == 200);
    api.header = "If-Match: \"1\"";
    CHECK(api_call(&api, PUT, "/api/v1/record-types/order", "{\"label\":\"Order\"}") == 200);
    api.header = "If-Match: \"1\"";
    CHECK(api_call(&api, PUT, "/api/v1/record-types/order", "{\"label\":\"Order\"}") == 412);
    CHECK(api_call(&api, GET, "/api/v1/record-types", NULL) == 200);
    CHECK(api_count(&api, "rty") == 1 && strstr(api.body, "\"label\":\"Order\""));
}

/* --- asking another system ---------------------------------------------------------------------
 */

/* Answers each request with what it's told, and keeps the last one. */
struct other {
    int fd;
    pthread_t thread;
    pthread_mutex_t lock;
    const char *answer; /* NULL: it hangs up */
    char asked[2000];
    int n;
    char url[80];
};

static void answer_one(struct other *other, int fd)
{
    ssize_t n;

    pthread_mutex_lock(&other->lock);
    n = read(fd, other->asked, sizeof(other->asked) - 1);
    other->asked[n > 0 ? n : 0] = '\0';
    other->n++;
    if (other->answer && write(fd, other->answer, strlen(other->answer)) < 0)
        other->n = -1000;
    pthread_mutex_unlock(&other->lock);
    close(fd);
}

static void *answer_all(void *arg)
{
    struct other *other = arg;

    for (int fd; (fd = accept(other->fd, NULL, NULL)) >= 0;)
        answer_one(other, fd);
    return NULL;
}

static bool other_start(struct other *other)
{
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr = { htonl(INADDR_LOOPBACK) } };
    socklen_t len = sizeof(address);

    pthread_mutex_init(&other->lock, NULL);
    other->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(other->fd, (struct sockaddr *)&address, len) != 0 || listen(other->fd, 8) != 0 ||
        getsockname(other->fd, (struct sockaddr *)&address, &len) != 0)
        return false;
    snprintf(other->url, sizeof(other->url), "http://127.0.0.1:%d/o/{key}?x=1",
             ntohs(address.sin_port));
    return pthread_create(&other->thread, NULL, answer_all, other) == 0;
}

static void other_stop(struct other *other)
{
    shutdown(other->fd, SHUT_RDWR);
    pthread_join(other->thread, NULL);
    close(other->fd);
}

static void tell_other(struct other *other, struct arena *mem, int status, const char *body)
{
    pthread_mutex_lock(&other->lock);
    other->answer = arena_printf(mem, "HTTP/1.1 %d Ok\r\nContent-Length: %zu\r\n\r\n%s", status,
                                 strlen(body), body);
    pthread_mutex_unlock(&other->lock);
}

TEST(a_record_is_asked_for_elsewhere_once_in_a_while_and_told_as_it_was_when_nobody_answers)
{
    static const instant now = { 1900000000000 };
    CLEANUP(real_clock) int still = (clock_fake(now), 0);
    RECORDS(api, w);
    CLEANUP(other_stop) struct other other = { 0 };
    (void)still;

    CHECK(other_start(&other));
    fetch_allow_private(true);
    CHECK(api_call(&api, POST, "/api/v1/record-types",
                   arena_printf(w.mem,
                                "{\"name\":\"repair\",\"label\":\"Reparatie\",\"lookup_url\":"
                                "\"%s\",\"lookup_token\":\"Bearer t\",\"lookup_ttl_s\":60}",
                                other.url)) == 201);
    CHECK(!strstr(api.body, "Bearer t"));
    tell_other(&other, w.mem, 404, "");
    CHECK(api_call(&api, GET, "/api/v1/records/repair/a%20b", NULL) == 404);
    CHECK(strstr(other.asked, "GET /o/a%20b?x=1 HTTP/1.1"));
    CHECK(strstr(other.asked, "Authorization: Bearer t"));
    tell_other(&other, w.mem, 200, "{\"title\":\"Kraan\",\"status\":\"planned\"}");
    CHECK(api_call(&api, GET, "/api/v1/records/repair/a%20b", NULL) == 200);
    CHECK_TEXT(api_text(&api, "status"), "planned");
    CHECK(other.n == 2);
    clock_fake(instant_plus(now, 59 * SECOND_MS));
    CHECK(api_call(&api, GET, "/api/v1/records/repair/a%20b", NULL) == 200 && other.n == 2);
    clock_fake(instant_plus(now, 60 * SECOND_MS));
    tell_other(&other, w.mem, 500, "");
    CHECK(api_call(&api, GET, "/api/v1/records/repair/a%20b", NULL) == 200 && other.n == 3);
    CHECK_TEXT(api_text(&api, "status"), "planned");
    CHECK(strstr(api_text(&api, "lookup_error"), "answered 500"));
    CHECK(api_call(&api, GET, "/api/v1/records/repair/a%20b", NULL) == 200 && other.n == 3);
    clock_fake(instant_plus(now, 90 * SECOND_MS)); /* sooner again than after an answer */
    tell_other(&other, w.mem, 200, "{\"title\":\"Kraan\",\"status\":\"done\"}");
    CHECK(api_call(&api, GET, "/api/v1/records/repair/a%20b", NULL) == 200 && other.n == 4);
    CHECK_TEXT(api_text(&api, "status"), "done");
    CHECK(!api_text(&api, "lookup_error"));
}

TEST(an_answer_that_is_no_record_or_an_address_that_is_not_public_is_refused_in_words)
{
    RECORDS(api, w);
    CLEANUP(other_stop) struct other other = { 0 };

    CHECK(other_start(&other));
    CHECK(api_call(&api, POST, "/api/v1/record-types",
                   arena_printf(w.mem,
                                "{\"name\":\"repair\",\"label\":\"Reparatie\",\"lookup_url\":"
                                "\"%s\"}",
                                other.url)) == 201);
    fetch_allow_private(true);
    tell_other(&other, w.mem, 200, "{\"titel\":\"Kraan\"}");
    CHECK(api_call(&api, GET, "/api/v1/records/repair/1", NULL) == 502);
    CHECK(strstr(api.body, "the other system's answer can't be read: t"));
    tell_other(&other, w.mem, 302, "");
    CHECK(api_call(&api, GET, "/api/v1/records/repair/1", NULL) == 502);
    CHECK(strstr(api.body, "answered 302"));
    fetch_allow_private(false);
    CHECK(api_call(&api, GET, "/api/v1/records/repair/1", NULL) == 502);
    CHECK(strstr(api.body, "not a public one"));
    CHECK(other.n == 2);
    fetch_allow_private(true);
}

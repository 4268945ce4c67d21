#include "messages.h"

#include "../../auth/audit_api.h"
#include "../../base/text.h"
#include "../../store/events.h"
#include "../files/files.h"
#include "api.h"
#include "test.h"
#include "world.h"

#include "../../base/fetch.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define PATH "/api/v1/messages/"

struct sample {
    struct scope scope;
    message_id id;
    const char *html; /* NULL: none */
    file_id file;     /* out: a picture called logo */
};

static bool add_sample(struct tx *tx, void *arg, struct err *err)
{
    struct sample *sample = arg;
    struct blob nothing = blob_of_nothing(tx->mem);
    struct file file = { .message_id = sample->id,
                         .name = "logo.png",
                         .type = "image/png",
                         .content_id = "logo",
                         .is_inline = true };
    struct message message = { .id = sample->id,
                               .conversation_id = { 1 },
                               .case_id = { 2 },
                               .channel_id = { 3 },
                               .subject = "Hallo",
                               .text = "Hallo",
                               .html = sample->html,
                               .parties = { "{}" } };

    if (!message_add(tx, &message, "m", err) || !file_add(tx, &file, &nothing, err))
        return false;
    sample->file = file.id;
    return true;
}

static const char *html_path(struct arena *mem, const struct sample *sample, const char *query)
{
    return arena_printf(mem, PATH "%s/html%s", id_text("msg", sample->id.n).s, query);
}

TEST(the_html_of_a_message_comes_with_a_policy_that_lets_it_do_nothing)
{
    WORLD(w);
    API(api, &w, &message_html_routes);
    struct sample sample = { .id = { 77 },
                             .html = "<script>alert(1)</script><p>Dag</p><img src='cid:logo'>"
                                     "<img src='https://far.test/a.png'>" };
    const char *policy;

    CHECK_OK(world_write(&w, add_sample, &sample), &w.err);
    api_as(&api, ROLE_AGENT);
    CHECK(api_call(&api, GET, html_path(w.mem, &sample, ""), NULL) == 200);
    CHECK_TEXT(api_header(&api, "Content-Type"), "text/html; charset=utf-8");
    CHECK_TEXT(api_header(&api, "Referrer-Policy"), "no-referrer");
    CHECK_TEXT(api_header(&api, "X-Content-Type-Options"), "nosniff");
    CHECK_TEXT(api_header(&api, "X-Frame-Options"), "SAMEORIGIN");
    CHECK(strstr(api.headers, "frame-ancestors 'none'") == NULL);
    policy = api_header(&api, "Content-Security-Policy");
    CHECK(text_starts(policy, "default-src 'none'; ") && strstr(policy, "form-action 'none'"));
    CHECK(strstr(policy, "sandbox") && !strstr(policy, "allow-scripts") &&
          !strstr(policy, "script-src") && !strstr(policy, "http"));
    CHECK(strstr(api.body, "<p>Dag</p>") && !strstr(api.body, "alert"));
    CHECK(strstr(api.body, arena_printf(w.mem, "<img src=\"/api/v1/files/%s/content?inline=true\">",
                                        id_text("fil", sample.file.n).s)));
    CHECK(strstr(api.body, "data-withheld=\"1\"") && !strstr(api.body, "far.test"));
    CHECK(api_call(&api, GET, html_path(w.mem, &sample, "?images=remote"), NULL) == 200);
    CHECK(strstr(api_header(&api, "Content-Security-Policy"), "img-src 'self' data:;"));
    CHECK(strstr(api.body, arena_printf(w.mem, "<img src=\"" PATH "%s/pictures/1\">",
                                        id_text("msg", sample.id.n).s)));
    CHECK(!strstr(api.body, "far.test"));
    CHECK(strstr(api.body, "data-withheld=\"0\""));
}

TEST(who_reads_the_html_of_a_message_is_written_down)
{
    WORLD(w);
    API(api, &w, &message_html_routes, &audit_routes);
    struct sample sample = { .id = { 77 }, .html = "<p>Dag</p>" };

    CHECK_OK(world_write(&w, add_sample, &sample), &w.err);
    api_as(&api, ROLE_ADMIN);
    CHECK(api_call(&api, GET, html_path(w.mem, &sample, ""), NULL) == 200);
    CHECK(api_audit_has(&api, "audit.case_read"));
    CHECK(strstr(api.body, id_text("cas", 2).s) && strstr(api.body, id_text("msg", 77).s));
}

TEST(there_is_no_html_of_a_plain_message_nor_of_another_organisation)
{
    WORLD(w);
    API(api, &w, &message_html_routes);
    struct sample plain = { .id = { 78 } }, other = { .id = { 79 }, .html = "<p>Geheim</p>" };
    organisation_id ours = w.scope.organisation;

    CHECK_OK(world_write(&w, add_sample, &plain), &w.err);
    w.scope.organisation.n++;
    CHECK_OK(world_write(&w, add_sample, &other), &w.err);
    w.scope.organisation = ours;
    api_as(&api, ROLE_AGENT);
    CHECK(api_call(&api, GET, html_path(w.mem, &plain, ""), NULL) == 404);
    CHECK(strstr(api.body, "has no HTML"));
    CHECK(api_call(&api, GET, html_path(w.mem, &other, ""), NULL) == 404);
    CHECK(!strstr(api.body, "Geheim"));
    api_as_nobody(&api);
    CHECK(api_call(&api, GET, html_path(w.mem, &plain, ""), NULL) == 401);
}

/* --- pictures on other servers -----------------------------------------------------------------
 */

/* A server with a picture, one that isn't one, and ways to it. */
struct far {
    int listener;
    pthread_t thread;
    char url[64], asked[4096];
};

static const char *far_answer(const struct far *far, char *out, size_t size)
{
    static const char picture[] = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
                                  "Content-Length: 8\r\n\r\n\x89PNG\r\n\x1a\n",
                      page[] = "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n"
                               "Content-Length: 6\r\n\r\n<html>",
                      gone[] = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";

    if (strncmp(far->asked, "GET /picture", 12) == 0)
        return picture;
    if (strncmp(far->asked, "GET /page", 9) == 0)
        return page;
    if (strncmp(far->asked, "GET /moved", 10) != 0)
        return gone;
    snprintf(out, size, "HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n",
             far->asked[10] == '/' ? "/picture" : "/moved?again");
    return out;
}

static void *far_serve(void *what)
{
    struct far *far = what;
    char moved[200];
    int peer;

    while ((peer = accept(far->listener, NULL, NULL)) >= 0) {
        ssize_t got = read(peer, far->asked, sizeof(far->asked) - 1);
        const char *answer;
        far->asked[got > 0 ? got : 0] = '\0';
        answer = far_answer(far, moved, sizeof(moved));
        if (write(peer, answer, strlen(answer)) > 0)
            shutdown(peer, SHUT_WR);
        close(peer);
    }
    return NULL;
}

static bool far_start(struct far *far)
{
    struct sockaddr_in address = { .sin_family = AF_INET };
    socklen_t len = sizeof(address);

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    far->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(far->listener, (struct sockaddr *)&address, len) < 0 || listen(far->listener, 8) < 0 ||
        getsockname(far->listener, (struct sockaddr *)&address, &len) < 0)
        return false;
    snprintf(far->url, sizeof(far->url), "http://127.0.0.1:%d", ntohs(address.sin_port));
    return pthread_create(&far->thread, NULL, far_serve, far) == 0;
}

static void far_stop(struct far *far)
{
    fetch_allow_private(false);
    shutdown(far->listener, SHUT_RDWR);
    pthread_join(far->thread, NULL);
    close(far->listener);
}

/* The answer to picture `number` of a mail that has one at this path of the far server. */
#define PICTURE(api, sample, number)                                                               \
    api_call(&api, GET,                                                                            \
             arena_printf(w.mem, PATH "%s/pictures/%s", id_text("msg", (sample).id.n).s, number),  \
             NULL)

TEST(a_picture_of_another_server_is_fetched_by_us_and_is_what_its_bytes_say)
{
    static const char *const paths[] = { "picture", "page", "none", "moved/1", "moved" };
    static const int status[] = { 200, 502, 502, 200, 502 };
    WORLD(w);
    API(api, &w, &message_html_routes);
    CLEANUP(far_stop) struct far far = { 0 };

    CHECK(far_start(&far));
    fetch_allow_private(true);
    api_as(&api, ROLE_AGENT);
    for (size_t i = 0; i < COUNT(paths); i++) {
        struct sample sample = { .id = { 100 + (int64_t)i },
                                 .html =
                                     arena_printf(w.mem, "<img src='%s/%s'>", far.url, paths[i]) };
        CHECK_OK(world_write(&w, add_sample, &sample), &w.err);
        if (PICTURE(api, sample, "1") != status[i])
            test_fail(__FILE__, __LINE__, "%s: %d %s", paths[i], api.status, api.body);
        CHECK(!strstr(far.asked, "Cookie") && !strstr(far.asked, "Referer"));
        if (status[i] != 200)
            continue;
        CHECK_TEXT(api_header(&api, "Content-Type"), "image/png");
        CHECK_TEXT(api_header(&api, "Cache-Control"), "private, max-age=3600");
        CHECK(strstr(api_header(&api, "Content-Security-Policy"), "default-src 'none'"));
    }
}

TEST(only_the_pictures_of_a_mail_are_fetched_and_none_inside_our_walls)
{
    static const char *const unknown[] = { "0", "2", "-1", "x", "99999999999999999999" };
    WORLD(w);
    API(api, &w, &message_html_routes);
    CLEANUP(far_stop) struct far far = { 0 };
    struct sample sample = { .id = { 90 } };

    CHECK(far_start(&far));
    sample.html = arena_printf(w.mem, "<img src='%s/picture'><img src='cid:logo'>", far.url);
    fetch_allow_private(false);
    CHECK_OK(world_write(&w, add_sample, &sample), &w.err);
    api_as(&api, ROLE_AGENT);
    for (size_t i = 0; i < COUNT(unknown); i++)
        CHECK(PICTURE(api, sample, unknown[i]) == 404);
    CHECK(PICTURE(api, sample, "1") == 502);
    CHECK(strstr(api.body, "not a public one") && far.asked[0] == '\0');
    api_as_nobody(&api);
    CHECK(PICTURE(api, sample, "1") == 401);
}

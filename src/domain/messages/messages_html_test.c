#include "messages.h"

#include "../../auth/audit_api.h"
#include "../../base/text.h"
#include "../../store/events.h"
#include "../files/files.h"
#include "api.h"
#include "test.h"
#include "world.h"

#include <string.h>

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
    API(api, &w, &message_routes);
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
    CHECK(
        strstr(api_header(&api, "Content-Security-Policy"), "img-src 'self' data: http: https:;"));
    CHECK(strstr(api.body, "<img src=\"https://far.test/a.png\">"));
    CHECK(strstr(api.body, "data-withheld=\"0\""));
}

TEST(who_reads_the_html_of_a_message_is_written_down)
{
    WORLD(w);
    API(api, &w, &message_routes, &audit_routes);
    struct sample sample = { .id = { 77 }, .html = "<p>Dag</p>" };
    struct sealing sealing = { .max = 1000 };

    CHECK_OK(world_write(&w, add_sample, &sample), &w.err);
    api_as(&api, ROLE_ADMIN);
    CHECK(api_call(&api, GET, html_path(w.mem, &sample, ""), NULL) == 200);
    /* Behind the reply: it may come a moment later. */
    for (int i = 0; i < 1000 && !strstr(api.body, "audit.case_read"); i++) {
        CHECK_OK(world_write(&w, events_seal, &sealing), &w.err);
        CHECK(api_call(&api, GET, "/api/v1/audit?kind=audit.case_read", NULL) == 200);
    }
    CHECK(strstr(api.body, id_text("cas", 2).s) && strstr(api.body, id_text("msg", 77).s));
}

TEST(there_is_no_html_of_a_plain_message_nor_of_another_organisation)
{
    WORLD(w);
    API(api, &w, &message_routes);
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

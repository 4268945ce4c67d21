/* private_test.c — from a network that everybody reads into a private chat, and back. */
#include "../domain/private_links/private_links.h"

#include "../domain/journeys/journeys.h"
#include "by_hand.h"
#include "guests.h"

struct scene {
    struct world *w;
    struct api *api;
    const char *net, *dm, *chat; /* "/api/v1/channels/…"; the chat's id */
    const char *path;            /* of the case */
};

/* One who looks at a link: a browser with what it keeps. */
struct browser {
    const char *page, *cookie;
};

static bool open_scene(struct scene *scene, struct world *w, struct api *api)
{
    const char *path;

    *scene = (struct scene){ .w = w, .api = api };
    api_as(api, ROLE_ADMIN);
    if (api_call(api, POST, "/api/v1/channels",
                 "{\"type\":\"chat\",\"name\":\"Site\",\"settings\":{\"address\":\"www.x.nl\","
                 "\"title\":\"Lindewerf\",\"challenge_bits\":1}}") != 201)
        return false;
    scene->chat = api_text(api, "id");
    if (api_call(api, POST, "/api/v1/channels",
                 "{\"type\":\"api\",\"name\":\"Net\",\"settings\":{\"address\":\"@x\","
                 "\"is_public\":true}}") != 201)
        return false;
    scene->net = arena_printf(w->mem, "/api/v1/channels/%s", api_text(api, "id"));
    if (api_call(api, POST, "/api/v1/channels",
                 "{\"type\":\"api\",\"name\":\"App\",\"settings\":{\"address\":\"app\"}}") != 201)
        return false;
    scene->dm = arena_printf(w->mem, "/api/v1/channels/%s", api_text(api, "id"));
    path = arrive(api, scene->net, "n1", "@jan", "Wat een waardeloze service, derde dag zonder");
    scene->path = path;
    return path != NULL;
}

#define SCENE(scene, w)                                                                            \
    WORLD(w);                                                                                      \
    API(api, &w, &case_routes, &way_routes, &channel_routes, &message_routes, &person_routes,      \
        &identity_routes, &visitor_routes, &chat_begin_routes, &chat_in_routes,                    \
        &chat_visit_routes, &exchange_in_routes, &private_link_routes, &private_page_routes,       \
        &journey_routes);                                                                          \
    STILL;                                                                                         \
    struct scene scene;                                                                            \
    CHECK_OK(open_scene(&scene, &w, &api), &w.err)

/* The path of a new link's page; NULL when there is none. */
static const char *ask(struct scene *scene, const char *json)
{
    const char *url, *path;

    if (api_call(scene->api, POST, arena_printf(scene->w->mem, "%s/private-links", scene->path),
                 json) != 201)
        return NULL;
    url = api_text(scene->api, "url");
    path = url ? strstr(url, "/p/") : NULL;
    return path && strstr(api_text(scene->api, "text"), url) ? path : NULL;
}

/* What a browser without anybody's login asks. */
static int look(struct scene *scene, struct browser *browser, enum method method, const char *more,
                const char *form)
{
    struct api *api = scene->api;
    const char *token = api->token, *cookie = api->cookie, *given;
    int status;

    api->token = api->cookie = NULL;
    if (browser->cookie)
        api->header = arena_printf(api->w->mem, "Cookie: %s", browser->cookie);
    status = api_call(api, method, arena_printf(api->w->mem, "%s%s", browser->page, more), form);
    api->token = token;
    api->cookie = cookie;
    given = api_header(api, "Set-Cookie");
    if (given)
        browser->cookie = arena_text_n(api->w->mem, given, strcspn(given, ";"));
    return status;
}

static bool opens(struct scene *scene, struct browser *browser)
{
    return look(scene, browser, POST, "", "") == 303 && browser->cookie;
}

/* The word that the page asks to be written in public. */
static const char *code_on(struct scene *scene)
{
    const char *at = strstr(scene->api->body, "class=\"code\">");

    return at ? arena_text_n(scene->w->mem, at + 13, PRIVATE_CODE_LEN) : NULL;
}

/* Of the newest link; NULL when it says none. */
static const char *link_text(struct scene *scene, const char *name)
{
    const char *at = strstr(scene->api->body, arena_printf(scene->w->mem, "\"%s\":\"", name));

    at = at ? at + strlen(name) + 4 : NULL;
    return at ? arena_text_n(scene->w->mem, at, strcspn(at, "\"")) : NULL;
}

static const char *link_state(struct scene *scene)
{
    return api_call(scene->api, GET, arena_printf(scene->w->mem, "%s/private-links", scene->path),
                    NULL) == 200
               ? link_text(scene, "state")
               : NULL;
}

TEST(looking_at_a_private_link_opens_nothing_and_its_button_opens_it_for_one_browser)
{
    SCENE(scene, w);
    struct browser jan = { ask(&scene, "{}"), NULL }, other = jan;

    CHECK(jan.page);
    CHECK_TEXT(link_state(&scene), "waiting");
    CHECK(!says(&api, jan.page)); /* its secret was told only once */
    for (int i = 0; i < 3; i++)
        CHECK(look(&scene, &jan, GET, "", NULL) == 200 && says(&api, "<button"));
    CHECK(!jan.cookie && says(&api, "@jan") && says(&api, "Net"));
    CHECK(!says(&api, "waardeloze")); /* nothing of the case before it's his */
    CHECK_TEXT(link_state(&scene), "waiting");

    CHECK(opens(&scene, &jan));
    CHECK(strstr(api_header(&api, "Set-Cookie"), "HttpOnly; SameSite=Lax"));
    CHECK_TEXT(link_state(&scene), "opened");
    CHECK(look(&scene, &jan, GET, "", NULL) == 200 && says(&api, "name=\"is\""));
    CHECK(look(&scene, &jan, POST, "", "") == 303); /* pressed twice */

    other.page = jan.page;
    CHECK(look(&scene, &other, GET, "", NULL) == 410 && !says(&api, "@jan"));
    CHECK(look(&scene, &other, POST, "", "") == 410 && !other.cookie);
    other.cookie = arena_printf(w.mem, "%.*sabc", (int)strlen(jan.cookie) - 3, jan.cookie);
    CHECK(look(&scene, &other, GET, "", NULL) == 410);
    CHECK(look(&scene, &other, POST, "/answer", "is=yes") == 410);
    CHECK(look(&scene, &other, POST, "/messages", "id=a&text=Hallo") == 410);
    CHECK(api_call(&api, GET, scene.path, NULL) == 200 && says(&api, "private.opened"));
    CHECK(!says(&api, "Hallo"));
}

TEST(a_link_that_nobody_made_lapsed_or_was_withdrawn_opens_nothing)
{
    SCENE(scene, w);
    struct browser jan = { ask(&scene, "{\"minutes\":10}"), NULL }, second, guess;
    const char *id;

    CHECK(jan.page);
    guess = (struct browser){ arena_printf(w.mem, "%.*saaaaa", (int)strlen(jan.page) - 5, jan.page),
                              NULL };
    CHECK(look(&scene, &guess, GET, "", NULL) == 404 && look(&scene, &guess, POST, "", "") == 404);
    guess.page = "/p/x";
    CHECK(look(&scene, &guess, GET, "", NULL) == 404);

    second = (struct browser){ ask(&scene, "{}"), NULL };
    id = api_text(&api, "id");
    CHECK(api_call(&api, DELETE, arena_printf(w.mem, "/api/v1/private-links/%s", id), NULL) == 204);
    CHECK(api_call(&api, DELETE, arena_printf(w.mem, "/api/v1/private-links/%s", id), NULL) == 204);
    CHECK_TEXT(link_state(&scene), "withdrawn");
    CHECK(look(&scene, &second, GET, "", NULL) == 410 && !opens(&scene, &second));

    clock_advance(10 * MINUTE_MS + 1);
    CHECK(look(&scene, &jan, GET, "", NULL) == 410 && !opens(&scene, &jan));
    second = (struct browser){ ask(&scene, "{}"), NULL };
    id = api_text(&api, "id");
    CHECK(opens(&scene, &second));
    CHECK(api_call(&api, DELETE, arena_printf(w.mem, "/api/v1/private-links/%s", id), NULL) == 409);
}

TEST(a_private_link_that_is_asked_for_twice_with_one_key_is_made_once_and_told_once)
{
    SCENE(scene, w);
    const char *path = arena_printf(w.mem, "%s/private-links", scene.path), *url;

    api.header = "Idempotency-Key: k1";
    CHECK(api_call(&api, POST, path, "{}") == 201);
    url = api_text(&api, "url");
    api.header = "Idempotency-Key: k1";
    CHECK(api_call(&api, POST, path, "{}") == 409);
    CHECK(url && !strstr(api.body, url) && strstr(api.body, "withdraw it"));
    api.header = NULL;
    CHECK(api_call(&api, GET, path, NULL) == 200 && api_count(&api, "plk") == 1);
}

TEST(who_opened_a_public_link_is_the_customer_once_he_writes_its_word_in_public)
{
    SCENE(scene, w);
    struct browser jan = { ask(&scene, "{}"), NULL };
    const char *code, *person;

    CHECK(jan.page && opens(&scene, &jan));
    CHECK(look(&scene, &jan, POST, "/answer", "is=yes") == 303);
    CHECK(look(&scene, &jan, GET, "", NULL) == 200);
    code = code_on(&scene);
    CHECK(code && strlen(code) == PRIVATE_CODE_LEN);
    CHECK(look(&scene, &jan, POST, "/messages", "id=a1&text=Het+gaat+om+nummer+12") == 303);
    CHECK(api_call(&api, GET, scene.path, NULL) == 200 && says(&api, "Het gaat om nummer 12"));
    person = api_text(&api, "person_id");
    CHECK(!says(&api, "private.proved") && says(&api, "private.said_yes"));
    CHECK(api_call(&api, GET, arena_printf(w.mem, "/api/v1/people/%s", person), NULL) == 200);
    CHECK(!says(&api, "vis_")); /* still two people */

    /* Somebody else who read along, and the wrong word. */
    CHECK(arrive(&api, scene.net, "n2", "@piet", code) != NULL);
    CHECK(arrive(&api, scene.net, "n3", "@jan", "ABCDEF") != NULL);
    CHECK(arrive(&api, scene.dm, "n4", "@jan", code) != NULL);
    CHECK(api_call(&api, GET, scene.path, NULL) == 200 && !says(&api, "private.proved"));

    CHECK(arrive(&api, scene.net, "n5", "@jan",
                 arena_printf(w.mem, "Ik ben het: %s!", text_lower(w.mem, code))) != NULL);
    CHECK(api_call(&api, GET, scene.path, NULL) == 200 && says(&api, "private.proved"));
    CHECK(api_call(&api, GET, arena_printf(w.mem, "/api/v1/people/%s", person), NULL) == 200);
    CHECK(says(&api, "vis_") && says(&api, "@jan"));
    CHECK(look(&scene, &jan, GET, "", NULL) == 200 && !code_on(&scene));
    CHECK(link_state(&scene) && link_text(&scene, "proved_at"));
    CHECK(api_call(&api, GET, scene.path, NULL) == 200);
    CHECK(!strstr(strstr(api.body, "private.proved") + 1, "private.proved"));
}

TEST(opening_a_link_that_only_the_customer_could_read_proves_him_once_he_says_yes)
{
    SCENE(scene, w);
    struct browser jan;
    const char *id = strrchr(scene.dm, '/') + 1;

    scene.path = arrive(&api, scene.dm, "d1", "jan-1042", "Een vraag over mijn huur");
    CHECK(scene.path && !ask(&scene, "{}") && api.status == 409); /* nothing of it is public */
    jan = (struct browser){ ask(&scene, arena_printf(w.mem, "{\"channel_id\":\"%s\"}", id)), NULL };
    CHECK(jan.page && opens(&scene, &jan));
    CHECK(look(&scene, &jan, POST, "/answer", "is=yes") == 303);
    CHECK(look(&scene, &jan, GET, "", NULL) == 200 && !code_on(&scene));
    CHECK(says(&api, "jan-1042"));
    CHECK(api_call(&api, GET, scene.path, NULL) == 200 && says(&api, "private.proved"));
    CHECK(api_call(&api, GET, arena_printf(w.mem, "/api/v1/people/%s", api_text(&api, "person_id")),
                   NULL) == 200);
    CHECK(says(&api, "vis_") && says(&api, "\"value\":\"jan-1042\""));
}

TEST(who_says_no_talks_on_and_nothing_is_put_together)
{
    SCENE(scene, w);
    struct browser jan = { ask(&scene, "{}"), NULL };

    CHECK(jan.page && opens(&scene, &jan));
    CHECK(look(&scene, &jan, POST, "/answer", "is=misschien") == 422);
    CHECK(look(&scene, &jan, POST, "/answer", "is=no") == 303);
    CHECK(look(&scene, &jan, GET, "", NULL) == 200 && !code_on(&scene));
    CHECK(look(&scene, &jan, POST, "/messages", "id=a1&text=Toch+even") == 303);
    CHECK(look(&scene, &jan, POST, "/messages", "id=a1&text=Toch+even") == 303); /* twice is once */
    CHECK(look(&scene, &jan, POST, "/messages", "id=a2&text=++") == 303);
    CHECK(api_call(&api, GET, scene.path, NULL) == 200 && says(&api, "Toch even"));
    CHECK(says(&api, "\"messages_n\":2") && says(&api, "private.said_no"));
    CHECK(api_call(&api, GET, arena_printf(w.mem, "/api/v1/people/%s", api_text(&api, "person_id")),
                   NULL) == 200);
    CHECK(!says(&api, "vis_"));
}

TEST(the_private_conversation_is_of_the_same_case_and_is_answered_there_first)
{
    SCENE(scene, w);
    struct browser jan = { ask(&scene, "{}"), NULL };
    const char *token;
    struct guest guest;

    CHECK(jan.page && opens(&scene, &jan) && look(&scene, &jan, POST, "/answer", "is=no") == 303);
    CHECK(api_call(&api, GET, arena_printf(w.mem, "%s/ways", scene.path), NULL) == 200);
    CHECK(strstr(api.body, scene.chat) < strstr(api.body, strrchr(scene.net, '/') + 1));
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/messages", scene.path),
                   "{\"text\":\"Goedemiddag, waar gaat het om?\"}") == 201);
    CHECK_TEXT(api_text(&api, "channel_id"), scene.chat);
    CHECK(run_jobs(&w, "send", job_send));
    CHECK(look(&scene, &jan, GET, "", NULL) == 200 && says(&api, "waar gaat het om?"));

    /* The same by the chat's own page, which the script goes to. */
    token = strstr(api.body, "data-token=\"") + strlen("data-token=\"");
    guest = (struct guest){ arena_printf(w.mem, "/chat/%s", scene.chat),
                            arena_text_n(w.mem, token, strcspn(token, "\"")) };
    CHECK(strstr(api.body, arena_printf(w.mem, "href=\"/chat/%s#plk_", scene.chat)));
    CHECK(guest_call(&api, &guest, GET, "messages", NULL) == 200 && says(&api, "waar gaat het"));
    CHECK(guest_write(&api, &guest, "b1", "Om de verwarming") == 201);
    CHECK(api_call(&api, GET, scene.path, NULL) == 200 && says(&api, "Om de verwarming"));
    CHECK(says(&api, "\"reason\":\"privacy\""));
    CHECK(!strstr(strstr(api.body, "case.channel_changed") + 1, "case.channel_changed"));
    CHECK(api_call(&api, GET, arena_printf(w.mem, "%s/journey", scene.path), NULL) == 200);
    CHECK(says(&api, "\"kind\":\"ours\",\"reason\":\"privacy\"") && says(&api, "\"moves_n\":1"));

    /* At the end something is said in public. */
    CHECK(link_state(&scene) && says(&api, "\"was_closed\":false") && link_text(&scene, "closing"));
    clock_advance(MINUTE_MS);
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/messages", scene.path),
                   arena_printf(w.mem, "{\"channel_id\":\"%s\",\"text\":\"Afgerond\"}",
                                strrchr(scene.net, '/') + 1)) == 201);
    CHECK(link_state(&scene) && says(&api, "\"was_closed\":true"));
}

TEST(who_is_shut_out_of_the_chat_is_shut_out_of_the_page)
{
    SCENE(scene, w);
    struct browser jan = { ask(&scene, "{}"), NULL };

    CHECK(jan.page && opens(&scene, &jan) && look(&scene, &jan, POST, "/answer", "is=no") == 303);
    CHECK(api_call(&api, POST, arena_printf(w.mem, "%s/visitor/block", scene.path), "{}") == 201);
    CHECK(look(&scene, &jan, GET, "", NULL) == 403);
    CHECK(look(&scene, &jan, POST, "/messages", "id=a1&text=Hallo") == 403);
    CHECK(api_call(&api, GET, scene.path, NULL) == 200 && !says(&api, "Hallo"));
}

TEST(the_page_runs_nothing_that_others_wrote_and_takes_forms_only_of_its_own)
{
    SCENE(scene, w);
    struct browser jan;

    scene.path = arrive(&api, scene.net, "x1", "<script>alert(1)</script>", "Hallo allemaal daar");
    jan = (struct browser){ scene.path ? ask(&scene, "{}") : NULL, NULL };
    CHECK(jan.page && look(&scene, &jan, GET, "", NULL) == 200);
    CHECK(!says(&api, "<script") && says(&api, "&lt;script&gt;"));
    CHECK(strstr(api_header(&api, "Content-Security-Policy"), "default-src 'none'"));
    CHECK(!strstr(api_header(&api, "Content-Security-Policy"), "unsafe"));
    CHECK_TEXT(api_header(&api, "Cache-Control"), "no-store");
    CHECK_TEXT(api_header(&api, "X-Frame-Options"), "DENY");
    CHECK_TEXT(api_header(&api, "Referrer-Policy"), "no-referrer");
    api.header = "Origin: https://elders.example";
    CHECK(look(&scene, &jan, POST, "", "") == 403 && !jan.cookie);
    CHECK_TEXT(link_state(&scene), "waiting");
}

TEST(only_who_may_answer_asks_somebody_to_go_private_and_not_without_end)
{
    SCENE(scene, w);
    int n = 0;

    while (n < 100 && ask(&scene, "{}"))
        n++;
    CHECK(n == PRIVATE_LINKS_MAX && api.status == 429);
    api_as_token(&api, ROLE_ADMIN, "case:read");
    CHECK(!ask(&scene, "{}") && api.status == 403);
    CHECK(link_state(&scene) != NULL);
}

TEST(a_link_speaks_the_language_of_who_it_is_for)
{
    static const struct {
        const char *language, *text, *page;
    } rows[] = {
        { "nl", "gaan we graag",    "gaat graag"          },
        { "en", "go on in private", "would like to go on" },
        { "fr", "Continuons",       "souhaite continuer"  },
    };
    SCENE(scene, w);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct browser jan = { NULL, NULL };

        CHECK(api_call(&api, GET, scene.path, NULL) == 200);
        api.header = "If-Match: *";
        CHECK(api_call(&api, PATCH,
                       arena_printf(w.mem, "/api/v1/people/%s", api_text(&api, "person_id")),
                       arena_printf(w.mem, "{\"language\":\"%s\"}", rows[i].language)) == 200);
        jan.page = ask(&scene, "{}");
        CHECK(jan.page && strstr(api_text(&api, "text"), rows[i].text));
        CHECK(look(&scene, &jan, GET, "", NULL) == 200 && says(&api, rows[i].page));
    }
}

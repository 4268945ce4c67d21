/* A case's timeline in parts: nothing twice, nothing missing, and around any of it. */
#include "pipeline.h"

#include "desk.h"

#include <stdlib.h>

#define TIMELINE_DESK(api, w)                                                                      \
    API(api, w, &case_routes, &timeline_routes, &channel_routes, &exchange_in_routes, &note_routes)

enum { WORDS_N = 30 };

/* So many messages and notes in turn, in one case; its path. */
static const char *talk(struct api *api)
{
    const char *channel = add_channel(api), *path = NULL;

    for (int i = 0; channel && i < WORDS_N; i++) {
        if (i % 3 == 2) {
            if (api_call(api, POST, arena_printf(api->w->mem, "%s/notes", path),
                         arena_printf(api->w->mem, "{\"text\":\"woord-%02d.\"}", i)) != 201)
                return NULL;
            continue;
        }
        path = arrive(api, channel, arena_printf(api->w->mem, "%d", i), "jan",
                      arena_printf(api->w->mem, "woord-%02d.", i));
        if (!path)
            return NULL;
    }
    return path;
}

/* The ids of the words of the last answer, oldest first, and each of them once more in `seen`. */
struct words {
    const char *first, *last;
    size_t n;
};
static struct words words_of(const struct api *api, int seen[WORDS_N])
{
    struct words words = { 0 };
    const char *at = strstr(api->body, "\"items\":[");

    while (at && (at = strstr(at, "{\"kind\":\""))) {
        const char *end = strstr(at + 1, "{\"kind\":\""), *id = strstr(at, "\"id\":\"") + 6;
        const char *item = arena_text_n(api->w->mem, at, end ? (size_t)(end - at) : strlen(at));
        const char *word = strstr(item, "\"text\":\"woord-");
        words.last = arena_text_n(api->w->mem, id, strcspn(id, "\""));
        if (words.n++ == 0)
            words.first = words.last;
        if (word)
            seen[strtol(word + 14, NULL, 10)]++;
        at = end;
    }
    return words;
}

static bool each_once(const int seen[WORDS_N])
{
    for (size_t i = 0; i < WORDS_N; i++)
        if (seen[i] != 1)
            return false;
    return true;
}

static int ask(struct api *api, const char *path, const char *query)
{
    return api_call(api, GET, arena_printf(api->w->mem, "%s/timeline?%s", path, query), NULL);
}

TEST(a_timeline_read_in_parts_has_each_word_once_in_both_directions)
{
    WORLD(w);
    TIMELINE_DESK(api, &w);
    int seen[WORDS_N] = { 0 }, again[WORDS_N] = { 0 };
    struct words words = { 0 };
    const char *path, *oldest;
    int parts = 0;

    api_as(&api, ROLE_ADMIN);
    path = talk(&api);
    CHECK(path && ask(&api, path, "limit=7") == 200);
    CHECK(says(&api, "\"has_older\":true") && says(&api, "\"has_newer\":false"));
    words = words_of(&api, seen);
    CHECK(words.n == 7);
    for (; says(&api, "\"has_older\":true") && parts < WORDS_N; parts++) {
        CHECK(ask(&api, path, arena_printf(w.mem, "limit=7&before=%s", words.first)) == 200);
        words = words_of(&api, seen);
    }
    CHECK(parts > 3 && each_once(seen));

    CHECK(ask(&api, path, arena_printf(w.mem, "limit=7&around=%s", words.first)) == 200);
    oldest = words_of(&api, again).first;
    CHECK_TEXT(oldest, words.first);
    memset(again, 0, sizeof(again));
    CHECK(ask(&api, path, arena_printf(w.mem, "limit=1&around=%s", oldest)) == 200);
    words = words_of(&api, again);
    while (says(&api, "\"has_newer\":true") && parts++ < 2 * WORDS_N) {
        CHECK(ask(&api, path, arena_printf(w.mem, "limit=7&after=%s", words.last)) == 200);
        words = words_of(&api, again);
    }
    CHECK(each_once(again));
}

TEST(what_was_said_is_read_without_what_happened_messages_and_notes_each_once)
{
    WORLD(w);
    TIMELINE_DESK(api, &w);
    int seen[WORDS_N] = { 0 };
    struct words words;
    const char *path;
    int parts = 0;

    api_as(&api, ROLE_ADMIN);
    path = talk(&api);
    CHECK(path && change(&api, path, "{\"title\":\"iets anders\"}") == 200);
    CHECK(ask(&api, path, "limit=7") == 200 && says(&api, "case.changed"));
    CHECK(ask(&api, path, "limit=7&said=true") == 200);
    words = words_of(&api, seen);
    for (; says(&api, "\"has_older\":true") && parts < WORDS_N; parts++) {
        CHECK(!says(&api, "\"id\":\"evt_"));
        CHECK(ask(&api, path, arena_printf(w.mem, "limit=7&said=true&before=%s", words.first)) ==
              200);
        words = words_of(&api, seen);
    }
    CHECK(parts == 4 && each_once(seen));
    CHECK(ask(&api, path, arena_printf(w.mem, "limit=500&said=true&around=%s", words.first)) ==
          200);
    CHECK(!says(&api, "\"id\":\"evt_") && says(&api, "\"kind\":\"note\""));
}

TEST(a_timeline_around_a_message_has_it_and_what_is_beside_it)
{
    WORLD(w);
    TIMELINE_DESK(api, &w);
    int seen[WORDS_N] = { 0 }, around[WORDS_N] = { 0 };
    struct words words;
    const char *path;

    api_as(&api, ROLE_ADMIN);
    path = talk(&api);
    CHECK(path && ask(&api, path, "limit=15") == 200);
    words = words_of(&api, seen);
    CHECK(ask(&api, path, arena_printf(w.mem, "limit=6&around=%s", words.first)) == 200);
    CHECK(words_of(&api, around).n == 8);
    CHECK(says(&api, words.first));
    CHECK(says(&api, "\"has_older\":true") && says(&api, "\"has_newer\":true"));
    for (size_t i = 0; i < WORDS_N; i++)
        CHECK(around[i] <= 1);
}

TEST(a_part_of_a_timeline_says_what_is_wrong_with_what_it_was_asked_for)
{
    WORLD(w);
    TIMELINE_DESK(api, &w);
    const char *path;

    api_as(&api, ROLE_ADMIN);
    path = talk(&api);
    CHECK(path && ask(&api, path, "before=cas_0000000000001") == 422);
    CHECK(says(&api, "must be an id like msg_"));
    CHECK(ask(&api, path, "before=msg_0000000000001&after=msg_0000000000001") == 422);
    CHECK(ask(&api, path, "limit=501") == 422);
}

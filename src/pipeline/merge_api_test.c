/* Merging, splitting and moving as the desk does it, over HTTP. */
#include "pipeline.h"

#include "desk.h"

#include "../domain/cases/merge.h"
#include "../domain/cases/proposals.h"
#include "../domain/drafts/drafts.h"
#include "../domain/read_marks/read_marks.h"

#define MERGING(api, w)                                                                            \
    API(api, w, &case_routes, &channel_routes, &exchange_in_routes, &exchange_out_routes,          \
        &message_routes, &label_routes, &note_routes, &case_merge_routes, &case_proposal_routes,   \
        &draft_routes, &read_mark_routes)

/* Calls about the case as it is now; the status. */
static int with_version(struct api *api, enum method method, const char *of, const char *path,
                        const char *json)
{
    if (api_call(api, GET, of, NULL) != 200)
        return api->status;
    api->header = arena_printf(api->w->mem, "If-Match: %s", api_header(api, "ETag"));
    return api_call(api, method, path, json);
}

static const char *below(struct api *api, const char *path, const char *rest)
{
    return arena_printf(api->w->mem, "%s/%s", path, rest);
}

static const char *id_of(const char *path)
{
    return strrchr(path, '/') + 1;
}

/* Puts the case of one path into that of the other; the path that undoes it. */
static const char *merge(struct api *api, const char *loser, const char *winner)
{
    if (with_version(api, POST, loser, below(api, loser, "merge"),
                     arena_printf(api->w->mem, "{\"into\":\"%s\"}", id_of(winner))) != 201)
        return NULL;
    return arena_printf(api->w->mem, "%s/merges/%s", winner, api_text(api, "id"));
}

struct two {
    const char *channel, *anna, *bert;
};

static bool begin(struct api *api, struct two *out)
{
    api_as(api, ROLE_ADMIN);
    out->channel = add_channel(api);
    out->anna = arrive(api, out->channel, "1", "anna", "De kraan lekt");
    out->bert = arrive(api, out->channel, "2", "bert", "Mijn rekening klopt niet");
    return out->anna && out->bert;
}

TEST(a_merged_case_answers_to_both_ids_and_references_and_stands_in_the_list_once)
{
    WORLD(w);
    MERGING(api, &w);
    const char *reference;
    struct two two;

    CHECK(begin(&api, &two) && api_call(&api, GET, two.anna, NULL) == 200);
    reference = api_text(&api, "reference");
    CHECK(merge(&api, two.anna, two.bert));
    CHECK_TEXT(api_text(&api, "loser_id"), id_of(two.anna));
    CHECK(api_call(&api, GET, two.anna, NULL) == 200);
    CHECK_TEXT(api_text(&api, "id"), id_of(two.bert));
    CHECK(says(&api, "De kraan lekt") && says(&api, "rekening") && says(&api, "\"members\":[{"));
    CHECK(says(&api, "\"messages_n\":2") && says(&api, "case.merged"));
    CHECK(api_call(&api, GET, arena_printf(w.mem, "/api/v1/cases/%s", reference), NULL) == 200);
    CHECK_TEXT(api_text(&api, "id"), id_of(two.bert));
    CHECK(api_call(&api, GET, "/api/v1/cases", NULL) == 200 && api_count(&api, "cas") == 1);
    CHECK(api_call(&api, GET, "/api/v1/cases?status=all", NULL) == 200);
    CHECK(api_count(&api, "cas") == 1);
    CHECK(api_call(&api, GET, "/api/v1/cases?status=new", NULL) == 200);
    CHECK(api_count(&api, "cas") == 1);
    CHECK(api_call(&api, GET, "/api/v1/cases?q=kraan", NULL) == 200);
    CHECK(says(&api, id_of(two.bert)) && !says(&api, id_of(two.anna)));
}

TEST(what_comes_in_for_a_merged_case_goes_with_it_when_it_comes_off)
{
    WORLD(w);
    MERGING(api, &w);
    const char *undo;
    struct two two;

    CHECK(begin(&api, &two));
    undo = merge(&api, two.anna, two.bert);
    CHECK(undo && arrive(&api, two.channel, "3", "anna", "En nu staat de keuken blank"));
    CHECK_TEXT(api_text(&api, "case_id"), id_of(two.bert));
    CHECK(api_call(&api, GET, two.bert, NULL) == 200 && says(&api, "\"messages_n\":3"));
    CHECK(with_version(&api, DELETE, two.bert, undo, NULL) == 200);
    CHECK(api_call(&api, GET, two.anna, NULL) == 200);
    CHECK_TEXT(api_text(&api, "id"), id_of(two.anna));
    CHECK(says(&api, "keuken blank") && !says(&api, "text\":\"Mijn rekening") &&
          says(&api, "\"messages_n\":2"));
    CHECK_TEXT(api_text(&api, "preview"), "En nu staat de keuken blank");
    CHECK(api_call(&api, GET, two.bert, NULL) == 200 && says(&api, "\"messages_n\":1"));
    CHECK(with_version(&api, DELETE, two.bert, undo, NULL) == 410);
}

TEST(an_answer_to_the_whole_is_an_answer_to_each_and_closing_it_closes_each)
{
    WORLD(w);
    MERGING(api, &w);
    const char *undo;
    struct two two;

    CHECK(begin(&api, &two));
    undo = merge(&api, two.anna, two.bert);
    CHECK(undo && api_call(&api, GET, two.bert, NULL) == 200);
    CHECK_TEXT(api_text(&api, "status"), "new");
    CHECK(api_call(&api, POST, below(&api, two.anna, "messages"),
                   "{\"text\":\"Wij komen.\",\"status\":\"done\"}") == 201);
    CHECK(with_version(&api, DELETE, two.bert, undo, NULL) == 200);
    CHECK(api_call(&api, GET, two.anna, NULL) == 200);
    CHECK_TEXT(api_text(&api, "status"), "done");
    CHECK(!api_text(&api, "waiting_since"));
    CHECK(api_call(&api, GET, two.bert, NULL) == 200);
    CHECK_TEXT(api_text(&api, "status"), "done");
}

TEST(a_merge_needs_the_version_that_was_seen_and_two_cases)
{
    WORLD(w);
    MERGING(api, &w);
    const char *json, *undo;
    struct two two;

    CHECK(begin(&api, &two));
    json = arena_printf(w.mem, "{\"into\":\"%s\"}", id_of(two.bert));
    CHECK(api_call(&api, POST, below(&api, two.anna, "merge"), json) == 428);
    api.header = "If-Match: \"7\"";
    CHECK(api_call(&api, POST, below(&api, two.anna, "merge"), json) == 412);
    CHECK(with_version(&api, POST, two.bert, below(&api, two.bert, "merge"), json) == 422);
    undo = merge(&api, two.anna, two.bert);
    CHECK(undo != NULL);
    CHECK(with_version(&api, POST, two.anna, below(&api, two.anna, "merge"), json) == 422);
    /* Who has seen the one that was merged has not seen what it is part of now. */
    api.header = "If-Match: \"1\"";
    CHECK(api_call(&api, PATCH, two.anna, "{\"title\":\"Oud\"}") == 412);
    api_as(&api, ROLE_ADMIN);
    api_as_token(&api, ROLE_ADMIN, "case:read");
    api.header = "If-Match: *";
    CHECK(api_call(&api, DELETE, undo, NULL) == 403);
}

TEST(messages_are_split_off_and_moved_and_each_of_it_is_undone)
{
    WORLD(w);
    MERGING(api, &w);
    const char *message, *split, *moved, *picks;
    struct two two;

    CHECK(begin(&api, &two) && arrive(&api, two.channel, "3", "anna", "En de lift is stuk"));
    message = api_text(&api, "message_id");
    picks = arena_printf(w.mem, "{\"messages\":[\"%s\"]}", message);
    CHECK(with_version(&api, POST, two.anna, below(&api, two.anna, "split"), picks) == 201);
    CHECK(says(&api, "\"kind\":\"split\""));
    split = arena_printf(w.mem, "%s/moves/%s", two.anna, api_text(&api, "id"));
    moved = arena_printf(w.mem, "/api/v1/cases/%s", api_text(&api, "to_case_id"));
    CHECK(api_call(&api, GET, moved, NULL) == 200 && says(&api, "En de lift is stuk"));
    CHECK_TEXT(api_text(&api, "status"), "new");
    CHECK(says(&api, "case.split") && api_text(&api, "waiting_since"));
    /* The conversation went along with its newest message. */
    CHECK(arrive(&api, two.channel, "4", "anna", "Al twee dagen"));
    CHECK_TEXT(api_text(&api, "case_id"), id_of(moved));
    CHECK(with_version(&api, DELETE, two.anna, split, NULL) == 200);
    CHECK(api_call(&api, GET, two.anna, NULL) == 200 && says(&api, "\"messages_n\":3"));
    CHECK(says(&api, "Al twee dagen") && says(&api, "case.move_undone"));
    /* What is empty stands in no list. */
    CHECK(api_call(&api, GET, "/api/v1/cases?status=all", NULL) == 200);
    CHECK(api_count(&api, "cas") == 2);
    picks = arena_printf(w.mem, "{\"messages\":[\"%s\"],\"to\":\"%s\"}", message, id_of(two.bert));
    CHECK(with_version(&api, POST, two.anna, below(&api, two.anna, "moves"), picks) == 201);
    moved = arena_printf(w.mem, "%s/moves/%s", two.bert, api_text(&api, "id"));
    CHECK(api_call(&api, GET, two.bert, NULL) == 200 && says(&api, "En de lift is stuk"));
    CHECK(with_version(&api, POST, two.anna, below(&api, two.anna, "moves"), picks) == 422);
    CHECK(with_version(&api, DELETE, two.bert, moved, NULL) == 200);
    CHECK(with_version(&api, DELETE, two.bert, moved, NULL) == 410);
    CHECK(api_call(&api, GET, two.bert, NULL) == 200 && !says(&api, "\"text\":\"En de lift"));
}

TEST(a_case_cannot_be_moved_away_whole)
{
    WORLD(w);
    MERGING(api, &w);
    const char *picks;
    struct two two;

    CHECK(begin(&api, &two) && api_call(&api, GET, below(&api, two.anna, "messages"), NULL) == 200);
    picks = strstr(api.body, "msg_");
    picks =
        arena_printf(w.mem, "{\"messages\":[\"%.*s\"],\"to\":\"%s\"}", 17, picks, id_of(two.bert));
    CHECK(with_version(&api, POST, two.anna, below(&api, two.anna, "moves"), picks) == 422);
    CHECK(says(&api, "merge it instead"));
    CHECK(with_version(&api, POST, two.anna, below(&api, two.anna, "split"), "{}") == 422);
}

TEST(an_answer_to_a_message_that_was_moved_alone_goes_to_its_sender_and_stays_with_it)
{
    WORLD(w);
    MERGING(api, &w);
    const char *first, *path;
    struct two two;

    CHECK(begin(&api, &two));
    CHECK(api_call(&api, GET, below(&api, two.anna, "messages"), NULL) == 200);
    first = strstr(api.body, "msg_");
    first = arena_printf(w.mem, "{\"messages\":[\"%.*s\"]}", 17, first);
    CHECK(arrive(&api, two.channel, "3", "anna", "En de lift is stuk"));
    CHECK(with_version(&api, POST, two.anna, below(&api, two.anna, "split"), first) == 201);
    path = arena_printf(w.mem, "/api/v1/cases/%s", api_text(&api, "to_case_id"));
    CHECK(api_call(&api, POST, below(&api, path, "messages"), "{\"text\":\"Wij komen.\"}") == 201);
    CHECK_TEXT(api_text(&api, "case_id"), id_of(path));
    CHECK(says(&api, "\"address\":\"anna\""));
    CHECK(api_call(&api, GET, path, NULL) == 200 && says(&api, "\"messages_n\":2"));
}

TEST(notes_labels_and_drafts_of_a_merged_case_stand_in_what_it_is_part_of)
{
    WORLD(w);
    MERGING(api, &w);
    const char *label, *undo;
    struct two two;

    CHECK(begin(&api, &two));
    CHECK(api_call(&api, POST, "/api/v1/labels", "{\"name\":\"Spoed\"}") == 201);
    label = arena_printf(w.mem, "labels/%s", api_text(&api, "id"));
    CHECK(api_call(&api, PUT, below(&api, two.anna, label), NULL) == 204);
    CHECK(api_call(&api, POST, below(&api, two.anna, "notes"), "{\"text\":\"Belt terug\"}") == 201);
    api.header = "If-Match: \"0\"";
    CHECK(api_call(&api, PUT, below(&api, two.anna, "drafts/reply"), "{\"text\":\"Beste Anna\"}") ==
          200);
    api.header = "If-Match: \"0\"";
    CHECK(api_call(&api, PUT, below(&api, two.bert, "drafts/reply"), "{\"text\":\"Beste Bert\"}") ==
          200);
    undo = merge(&api, two.anna, two.bert);
    CHECK(undo && api_call(&api, GET, two.bert, NULL) == 200);
    CHECK(says(&api, "Belt terug") && says(&api, "Spoed"));
    CHECK(api_call(&api, GET, below(&api, two.bert, "drafts"), NULL) == 200);
    CHECK(says(&api, "Beste Bert\\n\\nBeste Anna") && api_count(&api, "drf") == 1);
    CHECK(with_version(&api, DELETE, two.bert, undo, NULL) == 200);
    CHECK(api_call(&api, GET, two.bert, NULL) == 200 && !says(&api, "\"name\":\"Spoed\""));
    CHECK(!says(&api, "Belt terug"));
    CHECK(api_call(&api, GET, two.anna, NULL) == 200 && says(&api, "\"name\":\"Spoed\""));
    CHECK(says(&api, "Belt terug"));
    /* Taken off the whole it's off each. */
    undo = merge(&api, two.anna, two.bert);
    CHECK(undo && api_call(&api, DELETE, below(&api, two.bert, label), NULL) == 204);
    CHECK(with_version(&api, DELETE, two.bert, undo, NULL) == 200);
    CHECK(api_call(&api, GET, two.anna, NULL) == 200 && !says(&api, "\"name\":\"Spoed\""));
}

TEST(who_has_read_both_has_read_what_they_make_together)
{
    WORLD(w);
    MERGING(api, &w);
    const char *undo;
    struct two two;

    CHECK(begin(&api, &two));
    CHECK(api_call(&api, PUT, below(&api, two.bert, "read"), NULL) == 204);
    undo = merge(&api, two.anna, two.bert);
    CHECK(undo && api_call(&api, GET, two.bert, NULL) == 200);
    CHECK(says(&api, "\"is_unread\":true"));
    CHECK(api_call(&api, PUT, below(&api, two.bert, "read"), NULL) == 204);
    CHECK(with_version(&api, DELETE, two.bert, undo, NULL) == 200);
    CHECK(api_call(&api, GET, two.bert, NULL) == 200 && !says(&api, "\"is_unread\":true"));
    CHECK(api_call(&api, GET, two.anna, NULL) == 200 && !says(&api, "\"is_unread\":true"));
    undo = merge(&api, two.anna, two.bert);
    CHECK(undo && api_call(&api, GET, two.bert, NULL) == 200);
    CHECK(!says(&api, "\"is_unread\":true"));
    CHECK(arrive(&api, two.channel, "3", "anna", "Hallo?"));
    CHECK(with_version(&api, DELETE, two.bert, undo, NULL) == 200);
    CHECK(api_call(&api, GET, two.anna, NULL) == 200 && says(&api, "\"is_unread\":true"));
    CHECK(api_call(&api, GET, two.bert, NULL) == 200 && !says(&api, "\"is_unread\":true"));
}

#include "merges.h"

#include "../../base/text.h"
#include "../../language/words.h"
#include "../../store/search.h"
#include "../cases/cases.h"
#include "../conversations/conversations.h"
#include "api.h"
#include "differs.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

/* --- against a slow model --------------------------------------------------------------------- */

enum { PEOPLE = 9, STEPS = 120, MERGES_MAX = STEPS };

/* What the model knows: who points at whom, and how much each has of its own. */
struct model {
    person_id people[PEOPLE];
    int into[PEOPLE]; /* -1: nobody */
    int addresses[PEOPLE], cases[PEOPLE];
    struct {
        merge_id id;
        int loser;
        bool holds;
    } merges[MERGES_MAX];
    int merges_n;
};

static int root_of(const struct model *m, int i)
{
    while (m->into[i] >= 0)
        i = m->into[i];
    return i;
}

/* Letters only, so that it's one word. */
static const char *name_of(struct arena *mem, int i)
{
    return arena_printf(mem, "Naam%c", 'a' + i);
}

struct step {
    struct model *model;
    int a, b;
    struct person_merge merge;
    const char *said; /* NULL: nothing wrong */
};

static bool add_people(struct tx *tx, void *arg, struct err *err)
{
    struct model *m = arg;
    bool is_new;

    for (int i = 0; i < PEOPLE; i++)
        if (!person_by_address(tx, IDENTITY_EMAIL, arena_printf(tx->mem, "p%d@example.org", i),
                               name_of(tx->mem, i), BY_MESSAGE, &m->people[i], &is_new, err))
            return false;
    return true;
}

static bool merge(struct tx *tx, void *arg, struct err *err)
{
    struct step *step = arg;

    return person_merge(tx, step->model->people[step->a], step->model->people[step->b], 0, NULL,
                        &step->merge, err);
}

static bool undo(struct tx *tx, void *arg, struct err *err)
{
    struct step *step = arg;

    return person_unmerge(tx, step->merge.id, err) && person_unmerge(tx, step->merge.id, err);
}

static bool open_case(struct tx *tx, void *arg, struct err *err)
{
    struct step *step = arg;
    struct casefile c = { .title = "Lek",
                          .channel_id = { 1 },
                          .person_id = step->model->people[step->a] };
    struct conversation talk = { .channel_id = { 1 }, .person_id = c.person_id, .subject = "" };

    if (!case_open(tx, &c, err))
        return false;
    talk.case_id = c.id;
    return conversation_add(tx, &talk, err);
}

static bool add_address(struct tx *tx, void *arg, struct err *err)
{
    struct step *step = arg;
    struct identity_draft draft = { .kind = IDENTITY_LOGIN,
                                    .value = arena_printf(tx->mem, "login%d", step->b) };
    struct identity identity;

    return identity_add(tx, step->model->people[step->a], &draft, BY_AGENT, &identity, err);
}

static bool finds_only(struct tx *tx, const char *word, person_id wanted, bool *out,
                       struct err *err)
{
    bool is_prefix = false;
    const char *texts[] = { word };
    struct list ids;

    if (!search_find(tx, words_of(tx->mem, 'p', texts, 1), &is_prefix, 0, 10, &ids, err))
        return false;
    *out = ids.n == 1 && ((const int64_t *)ids.items)[0] == wanted.n;
    return true;
}

struct counted {
    int64_t cases;
    const char *wrong;
};

static bool count(struct tx *tx, person_id id, struct counted *out, struct err *err)
{
    struct case_query query = { .person = id, .status = FILTER_ALL };

    return case_count(tx, &query, 1000, &out->cases, err) &&
           find_difference(tx, "case_with_other_name person_with_other_face ", &out->wrong, err);
}

/* Is everybody seen as the model says? */
static bool compare(struct tx *tx, void *arg, struct err *err)
{
    struct step *step = arg;
    const struct model *m = step->model;

    step->said = NULL;
    for (int i = 0; i < PEOPLE; i++) {
        int root = root_of(m, i), members = 0;
        int64_t addresses = 0, cases = 0;
        struct counted counted;
        struct person person;
        bool is_found;

        for (int k = 0; k < PEOPLE; k++) {
            members += root_of(m, k) == root;
            addresses += root_of(m, k) == root ? m->addresses[k] : 0;
            cases += root_of(m, k) == root ? m->cases[k] : 0;
        }
        if (!person_get(tx, m->people[i], &person, err) ||
            !count(tx, m->people[i], &counted, err) ||
            !finds_only(tx, name_of(tx->mem, i), m->people[root], &is_found, err))
            return false;
        if (person.id.n != m->people[root].n || !text_equal(person.name, name_of(tx->mem, root)))
            step->said = "face";
        if (person.members.n != (size_t)members - 1)
            step->said = "members";
        if (person.identities.n != (size_t)addresses)
            step->said = "addresses";
        if (counted.cases != cases)
            step->said = "cases";
        if (counted.wrong)
            step->said = "names or faces";
        if (!is_found)
            step->said = "search";
    }
    return true;
}

static bool agrees(struct world *w, struct model *m)
{
    struct step step = { .model = m };

    if (!world_read(w, compare, &step)) {
        test_fail(__FILE__, __LINE__, "%s", w->err.text);
        return false;
    }
    if (step.said)
        test_fail(__FILE__, __LINE__, "another %s than the model's", step.said);
    return !step.said;
}

static bool do_merge(struct world *w, struct model *m, int a, int b)
{
    struct step step = { .model = m, .a = a, .b = b };
    int x = root_of(m, a), y = root_of(m, b);

    if (x == y)
        return !world_write(w, merge, &step) && w->err.code == ERR_CONFLICT;
    if (!world_write(w, merge, &step))
        return false;
    m->into[y] = x;
    m->merges[m->merges_n].id = step.merge.id;
    m->merges[m->merges_n].loser = y;
    m->merges[m->merges_n++].holds = true;
    return true;
}

static bool do_undo(struct world *w, struct model *m, int which)
{
    struct step step = { .model = m, .merge.id = m->merges[which].id };

    if (m->merges[which].holds)
        m->into[m->merges[which].loser] = -1;
    m->merges[which].holds = false;
    return world_write(w, undo, &step);
}

static bool do_step(struct world *w, struct model *m, unsigned *seed, int n)
{
    int a = rand_r(seed) % PEOPLE, b = rand_r(seed) % PEOPLE, what = rand_r(seed) % 8;
    struct step step = { .model = m, .a = a, .b = n };

    if (what < 4)
        return do_merge(w, m, a, b);
    if (what < 6)
        return m->merges_n == 0 || do_undo(w, m, rand_r(seed) % m->merges_n);
    if (what == 6) {
        m->cases[a]++;
        return world_write(w, open_case, &step);
    }
    m->addresses[a]++;
    return world_write(w, add_address, &step);
}

TEST(people_who_are_merged_and_parted_at_random_are_as_a_slow_model_says)
{
    for (unsigned round = 1; round <= 3; round++) {
        WORLD(w);
        struct model m = { .merges_n = 0 };
        unsigned seed = round;

        for (int i = 0; i < PEOPLE; i++) {
            m.into[i] = -1;
            m.addresses[i] = 1;
        }
        CHECK_OK(world_write(&w, add_people, &m), &w.err);
        for (int n = 0; n < STEPS; n++) {
            CHECK_OK(do_step(&w, &m, &seed, n), &w.err);
            if (n % 4 == 0)
                CHECK(agrees(&w, &m));
        }
        /* All of it undone, newest or oldest first: everybody is himself, with what is his. */
        for (int k = 0; k < m.merges_n; k++)
            CHECK_OK(do_undo(&w, &m, round % 2 ? k : m.merges_n - 1 - k), &w.err);
        for (int i = 0; i < PEOPLE; i++)
            CHECK(root_of(&m, i) == i);
        CHECK(agrees(&w, &m));
    }
}

/* --- the API ---------------------------------------------------------------------------------- */

static const char *path_of(struct world *w, person_id id, const char *rest)
{
    return arena_printf(w->mem, "/api/v1/people/%s%s", id_text("per", id.n).s, rest);
}

static int ask_merge(struct api *api, person_id winner, person_id loser)
{
    return api_call(api, POST, path_of(api->w, winner, "/merges"),
                    arena_printf(api->w->mem, "{\"person_id\":\"%s\"}", id_text("per", loser.n).s));
}

TEST(a_merge_is_seen_on_the_face_with_who_did_it_and_undone_by_its_id)
{
    WORLD(w);
    API(api, &w, &person_routes, &merge_routes);
    struct model m = { .merges_n = 0 };
    const char *merge, *path;

    CHECK_OK(world_write(&w, add_people, &m), &w.err);
    api_as(&api, ROLE_AGENT);
    CHECK(ask_merge(&api, m.people[0], m.people[1]) == 201);
    merge = api_text(&api, "id");
    CHECK(ask_merge(&api, m.people[1], m.people[0]) == 409);
    CHECK(ask_merge(&api, m.people[1], (person_id){ 77 }) == 404);
    CHECK(api_call(&api, GET, path_of(&w, m.people[1], ""), NULL) == 200);
    CHECK_TEXT(api_text(&api, "name"), "Naama");
    CHECK(strstr(api.body, merge) && strstr(api.body, "\"user_id\":\"usr_"));
    CHECK(api_count_pages(&api, "/api/v1/people", "per", 5) == PEOPLE - 1);
    CHECK(api_call(&api, GET, path_of(&w, m.people[0], "/merges"), NULL) == 200);
    CHECK(api_count(&api, "mrg") == 1);

    path = arena_printf(w.mem, "/merges/%s", merge);
    CHECK(api_call(&api, DELETE, path_of(&w, m.people[2], path), NULL) == 404);
    CHECK(api_call(&api, DELETE, path_of(&w, m.people[0], path), NULL) == 204);
    CHECK(api_call(&api, DELETE, path_of(&w, m.people[0], path), NULL) == 204);
    CHECK(api_call(&api, GET, path_of(&w, m.people[1], ""), NULL) == 200);
    CHECK_TEXT(api_text(&api, "name"), "Naamb");
    CHECK(api_call(&api, GET, path_of(&w, m.people[0], "/merges"), NULL) == 200);
    CHECK(strstr(api.body, "\"undone_by\":\"usr_"));
    api_as(&api, ROLE_EXPERT);
    CHECK(ask_merge(&api, m.people[0], m.people[1]) == 403);
}

TEST(a_name_that_is_changed_is_the_faces_and_the_others_keep_theirs)
{
    WORLD(w);
    API(api, &w, &person_routes, &merge_routes);
    struct model m = { .merges_n = 0 };
    const char *merge;

    CHECK_OK(world_write(&w, add_people, &m), &w.err);
    api_as(&api, ROLE_AGENT);
    CHECK(ask_merge(&api, m.people[0], m.people[1]) == 201);
    merge = arena_printf(w.mem, "/merges/%s", api_text(&api, "id"));
    api.header = "If-Match: *";
    CHECK(api_call(&api, PATCH, path_of(&w, m.people[1], ""), "{\"name\":\"Ada\"}") == 200);
    CHECK(api_call(&api, DELETE, path_of(&w, m.people[0], merge), NULL) == 204);
    CHECK(api_call(&api, GET, path_of(&w, m.people[0], ""), NULL) == 200);
    CHECK_TEXT(api_text(&api, "name"), "Ada");
    CHECK(api_call(&api, GET, path_of(&w, m.people[1], ""), NULL) == 200);
    CHECK_TEXT(api_text(&api, "name"), "Naamb");
}

#include "doctor.h"

#include "../store/events.h"
#include "mailbox.h"

enum { FINDINGS_MAX = 64 * 1024 };

/* What the doctor prints of the world's database; NULL when it can't look. */
static const char *findings(struct world *w)
{
    struct visit visit = { .mem = w->mem, .store = w->store, .data = w->settings.data };
    char *text = arena_alloc(w->mem, FINDINGS_MAX);
    size_t len;
    bool ok;

    visit.out = tmpfile();
    if (!visit.out)
        return NULL;
    ok = world_read(w, doctor_look, &visit);
    rewind(visit.out);
    len = fread(text, 1, FINDINGS_MAX - 1, visit.out);
    text[len] = '\0';
    fclose(visit.out);
    return ok ? text : NULL;
}

static bool says(struct world *w, const char *words)
{
    const char *found = findings(w);

    if (found && strstr(found, words))
        return true;
    fprintf(stderr, "%s", found ? found : w->err.text);
    return false;
}

/* A mail comes in, and nobody looks at it yet. */
static bool arrive(struct mailbox *box)
{
    const char *text = mail(box, "a@x", "jan@klant.example", "Lekkage", "", "Mijn kraan lekt.");
    struct received item = {
        .raw = { (const uint8_t *)text, strlen(text) }
    };
    size_t n;

    return pipeline_receive(box->w->store, &box->w->scope, box->channel, &item, 1, NULL, NULL, &n,
                            &box->w->err);
}

static bool change(struct tx *tx, void *sql, struct err *err)
{
    return db_script(tx, sql, err);
}

TEST(what_waits_without_a_job_comes_on_its_way_as_the_doctor_advises)
{
    WORLD(w);
    MAILBOX(box, &w, api);
    static char lose[] = "DELETE FROM jobs WHERE kind = 'inbound'";
    const char *advice;

    CHECK_OK(arrive(&box), &w.err);
    CHECK(says(&w, "none waiting with no job"));
    CHECK_OK(world_write(&w, change, lose), &w.err);
    CHECK(says(&w, "bad   envelopes      1 waiting with no job to understand them, as env_"));
    CHECK(says(&w, ": POST /api/v1/envelopes/{id}/run "));
    advice = strstr(findings(&w), "env_");
    advice = arena_printf(w.mem, "/api/v1/envelopes/%.*s/run", (int)strcspn(advice, ":"), advice);
    CHECK(api_call(&api, POST, advice, NULL) == 202);
    CHECK(says(&w, "none waiting with no job"));
    CHECK_OK(run_inbound(&box), &w.err);
    CHECK(api_call(&api, GET, "/api/v1/envelopes?all=true", NULL) == 200);
    CHECK(strstr(api.body, "\"state\":\"understood\""));
    CHECK(!strstr(findings(&w), "bad "));
}

static void hear(void *sum, int64_t n)
{
    *(int64_t *)sum += n;
}

static bool verify(struct tx *tx, void *arg, struct err *err)
{
    int64_t *heard = arg, checked = 0;

    *heard = 0;
    return events_verify(tx, hear, heard, &checked, err) &&
           (checked == *heard ||
            err_set(err, ERR_INTERNAL, "%lld of %lld", (long long)*heard, (long long)checked));
}

TEST(who_walks_through_history_hears_how_far_it_is)
{
    WORLD(w);
    MAILBOX(box, &w, api);
    struct sealing sealing = { .max = 100 };
    int64_t heard = 0;

    CHECK_OK(arrive(&box) && world_write(&w, events_seal, &sealing), &w.err);
    CHECK_OK(world_read(&w, verify, &heard), &w.err);
    CHECK(heard > 0);
}

TEST(the_doctor_finds_what_was_understood_and_has_no_message)
{
    static char *const changes[] = {
        "UPDATE envelopes SET message_id = NULL",
        "UPDATE envelopes SET message_id = 1",
        "UPDATE envelopes SET message_id = NULL, state = 'duplicate'",
    };

    for (size_t i = 0; i < COUNT(changes); i++) {
        WORLD(w);
        MAILBOX(box, &w, api);

        CHECK_OK(arrive(&box) && run_inbound(&box), &w.err);
        CHECK(says(&w, "ok    envelopes      none understood without their message"));
        CHECK_OK(world_write(&w, change, changes[i]), &w.err);
        CHECK(says(&w, "bad   envelopes      1 understood without their message"));
    }
}

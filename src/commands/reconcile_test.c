/* What the daily reconciliation finds, says, and forgets. */
#include "../jobs/reconcile.h"

#include "../auth/audit_api.h"
#include "../base/text.h"
#include "../domain/differences/differences.h"
#include "../domain/notes/notes.h"
#include "../store/events.h"

#include "differs.h"
#include "mailbox.h"

#define RECONCILED(box, w, api)                                                                    \
    API(api, w, &case_routes, &channel_routes, &note_routes, &difference_routes, &audit_routes,    \
        &message_routes);                                                                          \
    struct mailbox box;                                                                            \
    CHECK_OK(open_mailbox(&box, w, &api), &(w)->err)

static bool change(struct tx *tx, void *sql, struct err *err)
{
    return db_script(tx, sql, err);
}

struct search {
    const char *kinds, *found;
};

static bool find(struct tx *tx, void *arg, struct err *err)
{
    struct search *search = arg;

    return find_difference(tx, search->kinds, &search->found, err);
}

/* The first difference of these kinds; "none". */
static const char *first_of(struct world *w, const char *kinds)
{
    struct search search = { .kinds = kinds };

    return !world_read(w, find, &search) ? w->err.text : search.found ? search.found : "none";
}

/* A customer whose mail was answered, with a note and a file: something of every part. */
static bool fill(struct mailbox *box, struct api *api)
{
    const char *one = mail(box, "a@x", "jan@klant.example", "Lekkage",
                           "Content-Type: application/pdf; name=\"bon.pdf\"\r\n"
                           "Content-Transfer-Encoding: base64\r\n",
                           "JVBERi0xLjQ=");
    const char *id;

    if (!deliver(box, one) || api_call(api, GET, "/api/v1/cases?status=all", NULL) != 200)
        return false;
    id = arena_text_n(api->w->mem, strstr(api->body, "cas_"), 17);
    return api_call(api, POST, arena_printf(api->w->mem, "/api/v1/cases/%s/notes", id),
                    "{\"text\":\"Bellen\"}") == 201 &&
           api_call(
               api, POST, arena_printf(api->w->mem, "/api/v1/cases/%s/messages", id),
               "{\"text\":\"We komen\",\"promises\":[{\"kind\":\"visit\",\"words\":\"We komen\","
               "\"due_at\":\"2029-01-01T12:00:00Z\"}]}") == 201;
}

TEST(each_difference_between_what_belongs_together_has_its_name)
{
    static const struct {
        const char *kind;
        char *sql;
    } rows[] = {
        { "envelope_without_message",     "UPDATE envelopes SET message_id = NULL"                  },
        { "envelope_without_bytes",       "UPDATE envelopes SET raw = NULL, raw_hash = NULL"        },
        { "envelope_without_job",
         "UPDATE envelopes SET state = 'waiting'; DELETE FROM jobs WHERE kind = 'inbound'"          },
        { "envelope_waiting_long",        "UPDATE envelopes SET state = 'waiting', received_at = 0" },
        { "message_without_conversation", "UPDATE messages SET conversation_id = 7"                 },
        { "message_without_case",         "UPDATE messages SET case_id = 7"                         },
        { "message_out_of_place",         "UPDATE messages SET place_case_id = case_id"             },
        { "message_without_job",
         "DELETE FROM jobs WHERE kind = 'send'; "
          "UPDATE messages SET state = 'queued', state_at = 0 WHERE direction = 'out'"              },
        { "message_queued_long",
         "UPDATE messages SET state = 'queued', state_at = 0 WHERE direction = 'out'"               },
        { "conversation_without_case",    "UPDATE conversations SET case_id = 7"                    },
        { "conversation_without_person",  "UPDATE conversations SET person_id = 7"                  },
        { "case_without_person",          "UPDATE cases SET person_id = 7"                          },
        { "case_merged_badly",            "UPDATE cases SET root_id = id"                           },
        { "case_with_other_count",        "UPDATE cases SET messages_n = messages_n + 1"            },
        { "case_with_other_name",         "UPDATE cases SET person_name = 'Wie?'"                   },
        { "person_with_other_face",       "UPDATE people SET root_id = 7"                           },
        { "person_merged_badly",          "UPDATE people SET merged_into = 7"                       },
        { "identity_without_person",      "UPDATE identities SET person_id = 7"                     },
        { "file_without_content",         "DELETE FROM blobs"                                       },
        { "file_without_message",         "UPDATE files SET message_id = 7"                         },
        { "note_without_case",            "UPDATE notes SET case_id = 7"                            },
        { "promise_without_case",         "UPDATE promises SET case_id = 7"                         },
        { "promise_forgotten",            "UPDATE cases SET status = 'done'"                        },
        { "promise_silently_broken",      "UPDATE promises SET due_at = 1"                          },
        { "mail_not_handed_over",
         "INSERT INTO channel_folders (organisation_id, channel_id, folder, uid_validity, "
          "last_uid) SELECT organisation_id, id, 'INBOX', 1, 9 FROM channels; "
          "INSERT INTO channel_aside (organisation_id, channel_id, folder, uid_validity, uid, "
          "since, due_at, words) SELECT organisation_id, id, 'INBOX', 1, 5, 0, 0, 'no' "
          "FROM channels"                                                                           },
        { "case_label_out_of_order",
         "INSERT INTO labels (organisation_id, id, name, colour, created_at) "
          "SELECT organisation_id, 9, 'a', 'red', 0 FROM channels; "
          "INSERT INTO case_labels (organisation_id, label_id, case_id, is_active, waiting_order) "
          "SELECT organisation_id, 9, id, is_active, waiting_order + 1 FROM cases"                  },
    };

    CHECK(COUNT(rows) == checks_n - 1); /* mail_missed is found in a mailbox */
    for (size_t i = 0; i < COUNT(rows); i++) {
        WORLD(w);
        RECONCILED(box, &w, api);

        CHECK_OK(fill(&box, &api), &w.err);
        CHECK_TEXT(first_of(&w, NULL), "none");
        CHECK_OK(world_write(&w, change, rows[i].sql), &w.err);
        CHECK_TEXT(first_of(&w, arena_printf(w.mem, "%s ", rows[i].kind)), rows[i].kind);
    }
}

/* --- the job -------------------------------------------------------------------------------- */

static void use_real_clock(const int64_t *unused)
{
    (void)unused;
    clock_fake((instant){ 0 });
}

static bool reconcile(struct api *api)
{
    clock_advance(SECOND_MS);
    return api_call(api, POST, "/api/v1/reconciliations", NULL) == 202 &&
           run_jobs(api->w, "reconcile", job_reconcile);
}

TEST(a_difference_is_on_the_list_until_it_is_gone_and_told_to_the_history_once)
{
    WORLD(w);
    RECONCILED(box, &w, api);
    CLEANUP(use_real_clock) int64_t now = clock_now().ms;
    static char break_it[] = "UPDATE cases SET messages_n = messages_n + 1",
                mend_it[] = "UPDATE cases SET messages_n = messages_n - 1";

    clock_fake((instant){ now });
    CHECK_OK(fill(&box, &api) && reconcile(&api), &w.err);
    CHECK(api_call(&api, GET, "/api/v1/differences", NULL) == 200 && api_count(&api, "dif") == 0);
    CHECK_OK(world_write(&w, change, break_it), &w.err);
    for (int i = 0; i < 2; i++) {
        CHECK_OK(reconcile(&api), &w.err);
        CHECK(api_call(&api, GET, "/api/v1/differences", NULL) == 200);
        CHECK(api_count(&api, "dif") == 1);
        CHECK(strstr(api.body, "\"kind\":\"case_with_other_count\",\"about\":\"cas_"));
        CHECK(strstr(api.body, "\"words\":\"cases that count their messages wrongly: ask for"));
        CHECK(strstr(api.body, "\"gone_at\":null"));
    }
    CHECK_OK(world_write(&w, change, mend_it) && reconcile(&api), &w.err);
    CHECK(api_call(&api, GET, "/api/v1/differences", NULL) == 200 && api_count(&api, "dif") == 0);
    CHECK(api_call(&api, GET, "/api/v1/differences?all=true", NULL) == 200);
    CHECK(api_count(&api, "dif") == 1 && !strstr(api.body, "\"gone_at\":null"));
    CHECK(api_call(&api, GET, "/api/v1/reconciliations", NULL) == 200);
    CHECK(api_count(&api, "rcl") == 4 && strstr(api.body, "\"found_n\":1"));
    CHECK(api_audit_has(&api, "difference.found") && api_audit_has(&api, "reconciliation.asked"));
}

TEST(who_asks_while_everything_is_being_compared_gets_that_one)
{
    WORLD(w);
    RECONCILED(box, &w, api);
    const char *first;

    (void)box;
    CHECK(api_call(&api, POST, "/api/v1/reconciliations", NULL) == 202);
    first = arena_text(w.mem, api_text(&api, "id"));
    CHECK(api_call(&api, POST, "/api/v1/reconciliations", NULL) == 202);
    CHECK_TEXT(api_text(&api, "id"), first);
    CHECK_OK(run_jobs(&w, "reconcile", job_reconcile), &w.err);
    CHECK(api_call(&api, POST, "/api/v1/reconciliations", NULL) == 202);
    CHECK(!text_equal(api_text(&api, "id"), first));
}

/* How many there were, by the API. */
static int runs(struct api *api)
{
    return api_call(api, GET, "/api/v1/reconciliations", NULL) == 200 ? api_count(api, "rcl") : -1;
}

TEST(everything_is_compared_once_a_day)
{
    WORLD(w);
    RECONCILED(box, &w, api);
    CLEANUP(use_real_clock) int64_t now = clock_now().ms;
    struct job_run run = { .store = w.store, .mem = w.mem, .scope = { .mem = w.mem } };

    (void)box;
    clock_fake((instant){ now });
    CHECK_OK(world_write(
                 &w, change,
                 arena_printf(w.mem, "UPDATE organisations SET created_at = %lld", (long long)now)),
             &w.err);
    for (int hour = 0; hour < 49; hour++) { /* as the housekeeping comes */
        CHECK_OK(reconcile_when_due(&run, &w.err), &w.err);
        CHECK_OK(run_jobs(&w, "reconcile", job_reconcile), &w.err);
        CHECK(runs(&api) == hour / 24);
        clock_advance(HOUR_MS);
    }
}

TEST(more_differences_than_a_run_names_are_counted_and_none_is_taken_for_gone)
{
    WORLD(w);
    RECONCILED(box, &w, api);
    CLEANUP(use_real_clock) int64_t now = clock_now().ms;
    static char many[] =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1100) "
        "INSERT INTO identities (organisation_id, id, person_id, kind, value, label, "
        "state, state_at, state_by, is_main, is_shared, created_at) "
        "SELECT c.organisation_id, n.i, 7, 'login', 'x' || CAST(n.i AS TEXT), '', 'claimed', 0, "
        "'', TRUE, FALSE, 0 "
        "FROM n CROSS JOIN channels c";

    (void)box;
    clock_fake((instant){ now });
    CHECK_OK(world_write(&w, change, many), &w.err);
    for (int i = 0; i < 2; i++) {
        CHECK_OK(reconcile(&api), &w.err);
        CHECK(api_call(&api, GET, "/api/v1/reconciliations", NULL) == 200);
        CHECK(strstr(api.body, "\"found_n\":1100"));
        CHECK(api_count_pages(&api, "/api/v1/differences", "dif", 200) == DIFFERENCES_MAX);
    }
}

TEST(the_differences_are_for_who_may_see_the_outbox)
{
    WORLD(w);
    API(api, &w, &difference_routes);

    api_as(&api, ROLE_EDITOR);
    CHECK(api_call(&api, GET, "/api/v1/differences", NULL) == 403);
    CHECK(api_call(&api, GET, "/api/v1/reconciliations", NULL) == 403);
    CHECK(api_call(&api, GET, "/api/v1/reconciliations/mailboxes", NULL) == 403);
    CHECK(api_call(&api, POST, "/api/v1/reconciliations", NULL) == 403);
}

TEST(the_folders_of_a_mailbox_say_when_they_were_compared_and_asking_begins_anew)
{
    WORLD(w);
    RECONCILED(box, &w, api);
    CLEANUP(use_real_clock) int64_t now = clock_now().ms;
    static char compare[] =
        "INSERT INTO channel_folders (organisation_id, channel_id, folder, uid_validity, last_uid, "
        "compared_uid, compared_at) SELECT organisation_id, id, 'INBOX', 1, 9, 4, 1800000000000 "
        "FROM channels";

    (void)box;
    clock_fake((instant){ now });
    CHECK_OK(world_write(&w, change, compare), &w.err);
    CHECK(api_call(&api, GET, "/api/v1/reconciliations/mailboxes", NULL) == 200);
    CHECK(strstr(api.body, "\"channel\":\"Mail\",\"folder\":\"INBOX\",\"compared_at\":\"2027"));
    CHECK_OK(reconcile(&api), &w.err);
    CHECK(api_call(&api, GET, "/api/v1/reconciliations/mailboxes", NULL) == 200);
    CHECK(strstr(api.body, "\"folder\":\"INBOX\",\"compared_at\":null"));
}

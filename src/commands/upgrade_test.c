/* What the program of an earlier version left, in the hands of this one. */
#include "doctor.h"

#include "../domain/cases/cases.h"
#include "../domain/people/people.h"
#include "../domain/search/search.h"
#include "api.h"
#include "old.h"
#include "test.h"

#include <string.h>

enum { FINDINGS_MAX = 64 * 1024 };

/* Dumps of what tests/data/make_old did with the program of that time. In the first there was no
 * draft, view or record yet, and nothing could be merged. */
static const int versions[] = { 18, 44 };

/* Of rows that later migrations fill, move or change: how many there are afterwards. */
static const struct {
    int since;
    int64_t n;
    const char *question;
} rows[] = {
    { 18, 2,
     "cases WHERE (title = 'Lekkage' AND person_name = 'Anna Jansen' AND is_active) "
      "OR (title = 'Meterstand' AND person_name = 'Bert de Vries' AND NOT is_active)"            },
    { 18, 1, "cases WHERE title = 'Factuur' AND status = 'new' AND team_id IS NOT NULL"          },
    { 18, 2,
     "case_labels l JOIN cases k ON k.organisation_id = l.organisation_id AND k.id = l.case_id "
      "JOIN labels x ON x.organisation_id = l.organisation_id AND x.id = l.label_id "
      "WHERE x.name = 'Spoed' AND l.is_own AND l.is_active = k.is_active "
      "AND l.waiting_order = k.waiting_order AND k.title IN ('Lekkage', 'Meterstand')"           },
    { 18, 3,
     "people WHERE id = root_id AND kind = 'person' AND merged_into IS NULL "
      "AND name IN ('Anna Jansen', 'Bert de Vries', 'Carla')"                                    },
    { 18, 3,
     "identities i JOIN people p ON p.organisation_id = i.organisation_id AND p.id = i.person_id "
      "WHERE i.kind = 'email' AND i.state = 'verified' AND i.state_by = 'message' AND i.is_main "
      "AND NOT i.is_shared AND i.state_at > 0 AND i.removed_at = 0 "
      "AND i.value IN ('anna@klant.example', 'bert@klant.example', 'carla@klant.example')"       },
    { 18, 1,
     "messages m JOIN cases k ON k.organisation_id = m.organisation_id AND k.id = m.case_id "
      "WHERE m.text = 'Het lekt nog steeds.' AND k.title = 'Lekkage' AND m.place_case_id IS NULL "
      "AND NOT m.prefers_html"                                                                   },
    { 18, 1, "messages WHERE direction = 'out' AND state = 'queued' AND text LIKE 'Donderdag%'"  },
    { 18, 1, "notes WHERE text = 'De monteur komt donderdag.' AND place_case_id IS NULL"         },
    { 18, 1,
     "files f JOIN blobs b ON b.organisation_id = f.organisation_id AND b.hash = f.hash "
      "WHERE f.name = 'meterstand.txt' AND b.dropped_at IS NULL AND f.note_id IS NULL"           },
    { 18, 1, "envelopes WHERE state = 'not_understood' AND reason LIKE '%who it is from'"        },
    { 18, 1, "envelopes WHERE state = 'duplicate' AND message_id IS NOT NULL AND arrived_at > 0" },
    { 18, 0, "case_titles WHERE title = 'Lekkage' OR is_indexed"                                 },
    { 18, 1, "jobs WHERE kind = 'send' AND given_up_at = 0 AND dropped_at = 0"                   },
    { 44, 1, "views WHERE name = 'Wacht op ons' AND waits AND is_shared"                         },
    { 44, 1, "drafts WHERE content LIKE '%Beste Carla,%' AND place_case_id IS NULL"              },
    { 44, 1,
     "records r JOIN people p ON p.organisation_id = r.organisation_id AND p.id = r.person_id "
      "WHERE r.key = '4711' AND r.status = 'sent' AND p.name = 'Bert de Vries'"                  },
    { 44, 1,
     "people p JOIN people r ON r.organisation_id = p.organisation_id AND r.id = p.root_id "
      "WHERE p.name = 'Anna J' AND r.name = 'Anna Jansen' AND p.merged_into = r.id"              },
    { 44, 1,
     "cases k JOIN cases r ON r.organisation_id = k.organisation_id AND r.id = k.root_id "
      "WHERE k.title = 'Kraan' AND NOT k.is_active AND r.title = 'Lekkage' AND r.messages_n = 4" },
    { 44, 1, "identities WHERE kind = 'phone' AND value = '+31612345678' AND state = 'claimed'"  },
};

static bool count(struct tx *tx, void *arg, struct err *err)
{
    const int *version = arg;
    int64_t n;

    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *text = arena_printf(tx->mem, "SELECT count(*) FROM %s", rows[i].question);

        if (rows[i].since > *version)
            continue;
        if (!db_number(tx, sql_composed(text), NO_ARGS, &n, err))
            return err_prefix(err, "%s: ", rows[i].question);
        if (n != rows[i].n)
            return err_set(err, ERR_CONFLICT, "version %d: there are %lld %s", *version,
                           (long long)n, rows[i].question);
    }
    return true;
}

static bool find_organisation(struct tx *tx, void *arg, struct err *err)
{
    return db_number(tx, sql_composed("SELECT id FROM organisations WHERE name = 'Bedrijf BV'"),
                     NO_ARGS, arg, err);
}

/* As it is when the server has started once. */
static bool upgrade(struct world *w, int version)
{
    return old_load(w, version) && store_open(&w->settings, &w->store, &w->err) &&
           world_read(w, find_organisation, &w->scope.organisation.n);
}

TEST(what_an_older_program_left_is_there_after_the_upgrade_and_in_its_new_places)
{
    for (size_t i = 0; i < COUNT(versions); i++) {
        EMPTY_WORLD(w);
        int version = versions[i];

        CHECK_OK(upgrade(&w, version), &w.err);
        CHECK_OK(world_read(&w, count, &version), &w.err);
    }
}

TEST(the_doctor_finds_what_an_older_program_left_sound_after_the_upgrade)
{
    for (size_t i = 0; i < COUNT(versions); i++) {
        EMPTY_WORLD(w);
        char *text = arena_alloc(w.mem, FINDINGS_MAX);
        struct visit visit = { .mem = w.mem, .data = w.settings.data, .full = true };

        CHECK_OK(upgrade(&w, versions[i]), &w.err);
        visit.store = w.store;
        visit.out = tmpfile();
        CHECK(visit.out);
        CHECK_OK(world_read(&w, doctor_look, &visit), &w.err);
        rewind(visit.out);
        text[fread(text, 1, FINDINGS_MAX - 1, visit.out)] = '\0';
        fclose(visit.out);
        CHECK_TEXT(strstr(text, "bad "), NULL);
        CHECK(strstr(text, "1 organisations are as they were written"));
        CHECK(strstr(text, "warn  envelopes      1 not understood"));
    }
}

TEST(what_an_older_program_left_is_read_found_and_changed_by_this_one)
{
    for (size_t i = 0; i < COUNT(versions); i++) {
        EMPTY_WORLD(w);
        const char *id;

        CHECK_OK(upgrade(&w, versions[i]), &w.err);
        API(api, &w, &case_routes, &person_routes, &search_routes);
        api_as(&api, ROLE_ADMIN);
        CHECK(api_call(&api, GET, "/api/v1/cases?q=steeds", NULL) == 200);
        CHECK(api_count(&api, "cas") == 1 && strstr(api.body, "Anna Jansen"));
        id = arena_text_n(w.mem, strstr(api.body, "cas_"), 17);
        CHECK(api_call(&api, GET, arena_printf(w.mem, "/api/v1/cases/%s", id), NULL) == 200);
        CHECK(strstr(api.body, "De monteur komt donderdag.") && strstr(api.body, "Spoed"));
        api.header = "If-Match: *";
        CHECK(api_call(&api, PATCH, arena_printf(w.mem, "/api/v1/cases/%s", id),
                       "{\"status\":\"done\"}") == 200);
        CHECK(api_call(&api, GET, "/api/v1/people?q=anna@klant.example", NULL) == 200);
        CHECK(api_count(&api, "per") == 1 && strstr(api.body, "Anna Jansen"));
    }
}

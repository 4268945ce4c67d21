#include "import.h"

#include "api.h"
#include "duplicates.h"
#include "export.h"
#include "test.h"

#include <string.h>

static const char table[] =
    "Naam;E-mail;Telefoon;Straat;Huisnummer;Postcode;Plaats;Klantnummer;Kleur\n"
    "Jan Bos;jan@example.org;06-12345678;Dorp;1;1234 AB;Utrecht;K1;rood\n"
    "Piet Bos;jan@example.org;;;;;;K2;\n"
    "Kees;kees;;;;;;K3;\n"
    ";;12;;;;;;\n"
    "J. Bos;jan@example.org;030-1234567;;;;;;\n"
    "\"Zo\xeb\";zoe@example.org;;;;;;K4;\n";

static int import(struct api *api, const char *path, const char *csv)
{
    return api_call(api, POST, path, csv);
}

/* How often the last answer says it. */
static int said(const struct api *api, const char *words)
{
    int n = 0;

    for (const char *at = strstr(api->body, words); at; at = strstr(at + 1, words))
        n++;
    return n;
}

TEST(a_table_is_tried_first_and_then_taken_with_the_reason_for_each_line_that_is_not)
{
    WORLD(w);
    API(api, &w, &person_routes, &import_routes);

    api_as(&api, ROLE_AGENT);
    CHECK(import(&api, "/api/v1/people/imports/trial", table) == 200);
    CHECK(said(&api, "\"refused\"") == 2 && said(&api, "\"added\"") == 4);
    CHECK(strstr(api.body, "\"line\":4,") && strstr(api.body, "isn't a mail address"));
    CHECK(strstr(api.body, "\"line\":5,") && strstr(api.body, "isn't a telephone number"));
    CHECK(api_count_pages(&api, "/api/v1/people", "per", 10) == 0);

    CHECK(import(&api, "/api/v1/people/imports", table) == 200);
    CHECK(said(&api, "\"added\"") == 3 && said(&api, "\"changed\"") == 1);
    CHECK(api_count_pages(&api, "/api/v1/people", "per", 10) == 3);
    CHECK(api_count_pages(&api, "/api/v1/people?q=zoë", "per", 10) == 1);
    CHECK(api_count_pages(&api, "/api/v1/people?q=jan@example.org", "per", 10) == 2);
    CHECK(api_count_pages(&api, "/api/v1/people?q=utrecht", "per", 10) == 1);

    CHECK(import(&api, "/api/v1/people/imports", table) == 200);
    CHECK(said(&api, "\"same\"") == 4 && said(&api, "\"added\"") == 0);
    CHECK(api_count_pages(&api, "/api/v1/people", "per", 10) == 3);
}

TEST(an_address_for_letters_is_put_together_from_the_cells_that_are_there)
{
    static const struct {
        const char *cells, *postal;
    } rows[] = {
        { "Dorp;1;1234 AB;Utrecht",   "Dorp 1, 1234 AB Utrecht"  },
        { "Oude Dijk 142;;3033 LJ;U", "Oude Dijk 142, 3033 LJ U" },
        { "Oude Dijk 142;;;",         "\"Oude Dijk 142\""        },
        { ";;3033 LJ;",               "\"3033 LJ\""              },
    };
    WORLD(w);
    API(api, &w, &person_routes, &import_routes, &identity_routes);

    api_as(&api, ROLE_ADMIN);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *csv =
            arena_printf(w.mem, "Naam;Klantnummer;Straat;Huisnummer;Postcode;Plaats\nJan;K%zu;%s\n",
                         i, rows[i].cells);
        CHECK(import(&api, "/api/v1/people/imports", csv) == 200);
        CHECK(api_call(&api, GET, arena_printf(w.mem, "/api/v1/people?q=K%zu", i), NULL) == 200);
        CHECK(strstr(api.body, "per_") != NULL);
        CHECK(api_call(&api, GET,
                       arena_printf(w.mem, "/api/v1/people/%.17s", strstr(api.body, "per_")),
                       NULL) == 200);
        if (!strstr(api.body, rows[i].postal))
            test_fail(__FILE__, __LINE__, "%s: %s", rows[i].cells, api.body);
    }
}

TEST(a_table_without_known_columns_or_without_the_right_is_not_taken)
{
    WORLD(w);
    API(api, &w, &person_routes, &import_routes);

    api_as(&api, ROLE_AGENT);
    CHECK(import(&api, "/api/v1/people/imports", "kleur;maat\nrood;3\n") == 422);
    CHECK(import(&api, "/api/v1/people/imports", "\n") == 422);
    api_as(&api, ROLE_EXPERT);
    CHECK(import(&api, "/api/v1/people/imports", table) == 403);
}

TEST(people_go_out_as_a_table_that_comes_in_again_as_the_same)
{
    WORLD(w);
    API(api, &w, &person_routes, &import_routes, &export_routes);
    char copy[2000];

    api_as(&api, ROLE_AGENT);
    CHECK(import(&api, "/api/v1/people/imports", table) == 200);
    CHECK(api_call(&api, GET, "/api/v1/exports/people", NULL) == 200);
    CHECK(strstr(api.body, people_table_head) == api.body);
    CHECK(said(&api, "\n") == 4 && strstr(api.body, "\"Jan Bos\";\"person\";"));
    CHECK(strlen(api.body) < sizeof(copy));
    memcpy(copy, api.body, strlen(api.body) + 1);
    CHECK(import(&api, "/api/v1/people/imports", copy) == 200);
    CHECK(said(&api, "\"same\"") == 3);
    CHECK(api_call(&api, GET, "/api/v1/exports/people?cursor=x", NULL) == 422);
}

TEST(whoever_comes_in_with_several_addresses_is_found_by_each_and_proposed_to_be_one)
{
    WORLD(w);
    API(api, &w, &person_routes, &import_routes, &duplicate_routes);

    api_as(&api, ROLE_AGENT);
    CHECK(import(&api, "/api/v1/people/imports",
                 "name;email;phone;external\n"
                 "Hendrik Zuidema;h.zuidema@werk.example;06-11223344;81\n"
                 "Hendrik Zuidema;hendrik@werk.example;06-55667788;82\n") == 200);
    CHECK(api_call(&api, GET, "/api/v1/people?q=h.zuidema@werk.example", NULL) == 200);
    CHECK(said(&api, "\"Hendrik Zuidema\"") == 1);
    CHECK(api_call(&api, GET, "/api/v1/people?q=82", NULL) == 200);
    CHECK(said(&api, "\"Hendrik Zuidema\"") == 1);
    CHECK(api_call(&api, GET, "/api/v1/duplicates", NULL) == 200 && said(&api, "name_domain") == 1);
}

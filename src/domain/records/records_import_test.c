#include "records_export.h"
#include "records_import.h"

#include "api.h"
#include "test.h"

#include <string.h>

#define TABLES(api, w)                                                                             \
    WORLD(w);                                                                                      \
    API(api, &w, &record_type_routes, &record_routes, &record_import_routes,                       \
        &record_export_routes);                                                                    \
    api_as(&api, ROLE_ADMIN);                                                                      \
    CHECK(api_call(&api, POST, "/api/v1/record-types", REPAIR) == 201)

#define REPAIR                                                                                     \
    "{\"name\":\"repair\",\"label\":\"Reparatie\",\"fields\":[{\"name\":\"trade\","                \
    "\"label\":\"Vak\"}],\"statuses\":[{\"name\":\"planned\",\"label\":\"Gepland\"}]}"

#define PATH "/api/v1/record-types/repair/imports"

static const char table[] =
    "Nummer;Titel;Status;E-mail;Vak;Link;Kleur\n"
    "R1;Lekkende kraan;Gepland;jan@example.org;loodgieter;;rood\n"
    "R2;;busy;;;https://example.org/R2;\n"
    ";Zonder nummer;;;;;\n"
    "R3;Deur klemt;;;;ftp://x;\n"
    "R4;Deur klemt;" /* longer than a status may be */
    "ssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss;;;;\n";

/* How often the last answer says it. */
static int said(const struct api *api, const char *words)
{
    int n = 0;

    for (const char *at = strstr(api->body, words); at; at = strstr(at + 1, words))
        n++;
    return n;
}

TEST(a_table_of_records_is_tried_first_and_then_taken_with_the_reason_for_each_refused_line)
{
    TABLES(api, w);
    CHECK(api_call(&api, POST, PATH "/trial", table) == 200);
    CHECK(said(&api, "\"added\"") == 2 && said(&api, "\"refused\"") == 3);
    CHECK(strstr(api.body, "\"line\":4,\"outcome\":\"refused\",\"name\":\"\",\"column\":\"key\""));
    CHECK(
        strstr(api.body, "\"line\":5,\"outcome\":\"refused\",\"name\":\"R3\",\"column\":\"url\""));
    CHECK(strstr(api.body, "\"line\":6,") && strstr(api.body, "\"column\":\"status\""));
    CHECK(api_call(&api, GET, "/api/v1/records/repair/R1", NULL) == 404);

    CHECK(api_call(&api, POST, PATH, table) == 200);
    CHECK(said(&api, "\"added\"") == 2 && said(&api, "\"refused\"") == 3);
    CHECK(api_call(&api, GET, "/api/v1/records/repair/R1", NULL) == 200);
    CHECK_TEXT(api_text(&api, "status"), "planned"); /* by what people read */
    CHECK_TEXT(api_text(&api, "owner_kind"), "email");
    CHECK(strstr(api.body, "\"data\":{\"trade\":\"loodgieter\"}"));
    CHECK(api_call(&api, GET, "/api/v1/records/repair/R2", NULL) == 200);
    CHECK_TEXT(api_text(&api, "title"), "Reparatie R2");

    CHECK(api_call(&api, POST, PATH, table) == 200);
    CHECK(said(&api, "\"same\"") == 2);
    CHECK(api_call(&api, POST, PATH "/trial", "key;title\nR1;Andere kraan\n") == 200);
    CHECK(said(&api, "\"changed\"") == 1);
}

TEST(what_is_exported_of_a_type_is_what_an_import_reads)
{
    TABLES(api, w);
    char copy[2000];

    CHECK(api_call(&api, POST, PATH, table) == 200);
    CHECK(api_call(&api, GET, "/api/v1/exports/records/repair", NULL) == 200);
    CHECK(strstr(api.body, "key;title;status;status_at;url;external;login;email;phone;handle;"
                           "\"trade\"\n") == api.body);
    CHECK(said(&api, "\n") == 3 && said(&api, "\"R1\";\"Lekkende kraan\";\"planned\";") == 1);
    CHECK(said(&api, "\"jan@example.org\"") == 1 && said(&api, "\"loodgieter\"") == 1);
    CHECK(strlen(api.body) < sizeof(copy));
    memcpy(copy, api.body, strlen(api.body) + 1);
    CHECK(api_call(&api, POST, PATH, copy) == 200);
    CHECK(said(&api, "\"same\"") == 2);
    CHECK(api_call(&api, GET, "/api/v1/exports/records/order", NULL) == 404);
    CHECK(api_call(&api, GET, "/api/v1/exports/records/repair?cursor=x", NULL) == 422);
}

TEST(records_beyond_a_part_of_the_table_come_in_the_next_one)
{
    TABLES(api, w);
    CLEANUP(buf_free) struct buf lines = BUF(1 << 20);

    for (int part = 0; part < 2; part++) {
        lines.len = 0;
        buf_text(&lines, "key;title\n");
        for (int i = 0; i < RECORDS_AT_ONCE - 200; i++)
            buf_printf(&lines, "R%d;Kraan\n", part * RECORDS_AT_ONCE + i);
        CHECK(api_call(&api, POST, PATH, buf_str(&lines)) == 200);
    }
    CHECK(api_call(&api, GET, "/api/v1/exports/records/repair", NULL) == 200);
    CHECK(said(&api, "\n") == 1 + RECORD_EXPORT_MAX);
    CHECK(api_call(&api, GET,
                   arena_printf(w.mem, "/api/v1/exports/records/repair?cursor=%s",
                                api_header(&api, "X-Next")),
                   NULL) == 200);
    CHECK(said(&api, "\n") == 100 && !api_header(&api, "X-Next") && said(&api, "status_at") == 0);
}

TEST(a_table_of_records_without_keys_of_an_unknown_type_or_without_the_right_is_not_taken)
{
    TABLES(api, w);
    CHECK(api_call(&api, POST, PATH, "titel;status\nx;y\n") == 422);
    CHECK(api_call(&api, POST, PATH, "\n") == 422);
    CHECK(api_call(&api, POST, "/api/v1/record-types/order/imports", table) == 404);
    api_as(&api, ROLE_EXPERT);
    CHECK(api_call(&api, POST, PATH, table) == 403);
}

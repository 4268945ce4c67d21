#include "records_import.h"

#include "api.h"
#include "test.h"

#include <string.h>

#define TABLES(api, w)                                                                             \
    WORLD(w);                                                                                      \
    API(api, &w, &record_type_routes, &record_routes, &record_import_routes);                      \
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

TEST(a_table_of_records_without_keys_of_an_unknown_type_or_without_the_right_is_not_taken)
{
    TABLES(api, w);
    CHECK(api_call(&api, POST, PATH, "titel;status\nx;y\n") == 422);
    CHECK(api_call(&api, POST, PATH, "\n") == 422);
    CHECK(api_call(&api, POST, "/api/v1/record-types/order/imports", table) == 404);
    api_as(&api, ROLE_EXPERT);
    CHECK(api_call(&api, POST, PATH, table) == 403);
}

#include "tasks.h"

#include "api.h"
#include "test.h"

#include <string.h>

#define PATH "/api/v1/task-kinds"

TEST(a_kind_of_task_is_an_administrators_to_make_change_and_remove)
{
    WORLD(w);
    API(api, &w, &task_kind_routes, &task_routes);
    const char *path;

    api_as(&api, ROLE_AGENT);
    CHECK(api_call(&api, POST, PATH, "{\"name\":\"Storing\"}") == 403);
    api_as(&api, ROLE_ADMIN);
    CHECK(api_call(
              &api, POST, PATH,
              "{\"name\":\" Storing \",\"norm_minutes\":480,\"checklist\":[\"Onderdeel besteld\"],"
              "\"fields\":[{\"name\":\"code\",\"label\":\"Foutcode\",\"is_required\":true},"
              "{\"name\":\"where\",\"label\":\"Waar\",\"type\":\"choice\","
              "\"choices\":[\"zolder\",\"kelder\"]}]}") == 201);
    CHECK_TEXT(api_text(&api, "name"), "Storing");
    path = arena_printf(w.mem, PATH "/%s", api_text(&api, "id"));
    CHECK(api_call(&api, POST, PATH, "{\"name\":\"storing\"}") == 409);
    api.header = "If-Match: \"1\"";
    CHECK(api_call(&api, PUT, path, "{\"name\":\"Cv-storing\",\"is_retired\":true}") == 200);
    CHECK(strstr(api.body, "\"fields\":[]") && strstr(api.body, "\"is_retired\":true"));
    api.header = "If-Match: \"1\"";
    CHECK(api_call(&api, PUT, path, "{\"name\":\"Anders\"}") == 412);
    api_as(&api, ROLE_EXPERT);
    CHECK(api_call(&api, GET, PATH, NULL) == 200 && api_count(&api, "tki") == 1);
    CHECK(api_call(&api, GET, path, NULL) == 200);
    CHECK(api_call(&api, DELETE, path, NULL) == 403);
    api_as(&api, ROLE_ADMIN);
    CHECK(api_call(&api, DELETE, path, NULL) == 204);
    CHECK(api_call(&api, GET, path, NULL) == 404);
}

TEST(a_kind_of_task_that_makes_no_sense_is_refused)
{
    static const char *const refused[] = {
        "{\"name\":\" \"}",
        "{\"name\":\"x\",\"norm_minutes\":-1}",
        "{\"name\":\"x\",\"norm_minutes\":120001}",
        "{\"name\":\"x\",\"team_id\":\"tem_0000000000001\"}",
        "{\"name\":\"x\",\"checklist\":[\"\"]}",
        "{\"name\":\"x\",\"checklist\":[\"a\\nb\"]}",
        "{\"name\":\"x\",\"fields\":[{\"name\":\"a\",\"label\":\"A\"},{\"name\":\"a\",\"label\":"
        "\"B\"}]}",
        "{\"name\":\"x\",\"fields\":[{\"name\":\"a\",\"label\":\"A\",\"type\":\"choice\"}]}",
        "{\"name\":\"x\",\"fields\":[{\"name\":\"a\",\"label\":\"A\",\"choices\":[\"b\"]}]}",
        "{\"name\":\"x\",\"fields\":[{\"name\":\"a\",\"label\":\"A\",\"type\":\"choice\","
        "\"choices\":[\" \"]}]}",
    };
    WORLD(w);
    API(api, &w, &task_kind_routes);

    api_as(&api, ROLE_ADMIN);
    for (size_t i = 0; i < COUNT(refused); i++)
        if (api_call(&api, POST, PATH, refused[i]) != 422)
            test_fail(__FILE__, __LINE__, "%s: %d", refused[i], api.status);
}

TEST(a_task_says_what_its_kind_asks_and_nothing_else)
{
    static const struct {
        const char *values;
        int status;
    } rows[] = {
        { "[]",                                                                               422 },
        { "[{\"name\":\"code\",\"value\":\" \"}]",                                            422 },
        { "[{\"name\":\"code\",\"value\":\"E1\"}]",                                           201 },
        { "[{\"name\":\"code\",\"value\":\"E1\"},{\"name\":\"code\",\"value\":\"E2\"}]",      422 },
        { "[{\"name\":\"code\",\"value\":\"E1\"},{\"name\":\"other\",\"value\":\"1\"}]",      422 },
        { "[{\"name\":\"code\",\"value\":\"E1\"},{\"name\":\"n\",\"value\":\"-12,5\"}]",      201 },
        { "[{\"name\":\"code\",\"value\":\"E1\"},{\"name\":\"n\",\"value\":\"12.\"}]",        422 },
        { "[{\"name\":\"code\",\"value\":\"E1\"},{\"name\":\"n\",\"value\":\"-\"}]",          422 },
        { "[{\"name\":\"code\",\"value\":\"E1\"},{\"name\":\"n\",\"value\":\"\"}]",           201 },
        { "[{\"name\":\"code\",\"value\":\"E1\"},{\"name\":\"d\",\"value\":\"2026-02-28\"}]", 201 },
        { "[{\"name\":\"code\",\"value\":\"E1\"},{\"name\":\"d\",\"value\":\"2026-02-30\"}]", 422 },
        { "[{\"name\":\"code\",\"value\":\"E1\"},{\"name\":\"d\",\"value\":\"2026-2-3\"}]",   422 },
        { "[{\"name\":\"code\",\"value\":\"E1\"},{\"name\":\"c\",\"value\":\"zolder\"}]",     201 },
        { "[{\"name\":\"code\",\"value\":\"E1\"},{\"name\":\"c\",\"value\":\"tuin\"}]",       422 },
        { "[{\"name\":\"code\",\"value\":\"E1\"},{\"name\":\"y\",\"value\":\"yes\"}]",        201 },
        { "[{\"name\":\"code\",\"value\":\"E1\"},{\"name\":\"y\",\"value\":\"true\"}]",       422 },
    };
    WORLD(w);
    API(api, &w, &task_kind_routes, &task_routes);
    const char *kind;

    api_as(&api, ROLE_ADMIN);
    CHECK(api_call(&api, POST, PATH,
                   "{\"name\":\"Storing\",\"fields\":["
                   "{\"name\":\"code\",\"label\":\"Foutcode\",\"is_required\":true},"
                   "{\"name\":\"n\",\"label\":\"Aantal\",\"type\":\"number\"},"
                   "{\"name\":\"d\",\"label\":\"Dag\",\"type\":\"day\"},"
                   "{\"name\":\"y\",\"label\":\"Thuis\",\"type\":\"yes\"},"
                   "{\"name\":\"c\",\"label\":\"Waar\",\"type\":\"choice\","
                   "\"choices\":[\"zolder\",\"kelder\"]}]}") == 201);
    kind = api_text(&api, "id");
    for (size_t i = 0; i < COUNT(rows); i++)
        if (api_call(&api, POST, "/api/v1/tasks",
                     arena_printf(w.mem, "{\"title\":\"x\",\"kind_id\":\"%s\",\"values\":%s}", kind,
                                  rows[i].values)) != rows[i].status)
            test_fail(__FILE__, __LINE__, "%s: %d", rows[i].values, api.status);
    CHECK(api_call(&api, POST, "/api/v1/tasks",
                   "{\"title\":\"x\",\"values\":[{\"name\":\"code\",\"value\":\"E1\"}]}") == 422);
    CHECK(api_call(&api, DELETE, arena_printf(w.mem, PATH "/%s", kind), NULL) == 409);
    api.header = "If-Match: *";
    CHECK(api_call(&api, PUT, arena_printf(w.mem, PATH "/%s", kind),
                   "{\"name\":\"Storing\",\"is_retired\":true}") == 200);
    CHECK(api_call(&api, POST, "/api/v1/tasks",
                   arena_printf(w.mem, "{\"title\":\"x\",\"kind_id\":\"%s\"}", kind)) == 422);
}

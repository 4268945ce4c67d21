#include "macros.h"

#include "api.h"
#include "test.h"

#include "../labels/labels.h"

#include <string.h>

#define PATH "/api/v1/macros"

static bool says(const struct api *api, const char *words)
{
    return strstr(api->body, words) != NULL;
}

TEST(a_macro_is_its_owners_until_it_is_shared)
{
    WORLD(w);
    API(api, &w, &macro_routes, &label_routes);
    const char *path, *label;

    api_as(&api, ROLE_AGENT);
    CHECK(api_call(&api, POST, "/api/v1/labels", "{\"name\":\"Pakket\"}") == 201);
    label = api_text(&api, "id");
    CHECK(api_call(&api, POST, PATH, "{\"name\":\"Dag\",\"text\":\"Dag {{customer}},\"}") == 201);
    path = arena_printf(w.mem, PATH "/%s", api_text(&api, "id"));
    CHECK(api_call(&api, POST, PATH, "{\"name\":\"Eigen\",\"text\":\"x\"}") == 201);
    api.header = "If-Match: \"1\"";
    CHECK(api_call(&api, PUT, path,
                   arena_printf(w.mem,
                                "{\"name\":\"Dag\",\"text\":\"Dag!\",\"is_shared\":true,"
                                "\"status\":\"done\",\"label_id\":\"%s\"}",
                                label)) == 200);
    CHECK(says(&api, "\"status\":\"done\"") && says(&api, "\"version\":2"));
    api.header = "If-Match: \"1\"";
    CHECK(api_call(&api, PUT, path, "{\"name\":\"Te laat\",\"text\":\"x\"}") == 412);

    api_as(&api, ROLE_AGENT);
    CHECK(api_call(&api, GET, PATH, NULL) == 200 && api_count(&api, "mac") == 1);
    CHECK(says(&api, "Dag!"));
    CHECK(api_call(&api, DELETE, path, NULL) == 403);
    api_as(&api, ROLE_ADMIN);
    CHECK(api_call(&api, DELETE, path, NULL) == 204);
    CHECK(api_call(&api, GET, PATH, NULL) == 200 && api_count(&api, "mac") == 0);
}

TEST(a_macro_says_something_and_knows_only_our_labels)
{
    static const char *const refused[] = {
        "{\"name\":\" \",\"text\":\"x\"}",
        "{\"name\":\"x\",\"text\":\" \\n \"}",
        "{\"name\":\"x\",\"text\":\"x\",\"status\":\"gone\"}",
        "{\"name\":\"x\",\"text\":\"x\",\"label_id\":\"lab_0000000000001\"}",
    };

    WORLD(w);
    API(api, &w, &macro_routes);

    api_as(&api, ROLE_AGENT);
    for (size_t i = 0; i < COUNT(refused); i++)
        CHECK(api_call(&api, POST, PATH, refused[i]) == 422);
}

struct filling {
    bool is_shared;
    int n;
};

static bool fill(struct tx *tx, void *arg, struct err *err)
{
    const struct filling *filling = arg;

    for (int i = 0; i < filling->n; i++) {
        struct macro macro = { .name = "x", .text = "x", .is_shared = filling->is_shared };
        tx->actor.id = 1000 + i / MACROS_MAX;
        if (!macro_add(tx, &macro, err))
            return false;
    }
    return true;
}

TEST(so_many_macros_are_shared_as_the_list_has_room_for)
{
    WORLD(w);
    API(api, &w, &macro_routes);
    struct filling shared = { true, MACROS_SHARED_MAX };
    const char *path;

    CHECK_OK(world_write(&w, fill, &shared), &w.err);
    api_as(&api, ROLE_AGENT);
    CHECK(api_call(&api, POST, PATH, "{\"name\":\"x\",\"text\":\"x\",\"is_shared\":true}") == 409);
    CHECK(says(&api, "remove one first"));
    CHECK(api_call(&api, POST, PATH, "{\"name\":\"x\",\"text\":\"x\"}") == 201);
    path = arena_printf(w.mem, PATH "/%s", api_text(&api, "id"));
    api.header = "If-Match: \"1\"";
    CHECK(api_call(&api, PUT, path, "{\"name\":\"x\",\"text\":\"x\",\"is_shared\":true}") == 409);
    CHECK(api_call(&api, GET, PATH, NULL) == 200 &&
          api_count(&api, "mac") == MACROS_SHARED_MAX + 1);
}

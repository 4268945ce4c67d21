#include "documented.h"

#include "../src/base/text.h"
#include "../src/commands/routes.h"
#include "../src/http/inside.h"
#include "test.h"

#include <ctype.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

enum { WHERE_MAX = 400 };

static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct arena *kept; /* until the end */
static struct router *router;
static json_t *document;

static void read_document(void)
{
    kept = arena_new("documented");
    router = router_new(kept, all_routes, all_routes_n);
    document = json_loads(openapi_write(kept, router), JSON_REJECT_DUPLICATES, NULL);
}

static json_t *follow(json_t *schema)
{
    const char *name = json_string_value(json_object_get(schema, "$ref"));
    json_t *parts = json_object_get(document, "components");

    if (!name)
        return schema;
    name += strlen("#/components/");
    if (text_starts(name, "schemas/"))
        return json_object_get(json_object_get(parts, "schemas"), name + strlen("schemas/"));
    return json_object_get(json_object_get(parts, "responses"), name + strlen("responses/"));
}

static const char *type_name(const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return "object";
    case JSON_ARRAY:
        return "array";
    case JSON_STRING:
        return "string";
    case JSON_INTEGER:
        return "integer";
    case JSON_REAL:
        return "number";
    case JSON_TRUE:
    case JSON_FALSE:
        return "boolean";
    case JSON_NULL:
        return "null";
    }
    return "";
}

static bool has_type(json_t *types, const json_t *value)
{
    const char *name = type_name(value);
    json_t *type;
    size_t i;

    if (json_is_string(types))
        return text_equal(json_string_value(types), name) ||
               (json_is_integer(value) && text_equal(json_string_value(types), "number"));
    json_array_foreach(types, i, type) if (has_type(type, value)) return true;
    return !types;
}

static bool is_among(json_t *values, json_t *value)
{
    json_t *one;
    size_t i;

    json_array_foreach(values, i, one) if (json_equal(one, value)) return true;
    return !values;
}

/* Our patterns are "^cas_[…]{13}$": the kind in front is what can be wrong. */
static bool has_prefix(json_t *schema, const json_t *value)
{
    const char *pattern = json_string_value(json_object_get(schema, "pattern"));

    return !pattern || json_is_null(value) ||
           strncmp(pattern + 1, json_string_value(value), strcspn(pattern + 1, "[")) == 0;
}

/* Says in `where` what doesn't fit, from the place that it holds on. */
static bool fits(json_t *schema, json_t *value, char where[WHERE_MAX]);

static bool say(char where[WHERE_MAX], const char *what)
{
    size_t len = strlen(where);

    snprintf(where + len, WHERE_MAX - len, " %s", what);
    return false;
}

static bool object_fits(json_t *schema, json_t *value, char where[WHERE_MAX])
{
    json_t *properties = json_object_get(schema, "properties"), *member, *required, *name;
    size_t i, len = strlen(where);
    const char *key;

    required = json_object_get(schema, "required");
    json_array_foreach(required, i, name) if (!json_object_get(value, json_string_value(name)))
    {
        snprintf(where + len, WHERE_MAX - len, "/%s is missing", json_string_value(name));
        return false;
    }
    if (!properties)
        return true;
    json_object_foreach(value, key, member)
    {
        json_t *known = json_object_get(properties, key);
        snprintf(where + len, WHERE_MAX - len, "/%s", key);
        if (!known)
            return say(where, "isn't described");
        if (!fits(known, member, where))
            return false;
        where[len] = '\0';
    }
    return true;
}

static bool any_fits(json_t *any, json_t *value, char where[WHERE_MAX])
{
    size_t i, len = strlen(where);
    json_t *one;

    json_array_foreach(any, i, one)
    {
        where[len] = '\0';
        if (fits(one, value, where))
            return true;
    }
    return false;
}

static bool fits(json_t *schema, json_t *value, char where[WHERE_MAX])
{
    size_t i, len = strlen(where);
    json_t *any, *item;

    schema = follow(schema);
    any = json_object_get(schema, "anyOf");
    if (any)
        return any_fits(any, value, where);
    if (!has_type(json_object_get(schema, "type"), value))
        return say(where, type_name(value));
    if (!is_among(json_object_get(schema, "enum"), value) || !has_prefix(schema, value))
        return say(where, "has another value");
    json_array_foreach(value, i, item)
    {
        snprintf(where + len, WHERE_MAX - len, "/%zu", i);
        if (!fits(json_object_get(schema, "items"), item, where))
            return false;
        where[len] = '\0';
    }
    return !json_is_object(value) || object_fits(schema, value, where);
}

static json_t *operation_of(const struct route *route)
{
    char method[10] = "";
    json_t *path = json_object_get(json_object_get(document, "paths"), route->path);

    for (size_t i = 0; method_names[route->method][i]; i++)
        method[i] = (char)tolower((unsigned char)method_names[route->method][i]);
    return json_object_get(path, method);
}

static json_t *response_of(json_t *operation, int status)
{
    json_t *responses = json_object_get(operation, "responses");
    char name[20];

    snprintf(name, sizeof(name), "%d", status);
    return follow(json_object_get(responses, status < 400 ? name : "default"));
}

/* The schema of a JSON answer; NULL when it's something else. */
static json_t *schema_of(json_t *response)
{
    json_t *content = json_object_get(response, "content");
    json_t *json = json_object_get(content, "application/json");

    return json_object_get(json ? json : json_object_get(content, "application/problem+json"),
                           "schema");
}

void documented(const char *method, const char *target, int status, const char *body)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("documented");
    struct param params[HTTP_PARAMS_MAX];
    char where[WHERE_MAX] = "";
    const struct route *route;
    json_t *response, *schema, *value;
    size_t params_n;
    struct err err;

    pthread_once(&once, read_document);
    route = router_find(router, method, arena_text_n(mem, target, strcspn(target, "?")), mem,
                        params, &params_n, &err);
    if (!route || status == 0)
        return;
    /* What a person opens is told in words also when it doesn't work. */
    if (status >= 400 && text_equal(route->out.type, "text/html") && *body == '<')
        return;
    response = response_of(operation_of(route), status);
    if (!response) {
        test_fail(__FILE__, __LINE__, "%s %s isn't described to answer %d", method, route->path,
                  status);
        return;
    }
    schema = schema_of(response);
    if (!schema) {
        if (!json_object_get(response, "content") && *body)
            test_fail(__FILE__, __LINE__, "%s %s isn't described to have a body", method,
                      route->path);
        return;
    }
    value = json_loads(body, JSON_REJECT_DUPLICATES, NULL);
    if (!value || !fits(schema, value, where))
        test_fail(__FILE__, __LINE__, "%s %s %d isn't as described:%s", method, route->path, status,
                  where);
    json_decref(value);
}

/* openapi_test.c — the description of the API, and what operators ask. */
#include "site_test.h"

#include "../base/json.h"
#include "../base/text.h"
#include "test.h"
#include "world.h"

#include <jansson.h>
#include <string.h>

static void drop_json(json_t **json)
{
    json_decref(*json);
}

/* The value at a path of names with '>' between them; NULL when it isn't there. */
static json_t *at(json_t *json, const char *path)
{
    char name[100];

    while (json && *path) {
        size_t len = strcspn(path, ">");
        memcpy(name, path, len);
        name[len] = '\0';
        json = json_object_get(json, name);
        path += len + (path[len] == '>');
    }
    return json;
}

static const char *text_at(json_t *json, const char *path)
{
    return json_string_value(at(json, path));
}

static json_t *document(struct site *site)
{
    struct answer answer = site_ask(site, "GET", "/api/v1/openapi.json", "", NULL);

    return answer.status == 200 ? json_loads(answer.body, JSON_REJECT_DUPLICATES, NULL) : NULL;
}

/* Does each $ref below lead somewhere? */
static bool refs_lead_somewhere(json_t *whole, json_t *json)
{
    const char *name;
    json_t *value;
    size_t i;

    json_array_foreach(json, i, value) if (!refs_lead_somewhere(whole, value)) return false;
    json_object_foreach(json, name, value)
    {
        char path[200] = "";
        if (!json_is_string(value) || !text_equal(name, "$ref")) {
            if (!refs_lead_somewhere(whole, value))
                return false;
            continue;
        }
        memcpy(path, json_string_value(value) + 2, strlen(json_string_value(value) + 2) + 1);
        for (char *c = path; *c; c++)
            *c = *c == '/' ? '>' : *c;
        if (!at(whole, path))
            return false;
    }
    return true;
}

TEST(the_document_describes_the_routes_by_their_tables)
{
    WORLD(w);
    SITE(site, &w);
    CLEANUP(drop_json) json_t *all = document(&site);
    json_t *post = at(all, "paths>/test/things>post"), *get = at(all, "paths>/test/search>get");

    CHECK(all && refs_lead_somewhere(all, all));
    CHECK_TEXT(text_at(all, "openapi"), "3.1.0");
    CHECK_TEXT(text_at(post, "operationId"), "postTestThings");
    CHECK_TEXT(text_at(all, "paths>/test/params/{name}>get>operationId"), "getTestParamsByName");
    CHECK_TEXT(text_at(all, "paths>/api/v1/events>get>operationId"), "getEvents");
    CHECK_TEXT(text_at(post, "summary"), "Adds.");
    CHECK_TEXT(text_at(post, "x-right"), "case:write");
    CHECK(json_array_size(at(post, "security")) == 2);
    CHECK(json_array_size(at(get, "security")) == 0);
    CHECK_TEXT(text_at(post, "requestBody>content>application/json>schema>$ref"),
               "#/components/schemas/ThingInput");
    CHECK_TEXT(text_at(post, "responses>201>content>application/json>schema>$ref"),
               "#/components/schemas/Thing");
    CHECK_TEXT(text_at(all, "paths>/test/list>get>responses>200>content>application/json>schema>"
                            "properties>items>items>$ref"),
               "#/components/schemas/Thing");
    CHECK(at(all, "paths>/api/v1/events>get>responses>200>content>text/event-stream"));
    CHECK(at(all, "paths>/test/raw>put>requestBody>content>application/octet-stream"));
    CHECK(at(all, "components>securitySchemes>bearer") && at(all, "components>schemas>Problem"));
}

TEST(what_may_be_sent_is_not_what_comes_back)
{
    WORLD(w);
    SITE(site, &w);
    CLEANUP(drop_json) json_t *all = document(&site);
    json_t *in = at(all, "components>schemas>ThingInput");
    json_t *out = at(all, "components>schemas>Thing");

    CHECK(!at(in, "properties>is_new") && at(out, "properties>is_new"));
    CHECK(json_array_size(at(in, "required")) == 1 && json_array_size(at(out, "required")) == 3);
    CHECK(json_is_false(at(in, "additionalProperties")) && !at(out, "additionalProperties"));
}

TEST(only_what_is_refused_without_if_match_is_described_with_it)
{
    WORLD(w);
    SITE(site, &w);
    CLEANUP(drop_json) json_t *all = document(&site);

    CHECK_TEXT(
        text_at(json_array_get(at(all, "paths>/test/things/{id}>patch>parameters"), 1), "$ref"),
        "#/components/parameters/IfMatch");
    CHECK(json_array_size(at(all, "paths>/test/things/{id}>delete>parameters")) == 1);
    CHECK(at(all, "paths>/test/things/{id}>delete>responses>204"));
}

TEST(a_form_is_described_by_the_files_in_it)
{
    WORLD(w);
    SITE(site, &w);
    CLEANUP(drop_json) json_t *all = document(&site);
    json_t *content = at(all, "paths>/test/form>post>requestBody>content");
    json_t *schema = at(content, "multipart/form-data>schema");

    CHECK(json_object_size(content) == 1);
    CHECK(json_is_false(at(schema, "additionalProperties")));
    CHECK_TEXT(json_string_value(json_array_get(at(schema, "required"), 0)), "file");
    CHECK_TEXT(text_at(schema, "properties>file>type"), "array");
    CHECK(json_integer_value(at(schema, "properties>file>maxItems")) == 5);
    CHECK_TEXT(text_at(schema, "properties>file>items>contentMediaType"),
               "application/octet-stream");
    CHECK_TEXT(text_at(schema, "properties>file>description"), "The files");
}

TEST(a_query_is_described_name_by_name)
{
    WORLD(w);
    SITE(site, &w);
    CLEANUP(drop_json) json_t *all = document(&site);
    json_t *parameters = at(all, "paths>/test/search>get>parameters");
    json_t *q = json_array_get(parameters, 0), *limit = json_array_get(parameters, 1);

    CHECK(json_array_size(parameters) == 6);
    CHECK_TEXT(text_at(q, "name"), "q");
    CHECK_TEXT(text_at(q, "description"), "words to \"look\" for");
    CHECK_TEXT(text_at(q, "schema>type"), "string");
    CHECK(json_integer_value(at(q, "schema>maxLength")) == 20);
    CHECK(json_integer_value(at(limit, "schema>minimum")) == 1);
    CHECK(json_integer_value(at(limit, "schema>maximum")) == 200);
    CHECK(json_array_size(at(json_array_get(parameters, 3), "schema>enum")) == 2);
}

TEST(the_metrics_count_what_happens)
{
    WORLD(w);
    SITE(site, &w);
    struct answer answer;

    CHECK(site_ask(&site, "GET", "/metrics", "", NULL).status == 401);
    CHECK(site_ask(&site, "GET", "/nothing", "", NULL).status == 404);
    CHECK(site_ask(&site, "GET", "/test/list", "", NULL).status == 200);
    answer = site_ask_admin(&site, "GET", "/metrics", "", NULL);
    CHECK(answer.status == 200);
    CHECK(has_header(&answer, "Content-Type", "text/plain; version=0.0.4; charset=utf-8"));
    CHECK(strstr(answer.body, "# TYPE gestand_http_requests_total counter\n"
                              "gestand_http_requests_total 4\n"));
    CHECK(strstr(answer.body, "gestand_http_refused_total 1\n"));
    CHECK(strstr(answer.body, "gestand_http_running "));
    CHECK(strstr(answer.body, "gestand_http_streams 0\n"));
    CHECK(strstr(answer.body,
                 "gestand_http_request_duration_seconds_bucket{kind=\"read\",le=\"+Inf\"} 1\n"));
    CHECK(strstr(answer.body, "gestand_http_request_duration_seconds_count{kind=\"alone\"} 1\n"));
    CHECK(strstr(answer.body, "gestand_store_commits_total "));
}

TEST(a_server_says_that_it_lives_and_that_it_is_ready)
{
    WORLD(w);
    SITE(site, &w);

    CHECK_TEXT(site_ask(&site, "GET", "/healthz", "", NULL).body, "ok\n");
    CHECK_TEXT(site_ask(&site, "GET", "/readyz", "", NULL).body, "ready\n");
}

static bool is_never_ready(void *arg, struct err *err)
{
    *(bool *)arg = true;
    return err_set(err, ERR_INTERNAL, "a secret reason");
}

TEST(a_server_that_is_not_ready_says_so_and_not_why)
{
    static bool was_asked;

    WORLD(w);
    SITE(site, &w);
    struct server_settings settings = site.server->settings;
    struct site second = site;
    struct answer answer;

    was_asked = false;
    settings.is_ready = is_never_ready;
    settings.arg = &was_asked;
    CHECK_OK(server_start(&settings, &second.server, &w.err), &w.err);
    second.port = server_port(second.server);
    answer = site_ask(&second, "GET", "/readyz", "", NULL);
    server_stop(second.server);
    CHECK(was_asked && answer.status == 503 && !strstr(answer.body, "secret"));
}

/* openapi.c — the API described as OpenAPI 3.1, from the same tables that serve it: the rows of
 * the routes, the fields of what comes in and goes out.
 *
 * A schema is named after its struct. A struct that goes both ways has two: what may be sent is
 * not what must be there in a reply. A list inside has its items' schema written in place unless
 * those have a name of their own.
 */
#include "inside.h"

#include "../base/json.h"

#include <ctype.h>
#include <string.h>

enum { DOCUMENT_MAX = 8 << 20, SCHEMAS_MAX = 512, NEST_MAX = 8 };

struct schema {
    const struct field *fields;
    const char *name;
    bool is_input;
};

struct writer {
    struct buf out;
    struct arena *mem;
    struct schema schemas[SCHEMAS_MAX];
    size_t schemas_n;
};

/* --- names
 * ----------------------------------------------------------------------------------------- */

/* "case_draft" -> "CaseDraft"; also "/cases/{id}" -> "CasesById". */
static void add_camel(struct buf *out, const char *text)
{
    bool is_start = true;

    for (; *text; text++) {
        if (*text == '{')
            buf_text(out, "By");
        is_start |= !isalnum((unsigned char)*text);
        if (!isalnum((unsigned char)*text))
            continue;
        buf_char(out, is_start ? (char)toupper((unsigned char)*text) : *text);
        is_start = false;
    }
}

/* "getCasesByIdMessages": stable as long as method and path are. */
static void write_operation_id(struct buf *out, const struct route *route)
{
    const char *path = route->path;

    if (strncmp(path, "/api/v1", 7) == 0)
        path += 7;
    for (const char *c = method_names[route->method]; *c; c++)
        buf_char(out, (char)tolower((unsigned char)*c));
    add_camel(out, path);
}

static const struct schema *schema_of(const struct writer *w, const struct field *fields,
                                      bool is_input)
{
    for (size_t i = 0; i < w->schemas_n; i++)
        if (w->schemas[i].fields == fields && w->schemas[i].is_input == is_input)
            return &w->schemas[i];
    return NULL;
}

static bool is_taken(const struct writer *w, const char *name)
{
    for (size_t i = 0; i < w->schemas_n; i++)
        if (strcmp(w->schemas[i].name, name) == 0)
            return true;
    return false;
}

/* `case` is a keyword in C; outside it's the word. */
static const char *shape_name(const struct shape *shape)
{
    return strcmp(shape->name, "casefile") == 0 ? "case" : shape->name;
}

static void add_schema(struct writer *w, const struct shape *shape, bool is_input)
{
    CLEANUP(buf_free) struct buf name = BUF(200);
    const char *unique;

    if (!shape->fields || shape->is_form || schema_of(w, shape->fields, is_input) ||
        w->schemas_n == SCHEMAS_MAX)
        return;
    add_camel(&name, shape_name(shape));
    if (is_input && schema_of(w, shape->fields, false))
        buf_text(&name, "Input");
    unique = arena_text(w->mem, buf_str(&name));
    for (int i = 2; is_taken(w, unique); i++)
        unique = arena_printf(w->mem, "%s%d", buf_str(&name), i);
    w->schemas[w->schemas_n++] = (struct schema){ shape->fields, unique, is_input };
}

/* --- schemas
 * ---------------------------------------------------------------------------------------- */

static void member(struct buf *out, const char *name, const char *text)
{
    buf_char(out, '"');
    buf_text(out, name);
    buf_text(out, "\":");
    json_write_text(out, text);
}

static void write_type(struct buf *out, const char *type, bool is_nullable)
{
    buf_printf(out, is_nullable ? "\"type\":[\"%s\",\"null\"]" : "\"type\":\"%s\"", type);
}

static void write_names(struct buf *out, const char *const *names)
{
    buf_text(out, ",\"enum\":[");
    for (size_t i = 0; names[i]; i++) {
        if (i > 0)
            buf_char(out, ',');
        json_write_text(out, names[i]);
    }
    buf_char(out, ']');
}

static void write_bounds(struct buf *out, const struct field *f, bool is_input)
{
    int64_t max = f->max;

    if (!is_input)
        return;
    if (f->kind == KIND_INT || f->kind == KIND_REAL) {
        buf_printf(out, ",\"minimum\":%lld", (long long)f->min);
        if (max != 0)
            buf_printf(out, ",\"maximum\":%lld", (long long)max);
        return;
    }
    if (f->kind == KIND_TEXT && (f->min > 0 || f->flags & (LINE | HOST | URL)))
        buf_text(out, ",\"minLength\":1"); /* ours are bytes, its are characters */
    if (f->kind == KIND_TEXT)
        buf_printf(out, ",\"maxLength\":%lld", (long long)(max > 0 ? max : TEXT_DEFAULT_MAX));
    if (f->kind == KIND_LIST)
        buf_printf(out, ",\"minItems\":%lld,\"maxItems\":%lld", (long long)f->min,
                   (long long)(max > 0 ? max : LIST_DEFAULT_MAX));
}

static void write_object(struct writer *w, const struct field *fields, bool is_input, int depth);

/* A struct inside: by its name if it has one, else in place. */
static void write_inner(struct writer *w, const struct field *of, bool is_input, int depth)
{
    const struct schema *schema = schema_of(w, of, is_input);

    if (schema)
        buf_printf(&w->out, "{\"$ref\":\"#/components/schemas/%s\"}", schema->name);
    else if (depth < NEST_MAX)
        write_object(w, of, is_input, depth + 1);
    else
        buf_text(&w->out, "{\"type\":\"object\"}");
}

static void write_items(struct writer *w, const struct field *f, bool is_input, int depth)
{
    buf_text(&w->out, ",\"items\":");
    if (f->of)
        write_inner(w, f->of, is_input, depth);
    else
        buf_text(&w->out, "{\"type\":\"string\"}");
}

/* JSON kept as it is is always an object; one of ours when the table says which. */
static void write_one(struct writer *w, const struct field *f, bool is_input, bool is_nullable,
                      int depth)
{
    if (!f->of) {
        write_type(&w->out, "object", is_nullable);
        return;
    }
    buf_text(&w->out, "\"anyOf\":[");
    write_inner(w, f->of, is_input, depth);
    buf_text(&w->out, is_nullable ? ",{\"type\":\"null\"}]" : "]");
}

/* What is left out when it's empty is never null. */
static bool can_be_null(const struct field *f, bool is_input)
{
    if (f->flags & REQUIRED || (f->kind == KIND_TEXT && f->names))
        return false;
    return is_input || !(f->flags & OPTIONAL) || f->only_with > 0;
}

/* The members of a field's schema, without the braces. */
static void write_kind(struct writer *w, const struct field *f, bool is_input, int depth)
{
    bool is_nullable = can_be_null(f, is_input);

    switch (f->kind) {
    case KIND_INT:
        buf_text(&w->out, "\"type\":\"integer\",\"format\":\"int64\"");
        break;
    case KIND_BOOL:
        buf_text(&w->out, "\"type\":\"boolean\"");
        break;
    case KIND_REAL:
        buf_text(&w->out, "\"type\":\"number\"");
        break;
    case KIND_TEXT:
        write_type(&w->out, "string", is_nullable);
        if (f->names)
            write_names(&w->out, f->names);
        if (f->flags & EMAIL)
            buf_text(&w->out, ",\"format\":\"email\"");
        break;
    case KIND_TIME:
        write_type(&w->out, "string", is_nullable);
        buf_text(&w->out, ",\"format\":\"date-time\"");
        break;
    case KIND_ENUM:
        buf_text(&w->out, "\"type\":\"string\"");
        write_names(&w->out, f->names);
        break;
    case KIND_BYTES:
        write_type(&w->out, "string", is_nullable);
        buf_text(&w->out, ",\"contentEncoding\":\"base64\"");
        break;
    case KIND_LIST:
        buf_text(&w->out, "\"type\":\"array\"");
        write_items(w, f, is_input, depth);
        break;
    case KIND_JSON:
    case KIND_ONE:
        write_one(w, f, is_input, is_nullable, depth);
        break;
#define ID_CASE(noun, prefix) case KIND_ID_##noun:
        ID_NOUNS(ID_CASE)
#undef ID_CASE
        write_type(&w->out, "string", is_nullable);
        buf_printf(&w->out, ",\"pattern\":\"^%s_[0-9a-hjkmnp-tv-z]{13}$\"", kind_prefix(f->kind));
        break;
    case KIND_ID_FIRST:
    case KIND_END:
        break;
    }
    write_bounds(&w->out, f, is_input);
}

static void write_field(struct writer *w, const struct field *f, bool is_input, int depth)
{
    buf_char(&w->out, '{');
    write_kind(w, f, is_input, depth);
    if (f->doc) {
        buf_char(&w->out, ',');
        member(&w->out, "description", f->doc);
    }
    buf_char(&w->out, '}');
}

static bool is_shown(const struct field *f, bool is_input)
{
    return !(f->flags & (is_input ? OUT_ONLY : SECRET));
}

static bool is_required(const struct field *f, bool is_input)
{
    return is_shown(f, is_input) && (is_input ? f->flags & REQUIRED : !(f->flags & OPTIONAL));
}

static void write_object(struct writer *w, const struct field *fields, bool is_input, int depth)
{
    const char *comma = "";

    buf_text(&w->out, "{\"type\":\"object\",\"properties\":{");
    for (const struct field *f = fields; f->name; f++) {
        if (!is_shown(f, is_input))
            continue;
        buf_text(&w->out, comma);
        json_write_text(&w->out, f->name);
        buf_char(&w->out, ':');
        write_field(w, f, is_input, depth);
        comma = ",";
    }
    buf_text(&w->out, "},\"required\":[");
    comma = "";
    for (const struct field *f = fields; f->name; f++) {
        if (!is_required(f, is_input))
            continue;
        buf_text(&w->out, comma);
        json_write_text(&w->out, f->name);
        comma = ",";
    }
    buf_text(&w->out, is_input ? "],\"additionalProperties\":false}" : "]}");
}

/* --- operations
 * ------------------------------------------------------------------------------------- */

static bool has_body(const struct route *route)
{
    return route->method != GET && route->method != DELETE;
}

static void write_reference(struct writer *w, const struct shape *shape, bool is_input)
{
    const struct schema *schema = schema_of(w, shape->fields, is_input);

    if (schema)
        buf_printf(&w->out, "{\"$ref\":\"#/components/schemas/%s\"}", schema->name);
    else
        write_object(w, shape->fields, is_input, 0);
}

static void write_path_parameters(struct writer *w, const struct route *route, const char **comma)
{
    for (const char *at = strchr(route->path, '{'); at; at = strchr(at + 1, '{')) {
        buf_text(&w->out, *comma);
        buf_text(&w->out, "{\"in\":\"path\",\"required\":true,\"schema\":{\"type\":\"string\"},"
                          "\"name\":");
        json_write_text_n(&w->out, at + 1, strcspn(at + 1, "}"));
        buf_char(&w->out, '}');
        *comma = ",";
    }
}

static void write_query_parameters(struct writer *w, const struct route *route, const char **comma)
{
    if (has_body(route) || !route->in.fields)
        return;
    for (const struct field *f = route->in.fields; f->name; f++) {
        buf_text(&w->out, *comma);
        buf_printf(&w->out, "{\"in\":\"query\",\"required\":%s,",
                   f->flags & REQUIRED ? "true" : "false");
        member(&w->out, "name", f->name);
        if (f->doc) {
            buf_char(&w->out, ',');
            member(&w->out, "description", f->doc);
        }
        buf_text(&w->out, ",\"schema\":");
        struct field bare = *f; /* a query has no null; its words stand beside the schema */
        bare.flags |= REQUIRED;
        bare.doc = NULL;
        write_field(w, &bare, true, 0);
        buf_char(&w->out, '}');
        *comma = ",";
    }
}

static void write_header_parameters(struct writer *w, const struct route *route, const char **comma)
{
    const char *names[] = {
        route->is_versioned ? "IfMatch" : NULL,
        route->method == POST && route->right != ANYONE ? "IdempotencyKey" : NULL,
        /* a piece of something */
        route->method == PATCH && !route->in.fields && !route->is_versioned ? "UploadOffset" : NULL,
        route->kind == STREAM ? "LastEventId" : NULL,
    };

    for (size_t i = 0; i < COUNT(names); i++) {
        if (!names[i])
            continue;
        buf_printf(&w->out, "%s{\"$ref\":\"#/components/parameters/%s\"}", *comma, names[i]);
        *comma = ",";
    }
}

/* Of a form: every field is a list of files, whose parts all have its name. */
static void write_form(struct writer *w, const struct field *fields)
{
    const char *comma = "";

    buf_text(&w->out, "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[");
    for (const struct field *f = fields; f->name; f++, comma = ",") {
        buf_text(&w->out, comma);
        json_write_text(&w->out, f->name);
    }
    buf_text(&w->out, "],\"properties\":{");
    comma = "";
    for (const struct field *f = fields; f->name; f++, comma = ",") {
        buf_text(&w->out, comma);
        json_write_text(&w->out, f->name);
        buf_text(&w->out, ":{\"type\":\"array\",\"items\":{\"type\":\"string\","
                          "\"contentMediaType\":\"application/octet-stream\"},");
        member(&w->out, "description", f->doc);
        write_bounds(&w->out, f, true);
        buf_char(&w->out, '}');
    }
    buf_text(&w->out, "}}");
}

static void write_body(struct writer *w, const struct shape *in)
{
    if (!in->is_batch) {
        write_reference(w, in, true);
        return;
    }
    buf_text(&w->out, "{\"anyOf\":[");
    write_reference(w, in, true);
    buf_text(&w->out, ",{\"type\":\"object\",\"required\":[\"messages\"],"
                      "\"additionalProperties\":false,\"properties\":{\"messages\":"
                      "{\"type\":\"array\",\"items\":");
    write_reference(w, in, true);
    buf_text(&w->out, "}}}]}");
}

static void write_request_body(struct writer *w, const struct route *route)
{
    if (!has_body(route) || (!route->in.fields && route->in.max == 0))
        return;
    buf_text(&w->out, ",\"requestBody\":{\"required\":true,\"content\":{");
    if (route->in.is_form) {
        buf_text(&w->out, "\"multipart/form-data\":{\"schema\":");
        write_form(w, route->in.fields);
        buf_char(&w->out, '}');
    } else if (route->in.fields) {
        buf_text(&w->out, "\"application/json\":{\"schema\":");
        write_body(w, &route->in);
        buf_char(&w->out, '}');
    } else {
        buf_text(&w->out, "\"application/octet-stream\":{}");
    }
    buf_text(&w->out, "}}");
}

static void write_page(struct writer *w, const struct shape *out)
{
    buf_text(&w->out, "{\"type\":\"object\",\"required\":[\"items\",\"next\"],"
                      "\"properties\":{\"next\":{\"type\":[\"string\",\"null\"],"
                      "\"description\":\"cursor of the next page\"},"
                      "\"items\":{\"type\":\"array\",\"items\":");
    write_reference(w, out, false);
    buf_text(&w->out, "}}}");
}

static void write_content(struct writer *w, const struct route *route)
{
    const struct shape *out = &route->out;
    const char *type = route->kind == STREAM ? "text/event-stream" : "application/json";

    buf_printf(&w->out, ",\"content\":{\"%s\":{", out->type ? out->type : type);
    if (out->fields) {
        buf_text(&w->out, "\"schema\":");
        if (out->size == 0)
            write_page(w, out);
        else
            write_reference(w, out, false);
    }
    buf_text(&w->out, "}}");
}

/* The other answer of a batch: one that was there already, or the list. */
static void write_batch(struct writer *w, const struct shape *out)
{
    buf_text(&w->out, "\"200\":{\"description\":\"nothing new, or a batch\",\"content\":{"
                      "\"application/json\":{\"schema\":{\"anyOf\":[");
    write_reference(w, out, false);
    buf_char(&w->out, ',');
    write_page(w, out);
    buf_text(&w->out, "]}}}},");
}

static void write_reply(struct writer *w, const struct route *route)
{
    const struct shape *out = &route->out;

    buf_text(&w->out, ",\"responses\":{");
    if (out->is_batch)
        write_batch(w, out);
    buf_printf(&w->out, "\"%d\":{\"description\":\"it worked\"", out->status ? out->status : 204);
    if (out->status)
        write_content(w, route);
    buf_text(&w->out, "},\"default\":{\"$ref\":\"#/components/responses/Problem\"}}");
}

static void write_security(struct writer *w, const struct route *route)
{
    buf_char(&w->out, ',');
    member(&w->out, "x-right", right_name(route->right));
    buf_text(&w->out, route->right == ANYONE ? ",\"security\":[]"
                                             : ",\"security\":[{\"bearer\":[]},{\"cookie\":[]}]");
}

static void write_operation(struct writer *w, const struct route *route)
{
    const char *comma = "";

    buf_char(&w->out, '"');
    for (const char *c = method_names[route->method]; *c; c++)
        buf_char(&w->out, (char)tolower((unsigned char)*c));
    buf_text(&w->out, "\":{\"operationId\":\"");
    write_operation_id(&w->out, route);
    buf_text(&w->out, "\",");
    member(&w->out, "summary", route->doc);
    write_security(w, route);
    buf_text(&w->out, ",\"parameters\":[");
    write_path_parameters(w, route, &comma);
    write_query_parameters(w, route, &comma);
    write_header_parameters(w, route, &comma);
    buf_char(&w->out, ']');
    write_request_body(w, route);
    write_reply(w, route);
    buf_char(&w->out, '}');
}

/* --- the document
 * ------------------------------------------------------------------------------------ */

static const char components[] =
    "\"responses\":{\"Problem\":{\"description\":\"it did not\",\"content\":{"
    "\"application/problem+json\":{\"schema\":{\"$ref\":\"#/components/schemas/Problem\"}}}}},"
    "\"parameters\":{"
    "\"IdempotencyKey\":{\"name\":\"Idempotency-Key\",\"in\":\"header\",\"schema\":{"
    "\"type\":\"string\",\"maxLength\":200},\"description\":"
    "\"the same request with the same key is done once and answered the same; an answer that "
    "holds a secret is told once: then the repeat is refused with 409\"},"
    "\"IfMatch\":{\"name\":\"If-Match\",\"in\":\"header\",\"required\":true,\"schema\":{"
    "\"type\":\"string\"},"
    "\"description\":\"the ETag of what is changed; * whatever it is\"},"
    "\"UploadOffset\":{\"name\":\"Upload-Offset\",\"in\":\"header\",\"required\":true,\"schema\":{"
    "\"type\":\"integer\"},\"description\":\"bytes that are there: where this piece begins\"},"
    "\"LastEventId\":{\"name\":\"Last-Event-ID\",\"in\":\"header\",\"schema\":{\"type\":\"string\"}"
    ","
    "\"description\":\"the id of the last event that came, to go on behind it\"}},"
    "\"securitySchemes\":{\"bearer\":{\"type\":\"http\",\"scheme\":\"bearer\"},"
    "\"cookie\":{\"type\":\"apiKey\",\"in\":\"cookie\",\"name\":\"" SESSION_COOKIE "\","
    "\"description\":\"with X-CSRF-Token for all but GET\"}},"
    "\"schemas\":{\"Problem\":{\"type\":\"object\",\"required\":[\"type\",\"title\",\"status\","
    "\"detail\"],\"properties\":{\"type\":{\"type\":\"string\"},\"title\":{\"type\":\"string\"},"
    "\"status\":{\"type\":\"integer\"},\"detail\":{\"type\":\"string\"},\"errors\":{"
    "\"type\":\"array\",\"items\":{\"type\":\"object\",\"required\":[\"pointer\",\"detail\"],"
    "\"properties\":{\"pointer\":{\"type\":\"string\"},\"detail\":{\"type\":\"string\"}}}}}}";

/* Is it the first row of its path? */
static bool is_first(const struct route *const *routes, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (strcmp(routes[k]->path, routes[i]->path) == 0)
            return false;
    return true;
}

static void write_paths(struct writer *w, const struct route *const *routes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const char *comma = "";
        if (!is_first(routes, i))
            continue;
        if (i > 0)
            buf_char(&w->out, ',');
        json_write_text(&w->out, routes[i]->path);
        buf_text(&w->out, ":{");
        for (size_t k = i; k < n; k++) {
            if (strcmp(routes[k]->path, routes[i]->path) != 0)
                continue;
            buf_text(&w->out, comma);
            write_operation(w, routes[k]);
            comma = ",";
        }
        buf_char(&w->out, '}');
    }
}

static void name_schemas(struct writer *w, const struct route *const *routes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        add_schema(w, &routes[i]->out, false);
    for (size_t i = 0; i < n; i++)
        if (has_body(routes[i]))
            add_schema(w, &routes[i]->in, true);
}

const char *openapi_write(struct arena *mem, const struct router *router)
{
    CLEANUP(arena_freep) struct arena *scratch = arena_new("openapi");
    struct writer *w = NEW(scratch, struct writer);
    const struct route *const *routes;
    const char *document;
    size_t n;

    routes = router_all(router, &n);
    w->mem = scratch;
    w->out = (struct buf)BUF(DOCUMENT_MAX);
    name_schemas(w, routes, n);
    buf_text(&w->out, "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"Gestand\",\"version\":"
                      "\"" GESTAND_VERSION "\"},\"paths\":{");
    write_paths(w, routes, n);
    buf_text(&w->out, "},\"components\":{");
    buf_text(&w->out, components);
    for (size_t i = 0; i < w->schemas_n; i++) {
        buf_printf(&w->out, ",\"%s\":", w->schemas[i].name);
        write_object(w, w->schemas[i].fields, w->schemas[i].is_input, 0);
    }
    buf_text(&w->out, "}}}");
    document = arena_text(mem, buf_str(&w->out));
    buf_free(&w->out);
    return document;
}

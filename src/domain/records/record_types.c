#include "record_types.h"

#include "../../base/crypt.h"
#include "../../base/json.h"
#include "../../base/text.h"
#include "../../store/events.h"

#include <string.h>

static const struct field record_word_fields[] = {
    FIELD(record_word, name, .flags = REQUIRED | LINE, .min = 1, .max = 60),
    FIELD(record_word, label, .flags = REQUIRED | LINE, .min = 1, .max = 100,
          .doc = "What people read"),
    { 0 },
};

#define WORDS                                                                                      \
    FIELD(record_type, label, .flags = REQUIRED | LINE, .min = 1, .max = 100,                      \
          .doc = "What people read, as Bestelling"),                                               \
        FIELD(record_type, fields, .of = record_word_fields, .size = sizeof(struct record_word),   \
              .max = RECORD_WORDS_MAX, .doc = "Of its data, in the order in which people see it"), \
        FIELD(record_type, statuses, .of = record_word_fields, .size = sizeof(struct record_word), \
              .max = RECORD_WORDS_MAX)

const struct field record_type_fields[] = {
    FIELD(record_type, id, .flags = REQUIRED),
    FIELD(record_type, name, .flags = REQUIRED),
    WORDS,
    FIELD(record_type, lookup_url, .doc = "Where one can be asked for; null: nowhere"),
    FIELD(record_type, lookup_token, .flags = SECRET),
    FIELD(record_type, lookup_ttl_s, .doc = "How many seconds an answer holds"),
    FIELD(record_type, created_at, .flags = REQUIRED),
    FIELD(record_type, version),
    { 0 },
};

/* As they are kept. */
static const struct field words_fields[] = { WORDS, { 0 } };

/* A row as it's stored. */
struct kept {
    record_type_id id;
    const char *name, *lookup_url;
    struct json_text words;
    struct bytes lookup_secret;
    int64_t lookup_ttl_s, version;
    instant created_at;
};

static const struct field kept_fields[] = {
    FIELD(kept, id),         FIELD(kept, name),          FIELD(kept, lookup_url),
    FIELD(kept, words),      FIELD(kept, lookup_secret), FIELD(kept, lookup_ttl_s),
    FIELD(kept, created_at), FIELD(kept, version),       { 0 },
};

static char *seal_context(struct arena *mem, record_type_id id)
{
    return arena_printf(mem, "record_type:%lld", (long long)id.n);
}

static bool unpack(struct tx *tx, const struct kept *kept, struct record_type *out, struct err *err)
{
    *out = (struct record_type){
        .id = kept->id,
        .name = kept->name,
        .lookup_url = kept->lookup_url,
        .lookup_ttl_s = kept->lookup_ttl_s,
        .created_at = kept->created_at,
        .version = kept->version,
    };
    if (kept->lookup_secret.len > 0)
        out->lookup_token = secret_open(tx->mem, store_key(tx->store),
                                        seal_context(tx->mem, kept->id), kept->lookup_secret);
    if (kept->lookup_secret.len > 0 && !out->lookup_token)
        return err_set(err, ERR_INTERNAL, "the look-up's secret was sealed with another key");
    return json_read_stored(tx->mem, kept->words.s, words_fields, out, err);
}

bool record_type_list(struct tx *tx, struct list *out, struct err *err)
{
    struct record_type *types;
    const struct kept *rows;
    struct list found;

    if (!db_all(tx, SQL_RECORD_TYPE_LIST, ARGS(arg_organisation(tx)), kept_fields,
                sizeof(struct kept), &found, err))
        return false;
    types = NEW_ARRAY(tx->mem, struct record_type, found.n);
    rows = found.items;
    for (size_t i = 0; i < found.n; i++)
        if (!unpack(tx, &rows[i], &types[i], err))
            return false;
    *out = (struct list){ types, found.n };
    return true;
}

bool record_type_named(struct tx *tx, const char *name, struct record_type *out, struct err *err)
{
    struct kept kept = { 0 };
    bool found;

    if (!db_find(tx, SQL_RECORD_TYPE_NAMED, ARGS(arg_organisation(tx), arg_text(name)), kept_fields,
                 &kept, &found, err))
        return false;
    if (!found)
        return err_set(err, ERR_NOT_FOUND, "there is no type of record %s",
                       text_preview(tx->mem, name, RECORD_TYPE_NAME_MAX));
    return unpack(tx, &kept, out, err);
}

/* --- what may be kept --------------------------------------------------------------------------
 */

static bool is_twice(const struct list *words, size_t i)
{
    const struct record_word *all = words->items;

    for (size_t k = 0; k < i; k++)
        if (text_equal(all[k].name, all[i].name))
            return true;
    return false;
}

static bool check_words(struct arena *mem, const char *name, const struct list *words,
                        struct err *err)
{
    for (size_t i = 0; i < words->n; i++)
        if (is_twice(words, i))
            return err_field(err, arena_printf(mem, "/%s/%zu/name", name, i), "is there twice");
    return true;
}

static bool check_lookup(const struct record_type *type, struct err *err)
{
    if (type->lookup_url && !strstr(type->lookup_url, "{key}"))
        return err_field(err, "lookup_url", "must have %s in it", "{key}");
    if (type->lookup_token && !type->lookup_url)
        return err_field(err, "lookup_token", "goes nowhere without lookup_url");
    return true;
}

static bool check(struct tx *tx, const struct record_type *type, struct err *err)
{
    return check_words(tx->mem, "fields", &type->fields, err) &&
           check_words(tx->mem, "statuses", &type->statuses, err) && check_lookup(type, err);
}

static const char *words_of(struct arena *mem, const struct record_type *type)
{
    struct buf json = BUF(1 << 20);
    const char *text;

    json_write(&json, words_fields, type);
    text = arena_text(mem, buf_str(&json));
    buf_free(&json);
    return text;
}

static struct bytes seal(struct tx *tx, const struct record_type *type)
{
    if (!type->lookup_token)
        return (struct bytes){ 0 };
    return secret_seal(tx->mem, store_key(tx->store), seal_context(tx->mem, type->id),
                       type->lookup_token);
}

static bool tell(struct tx *tx, const char *kind, record_type_id id, struct err *err)
{
    char about[ID_TEXT_MAX];

    id_write("rty", id.n, about);
    return event_add(tx, &(struct event){ .kind = kind, .about = about }, err);
}

bool record_type_add(struct tx *tx, struct record_type *type, struct err *err)
{
    const struct record_type *others;
    struct list all;

    if (type->name[strspn(type->name, "abcdefghijklmnopqrstuvwxyz0123456789-_")] != '\0')
        return err_field(err, "name", "must be small letters, digits, - and _");
    type->id.n = id_new();
    type->created_at = tx->now;
    type->version = 1;
    if (!check(tx, type, err) ||
        !db_run(tx, SQL_ORGANISATION_LOCK, ARGS(arg_organisation(tx)), err) ||
        !record_type_list(tx, &all, err))
        return false;
    others = all.items;
    for (size_t i = 0; i < all.n; i++)
        if (text_equal(others[i].name, type->name))
            return err_set(err, ERR_CONFLICT, "there is a type of record %s already", type->name);
    if (all.n >= RECORD_TYPES_MAX)
        return err_set(err, ERR_CONFLICT, "there are %d types of record", RECORD_TYPES_MAX);
    return db_run(tx, SQL_RECORD_TYPE_ADD,
                  ARGS(arg_organisation(tx), arg_id(type->id), arg_text(type->name),
                       arg_text(words_of(tx->mem, type)), arg_text(type->lookup_url),
                       arg_bytes(seal(tx, type)), arg_int(type->lookup_ttl_s),
                       arg_time(type->created_at)),
                  err) &&
           tell(tx, "record_type.added", type->id, err);
}

bool record_type_change(struct tx *tx, struct record_type *type, int64_t version, struct err *err)
{
    int64_t rows;

    if (!check(tx, type, err) ||
        !db_change(tx, SQL_RECORD_TYPE_CHANGE,
                   ARGS(arg_organisation(tx), arg_id(type->id), arg_int(version),
                        arg_text(words_of(tx->mem, type)), arg_text(type->lookup_url),
                        arg_bytes(seal(tx, type)), arg_int(type->lookup_ttl_s)),
                   &rows, err))
        return false;
    if (rows == 0)
        return err_set(err, ERR_CHANGED, "somebody changed this type of record a moment ago");
    type->version = version + 1;
    return tell(tx, "record_type.changed", type->id, err);
}

const char *record_status_label(const struct record_type *type, const char *status)
{
    const struct record_word *words = type->statuses.items;

    for (size_t i = 0; i < type->statuses.n; i++)
        if (text_equal(words[i].name, status))
            return words[i].label;
    return status;
}

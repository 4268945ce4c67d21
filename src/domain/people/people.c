#include "people.h"

#include "../../base/text.h"
#include "../../language/words.h"
#include "../../store/events.h"
#include "../../store/search.h"
#include "duplicates.h"

#include <string.h>

const char *const person_kind_names[] = { "person", "organisation", NULL };

static const struct field person_member_fields[] = {
    FIELD(person_member, person_id, .flags = REQUIRED),
    FIELD(person_member, name, .flags = REQUIRED),
    FIELD(person_member, merge_id, .flags = REQUIRED, .doc = "What to undo to have them apart"),
    FIELD(person_member, at, .flags = REQUIRED),
    FIELD(person_member, actor_kind, .names = actor_kind_names),
    FIELD(person_member, actor_id, .flags = SECRET),
    FIELD(person_member, user_id),
    FIELD(person_member, score),
    FIELD(person_member, reasons),
    { 0 },
};

const struct field person_fields[] = {
    FIELD(person, id, .flags = REQUIRED),
    FIELD(person, kind, .names = person_kind_names),
    FIELD(person, name, .flags = REQUIRED),
    FIELD(person, language, .flags = REQUIRED, .doc = "nl, en, fr, …; empty when it isn't known"),
    FIELD(person, created_at, .flags = REQUIRED),
    FIELD(person, updated_at, .flags = REQUIRED),
    FIELD(person, version),
    FIELD(person, identities, .flags = OPTIONAL, .of = identity_fields,
          .size = sizeof(struct identity)),
    FIELD(person, members, .flags = OPTIONAL, .of = person_member_fields,
          .size = sizeof(struct person_member), .doc = "Who else has this face, and why"),
    FIELD(person, address, .flags = OPTIONAL, .doc = "In lists: one of his, as it is written"),
    FIELD(person, seen_at, .flags = OPTIONAL,
          .doc = "In lists: the newest message of his cases, whoever wrote it"),
    FIELD(person, open_n, .flags = OPTIONAL,
          .doc = "In lists: how many of his newest 500 cases aren't done"),
    { 0 },
};

/* --- the words of a person ------------------------------------------------------------------- */

struct word_row {
    const char *text;
};

static const struct field word_row_fields[] = {
    FIELD(word_row, text),
    { 0 },
};

static bool words_of_face(struct tx *tx, person_id root, const char **out, struct err *err)
{
    struct list rows;
    const char **texts;

    if (!db_all(tx, SQL_PERSON_TEXTS, ARGS(arg_organisation(tx), arg_id(root)), word_row_fields,
                sizeof(struct word_row), &rows, err))
        return false;
    texts = NEW_ARRAY(tx->mem, const char *, rows.n);
    for (size_t i = 0; i < rows.n; i++)
        texts[i] = ((const struct word_row *)rows.items)[i].text;
    *out = words_of(tx->mem, 'p', texts, rows.n);
    return true;
}

bool person_words(struct tx *tx, person_id id, const char **out, struct err *err)
{
    person_id root;

    return person_root(tx, id, &root, err) && words_of_face(tx, root, out, err);
}

bool person_index(struct tx *tx, person_id root, struct err *err)
{
    const char *words;

    return words_of_face(tx, root, &words, err) && search_add(tx, root.n, words, err);
}

bool person_index_again(struct tx *tx, person_id id, const char *before, struct err *err)
{
    person_id root;

    return person_root(tx, id, &root, err) && search_remove(tx, root.n, before, err) &&
           person_index(tx, root, err);
}

/* --- new ones -------------------------------------------------------------------------------- */

static bool insert(struct tx *tx, const struct person *person, struct err *err)
{
    return db_run(tx, SQL_PERSON_ADD,
                  ARGS(arg_organisation(tx), arg_id(person->id), arg_text(person->name),
                       arg_text(person->language), arg_time(tx->now),
                       arg_text(person_kind_names[person->kind])),
                  err);
}

static bool tell_added(struct tx *tx, person_id id, struct err *err)
{
    char about[ID_TEXT_MAX];

    id_write("per", id.n, about);
    return event_add(tx, &(struct event){ .kind = "person.added", .about = about }, err);
}

static bool make(struct tx *tx, enum identity_kind kind, const char *value, const char *address,
                 const char *name, enum identity_source by, person_id *out, struct err *err)
{
    const char *shown = text_is_blank(name) ? address : name, *texts[] = { shown, address };
    struct person person = { .id = { id_new() }, .name = shown, .language = "" };

    *out = person.id;
    return insert(tx, &person, err) && identity_begin(tx, *out, kind, value, address, by, err) &&
           search_add(tx, out->n, words_of(tx->mem, 'p', texts, COUNT(texts)), err) &&
           tell_added(tx, *out, err);
}

static bool is_language(const char *s)
{
    size_t len = strspn(s, "abcdefghijklmnopqrstuvwxyz");

    return s[len] == '\0' && len <= 3 && len != 1;
}

bool person_apply(struct arena *mem, const struct person_draft *draft, struct person *person,
                  struct err *err)
{
    if (draft->name)
        person->name = text_preview(mem, draft->name, PERSON_NAME_MAX);
    if (draft->language)
        person->language = draft->language;
    if (!person->name || *person->name == '\0')
        return err_field(err, "name", "must say what the person is called");
    return is_language(person->language) ||
           err_field(err, "language", "must be a code like nl, en or fr, or empty");
}

bool person_add(struct tx *tx, const struct person_draft *draft, struct person *out,
                struct err *err)
{
    *out = (struct person){ .id = { id_new() }, .kind = draft->kind, .language = "" };
    return person_apply(tx->mem, draft, out, err) && insert(tx, out, err) &&
           person_index(tx, out->id, err) && tell_added(tx, out->id, err) &&
           person_get(tx, out->id, out, err);
}

bool person_change(struct tx *tx, int64_t version, const struct person_draft *draft,
                   struct person *person, struct err *err)
{
    const person_id id = person->id;
    const char *words;
    int64_t changed;

    if (!person_apply(tx->mem, draft, person, err) || !person_words(tx, id, &words, err) ||
        !db_change(tx, SQL_PERSON_CHANGE,
                   ARGS(arg_organisation(tx), arg_id(id), arg_int(version), arg_text(person->name),
                        arg_text(person->language), arg_time(tx->now)),
                   &changed, err))
        return false;
    if (changed == 0)
        return err_set(err, ERR_CHANGED, "somebody changed this person a moment ago");
    return event_add(tx,
                     &(struct event){ .kind = "person.changed",
                                      .about = arena_text(tx->mem, id_text("per", id.n).s) },
                     err) &&
           person_get(tx, id, person, err) && person_index_again(tx, id, words, err) &&
           db_run(tx, SQL_PERSON_NAME_IN_CASES,
                  ARGS(arg_organisation(tx), arg_id(id), arg_text(person->name)), err) &&
           duplicate_find(tx, id, err);
}

bool person_by_address(struct tx *tx, enum identity_kind kind, const char *address,
                       const char *name, enum identity_source by, person_id *out, bool *is_new,
                       struct err *err)
{
    struct identity identity;
    const char *value;

    if (!identity_value(tx, kind, address, &value, err) ||
        !identity_find(tx, kind, value, name, &identity, err))
        return false;
    *is_new = identity.id.n == 0;
    if (*is_new)
        return make(tx, kind, value, address, name, by, out, err);
    *out = identity.person_id;
    return identity.is_shared || by != BY_MESSAGE || identity_prove(tx, &identity, BY_MESSAGE, err);
}

/* --- those there are ---------------------------------------------------------------------------
 */

bool person_hold(struct tx *tx, person_id id, struct err *err)
{
    return text_equal(db_engine(tx), "sqlite") ||
           db_run(tx, SQL_PERSON_HOLD_POSTGRES, ARGS(arg_organisation(tx), arg_id(id)), err);
}

bool person_root(struct tx *tx, person_id id, person_id *out, struct err *err)
{
    if (!db_number(tx, SQL_PERSON_ROOT, ARGS(arg_organisation(tx), arg_id(id)), &out->n, err))
        return false;
    return out->n != 0 || err_set(err, ERR_NOT_FOUND, "there is no such person");
}

bool person_is_same(struct tx *tx, person_id a, person_id b, bool *out, struct err *err)
{
    person_id x, y;

    *out = a.n == b.n;
    if (*out)
        return true;
    if (!person_root(tx, a, &x, err) || !person_root(tx, b, &y, err))
        return false;
    *out = x.n == y.n;
    return true;
}

static bool read_members(struct tx *tx, struct person *person, struct err *err)
{
    struct person_member *member;

    if (!db_all(tx, SQL_PERSON_MEMBERS, ARGS(arg_organisation(tx), arg_id(person->id)),
                person_member_fields, sizeof(struct person_member), &person->members, err))
        return false;
    member = person->members.items;
    for (size_t i = 0; i < person->members.n; i++, member++)
        if (member->actor_kind == ACTOR_USER || member->actor_kind == ACTOR_INTEGRATION)
            member->user_id.n = member->actor_id;
    return true;
}

bool person_get(struct tx *tx, person_id id, struct person *out, struct err *err)
{
    *out = (struct person){ 0 };
    return db_one(tx, SQL_PERSON_GET, ARGS(arg_organisation(tx), arg_id(id)), person_fields, out,
                  err) &&
           identity_list(tx, out->id, &out->identities, err) && read_members(tx, out, err);
}

#include "people.h"

#include "../../auth/organisations.h"
#include "../../base/text.h"
#include "../../language/words.h"
#include "../../store/events.h"
#include "../../store/search.h"

#include <string.h>

const char *const identity_state_names[] = { "claimed", "verified", "suspected", NULL };

const struct field identity_fields[] = {
    FIELD(identity, id, .flags = REQUIRED),
    FIELD(identity, person_id, .flags = REQUIRED),
    FIELD(identity, kind, .names = identity_kind_names),
    FIELD(identity, value, .flags = REQUIRED, .doc = "As it is compared"),
    FIELD(identity, label, .doc = "As it was written"),
    FIELD(identity, state, .names = identity_state_names),
    FIELD(identity, verified_at),
    { 0 },
};

const struct field person_fields[] = {
    FIELD(person, id, .flags = REQUIRED),
    FIELD(person, name, .flags = REQUIRED),
    FIELD(person, language, .flags = REQUIRED, .doc = "nl, en, fr, …; empty when it isn't known"),
    FIELD(person, created_at, .flags = REQUIRED),
    FIELD(person, updated_at, .flags = REQUIRED),
    FIELD(person, version),
    FIELD(person, identities, .flags = OPTIONAL, .of = identity_fields,
          .size = sizeof(struct identity)),
    { 0 },
};

static char *phone_normal(struct arena *mem, enum phone_home home, const char *address)
{
    char number[PHONE_MAX], *out, *to;

    if (phone_read(address, strlen(address), home, number))
        return arena_text(mem, number);
    out = to = arena_text(mem, address);
    for (const char *c = address; *c; c++)
        if (!strchr(" -().\t", *c))
            *to++ = *c;
    *to = '\0';
    return out;
}

char *identity_normal(struct arena *mem, enum identity_kind kind, enum phone_home home,
                      const char *address)
{
    switch (kind) {
    case IDENTITY_EMAIL:
        return text_fold(mem, text_trim(mem, address));
    case IDENTITY_PHONE:
        return phone_normal(mem, home, address);
    case IDENTITY_EXTERNAL:
    case IDENTITY_HANDLE:
    case IDENTITY_LOGIN:
        break;
    }
    return text_trim(mem, address);
}

static bool index_words(struct tx *tx, const struct person *person, const char **out,
                        struct err *err)
{
    struct list identities = { 0 };
    const char **texts;

    if (!db_all(tx, SQL_IDENTITY_LIST, ARGS(arg_organisation(tx), arg_id(person->id)),
                identity_fields, sizeof(struct identity), &identities, err))
        return false;
    texts = NEW_ARRAY(tx->mem, const char *, identities.n + 1);
    texts[0] = person->name;
    for (size_t i = 0; i < identities.n; i++)
        texts[i + 1] = ((struct identity *)identities.items)[i].label;
    *out = words_of(tx->mem, 'p', texts, identities.n + 1);
    return true;
}

bool person_index(struct tx *tx, const struct person *person, struct err *err)
{
    const char *words;

    return index_words(tx, person, &words, err) && search_add(tx, person->id.n, words, err);
}

bool person_index_again(struct tx *tx, const struct person *before, const struct person *after,
                        struct err *err)
{
    const char *words;

    return index_words(tx, before, &words, err) && search_remove(tx, before->id.n, words, err) &&
           person_index(tx, after, err);
}

static bool make(struct tx *tx, enum identity_kind kind, const char *value, const char *address,
                 const char *name, person_id *out, struct err *err)
{
    const char *shown = text_is_blank(name) ? address : name, *texts[2];
    char about[ID_TEXT_MAX];

    *out = (person_id){ id_new() };
    id_write("per", out->n, about);
    texts[0] = shown;
    texts[1] = address;
    return db_run(tx, SQL_PERSON_ADD,
                  ARGS(arg_organisation(tx), arg_id(*out), arg_text(shown), arg_text(""),
                       arg_time(tx->now)),
                  err) &&
           db_run(tx, SQL_IDENTITY_ADD,
                  ARGS(arg_organisation(tx), arg_int(id_new()), arg_id(*out),
                       arg_text(identity_kind_names[kind]), arg_text(value), arg_text(address),
                       arg_text(identity_state_names[IDENTITY_VERIFIED]), arg_time(tx->now),
                       arg_time(tx->now)),
                  err) &&
           search_add(tx, out->n, words_of(tx->mem, 'p', texts, COUNT(texts)), err) &&
           event_add(tx, &(struct event){ .kind = "person.added", .about = about }, err);
}

/* Only a telephone number depends on it. */
static bool home_of(struct tx *tx, enum identity_kind kind, enum phone_home *out, struct err *err)
{
    struct organisation organisation;

    *out = PHONE_NETHERLANDS;
    if (kind != IDENTITY_PHONE)
        return true;
    if (!organisation_get(tx, &organisation, err))
        return false;
    *out = organisation_home(&organisation);
    return true;
}

bool person_by_address(struct tx *tx, enum identity_kind kind, const char *address,
                       const char *name, person_id *out, bool *is_new, struct err *err)
{
    enum phone_home home;
    struct identity identity;
    const char *value;
    bool found;

    if (!home_of(tx, kind, &home, err))
        return false;
    value = identity_normal(tx->mem, kind, home, address);
    if (!db_find(tx, SQL_IDENTITY_FIND,
                 ARGS(arg_organisation(tx), arg_text(identity_kind_names[kind]), arg_text(value)),
                 identity_fields, &identity, &found, err))
        return false;
    *is_new = !found;
    if (!found)
        return make(tx, kind, value, address, name, out, err);
    *out = identity.person_id;
    return true;
}

bool person_hold(struct tx *tx, person_id id, struct err *err)
{
    return text_equal(db_engine(tx), "sqlite") ||
           db_run(tx, SQL_PERSON_HOLD_POSTGRES, ARGS(arg_organisation(tx), arg_id(id)), err);
}

bool person_get(struct tx *tx, person_id id, struct person *out, struct err *err)
{
    *out = (struct person){ 0 };
    return db_one(tx, SQL_PERSON_GET, ARGS(arg_organisation(tx), arg_id(id)), person_fields, out,
                  err) &&
           db_all(tx, SQL_IDENTITY_LIST, ARGS(arg_organisation(tx), arg_id(id)), identity_fields,
                  sizeof(struct identity), &out->identities, err);
}

bool person_address(struct tx *tx, person_id id, enum identity_kind kind, struct identity *out,
                    struct err *err)
{
    bool found;

    *out = (struct identity){ 0 };
    return db_find(tx, SQL_IDENTITY_NEWEST,
                   ARGS(arg_organisation(tx), arg_id(id), arg_text(identity_kind_names[kind])),
                   identity_fields, out, &found, err);
}

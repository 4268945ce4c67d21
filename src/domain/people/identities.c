#include "identities.h"

#include "../../auth/organisations.h"
#include "../../base/text.h"
#include "../../store/events.h"
#include "duplicates.h"
#include "names.h"
#include "people.h"

#include <ctype.h>
#include <string.h>

const char *const identity_state_names[] = { "claimed", "verified", "suspected", NULL };
const char *const identity_source_names[] = { "message", "agent",  "link", "token",
                                              "import",  "sender", "text", NULL };
const char *const identity_purpose_names[] = { "answer", "callback", "letter", NULL };

static const struct field holder_fields[] = {
    FIELD(identity_holder, person_id, .flags = REQUIRED),
    FIELD(identity_holder, name, .flags = REQUIRED),
    FIELD(identity_holder, identity_id, .flags = SECRET),
    { 0 },
};

const struct field identity_fields[] = {
    FIELD(identity, id, .flags = REQUIRED),
    FIELD(identity, person_id, .flags = REQUIRED,
          .doc = "Who it came in with; of several people who are one, one of them"),
    FIELD(identity, kind, .names = identity_kind_names),
    FIELD(identity, value, .flags = REQUIRED, .doc = "As it is compared"),
    FIELD(identity, label, .doc = "As it was written"),
    FIELD(identity, state, .names = identity_state_names),
    FIELD(identity, state_at, .doc = "Since when it is that"),
    FIELD(identity, state_by, .names = identity_source_names, .doc = "How we know"),
    FIELD(identity, is_main, .doc = "Who has it is meant when nothing else tells"),
    FIELD(identity, is_shared, .doc = "Somebody said that others have it too"),
    FIELD(identity, removed_at, .flags = OPTIONAL),
    FIELD(identity, preferred_for, .flags = OPTIONAL, .doc = "answer, callback, letter"),
    FIELD(identity, others, .flags = OPTIONAL, .of = holder_fields,
          .size = sizeof(struct identity_holder), .doc = "Who else has it"),
    { 0 },
};

const struct field identity_draft_fields[] = {
    FIELD(identity_draft, kind, .flags = REQUIRED, .names = identity_kind_names),
    FIELD(identity_draft, value, .flags = REQUIRED, .min = 1, .max = ADDRESS_MAX),
    FIELD(identity_draft, state, .names = identity_state_names, .doc = "claimed when left out"),
    FIELD(identity_draft, is_shared, .doc = "Others may have it too"),
    { 0 },
};

/* --- how an address is compared --------------------------------------------------------------- */

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

/* "Dorpsstraat 12\n1234 AB Utrecht" and "dorpsstraat 12, 1234AB UTRECHT" are one. */
static char *postal_normal(struct arena *mem, const char *address)
{
    char *out = text_fold(mem, address), *to = out;

    for (const char *c = out; *c; c++)
        if (isalnum((unsigned char)*c) || (unsigned char)*c >= 0x80)
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
    case IDENTITY_POSTAL:
        return postal_normal(mem, address);
    case IDENTITY_EXTERNAL:
    case IDENTITY_HANDLE:
    case IDENTITY_LOGIN:
        break;
    }
    return text_trim(mem, address);
}

bool identity_value(struct tx *tx, enum identity_kind kind, const char *address, const char **out,
                    struct err *err)
{
    enum phone_home home = PHONE_NETHERLANDS;
    struct organisation organisation;

    /* Only a telephone number depends on it. */
    if (kind == IDENTITY_PHONE) {
        if (!organisation_get(tx, &organisation, err))
            return false;
        home = organisation_home(&organisation);
    }
    *out = identity_normal(tx->mem, kind, home, address);
    return true;
}

/* --- who has it ------------------------------------------------------------------------------- */

/* One of several holders, and what he is called: himself, and whose face he has. */
struct called {
    person_id root_id;
    const char *name, *face;
};

static const struct field called_fields[] = {
    FIELD(called, root_id),
    FIELD(called, name),
    FIELD(called, face),
    { 0 },
};

static bool read_called(struct tx *tx, const struct identity *holders, size_t n,
                        struct called *called, struct err *err)
{
    for (size_t i = 0; i < n; i++)
        if (!db_one(tx, SQL_PERSON_CALLED, ARGS(arg_organisation(tx), arg_id(holders[i].person_id)),
                    called_fields, &called[i], err))
            return false;
    return true;
}

static enum name_likeness likeness_of(struct arena *mem, const struct called *called,
                                      const char *name)
{
    enum name_likeness own = names_compare(mem, called->name, name);
    enum name_likeness face = names_compare(mem, called->face, name);

    return own > face ? own : face;
}

/* Which of them the name says, if it says one: as it is written, else as it fits. Two holders who
 * are one person are no two. */
static size_t who_is_called(struct arena *mem, const struct called *called, size_t n,
                            const char *name)
{
    for (enum name_likeness wanted = NAMES_SAME; wanted > NAMES_DIFFER; wanted--) {
        size_t chosen = n, people = 0;
        for (size_t i = 0; i < n; i++) {
            if (likeness_of(mem, &called[i], name) < wanted)
                continue;
            people += chosen == n || called[chosen].root_id.n != called[i].root_id.n;
            chosen = chosen == n ? i : chosen;
        }
        if (people == 1)
            return chosen;
    }
    return 0;
}

bool identity_find(struct tx *tx, enum identity_kind kind, const char *value, const char *name,
                   struct identity *out, struct err *err)
{
    struct list holders;
    struct called *called;

    *out = (struct identity){ 0 };
    if (!db_all(tx, SQL_IDENTITY_HOLDERS,
                ARGS(arg_organisation(tx), arg_text(identity_kind_names[kind]), arg_text(value)),
                identity_fields, sizeof(struct identity), &holders, err))
        return false;
    if (holders.n == 0)
        return true;
    *out = *(const struct identity *)holders.items;
    if (holders.n == 1 || text_is_blank(name))
        return true;
    called = NEW_ARRAY(tx->mem, struct called, holders.n);
    if (!read_called(tx, holders.items, holders.n, called, err))
        return false;
    *out =
        ((const struct identity *)holders.items)[who_is_called(tx->mem, called, holders.n, name)];
    return true;
}

/* --- changes ---------------------------------------------------------------------------------- */

static bool tell(struct tx *tx, const struct identity *identity, const char *what, struct err *err)
{
    struct event event = {
        .kind = arena_printf(tx->mem, "identity.%s", what),
        .about = arena_text(tx->mem, id_text("per", identity->person_id.n).s),
        .data = { arena_printf(
            tx->mem, "{\"identity\":\"%s\",\"kind\":\"%s\",\"state\":\"%s\",\"by\":\"%s\"}",
            id_text("idn", identity->id.n).s, identity_kind_names[identity->kind],
            identity_state_names[identity->state], identity_source_names[identity->state_by]) },
    };

    return event_add(tx, &event, err);
}

static bool save(struct tx *tx, const struct identity *identity, struct err *err)
{
    return db_run(
        tx, SQL_IDENTITY_SAVE,
        ARGS(arg_organisation(tx), arg_id(identity->id), arg_text(identity->label),
             arg_text(identity_state_names[identity->state]), arg_time(identity->state_at),
             arg_text(identity_source_names[identity->state_by]), arg_bool(identity->is_main),
             arg_bool(identity->is_shared), arg_time(identity->removed_at)),
        err);
}

static bool insert(struct tx *tx, const struct identity *identity, struct err *err)
{
    return db_run(tx, SQL_IDENTITY_ADD,
                  ARGS(arg_organisation(tx), arg_id(identity->id), arg_id(identity->person_id),
                       arg_text(identity_kind_names[identity->kind]), arg_text(identity->value),
                       arg_text(identity->label), arg_text(identity_state_names[identity->state]),
                       arg_time(identity->state_at),
                       arg_text(identity_source_names[identity->state_by]),
                       arg_bool(identity->is_main), arg_bool(identity->is_shared)),
                  err);
}

/* Whoever has the address longest is meant by it, when its main holder is gone. */
static bool choose_main(struct tx *tx, const struct identity *identity, struct err *err)
{
    return db_run(tx, SQL_IDENTITY_MAIN_NEXT,
                  ARGS(arg_organisation(tx), arg_text(identity_kind_names[identity->kind]),
                       arg_text(identity->value)),
                  err);
}

static bool be_main(struct tx *tx, const struct identity *identity, struct err *err)
{
    return db_run(tx, SQL_IDENTITY_MAIN_GONE,
                  ARGS(arg_organisation(tx), arg_text(identity_kind_names[identity->kind]),
                       arg_text(identity->value)),
                  err);
}

bool identity_begin(struct tx *tx, person_id person, enum identity_kind kind, const char *value,
                    const char *label, enum identity_source by, struct err *err)
{
    return insert(tx,
                  &(struct identity){
                      .id = { id_new() },
                      .person_id = person,
                      .kind = kind,
                      .value = value,
                      .label = label,
                      .state = by == BY_MESSAGE ? IDENTITY_VERIFIED : IDENTITY_CLAIMED,
                      .state_at = tx->now,
                      .state_by = by,
                      .is_main = true,
                  },
                  err);
}

bool identity_prove(struct tx *tx, const struct identity *identity, enum identity_source by,
                    struct err *err)
{
    struct identity now = *identity;

    if (identity->state == IDENTITY_VERIFIED)
        return true;
    now.state = IDENTITY_VERIFIED;
    now.state_at = tx->now;
    now.state_by = by;
    return save(tx, &now, err) && tell(tx, &now, "changed", err);
}

/* Can it be one at all? A program that reads an address in a message knows it can. */
static bool check(const struct identity_draft *draft, const char *value, struct err *err)
{
    if (text_is_blank(value))
        return err_field(err, "value", "says nothing");
    if (draft->kind == IDENTITY_EMAIL && !text_is_email(value))
        return err_field(err, "value", "isn't a mail address");
    if (draft->kind == IDENTITY_PHONE && value[0] != '+')
        return err_field(err, "value", "isn't a telephone number that we know");
    return true;
}

static bool check_room(struct tx *tx, person_id root, struct err *err)
{
    struct list all;

    return db_all(tx, SQL_IDENTITY_LIST, ARGS(arg_organisation(tx), arg_id(root)), identity_fields,
                  sizeof(struct identity), &all, err) &&
           (all.n < IDENTITIES_MAX ||
            err_set(err, ERR_CONFLICT, "this person has %d addresses: remove one first",
                    IDENTITIES_MAX));
}

/* Of an address that others may have: is it said to be shared? */
static bool check_holders(struct tx *tx, const struct identity *now, struct err *err)
{
    struct identity other;
    struct called called;

    if (!identity_find(tx, now->kind, now->value, NULL, &other, err))
        return false;
    if (other.id.n == 0 || other.id.n == now->id.n || now->is_shared)
        return true;
    return db_one(tx, SQL_PERSON_CALLED, ARGS(arg_organisation(tx), arg_id(other.person_id)),
                  called_fields, &called, err) &&
           err_set(err, ERR_CONFLICT, "%s has this address: say that they share it, or merge them",
                   called.face);
}

/* Writes it and puts the person into the search index by it. */
static bool take_in(struct tx *tx, const struct identity *identity, const char *what,
                    struct err *err)
{
    const char *before;

    return person_words(tx, identity->person_id, &before, err) && save(tx, identity, err) &&
           choose_main(tx, identity, err) &&
           person_index_again(tx, identity->person_id, before, err) &&
           duplicate_find(tx, identity->person_id, err) && tell(tx, identity, what, err);
}

/* This address among those of a face, whether it was removed or not. */
static bool find_of(struct tx *tx, person_id root, enum identity_kind kind, const char *value,
                    struct identity *out, bool *found, struct err *err)
{
    return db_find(tx, SQL_IDENTITY_OF_PERSON,
                   ARGS(arg_organisation(tx), arg_text(identity_kind_names[kind]), arg_text(value),
                        arg_id(root)),
                   identity_fields, out, found, err);
}

/* Without the search index and the look for duplicates. */
static bool add_one(struct tx *tx, person_id person, const struct identity_draft *draft,
                    enum identity_source by, struct identity *out, struct err *err)
{
    const char *label = text_preview(tx->mem, draft->value, ADDRESS_MAX), *value;
    struct identity had;
    struct called called;
    bool found;

    if (!identity_value(tx, draft->kind, label, &value, err) || !check(draft, value, err) ||
        !db_one(tx, SQL_PERSON_CALLED, ARGS(arg_organisation(tx), arg_id(person)), called_fields,
                &called, err) ||
        !check_room(tx, called.root_id, err) ||
        !find_of(tx, called.root_id, (enum identity_kind)draft->kind, value, &had, &found, err))
        return false;
    if (found && had.removed_at.ms == 0)
        return err_set(err, ERR_CONFLICT, "this person has that address already");
    *out = (struct identity){
        .id = { found ? had.id.n : id_new() },
        .person_id = found ? had.person_id : person,
        .kind = draft->kind,
        .value = value,
        .label = label,
        .state = draft->state,
        .state_at = tx->now,
        .state_by = by,
        .is_shared = draft->is_shared,
    };
    return (by != BY_AGENT || check_holders(tx, out, err)) &&
           (found ? save(tx, out, err) : insert(tx, out, err)) && choose_main(tx, out, err) &&
           tell(tx, out, "added", err) && identity_get(tx, out->id, out, err);
}

bool identity_is_of(struct tx *tx, person_id person, enum identity_kind kind, const char *value,
                    bool *out, struct err *err)
{
    struct identity had;
    struct called called;
    bool found;

    if (!db_one(tx, SQL_PERSON_CALLED, ARGS(arg_organisation(tx), arg_id(person)), called_fields,
                &called, err) ||
        !find_of(tx, called.root_id, kind, value, &had, &found, err))
        return false;
    *out = found && had.removed_at.ms == 0;
    return true;
}

bool identity_add_all(struct tx *tx, person_id person, const struct identity_draft *drafts,
                      size_t n, enum identity_source by, struct identity *out, struct err *err)
{
    const char *before;

    if (!person_words(tx, person, &before, err))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!add_one(tx, person, &drafts[i], by, &out[i], err))
            return false;
    for (size_t i = 0; i < n; i++) /* one that came back may be another's of those who are one */
        if (out[i].person_id.n != person.n && !duplicate_find(tx, out[i].person_id, err))
            return false;
    return person_index_again(tx, person, before, err) && duplicate_find(tx, person, err);
}

bool identity_add(struct tx *tx, person_id person, const struct identity_draft *draft,
                  enum identity_source by, struct identity *out, struct err *err)
{
    return identity_add_all(tx, person, draft, 1, by, out, err);
}

static size_t suspected_n(const struct list *all)
{
    size_t n = 0;

    for (size_t i = 0; i < all->n; i++)
        n += ((const struct identity *)all->items)[i].state == IDENTITY_SUSPECTED;
    return n;
}

bool identity_suspect(struct tx *tx, person_id person, enum identity_kind kind, const char *address,
                      struct err *err)
{
    struct identity_draft draft = { .kind = kind, .state = IDENTITY_SUSPECTED, .value = address };
    struct identity holder, had;
    struct called called;
    struct list all;
    const char *value;
    bool found;

    if (!identity_value(tx, kind, address, &value, err))
        return false;
    if (!check(&draft, value, err)) {
        err_clear(err);
        return true;
    }
    if (!identity_find(tx, kind, value, NULL, &holder, err) ||
        !db_one(tx, SQL_PERSON_CALLED, ARGS(arg_organisation(tx), arg_id(person)), called_fields,
                &called, err) ||
        !find_of(tx, called.root_id, kind, value, &had, &found, err) ||
        !identity_list(tx, called.root_id, &all, err))
        return false;
    return holder.id.n != 0 || found || suspected_n(&all) >= SUSPECTED_MAX ||
           identity_add(tx, person, &draft, BY_TEXT, &holder, err);
}

bool identity_get(struct tx *tx, identity_id id, struct identity *out, struct err *err)
{
    *out = (struct identity){ 0 };
    return db_one(tx, SQL_IDENTITY_GET, ARGS(arg_organisation(tx), arg_id(id)), identity_fields,
                  out, err);
}

/* Of several people who are one each may have it: to who sees them it's one address. Those that are
 * in the same state of being there. */
static bool twins_of(struct tx *tx, const struct identity *identity, struct list *out,
                     struct err *err)
{
    return db_all(tx, SQL_IDENTITY_TWINS,
                  ARGS(arg_organisation(tx), arg_text(identity_kind_names[identity->kind]),
                       arg_text(identity->value), arg_time(identity->removed_at),
                       arg_id(identity->id), arg_id(identity->person_id)),
                  identity_fields, sizeof(struct identity), out, err);
}

static void apply(const struct identity_change *change, instant now, struct identity *identity)
{
    if (change->has_state && change->state != identity->state) {
        identity->state = change->state;
        identity->state_at = now;
        identity->state_by = BY_AGENT;
    }
    if (change->has_shared)
        identity->is_shared = change->is_shared;
}

static bool change_twins(struct tx *tx, const struct identity *identity,
                         const struct identity_change *change, struct err *err)
{
    struct list twins;

    if (!twins_of(tx, identity, &twins, err))
        return false;
    for (size_t i = 0; i < twins.n; i++) {
        struct identity *twin = &((struct identity *)twins.items)[i];
        apply(change, tx->now, twin);
        if (!save(tx, twin, err))
            return false;
    }
    return true;
}

bool identity_change(struct tx *tx, identity_id id, const struct identity_change *change,
                     struct identity *out, struct err *err)
{
    if (!identity_get(tx, id, out, err))
        return false;
    if (out->removed_at.ms != 0)
        return err_set(err, ERR_CONFLICT, "this address was removed: bring it back first");
    if (!change_twins(tx, out, change, err))
        return false;
    apply(change, tx->now, out);
    if (change->has_main && change->is_main && !out->is_main) {
        if (!be_main(tx, out, err))
            return false;
        out->is_main = true;
    }
    return save(tx, out, err) && duplicate_find(tx, out->person_id, err) &&
           tell(tx, out, "changed", err);
}

static bool remove_one(struct tx *tx, struct identity *identity, struct err *err)
{
    identity->removed_at = tx->now;
    identity->is_main = false;
    return take_in(tx, identity, "removed", err);
}

bool identity_remove(struct tx *tx, identity_id id, struct err *err)
{
    struct identity identity;
    struct list twins;

    if (!identity_get(tx, id, &identity, err))
        return false;
    if (identity.removed_at.ms != 0)
        return true;
    if (!twins_of(tx, &identity, &twins, err))
        return false;
    for (size_t i = 0; i < twins.n; i++)
        if (!remove_one(tx, &((struct identity *)twins.items)[i], err))
            return false;
    return remove_one(tx, &identity, err);
}

/* What was removed with it comes back with it. */
static bool restore_twins(struct tx *tx, const struct identity *identity, struct err *err)
{
    struct list twins;

    if (!twins_of(tx, identity, &twins, err))
        return false;
    for (size_t i = 0; i < twins.n; i++) {
        struct identity *twin = &((struct identity *)twins.items)[i];
        twin->removed_at = (instant){ 0 };
        if (!take_in(tx, twin, "restored", err))
            return false;
    }
    return true;
}

bool identity_restore(struct tx *tx, identity_id id, struct identity *out, struct err *err)
{
    if (!identity_get(tx, id, out, err))
        return false;
    if (out->removed_at.ms == 0)
        return true;
    if (!check_holders(tx, out, err) || !restore_twins(tx, out, err))
        return false;
    out->removed_at = (instant){ 0 };
    return take_in(tx, out, "restored", err) && identity_get(tx, id, out, err);
}

bool identity_prefer(struct tx *tx, person_id person, enum identity_purpose purpose, identity_id id,
                     struct err *err)
{
    struct identity identity;
    struct called called, whose;
    struct event event = {
        .kind = "person.prefers",
        .about = arena_text(tx->mem, id_text("per", person.n).s),
        .data = { arena_printf(tx->mem, "{\"purpose\":\"%s\",\"identity\":\"%s\"}",
                               identity_purpose_names[purpose],
                               id.n != 0 ? id_text("idn", id.n).s : "") },
    };

    if (!db_one(tx, SQL_PERSON_CALLED, ARGS(arg_organisation(tx), arg_id(person)), called_fields,
                &called, err))
        return false;
    if (id.n == 0)
        return db_run(tx, SQL_IDENTITY_PREFER_NONE,
                      ARGS(arg_organisation(tx), arg_id(called.root_id),
                           arg_text(identity_purpose_names[purpose])),
                      err) &&
               event_add(tx, &event, err);
    if (!identity_get(tx, id, &identity, err) ||
        !db_one(tx, SQL_PERSON_CALLED, ARGS(arg_organisation(tx), arg_id(identity.person_id)),
                called_fields, &whose, err))
        return false;
    if (whose.root_id.n != called.root_id.n || identity.removed_at.ms != 0)
        return err_field(err, "identity_id", "isn't an address of this person");
    return db_run(tx, SQL_IDENTITY_PREFER,
                  ARGS(arg_organisation(tx), arg_id(identity.person_id),
                       arg_text(identity_purpose_names[purpose]), arg_id(id), arg_time(tx->now)),
                  err) &&
           event_add(tx, &event, err);
}

/* --- all of a person -------------------------------------------------------------------------- */

struct preference {
    unsigned purpose;
    identity_id identity_id;
};

static const struct field preference_fields[] = {
    FIELD(preference, purpose, .names = identity_purpose_names),
    FIELD(preference, identity_id),
    { 0 },
};

/* The newest of each purpose, as far as its address is still there. */
static bool add_preferences(struct tx *tx, person_id root, struct list *identities, struct err *err)
{
    identity_id chosen[PURPOSES_N] = { 0 };
    struct identity *identity = identities->items;
    struct list rows;

    if (!db_all(tx, SQL_IDENTITY_PREFERENCES, ARGS(arg_organisation(tx), arg_id(root)),
                preference_fields, sizeof(struct preference), &rows, err))
        return false;
    for (size_t i = 0; i < rows.n; i++) {
        const struct preference *row = &((const struct preference *)rows.items)[i];
        chosen[row->purpose] = row->identity_id;
    }
    for (size_t i = 0; rows.n > 0 && i < identities->n; i++, identity++) {
        const char **names = NEW_ARRAY(tx->mem, const char *, PURPOSES_N);
        identity->preferred_for = (struct list){ names, 0 };
        for (size_t p = 0; p < PURPOSES_N; p++)
            if (chosen[p].n == identity->id.n)
                names[identity->preferred_for.n++] = identity_purpose_names[p];
    }
    return true;
}

/* They come sorted by the address; each address gets its run of them. */
static bool add_others(struct tx *tx, person_id root, struct list *identities, struct err *err)
{
    struct identity *identity = identities->items, *end = identity + identities->n;
    struct identity_holder *holder;
    struct list rows;

    if (!db_all(tx, SQL_IDENTITY_OTHERS, ARGS(arg_organisation(tx), arg_id(root)), holder_fields,
                sizeof(struct identity_holder), &rows, err))
        return false;
    holder = rows.items;
    for (size_t i = 0; i < rows.n;) {
        size_t run = 1;
        while (i + run < rows.n && holder[i + run].identity_id.n == holder[i].identity_id.n)
            run++;
        while (identity < end && identity->id.n != holder[i].identity_id.n)
            identity++;
        if (identity < end)
            identity->others = (struct list){ holder + i, run };
        i += run;
    }
    return true;
}

/* Which of two says more of the address: proven, else the one that is meant by it. */
static bool is_better(const struct identity *one, const struct identity *other)
{
    static const int worth[] = {
        [IDENTITY_VERIFIED] = 2,
        [IDENTITY_CLAIMED] = 1,
        [IDENTITY_SUSPECTED] = 0,
    };

    if (one->state != other->state)
        return worth[one->state] > worth[other->state];
    return one->is_main && !other->is_main;
}

/* The better one stays, with what either is preferred for. */
static void make_one(struct arena *mem, struct identity *kept, const struct identity *twin)
{
    struct list both = { NEW_ARRAY(mem, const char *, 2 * PURPOSES_N), 0 };
    const struct identity *from[] = { kept, twin };

    for (size_t i = 0; i < COUNT(from); i++)
        for (size_t k = 0; k < from[i]->preferred_for.n; k++)
            ((const char **)both.items)[both.n++] =
                ((const char *const *)from[i]->preferred_for.items)[k];
    if (is_better(twin, kept))
        *kept = *twin;
    kept->preferred_for = both;
}

static struct identity *same_among(struct identity *items, size_t n, const struct identity *one)
{
    for (size_t i = 0; i < n; i++)
        if (items[i].kind == one->kind && text_equal(items[i].value, one->value))
            return &items[i];
    return NULL;
}

/* What several of those who are one person have stands there once. */
static void fold_twins(struct arena *mem, struct list *identities)
{
    struct identity *items = identities->items, *same;
    size_t n = 0;

    for (size_t i = 0; i < identities->n; i++) {
        same = same_among(items, n, &items[i]);
        if (same)
            make_one(mem, same, &items[i]);
        else
            items[n++] = items[i];
    }
    identities->n = n;
}

bool identity_list(struct tx *tx, person_id root, struct list *out, struct err *err)
{
    if (!db_all(tx, SQL_IDENTITY_LIST, ARGS(arg_organisation(tx), arg_id(root)), identity_fields,
                sizeof(struct identity), out, err) ||
        (out->n > 0 && (!add_preferences(tx, root, out, err) || !add_others(tx, root, out, err))))
        return false;
    fold_twins(tx->mem, out);
    return true;
}

static bool is_preferred(const struct identity *identity)
{
    const char *const *names = identity->preferred_for.items;

    for (size_t i = 0; i < identity->preferred_for.n; i++)
        if (text_equal(names[i], identity_purpose_names[FOR_ANSWER]))
            return true;
    return false;
}

bool identity_of_person(struct tx *tx, person_id person, enum identity_kind kind, const char *value,
                        struct identity *out, struct err *err)
{
    const struct identity *own;
    struct list list;
    person_id root;

    *out = (struct identity){ 0 };
    if (!person_root(tx, person, &root, err) || !identity_list(tx, root, &list, err))
        return false;
    own = list.items;
    for (size_t i = 0; i < list.n && out->id.n == 0; i++)
        if (own[i].kind == kind && text_equal(own[i].value, value))
            *out = own[i];
    return true;
}

bool person_address(struct tx *tx, person_id id, enum identity_kind kind, struct identity *out,
                    struct err *err)
{
    struct called called;
    struct list all;

    *out = (struct identity){ 0 };
    if (!db_one(tx, SQL_PERSON_CALLED, ARGS(arg_organisation(tx), arg_id(id)), called_fields,
                &called, err) ||
        !identity_list(tx, called.root_id, &all, err))
        return false;
    for (size_t i = 0; i < all.n; i++) {
        const struct identity *identity = &((const struct identity *)all.items)[i];
        if (identity->kind == kind && identity->state != IDENTITY_SUSPECTED &&
            (is_preferred(identity) || (!is_preferred(out) && identity->id.n > out->id.n)))
            *out = *identity;
    }
    return true;
}

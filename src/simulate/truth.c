#include "truth.h"

#include "../base/buf.h"
#include "../base/json.h"
#include "../base/text.h"
#include "../domain/journeys/journeys.h"
#include "../domain/messages/messages.h"
#include "../domain/people/people.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_LEN_MAX = 16 * 1024, CONTACTS_MAX = 1 << 20, BATCH_N = 500, JOURNEYS_N = 20 };

static const struct field line_fields[] = {
    FIELD(truth_line, kind, .flags = REQUIRED),
    FIELD(truth_line, person),
    FIELD(truth_line, household),
    FIELD(truth_line, name),
    FIELD(truth_line, email),
    FIELD(truth_line, phone),
    FIELD(truth_line, contact),
    FIELD(truth_line, story),
    FIELD(truth_line, need),
    FIELD(truth_line, way),
    FIELD(truth_line, how),
    FIELD(truth_line, message),
    FIELD(truth_line, at),
    FIELD(truth_line, promise),
    FIELD(truth_line, due),
    FIELD(truth_line, done),
    { 0 },
};

bool truth_write(FILE *file, const struct truth_line *line, struct err *err)
{
    CLEANUP(buf_free) struct buf json = BUF(LINE_LEN_MAX);

    json_write(&json, line_fields, line);
    buf_char(&json, '\n');
    return fwrite(buf_str(&json), 1, json.len, file) == json.len ||
           err_set(err, ERR_FULL, "the truth can't be written: %s", strerror(errno));
}

/* --- reading ---------------------------------------------------------------------------------- */

/* A contact, and where the server has it. */
struct told {
    struct truth_line line;
    bool is_there;
    case_id place; /* now */
    person_id root;
};

struct checking {
    struct arena *mem;
    struct told *told;
    size_t n, cap;
    size_t from, to;              /* of one transaction */
    struct truth_verdict counted; /* in it */
};

static bool keep(void *arg, const struct truth_line *line, struct err *err)
{
    struct checking *c = arg;
    struct told *more;

    if (!text_equal(line->kind, "contact"))
        return true;
    if (c->n == CONTACTS_MAX)
        return err_set(err, ERR_TOO_LARGE, "more than %d contacts", CONTACTS_MAX);
    if (c->n == c->cap) {
        c->cap = c->cap == 0 ? 1024 : 2 * c->cap;
        more = NEW_ARRAY(c->mem, struct told, c->cap);
        if (c->n > 0)
            memcpy(more, c->told, c->n * sizeof(*more));
        c->told = more;
    }
    c->told[c->n++] = (struct told){ .line = *line };
    return true;
}

static void close_stream(FILE **file)
{
    if (*file)
        fclose(*file);
}

bool truth_read(struct arena *mem, const char *path,
                bool (*take)(void *arg, const struct truth_line *line, struct err *err), void *arg,
                struct err *err)
{
    CLEANUP(close_stream) FILE *file = fopen(path, "re");
    char text[LINE_LEN_MAX];
    int64_t n = 0;

    if (!file)
        return err_set(err, ERR_NOT_FOUND, "%s can't be read: %s", path, strerror(errno));
    while (fgets(text, sizeof(text), file)) {
        struct truth_line line = { 0 };

        n++;
        if (!json_read(mem, (struct bytes){ (const uint8_t *)text, strlen(text) }, line_fields,
                       &line, err))
            return err_prefix(err, "%s, line %lld: ", path, (long long)n);
        if (!take(arg, &line, err))
            return false;
    }
    return true;
}

/* --- where it stands -------------------------------------------------------------------------- */

static bool look_up(struct tx *tx, void *arg, struct err *err)
{
    struct checking *c = arg;

    for (size_t i = c->from; i < c->to; i++) {
        struct told *told = &c->told[i];
        struct message message;

        if (!message_by_external_id(tx, told->line.message, &message, &told->is_there, err))
            return false;
        if (!told->is_there)
            continue;
        told->place = message.case_id;
        told->is_there = told->place.n != 0;
        if (!person_root(tx, message.person_id, &told->root, err))
            return false;
    }
    return true;
}

static bool look_up_all(struct checking *c, struct store *store, organisation_id organisation,
                        struct err *err)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("check");
    struct scope scope = { .mem = mem, .organisation = organisation };

    for (c->from = 0; c->from < c->n; c->from = c->to) {
        c->to = c->from + BATCH_N < c->n ? c->from + BATCH_N : c->n;
        if (!store_read(store, &scope, look_up, c, err))
            return false;
        arena_reset(mem);
    }
    return true;
}

/* --- judging ---------------------------------------------------------------------------------- */

/* Of the contacts in one case, the first says whose it is; as contacts are numbered by time. */
static int by_case(const void *a, const void *b)
{
    const struct told *x = a, *y = b;

    if (x->place.n != y->place.n)
        return x->place.n < y->place.n ? -1 : 1;
    return x->line.contact < y->line.contact ? -1 : x->line.contact > y->line.contact;
}

static int by_story(const void *a, const void *b)
{
    const struct told *x = a, *y = b;

    if (x->line.story != y->line.story)
        return x->line.story < y->line.story ? -1 : 1;
    return x->line.contact < y->line.contact ? -1 : x->line.contact > y->line.contact;
}

static int by_person(const void *a, const void *b)
{
    const struct told *x = a, *y = b;

    if (x->root.n != y->root.n)
        return x->root.n < y->root.n ? -1 : 1;
    return x->line.person < y->line.person ? -1 : x->line.person > y->line.person;
}

static void tell(FILE *details, const char *what, const struct told *told)
{
    char id[ID_TEXT_MAX] = "no case";

    if (!details)
        return;
    if (told->place.n != 0)
        id_write("cas", told->place.n, id);
    fprintf(details, "%s\tcontact %lld\tstory %lld\t%s\t%s\t%s\tperson %lld\t%s\n", what,
            (long long)told->line.contact, (long long)told->line.story, told->line.need,
            told->line.way, told->line.how, (long long)told->line.person, id);
}

/* A story's case is where its first contact is that opened one or began the story. A contact is
 * wrong in a case that another story opened, unless its own story is at home there, too: then that
 * one was put there wrongly, and is counted for it. */
static void judge_cases(struct told *told, size_t n, bool *is_wrong)
{
    for (size_t i = 0, first = 0; i < n; i++) {
        if (i == 0 || told[i].place.n != told[i - 1].place.n)
            first = i;
        is_wrong[told[i].line.contact] =
            told[i].is_there && told[i].line.story != told[first].line.story;
    }
}

static void judge_stories(const struct told *told, size_t n, const bool *is_wrong, FILE *details,
                          struct truth_verdict *out)
{
    case_id home = { 0 };

    for (size_t i = 0; i < n; i++) {
        if (i == 0 || told[i].line.story != told[i - 1].line.story)
            home = (case_id){ 0 };
        if (!told[i].is_there) {
            out->without++;
            tell(details, "without", &told[i]);
        } else if (is_wrong[told[i].line.contact]) {
            out->wrong++;
            tell(details, "wrong", &told[i]);
        } else if (home.n == 0 || home.n == told[i].place.n) {
            home = told[i].place;
            out->right++;
        } else {
            out->apart++;
            tell(details, "apart", &told[i]);
        }
    }
}

/* Where a family writes with one address and one name, nothing says who it was. */
static void judge_people(const struct told *told, size_t n, FILE *details,
                         struct truth_verdict *out)
{
    for (size_t i = 0, first = 0; i < n; i++) {
        bool is_first = i == 0 || told[i].root.n != told[i - 1].root.n;

        if (is_first)
            first = i;
        out->people += is_first;
        if (is_first || told[i].line.person == told[i - 1].line.person)
            continue;
        if (told[i].line.household == told[first].line.household) {
            out->mixed++;
            continue;
        }
        out->merged++;
        tell(details, "merged", &told[i]);
    }
}

/* --- coming back ------------------------------------------------------------------------------ */

/* Sorted by case: the contact that began the one of this id, or NULL. */
static const struct told *beginning_of(const struct checking *c, case_id place)
{
    for (size_t low = 0, high = c->n; low < high;) {
        size_t middle = (low + high) / 2;
        const struct told *told = &c->told[middle];

        if (told->place.n == place.n && (middle == 0 || told[-1].place.n != place.n))
            return told;
        if (told->place.n < place.n)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* Is there a case that the same person's same story was in before? */
static bool has_earlier(const struct checking *c, const struct told *begun)
{
    for (size_t i = 0; i < c->n; i++) {
        const struct told *told = &c->told[i];

        if (told->line.story == begun->line.story && told->is_there &&
            told->root.n == begun->root.n && told->line.contact < begun->line.contact &&
            told->place.n != begun->place.n)
            return true;
    }
    return false;
}

static void judge_returns(const struct checking *c, const struct told *begun,
                          const struct journey *journey, bool is_return, bool *found, bool *wrong)
{
    const struct journey_return *items = journey->returns.items;

    *found = *wrong = false;
    for (size_t i = 0; i < journey->returns.n; i++) {
        const struct told *earlier = items[i].is_earlier ? beginning_of(c, items[i].case_id) : NULL;
        if (!earlier)
            continue;
        *found |= is_return && earlier->line.story == begun->line.story;
        *wrong |= earlier->line.story != begun->line.story;
    }
}

/* What the journeys of some cases say of the ones before. */
static bool read_returns(struct tx *tx, void *arg, struct err *err)
{
    struct checking *c = arg;

    c->counted = (struct truth_verdict){ 0 };
    for (size_t i = c->from; i < c->to; i++) {
        const struct told *told = &c->told[i];
        struct casefile file;
        struct journey journey;
        bool is_return, found, wrong;

        if (!told->is_there || beginning_of(c, told->place) != told)
            continue;
        if (!case_get(tx, told->place, &file, err) ||
            !journey_get(tx, &file, FIRST_CONTACT_DAYS, &journey, err))
            return false;
        is_return = has_earlier(c, told);
        judge_returns(c, told, &journey, is_return, &found, &wrong);
        c->counted.returns += is_return;
        c->counted.returns_found += found;
        c->counted.returns_wrong += wrong;
    }
    return true;
}

static bool judge_all_returns(struct checking *c, struct store *store, organisation_id organisation,
                              struct truth_verdict *out, struct err *err)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("returns");
    struct scope scope = { .mem = mem, .organisation = organisation };

    for (c->from = 0; c->from < c->n; c->from = c->to) {
        c->to = c->from + JOURNEYS_N < c->n ? c->from + JOURNEYS_N : c->n;
        if (!store_read(store, &scope, read_returns, c, err))
            return false;
        out->returns += c->counted.returns;
        out->returns_found += c->counted.returns_found;
        out->returns_wrong += c->counted.returns_wrong;
        arena_reset(mem);
    }
    return true;
}

bool truth_check(struct store *store, organisation_id organisation, const char *path, FILE *details,
                 struct truth_verdict *out, struct err *err)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("truth");
    struct checking c = { .mem = mem };
    bool *is_wrong;
    int64_t last = 0;

    *out = (struct truth_verdict){ 0 };
    if (!truth_read(mem, path, keep, &c, err))
        return false;
    if (c.n == 0)
        return err_set(err, ERR_INVALID, "%s tells of no contact", path);
    if (!look_up_all(&c, store, organisation, err) ||
        !truth_check_promises(store, organisation, path, details, out, err))
        return false;
    for (size_t i = 0; i < c.n; i++)
        last = c.told[i].line.contact > last ? c.told[i].line.contact : last;
    is_wrong = NEW_ARRAY(mem, bool, (size_t)last + 1);
    out->contacts = (int64_t)c.n;
    qsort(c.told, c.n, sizeof(c.told[0]), by_case);
    judge_cases(c.told, c.n, is_wrong);
    if (!judge_all_returns(&c, store, organisation, out, err))
        return false;
    qsort(c.told, c.n, sizeof(c.told[0]), by_story);
    judge_stories(c.told, c.n, is_wrong, details, out);
    qsort(c.told, c.n, sizeof(c.told[0]), by_person);
    judge_people(c.told, c.n, details, out);
    return true;
}

#include "import.h"

#include "../../auth/organisations.h"
#include "../../base/text.h"
#include "names.h"

#include <string.h>

const char *const import_outcome_names[] = { "added", "changed", "same", "refused", NULL };

const struct field import_line_fields[] = {
    FIELD(import_line, line),
    FIELD(import_line, outcome, .names = import_outcome_names),
    FIELD(import_line, person_id, .doc = "null when it was refused, or is only tried"),
    FIELD(import_line, name),
    FIELD(import_line, column, .doc = "Where the mistake is"),
    FIELD(import_line, reason, .doc = "Why it was refused"),
    { 0 },
};

enum column {
    COLUMN_NAME,
    COLUMN_KIND,
    COLUMN_LANGUAGE,
    COLUMN_EXTERNAL,
    COLUMN_LOGIN,
    COLUMN_EMAIL,
    COLUMN_PHONE,
    COLUMN_HANDLE,
    COLUMN_POSTAL,
    COLUMN_STREET,
    COLUMN_NUMBER,
    COLUMN_POSTCODE,
    COLUMN_CITY,
};

/* As other programs call them, in small letters; ended by NULL. */
static const char *const column_names[IMPORT_COLUMNS][10] = {
    [COLUMN_NAME] = { "name", "naam", "nom", "klant", "customer", "client", NULL },
    [COLUMN_KIND] = { "kind", "soort", "type", NULL },
    [COLUMN_LANGUAGE] = { "language", "taal", "langue", NULL },
    [COLUMN_EXTERNAL] = { "external", "klantnummer", "customer number", "numero client", "id",
                     NULL },
    [COLUMN_LOGIN] = { "login", "gebruikersnaam", "username", "identifiant", NULL },
    [COLUMN_EMAIL] = { "email", "e-mail", "mail", "e-mailadres", "emailadres", "courriel", NULL },
    [COLUMN_PHONE] = { "phone", "telefoon", "telefoonnummer", "tel", "mobiel", "mobile",
                     "telephone", NULL },
    [COLUMN_HANDLE] = { "handle", "account", NULL },
    [COLUMN_POSTAL] = { "postal", "postadres", "adres", "address", "adresse", NULL },
    [COLUMN_STREET] = { "street", "straat", "rue", NULL },
    [COLUMN_NUMBER] = { "number", "huisnummer", "nummer", "numero", NULL },
    [COLUMN_POSTCODE] = { "postcode", "zip", "code postal", NULL },
    [COLUMN_CITY] = { "city", "plaats", "woonplaats", "stad", "ville", NULL },
};

/* By what somebody is known, surest first, and what it must go with. */
static const struct {
    enum column column;
    enum identity_kind kind;
    bool needs_name;
} addresses[] = {
    { COLUMN_EXTERNAL, IDENTITY_EXTERNAL, false },
    { COLUMN_LOGIN,    IDENTITY_LOGIN,    false },
    { COLUMN_EMAIL,    IDENTITY_EMAIL,    true  },
    { COLUMN_PHONE,    IDENTITY_PHONE,    true  },
    { COLUMN_HANDLE,   IDENTITY_HANDLE,   true  },
    { COLUMN_POSTAL,   IDENTITY_POSTAL,   true  },
};

static int column_called(struct arena *mem, const char *name)
{
    const char *folded = text_fold(mem, text_trim(mem, name));

    for (int i = 0; i < IMPORT_COLUMNS; i++)
        for (const char *const *known = column_names[i]; *known; known++)
            if (text_equal(*known, folded))
                return i;
    return -1;
}

bool import_columns_read(struct arena *mem, const struct csv_row *first, struct import_columns *out,
                         struct err *err)
{
    const char **unknown = NEW_ARRAY(mem, const char *, first->n);
    size_t known = 0;

    out->unknown = (struct list){ unknown, 0 };
    for (int i = 0; i < IMPORT_COLUMNS; i++)
        out->at[i] = -1;
    for (size_t i = 0; i < first->n; i++) {
        int column = column_called(mem, first->cells[i]);
        if (column < 0 || out->at[column] >= 0) {
            unknown[out->unknown.n++] = first->cells[i];
            continue;
        }
        out->at[column] = (int)i;
        known++;
    }
    return known > 0 || err_set(err, ERR_INVALID,
                                "the first line must name the columns, as: naam;e-mail;telefoon");
}

static const char *cell(struct arena *mem, const struct import_columns *columns,
                        const struct csv_row *row, enum column column)
{
    int at = columns->at[column];

    return at >= 0 && (size_t)at < row->n ? text_trim(mem, row->cells[at]) : "";
}

/* One address for letters, of one cell or of four. */
static const char *address_of(struct arena *mem, const struct import_columns *columns,
                              const struct csv_row *row, enum column column)
{
    const char *whole = cell(mem, columns, row, column), *street, *place;

    if (column != COLUMN_POSTAL || *whole)
        return whole;
    street = cell(mem, columns, row, COLUMN_STREET);
    if (!*street && !*cell(mem, columns, row, COLUMN_POSTCODE))
        return "";
    street =
        text_trim(mem, arena_printf(mem, "%s %s", street, cell(mem, columns, row, COLUMN_NUMBER)));
    place = text_trim(mem, arena_printf(mem, "%s %s", cell(mem, columns, row, COLUMN_POSTCODE),
                                        cell(mem, columns, row, COLUMN_CITY)));
    return *street && *place ? arena_printf(mem, "%s, %s", street, place)
                             : arena_printf(mem, "%s%s", street, place);
}

static bool refuse(struct import_line *out, const char *column, const char *reason)
{
    out->outcome = IMPORT_REFUSED;
    out->column = column;
    out->reason = reason;
    return true;
}

/* A line as it was understood. */
struct wanted {
    struct person_draft person;
    const char *values[COUNT(addresses)], *normal[COUNT(addresses)]; /* "" where there is none */
    struct identity holders[COUNT(addresses)];                       /* id none: nobody */
    struct identity known;                                           /* by which he is known */
};

static bool read_kind(const char *text, unsigned *out)
{
    static const char *const organisations[] = { "organisation", "organisatie", "bedrijf",
                                                 "company",      "entreprise",  "o" };
    static const char *const humans[] = { "", "person", "persoon", "personne", "p" };

    for (size_t i = 0; i < COUNT(organisations); i++)
        if (text_equal(text, organisations[i]))
            return *out = PERSON_ORGANISATION, true;
    for (size_t i = 0; i < COUNT(humans); i++)
        if (text_equal(text, humans[i]))
            return *out = PERSON_HUMAN, true;
    return false;
}

/* Who has one of its addresses; the first by which he is known is who it is. */
static bool read_address(struct tx *tx, struct wanted *w, size_t i, struct err *err)
{
    person_id root;
    struct person holder;
    bool fits;

    if (!identity_value(tx, addresses[i].kind, w->values[i], &w->normal[i], err) ||
        !identity_find(tx, addresses[i].kind, w->normal[i], w->person.name, &w->holders[i], err))
        return false;
    if (w->holders[i].id.n == 0 || w->known.id.n != 0 || addresses[i].kind == IDENTITY_POSTAL)
        return true;
    if (!person_root(tx, w->holders[i].person_id, &root, err) ||
        !person_get(tx, root, &holder, err))
        return false;
    fits = names_compare(tx->mem, holder.name, w->person.name) != NAMES_DIFFER;
    if (fits || !addresses[i].needs_name)
        w->known = w->holders[i];
    return true;
}

/* The mistake in an address, or NULL. */
static const char *wrong_with(size_t i, const struct wanted *w)
{
    if (strlen(w->values[i]) > ADDRESS_MAX)
        return "is too long";
    if (addresses[i].kind == IDENTITY_EMAIL && !text_is_email(w->values[i]))
        return "isn't a mail address";
    if (addresses[i].kind == IDENTITY_PHONE && w->normal[i][0] != '+')
        return "isn't a telephone number that we know";
    return text_is_blank(w->normal[i]) ? "says nothing" : NULL;
}

/* False when the database fails; *out says when the line is refused. */
static bool read_line(struct tx *tx, const struct import_columns *columns,
                      const struct csv_row *row, struct wanted *w, struct import_line *out,
                      struct err *err)
{
    const char *first = "";
    struct person checked = { .language = "" };
    struct err wrong;

    err_clear(&wrong);
    *w = (struct wanted){ .person = { .language = cell(tx->mem, columns, row, COLUMN_LANGUAGE) } };
    w->person.name = cell(tx->mem, columns, row, COLUMN_NAME);
    for (size_t i = 0; i < COUNT(addresses); i++) {
        w->values[i] = address_of(tx->mem, columns, row, addresses[i].column);
        w->normal[i] = "";
        first = *first ? first : w->values[i];
    }
    if (!*w->person.name)
        w->person.name = first;
    out->name = w->person.name;
    if (row->broken)
        return refuse(out, NULL, row->broken);
    if (!read_kind(text_fold(tx->mem, cell(tx->mem, columns, row, COLUMN_KIND)), &w->person.kind))
        return refuse(out, column_names[COLUMN_KIND][0], "is person or organisation");
    if (!person_apply(tx->mem, &w->person, &checked, &wrong))
        return refuse(out, arena_text(tx->mem, wrong.fields[0].pointer + 1),
                      arena_text(tx->mem, wrong.fields[0].detail));
    for (size_t i = 0; i < COUNT(addresses); i++) {
        const char *reason;
        if (!*w->values[i])
            continue;
        if (!read_address(tx, w, i, err))
            return false;
        reason = wrong_with(i, w);
        if (reason)
            return refuse(out, column_names[addresses[i].column][0], reason);
    }
    return true;
}

/* Gives the person what he hasn't; *added says how many. */
static bool give(struct tx *tx, const struct wanted *w, person_id person, bool is_trial,
                 size_t *added, struct err *err)
{
    struct identity_draft drafts[COUNT(addresses)];
    struct identity made[COUNT(addresses)];

    *added = 0;
    for (size_t i = 0; i < COUNT(addresses); i++) {
        bool is_his = false;

        if (!*w->values[i])
            continue;
        if (w->holders[i].id.n != 0 && person.n != 0 &&
            !person_is_same(tx, w->holders[i].person_id, person, &is_his, err))
            return false;
        if (is_his)
            continue;
        drafts[(*added)++] = (struct identity_draft){ .kind = addresses[i].kind,
                                                      .value = w->values[i],
                                                      .is_shared = w->holders[i].id.n != 0 };
    }
    return is_trial || *added == 0 ||
           identity_add_all(tx, person, drafts, *added, BY_IMPORT, made, err);
}

bool import_line(struct tx *tx, const struct import_columns *columns, const struct csv_row *row,
                 bool is_trial, struct import_line *out, struct err *err)
{
    struct wanted w;
    struct person made;
    size_t added;

    *out = (struct import_line){ .line = row->line };
    if (!read_line(tx, columns, row, &w, out, err))
        return false;
    if (out->outcome == IMPORT_REFUSED)
        return true;
    if (w.known.id.n != 0) {
        out->person_id = w.known.person_id;
        if (!give(tx, &w, out->person_id, is_trial, &added, err))
            return false;
        out->outcome = added > 0 ? IMPORT_CHANGED : IMPORT_SAME;
        return true;
    }
    out->outcome = IMPORT_ADDED;
    if (is_trial)
        return true;
    if (!person_add(tx, &w.person, &made, err))
        return false;
    out->person_id = made.id;
    return give(tx, &w, made.id, false, &added, err);
}

/* --- the API --------------------------------------------------------------------------------- */

static bool import_all(struct request *rq, struct tx *tx, bool is_trial, struct err *err)
{
    struct import_line *lines = NEW_ARRAY(rq->mem, struct import_line, IMPORT_LINES_MAX);
    struct list done = { lines, 0 };
    struct import_columns columns;
    struct csv_row row;
    struct csv csv;

    csv_begin(&csv, rq->mem, rq->raw);
    if (!csv_next(&csv, &row))
        return err_set(err, ERR_INVALID, "there is nothing in the table");
    if (!import_columns_read(rq->mem, &row, &columns, err))
        return false;
    while (csv_next(&csv, &row)) {
        if (done.n == IMPORT_LINES_MAX)
            return err_set(err, ERR_TOO_LARGE, "more than %d lines: send them in parts",
                           IMPORT_LINES_MAX);
        if (!import_line(tx, &columns, &row, is_trial, &lines[done.n++], err))
            return false;
    }
    return reply_list(rq, import_line_fields, sizeof(struct import_line), &done, NULL);
}

static bool post_import(struct request *rq, struct tx *tx, struct err *err)
{
    return import_all(rq, tx, false, err);
}

static bool post_trial(struct request *rq, struct tx *tx, struct err *err)
{
    return import_all(rq, tx, true, err);
}

static const struct route rows[] = {
    ROUTE(POST, "/api/v1/people/imports", WRITE, post_import, PERSON_WRITE,
          RAW_BODY(IMPORT_BYTES_MAX), MANY(import_line),
          "Takes people from a CSV of up to 500 lines, and says what became of each line."),
    ROUTE(POST, "/api/v1/people/imports/trial", WRITE, post_trial, PERSON_WRITE,
          RAW_BODY(IMPORT_BYTES_MAX), MANY(import_line),
          "The same without doing it: shows each line that would be refused, and why."),
};
const struct routes import_routes = ROUTES(rows);

#include "search.h"

#include "../../base/text.h"
#include "../../language/snippet.h"
#include "../../language/words.h"
#include "../../store/search.h"
#include "wanted.h"

#include <string.h>

enum {
    ROWS_AT_ONCE = 24,    /* as the statements have places */
    SCANNED_AT_ONCE = 200 /* hits that are filtered together */
};

const char *const search_kind_names[] = { "all", "message", "person", NULL };

const struct field hit_fields[] = {
    FIELD(hit, kind, .doc = "message, case (one whose title has the words) or person"),
    FIELD(hit, message_id, .flags = OPTIONAL),
    FIELD(hit, case_id, .flags = OPTIONAL),
    FIELD(hit, conversation_id, .flags = OPTIONAL),
    FIELD(hit, channel_id, .flags = OPTIONAL),
    FIELD(hit, person_id, .flags = OPTIONAL, .doc = "Of a message or case: whose case it is"),
    FIELD(hit, reference, .flags = OPTIONAL, .doc = "Of the message's case, as people say it"),
    FIELD(hit, at, .flags = OPTIONAL, .doc = "Of a case: when it began"),
    FIELD(hit, direction, .flags = OPTIONAL),
    FIELD(hit, subject, .flags = OPTIONAL, .doc = "Of a case: its title"),
    FIELD(hit, name, .flags = OPTIONAL, .doc = "Of a message or case: the customer's"),
    FIELD(hit, snippet, .doc = "Of a case: its preview"),
    FIELD(hit, marks, .of = mark_fields, .size = sizeof(struct mark),
          .doc = "Bytes of the snippet that were sought"),
    { 0 },
};

/* What is sought among one kind of things. */
struct sought {
    char first;
    const char *words;
    bool is_prefix, with_titles; /* of cases; their words are those of messages */
};

/* A hit of the index: its row isn't read yet. */
struct place {
    int64_t id;
    char first;
};

/* A page that is being filled: hits[i] is what stands at places[i]. */
struct page {
    const struct place *places;
    struct hit *hits;
    size_t n;
};

/* --- rows ---------------------------------------------------------------------------------- */

struct message_row {
    message_id message_id;
    case_id case_id;
    conversation_id conversation_id;
    channel_id channel_id;
    person_id person_id;
    const char *direction, *subject, *reference, *person_name, *text;
    instant at;
};

static const struct field message_row_fields[] = {
    FIELD(message_row, message_id),
    FIELD(message_row, case_id),
    FIELD(message_row, conversation_id),
    FIELD(message_row, channel_id),
    FIELD(message_row, person_id),
    FIELD(message_row, at),
    FIELD(message_row, direction),
    FIELD(message_row, subject),
    FIELD(message_row, reference),
    FIELD(message_row, person_name),
    FIELD(message_row, text),
    { 0 },
};

struct title_row {
    case_id title_of, case_id;
    channel_id channel_id;
    person_id person_id;
    const char *subject, *reference, *person_name, *text;
    instant at;
};

static const struct field title_row_fields[] = {
    FIELD(title_row, title_of),   FIELD(title_row, case_id),
    FIELD(title_row, channel_id), FIELD(title_row, person_id),
    FIELD(title_row, subject),    FIELD(title_row, at),
    FIELD(title_row, reference),  FIELD(title_row, person_name),
    FIELD(title_row, text),       { 0 },
};

struct person_row {
    person_id person_id;
    const char *name, *member, *label;
};

static const struct field person_row_fields[] = {
    FIELD(person_row, person_id),
    FIELD(person_row, name),
    FIELD(person_row, member),
    FIELD(person_row, label),
    { 0 },
};

static struct hit *hit_at(const struct page *page, int64_t id)
{
    for (size_t i = 0; i < page->n; i++)
        if (page->places[i].id == id)
            return &page->hits[i];
    return NULL;
}

static void show(struct arena *mem, const struct sought *sought, const char *text, struct hit *hit)
{
    struct snippet snippet;

    snippet_of(mem, sought->first, text, sought->words, sought->is_prefix, &snippet);
    hit->snippet = snippet.text;
    hit->marks = snippet.marks;
}

static void take_messages(struct arena *mem, const struct sought *sought, const struct list *rows,
                          const struct page *page)
{
    for (size_t i = 0; i < rows->n; i++) {
        const struct message_row *row = &((const struct message_row *)rows->items)[i];
        struct hit *hit = hit_at(page, row->message_id.n);

        *hit = (struct hit){
            .kind = search_kind_names[SEARCH_MESSAGES],
            .message_id = row->message_id,
            .case_id = row->case_id,
            .conversation_id = row->conversation_id,
            .channel_id = row->channel_id,
            .person_id = row->person_id,
            .at = row->at,
            .direction = row->direction,
            .subject = row->subject,
            .reference = row->reference,
            .name = row->person_name,
        };
        show(mem, sought, row->text, hit);
    }
}

static void take_titles(struct arena *mem, const struct sought *sought, const struct list *rows,
                        const struct page *page)
{
    for (size_t i = 0; i < rows->n; i++) {
        const struct title_row *row = &((const struct title_row *)rows->items)[i];
        struct hit *hit = hit_at(page, row->title_of.n);

        *hit = (struct hit){
            .kind = "case",
            .case_id = row->case_id,
            .channel_id = row->channel_id,
            .person_id = row->person_id,
            .at = row->at,
            .subject = row->subject,
            .reference = row->reference,
            .name = row->person_name,
        };
        show(mem, sought, row->text, hit);
    }
}

/* A person's rows stand behind one another, one for each address. */
static void take_people(struct arena *mem, const struct sought *sought, const struct list *rows,
                        const struct page *page)
{
    const struct person_row *row = rows->items, *end = row + rows->n;

    while (row < end) {
        CLEANUP(buf_free) struct buf text = BUF(64 * 1024);
        struct hit *hit = hit_at(page, row->person_id.n);

        *hit = (struct hit){
            .kind = search_kind_names[SEARCH_PEOPLE],
            .person_id = row->person_id,
            .name = row->name,
        };
        buf_text(&text, row->name);
        for (const char *member = row->name; row < end && row->person_id.n == hit->person_id.n;
             row++) {
            if (!text_equal(row->member, member) && !text_equal(row->member, row->name))
                buf_printf(&text, " %s", row->member);
            member = row->member;
            if (row->label && !text_equal(row->label, row->name))
                buf_printf(&text, " %s", row->label);
        }
        show(mem, sought, buf_str(&text), hit);
    }
}

/* Up to ROWS_AT_ONCE ids of one kind from *at on, as values for a statement. */
static size_t take_ids(const struct page *page, char first, size_t *at, struct arg *values)
{
    size_t n = 0;

    for (; *at < page->n && n < ROWS_AT_ONCE; ++*at)
        if (page->places[*at].first == first)
            values[n++] = arg_int(page->places[*at].id);
    for (size_t i = n; n > 0 && i < ROWS_AT_ONCE; i++)
        values[i] = values[n - 1];
    return n;
}

static bool read_titles(struct tx *tx, const struct sought *sought, struct args args,
                        const struct page *page, struct err *err)
{
    struct list rows;

    if (!sought->with_titles)
        return true;
    if (!db_all(tx, SQL_SEARCH_TITLES, args, title_row_fields, sizeof(struct title_row), &rows,
                err))
        return false;
    take_titles(tx->mem, sought, &rows, page);
    return true;
}

static bool read_rows(struct tx *tx, const struct sought *sought, const struct wanted *wanted,
                      const struct page *page, struct err *err)
{
    bool is_message = sought->first == 'm';
    struct arg values[1 + ROWS_AT_ONCE + WANTED_VALUES] = { arg_organisation(tx) };
    struct args args = { values, is_message ? COUNT(values) : 1 + ROWS_AT_ONCE };
    struct list rows;

    memcpy(values + 1 + ROWS_AT_ONCE, wanted->values, sizeof(wanted->values));
    for (size_t at = 0; take_ids(page, sought->first, &at, values + 1) > 0;) {
        if (is_message) {
            if (!db_all(tx, SQL_SEARCH_MESSAGES, args, message_row_fields,
                        sizeof(struct message_row), &rows, err))
                return false;
            take_messages(tx->mem, sought, &rows, page);
            if (!read_titles(tx, sought, args, page, err))
                return false;
        } else {
            if (!db_all(tx, SQL_SEARCH_PEOPLE, args, person_row_fields, sizeof(struct person_row),
                        &rows, err))
                return false;
            take_people(tx->mem, sought, &rows, page);
        }
    }
    return true;
}

/* --- pages --------------------------------------------------------------------------------- */

/* Merges two lists of ids, newest first, up to max. */
static struct page merge(struct arena *mem, const struct list *messages, const struct list *people,
                         size_t max)
{
    const int64_t *m = messages->items, *p = people->items;
    size_t i = 0, j = 0, n = messages->n + people->n;
    struct place *places;

    n = n < max ? n : max;
    places = NEW_ARRAY(mem, struct place, n + 1);
    while (i + j < n) {
        bool is_message = i < messages->n && (j == people->n || m[i] > p[j]);
        places[i + j] = is_message ? (struct place){ m[i], 'm' } : (struct place){ p[j], 'p' };
        *(is_message ? &i : &j) += 1;
    }
    return (struct page){ places, NEW_ARRAY(mem, struct hit, n + 1), n };
}

/* Without what the index has and the tables don't. */
static struct list kept(const struct page *page)
{
    size_t n = 0;

    for (size_t i = 0; i < page->n; i++)
        if (page->hits[i].kind)
            page->hits[n++] = page->hits[i];
    return (struct list){ page->hits, n };
}

/* A page's cursor says which of its kinds were found by beginnings, so that the next one is, too.
 */
enum { MESSAGES_BY_BEGINNING = 1, PEOPLE_BY_BEGINNING = 2 };

static bool find(struct tx *tx, struct sought *sought, const char *q, int64_t before,
                 bool by_beginning, int64_t max, struct list *ids, struct err *err)
{
    sought->words = words_sought(tx->mem, sought->first, q, &sought->is_prefix);
    if (before > 0 && !by_beginning)
        sought->is_prefix = false;
    return search_find(tx, sought->words, &sought->is_prefix, before, max, ids, err);
}

/* The pages of an unfiltered search: messages and people. */
static bool page_of_all(struct tx *tx, const struct search_query *query,
                        const struct wanted *wanted, struct list *out, const char **next,
                        struct err *err)
{
    int64_t before, ways, limit = page_limit(&query->page);
    struct sought message = { .first = 'm', .with_titles = query->kind == SEARCH_ALL };
    struct sought person = { .first = 'p' };
    struct list messages = { 0 }, people = { 0 };
    struct page page;

    if (!cursor_read(query->page.cursor, &before, &ways, err) ||
        (query->kind != SEARCH_PEOPLE &&
         !find(tx, &message, query->q, before, ways & MESSAGES_BY_BEGINNING, limit, &messages,
               err)) ||
        (query->kind != SEARCH_MESSAGES && !query->no_people &&
         !find(tx, &person, query->q, before, ways & PEOPLE_BY_BEGINNING, limit, &people, err)))
        return false;
    ways = (message.is_prefix ? MESSAGES_BY_BEGINNING : 0) |
           (person.is_prefix ? PEOPLE_BY_BEGINNING : 0);
    page = merge(tx->mem, &messages, &people, (size_t)limit);
    if (!read_rows(tx, &message, wanted, &page, err) || !read_rows(tx, &person, wanted, &page, err))
        return false;
    if ((int64_t)page.n == limit)
        *next = cursor_write(tx->mem, page.places[page.n - 1].id, ways);
    *out = kept(&page);
    return true;
}

/* How far a filtered page has come. */
struct scan {
    struct sought sought;
    struct hit *hits;
    size_t n, limit, scanned;
    int64_t before;
    bool is_end;
};

/* Takes the wanted hits of a page until there are enough. */
static void take_wanted(struct scan *scan, const struct wanted *wanted, const struct page *page)
{
    size_t i = 0;

    for (; i < page->n && scan->n < scan->limit; i++) {
        if (page->places[i].id < wanted->oldest_id) {
            scan->is_end = true;
            return;
        }
        scan->before = page->places[i].id;
        scan->scanned++;
        if (page->hits[i].kind)
            scan->hits[scan->n++] = page->hits[i];
    }
    scan->is_end = page->n < SCANNED_AT_ONCE && i == page->n;
}

/* The index knows words and their order, nothing else: its hits are walked through, and the rest
 * is asked of their rows. */
static bool page_of_wanted(struct tx *tx, const struct search_query *query,
                           const struct wanted *wanted, struct list *out, const char **next,
                           struct err *err)
{
    int64_t ways;
    const struct list nobody = { 0 };
    struct scan scan = {
        .sought = { .first = 'm', .with_titles = query->kind == SEARCH_ALL },
        .limit = (size_t)page_limit(&query->page)
    };
    struct list ids;

    if (!cursor_read(query->page.cursor, &scan.before, &ways, err))
        return false;
    scan.hits = NEW_ARRAY(tx->mem, struct hit, scan.limit);
    scan.sought.is_prefix = ways & MESSAGES_BY_BEGINNING;
    while (!scan.is_end && scan.n < scan.limit && scan.scanned < SEARCH_SCANNED_MAX) {
        if (!find(tx, &scan.sought, query->q, scan.before, scan.sought.is_prefix, SCANNED_AT_ONCE,
                  &ids, err))
            return false;
        struct page page = merge(tx->mem, &ids, &nobody, ids.n);
        if (!read_rows(tx, &scan.sought, wanted, &page, err))
            return false;
        take_wanted(&scan, wanted, &page);
    }
    *out = (struct list){ scan.hits, scan.n };
    if (!scan.is_end)
        *next =
            cursor_write(tx->mem, scan.before, scan.sought.is_prefix ? MESSAGES_BY_BEGINNING : 0);
    return true;
}

bool search_page(struct tx *tx, const struct search_query *query, struct list *out,
                 const char **next, struct err *err)
{
    struct wanted wanted;

    *next = NULL;
    if (text_is_blank(query->q))
        return err_field(err, "q", "say what to look for");
    if (!wanted_read(tx, query, &wanted, err))
        return false;
    if (wanted.is_any)
        return page_of_all(tx, query, &wanted, out, next, err);
    if (query->kind == SEARCH_PEOPLE)
        return err_field(err, "kind", "people have none of these filters: ask for messages");
    return page_of_wanted(tx, query, &wanted, out, next, err);
}

#include "search.h"

#include "../base/buf.h"
#include "../base/crypt.h"
#include "../base/text.h"

#include <ctype.h>
#include <string.h>

enum {
    INDEXED_MAX = 256 * 1024, /* bytes of one message; PostgreSQL takes at most 1 MiB */
    WORD_MAX = 64,            /* bytes; what is longer is cut, in the index and in the query */
    QUERY_WORDS_MAX = 16,
    BEGINNING_MIN = 3, /* fewer letters begin too many words */
    PREFIX_LEN = 4,
};

/* --- words --------------------------------------------------------------------------------- */

/* Both engines see the same words: split here, by the rule of FTS5's ascii tokenizer. */
static bool is_part_of_word(char c)
{
    return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* Four letters that make the words of one organisation its own. */
static void organisation_prefix(organisation_id organisation, char out[PREFIX_LEN])
{
    char text[ID_TEXT_MAX];
    uint8_t hash[HASH_LEN];
    size_t len = id_write(kind_prefix(KIND_ID_organisation), organisation.n, text);

    hash_bytes((struct bytes){ (const uint8_t *)text, len }, hash);
    for (size_t i = 0; i < PREFIX_LEN; i++)
        out[i] = (char)('a' + (hash[2 * i] * 256 + hash[2 * i + 1]) % 26);
}

struct word {
    const char *s;
    size_t len;      /* cut to WORD_MAX */
    const char *end; /* where to look for the next */
};

/* The next word at s; false when there is none. */
static bool next_word(const char *s, struct word *out)
{
    size_t len = 0;

    while (*s && !is_part_of_word(*s))
        s++;
    while (is_part_of_word(s[len]))
        len++;
    *out = (struct word){ s, utf8_cut(s, len, WORD_MAX), s + len };
    return len > 0;
}

static void add_word(struct buf *out, const char prefix[PREFIX_LEN], const struct word *word)
{
    buf_add(out, prefix, PREFIX_LEN);
    for (size_t i = 0; i < word->len; i++) {
        char c = word->s[i];
        buf_char(out, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
    }
}

/* The words with the organisation's letters in front and single blanks between; what is over
 * INDEXED_MAX isn't indexed. */
static char *indexed_words(struct tx *tx, const char *words)
{
    CLEANUP(buf_free) struct buf out = BUF(INDEXED_MAX + 2 * WORD_MAX);
    char prefix[PREFIX_LEN];
    struct word word;

    organisation_prefix(tx->organisation, prefix);
    while (out.len < INDEXED_MAX && next_word(words, &word)) {
        if (out.len > 0)
            buf_char(&out, ' ');
        add_word(&out, prefix, &word);
        words = word.end;
    }
    return arena_text(tx->mem, buf_str(&out));
}

/* Every word quoted; between them and behind a beginning, what the engine wants. NULL when there
 * is no word to look for. */
static char *query_of(struct tx *tx, const char *words, bool is_prefix, bool is_sqlite)
{
    CLEANUP(buf_free) struct buf out = BUF(QUERY_WORDS_MAX * 2 * WORD_MAX);
    const char *quote = is_sqlite ? "\"" : "'";
    char prefix[PREFIX_LEN];
    struct word word = { 0 }, next;
    size_t n = 0;

    organisation_prefix(tx->organisation, prefix);
    for (; n < QUERY_WORDS_MAX && next_word(words, &next); n++) {
        word = next;
        words = word.end;
        if (n > 0)
            buf_text(&out, is_sqlite ? " " : " & ");
        buf_text(&out, quote);
        add_word(&out, prefix, &word);
        buf_text(&out, quote);
    }
    if (n == 0)
        return NULL;
    if (is_prefix && word.len >= BEGINNING_MIN)
        buf_text(&out, is_sqlite ? "*" : ":*");
    return arena_text(tx->mem, buf_str(&out));
}

static bool is_sqlite(const struct tx *tx)
{
    return text_equal(db_engine(tx), "sqlite");
}

/* --- the index ----------------------------------------------------------------------------- */

bool search_add(struct tx *tx, int64_t id, const char *words, struct err *err)
{
    const char *text = indexed_words(tx, words);

    if (text_is_blank(text))
        return true;
    if (is_sqlite(tx))
        return db_run(tx, SQL_SEARCH_ADD_SQLITE, ARGS(arg_int(id), arg_text(text)), err);
    return db_run(tx, SQL_SEARCH_ADD_POSTGRES,
                  ARGS(arg_organisation(tx), arg_int(id), arg_text(text)), err);
}

bool search_remove(struct tx *tx, int64_t id, const char *words, struct err *err)
{
    const char *text = indexed_words(tx, words);

    if (text_is_blank(text))
        return true;
    if (is_sqlite(tx))
        return db_run(tx, SQL_SEARCH_REMOVE_SQLITE, ARGS(arg_int(id), arg_text(text)), err);
    return db_run(tx, SQL_SEARCH_REMOVE_POSTGRES, ARGS(arg_organisation(tx), arg_int(id)), err);
}

struct hit {
    int64_t id;
};

static const struct field hit_fields[] = { FIELD(hit, id), { 0 } };

struct index_hit {
    int64_t id, hits_n;
};

static const struct field index_hit_fields[] = {
    FIELD(index_hit, id),
    FIELD(index_hit, hits_n),
    { 0 },
};

struct query {
    const char *text;
    int64_t before, max;
};

/* *done: as many as were wanted. */
static bool find_newest(struct tx *tx, const struct query *query, int64_t rows, struct list *ids,
                        bool *done, struct err *err)
{
    if (!db_all(tx, SQL_SEARCH_NEWEST_POSTGRES,
                ARGS(arg_organisation(tx), arg_text(query->text), arg_int(query->before),
                     arg_int(query->max), arg_int(rows)),
                hit_fields, sizeof(struct hit), ids, err))
        return false;
    *done = (int64_t)ids->n == query->max;
    return true;
}

/* *done: all hits were looked at. */
static bool find_in_index(struct tx *tx, const struct query *query, int64_t rows, struct list *ids,
                          bool *done, struct err *err)
{
    const struct index_hit *hits;
    struct list found;

    if (!db_all(tx, SQL_SEARCH_INDEX_POSTGRES,
                ARGS(arg_organisation(tx), arg_text(query->text), arg_int(query->before),
                     arg_int(query->max), arg_int(rows)),
                index_hit_fields, sizeof(struct index_hit), &found, err))
        return false;
    hits = found.items;
    *ids = (struct list){ NEW_ARRAY(tx->mem, struct hit, found.n), found.n };
    for (size_t i = 0; i < found.n; i++)
        ((struct hit *)ids->items)[i].id = hits[i].id;
    *done = found.n == 0 || hits[0].hits_n < rows;
    return true;
}

/* PostgreSQL's planner doesn't know how a word is spread over time and guesses wrong by a factor
 * of a thousand. So we choose: each way is tried with a bound, and the cheap ones first. */
static const struct {
    bool (*find)(struct tx *tx, const struct query *query, int64_t rows, struct list *ids,
                 bool *done, struct err *err);
    int64_t rows;
} ways[] = {
    { find_newest,   1000      }, /* frequent words */
    { find_in_index, 4000      }, /* rare ones */
    { find_newest,   50000     },
    { find_in_index, INT64_MAX }, /* many hits, but not lately */
};

static bool find_postgres(struct tx *tx, const struct query *query, struct list *ids,
                          struct err *err)
{
    bool done = false;

    for (size_t i = 0; i < COUNT(ways) && !done; i++)
        if (!ways[i].find(tx, query, ways[i].rows, ids, &done, err))
            return false;
    return true;
}

static bool find(struct tx *tx, const char *words, bool is_prefix, int64_t before, int64_t max,
                 struct list *ids, struct err *err)
{
    struct query query = { query_of(tx, words, is_prefix, is_sqlite(tx)),
                           before > 0 ? before : INT64_MAX, max };

    *ids = (struct list){ 0 };
    if (!query.text)
        return true;
    if (!is_sqlite(tx))
        return find_postgres(tx, &query, ids, err);
    return db_all(tx, SQL_SEARCH_FIND_SQLITE,
                  ARGS(arg_text(query.text), arg_int(query.before), arg_int(query.max)), hit_fields,
                  sizeof(struct hit), ids, err);
}

bool search_find(struct tx *tx, const char *words, bool *is_prefix, int64_t before, int64_t max,
                 struct list *ids, struct err *err)
{
    if (*is_prefix && before == 0) {
        if (!find(tx, words, false, before, max, ids, err))
            return false;
        *is_prefix = (int64_t)ids->n < max;
        if (!*is_prefix)
            return true;
    }
    return find(tx, words, *is_prefix, before, max, ids, err);
}

static const char *with_commas(struct arena *mem, const int64_t *ids, size_t n)
{
    CLEANUP(buf_free) struct buf out = BUF(n * (ID_TEXT_MAX + 1));

    for (size_t i = 0; i < n; i++)
        buf_printf(&out, i > 0 ? ",%lld" : "%lld", (long long)ids[i]);
    return arena_text(mem, buf_str(&out));
}

bool search_among(struct tx *tx, const char *words, bool is_prefix, const int64_t *ids, size_t n,
                  bool *out, struct err *err)
{
    const char *query = query_of(tx, words, is_prefix, is_sqlite(tx));
    struct arg few = arg_text(with_commas(tx->mem, ids, n));
    int64_t found;

    *out = false;
    if (!query || n == 0)
        return true;
    if (!(is_sqlite(tx)
              ? db_number(tx, SQL_SEARCH_AMONG_SQLITE, ARGS(arg_text(query), few), &found, err)
              : db_number(tx, SQL_SEARCH_AMONG_POSTGRES,
                          ARGS(arg_organisation(tx), arg_text(query), few), &found, err)))
        return false;
    *out = found > 0;
    return true;
}

/* field.h — a struct described once.
 *
 * The same table reads a JSON body, fills a row, writes a reply and makes the OpenAPI schema.
 * The member's type picks the kind; a type that no kind knows doesn't compile. A table ends
 * with { 0 }.
 */
#pragma once

#include "arena.h"
#include "base.h"
#include "clock.h"
#include "err.h"
#include "ids.h"

enum kind {
    KIND_INT = 1,
    KIND_BOOL,
    KIND_REAL,
    KIND_TEXT,
    KIND_TIME,
    KIND_ENUM,  /* unsigned; .names gives the texts by value */
    KIND_BYTES, /* a BYTEA column; base64 in JSON */
    KIND_LIST,  /* struct list of structs (.of, .size), or of texts when .of is NULL */
    KIND_JSON,  /* struct json_text: JSON kept as it is */
    KIND_ONE,   /* const void *: a struct (.of) or NULL; only written */
    KIND_ID_FIRST,
#define ID_KIND(noun, prefix) KIND_ID_##noun,
    ID_NOUNS(ID_KIND)
#undef ID_KIND
        KIND_END
};

/* n structs behind one another, or n texts (const char *). */
struct list {
    void *items;
    size_t n;
};

/* A JSON value as text, valid and within the body's limits; NULL is JSON's null. */
struct json_text {
    const char *s;
};

enum field_flags {
    REQUIRED = 1 << 0, /* must be there (and not null) in a body; in a reply never null */
    SECRET = 1 << 1,   /* read in, never written out */
    OPTIONAL = 1 << 2, /* left out of a reply when empty */
    EMAIL = 1 << 3,    /* must look like an address */
    OUT_ONLY = 1 << 4, /* not accepted in a body */
    LINE = 1 << 5,     /* one line that says something; what is left out is null, not "" */
    HOST = 1 << 6,     /* a server's name or address, likewise */
    URL = 1 << 7,      /* where something is posted to, likewise */
};

struct field {
    const char *name;
    size_t at;
    enum kind kind;
    unsigned flags;
    int64_t min; /* of a number (negative ones need it); least bytes of a text, items of a list */
    int64_t max; /* of a number; most bytes of a text; most items of a list. 0: the default */
    const char *const
        *names;             /* KIND_ENUM: texts by value, ended by NULL; KIND_TEXT: the only ones */
    const struct field *of; /* KIND_LIST, KIND_ONE: what an item is */
    size_t size;            /* KIND_LIST: bytes of an item */
    size_t only_with;       /* OPTIONAL: where an id is (not first); left out when it's none */
    const char *doc;        /* one sentence, for OpenAPI and for the forms */
};

enum { TEXT_DEFAULT_MAX = 1000, LIST_DEFAULT_MAX = 500 };

#define ID_GENERIC(noun, prefix) noun##_id : KIND_ID_##noun,
/* clang-format would break the list of types over columns: it stays short here. */
#define FIELD(s, m, ...)                                                                           \
    { .name = #m,                                                                                  \
      .at = offsetof(struct s, m),                                                                 \
      .kind = _Generic(((struct s *)0)->m,                                                         \
          ID_NOUNS(ID_GENERIC) int64_t: KIND_INT,                                                  \
          bool: KIND_BOOL,                                                                         \
          double: KIND_REAL,                                                                       \
          const char *: KIND_TEXT,                                                                 \
          instant: KIND_TIME,                                                                      \
          unsigned: KIND_ENUM,                                                                     \
          struct bytes: KIND_BYTES,                                                                \
          struct list: KIND_LIST,                                                                  \
          struct json_text: KIND_JSON,                                                             \
          const void *: KIND_ONE),                                                                 \
      __VA_ARGS__ }

/* The prefix of an id kind ("cas"); NULL for other kinds. */
const char *kind_prefix(enum kind kind);
/* The value of an enum's text in exactly len bytes; false if it has none. */
bool enum_read(const char *const *names, const char *s, size_t len, unsigned *out);

/* Makes the member of `row` 0, NULL or "none". */
void field_clear(const struct field *f, void *row);
/* Is it that, or a text, list or block of bytes with nothing in it? */
bool field_is_empty(const struct field *f, const void *row);

/* One cell of a database row, as an engine hands it over. Borrowed. */
struct cell {
    enum { CELL_NULL, CELL_INT, CELL_REAL, CELL_TEXT, CELL_BYTES } kind;
    int64_t i;
    double real;
    const char *data;
    size_t len;
};

/* Stores a cell in the member of `row`; texts and bytes are copied to mem. NULL gives 0, NULL
 * or "none". False: the column's type doesn't fit the member (our own mistake). */
bool field_from_cell(const struct field *f, const struct cell *cell, void *row, struct arena *mem);

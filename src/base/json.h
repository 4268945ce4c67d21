/* json.h — JSON in by jansson, within limits; JSON out straight into a buffer, by field table.
 *
 * Reading: depth <= 32, duplicate names refused, names that the table doesn't know refused
 * (err_field says which), texts valid UTF-8 without NUL. Missing members stay as they are in
 * *out, so that defaults and PATCH work: what is REQUIRED may be missing where *out has it.
 */
#pragma once

#include "buf.h"
#include "field.h"

enum { JSON_DEPTH_MAX = 32 };

/* Reads a JSON object into *out. Texts live in mem. */
MUST_CHECK bool json_read(struct arena *mem, struct bytes body, const struct field *fields,
                          void *out, struct err *err);
/* Which fields of the table the body named: bit i for fields[i] (tables have <= 64 fields). For
 * PATCH, where "not named" and "null" differ. */
MUST_CHECK bool json_read_named(struct arena *mem, struct bytes body, const struct field *fields,
                                void *out, uint64_t *named, struct err *err);
/* Reads what json_write_secrets wrote. What a text has to look like (EMAIL, HOST, …) isn't asked
 * again: a rule that came later must lock out nothing that is stored. */
MUST_CHECK bool json_read_stored(struct arena *mem, const char *json, const struct field *fields,
                                 void *out, struct err *err);

/* Appends the struct as a JSON object. Ids are texts, none is null; moments RFC 3339. */
void json_write(struct buf *out, const struct field *fields, const void *row);
/* The same with what is SECRET: only to be sealed, never to be sent. */
void json_write_secrets(struct buf *out, const struct field *fields, const void *row);
/* Appends a JSON array of n structs of that size. */
void json_write_list(struct buf *out, const struct field *fields, size_t size, const void *items,
                     size_t n);
/* Appends a text with its quotes, escaped; NULL becomes null. */
void json_write_text(struct buf *out, const char *s);
void json_write_text_n(struct buf *out, const char *s, size_t len);

/* A value inside JSON text of our own making or checked before: the text at a name of the
 * object, NULL when missing or not a text. Parses each time: for the odd look, not for loops. */
const char *json_text_at(struct arena *mem, const char *json, const char *name);
/* The same as people read it: a number, true and false too, as JSON writes them. */
char *json_plain_at(struct arena *mem, const char *json, const char *name);
/* The same for a number, its fraction cut off; false when missing, not a number or too large. */
bool json_number_at(const char *json, const char *name, int64_t *out);

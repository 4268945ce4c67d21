/* ids.h — 63-bit names of rows: made by us, sorted by time, a type of its own for each noun.
 *
 * Bits, high to low: 41 of milliseconds since 2020, 8 of node, 14 of counter. Outside they are
 * texts: the noun's prefix, "_" and 13 characters of Crockford's base 32 (no i, l, o, u), as
 * cas_01hzx3k9t4m0q. n == 0 means "none". Safe on any thread.
 */
#pragma once

#include "base.h"

#define ID_NOUNS(X)                                                                                \
    X(organisation, "org")                                                                         \
    X(user, "usr")                                                                                 \
    X(team, "tem")                                                                                 \
    X(session, "ses")                                                                              \
    X(token, "tok")                                                                                \
    X(channel, "chn")                                                                              \
    X(envelope, "env")                                                                             \
    X(person, "per")                                                                               \
    X(identity, "idn")                                                                             \
    X(relation, "rel")                                                                             \
    X(consent, "cst")                                                                              \
    X(merge, "mrg")                                                                                \
    X(duplicate, "dup")                                                                            \
    X(conversation, "cnv")                                                                         \
    X(message, "msg")                                                                              \
    X(case, "cas")                                                                                 \
    X(case_merge, "cmg")                                                                           \
    X(case_move, "cmv")                                                                            \
    X(case_proposal, "cpr")                                                                        \
    X(note, "not")                                                                                 \
    X(draft, "drf")                                                                                \
    X(record, "rec")                                                                               \
    X(record_type, "rty")                                                                          \
    X(label, "lab")                                                                                \
    X(view, "viw")                                                                                 \
    X(calendar, "cal")                                                                             \
    X(macro, "mac")                                                                                \
    X(device, "dev")                                                                               \
    X(notice, "ntc")                                                                               \
    X(file, "fil")                                                                                 \
    X(visitor, "vis")                                                                              \
    X(private_link, "plk")                                                                         \
    X(chat_block, "blk")                                                                           \
    X(promise, "prm")                                                                              \
    X(task, "tsk")                                                                                 \
    X(task_kind, "tki")                                                                            \
    X(reconciliation, "rcl")                                                                       \
    X(difference, "dif")                                                                           \
    X(job, "job")                                                                                  \
    X(event, "evt")

#define ID_TYPE(noun, prefix)                                                                      \
    typedef struct {                                                                               \
        int64_t n;                                                                                 \
    } noun##_id;
ID_NOUNS(ID_TYPE)
#undef ID_TYPE

enum { ID_TEXT_MAX = 20 };

/* The smallest id that could have been made at this moment (milliseconds since 1970). */
int64_t id_at(int64_t ms);

/* Which node of several this is: 0-127 for servers, 128-255 for commands beside them. */
void ids_set_node(int node);
/* From here on every new one is of a later millisecond than this one: for a process whose clock
 * is behind what was stored before it began. */
void ids_begin_after(int64_t id);
/* A new one, greater than all that this process made before. */
int64_t id_new(void);
/* Writes "cas_…"; returns its length. */
size_t id_write(const char *prefix, int64_t id, char out[ID_TEXT_MAX]);
/* The same for one expression, as a log line: id_text("cas", id).s */
struct id_text {
    char s[ID_TEXT_MAX];
};
struct id_text id_text(const char *prefix, int64_t id);
/* Reads exactly len bytes "cas_…" with that prefix; false for anything else, and for 0. */
bool id_read(const char *prefix, const char *s, size_t len, int64_t *out);

/* The case reference for people: 7 digits or letters in two groups with a check character, as
 * "4K7-M2QX": `number` (counted per organisation, from 1) shuffled so that neighbours look
 * different, in base 30 without look-alikes. */
enum { REFERENCE_TEXT_MAX = 16 };
size_t reference_write(int64_t number, char out[REFERENCE_TEXT_MAX]);
/* Reads one as a person writes it: small letters, without the dash, with spaces. False when
 * the check character doesn't fit. */
bool reference_read(const char *s, size_t len, int64_t *number);

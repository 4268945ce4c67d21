/* rights.h — who may do what: one table of rights, with the roles that have them.
 *
 * A route names the right it asks for; a token has some of its user's rights as scopes.
 */
#pragma once

#include "../base/field.h"

enum right {
    ANYONE,    /* no login; must be written out in the route */
    LOGGED_IN, /* any user or token */
    CASE_READ,
    CASE_WRITE,
    PERSON_READ,
    PERSON_WRITE,
    CHANNEL_READ,
    CHANNEL_WRITE,
    USER_READ,
    USER_WRITE,
    ORGANISATION_WRITE,
    ENVELOPE_READ,
    ENVELOPE_WRITE,
    OUTBOX_READ,
    OUTBOX_WRITE,
    AUDIT_READ,
    MESSAGE_EXCHANGE, /* hand in and fetch messages of an API channel */
    METRICS_READ,
    RECORD_READ,
    RECORD_WRITE,
    TASK_READ,
    TASK_WRITE,
    RIGHTS_N
};

enum role {
    ROLE_ADMIN,
    ROLE_LEAD,
    ROLE_AGENT,
    ROLE_EXPERT,
    ROLE_EDITOR,
    ROLE_INTEGRATION,
    ROLES_N
};
extern const char *const role_names[];

/* "case:read": the name of a right in scopes and documentation; "anyone" and "login" for the
 * first two. */
const char *right_name(enum right right);
/* The rights of a role, bit i for right i. */
uint64_t role_rights(enum role role);
/* The names of these rights, but for the first two: texts in mem. */
struct list right_names(struct arena *mem, uint64_t rights);
/* The rights that a token's scopes ("case:read case:write", or "*") leave of `rights`; false
 * names the first unknown word in *unknown (at most 63 bytes). */
bool scopes_read(const char *scopes, uint64_t rights, uint64_t *out, char unknown[64]);

static inline bool has_right(uint64_t rights, enum right right)
{
    return (rights >> right & 1) != 0;
}

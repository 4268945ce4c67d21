#include "rights.h"

#include <stdio.h>
#include <string.h>

const char *const role_names[] = {
    "admin", "lead", "agent", "expert", "editor", "integration", NULL
};

enum {
    ADMIN = 1 << ROLE_ADMIN,
    LEAD = 1 << ROLE_LEAD,
    AGENT = 1 << ROLE_AGENT,
    EXPERT = 1 << ROLE_EXPERT,
    EDITOR = 1 << ROLE_EDITOR,
    INTEGRATION = 1 << ROLE_INTEGRATION,
    FRONT = ADMIN | LEAD | AGENT,
    PEOPLE = FRONT | EXPERT | EDITOR,
    EVERYBODY = PEOPLE | INTEGRATION,
};

static const struct {
    enum right right;
    const char *name;
    unsigned roles;
} rights[RIGHTS_N] = {
    [ANYONE] = { ANYONE,             "anyone",             EVERYBODY                    },
    [LOGGED_IN] = { LOGGED_IN,          "login",              EVERYBODY                    },
    [CASE_READ] = { CASE_READ,          "case:read",          EVERYBODY                    },
    [CASE_WRITE] = { CASE_WRITE,         "case:write",         FRONT | EXPERT | INTEGRATION },
    [PERSON_READ] = { PERSON_READ,        "person:read",        EVERYBODY                    },
    [PERSON_WRITE] = { PERSON_WRITE,       "person:write",       FRONT | INTEGRATION          },
    [CHANNEL_READ] = { CHANNEL_READ,       "channel:read",       EVERYBODY                    },
    [CHANNEL_WRITE] = { CHANNEL_WRITE,      "channel:write",      ADMIN                        },
    [USER_READ] = { USER_READ,          "user:read",          EVERYBODY                    },
    [USER_WRITE] = { USER_WRITE,         "user:write",         ADMIN                        },
    [ORGANISATION_WRITE] = { ORGANISATION_WRITE, "organisation:write", ADMIN                        },
    [ENVELOPE_READ] = { ENVELOPE_READ,      "envelope:read",      ADMIN | LEAD                 },
    [ENVELOPE_WRITE] = { ENVELOPE_WRITE,     "envelope:write",     ADMIN | LEAD                 },
    [OUTBOX_READ] = { OUTBOX_READ,        "outbox:read",        FRONT                        },
    [OUTBOX_WRITE] = { OUTBOX_WRITE,       "outbox:write",       FRONT                        },
    [AUDIT_READ] = { AUDIT_READ,         "audit:read",         ADMIN                        },
    [MESSAGE_EXCHANGE] = { MESSAGE_EXCHANGE,   "message:exchange",   ADMIN | INTEGRATION          },
    [METRICS_READ] = { METRICS_READ,       "metrics:read",       ADMIN | INTEGRATION          },
    [RECORD_READ] = { RECORD_READ,        "record:read",        EVERYBODY                    },
    [RECORD_WRITE] = { RECORD_WRITE,       "record:write",       ADMIN | INTEGRATION          },
    [TASK_READ] = { TASK_READ,          "task:read",          EVERYBODY                    },
    [TASK_WRITE] = { TASK_WRITE,         "task:write",         EVERYBODY                    },
};

const char *right_name(enum right right)
{
    return rights[right].name;
}

uint64_t role_rights(enum role role)
{
    uint64_t mask = 0;

    for (size_t i = 0; i < COUNT(rights); i++)
        if (rights[i].roles >> role & 1)
            mask |= (uint64_t)1 << i;
    return mask;
}

struct list right_names(struct arena *mem, uint64_t mask)
{
    const char **names = NEW_ARRAY(mem, const char *, RIGHTS_N);
    struct list list = { names, 0 };

    for (unsigned i = LOGGED_IN + 1; i < RIGHTS_N; i++)
        if (has_right(mask, i))
            names[list.n++] = right_name(i);
    return list;
}

static bool add_scope(const char *word, size_t len, uint64_t *mask)
{
    if (len == 1 && word[0] == '*') {
        *mask = ~(uint64_t)0;
        return true;
    }
    for (size_t i = LOGGED_IN + 1; i < COUNT(rights); i++)
        if (strlen(rights[i].name) == len && memcmp(rights[i].name, word, len) == 0) {
            *mask |= (uint64_t)1 << i;
            return true;
        }
    return false;
}

bool scopes_read(const char *scopes, uint64_t of, uint64_t *out, char unknown[64])
{
    uint64_t mask = (uint64_t)1 << ANYONE | (uint64_t)1 << LOGGED_IN;

    for (const char *at = scopes + strspn(scopes, " "); *at; at += strspn(at, " ")) {
        size_t len = strcspn(at, " ");
        if (!add_scope(at, len, &mask)) {
            snprintf(unknown, 64, "%.*s", (int)(len < 63 ? len : 63), at);
            return false;
        }
        at += len;
    }
    *out = mask & of;
    return true;
}

/* teams.h — users who share a queue of cases. */
#pragma once

#include "../store/db.h"

enum { TEAM_NAME_MAX = 100 };

struct team_member {
    team_id team_id;
    user_id user_id;
    const char *name;
};

struct team {
    team_id id;
    const char *name;
    struct list members; /* struct team_member */
    instant created_at;
    int64_t version; /* +1 on every change, of the members too; for If-Match */
};
extern const struct field team_fields[];

/* ERR_CONFLICT when there is a team of that name. */
MUST_CHECK bool team_make(struct tx *tx, const char *name, struct team *out, struct err *err);
/* With its members. */
MUST_CHECK bool team_get(struct tx *tx, team_id id, struct team *out, struct err *err);
/* struct team with an id greater than `after`, by id, at most `max`; with their members. */
MUST_CHECK bool team_list(struct tx *tx, team_id after, int64_t max, struct list *out,
                          struct err *err);
/* ERR_CHANGED when somebody changed it since `version`; *team gets the new one. */
MUST_CHECK bool team_rename(struct tx *tx, struct team *team, const char *name, int64_t version,
                            struct err *err);
/* ERR_CONFLICT while cases or channels stand with it. */
MUST_CHECK bool team_remove(struct tx *tx, team_id id, int64_t version, struct err *err);
/* Is the user in the team? Twice is once. ERR_NOT_FOUND without such a team or user. */
MUST_CHECK bool team_set_member(struct tx *tx, team_id id, user_id user, bool is_in,
                                struct team *out, struct err *err);

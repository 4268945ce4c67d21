/* task_kinds.h — the kinds of task that an organisation has: which fields one fills in, which steps
 * are taken, how long it should take, and who does it when nobody says.
 *
 * Works inside the caller's transaction and organisation; results live in tx->mem.
 */
#pragma once

#include "../../http/http.h"

enum {
    TASK_KINDS_MAX = 200, /* of one organisation */
    TASK_KIND_NAME_MAX = 80,
    TASK_FIELDS_MAX = 30,
    TASK_STEPS_MAX = 50,
    TASK_STEP_MAX = 200,    /* bytes of UTF-8, as all of these: */
    TASK_VALUE_MAX = 1000,  /* of a field */
    TASK_CHOICES_MAX = 50,  /* of one field */
    TASK_NORM_MAX = 120000, /* minutes of open time: a year, about */
};

enum task_field_type { TASK_TEXT, TASK_NUMBER, TASK_DAY, TASK_CHOICE, TASK_YES };

/* A field that the tasks of a kind have. */
struct task_field {
    const char *name, *label;
    unsigned type;
    bool is_required;
    struct list choices; /* of texts; only of TASK_CHOICE */
};
extern const struct field task_field_fields[];

/* What stands in one, of a task. Always a text: 12, 2026-12-01, yes. */
struct task_value {
    const char *name, *value;
};
extern const struct field task_value_fields[];

/* A step of a task's checklist. */
struct task_step {
    const char *text;
    bool is_done;
};
extern const struct field task_step_fields[];

struct task_kind {
    task_kind_id id;
    const char *name;
    struct list fields;    /* of struct task_field, in the order in which people see them */
    struct list checklist; /* of texts */
    int64_t norm_minutes;  /* of open time of who does it, until it is due; 0: nobody said */
    team_id team_id;       /* who does it when nobody says */
    bool is_retired;       /* no new ones are made */
    instant created_at;
    int64_t version; /* +1 on every change; for If-Match */
};
extern const struct field task_kind_fields[];
extern const struct routes task_kind_routes;

/* All of the organisation, by name: a list of struct task_kind. */
MUST_CHECK bool task_kind_list(struct tx *tx, struct list *out, struct err *err);
MUST_CHECK bool task_kind_get(struct tx *tx, task_kind_id id, struct task_kind *out,
                              struct err *err);
/* Fills in the rest; ERR_INVALID names what can't be, ERR_CONFLICT when there is one of this name.
 */
MUST_CHECK bool task_kind_add(struct tx *tx, struct task_kind *kind, struct err *err);
/* In the place of `version`; ERR_CHANGED when somebody changed it since. Tasks that are there stay
 * as they are. */
MUST_CHECK bool task_kind_change(struct tx *tx, struct task_kind *kind, int64_t version,
                                 struct err *err);
/* ERR_CONFLICT when a task is of this kind. */
MUST_CHECK bool task_kind_remove(struct tx *tx, task_kind_id id, struct err *err);

/* Do these values (struct task_value) suit the kind's fields? ERR_INVALID names which doesn't,
 * required ones that are missing too. */
MUST_CHECK bool task_values_check(struct tx *tx, const struct task_kind *kind,
                                  const struct list *values, struct err *err);

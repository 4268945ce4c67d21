#include "wanted.h"

#include "../../auth/users.h"
#include "../../base/text.h"
#include "../cases/cases.h"

#include <string.h>

const char *const search_direction_names[] = { "both", "in", "out", NULL };
const char *const search_status_names[] = { "all",     "active", "new",     "open",
                                            "waiting", "done",   "snoozed", NULL };
enum { STATUS_ALL, STATUS_ACTIVE, STATUS_SNOOZED = 6 };

/* Clocks of mail servers differ from ours. */
static const int64_t SLACK_MS = DAY_MS;

/* An id, or "none"; neither when nothing is asked. */
struct choice {
    int64_t id;
    bool is_none;
};

static bool read_team(const char *text, struct choice *out, struct err *err)
{
    if (!text)
        return true;
    out->is_none = text_equal(text, "none");
    return out->is_none || id_read("tem", text, strlen(text), &out->id) ||
           err_field(err, "team", "must be an id like tem_…, or none");
}

static bool read_assignee(const struct tx *tx, const char *text, struct choice *out,
                          struct err *err)
{
    user_id id = { 0 };

    if (!text)
        return true;
    out->is_none = text_equal(text, "none");
    if (!out->is_none && !user_named(tx, text, &id))
        return err_field(err, "assignee", "must be an id like usr_…, me or none");
    out->id = id.n;
    return true;
}

static struct arg status_arg(unsigned status)
{
    bool is_one = status > STATUS_ACTIVE && status != STATUS_SNOOZED;

    return arg_text(is_one ? search_status_names[status] : NULL);
}

static struct arg active_arg(unsigned status)
{
    return status == STATUS_ACTIVE ? arg_bool(true) : arg_text(NULL);
}

bool wanted_read(const struct tx *tx, const struct search_query *query, struct wanted *out,
                 struct err *err)
{
    struct choice team = { 0 }, assignee = { 0 };

    if (!read_team(query->team, &team, err) || !read_assignee(tx, query->assignee, &assignee, err))
        return false;
    *out = (struct wanted){
        .is_any = query->channel.n == 0 && query->direction == 0 && query->person.n == 0 &&
                  query->status == STATUS_ALL && !query->team && !query->assignee &&
                  query->label.n == 0 && query->since.ms == 0 && query->until.ms == 0,
        .values = { arg_time(query->since),
                   query->until.ms > 0 ? arg_time(query->until) : arg_int(INT64_MAX),
                   arg_id(query->channel),
                   arg_text(query->direction > 0 ? search_direction_names[query->direction]
                                                  : NULL),
                   arg_id(query->person), status_arg(query->status), active_arg(query->status),
                   arg_id_number(team.id), arg_bool(team.is_none), arg_id_number(assignee.id),
                   arg_bool(assignee.is_none), arg_id(query->label),
                   arg_bool(query->status == STATUS_SNOOZED) },
        .oldest_id = query->since.ms > SLACK_MS ? id_at(query->since.ms - SLACK_MS) : 0,
    };
    return true;
}

/* calendars.h — the opening hours of an organisation and its teams: what deadlines count in.
 *
 * A team counts in its own calendar, else in the organisation's default one, else in office hours
 * of the organisation's country. Works inside the caller's transaction and organisation; results
 * live in tx->mem. To count with them: work.h.
 */
#pragma once

#include "../../http/http.h"
#include "../../language/calendar.h"
#include "timetable.h"

enum { CALENDARS_MAX = 200, CALENDAR_NAME_MAX = 100, CALENDAR_TEAMS_MAX = 500 };

struct stored_calendar {
    calendar_id id;
    const char *name;
    bool is_default;   /* of every team without one; at most one is */
    struct list teams; /* of texts: "tem_…" */
    struct timetable timetable;
    instant created_at;
    int64_t version; /* +1 on every change; for If-Match */
};
extern const struct field stored_calendar_fields[];
extern const struct routes calendar_routes;

/* All, by name: struct stored_calendar. */
MUST_CHECK bool calendar_list(struct tx *tx, struct list *out, struct err *err);
MUST_CHECK bool calendar_get(struct tx *tx, calendar_id id, struct stored_calendar *out,
                             struct err *err);
/* Fills in id, moment and version. A team that is named leaves the calendar where it was, and the
 * default stops being it. ERR_INVALID for what can't be, ERR_CONFLICT for a name that is taken and
 * beyond CALENDARS_MAX. */
MUST_CHECK bool calendar_add(struct tx *tx, struct stored_calendar *calendar, struct err *err);
/* The same in the place of `version`; ERR_CHANGED when somebody changed it since. */
MUST_CHECK bool calendar_change(struct tx *tx, struct stored_calendar *calendar, int64_t version,
                                struct err *err);
MUST_CHECK bool calendar_remove(struct tx *tx, calendar_id id, int64_t version, struct err *err);

/* What a team counts in; {0}: the organisation. *id: where it comes from, {0} when from nowhere but
 * the organisation's time zone; may be NULL. */
MUST_CHECK bool calendar_of_team(struct tx *tx, team_id team, struct calendar *out, calendar_id *id,
                                 struct err *err);
/* That of one; *found: is it there? */
MUST_CHECK bool calendar_of_id(struct tx *tx, calendar_id id, struct calendar *out, bool *found,
                               struct err *err);

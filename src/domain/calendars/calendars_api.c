/* calendars_api.c — opening hours over HTTP: keeping them, and asking them. */
#include "calendars.h"

#include "../../auth/organisations.h"
#include "../../base/text.h"
#include "calendar_file.h"
#include "calendar_import.h"
#include "holidays.h"
#include "work.h"

#include <string.h>

/* What comes in: as a calendar goes out, without what we know ourselves. */
static const struct field calendar_draft_fields[] = {
    FIELD(stored_calendar, name, .flags = REQUIRED, .min = 1, .max = CALENDAR_NAME_MAX),
    FIELD(stored_calendar, is_default, .doc = "Of every team without a calendar of its own"),
    FIELD(stored_calendar, teams, .max = CALENDAR_TEAMS_MAX,
          .doc = "The ids of the teams that count in it; each leaves the one where it was"),
    TIMETABLE_FIELDS(stored_calendar),
    { 0 },
};
#define CALENDAR_DRAFT                                                                             \
    { calendar_draft_fields, sizeof(struct stored_calendar), 0, "calendar_draft" }
#define ONE_CALENDAR                                                                               \
    { stored_calendar_fields, sizeof(struct stored_calendar), 0, "calendar", .status = 200 }
#define MADE_CALENDAR                                                                              \
    { stored_calendar_fields, sizeof(struct stored_calendar), 0, "calendar", .status = 201 }
#define MANY_CALENDARS { stored_calendar_fields, 0, 0, "calendar", .status = 200 }

/* --- keeping -------------------------------------------------------------------------------- */

static bool reply_calendar(struct request *rq, int status, const struct stored_calendar *calendar)
{
    return reply_versioned(rq, status, calendar->version, stored_calendar_fields, calendar);
}

/* GET /api/v1/calendars */
static bool get_calendars(struct request *rq, struct tx *tx, struct err *err)
{
    struct list calendars;

    return calendar_list(tx, &calendars, err) &&
           reply_list(rq, stored_calendar_fields, sizeof(struct stored_calendar), &calendars, NULL);
}

/* POST /api/v1/calendars */
static bool post_calendar(struct request *rq, struct tx *tx, struct err *err)
{
    struct stored_calendar calendar = *(const struct stored_calendar *)rq->body;

    return calendar_add(tx, &calendar, err) && reply_calendar(rq, 201, &calendar);
}

static bool find(const struct request *rq, struct tx *tx, struct stored_calendar *out,
                 struct err *err)
{
    calendar_id id;

    return request_id(rq, "id", "cal", &id.n, err) && calendar_get(tx, id, out, err);
}

/* GET /api/v1/calendars/{id} */
static bool get_calendar(struct request *rq, struct tx *tx, struct err *err)
{
    struct stored_calendar calendar;

    return find(rq, tx, &calendar, err) && reply_calendar(rq, 200, &calendar);
}

/* PUT /api/v1/calendars/{id} */
static bool put_calendar(struct request *rq, struct tx *tx, struct err *err)
{
    struct stored_calendar before, calendar = *(const struct stored_calendar *)rq->body;
    int64_t version;

    if (!find(rq, tx, &before, err) || !request_version(rq, before.version, &version, err))
        return false;
    calendar.id = before.id;
    calendar.created_at = before.created_at;
    return calendar_change(tx, &calendar, version, err) && reply_calendar(rq, 200, &calendar);
}

/* DELETE /api/v1/calendars/{id} */
static bool delete_calendar(struct request *rq, struct tx *tx, struct err *err)
{
    struct stored_calendar calendar;
    int64_t version;

    return find(rq, tx, &calendar, err) && request_version(rq, calendar.version, &version, err) &&
           calendar_remove(tx, calendar.id, version, err) && reply_nothing(rq);
}

/* --- as a file ------------------------------------------------------------------------------ */

/* POST /api/v1/calendars/{id}/import */
static bool post_import(struct request *rq, struct tx *tx, struct err *err)
{
    struct stored_calendar calendar;
    struct organisation organisation;
    int64_t version;

    return find(rq, tx, &calendar, err) && request_version(rq, calendar.version, &version, err) &&
           organisation_get(tx, &organisation, err) &&
           calendar_import(tx->mem, rq->raw, organisation.time_zone, tx->now, &calendar.timetable,
                           err) &&
           calendar_change(tx, &calendar, version, err) && reply_calendar(rq, 200, &calendar);
}

/* GET /api/v1/calendars/{id}/export */
static bool get_export(struct request *rq, struct tx *tx, struct err *err)
{
    struct stored_calendar calendar;
    struct organisation organisation;

    if (!find(rq, tx, &calendar, err) || !organisation_get(tx, &organisation, err))
        return false;
    /* Without a name: who asks for it says how it's called. */
    reply_header(rq, "Content-Disposition", "attachment");
    return reply_text(rq, "text/calendar; charset=utf-8",
                      calendar_export(tx->mem, calendar.name, &calendar.timetable,
                                      organisation.time_zone, tx->now));
}

/* --- public holidays ------------------------------------------------------------------------ */

struct holiday_query {
    int64_t year;
};

static const struct field holiday_query_fields[] = {
    FIELD(holiday_query, year, .min = 1970, .max = 9999, .doc = "This one when left out"),
    { 0 },
};

struct holiday {
    const char *name, *date;
    bool in_netherlands, in_belgium, usual_in_netherlands, usual_in_belgium;
};

static const struct field holiday_fields[] = {
    FIELD(holiday, name, .flags = REQUIRED, .doc = "As a calendar names it"),
    FIELD(holiday, date, .doc = "Null in a year that doesn't have it"),
    FIELD(holiday, in_netherlands),
    FIELD(holiday, in_belgium),
    FIELD(holiday, usual_in_netherlands, .doc = "Most are closed on it"),
    FIELD(holiday, usual_in_belgium),
    { 0 },
};

/* GET /api/v1/holidays */
static bool get_holidays(struct request *rq, struct tx *tx, struct err *err)
{
    const struct holiday_query *query = rq->body;
    struct holiday *items = NEW_ARRAY(rq->mem, struct holiday, PUBLIC_HOLIDAYS_N);
    struct list list = { items, PUBLIC_HOLIDAYS_N };
    int year, month, dayofmonth;

    (void)err;
    date_of((day_number)(tx->now.ms / DAY_MS), &year, &month, &dayofmonth);
    year = query->year != 0 ? (int)query->year : year;
    for (int i = 0; i < PUBLIC_HOLIDAYS_N; i++) {
        const struct public_holiday *holiday = &public_holidays[i];
        day_number day;
        items[i] = (struct holiday){
            .name = holiday->name,
            .date = holiday_in(holiday, year, &day) ? day_write(rq->mem, day) : NULL,
            .in_netherlands = (holiday->known_in & HOLIDAY_NETHERLANDS) != 0,
            .in_belgium = (holiday->known_in & HOLIDAY_BELGIUM) != 0,
            .usual_in_netherlands = (holiday->usual_in & HOLIDAY_NETHERLANDS) != 0,
            .usual_in_belgium = (holiday->usual_in & HOLIDAY_BELGIUM) != 0,
        };
    }
    return reply_list(rq, holiday_fields, sizeof(struct holiday), &list, NULL);
}

/* --- asking --------------------------------------------------------------------------------- */

struct hours_query {
    calendar_id calendar_id;
    team_id team_id;
    instant at, until;
    int64_t work_minutes, work_days;
};

enum { WORK_MINUTES_MAX = 5 * 366 * 24 * 60, WORK_DAYS_ASKED_MAX = 1000 };

static const struct field hours_query_fields[] = {
    FIELD(hours_query, calendar_id, .doc = "Ask this one"),
    FIELD(hours_query, team_id, .doc = "Or what this team counts in; else the organisation's"),
    FIELD(hours_query, at, .doc = "Now when left out"),
    FIELD(hours_query, until, .doc = "How long is it open until then?"),
    FIELD(hours_query, work_minutes, .min = 0, .max = WORK_MINUTES_MAX,
          .doc = "When was it open so long?"),
    FIELD(hours_query, work_days, .min = -WORK_DAYS_ASKED_MAX, .max = WORK_DAYS_ASKED_MAX,
          .doc = "The start and end of the business day so many behind it; 0: its own"),
    { 0 },
};

struct opening_hours {
    calendar_id calendar_id;
    instant at, opens_at, closes_at, due_at, day_from, day_to;
    bool is_open;
    int64_t open_seconds;
};

static const struct field opening_hours_fields[] = {
    FIELD(opening_hours, calendar_id,
          .doc = "Null where nobody keeps one: office hours, Mon-Fri 9-17"),
    FIELD(opening_hours, at, .flags = REQUIRED),
    FIELD(opening_hours, is_open),
    FIELD(opening_hours, opens_at, .doc = "When it opens next; `at` when it's open"),
    FIELD(opening_hours, closes_at, .doc = "When that opening ends"),
    FIELD(opening_hours, open_seconds, .doc = "How long it's open until `until`"),
    FIELD(opening_hours, due_at, .doc = "When it was open for work_minutes"),
    FIELD(opening_hours, day_from, .doc = "Where the business day work_days begins"),
    FIELD(opening_hours, day_to, .doc = "And ends"),
    { 0 },
};

static bool find_calendar(struct tx *tx, const struct hours_query *query, struct calendar *out,
                          calendar_id *id, struct err *err)
{
    bool found;

    if (query->calendar_id.n == 0)
        return calendar_of_team(tx, query->team_id, out, id, err);
    *id = query->calendar_id;
    return calendar_of_id(tx, *id, out, &found, err) &&
           (found || err_field(err, "calendar_id", "is no calendar of yours"));
}

/* GET /api/v1/opening-hours */
static bool get_hours(struct request *rq, struct tx *tx, struct err *err)
{
    const struct hours_query *query = rq->body;
    struct opening_hours hours = { .at = query->at.ms != 0 ? query->at : tx->now };
    struct calendar calendar;
    struct work_span span;

    if (!find_calendar(tx, query, &calendar, &hours.calendar_id, err))
        return false;
    hours.is_open = work_is_open(&calendar, hours.at);
    if (work_next(&calendar, hours.at, &span)) {
        hours.opens_at = span.from;
        hours.closes_at = span.to;
    }
    if (query->until.ms != 0)
        hours.open_seconds = work_between(&calendar, hours.at, query->until) / SECOND_MS;
    if (request_named(rq, "work_minutes") &&
        !work_after(&calendar, hours.at, query->work_minutes * MINUTE_MS, &hours.due_at))
        hours.due_at = (instant){ 0 };
    if (request_named(rq, "work_days") &&
        work_day(&calendar, hours.at, (int32_t)query->work_days, &span)) {
        hours.day_from = span.from;
        hours.day_to = span.to;
    }
    return reply(rq, 200, opening_hours_fields, &hours);
}

static const struct route rows[] = {
    ROUTE(GET, "/api/v1/calendars", READ, get_calendars, CASE_READ, NOTHING, MANY_CALENDARS,
          "Lists the calendars by name."),
    ROUTE(POST, "/api/v1/calendars", WRITE, post_calendar, ORGANISATION_WRITE, CALENDAR_DRAFT,
          MADE_CALENDAR, "Adds a calendar: opening hours, holidays and days that differ."),
    ROUTE(GET, "/api/v1/calendars/{id}", READ, get_calendar, CASE_READ, NOTHING, ONE_CALENDAR,
          "Reads a calendar."),
    ROUTE(PUT, "/api/v1/calendars/{id}", WRITE, put_calendar, ORGANISATION_WRITE, CALENDAR_DRAFT,
          ONE_CALENDAR, "Changes a calendar.", .is_versioned = true),
    ROUTE(DELETE, "/api/v1/calendars/{id}", WRITE, delete_calendar, ORGANISATION_WRITE, NOTHING,
          NOTHING, "Removes a calendar; its teams count in the default one.", .is_versioned = true),
    ROUTE(
        POST, "/api/v1/calendars/{id}/import", WRITE, post_import, ORGANISATION_WRITE,
        RAW_BODY(CALENDAR_BYTES_MAX), ONE_CALENDAR,
        "Adds what a calendar file (iCalendar) says: its closed days, and its hours if it has any.",
        .is_versioned = true),
    ROUTE(GET, "/api/v1/calendars/{id}/export", READ, get_export, CASE_READ, NOTHING,
          CONTENT("text/calendar"), "Downloads a calendar as a calendar file (iCalendar)."),
    ROUTE(GET, "/api/v1/holidays", READ, get_holidays, CASE_READ, QUERY(holiday_query),
          MANY(holiday), "Lists the public holidays that a calendar can close on, for a year."),
    ROUTE(GET, "/api/v1/opening-hours", READ, get_hours, CASE_READ, QUERY(hours_query),
          ONE(opening_hours),
          "Says whether it's open, when it opens, how long, and when so much work is due."),
};
const struct routes calendar_routes = ROUTES(rows);

#include "calendar_import.h"

#include <libical/ical.h>

#include "../../base/text.h"
#include "holidays.h"

enum { DAY_MINUTES = 24 * 60, WEEK = 7, PROBE_DAYS = 20 };

struct exporting {
    struct arena *mem;
    const struct timetable *timetable;
    const char *zone; /* its name */
    struct calendar calendar;
    day_number first, last;
    struct icaltimetype stamp;
    int n; /* of events, for their names */
    icalcomponent *out;
};

static void free_component(icalcomponent **component)
{
    if (*component)
        icalcomponent_free(*component);
}

/* --- moments -------------------------------------------------------------------------------- */

/* Minutes behind the end of a day are of the next one. */
static struct icaltimetype moment_of(day_number day, int32_t minute)
{
    struct icaltimetype out = icaltime_null_time();

    day += minute / DAY_MINUTES;
    minute %= DAY_MINUTES;
    date_of(day, &out.year, &out.month, &out.day);
    out.hour = minute / 60;
    out.minute = minute % 60;
    return out;
}

static struct icaltimetype date_only(day_number day)
{
    struct icaltimetype out = moment_of(day, 0);

    out.is_date = 1;
    return out;
}

static icalproperty *in_zone(const struct exporting *ex, icalproperty *property)
{
    icalproperty_add_parameter(property, icalparameter_new_tzid(ex->zone));
    return property;
}

/* --- the zone ------------------------------------------------------------------------------- */

static int32_t offset_at(const struct exporting *ex, int64_t at_s)
{
    return ex->calendar.offset_s(ex->calendar.arg, (instant){ at_s * 1000 });
}

static void add_offset(icalcomponent *zone, int64_t at_s, int32_t from, int32_t to)
{
    icalcomponent *part = to > from ? icalcomponent_new_xdaylight() : icalcomponent_new_xstandard();
    int64_t local = at_s + from; /* clocks change at a local time of before the change */
    struct icaltimetype start =
        moment_of((day_number)(local / 86400), (int32_t)(local % 86400 / 60));

    icalcomponent_add_property(part, icalproperty_new_dtstart(start));
    icalcomponent_add_property(part, icalproperty_new_tzoffsetfrom(from));
    icalcomponent_add_property(part, icalproperty_new_tzoffsetto(to));
    icalcomponent_add_component(zone, part);
}

/* Each change of the days that are written, by itself: so it's right of every zone. */
static void add_zone(struct exporting *ex)
{
    icalcomponent *zone = icalcomponent_new_vtimezone();
    int64_t at_s = ((int64_t)ex->first - 1) * 86400, end_s = ((int64_t)ex->last + 2) * 86400;

    icalcomponent_add_property(zone, icalproperty_new_tzid(ex->zone));
    add_offset(zone, at_s, offset_at(ex, at_s), offset_at(ex, at_s));
    for (; at_s < end_s; at_s += PROBE_DAYS * 86400) {
        int64_t from_s = at_s, to_s = at_s + PROBE_DAYS * 86400;
        int32_t before = offset_at(ex, from_s), after = offset_at(ex, to_s);
        while (before != after && to_s - from_s > 1) {
            int64_t middle = from_s + (to_s - from_s) / 2;
            if (offset_at(ex, middle) == before)
                from_s = middle;
            else
                to_s = middle;
        }
        if (before != after)
            add_offset(zone, to_s, before, after);
    }
    icalcomponent_add_component(ex->out, zone);
}

/* --- events --------------------------------------------------------------------------------- */

static icalcomponent *new_event(struct exporting *ex, const char *title)
{
    icalcomponent *event = icalcomponent_new_vevent();

    icalcomponent_add_property(
        event, icalproperty_new_uid(arena_printf(ex->mem, "%d.hours@gestand", ++ex->n)));
    icalcomponent_add_property(event, icalproperty_new_dtstamp(ex->stamp));
    icalcomponent_add_property(event, icalproperty_new_summary(title));
    icalcomponent_add_component(ex->out, event);
    return event;
}

static icalcomponent *add_opening(struct exporting *ex, day_number day, struct opening opening)
{
    icalcomponent *event = new_event(ex, "Open");

    icalcomponent_add_property(
        event, in_zone(ex, icalproperty_new_dtstart(moment_of(day, opening.from_minute))));
    icalcomponent_add_property(
        event, in_zone(ex, icalproperty_new_dtend(moment_of(day, opening.to_minute))));
    return event;
}

/* Why a day isn't as in the week; NULL: it is. */
static const char *why(const struct exporting *ex, day_number day)
{
    bool is_exception;
    const char *name = timetable_why(&ex->calendar, day, &is_exception);

    if (!name || is_exception)
        return name && !*name ? "Closed" : name;
    return public_holidays[holiday_named(name)].title;
}

/* A week's opening, but for the days that say their own hours. What is closed is closed anyway. */
static void add_weekly(struct exporting *ex, unsigned weekday, struct opening opening)
{
    day_number day = ex->first;
    icalcomponent *event;

    while (weekday_of(day) != (int)weekday)
        day++;
    event = add_opening(ex, day, opening);
    icalcomponent_add_property(
        event, icalproperty_new_rrule(icalrecurrencetype_from_string("FREQ=WEEKLY")));
    for (; day <= ex->last; day += WEEK)
        if (why(ex, day) && calendar_is_open(&ex->calendar, day))
            icalcomponent_add_property(
                event, in_zone(ex, icalproperty_new_exdate(moment_of(day, opening.from_minute))));
}

static void add_week(struct exporting *ex)
{
    const struct timetable_period *items = ex->timetable->week.items;

    for (size_t i = 0; i < ex->timetable->week.n; i++) {
        struct opening opening;
        if (minute_read(items[i].from, &opening.from_minute) &&
            minute_read(items[i].to, &opening.to_minute))
            add_weekly(ex, items[i].day, opening);
    }
}

/* From a day until the one before `end`. The category says it, whatever it's called. */
static void add_closed(struct exporting *ex, day_number day, day_number end)
{
    icalcomponent *event = new_event(ex, why(ex, day));

    icalcomponent_add_property(event, icalproperty_new_categories("Closed"));
    icalcomponent_add_property(event, icalproperty_new_dtstart(date_only(day)));
    icalcomponent_add_property(event, icalproperty_new_dtend(date_only(end)));
}

static bool is_closed_for(const struct exporting *ex, day_number day, const char *reason)
{
    return day <= ex->last && text_equal(why(ex, day), reason) &&
           !calendar_is_open(&ex->calendar, day);
}

static void add_exceptions(struct exporting *ex)
{
    day_number end;

    for (day_number day = ex->first; day <= ex->last; day = end) {
        struct opening openings[OPENINGS_MAX];
        size_t n = ex->calendar.openings(ex->calendar.arg, day, openings);
        const char *reason = why(ex, day);
        end = day + 1;
        for (size_t i = 0; i < n && reason; i++)
            add_opening(ex, day, openings[i]);
        if (!reason || n > 0)
            continue;
        while (is_closed_for(ex, end, reason))
            end++;
        add_closed(ex, day, end);
    }
}

/* --- the file ------------------------------------------------------------------------------- */

static void add_x(icalcomponent *to, const char *name, const char *value)
{
    icalproperty *property = icalproperty_new_x(value);

    icalproperty_set_x_name(property, name);
    icalcomponent_add_property(to, property);
}

static char *written(struct arena *mem, icalcomponent *component)
{
    char *text = icalcomponent_as_ical_string_r(component), *out = arena_text(mem, text);

    icalmemory_free_buffer(text);
    return out;
}

char *calendar_export(struct arena *mem, const char *name, const struct timetable *timetable,
                      const char *zone, instant at)
{
    CLEANUP(free_component) icalcomponent *out = icalcomponent_new_vcalendar();
    day_number today = (day_number)(at.ms / DAY_MS);
    struct exporting ex = { .mem = mem,
                            .timetable = timetable,
                            .zone = timetable->time_zone ? timetable->time_zone : zone,
                            .first = today - CALENDAR_IMPORT_BEFORE,
                            .last = today + CALENDAR_IMPORT_AFTER,
                            .stamp = moment_of(today, (int32_t)(at.ms % DAY_MS / MINUTE_MS)),
                            .out = out };

    timetable_calendar(mem, timetable, zone, at, &ex.calendar);
    ex.stamp.zone = icaltimezone_get_utc_timezone();
    icalcomponent_add_property(out, icalproperty_new_prodid("-//Gestand//Opening hours//EN"));
    icalcomponent_add_property(out, icalproperty_new_version("2.0"));
    add_x(out, "X-WR-CALNAME", name);
    add_x(out, "X-WR-TIMEZONE", ex.zone);
    add_zone(&ex);
    add_week(&ex);
    add_exceptions(&ex);
    return written(mem, out);
}

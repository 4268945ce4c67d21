#include "entries.h"

#include "../../base/text.h"

#include <libical/ical.h>
#include <string.h>
#include <strings.h>

enum { DEPTH_MAX = 8, DAY_MINUTES = 24 * 60, YEAR_MAX = 9999, DURATION_DAYS_MAX = 366 };

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

enum component {
    IN_CALENDAR = 1,
    IN_EVENT = 2,
    IN_AVAILABILITY = 4,
    IN_AVAILABLE = 8,
    IN_ZONE = 16,
    IN_OFFSET = 32,
    IN_OTHER = 64,
    IN_DATED = IN_EVENT | IN_AVAILABLE | IN_OFFSET, /* what has a begin and may repeat */
};

/* Begun and not ended yet. */
struct begun {
    const char *name;
    enum component component;
    int line;
};

struct reader {
    struct arena *mem;
    char *at;         /* what isn't read yet */
    int line, lines;  /* where the content line begins; how many were read */
    const char *text; /* the content line, unfolded */
    struct begun begun[DEPTH_MAX];
    size_t depth;
    const char *zone; /* TZID of the VTIMEZONE */
    size_t room;
    struct entries *out;
    struct entry *entry;
    struct err *err;
};

/* What is wrong with the line; false. */
static bool wrong(const struct reader *r, const char *format, ...) PRINTF(2, 3);
static bool wrong(const struct reader *r, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    err_set(r->err, ERR_INVALID, "line %d: %s", r->line, arena_vprintf(r->mem, format, args));
    va_end(args);
    return false;
}

/* --- dates ---------------------------------------------------------------------------------- */

static bool time_of(const struct reader *r, struct icaltimetype from, const char *zone,
                    struct entry_time *out)
{
    int year, month, dayofmonth;

    if (from.year < 1 || from.year > YEAR_MAX || from.month < 1 || from.month > 12 ||
        from.day < 1 || from.day > 31 || from.hour < 0 || from.hour > 23 || from.minute < 0 ||
        from.minute > 59)
        return wrong(r, "there is no such day or time");
    *out = (struct entry_time){ .day = day_of(from.year, from.month, from.day),
                                .minute = from.is_date ? 0 : from.hour * 60 + from.minute,
                                .is_day = from.is_date,
                                .zone = icaltime_is_utc(from) ? "UTC" : zone };
    date_of(out->day, &year, &month, &dayofmonth);
    return dayofmonth == from.day || wrong(r, "there is no such day");
}

static bool take_time(const struct reader *r, icalproperty *property, struct entry_time *out)
{
    icalparameter *zone = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
    const char *name = zone ? icalparameter_get_tzid(zone) : NULL;
    icalvalue *value = icalproperty_get_value(property);
    icalvalue_kind kind = icalvalue_isa(value);

    if (kind != ICAL_DATE_VALUE && kind != ICAL_DATETIME_VALUE)
        return wrong(r, "%s must be a day or a moment", icalproperty_get_property_name(property));
    return time_of(
        r, kind == ICAL_DATE_VALUE ? icalvalue_get_date(value) : icalvalue_get_datetime(value),
        arena_text(r->mem, name), out);
}

static bool add_time(const struct reader *r, icalproperty *property, struct entry_times *to)
{
    if (to->n == to->room) {
        struct entry_time *items = NEW_ARRAY(r->mem, struct entry_time, 2 * to->room + 4);
        if (to->n > 0)
            memcpy(items, to->items, to->n * sizeof(items[0]));
        to->items = items;
        to->room = 2 * to->room + 4;
    }
    return take_time(r, property, &to->items[to->n++]);
}

static bool take_start(struct reader *r, icalproperty *property)
{
    r->entry->has_start = true;
    return take_time(r, property, &r->entry->start);
}

static bool take_end(struct reader *r, icalproperty *property)
{
    r->entry->has_end = true;
    return take_time(r, property, &r->entry->end);
}

static bool take_date(struct reader *r, icalproperty *property)
{
    return add_time(r, property, &r->entry->dates);
}

static bool take_exception(struct reader *r, icalproperty *property)
{
    return add_time(r, property, &r->entry->except);
}

static bool take_replaced(struct reader *r, icalproperty *property)
{
    r->entry->has_replaced = true;
    return take_time(r, property, &r->entry->replaced);
}

static bool take_duration(struct reader *r, icalproperty *property)
{
    struct icaldurationtype d = icalproperty_get_duration(property);
    int64_t days = (int64_t)d.weeks * 7 + d.days;
    int64_t minutes = (int64_t)d.hours * 60 + d.minutes;

    if (d.is_neg || days < 0 || days > DURATION_DAYS_MAX || minutes < 0 ||
        minutes > DURATION_DAYS_MAX * DAY_MINUTES)
        return wrong(r, "DURATION must be between nothing and a year");
    r->entry->minutes = (int32_t)(days * DAY_MINUTES + minutes);
    return true;
}

/* --- rules ---------------------------------------------------------------------------------- */

/* How many of a list of libical, which ends with a mark or with its room. */
static size_t count(const short *items, size_t max)
{
    size_t n = 0;

    while (n < max && items[n] != ICAL_RECURRENCE_ARRAY_MAX)
        n++;
    return n;
}

static void set_days(struct repeat *out, const short *days)
{
    for (size_t i = 0; i < count(days, ICAL_BY_MONTHDAY_SIZE); i++)
        if (days[i] > 0)
            out->days |= 1u << days[i];
        else if (days[i] < 0)
            out->last_days |= 1u << -days[i];
}

static bool set_weekdays(const struct reader *r, struct repeat *out, const short *days)
{
    size_t n = count(days, ICAL_BY_DAY_SIZE);

    if (n > REPEAT_DAYS_MAX)
        return wrong(r, "RRULE has more than %d days", REPEAT_DAYS_MAX);
    for (size_t i = 0; i < n; i++)
        out->weekdays[i] =
            (struct repeat_day){ ((int)icalrecurrencetype_day_day_of_week(days[i]) + 5) % 7,
                                 icalrecurrencetype_day_position(days[i]) };
    out->weekdays_n = n;
    return true;
}

static bool set_positions(const struct reader *r, struct repeat *out, const short *positions)
{
    size_t n = count(positions, ICAL_BY_SETPOS_SIZE);

    if (n > REPEAT_POSITIONS_MAX)
        return wrong(r, "RRULE has more than %d positions", REPEAT_POSITIONS_MAX);
    for (size_t i = 0; i < n; i++)
        out->positions[i] = positions[i];
    out->positions_n = n;
    return true;
}

static bool is_for_days(const struct icalrecurrencetype *rule)
{
    return rule->freq >= ICAL_DAILY_RECURRENCE && rule->freq <= ICAL_YEARLY_RECURRENCE &&
           count(rule->by_second, 1) == 0 && count(rule->by_minute, 1) == 0 &&
           count(rule->by_hour, 1) == 0 && count(rule->by_year_day, 1) == 0 &&
           count(rule->by_week_no, 1) == 0 && !rule->rscale;
}

static bool take_rule(struct reader *r, icalproperty *property)
{
    struct icalrecurrencetype rule = icalproperty_get_rrule(property);
    struct repeat *out = NEW(r->mem, struct repeat);

    if (!is_for_days(&rule))
        return wrong(r,
                     "RRULE must repeat by days, weeks, months or years, with BYDAY, BYMONTHDAY, "
                     "BYMONTH and BYSETPOS only");
    *out = (struct repeat){ .unit = (enum repeat_unit)(rule.freq - ICAL_DAILY_RECURRENCE),
                            .interval = rule.interval,
                            .count = rule.count,
                            .week_start = ((int)rule.week_start + 5) % 7 };
    for (size_t i = 0; i < count(rule.by_month, ICAL_BY_MONTH_SIZE); i++)
        out->months |= 1u << (rule.by_month[i] & 15);
    set_days(out, rule.by_month_day);
    r->entry->rule = out;
    r->entry->has_until = !icaltime_is_null_time(rule.until);
    if (r->entry->has_until && !time_of(r, rule.until, NULL, &r->entry->until))
        return false;
    return set_weekdays(r, out, rule.by_day) && set_positions(r, out, rule.by_set_pos);
}

/* --- texts ---------------------------------------------------------------------------------- */

/* The text as it is meant. "" when there is none. Lives as long as the property. */
static const char *text_of(icalproperty *property)
{
    icalvalue *value = icalproperty_get_value(property);
    const char *text = NULL;

    if (icalvalue_isa(value) == ICAL_TEXT_VALUE)
        text = icalvalue_get_text(value);
    else if (value)
        text = icalproperty_get_value_as_string(property);
    return text ? text : "";
}

static char *keep(const struct reader *r, icalproperty *property)
{
    const char *text = text_of(property);

    return text_trim(r->mem, utf8_repair(r->mem, text, strlen(text)));
}

static bool take_uid(struct reader *r, icalproperty *property)
{
    r->entry->uid = keep(r, property);
    return true;
}

static bool take_name(struct reader *r, icalproperty *property)
{
    const char *text;

    if (strlen(r->entry->name) > TEXT_LINE_MAX)
        return true;
    text = keep(r, property);
    if (icalproperty_isa(property) == ICAL_SUMMARY_PROPERTY && !r->entry->title)
        r->entry->title = text;
    r->entry->name = arena_printf(r->mem, "%s %s", r->entry->name, text_fold(r->mem, text));
    return true;
}

/* Google's calendars of holidays say of each whether it is one, or only something to remember. */
static bool take_description(struct reader *r, icalproperty *property)
{
    const char *text = text_fold(r->mem, keep(r, property));

    r->entry->is_observance = text_starts(text, "viering") || text_starts(text, "observance");
    return true;
}

static bool take_status(struct reader *r, icalproperty *property)
{
    r->entry->is_cancelled = strcasecmp(keep(r, property), "CANCELLED") == 0;
    return true;
}

static bool take_busy(struct reader *r, icalproperty *property)
{
    r->entry->is_away = strcasecmp(keep(r, property), "OOF") == 0;
    return true;
}

static bool take_all_day(struct reader *r, icalproperty *property)
{
    r->entry->is_all_day = strcasecmp(keep(r, property), "TRUE") == 0;
    return true;
}

/* --- zones ---------------------------------------------------------------------------------- */

static bool take_calendar_zone(struct reader *r, icalproperty *property)
{
    r->out->zone = keep(r, property);
    return true;
}

static bool take_zone(struct reader *r, icalproperty *property)
{
    r->zone = keep(r, property);
    return true;
}

static bool set_offset(const struct reader *r, int offset, int32_t *out)
{
    *out = offset;
    return (offset > -86400 && offset < 86400) || wrong(r, "an offset must be less than a day");
}

static bool take_offset_before(struct reader *r, icalproperty *property)
{
    return set_offset(r, icalproperty_get_tzoffsetfrom(property), &r->entry->offset_before_s);
}

static bool take_offset(struct reader *r, icalproperty *property)
{
    return set_offset(r, icalproperty_get_tzoffsetto(property), &r->entry->offset_s);
}

/* --- a line --------------------------------------------------------------------------------- */

/* The lines that count, where they do. A text that is longer is cut, anything else refused. */
static const struct line {
    const char *name;
    unsigned where;
    icalproperty_kind kind;
    size_t max;
    bool is_text;
    bool (*take)(struct reader *r, icalproperty *property);
} lines[] = {
    { "DTSTART",                     IN_DATED,    ICAL_DTSTART_PROPERTY,      ENTRY_LINE_MAX, false, take_start         },
    { "DTEND",                       IN_DATED,    ICAL_DTEND_PROPERTY,        ENTRY_LINE_MAX, false, take_end           },
    { "DURATION",                    IN_DATED,    ICAL_DURATION_PROPERTY,     ENTRY_LINE_MAX, false, take_duration      },
    { "RRULE",                       IN_DATED,    ICAL_RRULE_PROPERTY,        RULE_LINE_MAX,  false, take_rule          },
    { "RDATE",                       IN_DATED,    ICAL_RDATE_PROPERTY,        ENTRY_LINE_MAX, false, take_date          },
    { "EXDATE",                      IN_DATED,    ICAL_EXDATE_PROPERTY,       ENTRY_LINE_MAX, false, take_exception     },
    { "RECURRENCE-ID",               IN_DATED,    ICAL_RECURRENCEID_PROPERTY, ENTRY_LINE_MAX, false, take_replaced      },
    { "UID",                         IN_DATED,    ICAL_UID_PROPERTY,          TEXT_LINE_MAX,  true,  take_uid           },
    { "SUMMARY",                     IN_DATED,    ICAL_SUMMARY_PROPERTY,      TEXT_LINE_MAX,  true,  take_name          },
    { "CATEGORIES",                  IN_DATED,    ICAL_CATEGORIES_PROPERTY,   TEXT_LINE_MAX,  true,  take_name          },
    { "DESCRIPTION",                 IN_DATED,    ICAL_DESCRIPTION_PROPERTY,  TEXT_LINE_MAX,  true,  take_description   },
    { "STATUS",                      IN_DATED,    ICAL_STATUS_PROPERTY,       TEXT_LINE_MAX,  true,  take_status        },
    { "X-MICROSOFT-CDO-BUSYSTATUS",  IN_DATED,    ICAL_X_PROPERTY,            TEXT_LINE_MAX,  true,  take_busy          },
    { "X-MICROSOFT-CDO-ALLDAYEVENT", IN_DATED,    ICAL_X_PROPERTY,            ENTRY_LINE_MAX, true,
     take_all_day                                                                                                       },
    { "X-WR-TIMEZONE",               IN_CALENDAR, ICAL_X_PROPERTY,            TEXT_LINE_MAX,  true,  take_calendar_zone },
    { "TZID",                        IN_ZONE,     ICAL_TZID_PROPERTY,         TEXT_LINE_MAX,  true,  take_zone          },
    { "TZOFFSETFROM",                IN_OFFSET,   ICAL_TZOFFSETFROM_PROPERTY, ENTRY_LINE_MAX, false,
     take_offset_before                                                                                                 },
    { "TZOFFSETTO",                  IN_OFFSET,   ICAL_TZOFFSETTO_PROPERTY,   ENTRY_LINE_MAX, false, take_offset        },
};

static size_t name_length(const char *text)
{
    return strcspn(text, ":;");
}

static bool is_named(const char *text, const char *name)
{
    return name_length(text) == strlen(name) && strncasecmp(text, name, strlen(name)) == 0;
}

static void free_component(icalcomponent **component)
{
    if (*component)
        icalcomponent_free(*component);
}

/* A line of several values is several properties. */
static bool take_line(struct reader *r, const struct line *line)
{
    size_t len = strlen(r->text);

    if (len > line->max && !line->is_text)
        return wrong(r, "%s is longer than %zu bytes; write several lines", line->name, line->max);
    len = utf8_cut(r->text, len, line->max);

    const char *whole =
        arena_printf(r->mem, "BEGIN:VEVENT\r\n%.*s\r\nEND:VEVENT\r\n", (int)len, r->text);
    CLEANUP(free_component) icalcomponent *component = icalparser_parse_string(whole);
    icalproperty *property =
        component ? icalcomponent_get_first_property(component, ICAL_ANY_PROPERTY) : NULL;

    if (!property && !line->is_text)
        return wrong(r, "%s can't be read", line->name);
    for (; property; property = icalcomponent_get_next_property(component, ICAL_ANY_PROPERTY))
        if (icalproperty_isa(property) != line->kind) {
            if (!line->is_text)
                return wrong(r, "%s can't be read", line->name);
        } else if (!line->take(r, property)) {
            return false;
        }
    return true;
}

/* --- components ----------------------------------------------------------------------------- */

static const struct {
    const char *name;
    unsigned inside; /* 0: nothing */
    enum component component;
} components[] = {
    { "VCALENDAR",     0,               IN_CALENDAR     },
    { "VEVENT",        IN_CALENDAR,     IN_EVENT        },
    { "VAVAILABILITY", IN_CALENDAR,     IN_AVAILABILITY },
    { "AVAILABLE",     IN_AVAILABILITY, IN_AVAILABLE    },
    { "VTIMEZONE",     IN_CALENDAR,     IN_ZONE         },
    { "STANDARD",      IN_ZONE,         IN_OFFSET       },
    { "DAYLIGHT",      IN_ZONE,         IN_OFFSET       },
};

static enum component inside(const struct reader *r)
{
    return r->depth > 0 ? r->begun[r->depth - 1].component : 0;
}

static bool entry_begin(struct reader *r, enum component component)
{
    struct entries *out = r->out;

    if (out->n == ENTRIES_MAX)
        return err_set(r->err, ERR_TOO_LARGE,
                       "line %d: there are more than %d events; export fewer years", r->line,
                       ENTRIES_MAX);
    if (out->n == r->room) {
        struct entry *items = NEW_ARRAY(r->mem, struct entry, 2 * r->room + 16);
        if (out->n > 0)
            memcpy(items, out->items, out->n * sizeof(items[0]));
        out->items = items;
        r->room = 2 * r->room + 16;
    }
    r->entry = &out->items[out->n++];
    *r->entry = (struct entry){ .kind = component == IN_EVENT       ? ENTRY_EVENT
                                        : component == IN_AVAILABLE ? ENTRY_OPENING
                                                                    : ENTRY_OFFSET,
                                .line = r->line,
                                .uid = arena_printf(r->mem, "line %d", r->line),
                                .name = "",
                                .zone = r->zone };
    return true;
}

static bool component_begin(struct reader *r, const char *name)
{
    enum component component = IN_OTHER;

    if (r->depth == DEPTH_MAX)
        return wrong(r, "more than %d BEGINs are open", DEPTH_MAX);
    for (size_t i = 0; i < COUNT(components); i++)
        if (strcasecmp(name, components[i].name) == 0 && inside(r) == components[i].inside)
            component = components[i].component;
    if (r->depth == 0 && component != IN_CALENDAR)
        return wrong(r, "it must begin with BEGIN:VCALENDAR");
    r->begun[r->depth++] = (struct begun){ name, component, r->line };
    if (component == IN_ZONE)
        r->zone = NULL;
    return !(component & IN_DATED) || entry_begin(r, component);
}

/* What makes no sense is named by the line that it begins on. */
static bool entry_check(struct reader *r)
{
    const struct entry *e = r->entry;

    r->line = e->line;
    if (!e->has_start)
        return wrong(r, "it has no DTSTART");
    if (e->kind == ENTRY_OFFSET && !e->zone)
        return wrong(r, "its VTIMEZONE begins without a TZID");
    if (e->has_end && e->end.is_day != e->start.is_day)
        return wrong(r, "DTSTART and DTEND must both be days or both moments");
    return true;
}

static bool component_end(struct reader *r, const char *name)
{
    if (r->depth == 0 || strcasecmp(r->begun[r->depth - 1].name, name) != 0)
        return wrong(r, "END:%s has no BEGIN", text_preview(r->mem, name, 40));
    return !(r->begun[--r->depth].component & IN_DATED) || entry_check(r);
}

/* --- the file ------------------------------------------------------------------------------- */

/* The next line that isn't empty, joined with what is folded behind it (RFC 5545, 3.1): what begins
 * with a blank goes on. In place. */
static bool next_line(struct reader *r)
{
    char *end;

    do {
        if (!*r->at)
            return false;
        r->line = r->lines + 1;
        r->text = end = r->at;
        do {
            r->at += r->at > r->text; /* the blank */
            size_t len = strcspn(r->at, "\r\n");
            memmove(end, r->at, len);
            end += len;
            r->at += len;
            r->at += *r->at == '\r';
            r->at += *r->at == '\n';
            r->lines++;
        } while (*r->at == ' ' || *r->at == '\t');
        *end = '\0';
    } while (end == r->text);
    return true;
}

static bool take(struct reader *r)
{
    const char *value = r->text + name_length(r->text);

    value += *value == ':';
    if (is_named(r->text, "BEGIN"))
        return component_begin(r, text_trim(r->mem, value));
    if (is_named(r->text, "END"))
        return component_end(r, text_trim(r->mem, value));
    if (r->depth == 0)
        return wrong(r, "it must begin with BEGIN:VCALENDAR");
    for (size_t i = 0; i < COUNT(lines); i++)
        if (inside(r) & lines[i].where && is_named(r->text, lines[i].name))
            return take_line(r, &lines[i]);
    return true;
}

bool entries_read(struct arena *mem, struct bytes file, struct entries *out, struct err *err)
{
    struct reader r = { .mem = mem, .out = out, .err = err };

    *out = (struct entries){ 0 };
    icalerror_set_errors_are_fatal(0);
    r.at = utf8_repair(mem, file.data, file.len);
    if (text_starts(r.at, BYTE_ORDER_MARK))
        r.at += strlen(BYTE_ORDER_MARK);
    while (next_line(&r))
        if (!take(&r))
            return false;
    r.line = r.depth > 0 ? r.begun[r.depth - 1].line : 1;
    if (r.depth > 0)
        return wrong(&r, "BEGIN:%s has no END; the file is cut off",
                     text_preview(mem, r.begun[r.depth - 1].name, 40));
    return r.lines > 0 || wrong(&r, "it must begin with BEGIN:VCALENDAR");
}

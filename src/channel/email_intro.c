#include "email_intro.h"

#include <string.h>

#include "../base/text.h"
#include "email_mime.h"
#include "email_text.h"

/* Together with the rest they stay below what a fold takes for an introduction. */
enum { NAME_MAX_BYTES = 60, ADDRESS_MAX_BYTES = 254 };

struct wording {
    const char *language;
    const char *months[12];
    const char *format; /* day, month, year, hour, minute, who */
};

/* The first is for languages that we don't know. French has a no-break space before a colon. */
static const struct wording wordings[] = {
    { "en",
     { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" },
     "On %d %s %d at %02d:%02d, %s wrote:"          },
    { "nl",
     { "jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec" },
     "Op %d %s %d om %02d:%02d schreef %s:"         },
    { "fr",
     { "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.",
        "déc." },
     "Le %d %s %d à %02d:%02d, %s a écrit\xc2\xa0:" },
};

static const struct wording *wording_of(const char *language)
{
    for (size_t i = 0; i < COUNT(wordings); i++)
        if (text_equal(wordings[i].language, language))
            return &wordings[i];
    return &wordings[0];
}

static const char *words_for(struct arena *mem, const struct party *who)
{
    const char *name = email_one_line(mem, who->name ? who->name : "", NAME_MAX_BYTES);
    const char *address = who->address && strlen(who->address) <= ADDRESS_MAX_BYTES
                              ? email_one_line(mem, who->address, ADDRESS_MAX_BYTES)
                              : "";

    if (text_is_blank(name))
        return address;
    return text_is_blank(address) ? name : arena_printf(mem, "%s <%s>", name, address);
}

static GDateTime *local_time(const char *time_zone, instant at)
{
    GTimeZone *zone = time_zone ? g_time_zone_new_identifier(time_zone) : NULL;
    GDateTime *utc = g_date_time_new_from_unix_utc(at.ms / SECOND_MS), *local = NULL;

    if (utc && zone)
        local = g_date_time_to_timezone(utc, zone);
    else if (utc)
        local = g_date_time_ref(utc);
    if (utc)
        g_date_time_unref(utc);
    if (zone)
        g_time_zone_unref(zone);
    return local;
}

const char *email_quote_intro(struct arena *mem, const char *language, const char *time_zone,
                              const struct party *who, instant at)
{
    const struct wording *wording = wording_of(language);
    const char *words = words_for(mem, who), *intro;
    GDateTime *local = text_is_blank(words) ? NULL : local_time(time_zone, at);

    if (!local)
        return NULL;
    intro =
        arena_printf(mem, wording->format, g_date_time_get_day_of_month(local),
                     wording->months[g_date_time_get_month(local) - 1], g_date_time_get_year(local),
                     g_date_time_get_hour(local), g_date_time_get_minute(local), words);
    g_date_time_unref(local);
    return intro;
}

#include "ground.h"

#include "../../auth/organisations.h"
#include "../../base/text.h"
#include "../calendars/calendars.h"
#include "../channels/channels.h"
#include "../wording/wording.h"
#include "judge.h"

#include <string.h>

static bool is_belgian(const char *time_zone)
{
    return text_equal(time_zone, "Europe/Brussels");
}

bool ground_calendar(struct tx *tx, team_id team, channel_id channel, const struct calendar **out,
                     struct err *err)
{
    struct calendar *calendar = NEW(tx->mem, struct calendar);
    struct channel found = { 0 };

    if (team.n == 0 && channel.n != 0 && !channel_get(tx, channel, &found, err))
        return false;
    *out = calendar;
    return calendar_of_team(tx, team.n != 0 ? team : found.team_id, calendar, NULL, err);
}

/* --- what is ours ----------------------------------------------------------------------------- */

struct own_address {
    const char *address;
};

static const struct field own_address_fields[] = {
    FIELD(own_address, address),
    { 0 },
};

/* Who is sent to one of our places isn't sent away, and none of them is anybody's secret. The mail
 * of all colleagues is ours where our channels have theirs, but not where everybody has. */
static void know_own(struct arena *mem, const struct list *channels, const struct wording *wording,
                     bool is_belgian, struct understand_context *out)
{
    const struct own_address *rows = channels->items;
    const char *const *said = wording->own.items;
    struct referral_own *places = NEW(mem, struct referral_own);
    struct personal_own *own = NEW(mem, struct personal_own);
    const char **items = NEW_ARRAY(mem, const char *, channels->n + wording->own.n);
    const char **domains = NEW_ARRAY(mem, const char *, 2 * channels->n + wording->own.n);
    size_t n = 0, domains_n = 0;

    for (size_t i = 0; i < channels->n; i++) {
        const char *at = strrchr(rows[i].address, '@');

        items[n++] = domains[domains_n++] = rows[i].address;
        if (at && !personal_is_mail_house(at + 1))
            domains[domains_n++] = at + 1;
    }
    for (size_t i = 0; i < wording->own.n; i++)
        items[n++] = domains[domains_n++] = said[i];
    *places = (struct referral_own){ items, n };
    *own = (struct personal_own){ is_belgian, items, n, domains, domains_n };
    out->places = places;
    out->own = own;
}

/* --- how we write ----------------------------------------------------------------------------- */

static void know_style(struct arena *mem, const struct wording *wording,
                       const struct channel_room *room, struct style_rules *out)
{
    const struct forbidden_word *unwanted = wording->forbidden.items;
    struct style_word *words = NEW_ARRAY(mem, struct style_word, wording->forbidden.n);

    for (size_t i = 0; i < wording->forbidden.n; i++)
        words[i] = (struct style_word){ unwanted[i].text, unwanted[i].in_compounds };
    *out = (struct style_rules){
        .address = (enum style_address)wording->address,
        .forbidden =
            wording->forbidden.n > 0 ? style_words_of(mem, words, wording->forbidden.n) : NULL,
        .unit = room->unit,
        .limit = (uint32_t)room->limit,
    };
}

static bool get_room(struct tx *tx, channel_id channel, struct channel_room *out, struct err *err)
{
    *out = (struct channel_room){ 0 };
    if (channel.n == 0 || channel_room_get(tx, channel, out, err))
        return true;
    return err->code == ERR_NOT_FOUND ? err_field(err, "channel_id", "is no channel of yours")
                                      : false;
}

void ground_add_place(struct arena *mem, struct understand_context *ground, const char *place)
{
    struct referral_own *places = NEW(mem, struct referral_own);
    size_t n = ground->places->n;
    const char **items = NEW_ARRAY(mem, const char *, n + 1);

    for (size_t i = 0; i < n; i++)
        items[i] = ground->places->items[i];
    items[n] = place;
    *places = (struct referral_own){ items, n + 1 };
    ground->places = places;
}

bool ground_get(struct tx *tx, team_id team, channel_id channel, struct understand_context *out,
                struct err *err)
{
    const struct calendar *calendar;
    struct organisation organisation;
    struct channel_room room;
    struct wording wording;
    struct judge judge;
    struct list channels;

    if (!judge_get(tx, &judge, err) || !organisation_get(tx, &organisation, err) ||
        !wording_get(tx, &wording, err) || !get_room(tx, channel, &room, err) ||
        !ground_calendar(tx, team, channel, &calendar, err) ||
        !db_all(tx, SQL_UNDERSTAND_OWN_ADDRESSES, ARGS(arg_organisation(tx)), own_address_fields,
                sizeof(struct own_address), &channels, err))
        return false;
    *out = (struct understand_context){
        .hints = { .organisation = judge.speaks },
        .learned = judge.learned,
        .calendar = calendar,
    };
    know_own(tx->mem, &channels, &wording, is_belgian(organisation.time_zone), out);
    know_style(tx->mem, &wording, &room, &out->style);
    return true;
}

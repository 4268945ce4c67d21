/* journeys_read.c — what a journey is made of, read from the store. */
#include "journeys.h"

#include "../cases/join.h"
#include "../channels/channels.h"
#include "../understanding/ground.h"

#include <string.h>

/* Later cases of the same person that are looked at. */
enum { OTHERS_MAX = 10 };

static bool is_known(const struct list *lanes, channel_id id)
{
    const struct journey_lane *items = lanes->items;

    for (size_t i = 0; i < lanes->n; i++)
        if (items[i].channel_id.n == id.n)
            return true;
    return false;
}

/* The channels of its messages, in the order in which they came into it. */
static bool read_lanes(struct tx *tx, const struct list *timeline, struct list *out,
                       struct err *err)
{
    const struct timeline_item *items = timeline->items;
    struct journey_lane *lanes = NEW_ARRAY(tx->mem, struct journey_lane, timeline->n + 1);

    *out = (struct list){ lanes, 0 };
    for (size_t i = 0; i < timeline->n; i++) {
        struct channel channel;

        if (items[i].message_id.n == 0 || is_known(out, items[i].channel_id))
            continue;
        if (!channel_get(tx, items[i].channel_id, &channel, err))
            return false;
        lanes[out->n++] = (struct journey_lane){ channel.id, channel.name, channel.type };
    }
    return true;
}

static const struct field later_fields[] = {
    FIELD(casefile, id),
    FIELD(casefile, reference),
    FIELD(casefile, title),
    FIELD(casefile, channel_id),
    FIELD(casefile, person_id),
    FIELD(casefile, opened_at),
    { 0 },
};

static bool add_other(struct tx *tx, const struct casefile *other, message_id said,
                      struct list *out, struct journey_return **added, struct err *err)
{
    struct journey_return *one = (struct journey_return *)out->items + out->n;
    struct channel channel = { .type = "" };

    if (other->channel_id.n != 0 && !channel_get(tx, other->channel_id, &channel, err))
        return false;
    *one = (struct journey_return){ .case_id = other->id,
                                    .reference = other->reference,
                                    .title = other->title,
                                    .at = other->opened_at,
                                    .channel_id = other->channel_id,
                                    .message_id = said,
                                    .type = channel.type };
    *added = one;
    out->n++;
    return true;
}

/* The one that this case came back on, if any. */
static bool read_earlier(struct tx *tx, const struct casefile *c, int64_t days, struct list *out,
                         struct err *err)
{
    struct join_beginning beginning;
    struct journey_return *one;
    struct casefile earlier;

    if (!join_find_before(tx, c, days, &beginning, err))
        return false;
    if (beginning.of.n == 0)
        return true;
    if (!case_get(tx, beginning.of.items[0].id, &earlier, err) ||
        !add_other(tx, &earlier, beginning.message_id, out, &one, err))
        return false;
    one->is_earlier = true;
    one->chance = beginning.of.items[0].joining.chance;
    return true;
}

/* What began with no word of the customer's can't be about anything. */
static bool read_later(struct tx *tx, const struct casefile *c, const struct casefile *later,
                       int64_t days, struct list *out, struct err *err)
{
    struct join_beginning beginning;
    struct journey_return *one;

    if (!join_find_before(tx, later, days, &beginning, err))
        return false;
    if (beginning.of.n == 0)
        return true;
    if (!add_other(tx, later, beginning.message_id, out, &one, err))
        return false;
    if (beginning.of.items[0].id.n == c->id.n)
        one->chance = beginning.of.items[0].joining.chance;
    one->is_vague = !beginning.of.items[0].joining.says_what;
    return true;
}

/* The person's other cases within so many days of this one. */
static bool read_others(struct tx *tx, const struct casefile *c, int64_t days, struct list *out,
                        struct err *err)
{
    instant end = c->status == CASE_DONE ? c->done_at : tx->now;
    int64_t late = days > FOLLOW_DAYS ? days : FOLLOW_DAYS;
    struct list later;

    if (!db_all(tx, SQL_JOURNEY_LATER,
                ARGS(arg_organisation(tx), arg_id(c->person_id), arg_id(c->id),
                     arg_time(c->opened_at), arg_time(instant_plus(end, late * DAY_MS)),
                     arg_int(OTHERS_MAX)),
                later_fields, sizeof(struct casefile), &later, err))
        return false;
    *out = (struct list){ NEW_ARRAY(tx->mem, struct journey_return, later.n + 1), 0 };
    if (!read_earlier(tx, c, days, out, err))
        return false;
    for (size_t i = 0; i < later.n; i++)
        if (!read_later(tx, c, (const struct casefile *)later.items + i, late, out, err))
            return false;
    return true;
}

bool journey_get(struct tx *tx, const struct casefile *c, int64_t days, struct journey *out,
                 struct err *err)
{
    const struct timeline_part newest = { TIMELINE_BEFORE, INT64_MAX, TIMELINE_MANY, false };
    struct journey_input input = { .c = c, .now = tx->now, .days = days };
    struct understand_context ground;
    struct channel began = { 0 };
    bool has_more;

    if (!case_timeline(tx, c->id, &newest, &input.timeline, &has_more, err) ||
        !read_lanes(tx, &input.timeline, &input.lanes, err) ||
        (c->channel_id.n != 0 && !channel_get(tx, c->channel_id, &began, err)) ||
        !read_others(tx, c, days, &input.others, err) ||
        !ground_get(tx, c->team_id, (channel_id){ 0 }, &ground, err))
        return false;
    /* A new case is given to its channel's team, see pipeline/70_route.c; one that was only noted
     * down has none. */
    input.team_id = began.team_id;
    input.ground = &ground;
    journey_of(tx->mem, &input, out);
    out->is_partial = has_more;
    return true;
}

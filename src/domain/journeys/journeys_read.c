/* journeys_read.c — what a journey is made of, read from the store. */
#include "journeys.h"

#include "../channels/channels.h"
#include "../understanding/ground.h"

#include <string.h>

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

bool journey_get(struct tx *tx, const struct casefile *c, int64_t days, struct journey *out,
                 struct err *err)
{
    const struct timeline_part newest = { TIMELINE_BEFORE, INT64_MAX, TIMELINE_MANY };
    struct journey_input input = { .c = c, .now = tx->now, .days = days };
    struct understand_context ground;
    struct channel began = { 0 };
    bool has_more;

    if (!case_timeline(tx, c->id, &newest, &input.timeline, &has_more, err) ||
        !read_lanes(tx, &input.timeline, &input.lanes, err) ||
        (c->channel_id.n != 0 && !channel_get(tx, c->channel_id, &began, err)) ||
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

/* 70_route.c — whose is it? So far: the team of the channel. */
#include "pipeline.h"

bool inbound_route(struct tx *tx, struct inbound *in, struct err *err)
{
    (void)tx, (void)err;
    if (in->c.id.n == 0)
        in->c.team_id = in->channel.team_id;
    return true;
}

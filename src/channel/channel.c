#include "channel.h"

#include "api.h"
#include "email.h"

#include <string.h>

const struct channel_type *const channel_types[] = { &email_channel, &api_channel };
const size_t channel_types_n = COUNT(channel_types);
const char *const channel_type_names[] = { "email", "api", NULL };

const struct channel_type *channel_type_named(const char *name)
{
    for (size_t i = 0; i < channel_types_n; i++)
        if (strcmp(channel_types[i]->name, name) == 0)
            return channel_types[i];
    return NULL;
}

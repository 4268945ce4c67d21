#include "channel.h"

#include "api.h"
#include "chat.h"
#include "email.h"
#include "sms_kannel.h"
#include "sms_twilio.h"
#include "webform.h"

#include <string.h>

static const int64_t MEGABYTE = 1 << 20;

const struct channel_type *const channel_types[] = { &email_channel,  &api_channel,
                                                     &kannel_channel, &twilio_channel,
                                                     &chat_channel,   &form_channel };
const size_t channel_types_n = COUNT(channel_types);
const char *const channel_type_names[] = { "email", "api",  "sms_kannel", "sms_twilio",
                                           "chat",  "form", NULL };

bool channel_takes_text(const struct channel_type *type, const void *settings, const char *text,
                        struct err *err)
{
    struct channel_room room = { 0 };
    struct style_length length;

    if (type->room)
        room = type->room(settings);
    if (room.limit == 0)
        return true;
    style_measure(text, strlen(text), &length);
    switch (room.unit) {
    case STYLE_CHARACTERS:
    case STYLE_GRAPHEMES: {
        uint32_t n = room.unit == STYLE_GRAPHEMES ? length.graphemes : length.characters;
        return n <= room.limit ||
               err_field(err, "text", "has %u characters; this channel takes %lld", n,
                         (long long)room.limit);
    }
    case STYLE_SEGMENTS:
        break;
    }
    if (length.segments <= room.limit)
        return true;
    if (length.is_gsm)
        return err_field(err, "text", "is %u SMS long; this channel sends %lld at most",
                         length.segments, (long long)room.limit);
    return err_field(err, "text",
                     "is %u SMS long with the characters in it that plain SMS lack; this channel "
                     "sends %lld at most",
                     length.segments, (long long)room.limit);
}

bool channel_takes_files(const struct channel_type *type, int64_t size, struct err *err)
{
    return type->files_max == 0 || size <= type->files_max ||
           err_field(err, "files", "have %lld MB together; this channel takes %lld MB",
                     (long long)((size + MEGABYTE - 1) / MEGABYTE),
                     (long long)(type->files_max / MEGABYTE));
}

struct channel_rules channel_rules_of(const struct channel_type *type, const void *settings)
{
    return type->rules ? type->rules(settings) : (struct channel_rules){ 0 };
}

const struct channel_type *channel_type_named(const char *name)
{
    for (size_t i = 0; i < channel_types_n; i++)
        if (strcmp(channel_types[i]->name, name) == 0)
            return channel_types[i];
    return NULL;
}

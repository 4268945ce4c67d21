#include "chat.h"

#include "../base/crypt.h"
#include "../base/json.h"
#include "../base/text.h"
#include "api.h"
#include "brand.h"

#include <string.h>

static const char *const language_names[] = { "nl", "en", "fr", NULL };

static const struct field settings_fields[] = {
    FIELD(chat_settings, address, .flags = REQUIRED | LINE, .min = 1, .max = 200,
          .doc = "What people know it by: the name of the site"),
    FIELD(chat_settings, origins, .flags = LINE, .max = 2000,
          .doc =
              "Where the widget may stand, as https://www.example.org, with blanks between; left "
              "out: only on pages of this server"),
    FIELD(chat_settings, title, .flags = LINE, .max = 60,
          .doc = "Stands above the chat; the address when left out"),
    FIELD(chat_settings, colour, .flags = LINE, .max = 7,
          .doc = "Of the brand, as #0e5a63; white must be readable on it"),
    FIELD(chat_settings, language, .names = language_names,
          .doc = "Of the widget, where the page says none"),
    FIELD(chat_settings, greeting, .max = 500, .doc = "What visitors read first"),
    FIELD(chat_settings, offline_text, .max = 500, .doc = "What they read when nobody is there"),
    FIELD(chat_settings, hours, .max = 500,
          .doc = "As mon-fri 09:00-17:00, sat 10:00-13:00; always open when left out"),
    FIELD(chat_settings, calendar, .flags = LINE, .max = 20,
          .doc = "The id of a calendar whose opening hours hold, in the place of the hours above"),
    FIELD(chat_settings, closed_on_holidays, .doc = "On the public holidays of the country"),
    FIELD(chat_settings, identity_secret, .flags = SECRET, .max = 200,
          .doc = "With it the site signs who its visitor is; made for you when left out"),
    FIELD(chat_settings, mail_channel, .flags = LINE, .max = 20,
          .doc = "The id of the e-mail channel over which answers go on when a visitor is gone"),
    FIELD(chat_settings, mail_after_minutes, .min = 0, .max = 1440,
          .doc = "How long an answer waits to be seen, before it goes by mail; 5 when left out"),
    FIELD(chat_settings, file_mb, .min = 0, .max = 40,
          .doc = "The largest file of a visitor, in MB; 10 when left out"),
    FIELD(chat_settings, challenge_bits, .min = 0, .max = 22,
          .doc = "How much work it is to begin a chat; 14 when left out"),
    { 0 },
};

const struct field chat_message_fields[] = {
    FIELD(chat_message, id, .flags = REQUIRED, .min = 1, .max = 64),
    FIELD(chat_message, visitor, .flags = REQUIRED, .min = 1, .max = 20),
    FIELD(chat_message, thread, .flags = REQUIRED, .min = 1, .max = 40),
    FIELD(chat_message, from_kind, .names = identity_kind_names),
    FIELD(chat_message, from, .flags = REQUIRED, .min = 1, .max = 320),
    FIELD(chat_message, from_name, .max = 200),
    FIELD(chat_message, text, .flags = REQUIRED, .max = CHAT_TEXT_MAX),
    FIELD(chat_message, page, .max = 2000, .doc = "Where the visitor was when it was written"),
    FIELD(chat_message, sent_at),
    FIELD(chat_message, files, .of = api_file_fields, .size = sizeof(struct api_file),
          .max = CHAT_FILES_MAX),
    { 0 },
};

/* --- in ------------------------------------------------------------------------------------- */

char *chat_external_id(struct arena *mem, const char *visitor, const char *id)
{
    return arena_printf(mem, "%s.%s", visitor, id);
}

void chat_incoming(struct arena *mem, const struct chat_message *message, struct incoming *out)
{
    *out = (struct incoming){
        .external_id = chat_external_id(mem, message->visitor, message->id),
        .thread_key = message->thread,
        .from_kind = message->from_kind,
        .from = { message->from_name ? message->from_name : "", message->from },
        .subject = "",
        .text = message->text,
        .fold_at = strlen(message->text),
        .sent_at = message->sent_at,
    };
    api_files(mem, &message->files, &out->files);
}

static bool parse(struct arena *mem, struct bytes raw, struct incoming *out, struct err *err)
{
    struct chat_message message = { 0 };

    if (!json_read(mem, raw, chat_message_fields, &message, err))
        return false;
    chat_incoming(mem, &message, out);
    return true;
}

/* It lies ready for the page from the moment it's stored. */
static void send(struct arena *mem, const void *settings, const struct outgoing *message,
                 struct receipt *out)
{
    (void)mem, (void)settings, (void)message;
    *out = (struct receipt){ .delivery = DELIVERY_SENT };
}

/* --- settings --------------------------------------------------------------------------------- */

/* An origin: scheme, host, perhaps a port, and nothing that would end a header or a directive. */
static bool is_origin(const char *text)
{
    const char *host = text_starts(text, "https://")  ? text + 8
                       : text_starts(text, "http://") ? text + 7
                                                      : NULL;

    return host && *host && host[strspn(host, "abcdefghijklmnopqrstuvwxyz0123456789.-:*")] == '\0';
}

static bool check_origins(struct arena *mem, struct chat_settings *chat, struct err *err)
{
    const char *all = "";

    for (const char *at = chat->origins ? chat->origins : ""; *(at += strspn(at, " ,\t"));) {
        size_t len = strcspn(at, " ,\t");
        const char *one = text_lower(mem, arena_text_n(mem, at, len));
        if (len > 8 && one[len - 1] == '/')
            one = arena_text_n(mem, one, len - 1);
        if (!is_origin(one))
            return err_field(err, "/settings/origins",
                             "must be addresses like https://www.example.org");
        all = arena_printf(mem, "%s%s%s", all, *all ? " " : "", one);
        at += len;
    }
    chat->origins = *all ? all : NULL;
    return true;
}

static bool check(struct arena *mem, void *settings, struct err *err)
{
    struct chat_settings *chat = settings;
    struct chat_hours hours;
    int64_t id;

    if (text_is_blank(chat->language))
        chat->language = "nl";
    if (text_is_blank(chat->identity_secret))
        chat->identity_secret = random_text(mem, 52);
    if (strlen(chat->identity_secret) < CHAT_SECRET_MIN)
        return err_field(err, "/settings/identity_secret", "must be at least %d letters",
                         CHAT_SECRET_MIN);
    if (!text_is_blank(chat->mail_channel) &&
        !id_read("chn", chat->mail_channel, strlen(chat->mail_channel), &id))
        return err_field(err, "/settings/mail_channel", "isn't a channel's id");
    if (!text_is_blank(chat->calendar) &&
        !id_read("cal", chat->calendar, strlen(chat->calendar), &id))
        return err_field(err, "/settings/calendar", "isn't a calendar's id");
    if (!chat_hours_read(chat->hours, &hours, err)) {
        struct err why = *err;
        err_clear(err);
        return err_field(err, "/settings/hours", "%s", why.text);
    }
    return brand_colour_check(mem, &chat->colour, err) && check_origins(mem, chat, err);
}

static const char *address(const void *settings)
{
    return ((const struct chat_settings *)settings)->address;
}

static void show_secret(struct arena *mem, const void *settings, const char *channel,
                        struct channel_secret *out)
{
    (void)mem, (void)channel;
    *out = (struct channel_secret){
        .secret = ((const struct chat_settings *)settings)->identity_secret,
    };
}

/* There is no other side to be tried. */
static bool test(struct arena *mem, const void *settings, struct err *err)
{
    (void)mem, (void)settings, (void)err;
    return true;
}

char *chat_ancestors(struct arena *mem, const struct chat_settings *settings)
{
    return text_is_blank(settings->origins) ? arena_text(mem, "'self'")
                                            : arena_printf(mem, "'self' %s", settings->origins);
}

struct chat_hours chat_hours_of(const struct chat_settings *settings, const char *time_zone)
{
    struct chat_hours hours;
    struct err err;

    /* What is stored was readable once; what isn't any more is always open: then nobody is sent
     * away without need. */
    if (!chat_hours_read(settings->hours, &hours, &err))
        hours = (struct chat_hours){ .is_always = true };
    hours.has_holidays = settings->closed_on_holidays;
    hours.is_belgian = text_equal(time_zone, "Europe/Brussels");
    hours.is_utc = text_equal(time_zone, "UTC") || text_equal(time_zone, "Etc/UTC");
    return hours;
}

const struct channel_type chat_channel = {
    .name = "chat",
    .skills = CAN_ATTACH | CAN_REPEAT,
    .message_host = "chat.invalid",
    .answers_to = ANSWERS_TO(IDENTITY_EXTERNAL) | ANSWERS_TO(IDENTITY_LOGIN),
    .settings_fields = settings_fields,
    .settings_size = sizeof(struct chat_settings),
    .check = check,
    .address = address,
    .show_secret = show_secret,
    .parse = parse,
    .send = send,
    .test = test,
};

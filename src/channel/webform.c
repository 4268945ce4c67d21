#include "webform.h"

#include "../base/json.h"
#include "../base/text.h"
#include "api.h"
#include "brand.h"

#include <string.h>

static const char *const language_names[] = { "nl", "en", "fr", NULL };
static const char *const need_names[] = { "optional", "required", "off", NULL };

static const struct field settings_fields[] = {
    FIELD(webform_settings, address, .flags = REQUIRED | LINE, .min = 1, .max = 200,
          .doc = "What people know it by: the page that links to it"),
    FIELD(webform_settings, title, .flags = LINE, .max = 60,
          .doc = "Stands above the form; the address when left out"),
    FIELD(webform_settings, colour, .flags = LINE, .max = 7,
          .doc = "Of the brand, as #0e5a63; white must be readable on it"),
    FIELD(webform_settings, language, .names = language_names,
          .doc = "Of the page; the visitor's when left out"),
    FIELD(webform_settings, greeting, .max = 500, .doc = "Stands above the fields"),
    FIELD(webform_settings, sent_text, .max = 500,
          .doc = "What people read when it is sent, beside their number: how long an answer takes, "
                 "and what to do when it can't wait"),
    FIELD(webform_settings, ask_name, .names = need_names),
    FIELD(webform_settings, ask_email, .names = need_names,
          .doc = "Where neither it nor the number is required, one of them is"),
    FIELD(webform_settings, ask_phone, .names = need_names),
    FIELD(webform_settings, ask_subject, .names = need_names),
    FIELD(webform_settings, ask_file, .names = need_names),
    FIELD(webform_settings, file_mb, .min = 0, .max = 20,
          .doc = "The largest file, in MB; 10 when left out"),
    { 0 },
};

const struct field webform_message_fields[] = {
    FIELD(webform_message, id, .flags = REQUIRED, .min = 1, .max = 64),
    FIELD(webform_message, name, .max = 200),
    FIELD(webform_message, email, .max = 254),
    FIELD(webform_message, phone, .max = 40),
    FIELD(webform_message, subject, .max = 200),
    FIELD(webform_message, text, .flags = REQUIRED, .min = 1, .max = WEBFORM_TEXT_MAX),
    FIELD(webform_message, language, .max = 2),
    FIELD(webform_message, sent_at),
    FIELD(webform_message, files, .of = api_file_fields, .size = sizeof(struct api_file),
          .max = WEBFORM_FILES_MAX),
    { 0 },
};

/* --- in ------------------------------------------------------------------------------------- */

void webform_incoming(struct arena *mem, const struct webform_message *message,
                      struct incoming *out)
{
    bool has_mail = !text_is_blank(message->email);

    *out = (struct incoming){
        .external_id = message->id,
        .from_kind = has_mail ? IDENTITY_EMAIL : IDENTITY_PHONE,
        .from = { message->name ? message->name : "", has_mail ? message->email : message->phone },
        .only_says = true,
        .subject = message->subject ? message->subject : "",
        .text = message->text,
        .fold_at = strlen(message->text),
        .sent_at = message->sent_at,
    };
    if (has_mail && !text_is_blank(message->phone)) {
        out->also_kind = IDENTITY_PHONE;
        out->also = message->phone;
    }
    api_files(mem, &message->files, &out->files);
}

static bool parse(struct arena *mem, struct bytes raw, struct incoming *out, struct err *err)
{
    struct webform_message message = { 0 };

    if (!json_read(mem, raw, webform_message_fields, &message, err))
        return false;
    if (text_is_blank(message.email) && text_is_blank(message.phone))
        return err_set(err, ERR_INVALID, "it leaves no address to be answered at");
    webform_incoming(mem, &message, out);
    return true;
}

/* Who tries all the same is told. */
static void send(struct arena *mem, const void *settings, const struct outgoing *message,
                 struct receipt *out)
{
    (void)mem, (void)settings, (void)message;
    *out = (struct receipt){ .delivery = DELIVERY_REFUSED,
                             .words = "a web form can't be answered on its page" };
}

/* --- settings --------------------------------------------------------------------------------- */

static bool check(struct arena *mem, void *settings, struct err *err)
{
    struct webform_settings *form = settings;

    if (form->ask_email == FIELD_OFF && form->ask_phone == FIELD_OFF)
        return err_field(err, "/settings/ask_email",
                         "must be asked, or the telephone number: nobody could be answered");
    return brand_colour_check(mem, &form->colour, err);
}

static const char *address(const void *settings)
{
    return ((const struct webform_settings *)settings)->address;
}

/* There is no other side to be tried. */
static bool test(struct arena *mem, const void *settings, struct err *err)
{
    (void)mem, (void)settings, (void)err;
    return true;
}

const struct channel_type form_channel = {
    .name = "form",
    .skills = IS_ONE_WAY,
    .message_host = "form.invalid",
    .answers_to = ANSWERS_TO(IDENTITY_EMAIL) | ANSWERS_TO(IDENTITY_PHONE),
    .settings_fields = settings_fields,
    .settings_size = sizeof(struct webform_settings),
    .check = check,
    .address = address,
    .parse = parse,
    .send = send,
    .test = test,
};

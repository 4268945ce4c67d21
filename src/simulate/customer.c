/* customer.c — what a tenant says goes to the server by the channel's own way. */
#include "play_inside.h"
#include "truth.h"

#include "../base/buf.h"
#include "../base/form.h"
#include "../base/json.h"
#include "../base/text.h"
#include "../channel/api.h"
#include "../channel/chat.h"
#include "../channel/chat_challenge.h"
#include "../channel/chat_token.h"
#include "../channel/email_write.h"

#include <string.h>

static const int64_t CHAT_STAYS_MS = 40 * MINUTE_MS;

/* The contact's id on its channel. */
static const char *id_of(struct play *play, const struct story *story, const char *way,
                         const char *end)
{
    return arena_printf(play->mem, "%s-%s-%lld%s", way, play->mark, (long long)story->contact, end);
}

/* --- mail ------------------------------------------------------------------------------------- */

/* On top stands what Lindewerf's mail server found: everybody here is who he says he is. */
static struct bytes delivered(struct arena *mem, struct bytes raw)
{
    char *whole = arena_printf(mem, "Authentication-Results: " MAIL_CHECKER "; dmarc=pass\r\n%.*s",
                               (int)raw.len, (const char *)raw.data);

    return (struct bytes){ (const uint8_t *)whole, strlen(whole) };
}

static bool mail(struct play *play, struct story *story, const struct story *old,
                 const struct utterance *said, struct err *err)
{
    struct arena *mem = play->turn;
    const struct story *from = old ? old : story;
    bool is_answer = said->how == HOW_THREAD || said->how == HOW_ASTRAY;
    struct party to = { "Lindewerf", "service@lindewerf.example" };
    const char *references[] = { from->mail_id };
    const char *host = strrchr(said->who->email, '@');
    struct email_draft draft = {
        .message_id = id_of(play, story, "mail", host),
        .from = { said->who->from_name, said->who->email },
        .to = { &to,                  1                },
        .subject = said->subject,
        .text = said->text,
        .sent_at = clock_now(),
    };
    struct bytes raw;

    if (is_answer) {
        draft.subject = arena_printf(mem, "Re: %s", from->mail_subject);
        draft.in_reply_to = from->mail_id;
        draft.references = (struct list){ references, 1 };
    }
    story->heard.message = draft.message_id;
    return email_write(mem, &draft, &raw, err) &&
           office_receive(&play->office, mem, WAY_MAIL, story->heard.message, delivered(mem, raw),
                          err);
}

/* --- SMS -------------------------------------------------------------------------------------- */

/* As Kannel posts it. */
static bool sms(struct play *play, struct story *story, const struct utterance *said,
                struct err *err)
{
    struct arena *mem = play->turn;
    const char *raw;

    story->heard.message = id_of(play, story, "sms", "");
    raw = arena_printf(mem, "id=%s&from=%s&to=%s&coding=0&charset=UTF-8\n%s", story->heard.message,
                       percent_write(mem, said->who->phone), percent_write(mem, SMS_NUMBER),
                       said->text);
    return office_receive(&play->office, mem, WAY_SMS, story->heard.message,
                          (struct bytes){ (const uint8_t *)raw, strlen(raw) }, err);
}

/* --- the app, and notes of calls -------------------------------------------------------------- */

static bool hand_in(struct play *play, enum way way, const struct api_message *message,
                    struct err *err)
{
    CLEANUP(buf_free) struct buf json = BUF(1 << 20);
    const char *path, *body;

    json_write(&json, api_message_fields, message);
    path = arena_printf(play->turn, "/api/v1/channels/%s/messages",
                        id_text("chn", play->office.channels[way].n).s);
    return office_call(&play->office, play->turn, "POST", path, NULL, buf_str(&json), &body, err);
}

static const char *number_of(struct arena *mem, const struct tenant *who)
{
    return arena_printf(mem, "K%06lld", (long long)who->number);
}

static bool app(struct play *play, struct story *story, const struct utterance *said,
                struct err *err)
{
    struct api_message message = {
        .from = number_of(play->turn, said->who),
        .from_kind = IDENTITY_EXTERNAL,
        .from_name = said->who->name,
        .text = said->text,
    };

    if (said->how != HOW_THREAD)
        story->app_thread = id_of(play, story, "melding", "");
    message.thread = story->app_thread;
    message.external_id = story->heard.message = id_of(play, story, "app", "");
    return hand_in(play, WAY_APP, &message, err);
}

/* Of a number that isn't shown, or isn't known, the colleague asks whose it is, and finds him in
 * the table. */
static bool phone(struct play *play, struct story *story, struct utterance *said, struct err *err)
{
    bool is_shown =
        !said->who->is_known || (said->who->phone_is_known && dice_in_100(&story->dice, 85));
    struct api_message message = {
        .from = is_shown ? said->who->phone : number_of(play->turn, said->who),
        .from_kind = is_shown ? IDENTITY_PHONE : IDENTITY_EXTERNAL,
        .from_name = said->who->name,
        .text = said->text,
    };

    message.external_id = story->heard.message = id_of(play, story, "call", "");
    message.thread = message.external_id;
    said->says_who = true; /* he is asked */
    return hand_in(play, WAY_PHONE, &message, err);
}

/* --- chat ------------------------------------------------------------------------------------- */

static const char *chat_path(struct play *play, const char *what)
{
    return arena_printf(play->turn, "/chat/%s/%s",
                        id_text("chn", play->office.channels[WAY_CHAT].n).s, what);
}

static bool chat_begin(struct play *play, struct story *story, struct err *err)
{
    struct arena *mem = play->turn;
    const char *body, *challenge;

    if (!office_call(&play->office, mem, "GET", chat_path(play, "site"), "", NULL, &body, err))
        return false;
    challenge = json_text_at(mem, body, "challenge");
    if (!office_call(&play->office, mem, "POST", chat_path(play, "visitors"), "",
                     arena_printf(mem,
                                  "{\"challenge\":\"%s\",\"number\":\"%s\",\"language\":\"%s\","
                                  "\"page\":\"https://www.lindewerf.example/contact\"}",
                                  challenge, chat_challenge_solve(mem, challenge),
                                  tongue_codes[story->tenant->tongue]),
                     &body, err))
        return false;
    story->visitor = arena_text(play->mem, json_text_at(mem, body, "token"));
    return true;
}

static bool chat_say(struct play *play, const struct story *story, const char *id, const char *text,
                     struct err *err)
{
    CLEANUP(buf_free) struct buf json = BUF(1 << 20);
    const char *body;

    buf_printf(&json, "{\"id\":\"%s\",\"text\":", id);
    json_write_text(&json, text);
    buf_char(&json, '}');
    return office_call(&play->office, play->turn, "POST", chat_path(play, "messages"),
                       story->visitor, buf_str(&json), &body, err);
}

/* The site says who is logged in; others may say it themselves. */
static bool chat_prove(struct play *play, const struct story *story, const struct tenant *who,
                       struct err *err)
{
    struct arena *mem = play->turn;
    const char *secret = play->office.chat_secret, *body;
    const char *claims =
        arena_printf(mem, "{\"sub\":\"%s\",\"name\":\"%s\",\"exp\":%lld}", who->login, who->name,
                     (long long)((clock_now().ms + HOUR_MS) / SECOND_MS));
    const char *token =
        chat_token_write(mem, claims, (struct bytes){ (const uint8_t *)secret, strlen(secret) });

    return office_call(&play->office, mem, "PUT", chat_path(play, "identity"), story->visitor,
                       arena_printf(mem, "{\"token\":\"%s\"}", token), &body, err);
}

static bool chat_leave_mail(struct play *play, const struct story *story, const struct tenant *who,
                            struct err *err)
{
    const char *body;

    return office_call(
        &play->office, play->turn, "PUT", chat_path(play, "contact"), story->visitor,
        arena_printf(play->turn, "{\"email\":\"%s\",\"name\":\"%s\"}", who->email, who->name),
        &body, err);
}

static bool chat(struct play *play, struct story *story, struct utterance *said, struct err *err)
{
    const struct tenant *who = said->who;
    const char *id = arena_printf(play->turn, "c%lld", (long long)story->contact);
    bool is_new = said->how != HOW_THREAD;
    bool is_logged_in = who->login && who->is_known && dice_in_100(&story->dice, 75);

    if (is_new && !chat_begin(play, story, err))
        return false;
    if (is_new && is_logged_in && !chat_prove(play, story, who, err))
        return false;
    if (is_new && !is_logged_in && dice_in_100(&story->dice, 70) &&
        !chat_leave_mail(play, story, who, err))
        return false;
    story->visitor_until = instant_plus(clock_now(), CHAT_STAYS_MS);
    story->heard.message = chat_external_id(
        play->mem, arena_text_n(play->turn, story->visitor, strcspn(story->visitor, ".")), id);
    if (!chat_say(play, story, id, said->text, err))
        return false;
    said->says_who = is_new && !is_logged_in && dice_in_100(&story->dice, 85);
    return !said->says_who ||
           chat_say(play, story, arena_printf(play->turn, "%sw", id),
                    story_say(play->turn, story, who, manners_in(who->tongue)->says_who), err);
}

/* --- all of them ------------------------------------------------------------------------------ */

static bool say(struct play *play, struct story *story, const struct story *old,
                struct utterance *said, struct err *err)
{
    switch (said->way) {
    case WAY_MAIL:
        return mail(play, story, old, said, err);
    case WAY_PHONE:
        return phone(play, story, said, err);
    case WAY_CHAT:
        return chat(play, story, said, err);
    case WAY_APP:
        return app(play, story, said, err);
    case WAY_SMS:
        return sms(play, story, said, err);
    case WAYS_N:
        return true;
    }
    return true;
}

static bool write_down(struct play *play, const struct story *story, const struct utterance *said,
                       struct err *err)
{
    struct truth_line line = {
        .kind = "contact",
        .person = said->who->number,
        .household = said->who->household,
        .contact = story->contact,
        .story = story->number,
        .need = story->need->kind,
        .way = way_names[said->way],
        .how = how_names[said->how],
        .message = story->heard.message,
        .at = clock_now(),
    };

    return !play->truth || truth_write(play->truth, &line, err);
}

bool customer_speak(struct play *play, struct story *story, const struct story *old,
                    struct err *err)
{
    struct utterance said;
    struct message message;

    story_speak(play->turn, story, &play->town, clock_now(), old, &said);
    story->contact = play->played.contacts++;
    if (!say(play, story, old, &said, err) ||
        !office_find(&play->office, play->turn, story->heard.message, &message, err))
        return false;
    landing_add(play, &play->cases,
                message.place_case_id.n != 0 ? message.place_case_id.n : message.case_id.n,
                story->number);
    landing_add(play, &play->people, message.person_id.n, said.who->number);
    story->way = said.way;
    story->contacts++;
    story->is_answered = false;
    story->is_over = said.tone == TONE_THANKS;
    story->heard.says_who = said.says_who;
    story->heard.who = said.who;
    play->played.ways[said.way]++;
    return write_down(play, story, &said, err);
}

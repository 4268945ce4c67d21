#include "sms.h"

#include "../base/buf.h"
#include "../base/phone.h"
#include "../base/text.h"
#include "../language/style.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { SHORT_MOST = 6, NAME_MOST = 11, ABROAD_LEAST = 10 };

/* --- lengths -----------------------------------------------------------------------------------
 */

bool sms_is_gsm(const char *text)
{
    size_t first;

    return style_not_gsm(text, strlen(text), &first) == 0;
}

struct channel_room sms_room(const struct sms_limits *limits)
{
    return (struct channel_room){ STYLE_SEGMENTS, limits->segments_max > 0 ? limits->segments_max
                                                                           : SMS_SEGMENTS_DEFAULT };
}

/* --- numbers -----------------------------------------------------------------------------------
 */

static size_t count_digits(const char *s)
{
    return strspn(s, "0123456789");
}

static bool is_all_digits(const char *s)
{
    return *s != '\0' && s[count_digits(s)] == '\0';
}

/* As E.164 where it can only mean one number: exchanges often leave the + out. */
static const char *number_of(struct arena *mem, const char *s)
{
    char number[PHONE_MAX];

    if (is_all_digits(s) && s[0] != '0' && strlen(s) >= ABROAD_LEAST)
        s = arena_printf(mem, "+%s", s);
    if (s[0] != '+' && !text_starts(s, "00"))
        return s;
    return phone_read(s, strlen(s), PHONE_NETHERLANDS, number) ? arena_text(mem, number) : s;
}

/* A short number, or a name. */
static bool is_machine(const char *from)
{
    size_t n = count_digits(from + (from[0] == '+'));

    return from[n + (from[0] == '+')] != '\0' || n <= SHORT_MOST;
}

bool sms_check_address(const char *address, struct err *err)
{
    char number[PHONE_MAX];
    size_t n = 0;

    if (address[0] == '+')
        return (phone_read(address, strlen(address), PHONE_NETHERLANDS, number) &&
                strcmp(number, address) == 0) ||
               err_field(err, "settings/address", "must be written like +31612345678");
    while (isalnum((unsigned char)address[n]) || address[n] == ' ')
        n++;
    return (address[n] == '\0' && n <= NAME_MOST) ||
           err_field(err, "settings/address",
                     "must be a number like +31612345678 or 1008, or a name of at most %d letters "
                     "and digits",
                     NAME_MOST);
}

/* --- words -------------------------------------------------------------------------------------
 */

bool sms_is_stop(struct arena *mem, const char *text)
{
    static const char *const words[] = {
        "stop", "stopall", "stoppen",    "afmelden",      "uitschrijven", "unsubscribe",
        "quit", "arret",   "desabonner", "se desabonner", "desinscrire",
    };
    char *word = text_fold(mem, text_trim(mem, text));
    size_t len = strlen(word);

    while (len > 0 && strchr(".! ", word[len - 1]))
        word[--len] = '\0';
    for (size_t i = 0; i < COUNT(words); i++)
        if (strcmp(word, words[i]) == 0)
            return true;
    return false;
}

char *sms_read_ucs2(struct arena *mem, struct bytes bytes)
{
    struct buf out = BUF(bytes.len * 2 + 4);
    char utf8[4], *text;

    for (size_t at = 0; at + 1 < bytes.len; at += 2) {
        uint32_t c = (uint32_t)bytes.data[at] << 8 | bytes.data[at + 1];

        if (c >= 0xd800 && c < 0xdc00 && at + 3 < bytes.len && bytes.data[at + 2] >> 2 == 0x37) {
            c = 0x10000 + ((c & 0x3ff) << 10) +
                ((uint32_t)(bytes.data[at + 2] & 3) << 8 | bytes.data[at + 3]);
            at += 2;
        } else if (c >= 0xd800 && c < 0xe000) {
            c = 0xfffd;
        }
        buf_add(&out, utf8, utf8_write(c, utf8));
    }
    text = utf8_repair(mem, buf_str(&out), out.len);
    buf_free(&out);
    return text;
}

void sms_incoming(struct arena *mem, const struct sms *sms, struct incoming *out)
{
    const char *from = text_trim(mem, sms->from ? sms->from : "");
    const char *to = number_of(mem, text_trim(mem, sms->to ? sms->to : ""));
    struct party *us = NEW(mem, struct party);

    from = number_of(mem, from);
    *us = (struct party){ "", to };
    *out = (struct incoming){
        .external_id = text_is_blank(sms->id) ? NULL : sms->id,
        .thread_key = from,
        .from_kind = is_machine(from) ? IDENTITY_EXTERNAL : IDENTITY_PHONE,
        .from = { "", *from ? from : NULL },
        .to = { us, *to ? 1 : 0         },
        .subject = "",
        .text = sms->text,
        .fold_at = strlen(sms->text),
        .sent_at = sms->sent_at,
        .is_auto = is_machine(from) || strcmp(from, to) == 0,
        .is_stop = sms_is_stop(mem, sms->text),
    };
}

/* --- providers ---------------------------------------------------------------------------------
 */

void sms_answered(int status, struct receipt *out)
{
    /* Whatever the message is: nobody there, or nobody who lets us in. */
    out->is_channel_down = status == 401 || status == 403 || status == 404 || status >= 500;
    if (status >= 200 && status < 300)
        out->delivery = DELIVERY_SENT;
    else if (out->is_channel_down || status == 429)
        out->delivery = DELIVERY_LATER;
    else
        out->delivery = DELIVERY_REFUSED;
}

void sms_no_answer(const struct fetched *answer, const struct err *why, struct receipt *out)
{
    *out = (struct receipt){ .is_channel_down = true };
    if (answer->was_asked)
        out->delivery = DELIVERY_UNKNOWN;
    else
        out->delivery = err_is_temporary(why) ? DELIVERY_LATER : DELIVERY_REFUSED;
    snprintf(out->words, sizeof(out->words), "%.200s%s", why->text,
             answer->was_asked ? ": perhaps it was sent" : "");
}

bool sms_check_our_url(struct arena *mem, const char **url, struct err *err)
{
    const char *host;
    size_t len;

    if (text_is_blank(*url))
        return true;
    len = strlen(*url);
    if ((*url)[len - 1] == '/')
        *url = arena_text_n(mem, *url, len - 1);
    host = strstr(*url, "://");
    return (host && !strpbrk(host + 3, "/?#")) ||
           err_field(err, "settings/our_url", "must be without a path, as https://example.org");
}

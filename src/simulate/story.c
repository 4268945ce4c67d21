#include "story.h"

#include "../base/text.h"

#include <string.h>

const char *const how_names[] = { "first", "thread", "again", "switch", "astray", NULL };

enum { CHAT_SLIPS = 7, HASTY_SLIPS = 4, SLIPS = 1 };

void story_begin(struct arena *mem, uint64_t seed, int64_t number, struct tenant *tenant,
                 const struct need *need, struct story *out)
{
    const struct manners *manners = manners_in(tenant->tongue);

    *out = (struct story){
        .number = number,
        .tenant = tenant,
        .need = need,
        .dice = dice_of(seed ^ UINT64_C(0x51a7), (uint64_t)number),
    };
    out->since = draw_text(mem, &out->dice, manners->since, NULL, 0);
    out->month = draw_text(mem, &out->dice, manners->months, NULL, 0);
    out->amount = arena_printf(mem, "%lld,%02lld", (long long)dice_between(&out->dice, 35, 890),
                               (long long)dice_below(&out->dice, 100));
    out->days = arena_printf(mem, "%lld", (long long)dice_between(&out->dice, 2, 11));
    out->agent = (int)dice_below(&out->dice, AGENTS_N);
}

char *story_say(struct arena *mem, struct story *story, const struct tenant *who,
                const char *pattern)
{
    const struct word words[] = {
        { "since",   story->since                  },
        { "month",   story->month                  },
        { "amount",  story->amount                 },
        { "days",    story->days                   },
        { "name",    story->need->name             },
        { "more",    story->need->more             },
        { "first",   story->need->first            },
        { "who",     who->name                     },
        { "address", who->address                  },
        { "day",     manners_in(who->tongue)->when },
    };

    return draw_text(mem, &story->dice, pattern, words, COUNT(words));
}

/* --- which way -------------------------------------------------------------------------------- */

static bool can_go(const struct tenant *who, enum way way)
{
    switch (way) {
    case WAY_APP:
        return who->login && who->is_known;
    case WAY_MAIL:
    case WAY_PHONE:
    case WAY_CHAT:
    case WAY_SMS:
    case WAYS_N:
        return true;
    }
    return true;
}

/* Another one than `not` (WAYS_N: any). */
static enum way choose_way(struct dice *dice, const struct tenant *who, enum way not)
{
    static const int weights[WAYS_N] = {
        [WAY_MAIL] = 42, [WAY_PHONE] = 27, [WAY_CHAT] = 15, [WAY_APP] = 10, [WAY_SMS] = 6
    };
    enum way way;

    do
        way = (enum way)dice_weighed(dice, weights, WAYS_N);
    while (way == not|| !can_go(who, way));
    return way;
}

static bool has_thread(const struct story *story, instant now)
{
    switch (story->way) {
    case WAY_MAIL:
        return story->mail_id && story->is_answered;
    case WAY_CHAT:
        return story->visitor && now.ms < story->visitor_until.ms;
    case WAY_APP:
        return story->app_thread;
    case WAY_SMS:
        return story->is_answered;
    case WAY_PHONE:
    case WAYS_N:
        return false;
    }
    return false;
}

static enum how choose_how(struct story *story, instant now)
{
    if (story->contacts == 0)
        return HOW_FIRST;
    if (has_thread(story, now) && dice_in_100(&story->dice, 50))
        return HOW_THREAD;
    return dice_in_100(&story->dice, 40) ? HOW_AGAIN : HOW_SWITCH;
}

static enum tone choose_tone(struct story *story, enum how how)
{
    static const int anew[] = {
        [TONE_ASK] = 45, [TONE_VAGUE] = 18, [TONE_ADD] = 20, [TONE_ANGRY] = 17
    };
    static const int answering[] = { [TONE_ANGRY] = 15, [TONE_REPLY] = 50, [TONE_THANKS] = 35 };

    if (how == HOW_FIRST || how == HOW_ASTRAY)
        return TONE_FIRST;
    if (how == HOW_THREAD)
        return story->is_answered
                   ? (enum tone)dice_weighed(&story->dice, answering, COUNT(answering))
                   : TONE_VAGUE;
    return (enum tone)dice_weighed(&story->dice, anew, COUNT(anew));
}

/* --- in which words --------------------------------------------------------------------------- */

static const char *words_of(struct arena *mem, struct story *story, const struct utterance *out)
{
    const struct manners *manners = manners_in(out->who->tongue);
    bool is_named = dice_in_100(&story->dice, 60);
    const char *patterns[] = {
        [TONE_FIRST] = story->need->first,
        [TONE_ASK] = manners->ask,
        [TONE_VAGUE] = manners->ask_vague,
        [TONE_ADD] = manners->add,
        [TONE_ANGRY] = is_named ? manners->angry : manners->angry_vague,
        [TONE_REPLY] = manners->reply,
        [TONE_THANKS] = manners->thanks,
    };
    const char *text = story_say(mem, story, out->who, patterns[out->tone]);

    if (out->tone == TONE_FIRST && dice_in_100(&story->dice, 35))
        text = arena_printf(mem, "%s %s", text, story_say(mem, story, out->who, story->need->more));
    if (out->tone == TONE_ASK && dice_in_100(&story->dice, 20))
        text = arena_printf(mem, "%s %s", text, story_say(mem, story, out->who, story->need->more));
    return text;
}

/* He says a number that he was told. */
static const char *add_reference(struct arena *mem, struct story *story, const char *text,
                                 struct utterance *out)
{
    const char *number = story->reference;
    const struct word ref[] = {
        { "ref", story->reference }
    };

    if (story->dossier && (!number || dice_in_100(&story->dice, 40)))
        number = story->dossier;
    if (!number || out->how < HOW_AGAIN || !dice_in_100(&story->dice, 25))
        return text;
    return arena_printf(mem, "%s %s", text,
                        draw_text(mem, &story->dice, manners_in(out->who->tongue)->by_ref,
                                  &(struct word){ ref[0].name, number }, 1));
}

static const char *subject_of(struct arena *mem, struct story *story, const struct utterance *out)
{
    const struct manners *manners = manners_in(out->who->tongue);

    if (out->tone == TONE_FIRST)
        return story_say(mem, story, out->who, story->need->subject);
    if (out->tone != TONE_VAGUE && dice_in_100(&story->dice, 55))
        return story_say(mem, story, out->who, story->need->subject);
    return story_say(mem, story, out->who, manners->news);
}

static const char *dress(struct arena *mem, struct story *story, const char *text,
                         struct utterance *out)
{
    const struct manners *manners = manners_in(out->who->tongue);
    int slips = out->who->is_hasty ? HASTY_SLIPS : SLIPS;

    switch (out->way) {
    case WAY_MAIL:
        text = draw_slips(mem, &story->dice, text, slips);
        if (out->how == HOW_THREAD && dice_in_100(&story->dice, 40))
            return text;
        out->says_who = dice_in_100(&story->dice, 60);
        return arena_printf(mem, "%s\n\n%s\n\n%s\n%s%s%s",
                            story_say(mem, story, out->who, manners->greet), text,
                            story_say(mem, story, out->who, manners->close), out->who->name,
                            out->says_who ? "\n" : "", out->says_who ? out->who->address : "");
    case WAY_CHAT:
        text = draw_slips(mem, &story->dice, text, CHAT_SLIPS);
        return dice_in_100(&story->dice, 50) ? text_lower(mem, text) : text;
    case WAY_SMS:
        text = draw_slips(mem, &story->dice, text, CHAT_SLIPS);
        out->says_who = dice_in_100(&story->dice, 20);
        return out->says_who
                   ? arena_printf(mem, "%s %s, %s", text, out->who->last, out->who->address)
                   : text;
    case WAY_APP:
        return draw_slips(mem, &story->dice, text, slips);
    case WAY_PHONE:
    case WAYS_N:
        return text;
    }
    return text;
}

/* A colleague writes down what is said on the phone. */
static const char *note_of(struct arena *mem, struct story *story, const char *said,
                           const struct utterance *out)
{
    const struct manners *manners = manners_in(out->who->tongue);
    const struct word words[] = {
        { "first", said           },
        { "who",   out->who->name }
    };

    return draw_text(mem, &story->dice,
                     out->tone == TONE_FIRST ? manners->called : manners->called_again, words,
                     COUNT(words));
}

static const char *other_subject(struct arena *mem, struct story *story, const char *text,
                                 const struct utterance *out)
{
    return arena_printf(mem, "%s %s",
                        story_say(mem, story, out->who, manners_in(out->who->tongue)->by_the_way),
                        text);
}

void story_speak(struct arena *mem, struct story *story, const struct town *town, instant now,
                 const struct story *old, struct utterance *out)
{
    const char *text;

    *out = (struct utterance){ .who = story->tenant, .how = choose_how(story, now) };
    if (old)
        out->how = HOW_ASTRAY;
    if (out->how >= HOW_AGAIN && !old && dice_in_100(&story->dice, 3))
        out->who = town_other(town, story->tenant);
    out->way = story->way;
    if (out->how == HOW_FIRST)
        out->way = choose_way(&story->dice, out->who, WAYS_N);
    else if (out->how == HOW_SWITCH || !can_go(out->who, story->way))
        out->way = choose_way(&story->dice, out->who, story->way);
    if (old)
        out->way = WAY_MAIL;
    out->tone = choose_tone(story, out->how);
    text = add_reference(mem, story, words_of(mem, story, out), out);
    if (old)
        text = other_subject(mem, story, text, out);
    if (out->way == WAY_PHONE)
        text = note_of(mem, story, text, out);
    out->text = dress(mem, story, text, out);
    out->subject = subject_of(mem, story, out);
}

/* --- what we say ------------------------------------------------------------------------------ */

const char *story_answer(struct arena *mem, struct story *story, const struct tenant *who,
                         const char *agent, bool *is_done)
{
    const struct manners *manners = manners_in(who->tongue);
    static const int weights[] = { 40, 30, 10, 20 };
    const char *patterns[] = { manners->answer, manners->promise, manners->referral,
                               manners->done };
    size_t kind = dice_weighed(&story->dice, weights, COUNT(weights));
    const char *text = story_say(mem, story, who, patterns[kind]);
    const struct word by[] = {
        { "who",   who->name },
        { "agent", agent     }
    };

    *is_done = kind == 3 || dice_in_100(&story->dice, 30);
    if (kind == 0 && dice_in_100(&story->dice, 35))
        text = arena_printf(mem, "%s %s", text, story_say(mem, story, who, manners->promise));
    if (story->record && !story->dossier && dice_in_100(&story->dice, 40)) {
        story->dossier = story->record;
        text = arena_printf(mem, "%s (%s)", text, story->record);
    }
    if (story->way != WAY_MAIL)
        return text;
    return arena_printf(mem, "%s\n\n%s\n\n%s",
                        draw_text(mem, &story->dice, manners->dear, by, COUNT(by)), text,
                        draw_text(mem, &story->dice, manners->regards, by, COUNT(by)));
}

#include "understand.h"

#include "../base/text.h"
#include "courtesies.h"
#include "emotion.h"
#include "promises.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MARGIN_STEPS = 1000 };

/* --- as JSON ------------------------------------------------------------------------------- */

static const struct field promise_fields[] = {
    FIELD(understood_promise, from),
    FIELD(understood_promise, to),
    FIELD(understood_promise, action, .flags = REQUIRED),
    FIELD(understood_promise, starts),
    FIELD(understood_promise, due, .doc = "By when, in the zone of the calendar; null: not said"),
    FIELD(understood_promise, firm),
    FIELD(understood_promise, ticked, .doc = "So clear that it counts unless somebody says no"),
    FIELD(understood_promise, closed_day, .doc = "Nobody works on that day"),
    { 0 },
};

static const struct field referral_fields[] = {
    FIELD(understood_referral, from),
    FIELD(understood_referral, to),
    FIELD(understood_referral, kind, .flags = REQUIRED),
    FIELD(understood_referral, target, .flags = REQUIRED),
    FIELD(understood_referral, own),
    { 0 },
};

static const struct field personal_fields[] = {
    FIELD(understood_personal, kind, .flags = REQUIRED),
    FIELD(understood_personal, from),
    FIELD(understood_personal, to),
    FIELD(understood_personal, certainty, .flags = REQUIRED, .doc = "block or warn"),
    FIELD(understood_personal, masked, .flags = REQUIRED),
    { 0 },
};

static const struct field style_fields[] = {
    FIELD(understood_style, kind, .flags = REQUIRED),
    FIELD(understood_style, from),
    FIELD(understood_style, to),
    FIELD(understood_style, number),
    { 0 },
};

#define ITEMS(s) .of = s##_fields, .size = sizeof(struct understood_##s)

const struct field understanding_fields[] = {
    FIELD(understanding, language, .flags = REQUIRED, .doc = "nl, en, fr, de; empty: not known"),
    FIELD(understanding, margin, .doc = "To the next language, 0 to 1"),
    FIELD(understanding, read,
          .doc = "Bytes of the text that were looked at: when it is longer, the rest wasn't"),
    FIELD(understanding, polarity, .flags = REQUIRED, .doc = "neg, neu or pos"),
    FIELD(understanding, emotion, .flags = REQUIRED),
    FIELD(understanding, intent, .flags = REQUIRED),
    FIELD(understanding, urgency, .flags = REQUIRED),
    FIELD(understanding, doubtful, .doc = "Perhaps it is irony: a person should look"),
    FIELD(understanding, why, .doc = "The words that weighed most"),
    FIELD(understanding, promises, ITEMS(promise)),
    FIELD(understanding, referrals, ITEMS(referral)),
    FIELD(understanding, personal, ITEMS(personal)),
    FIELD(understanding, style, ITEMS(style)),
    { 0 },
};

/* --- the parts ------------------------------------------------------------------------------ */

static void add_why(const struct verdict *verdict, struct list *why)
{
    const char **words = why->items;

    for (size_t i = 0; i < verdict->why_n; i++) {
        size_t k = 0;
        while (k < why->n && !text_equal(words[k], verdict->why[i]))
            k++;
        if (k == why->n)
            words[why->n++] = verdict->why[i];
    }
}

static void judge_mood(struct arena *mem, const struct tokens *tokens,
                       const struct understand_context *context, struct understanding *out)
{
    struct mood mood;
    const struct verdict *verdicts[] = { &mood.urgency, &mood.polarity, &mood.emotion,
                                         &mood.intent };

    mood_of(mem, tokens, context->learned, &mood);
    out->polarity = model_polarity.classes[mood.polarity.class];
    out->emotion = model_emotion.classes[mood.emotion.class];
    out->intent = model_intent.classes[mood.intent.class];
    out->urgency = model_urgency.classes[mood.urgency.class];
    out->doubtful = mood.is_doubtful;
    out->why.items = NEW_ARRAY(mem, const char *, COUNT(verdicts) * WHY_MAX);
    for (size_t i = 0; i < COUNT(verdicts); i++)
        add_why(verdicts[i], &out->why);
}

static const char *moment(struct arena *mem, const struct calendar *calendar, instant at)
{
    struct local_time local;
    int year, month, day, zone;

    if (at.ms == 0)
        return NULL;
    local = calendar_local(calendar, at);
    zone = calendar->offset_s(calendar->arg, at) / 60;
    date_of(local.day, &year, &month, &day);
    return arena_printf(mem, "%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", year, month, day,
                        local.minute / 60, local.minute % 60, local.second, zone < 0 ? '-' : '+',
                        abs(zone) / 60, abs(zone) % 60);
}

/* Promises are learned in Dutch and English: what looks like one in French or German is asked about
 * before it counts. */
static bool is_learned(const char *language)
{
    return strcmp(language, "fr") != 0 && strcmp(language, "de") != 0;
}

static void find_promises(struct arena *mem, const struct tokens *tokens,
                          const struct understand_context *context, const char *language,
                          struct promises *found, struct list *out)
{
    const struct calendar *calendar = context->calendar ? context->calendar : &calendar_dutch;
    struct understood_promise *items;

    promises_of(mem, tokens, context->at, calendar, found);
    items = NEW_ARRAY(mem, struct understood_promise, found->n);
    for (size_t i = 0; i < found->n; i++) {
        const struct commitment *promise = &found->items[i];
        items[i] = (struct understood_promise){
            .from = promise->from,
            .to = promise->to,
            .action = promise_actions[promise->action],
            .starts = moment(mem, calendar, promise->starts_at),
            .due = moment(mem, calendar, promise->due_at),
            .firm = promise->is_firm,
            .ticked = promise->is_ticked && (promise->is_short || is_learned(language)),
            .closed_day = promise->is_closed_day,
        };
    }
    *out = (struct list){ items, found->n };
}

/* "!bel morgen 12:00" is ours to do: it sends nobody to 12. */
static bool is_in_short(const struct promises *promises, const struct referral *referral)
{
    for (size_t i = 0; i < promises->n; i++)
        if (promises->items[i].is_short && referral->from < promises->items[i].to &&
            promises->items[i].from < referral->to)
            return true;
    return false;
}

static void find_referrals(struct arena *mem, const struct tokens *tokens, const char *language,
                           const struct understand_context *context,
                           const struct promises *promises, struct list *out)
{
    struct understood_referral *items;
    struct referrals found;
    size_t n = 0;

    referrals_of(mem, tokens, language, context->places, &found);
    items = NEW_ARRAY(mem, struct understood_referral, found.n);
    for (size_t i = 0; i < found.n; i++) {
        if (is_in_short(promises, &found.items[i]))
            continue;
        items[n++] = (struct understood_referral){
            .from = found.items[i].from,
            .to = found.items[i].to,
            .kind = referral_kinds[found.items[i].kind],
            .target = found.items[i].target,
            .own = found.items[i].is_own,
        };
    }
    *out = (struct list){ items, n };
}

static void find_personal(struct arena *mem, const struct tokens *tokens,
                          const struct understand_context *context, struct list *out)
{
    struct understood_personal *items;
    struct personal found;

    personal_find(mem, tokens->text, tokens->len, context->own, &found);
    items = NEW_ARRAY(mem, struct understood_personal, found.n);
    for (size_t i = 0; i < found.n; i++)
        items[i] = (struct understood_personal){
            .kind = personal_kind_name(found.hits[i].kind),
            .from = found.hits[i].from,
            .to = found.hits[i].to,
            .certainty = found.hits[i].certainty == PERSONAL_BLOCK ? "block" : "warn",
            .masked = found.hits[i].masked,
        };
    *out = (struct list){ items, found.n };
}

static void judge_style(struct arena *mem, const struct tokens *tokens, const char *language,
                        const struct understand_context *context, struct list *out)
{
    struct style_rules rules = context->style;
    struct understood_style *items;
    struct style found;

    rules.language = language;
    style_find(mem, tokens, &rules, &found);
    items = NEW_ARRAY(mem, struct understood_style, found.n);
    for (size_t i = 0; i < found.n; i++)
        items[i] = (struct understood_style){
            .kind = style_kind_name(found.findings[i].kind),
            .from = found.findings[i].from,
            .to = found.findings[i].to,
            .number = found.findings[i].number,
        };
    *out = (struct list){ items, found.n };
}

static void hear(struct arena *mem, const char *text, size_t len,
                 const struct understand_context *context, struct tokens *tokens,
                 struct understanding *out)
{
    struct detected detected;
    struct tokens said;

    *out = (struct understanding){ 0 };
    tokens_of(mem, text, len, tokens);
    detected = detect_language(tokens, &context->hints);
    if (context->language != LANGUAGE_UNKNOWN)
        detected.language = context->language;
    out->language = language_codes[detected.language];
    out->margin = round((double)detected.margin * MARGIN_STEPS) / MARGIN_STEPS;
    out->read = (int64_t)tokens->len;
    said = *tokens;
    courtesies_skip(mem, &said);
    judge_mood(mem, &said, context, out);
}

void understand_mood(struct arena *mem, const char *text, size_t len,
                     const struct understand_context *context, struct understanding *out)
{
    struct tokens tokens;

    hear(mem, text, len, context, &tokens, out);
}

void understand(struct arena *mem, const char *text, size_t len,
                const struct understand_context *context, struct understanding *out)
{
    struct promises promises;
    struct tokens tokens;

    hear(mem, text, len, context, &tokens, out);
    find_personal(mem, &tokens, context, &out->personal);
    if (!context->is_outgoing)
        return;
    find_promises(mem, &tokens, context, out->language, &promises, &out->promises);
    find_referrals(mem, &tokens, out->language, context, &promises, &out->referrals);
    judge_style(mem, &tokens, out->language, context, &out->style);
}

#include "emotion.h"

#include "combine.h"
#include "harm.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define BIT(cue) (UINT64_C(1) << CUE_##cue)

/* What is danger when both stand near each other in a sentence; a rule with one cue needs no
 * other. Near-misses have the one without the other: a gas bill, a burning question, a train
 * that is stuck, a card for the bus. */
struct danger {
    uint64_t what, with;
    size_t apart; /* tokens at most */
    unsigned denied;
};
/* How it is denied: by a word in front of `what`; also one in front of the other or between both
 * ("ruikt niet naar gas"); also by "nobody". Said of air that isn't there a "no" denies nothing. */
enum { AT_WHAT = 0, AT_BOTH = 1, BY_NOBODY = 2, NAMES_IT = 4 };
static const struct danger dangers[] = {
    { BIT(hazard), 0,          0,  NAMES_IT                       },
    { BIT(gas),    BIT(smell), 5,  AT_BOTH | NAMES_IT             },
    { BIT(fire),   BIT(place), 6,  NAMES_IT                       },
    { BIT(wet),    BIT(power), 9,  AT_WHAT                        },
    { BIT(locked), BIT(lift),  7,  AT_BOTH | BY_NOBODY | NAMES_IT },
    { BIT(breath), BIT(stop),  6,  AT_WHAT                        },
    { BIT(stolen), BIT(means), 10, AT_BOTH | NAMES_IT             },
    { BIT(weak),   BIT(cold),  12, AT_WHAT                        },
};

/* Where danger is looked for, and what was seen. */
struct hunt {
    const struct tokens *tokens;
    const struct features *features;
    size_t first, end; /* of the sentence */
    bool has_denied, has_open;
};

enum { THANKS_APART = 3, WRY_APART = 2, WRY_WORDS_MAX = 10 }; /* tokens */

static bool is_one_of(const char *text, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(text, words[i]) == 0)
            return true;
    return false;
}

/* "niet normaal", "not only": that denies nothing; nor does a Dutch "pas", which is a card. */
static bool is_no_denial(const struct hunt *hunt, size_t at)
{
    static const char *const behind[] = { "alleen", "allein",    "bloss",  "enkel", "juste",
                                          "just",   "normaal",   "normal", "nur",   "only",
                                          "que",    "seulement", "te",     "zomaar" };
    static const char *const dutch[] = {
        "een", "het",  "hem", "jullie", "kunnen", "ik",   "is",
        "met", "mijn", "mn",  "niet",   "ov",     "werd", "wordt"
    };
    const struct token *tokens = hunt->tokens->tokens;

    if (at + 1 < hunt->end && is_one_of(tokens[at + 1].text, behind, COUNT(behind)))
        return true;
    if (strcmp(tokens[at].text, "pas") != 0)
        return false;
    for (size_t i = hunt->first; i < hunt->end; i++)
        if (is_one_of(tokens[i].text, dutch, COUNT(dutch)))
            return true;
    return false;
}

/* Does another part of the sentence begin between the two? */
static bool is_parted(const struct tokens *tokens, size_t from, size_t to)
{
    size_t at = tokens->tokens[from].to, len = tokens->tokens[to].from - at;

    return memchr(tokens->text + at, ',', len) || memchr(tokens->text + at, ';', len);
}

/* Is there a word that denies in [from, to), in the same part of the sentence as `at`? */
static bool has_denial(const struct hunt *hunt, uint64_t words, size_t from, size_t to, size_t at)
{
    for (size_t i = from > hunt->first ? from : hunt->first; i < to; i++)
        if (hunt->features->cues[i] & words && !is_no_denial(hunt, i) &&
            !is_parted(hunt->tokens, i, at))
            return true;
    return false;
}

/* "geen gaslucht", "not stolen", "er zit niemand vast in de lift". */
static bool is_denied(const struct hunt *hunt, const struct danger *danger, size_t what,
                      size_t with)
{
    const bool by_nobody = danger->denied & BY_NOBODY;
    const uint64_t words = BIT(negate) | (by_nobody ? BIT(nobody) : 0);
    const size_t reach = by_nobody ? 3 : 2;
    size_t low = what < with ? what : with, high = what < with ? with : what;

    if (has_denial(hunt, words, what > reach ? what - reach : 0, what, what))
        return true;
    if (!(danger->denied & AT_BOTH) || what == with)
        return false;
    return has_denial(hunt, words, with > reach ? with - reach : 0, with, with) ||
           has_denial(hunt, words, low + 1, high, high);
}

static void name_danger(struct arena *mem, const struct tokens *tokens, size_t a, size_t b,
                        struct verdict *out)
{
    const size_t both[] = { a < b ? a : b, a < b ? b : a };

    out->why_n = 0;
    for (size_t i = a == b; i < 2; i++) {
        const struct token *token = &tokens->tokens[both[i]];

        out->why[out->why_n++] =
            arena_text_n(mem, tokens->text + token->from, token->to - token->from);
    }
}

static bool find_partner(const struct features *features, const struct danger *danger, size_t from,
                         size_t end, size_t at, size_t *partner)
{
    size_t i = at > from + danger->apart ? at - danger->apart : from;

    *partner = at;
    if (!danger->with)
        return true;
    for (; i < end && i <= at + danger->apart; i++) {
        if (i == at || !(features->cues[i] & danger->with))
            continue;
        *partner = i;
        return true;
    }
    return false; /* *partner is what stands alone */
}

/* "Bedankt voor het dichten", "thanks for": thanks for something that was done. */
static bool is_thanks_for(const struct hunt *hunt, size_t at)
{
    static const char *const words[] = { "voor", "for", "pour", "fur", "d'avoir", "dat", "that" };

    if (!(hunt->features->cues[at] & BIT(thank)))
        return false;
    for (size_t i = at + 1; i < hunt->end && i <= at + THANKS_APART; i++)
        if (is_one_of(hunt->tokens->tokens[i].text, words, COUNT(words)))
            return true;
    return false;
}

/* Is it told of as past, possible or insured, or thanked for? What stands in front of a "but" says
 * nothing of what stands behind it: "thanks for the mail, but there is smoke". */
static bool is_told_safely(const struct hunt *hunt, size_t danger)
{
    size_t from = hunt->first;

    for (size_t i = hunt->first; i < danger; i++)
        if (hunt->features->cues[i] & BIT(contrast))
            from = i;
    for (size_t i = from; i < hunt->end; i++)
        if (hunt->features->cues[i] & BIT(safe) || is_thanks_for(hunt, i))
            return true;
    return false;
}

/* Danger in the hunt's sentence? */
static bool find_danger(struct arena *mem, struct hunt *hunt, struct verdict *out)
{
    const struct features *features = hunt->features;
    uint64_t all = 0;

    for (size_t i = hunt->first; i < hunt->end; i++)
        all |= features->cues[i];
    for (size_t d = 0; d < COUNT(dangers); d++) {
        const struct danger *danger = &dangers[d];
        for (size_t i = hunt->first, partner; all & danger->what && i < hunt->end; i++) {
            bool is_whole, is_false;

            if (!(features->cues[i] & danger->what))
                continue;
            is_whole = find_partner(features, danger, hunt->first, hunt->end, i, &partner);
            is_false = is_denied(hunt, danger, i, partner);
            hunt->has_denied |= danger->denied & NAMES_IT && is_false;
            hunt->has_open |= danger->denied & NAMES_IT && !is_false;
            if (!is_whole || is_false || is_told_safely(hunt, i < partner ? i : partner))
                continue;
            name_danger(mem, hunt->tokens, i, partner, out);
            return true;
        }
    }
    return false;
}

static void be_critical(struct verdict *urgency)
{
    urgency->class = URGENCY_CRITICAL;
    memset(urgency->probabilities, 0, sizeof(urgency->probabilities));
    urgency->probabilities[URGENCY_CRITICAL] = 1;
    urgency->margin = 1;
}

/* Who only says that there is no fire has nothing critical, whatever his words mean elsewhere. */
static void be_calm(struct verdict *urgency)
{
    float left = 1 - urgency->probabilities[URGENCY_CRITICAL], second = 0;
    size_t best = URGENCY_LOW;

    urgency->probabilities[URGENCY_CRITICAL] = 0;
    for (size_t i = 0; i < URGENCY_CRITICAL; i++) {
        urgency->probabilities[i] = left > 0 ? urgency->probabilities[i] / left : 0;
        if (urgency->probabilities[i] > urgency->probabilities[best])
            best = i;
    }
    for (size_t i = 0; i < URGENCY_CRITICAL; i++)
        if (i != best)
            second = fmaxf(second, urgency->probabilities[i]);
    urgency->class = best;
    urgency->margin = fminf(urgency->probabilities[best] - second, 1);
}

/* Nobody is glad of danger, whatever his thanks are for. */
static void be_negative(struct verdict *polarity, struct verdict *emotion)
{
    size_t best = EMOTION_ANGER;
    float second = 0, total = 0;

    memset(polarity->probabilities, 0, sizeof(polarity->probabilities));
    polarity->class = POLARITY_NEGATIVE;
    polarity->probabilities[POLARITY_NEGATIVE] = 1;
    polarity->margin = 1;
    emotion->probabilities[EMOTION_JOY] = 0;
    for (size_t i = 0; i < EMOTION_JOY; i++)
        if (emotion->probabilities[i] > emotion->probabilities[best])
            best = i;
    /* Danger without a feeling is worry. */
    if (emotion->probabilities[EMOTION_NEUTRAL] > emotion->probabilities[best] ||
        emotion->probabilities[best] <= 0) {
        best = EMOTION_WORRY;
        emotion->probabilities[best] += emotion->probabilities[EMOTION_NEUTRAL] + FLT_MIN;
        emotion->probabilities[EMOTION_NEUTRAL] = 0;
    }
    for (size_t i = 0; i <= EMOTION_NEUTRAL; i++)
        total += emotion->probabilities[i];
    for (size_t i = 0; i <= EMOTION_NEUTRAL; i++) {
        emotion->probabilities[i] /= total;
        if (i != best)
            second = fmaxf(second, emotion->probabilities[i]);
    }
    emotion->class = best;
    emotion->margin = fmaxf(0, fminf(emotion->probabilities[best] - second, 1));
}

static void look_for_danger(struct arena *mem, const struct tokens *tokens,
                            const struct features *features, struct mood *out)
{
    struct hunt hunt = { .tokens = tokens, .features = features };
    struct harm harm;

    for (size_t s = 0; s < tokens->sentences_n && !out->is_dangerous; s++) {
        const struct sentence *sentence = &tokens->sentences[s];

        hunt.first = sentence->first;
        hunt.end = sentence->first + sentence->n;
        if (!sentence->is_quoted)
            out->is_dangerous = find_danger(mem, &hunt, &out->urgency);
    }
    if (!out->is_dangerous && harm_find(mem, tokens, &harm)) {
        out->is_dangerous = true;
        name_danger(mem, tokens, harm.from, harm.to, &out->urgency);
    }
    if (out->is_dangerous) {
        be_critical(&out->urgency);
        be_negative(&out->polarity, &out->emotion);
    } else if (hunt.has_denied && !hunt.has_open && out->urgency.class == URGENCY_CRITICAL) {
        be_calm(&out->urgency);
    }
}

/* "Lekker bezig", "great, again", "na toll": praise with a small word that takes it back, in a text
 * that says little else. */
static bool is_wry(const struct tokens *tokens, const struct features *features)
{
    static const char *const words[] = { "again", "bezig", "dan",  "encore", "he",
                                         "hein",  "hoor",  "joh",  "mal",    "mate",
                                         "na",    "not",   "weer", "wieder", "zeg",
                                         "sure",  "echt",  "dis",  "donc",   "jongens" };
    const uint64_t praise = BIT(good) | BIT(praise) | BIT(irony);

    for (size_t i = 0; i < tokens->n && tokens->n <= WRY_WORDS_MAX; i++) {
        size_t from = i > 1 ? i - 1 : 0;

        if (!(features->cues[i] & praise))
            continue;
        for (size_t k = from; k < tokens->n && k <= i + WRY_APART; k++)
            if (k != i && is_one_of(tokens->tokens[k].text, words, COUNT(words)))
                return true;
    }
    return false;
}

/* Words of praise, and a fact that nobody praises: waiting, again, broken, nobody, a promise. */
static bool may_be_irony(const struct tokens *tokens, const struct features *features)
{
    const uint64_t praise = BIT(good) | BIT(praise) | BIT(thank) | BIT(irony) | BIT(joy);
    const uint64_t fact =
        BIT(wait) | BIT(again) | BIT(defect) | BIT(nobody) | BIT(promise) | BIT(bad) | BIT(crime);
    size_t praised = 0, facts = 0;

    for (size_t i = 0; i < tokens->n; i++) {
        uint64_t cues = features->cues[i];

        praised += (cues & praise) != 0;
        facts += (cues & fact) != 0 && !(cues & praise) &&
                 /* An answer or a message is none, as long as nobody says that there is none. */
                 ((cues & fact) != BIT(nobody) || cues & BIT(negate));
        if (cues & BIT(solved))
            return false;
    }
    return praised > 0 && facts > 0;
}

static const struct model *const models[COMBINED] = { &model_polarity, &model_emotion,
                                                      &model_intent, &model_urgency };

static void take(const float probabilities[CLASSES_MAX], size_t classes_n, struct verdict *out)
{
    float second = 0;

    memcpy(out->probabilities, probabilities, sizeof(out->probabilities));
    for (size_t i = 0; i < classes_n; i++)
        if (probabilities[i] > probabilities[out->class])
            out->class = i;
    for (size_t i = 0; i < classes_n; i++)
        if (i != out->class)
            second = fmaxf(second, probabilities[i]);
    /* What was added up may be a hair more than 1. */
    out->margin = fminf(probabilities[out->class] - second, 1);
}

/* Did people's corrections make the verdict surer than this? Then they decide it. */
static const float MOVED = 0.1F;

static bool is_moved(const struct verdict *before, const struct verdict *verdict)
{
    size_t class = verdict->class;

    return verdict->probabilities[class] - before->probabilities[class] > MOVED;
}

/* Judges them together. What people's corrections decide stands as it is, and has no say in the
 * other verdicts: there it counts as if nobody had corrected it. */
static void judge_together(const struct lookup *lookup, struct verdict verdicts[COMBINED])
{
    float own[COMBINED][CLASSES_MAX], together[COMBINED][CLASSES_MAX];
    bool is_corrected[COMBINED] = { false };
    struct lookup uncorrected = *lookup;

    uncorrected.learned = NULL;
    for (size_t i = 0; i < COMBINED; i++) {
        struct verdict before;

        model_judge(&uncorrected, models[i], &before);
        verdicts[i] = before;
        if (lookup->learned)
            model_judge(lookup, models[i], &verdicts[i]);
        is_corrected[i] = is_moved(&before, &verdicts[i]);
        memcpy(own[i], (is_corrected[i] ? before : verdicts[i]).probabilities, sizeof(own[i]));
    }
    combine(model_combinations, model_combinations_n, own, together);
    for (size_t i = 0; i < COMBINED; i++)
        if (!is_corrected[i])
            take(together[i], models[i]->classes_n, &verdicts[i]);
}

void mood_of(struct arena *mem, const struct tokens *tokens, const struct learned *learned,
             struct mood *out)
{
    struct verdict verdicts[COMBINED];
    struct features features;
    struct lookup lookup;

    features_of(mem, tokens, 0, tokens->n, &features);
    lookup = lookup_of(mem, models[0]->table, learned, tokens, &features);
    judge_together(&lookup, verdicts);
    model_explain(mem, &lookup, models, COMBINED, verdicts);
    *out = (struct mood){ verdicts[0], verdicts[1], verdicts[2], verdicts[3], false, false };
    look_for_danger(mem, tokens, &features, out);
    out->is_doubtful = may_be_irony(tokens, &features) || is_wry(tokens, &features);
}

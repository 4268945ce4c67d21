#include "detect.h"

#include "detect_table.h"
#include "grams.h"

#include <math.h>
#include <string.h>

/* So many words tell the language of any text. */
enum { WORDS_LOOKED_AT = 24 };

/* What a hint weighs, as the logarithm of a probability. */
#define EARLIER_WEIGHT      2.0F
#define CHANNEL_WEIGHT      1.2F
#define ORGANISATION_WEIGHT 0.8F

const char *const language_codes[LANGUAGES] = { "", "nl", "en", "fr", "de" };

enum language language_of_code(const char *code)
{
    for (size_t i = LANGUAGE_NL; i < LANGUAGES; i++)
        if (code && strcmp(language_codes[i], code) == 0)
            return (enum language)i;
    return LANGUAGE_UNKNOWN;
}

/* What is looked up so many grams later is asked of the memory already. */
enum { AHEAD = 8 };

struct sums {
    const struct detect_slot *table;
    int64_t weights[DETECT_KNOWN];
    size_t found;
    struct detect_hash waiting[AHEAD]; /* a ring: asked for, not looked up yet */
    size_t asked;
};

static void look_up(struct sums *sums, struct detect_hash hash)
{
    const struct detect_slot *slot;

    for (uint32_t at = hash.slot;; at = (at + 1) % DETECT_SLOTS) {
        slot = &sums->table[at];
        if (slot->key == hash.key || slot->key == 0)
            break;
    }
    if (slot->key == 0)
        return;
    sums->found++;
    for (size_t i = 0; i < DETECT_KNOWN; i++)
        sums->weights[i] += slot->weights[i];
}

static void add_gram(void *arg, const char *gram, size_t len, bool is_word)
{
    struct sums *sums = arg;
    struct detect_hash *place = &sums->waiting[sums->asked % AHEAD];

    (void)is_word;
    if (sums->asked++ >= AHEAD)
        look_up(sums, *place);
    *place = detect_hash(gram, len);
    __builtin_prefetch(&sums->table[place->slot]);
}

static void look_up_waiting(struct sums *sums)
{
    size_t n = sums->asked < AHEAD ? sums->asked : AHEAD;

    for (size_t i = 0; i < n; i++)
        look_up(sums, sums->waiting[i]);
    sums->asked = 0;
}

/* The words of the sentences that are quoted, or of those that aren't. */
static void add_sentences(struct sums *sums, const struct tokens *tokens, bool quoted)
{
    size_t words = 0;

    for (size_t i = 0; i < tokens->sentences_n && words < WORDS_LOOKED_AT; i++) {
        const struct sentence *sentence = &tokens->sentences[i];

        for (size_t at = sentence->first; at < sentence->first + sentence->n; at++) {
            const struct token *token = &tokens->tokens[at];

            if (sentence->is_quoted != quoted || token->kind != TOKEN_WORD ||
                words == WORDS_LOOKED_AT)
                continue;
            words++;
            grams_of(tokens->text + token->from, token->to - token->from, add_gram, sums);
        }
    }
    look_up_waiting(sums);
}

static float hint_weight(const struct detect_hints *hints, enum language language)
{
    return (hints->earlier == language ? EARLIER_WEIGHT : 0) +
           (hints->channel == language ? CHANNEL_WEIGHT : 0) +
           (hints->organisation == language ? ORGANISATION_WEIGHT : 0);
}

/* The probability of `language` against its best rival, by the text alone. */
static float margin_of(const float text[LANGUAGES], unsigned allowed, enum language language)
{
    float sum = 0, rival = 0;

    for (size_t i = LANGUAGE_NL; i < LANGUAGES; i++) {
        float p = allowed & 1U << i ? expf(fminf(text[i] - text[language], 60)) : 0;

        sum += p;
        if (i != language)
            rival = fmaxf(rival, p);
    }
    return fmaxf(0, (1 - rival) / sum);
}

struct detected detect_by(const struct detect_slot *table, const struct tokens *tokens,
                          const struct detect_hints *hints)
{
    static const struct detect_hints nothing;
    const unsigned all = ((1U << LANGUAGES) - 1) & ~1U;
    unsigned allowed = (hints ? hints->allowed : 0) & all;
    struct detected best = { LANGUAGE_UNKNOWN, 0 };
    struct sums sums = { .table = table };
    float text[LANGUAGES] = { 0 }, most = 0;

    if (!hints)
        hints = &nothing;
    if (allowed == 0)
        allowed = all;
    add_sentences(&sums, tokens, false);
    if (sums.found == 0)
        add_sentences(&sums, tokens, true);
    for (size_t i = LANGUAGE_NL; i < LANGUAGES; i++) {
        float weight = hint_weight(hints, (enum language)i);

        text[i] = (float)sums.weights[i - 1] / (DETECT_SCALE * DETECT_OVERLAP);
        if (!(allowed & 1U << i) || (sums.found == 0 && weight <= 0 && allowed != 1U << i))
            continue;
        if (best.language == LANGUAGE_UNKNOWN || text[i] + weight > most) {
            best.language = (enum language)i;
            most = text[i] + weight;
        }
    }
    if (best.language != LANGUAGE_UNKNOWN && sums.found > 0)
        best.margin = margin_of(text, allowed, best.language);
    return best;
}

struct detected detect_language(const struct tokens *tokens, const struct detect_hints *hints)
{
    return detect_by(detect_table, tokens, hints);
}

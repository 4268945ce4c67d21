#include "joining_signs.h"

#include "../base/text.h"
#include "tokens.h"

#include <string.h>

enum {
    WORDS_OF_A_TEXT = 400, /* what is past it is left out */
    BEGINNING = 6,         /* letters that tell a word when its ending is another */
    NUMBER_DIGITS = 3,
};

/* Below this a word says nothing of what a text is about. */
static const float CONTENT = 3.0f;

const char *const joining_sign_names[JOINING_SIGNS_N] = {
#define X(name) #name,
    JOINING_SIGNS(X)
#undef X
};

/* Words that tell how a text goes on from an earlier one, in three languages; each list with blanks
 * around every word. */
static const char goes_on_words[] =
    " nog alweer weer opnieuw nogmaals still again yet toujours encore inmiddels "
    "intussen al deja already sinds nogaltijd ondertussen ";
static const char news_words[] =
    " nieuws news nouvelles nouveau gehoord heard antwoord reactie reponse answer reply "
    "wanneer when quand waar where bevestiging wacht wachten waiting attends status stand verloop "
    "bekend beslist dossier ";
static const char question_words[] =
    " hoe mag welke hoeveel hoelang verkopen leveren how which comment combien quel quelle hebben "
    "what wat geldt bestaan mogen puis puisje zijn is are do does can kan ";
/* Behind "how" they ask what became of something: hoe staat het ermee, hoe zit het met … */
static const char standing_words[] = " staat zit gaat ver loopt far ";
static const char points_words[] = " die dat deze dit this that cette hij ie m hem those these ";
/* Of each of these a need has one: another one in the same place is another need. */
static const char month_words[] =
    " januari februari maart april mei juni juli augustus september oktober november december "
    "january february march may june july august october janvier fevrier mars avril mai juin "
    "juillet aout septembre octobre novembre decembre ";
static const char room_words[] =
    " keuken badkamer slaapkamer kinderkamer woonkamer berging schuur zolder kelder garage balkon "
    "toilet wc gang trappenhuis portiek tuin lift dak kitchen bathroom bedroom cellar attic roof "
    "shed garden stairs cuisine salon chambre cave grenier ascenseur toit jardin ";

static bool is_in(const char *list, const char *word)
{
    size_t len = strlen(word);

    for (const char *at = strstr(list, word); at; at = strstr(at + 1, word))
        if (at[-1] == ' ' && at[len] == ' ')
            return true;
    return false;
}

/* --- reading ------------------------------------------------------------------------------- */

static float rarity_of(const struct rarity *rarity, uint32_t hash)
{
    size_t from = 0, to = rarity->n;

    while (from < to) {
        size_t middle = (from + to) / 2;
        if (rarity->slots[middle].hash == hash)
            return rarity->slots[middle].rarity;
        if (rarity->slots[middle].hash < hash)
            from = middle + 1;
        else
            to = middle;
    }
    return rarity->most;
}

static uint32_t hash_of(const char *text)
{
    return hash_text(HASH_START, text, strlen(text));
}

static size_t digits_of(const char *text)
{
    size_t n = 0;

    for (; *text; text++)
        n += *text >= '0' && *text <= '9';
    return n;
}

static void add_key(struct joining_word *word, const char *text)
{
    uint32_t key = hash_of(text);

    for (size_t i = 0; i < word->keys_n; i++)
        if (word->keys[i] == key)
            return;
    word->keys[word->keys_n++] = key;
}

/* As many letters from its begin; NULL for a shorter one. */
static const char *beginning(struct arena *mem, const char *word)
{
    size_t len = strlen(word), at = 0;

    for (int i = 0; i < BEGINNING; i++) {
        if (at >= len)
            return NULL;
        utf8_next(word, len, &at);
    }
    return arena_printf(mem, "^%.*s", (int)at, word);
}

static void read_word(struct arena *mem, const struct rarity *rarity, const char *text,
                      const struct search_word *from, struct joining_word *out)
{
    size_t digits = digits_of(from->word);
    const char *start = digits == 0 ? beginning(mem, from->word) : NULL;

    *out = (struct joining_word){ .text =
                                      arena_text_n(mem, text + from->from, from->to - from->from) };
    add_key(out, digits > 0 ? from->word : from->lemma);
    out->rarity = rarity_of(rarity, out->keys[0]);
    out->is_number = digits >= NUMBER_DIGITS;
    out->is_small = digits > 0 && !out->is_number;
    if (start)
        add_key(out, start);
    for (size_t i = 0; i < from->parts_n; i++)
        add_key(out, from->parts[i]);
}

static bool is_known(const struct joining_word *words, size_t n, uint32_t key)
{
    for (size_t i = 0; i < n; i++)
        if (words[i].keys[0] == key)
            return true;
    return false;
}

/* Which of a list's words it is, as a bit; beyond 64 they share one. */
static void place(const char *list, const char *word, uint64_t *out)
{
    size_t len = strlen(word), n = 0;

    for (const char *at = list; *at; at++) {
        n += *at == ' ';
        if (*at == ' ' && strncmp(at + 1, word, len) == 0 && at[1 + len] == ' ')
            *out |= UINT64_C(1) << n % 64;
    }
}

#define CUE_BIT(name) (UINT64_C(1) << CUE_##name)
/* What a text is said with, whatever it is about. */
static const uint64_t ASKING = CUE_BIT(wait) | CUE_BIT(again) | CUE_BIT(promise) | CUE_BIT(nobody) |
                               CUE_BIT(negate) | CUE_BIT(ask) | CUE_BIT(can) | CUE_BIT(want) |
                               CUE_BIT(act) | CUE_BIT(status) | CUE_BIT(greet) | CUE_BIT(close) |
                               CUE_BIT(now) | CUE_BIT(later) | CUE_BIT(thank) | CUE_BIT(me) |
                               CUE_BIT(you) | CUE_BIT(know) | CUE_BIT(help);

static const uint64_t COURTESY = CUE_BIT(greet) | CUE_BIT(close) | CUE_BIT(thank);

/* Where words of one sort begin. */
struct places {
    uint32_t from[WORDS_OF_A_TEXT];
    size_t n;
};

static void places_add(struct places *places, uint32_t from)
{
    if (places->n < WORDS_OF_A_TEXT)
        places->from[places->n++] = from;
}

static bool places_have(const struct places *places, uint32_t from)
{
    for (size_t i = 0; i < places->n; i++)
        if (places->from[i] == from)
            return true;
    return false;
}

/* Also says where the words stand that a text asks and waits with, and those it's only polite by.
 */
static void read_cues(struct arena *mem, const struct cue_slot *slots, const char *text, size_t len,
                      struct places *asking, struct places *courtesy, struct joining_text *out)
{
    struct features features;
    struct tokens tokens;
    bool is_first = true, is_second = false;

    tokens_of(mem, text, len, &tokens);
    features_with(mem, slots, &tokens, 0, tokens.n, &features);
    for (size_t i = 0; i < tokens.n; i++) {
        const char *word = tokens.tokens[i].text;

        out->cues |= features.cues[i];
        if (tokens.tokens[i].kind != TOKEN_WORD)
            continue;
        if ((features.cues[i] & ASKING) != 0 || is_in(goes_on_words, word) ||
            is_in(news_words, word) || is_in(points_words, word))
            places_add(asking, tokens.tokens[i].from);
        if ((features.cues[i] & COURTESY) != 0)
            places_add(courtesy, tokens.tokens[i].from);
        place(month_words, word, &out->months);
        place(room_words, word, &out->rooms);
        out->goes_on |= is_in(goes_on_words, word);
        out->asks_news |= is_in(news_words, word);
        out->points |= is_in(points_words, word);
        if (is_second && out->new_question && is_in(standing_words, word)) {
            out->new_question = false;
            out->asks_news = true;
        }
        out->new_question |= is_first && is_in(question_words, word);
        is_second = is_first;
        is_first = false;
    }
}

void joining_text_read(struct arena *mem, const struct cue_slot *cues, const struct rarity *rarity,
                       const char *text, size_t len, struct joining_text *out)
{
    const char *whole = arena_text_n(mem, text, utf8_cut(text, len, LANGUAGE_MAX));
    struct joining_word *words = NEW_ARRAY(mem, struct joining_word, WORDS_OF_A_TEXT);
    uint32_t *addresses = NEW_ARRAY(mem, uint32_t, WORDS_OF_A_TEXT);
    const char **address_texts = NEW_ARRAY(mem, const char *, WORDS_OF_A_TEXT);
    struct places asking = { .n = 0 }, courtesy = { .n = 0 };
    struct search_terms terms;

    *out = (struct joining_text){ .words = words,
                                  .addresses = addresses,
                                  .address_texts = address_texts };
    read_cues(mem, cues, whole, strlen(whole), &asking, &courtesy, out);
    search_terms(mem, whole, &terms);
    for (size_t i = 0; i < terms.n && out->n < WORDS_OF_A_TEXT; i++) {
        struct joining_word *word = &words[out->n];

        read_word(mem, rarity, whole, &terms.words[i], word);
        if (word->is_small && i > 0 && out->addresses_n < WORDS_OF_A_TEXT &&
            digits_of(terms.words[i - 1].word) == 0 && strlen(terms.words[i - 1].word) > 3) {
            const char *pair =
                arena_printf(mem, "%s %s", terms.words[i - 1].word, terms.words[i].word);
            address_texts[out->addresses_n] = pair;
            addresses[out->addresses_n++] = hash_of(pair);
        }
        word->is_courtesy = places_have(&courtesy, terms.words[i].from);
        out->says_what |= word->rarity >= CONTENT && !places_have(&asking, terms.words[i].from);
        out->n += !is_known(words, out->n, word->keys[0]);
    }
}

/* --- holding against one another ----------------------------------------------------------- */

static bool has_key(const struct joining_text *text, uint32_t key)
{
    for (size_t i = 0; i < text->n; i++)
        for (size_t k = 0; k < text->words[i].keys_n; k++)
            if (text->words[i].keys[k] == key)
                return true;
    return false;
}

/* How much of the word the other text has: all of it, or a part of its letters. */
static float found_in(const struct joining_text *text, const struct joining_word *word)
{
    for (size_t k = 0; k < word->keys_n; k++)
        if (has_key(text, word->keys[k]))
            return k == 0 ? 1.0f : 0.8f;
    return 0;
}

static bool has_number(const struct joining_text *text)
{
    for (size_t i = 0; i < text->n; i++)
        if (text->words[i].is_number)
            return true;
    return false;
}

/* Keeps the rarest in front. */
static void keep(const struct joining_word *word, float rarity, float best[JOINING_SHARED_MAX],
                 struct joining *out)
{
    size_t at = out->shared_n < JOINING_SHARED_MAX ? out->shared_n++ : JOINING_SHARED_MAX - 1;

    if (at == JOINING_SHARED_MAX - 1 && best[at] >= rarity && best[at] > 0)
        return;
    for (; at > 0 && best[at - 1] < rarity; at--) {
        best[at] = best[at - 1];
        out->shared[at] = out->shared[at - 1];
    }
    best[at] = rarity;
    out->shared[at] = word->text;
}

struct sums {
    float shared, unshared, best[JOINING_SHARED_MAX];
    bool number, other_number;
};

/* What is in all that somebody writes: how he greets, and what he is called. */
static bool is_usual(const struct joining_word *word, const struct joining_text *names)
{
    return word->is_courtesy || (names && has_key(names, word->keys[0]));
}

static void add_up(const struct joining_text *of_case, const struct joining_text *message,
                   const struct joining_text *names, struct sums *sums, struct joining *out)
{
    for (size_t i = 0; i < message->n; i++) {
        const struct joining_word *word = &message->words[i];
        float part;

        if (word->is_small)
            continue;
        if (word->is_number) {
            bool both = has_key(of_case, word->keys[0]);
            sums->number |= both;
            sums->other_number |= !both;
            if (both)
                out->number = word->text;
            continue;
        }
        if (word->rarity < CONTENT || is_usual(word, names))
            continue;
        part = found_in(of_case, word);
        if (part > 0)
            keep(word, word->rarity * part, sums->best, out);
        sums->shared += word->rarity * part;
        sums->unshared += word->rarity * (1 - part);
    }
    sums->other_number &= has_number(of_case) && !sums->number;
}

static const char *same_address(const struct joining_text *a, const struct joining_text *b)
{
    for (size_t i = 0; i < b->addresses_n; i++)
        for (size_t k = 0; k < a->addresses_n; k++)
            if (a->addresses[k] == b->addresses[i])
                return b->address_texts[i];
    return NULL;
}

static bool is_other(uint64_t a, uint64_t b)
{
    return a != 0 && b != 0 && (a & b) == 0;
}

static float at_most(float value, float most)
{
    return (value < most ? value : most) / most;
}

bool joining_has_grounds(const float signs[JOINING_SIGNS_N])
{
    return (signs[JOINING_number] > 0 || signs[JOINING_second] > 0) &&
           signs[JOINING_other_number] == 0 && signs[JOINING_other_month] == 0 &&
           signs[JOINING_other_room] == 0;
}

static void cue_signs(const struct joining_text *message, float signs[JOINING_SIGNS_N])
{
#define X(name) signs[JOINING_##name] = (float)(message->cues >> CUE_##name & 1);
    X(wait)
    X(again)
    X(promise)
    X(nobody)
    X(negate) X(ask) X(can) X(want) X(act) X(status) X(report) X(complain) X(thank) X(defect)
#undef X
}

void joining_signs_of(struct arena *mem, const struct rarity *rarity,
                      const struct joining_text *of_case, const struct joining_text *message,
                      const struct joining_state *state, float signs[JOINING_SIGNS_N],
                      struct joining *out)
{
    struct sums sums = { 0 };
    float all, overlap;
    bool is_brief;

    (void)mem, (void)rarity;
    *out = (struct joining){ .address = same_address(of_case, message) };
    add_up(of_case, message, state->names, &sums, out);
    all = sums.shared + sums.unshared;
    overlap = all > 0 ? sums.shared / all : 0;
    is_brief = all < 14;
    out->asks_news = message->goes_on || message->asks_news;
    out->says_what = message->says_what;
    out->is_vague = out->asks_news && !message->says_what && !sums.number && !out->address;
    cue_signs(message, signs);
    signs[JOINING_bias] = 1;
    signs[JOINING_overlap] = overlap;
    signs[JOINING_shared] = at_most(sums.shared, 20);
    signs[JOINING_rarest] = at_most(sums.best[0], 8);
    signs[JOINING_second] = at_most(sums.best[1], 8);
    signs[JOINING_unshared] = at_most(sums.unshared, 30);
    signs[JOINING_shared_n] = at_most((float)out->shared_n, JOINING_SHARED_MAX);
    signs[JOINING_number] = sums.number;
    signs[JOINING_other_number] = sums.other_number;
    signs[JOINING_address] = out->address != NULL;
    signs[JOINING_brief] = is_brief;
    signs[JOINING_nothing_new] = sums.unshared < CONTENT;
    signs[JOINING_vague] = out->is_vague;
    signs[JOINING_vague_us] = out->is_vague && state->turn == TURN_US;
    signs[JOINING_goes_on] = message->goes_on;
    signs[JOINING_asks_news] = message->asks_news;
    signs[JOINING_new_question] = message->new_question;
    signs[JOINING_points] = message->points;
    signs[JOINING_goes_on_overlap] = message->goes_on ? overlap : 0;
    signs[JOINING_question_overlap] = message->new_question ? overlap : 0;
    signs[JOINING_points_overlap] = message->points ? overlap : 0;
    signs[JOINING_other_month] = is_other(of_case->months, message->months);
    signs[JOINING_other_room] = is_other(of_case->rooms, message->rooms);
    signs[JOINING_us] = state->turn == TURN_US;
    signs[JOINING_done] = state->turn == TURN_DONE;
    signs[JOINING_days] = at_most((float)state->days, 30);
}

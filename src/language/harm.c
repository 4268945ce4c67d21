#include "harm.h"

#include "harm_words.h"

#include <string.h>

#define B(name) HARM_BIT(name)
#define TARGET  (B(YOU) | B(HIM) | B(WORKER))

enum { SETS_MAX = 5, ENOUGH = 2, ELIDED_MAX = 3, DESPAIR_MIN = 2, IDIOM_REACH = 3, MANY = 10 };

enum { NL = 1, EN = 2, FR = 4, DE = 8, ALL = NL | EN | FR | DE, LANGUAGES_N = 4 };
static const struct flag_table *const tables[LANGUAGES_N] = { &harm_nl, &harm_en, &harm_fr,
                                                              &harm_de };

enum how {
    ORDER = 1,   /* each set behind the one before, at most `apart` tokens from it; else within */
    TIGHT = 2,   /* only small words between */
    ENDS = 4,    /* nothing of the clause behind it */
    TRADE = 8,   /* counts one less where it's about what customers write about */
    WEAKLY = 16, /* counts one; all else two */
};

struct rule {
    uint64_t sets[SETS_MAX]; /* of each at least one word; 0: no more */
    uint8_t apart;           /* tokens */
    uint8_t how;
    uint8_t languages;
    uint64_t unless; /* between or right beside it */
    uint64_t before; /* not right before the first set's word */
    uint64_t behind; /* not right behind */
};

/* clang-format off */
static const struct rule rules[] = {
    /* Who doesn't want to live. */
    { { B(WANT), B(NOT), B(LIVE) },
     6, 0, NL | EN | DE, B(HERE) | B(PLACE) | B(TRADE) | B(AROUND), 0, 0 },
    { { B(WANT), B(NOT), B(LIVE) }, 6, 0, FR, B(HERE) | B(PLACE) | B(TRADE), 0, B(AROUND) },
    { { B(WANT) | B(BETTER), B(DIE) }, 4, ORDER | TIGHT, ALL, B(NOT), 0, B(AROUND) },
    { { B(BETTER), B(OFF), B(DIE) }, 2, ORDER, EN, 0, 0, 0 },
    { { B(LIVE), B(NOT), B(DRIVE) }, 8, 0, NL | DE, B(TRADE) | B(HERE), B(ALL), B(AROUND) },
    { { B(LIVE), B(NOT), B(DRIVE) }, 8, 0, EN, B(TRADE), B(ALL), B(AROUND) },
    { { B(LIVE), B(NOT), B(DRIVE) }, 8, 0, FR, B(TRADE) | B(HERE), B(ALL), 0 },
    { { B(TIRED), B(LIVE) }, 4, ORDER, ALL, B(TRADE) | B(HERE), 0, B(AROUND) },
    { { B(LIVE), B(BE), B(TIRED) }, 5, 0, ALL, B(TRADE), B(ALL), B(AROUND) },
    { { B(NOT), B(DRIVE), B(GO_ON) }, 8, TRADE, ALL, 0, 0, B(AROUND) },
    { { B(NOT), B(DRIVE), B(GOES), B(AROUND) }, 4, ORDER | ENDS, EN, 0, 0, 0 },
    { { B(WANT), B(NOT), B(MORE), B(BE), B(HERE) }, 8, TRADE, ALL, 0, 0, 0 },
    { { B(I), B(BE), B(HERE), B(NOT), B(MORE) }, 7, TRADE | ENDS, NL, 0, 0, 0 },
    { { B(NOT), B(BE), B(HERE), B(MORE) }, 2, ORDER | TRADE, EN, 0, 0, 0 },
    { { B(WANT) | B(BETTER), B(NOT), B(MORE), B(WAKE) }, 12, TRADE, ALL, B(YOU), 0, 0 },
    { { B(BETTER), B(WITHOUT), B(ME) }, 5, ORDER, ALL, B(TRADE), 0, 0 },
    { { B(WITHOUT), B(ME), B(BETTER) }, 6, ORDER, ALL, B(TRADE), 0, 0 },
    { { B(NOT), B(MISS), B(ME) }, 6, 0, ALL, B(YOU), 0, 0 },
    { { B(GOES), B(OFF), B(ME), B(NOT), B(MORE) }, 3, ORDER | TRADE, NL, B(YOU), 0, 0 },
    { { B(OFF), B(ME), B(GOES), B(NOT), B(MORE) }, 3, ORDER | TRADE, NL, B(YOU), 0, 0 },
    /* Who can't go on. */
    { { B(I), B(CAN), B(GOES), B(AROUND) }, 2, ORDER | ENDS | TRADE, EN, 0, 0, 0 },
    { { B(I) | B(HUMAN), B(CAN), B(NOT), B(GO_ON) }, 7, WEAKLY | TRADE, ALL, 0, 0, B(AROUND) },
    { { B(I), B(CAN), B(NOT), B(MORE) }, 4, WEAKLY | ENDS, ALL, 0, 0, 0 },
    { { B(NOT), B(CAN), B(LIVE) }, 6, WEAKLY, ALL, 0, 0, 0 },
    /* Who says how. */
    { { B(KILL) | B(HURT), B(REFL) }, 1, ORDER, EN, 0, 0, B(AROUND) },
    { { B(KILL) | B(HURT), B(REFL) }, 3, 0, NL | DE, 0, 0, 0 },
    { { B(I) | B(HUMAN), B(REFL), B(KILL) | B(HURT) }, 3, ORDER, FR, 0, 0, B(AROUND) },
    { { B(REFL) | B(ME), B(MAKE), B(OFF), B(WASTE) }, 1, ORDER, FR, 0, 0, 0 },
    { { B(I) | B(HUMAN), B(MAKE), B(REFL), B(WASTE) }, 2, ORDER | ENDS, NL | DE, 0, 0, 0 },
    { { B(MAKE), B(I) | B(HUMAN), B(REFL), B(WASTE) }, 2, ORDER | ENDS, NL | DE, 0, 0, 0 },
    { { B(CUT), B(REFL) }, 3, 0, ALL, B(AROUND), 0, 0 },
    { { B(CUT) | B(HIT), B(VEINS) }, 3, 0, ALL, 0, 0, 0 },
    { { B(REFL), B(LIVE), B(TAKEN) }, 3, ORDER, DE, 0, 0, 0 },
    { { B(END), B(MY) | B(HIM), B(LIVE) | B(CHILD) }, 3, ORDER, EN | FR, B(TRADE), 0, 0 },
    { { B(END), B(LIVE) }, 4, 0, NL | DE, B(OFF) | B(TRADE), 0, 0 },
    { { B(WANT) | B(WILL), B(AROUND), B(END) }, 3, ORDER, FR, B(TRADE), 0, 0 },
    { { B(I) | B(HUMAN), B(MAKE), B(HERE), B(END) }, 12, 0, NL, B(YOU) | B(TRADE), 0, 0 },
    { { B(JUMP), B(OFF), B(HIGH) }, 3, ORDER, ALL, 0, 0, 0 },
    { { B(OFF), B(HIGH), B(JUMP) }, 2, ORDER, NL | DE, 0, 0, 0 },
    { { B(HIT), B(OFF), B(HIGH), B(REFL) | B(ME) }, 7, 0, ALL, 0, 0, 0 },
    { { B(PILLS), B(TAKEN), B(ALL) }, 8, TRADE, ALL, 0, 0, 0 },
    { { B(I) | B(HUMAN), B(PILLS), B(TAKEN) }, 8, WEAKLY | TRADE, ALL, 0, 0, 0 },
    { { B(FAREWELL) }, 0, TRADE, ALL, 0, 0, 0 },
    /* Who threatens. */
    { { B(I), B(KILL), TARGET }, 7, 0, ALL, B(COULD) | B(NOT) | B(REFL) | B(LAUGH), 0, 0 },
    { { B(WILL), B(KILL), TARGET },
     5, 0, ALL, B(COULD) | B(NOT) | B(REFL) | B(LAUGH) | B(ME), 0, 0 },
    { { B(MAKE) | B(HIT), TARGET, B(WASTE) }, 2, ORDER | ENDS, NL | DE, B(COULD), 0, 0 },
    { { B(I), B(HIT), B(DIE) }, 7, 0, NL | DE, B(ME) | B(REFL) | B(COULD), 0, 0 },
    { { B(BODY), B(HIT), B(I) | B(WILL) }, 10, 0, ALL, B(REFL) | B(ME) | B(COULD), B(MY), 0 },
    { { B(BURN), B(HIT), B(PLACE) | TARGET }, 9, 0, NL, 0, 0, 0 },
    { { B(BURN), B(PLACE), B(WILL) }, 9, 0, NL | EN | FR, 0, 0, 0 },
    { { B(BURN), B(PLACE) | B(YOU), B(I) }, 9, 0, DE, 0, 0, 0 },
    { { B(BOMB), B(PLACE), B(HERE) | B(I) | B(WILL) | B(BE) }, 8, TRADE, ALL, 0, 0, 0 },
    { { B(I), B(KNOW), B(WHERE), TARGET | B(HUMAN), B(RESIDE) }, 3, ORDER, ALL, B(NOT), 0, 0 },
    { { B(HUMAN), B(HAVING), B(WEAPON) }, 4, ORDER, ALL, B(TRADE), 0, 0 },
    { { B(I), B(HAVING), B(WEAPON), B(WILL) }, 10, 0, ALL, B(TRADE), 0, 0 },
    { { B(I), B(KNOW), B(WHERE), B(WEAPON) }, 12, ORDER, ALL, B(TRADE), 0, 0 },
    { { B(YOU), B(BE) | B(WILL), B(DIE) }, 2, ORDER, ALL, B(LAUGH), 0, 0 },
    { { B(WASTE), B(DIE) }, 2, ORDER, EN, B(LAUGH), 0, 0 },
    { { B(WANT), B(YOU), B(DIE) }, 2, ORDER, ALL, B(NOT), 0, 0 },
    { { B(THREAT), B(DIE) | B(KILL) | B(WEAPON) | B(HURT) }, 6, 0, ALL, B(LAUGH), 0, 0 },
    { { B(HUMAN), B(HUMAN), B(KILL), B(ME) }, 4, ORDER, ALL, 0, 0, 0 },
    { { B(HUMAN), B(HUMAN), B(ME), B(KILL) }, 4, ORDER, ALL, 0, 0, 0 },
    { { B(HUMAN), B(CUT), B(ME) | B(CHILD) }, 2, ORDER, ALL, 0, 0, B(OFF) | B(AROUND) },
    { { B(HUMAN), B(ME) | B(CHILD), B(CUT) }, 2, ORDER, FR | NL | DE, 0, 0, 0 },
    /* Electricity that is felt. */
    { { B(POWER), B(FEEL), B(TOUCH) }, 14, 0, ALL, B(NOT), 0, 0 },
};
/* clang-format on */

/* What says it whole, and can't be told from its words. */
static const char *const phrases[] = {
    "a bullet in",      "end it all",          "ending it all",     "foutre le feu",
    "goodbye letter",   "goodbye letters",     "goodbye messages",  "goodbye note",
    "it all to end",    "leven niet meer aan", "lettre d'adieu",    "mettre le feu a",
    "mezelf iets aan",  "mezelf wat aan",      "niet meer levend",  "nicht mehr lebend",
    "not see me alive", "self harm",           "self harming",      "set fire to your",
    "shoot up the",     "serai plus la",       "serais plus la",    "wasn't around any",
    "wasn't here any",  "weren't here any",    "zichzelf iets aan", "zichzelf wat aan",
};

/* What is hunted through: a sentence, in one language. */
struct hunt {
    const struct tokens *tokens;
    const uint64_t *says; /* of each token */
    size_t first, end;
};

/* "j'ai", "d'en": both parts say what they say. */
static uint64_t says_of(const struct flag_table *table, const char *text)
{
    size_t len = strlen(text), skip;
    const char *mark = memchr(text, '\'', len < ELIDED_MAX ? len : ELIDED_MAX);
    uint64_t says = flags_of(table, text, len);

    if (!mark || !mark[1])
        return says;
    skip = (size_t)(mark + 1 - text);
    return says | flags_of(table, text, skip) | flags_of(table, text + skip, len - skip);
}

/* Of the tokens [first, end); returns all that they say. */
static uint64_t read_words(const struct flag_table *table, const struct tokens *tokens,
                           size_t first, size_t end, uint64_t *out)
{
    uint64_t all = 0;

    for (size_t i = first; i < end; i++) {
        const struct token *token = &tokens->tokens[i];

        out[i] = 0;
        if (token->kind == TOKEN_WORD)
            out[i] = says_of(table, token->text);
        else if (token->kind == TOKEN_NUMBER && token->number >= MANY)
            out[i] = B(ALL);
        all |= out[i];
    }
    return all;
}

/* Are there only small words and commas in (from, to)? */
static bool is_tight(const struct hunt *hunt, size_t from, size_t to)
{
    for (size_t i = from + 1; i < to; i++)
        if (!(hunt->says[i] & B(FILL)) && hunt->tokens->tokens[i].text[0] != ',')
            return false;
    return true;
}

/* The words of the sets, each behind the one before. */
static bool find_in_order(const struct hunt *hunt, const struct rule *rule, size_t at,
                          struct harm *out)
{
    *out = (struct harm){ at, at };
    for (size_t s = 1; s < SETS_MAX && rule->sets[s]; s++) {
        size_t i = out->to + 1;

        while (i < hunt->end && i - out->to <= rule->apart && !(hunt->says[i] & rule->sets[s]))
            i++;
        if (i >= hunt->end || i - out->to > rule->apart ||
            (rule->how & TIGHT && !is_tight(hunt, out->to, i)))
            return false;
        out->to = i;
    }
    return true;
}

/* The words of the sets around the first one, the nearest of each. */
static bool find_near(const struct hunt *hunt, const struct rule *rule, size_t at, struct harm *out)
{
    *out = (struct harm){ at, at };
    for (size_t s = 1; s < SETS_MAX && rule->sets[s]; s++) {
        size_t found = hunt->end;

        for (size_t away = 0; away <= rule->apart && found == hunt->end; away++) {
            if (at + away < hunt->end && hunt->says[at + away] & rule->sets[s])
                found = at + away;
            else if (away <= at - hunt->first && hunt->says[at - away] & rule->sets[s])
                found = at - away;
        }
        if (found == hunt->end)
            return false;
        out->from = found < out->from ? found : out->from;
        out->to = found > out->to ? found : out->to;
    }
    return out->to - out->from <= rule->apart;
}

/* Ends the clause here, or with "any more" or "like this"? */
static bool ends_clause(const struct hunt *hunt, size_t to)
{
    const struct token *next;

    if (to + 1 >= hunt->end)
        return true;
    next = &hunt->tokens->tokens[to + 1];
    if (next->kind != TOKEN_WORD)
        return next->kind != TOKEN_NUMBER;
    return hunt->says[to + 1] & (B(MORE) | B(WANT) | B(LIVE) | B(I) | B(FILL));
}

static bool is_excused(const struct hunt *hunt, const struct rule *rule, size_t anchor,
                       const struct harm *found)
{
    size_t from = found->from > hunt->first ? found->from - 1 : found->from;
    size_t to = found->to + 1 < hunt->end ? found->to + 1 : found->to;

    for (size_t i = from; i <= to; i++)
        if (hunt->says[i] & rule->unless)
            return true;
    for (size_t i = found->to + 1; i < hunt->end && i <= found->to + IDIOM_REACH; i++)
        if (hunt->says[i] & B(LAUGH))
            return true;
    if (anchor > hunt->first && hunt->says[anchor - 1] & rule->before)
        return true;
    if (found->to + 1 < hunt->end && hunt->says[found->to + 1] & rule->behind)
        return true;
    return rule->how & ENDS && !ends_clause(hunt, found->to);
}

static bool has_all_sets(const struct rule *rule, uint64_t all)
{
    for (size_t s = 0; s < SETS_MAX && rule->sets[s]; s++)
        if (!(all & rule->sets[s]))
            return false;
    return true;
}

static bool holds(const struct hunt *hunt, const struct rule *rule, struct harm *out)
{
    for (size_t i = hunt->first; i < hunt->end; i++)
        if (hunt->says[i] & rule->sets[0] &&
            (rule->how & ORDER ? find_in_order : find_near)(hunt, rule, i, out) &&
            !is_excused(hunt, rule, i, out))
            return true;
    return false;
}

/* How much the sentence says of harm, read in one language. */
static int weigh(const struct hunt *hunt, int language, uint64_t all, struct harm *out)
{
    int most = 0;

    for (size_t r = 0; r < COUNT(rules) && most < ENOUGH; r++) {
        const struct rule *rule = &rules[r];
        int weight = rule->how & WEAKLY ? 1 : ENOUGH;
        struct harm found;

        weight -= rule->how & TRADE && all & B(TRADE);
        if (weight <= most || !(rule->languages & language) || !has_all_sets(rule, all) ||
            !holds(hunt, rule, &found))
            continue;
        most = weight;
        *out = found;
    }
    return most;
}

/* Do the tokens from `at` on read as the phrase? */
static bool is_phrase(const struct hunt *hunt, size_t at, const char *phrase, size_t *last)
{
    for (; at < hunt->end; at++) {
        const char *word = hunt->tokens->tokens[at].text;
        size_t len = strlen(word);

        if (strncmp(phrase, word, len) != 0 || (phrase[len] && phrase[len] != ' '))
            return false;
        *last = at;
        if (!phrase[len])
            return true;
        phrase += len + 1;
    }
    return false;
}

static bool find_phrase(const struct hunt *hunt, struct harm *out)
{
    for (size_t i = hunt->first; i < hunt->end; i++)
        for (size_t p = 0; p < COUNT(phrases); p++)
            if (phrases[p][0] == hunt->tokens->tokens[i].text[0] &&
                is_phrase(hunt, i, phrases[p], &out->to)) {
                out->from = i;
                return true;
            }
    return false;
}

static size_t count_known(const struct hunt *hunt)
{
    size_t n = 0;

    for (size_t i = hunt->first; i < hunt->end; i++)
        n += hunt->says[i] != 0;
    return n;
}

/* How much the sentence says, in whichever language it says most. `says` has room for all tokens.
 */
static int weigh_sentence(struct hunt *hunt, uint64_t *says, size_t *despair, struct harm *out)
{
    uint64_t any = read_words(&harm_any, hunt->tokens, hunt->first, hunt->end, says);
    size_t known[LANGUAGES_N], best = 0;
    bool may_hold = false;
    int most = 0;

    hunt->says = says;
    if (find_phrase(hunt, out))
        return ENOUGH;
    for (size_t i = hunt->first; i < hunt->end; i++)
        *despair += (says[i] & B(WEAK)) != 0;
    for (size_t r = 0; r < COUNT(rules) && !may_hold; r++)
        may_hold = has_all_sets(&rules[r], any);
    if (!may_hold)
        return 0;
    for (size_t l = 0; l < LANGUAGES_N; l++) {
        read_words(tables[l], hunt->tokens, hunt->first, hunt->end, says);
        known[l] = count_known(hunt);
        best = known[l] > best ? known[l] : best;
    }
    for (size_t l = 0; l < LANGUAGES_N && most < ENOUGH; l++) {
        struct harm found;
        int weight;

        /* A sentence of another language has few of the words. */
        if (known[l] * 3 < best * 2)
            continue;
        any = read_words(tables[l], hunt->tokens, hunt->first, hunt->end, says);
        weight = weigh(hunt, 1 << l, any, &found);
        if (weight <= most)
            continue;
        most = weight;
        *out = found;
    }
    return most;
}

bool harm_find(struct arena *mem, const struct tokens *tokens, struct harm *out)
{
    uint64_t *says = NEW_ARRAY(mem, uint64_t, tokens->n + 1);
    size_t despair = 0;
    int total = 0;

    for (size_t s = 0; s < tokens->sentences_n && total < ENOUGH; s++) {
        const struct sentence *sentence = &tokens->sentences[s];
        struct hunt hunt = { tokens, says, sentence->first, sentence->first + sentence->n };
        struct harm found;
        int weight = sentence->is_quoted ? 0 : weigh_sentence(&hunt, says, &despair, &found);

        if (weight > 0)
            *out = found;
        total += weight;
    }
    return total >= ENOUGH || (total > 0 && despair >= DESPAIR_MIN);
}

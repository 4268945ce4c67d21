#include "style.h"

#include "../base/text.h"

#include <stdlib.h>
#include <string.h>

static const char *const kind_names[] = {
    [STYLE_MIXED] = "mixed_address",
    [STYLE_ADDRESS] = "wrong_address",
    [STYLE_LONG_SENTENCE] = "long_sentence",
    [STYLE_LONG_WORD] = "long_word",
    [STYLE_HARD] = "hard",
    [STYLE_FORBIDDEN] = "forbidden",
    [STYLE_NOT_GSM] = "not_gsm",
    [STYLE_TOO_LONG] = "too_long",
};
_Static_assert(COUNT(kind_names) == STYLE_KINDS, "each kind has a name");

const char *style_kind_name(enum style_kind kind)
{
    return kind_names[kind];
}

/* What is being looked at. */
struct work {
    const struct tokens *tokens;
    const struct style_rules *rules;
    const bool *is_said; /* of each token: somebody else says it */
    struct style_finding *findings;
    size_t n;
};

static void tell(struct work *work, enum style_kind kind, size_t from, size_t to, int64_t number)
{
    if (work->n < STYLE_FINDINGS)
        work->findings[work->n++] =
            (struct style_finding){ kind, (uint32_t)from, (uint32_t)to, (int32_t)number };
}

static bool is_language(const struct style_rules *rules, const char *language)
{
    return rules->language && strcmp(rules->language, language) == 0;
}

/* --- what somebody else says --------------------------------------------------------------- */

/* Quotation marks, and what shuts what they open. */
static const struct {
    const char *opening, *closing;
} quotes[] = {
    { "\"", "\"" },
    { "“",  "”"  },
    { "„",  "”"  },
    { "„",  "“"  },
    { "”",  "”"  },
    { "«",  "»"  },
    { "»",  "«"  },
    { "‘",  "’"  },
    { "'",  "'"  },
    { "''", "''" },
};

static bool stands(const struct tokens *tokens, size_t i, const char *mark)
{
    const struct token *token = &tokens->tokens[i];

    return token->to - token->from == strlen(mark) &&
           memcmp(tokens->text + token->from, mark, strlen(mark)) == 0;
}

static bool is_closing(const struct tokens *tokens, size_t opener, size_t i)
{
    for (size_t q = 0; q < COUNT(quotes); q++)
        if (stands(tokens, opener, quotes[q].opening) && stands(tokens, i, quotes[q].closing))
            return true;
    return false;
}

static bool is_opening(const struct tokens *tokens, size_t i)
{
    if (!tokens->tokens[i].after_blank && i > 0 && tokens->tokens[i - 1].kind != TOKEN_SIGN)
        return false;
    for (size_t q = 0; q < COUNT(quotes); q++)
        if (stands(tokens, i, quotes[q].opening))
            return true;
    return false;
}

/* Is there an empty line in front of the token? No quotation goes across it. */
static bool begins_paragraph(const struct tokens *tokens, size_t i)
{
    size_t lines = 0;

    if (i == 0 || !tokens->tokens[i].after_line)
        return false;
    for (size_t at = tokens->tokens[i - 1].to; at < tokens->tokens[i].from; at++)
        lines += tokens->text[at] == '\n';
    return lines > 1;
}

static const bool *said_by_others(struct arena *mem, const struct tokens *tokens)
{
    bool *is_said = NEW_ARRAY(mem, bool, tokens->n + 1);
    size_t opener = SIZE_MAX;

    for (size_t i = 0; i < tokens->n; i++) {
        if (begins_paragraph(tokens, i))
            opener = SIZE_MAX;
        if (tokens->tokens[i].kind != TOKEN_SIGN)
            continue;
        if (opener != SIZE_MAX && is_closing(tokens, opener, i)) {
            memset(is_said + opener, true, i - opener);
            opener = SIZE_MAX;
        } else if (opener == SIZE_MAX && is_opening(tokens, i)) {
            opener = i;
        }
    }
    for (size_t s = 0; s < tokens->sentences_n; s++)
        if (tokens->sentences[s].is_quoted)
            memset(is_said + tokens->sentences[s].first, true, tokens->sentences[s].n);
    return is_said;
}

/* --- u and je -------------------------------------------------------------------------------- */

static const struct address_word {
    const char *word;
    enum style_address address;
} dutch_words[] = {
    { "u", STYLE_FORMAL },        { "uw", STYLE_FORMAL },       { "uwe", STYLE_FORMAL },
    { "uzelf", STYLE_FORMAL },    { "je", STYLE_INFORMAL },     { "jezelf", STYLE_INFORMAL },
    { "jij", STYLE_INFORMAL },    { "jijzelf", STYLE_INFORMAL }, { "jou", STYLE_INFORMAL },
    { "jouw", STYLE_INFORMAL },   { "jouwe", STYLE_INFORMAL },  { "jullie", STYLE_INFORMAL },
}, french_words[] = {
    { "vous", STYLE_FORMAL }, { "votre", STYLE_FORMAL },  { "vos", STYLE_FORMAL },
    { "tu", STYLE_INFORMAL }, { "toi", STYLE_INFORMAL }, { "ton", STYLE_INFORMAL },
    { "tes", STYLE_INFORMAL },
};

struct address_words {
    const struct address_word *words;
    size_t n;
};

static struct address_words address_words_of(const struct style_rules *rules)
{
    if (is_language(rules, "nl"))
        return (struct address_words){ dutch_words, COUNT(dutch_words) };
    if (is_language(rules, "fr"))
        return (struct address_words){ french_words, COUNT(french_words) };
    return (struct address_words){ 0 };
}

/* The form of address that the token is; STYLE_ANY: none. */
static enum style_address address_of(const struct work *work, const struct address_words *words,
                                     size_t i)
{
    const struct token *token = &work->tokens->tokens[i];

    if (token->kind != TOKEN_WORD || work->is_said[i])
        return STYLE_ANY;
    if (i > 0 && work->tokens->tokens[i - 1].kind == TOKEN_NUMBER)
        return STYLE_ANY; /* 12 u */
    for (size_t w = 0; w < words->n; w++)
        if (token->text[0] == words->words[w].word[0] &&
            strcmp(token->text, words->words[w].word) == 0)
            return words->words[w].address;
    return STYLE_ANY;
}

/* The brand says which one is wrong; else the one that is used less, or came later. */
static void find_address(struct arena *mem, struct work *work)
{
    size_t n = work->tokens->n, counts[3] = { 0 };
    uint8_t *forms = NEW_ARRAY(mem, uint8_t, n + 1);
    struct address_words words = address_words_of(work->rules);
    enum style_address first = STYLE_ANY, wrong;

    for (size_t i = 0; i < n; i++) {
        forms[i] = (uint8_t)address_of(work, &words, i);
        counts[forms[i]]++;
        if (first == STYLE_ANY)
            first = forms[i];
    }
    if (work->rules->address != STYLE_ANY)
        wrong = work->rules->address == STYLE_FORMAL ? STYLE_INFORMAL : STYLE_FORMAL;
    else if (counts[STYLE_FORMAL] == 0 || counts[STYLE_INFORMAL] == 0)
        return;
    else if (counts[STYLE_FORMAL] == counts[STYLE_INFORMAL])
        wrong = first == STYLE_FORMAL ? STYLE_INFORMAL : STYLE_FORMAL;
    else
        wrong = counts[STYLE_FORMAL] < counts[STYLE_INFORMAL] ? STYLE_FORMAL : STYLE_INFORMAL;
    for (size_t i = 0; i < n; i++)
        if (forms[i] == wrong)
            tell(work, work->rules->address == STYLE_ANY ? STYLE_MIXED : STYLE_ADDRESS,
                 work->tokens->tokens[i].from, work->tokens->tokens[i].to, (int64_t)counts[wrong]);
}

/* --- sentences and words --------------------------------------------------------------------- */

static const struct {
    const char *language;
    float base, per_word, per_syllable;
    bool has_mute_e;
} formulas[] = {
    { "nl", 206.84F,  0.93F,  77.0F, false },
    { "en", 206.835F, 1.015F, 84.6F, true  },
    { "fr", 207.0F,   1.015F, 73.6F, true  },
    { "de", 180.0F,   1.0F,   58.5F, false },
};
enum { B1_SCORE = 60, B1_LONG_PERCENT = 15, LONG_WORD_LETTERS = 9 };

static bool is_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

static uint32_t syllables_of(const char *word, size_t len, bool has_mute_e)
{
    uint32_t n = 0;

    for (size_t i = 0; i < len; i++)
        n += is_vowel(word[i]) && (i == 0 || !is_vowel(word[i - 1]));
    /* note, notes; not table, nor the only vowel */
    if (has_mute_e && n > 1 && len > 2) {
        size_t end = word[len - 1] == 's' ? len - 1 : len;

        n -= word[end - 1] == 'e' && !is_vowel(word[end - 2]) &&
             !(word[end - 2] == 'l' && end > 2 && !is_vowel(word[end - 3]));
    }
    return n > 0 ? n : 1;
}

static size_t letters_of(const struct work *work, const struct token *token)
{
    size_t n = 0;

    for (size_t at = token->from; at < token->to; n++)
        utf8_next(work->tokens->text, work->tokens->len, &at);
    return n;
}

static void count_sentence(struct work *work, const struct sentence *sentence, bool has_mute_e,
                           struct style_score *score)
{
    uint32_t words = 0;

    for (size_t i = sentence->first; i < sentence->first + sentence->n; i++) {
        const struct token *token = &work->tokens->tokens[i];
        size_t letters;

        if (token->kind != TOKEN_WORD && token->kind != TOKEN_NUMBER)
            continue;
        words++;
        if (token->kind == TOKEN_NUMBER) {
            score->syllables++;
            continue;
        }
        letters = letters_of(work, token);
        score->long_words += letters > LONG_WORD_LETTERS;
        score->syllables += syllables_of(token->text, strlen(token->text), has_mute_e);
        if (letters > STYLE_WORD_LETTERS)
            tell(work, STYLE_LONG_WORD, token->from, token->to, (int64_t)letters);
    }
    if (words > STYLE_SENTENCE_WORDS)
        tell(work, STYLE_LONG_SENTENCE, sentence->from, sentence->to, words);
    score->sentences += words > 0;
    score->words += words;
}

static void find_hard(struct work *work, struct style_score *score)
{
    const struct tokens *tokens = work->tokens;
    size_t f = 0;

    while (f < COUNT(formulas) && !is_language(work->rules, formulas[f].language))
        f++;
    for (size_t s = 0; s < tokens->sentences_n; s++)
        if (!tokens->sentences[s].is_quoted)
            count_sentence(work, &tokens->sentences[s],
                           f < COUNT(formulas) && formulas[f].has_mute_e, score);
    score->is_known = f < COUNT(formulas) && score->words >= STYLE_SCORE_WORDS;
    score->is_b1 = true;
    if (!score->is_known)
        return;
    score->score =
        (int32_t)(formulas[f].base -
                  formulas[f].per_word * (float)score->words / (float)score->sentences -
                  formulas[f].per_syllable * (float)score->syllables / (float)score->words);
    score->is_b1 =
        score->score >= B1_SCORE && score->long_words * 100 <= score->words * B1_LONG_PERCENT;
    if (!score->is_b1)
        tell(work, STYLE_HARD, tokens->tokens[0].from, tokens->tokens[tokens->n - 1].to,
             score->score);
}

/* --- words that the brand doesn't want ---------------------------------------------------------
 */

enum { BUCKETS = 256, COMPOUND_MIN = 4 };

/* One of them, as tokens have it. */
struct forbidden {
    const char *const *parts;
    size_t parts_n;
    size_t index;
    struct forbidden *next; /* of those that begin alike */
};

struct style_words {
    struct forbidden *buckets[BUCKETS];
    struct forbidden *compounds; /* parts of longer words */
};

static size_t bucket_of(const char *word)
{
    uint32_t hash = 2166136261U;

    for (; *word; word++)
        hash = (hash ^ (uint8_t)*word) * 16777619U;
    return (hash ^ hash >> 16) % BUCKETS;
}

static struct forbidden *forbidden_of(struct arena *mem, const char *text, size_t index)
{
    struct forbidden *word = NEW(mem, struct forbidden);
    const char **parts;
    struct tokens tokens;

    tokens_of(mem, text, strlen(text), &tokens);
    parts = NEW_ARRAY(mem, const char *, tokens.n);
    for (size_t i = 0; i < tokens.n; i++)
        parts[i] = tokens.tokens[i].text;
    *word = (struct forbidden){ .parts = parts, .parts_n = tokens.n, .index = index };
    return word;
}

struct style_words *style_words_of(struct arena *mem, const struct style_word *words, size_t n)
{
    struct style_words *out = NEW(mem, struct style_words);

    for (size_t i = n; i-- > 0;) {
        struct forbidden *word = forbidden_of(mem, words[i].text, i), **list;

        if (word->parts_n == 0)
            continue;
        list = words[i].in_compounds && word->parts_n == 1 && strlen(word->parts[0]) >= COMPOUND_MIN
                   ? &out->compounds
                   : &out->buckets[bucket_of(word->parts[0])];
        word->next = *list;
        *list = word;
    }
    return out;
}

static bool is_forbidden_at(const struct tokens *tokens, size_t i, const struct forbidden *word)
{
    if (word->parts_n > tokens->n - i)
        return false;
    for (size_t p = 0; p < word->parts_n; p++)
        if (strcmp(tokens->tokens[i + p].text, word->parts[p]) != 0)
            return false;
    return true;
}

static void find_forbidden(struct work *work)
{
    const struct style_words *words = work->rules->forbidden;
    const struct tokens *tokens = work->tokens;

    for (size_t i = 0; words && i < tokens->n; i++) {
        const struct token *token = &tokens->tokens[i];

        if (token->kind == TOKEN_URL || token->kind == TOKEN_EMAIL || work->is_said[i])
            continue;
        for (const struct forbidden *w = words->buckets[bucket_of(token->text)]; w; w = w->next)
            if (is_forbidden_at(tokens, i, w))
                tell(work, STYLE_FORBIDDEN, token->from, tokens->tokens[i + w->parts_n - 1].to,
                     (int64_t)w->index);
        for (const struct forbidden *w = words->compounds; w; w = w->next)
            if (token->kind == TOKEN_WORD && strstr(token->text, w->parts[0]))
                tell(work, STYLE_FORBIDDEN, token->from, token->to, (int64_t)w->index);
    }
}

/* --- what fits the channel ---------------------------------------------------------------------
 */

static void find_length(struct work *work, const struct style_length *length)
{
    const struct style_rules *rules = work->rules;
    const char *text = work->tokens->text;
    size_t len = work->tokens->len, cut;
    uint32_t units = rules->unit == STYLE_CHARACTERS  ? length->characters
                     : rules->unit == STYLE_GRAPHEMES ? length->graphemes
                                                      : length->segments;

    if (rules->unit == STYLE_SEGMENTS && !length->is_gsm) {
        size_t first, end;
        uint32_t n = style_not_gsm(text, len, &first);

        end = first;
        utf8_next(text, len, &end);
        tell(work, STYLE_NOT_GSM, first, end, n);
    }
    if (rules->limit == 0 || units <= rules->limit)
        return;
    cut = style_cut(text, len, rules->unit, rules->limit);
    tell(work, STYLE_TOO_LONG, cut, len, units - rules->limit);
}

static int by_place(const void *a, const void *b)
{
    const struct style_finding *one = a, *other = b;

    if (one->from != other->from)
        return one->from < other->from ? -1 : 1;
    return (int)one->kind - (int)other->kind;
}

void style_find(struct arena *mem, const struct tokens *tokens, const struct style_rules *rules,
                struct style *out)
{
    struct work work = { .tokens = tokens, .rules = rules };

    *out = (struct style){ 0 };
    work.is_said = said_by_others(mem, tokens);
    work.findings = NEW_ARRAY(mem, struct style_finding, STYLE_FINDINGS);
    style_measure(tokens->text, tokens->len, &out->length);
    find_length(&work, &out->length);
    find_address(mem, &work);
    find_hard(&work, &out->score);
    find_forbidden(&work);
    qsort(work.findings, work.n, sizeof *work.findings, by_place);
    out->findings = work.findings;
    out->n = work.n;
}

#include "referral_words.h"

#include "../base/text.h"
#include "quotes.h"
#include "times.h"

#include <string.h>

enum { WORD_MAX = 40, QUOTED_NAME_MAX = 3 /* tokens */ };

/* --- telephone numbers --- */

static bool is_sign(const struct token *token, const char *signs)
{
    return token->kind == TOKEN_SIGN && strstr(signs, token->text) != NULL;
}

static bool joins_digits(const struct token *token, const struct token *end)
{
    return token + 1 < end && is_sign(token, "-./()") &&
           (token[1].kind == TOKEN_NUMBER || is_sign(&token[1], "()-")) &&
           (is_sign(token, "()") || !token[1].after_blank || token->text[0] == '-');
}

/* How many tokens from `first` on are a telephone number. A short one (112, 1733, toestel 12) must
 * stand behind something that is called. */
static size_t phone_len(const struct token *first, const struct token *end, bool is_called)
{
    const struct token *at = first, *last = first;
    char digits[20] = "";
    size_t n = 0;

    if (is_sign(at, "+") || (is_sign(at, "(") && at + 1 < end && is_sign(at + 1, "+")))
        at += at->text[0] == '(' ? 2 : 1;
    else if (is_sign(at, "("))
        at++;
    for (; at < end; at++) {
        size_t len = strlen(at->text);

        if (at->kind == TOKEN_NUMBER && n + len < 16) {
            memcpy(digits + n, at->text, len);
            n += len;
            last = at + 1;
        } else if (n == 0 || !joins_digits(at, end)) {
            break;
        }
    }
    if (n >= 8 && n <= 15 && (digits[0] == '0' || is_sign(first, "+(")))
        return (size_t)(last - first);
    if ((n == 5 || n == 6) && memcmp(digits, "140", 3) == 0)
        return (size_t)(last - first);
    if (is_called && n <= 6 && first->kind == TOKEN_NUMBER && last == first + 1)
        return 1;
    return 0;
}

static void find_phones(const struct tokens *tokens, const bool *is_time, uint64_t *says,
                        uint8_t *lens)
{
    const struct token *end = tokens->tokens + tokens->n;

    for (size_t i = 0; i < tokens->n; i++) {
        const struct token *token = &tokens->tokens[i];
        uint64_t before = (i > 0 ? says[i - 1] : 0) | (i > 1 ? says[i - 2] : 0);
        size_t len;

        if (token->kind != TOKEN_NUMBER && !is_sign(token, "+("))
            continue;
        len = phone_len(token, end, (before & REFERRAL_BIT(CALL)) != 0 && !is_time[i]);
        if (len == 0 || len > 20)
            continue;
        lens[i] = (uint8_t)len;
        for (size_t k = i; k < i + len; k++)
            says[k] = REFERRAL_BIT(PHONE);
        i += len - 1;
    }
}

/* --- times --- */

/* Which tokens say when: "(bel ons) morgen tussen 9 en 12 uur (op …)". Whenever it is: a moment
 * from which nearly all is future does. */
static bool *times_in(struct arena *mem, const struct tokens *tokens)
{
    static const instant long_ago = { 1577833500000 }; /* 2020-01-01T00:05+01:00 */
    bool *out = NEW_ARRAY(mem, bool, tokens->n + 1);
    struct times times;
    size_t at = 0;

    times_of(mem, tokens, long_ago, &calendar_dutch, &times);
    for (size_t i = 0; i < tokens->n; i++) {
        const struct time_found *time;
        uint32_t from = tokens->tokens[i].from;

        while (at < times.n && times.items[at].to <= from)
            at++;
        if (at == times.n)
            break;
        time = &times.items[at];
        out[i] = time->from <= from && !(from >= time->gap_from && from < time->gap_to) &&
                 time->kind != TIME_PAST && time->kind != TIME_SOFT && !time->is_weak;
    }
    return out;
}

/* Where an address stands that the reader is sent to, it says nothing when. */
static void skip_times(const struct sentence *sentence, const bool *is_time, uint64_t *says)
{
    static const uint64_t addresses = REFERRAL_BIT(PHONE) | REFERRAL_BIT(EMAIL) | REFERRAL_BIT(URL);
    uint64_t all = 0;

    for (size_t i = sentence->first; i < sentence->first + sentence->n; i++)
        all |= says[i];
    for (size_t i = sentence->first; (all & addresses) && i < sentence->first + sentence->n; i++)
        if (is_time[i] && !(says[i] & (addresses | REFERRAL_BIT(PAST))))
            says[i] = 0;
}

/* --- words --- */

static uint64_t word_says(const struct flag_table *table, const char *word)
{
    size_t len = strnlen(word, WORD_MAX + 1);
    uint64_t says;

    if (len > WORD_MAX)
        return 0;
    says = flags_of(table, word, len);
    if (table == &referral_table_fr) { /* appelez-nous, l'agence */
        const char *hyphen = strchr(word, '-'), *elided = strchr(word, '\'');

        if (elided && elided[1])
            says |= flags_of(table, elided + 1, strlen(elided + 1));
        else if (hyphen && hyphen > word && !says)
            says = flags_of(table, word, (size_t)(hyphen - word)) |
                   (strcmp(hyphen, "-nous") == 0 ? REFERRAL_BIT(US) : 0u);
        return says;
    }
    if (table == &referral_table_en && !says && len > 3 && word[len - 1] == 's')
        says = flags_of(table, word, len - 1);
    if (looks_like_participle(word, len))
        says |= REFERRAL_BIT(DONE);
    return says;
}

static bool is_capital(const struct tokens *tokens, size_t i)
{
    char c = tokens->text[tokens->tokens[i].from];

    return c >= 'A' && c <= 'Z';
}

static uint64_t token_says(const struct tokens *tokens, size_t i, const struct flag_table *table,
                           bool is_first)
{
    const struct token *token = &tokens->tokens[i];
    uint64_t says;

    switch (token->kind) {
    case TOKEN_WORD:
        says = word_says(table, token->text);
        if (!is_first && is_capital(tokens, i))
            says |= REFERRAL_BIT(NAME);
        return says ? says : REFERRAL_BIT(PLAIN);
    case TOKEN_NUMBER:
        return REFERRAL_BIT(NUMBER);
    case TOKEN_SIGN:
        if (token->text[0] == '?')
            return REFERRAL_BIT(QUESTION);
        return token->text[0] == '.' ? 0 : REFERRAL_BIT(MARK);
    case TOKEN_URL:
        return REFERRAL_BIT(URL);
    case TOKEN_EMAIL:
        return REFERRAL_BIT(EMAIL);
    case TOKEN_HANDLE:
    case TOKEN_TAG:
        return REFERRAL_BIT(PLAIN);
    case TOKEN_EMOJI:
    case TOKEN_EMOTICON:
        return 0;
    }
    return 0;
}

static const struct flag_table *table_of(const char *language)
{
    static const struct {
        const char *language;
        const struct flag_table *table;
    } rows[] = {
        { "nl", &referral_table_nl },
        { "en", &referral_table_en },
        { "fr", &referral_table_fr },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        if (text_equal(rows[i].language, language))
            return rows[i].table;
    return NULL;
}

bool referral_text_of(struct arena *mem, const struct tokens *tokens, const char *language,
                      struct referral_text *out)
{
    const struct flag_table *table = table_of(language);
    const bool *is_time;
    uint64_t *says;
    uint8_t *lens;

    *out = (struct referral_text){ .tokens = tokens };
    if (!table)
        return false;
    out->says = says = NEW_ARRAY(mem, uint64_t, tokens->n + 1);
    out->phone_len = lens = NEW_ARRAY(mem, uint8_t, tokens->n + 1);
    for (size_t i = 0; i < tokens->sentences_n; i++) {
        const struct sentence *sentence = &tokens->sentences[i];

        for (size_t k = sentence->first; k < sentence->first + sentence->n; k++)
            says[k] = token_says(tokens, k, table, k == sentence->first);
    }
    is_time = times_in(mem, tokens);
    find_phones(tokens, is_time, says, lens);
    for (size_t i = 0; i < tokens->sentences_n; i++)
        skip_times(&tokens->sentences[i], is_time, says);
    /* What is short is a name. */
    quotes_skip(tokens, QUOTED_NAME_MAX, says);
    return true;
}

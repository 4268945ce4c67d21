#include "times_words.h"

#include <string.h>

enum {
    PHRASE_MAX = 6,       /* words of a row of the table */
    ABBREVIATION_MAX = 8, /* letters of "z.s.m." */
    SPLIT_MAX = 40,       /* bytes of a word that is taken apart */
};

struct reader {
    const struct tokens *tokens;
    struct time_word *words;
    size_t n;
    uint32_t sentence;
};

/* --- the table --- */

/* The first row that is not before the text. */
static size_t row_at_or_after(const char *text, size_t len)
{
    size_t low = 0, high = time_entries_n;

    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strncmp(time_entries[middle].text, text, len);

        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static const struct time_entry *entry_of(const char *text, size_t len)
{
    size_t row = row_at_or_after(text, len);

    if (row >= time_entries_n || strncmp(time_entries[row].text, text, len) != 0 ||
        time_entries[row].text[len] != '\0')
        return NULL;
    return &time_entries[row];
}

/* How many tokens from `at` on are the words of `phrase`; 0 when they aren't. */
static size_t phrase_at(const struct tokens *tokens, size_t at, const char *phrase)
{
    for (size_t n = 0; n < PHRASE_MAX && at + n < tokens->n; n++) {
        const struct token *token = &tokens->tokens[at + n];
        size_t len = strlen(token->text);

        if (token->kind != TOKEN_WORD || strncmp(phrase, token->text, len) != 0)
            return 0;
        if (phrase[len] == '\0')
            return n + 1;
        if (phrase[len] != ' ')
            return 0;
        phrase += len + 1;
    }
    return 0;
}

/* The longest row that begins with the word at hand, and its tokens. */
static const struct time_entry *longest_at(const struct tokens *tokens, size_t at, size_t *used)
{
    const char *text = tokens->tokens[at].text;
    size_t len = strlen(text);
    const struct time_entry *found = NULL;

    for (size_t row = row_at_or_after(text, len); row < time_entries_n; row++) {
        const char *entry = time_entries[row].text;
        size_t n;

        if (strncmp(entry, text, len) != 0 || (entry[len] != '\0' && entry[len] != ' '))
            break;
        n = entry[len] == '\0' ? 1 : phrase_at(tokens, at, entry);
        if (n > 0 && (!found || n > *used)) {
            found = &time_entries[row];
            *used = n;
        }
    }
    return found;
}

/* --- words --- */

static bool ends_with(const char *text, size_t len, const char *end)
{
    size_t end_len = strlen(end);

    return len >= end_len && memcmp(text + len - end_len, end, end_len) == 0;
}

static struct time_word *add(struct reader *r, enum word_class class, int32_t value, uint32_t from,
                             uint32_t to)
{
    struct time_word *word = &r->words[r->n++];

    *word = (struct time_word){
        .class = class, .value = value, .from = from, .to = to, .sentence = r->sentence
    };
    word->is_glued = r->n > 1 && word[-1].to == from;
    return word;
}

/* "half eight" is past eight, "half acht" before it. */
static bool is_english_hour(const char *text)
{
    static const char *const hours[] = { "one",   "two",   "three", "four", "five",   "six",
                                         "seven", "eight", "nine",  "ten",  "eleven", "twelve" };

    for (size_t i = 0; i < COUNT(hours); i++)
        if (strcmp(text, hours[i]) == 0)
            return true;
    return false;
}

static void add_entry(struct reader *r, const struct time_entry *entry, uint32_t from, uint32_t to)
{
    size_t len = strlen(entry->text);
    struct time_word *word = add(r, entry->class, entry->value, from, to);

    word->is_plural = (entry->text[len - 1] == 'n' || entry->text[len - 1] == 's') &&
                      !ends_with(entry->text, len, "mois");
    word->is_english = (entry->class == WORD_NUMBER && is_english_hour(entry->text)) ||
                       (entry->class == WORD_PART && strncmp(entry->text, "night", 5) == 0) ||
                       (entry->class == WORD_UNIT && entry->value == UNIT_HOUR &&
                        entry->text[0] == 'h' && entry->text[1] != 'e');
}

/* z.s.m.: single letters with full stops between; how many tokens, 0 when it is none. */
static size_t abbreviation_at(const struct tokens *tokens, size_t at,
                              char out[ABBREVIATION_MAX * 2])
{
    size_t len = 0, i = at;

    for (; i < tokens->n && len + 2 < ABBREVIATION_MAX * 2; i += 2) {
        const struct token *letter = &tokens->tokens[i];

        if (letter->kind != TOKEN_WORD || strlen(letter->text) != 1 ||
            (i > at && letter->from != tokens->tokens[i - 1].to))
            break;
        out[len++] = letter->text[0];
        if (i + 1 >= tokens->n || !strchr("./", tokens->tokens[i + 1].text[0]) ||
            tokens->tokens[i + 1].from != letter->to) {
            i++;
            break;
        }
        out[len++] = tokens->tokens[i + 1].text[0];
    }
    if (len > 0 && strchr("./", out[len - 1]))
        len--;
    out[len] = '\0';
    return len >= 3 ? i - at : 0;
}

/* Two words of the table written as one, each with the class that it must have. */
static const struct {
    const char *end; /* what the word ends with: only then it is looked up; NULL: any */
    const char *start;
} compounds[] = {
    { "ochtend",    NULL   },
    { "morgen",     NULL   },
    { "voormiddag", NULL   },
    { "namiddag",   NULL   },
    { "middag",     NULL   },
    { "avond",      NULL   },
    { "nacht",      NULL   },
    { "vroeg",      NULL   },
    { "werkdag",    NULL   },
    { "werkdagen",  NULL   },
    { "weekend",    NULL   },
    { "uur",        "half" },
    { NULL,         "half" },
};

static bool starts_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

static bool may_join(const struct time_entry *left, const struct time_entry *right)
{
    switch (right->class) {
    case WORD_PART:
    case WORD_DAY: /* morgen: morning */
        return left->class == WORD_WEEKDAY || left->class == WORD_DAY;
    case WORD_NUMBER:
    case WORD_ONE:
    case WORD_UNIT:
        return left->class == WORD_HALF;
    default:
        return false;
    }
}

/* A long word by its last part: bankwerkdag, zomerweekend. */
static bool is_own_tail(const struct time_entry *right)
{
    return right->class == WORD_WORKDAY;
}

static bool add_compound(struct reader *r, const struct token *token, const char *text, size_t len)
{
    for (size_t i = 0; i < COUNT(compounds); i++) {
        size_t cut = compounds[i].end ? len - strlen(compounds[i].end) : strlen("half");
        const struct time_entry *left, *right;

        if (compounds[i].end && !ends_with(text, len, compounds[i].end))
            continue;
        if (compounds[i].start && (!starts_with(text, compounds[i].start) || cut >= len))
            continue;
        right = entry_of(text + cut, len - cut);
        if (!right)
            continue;
        left = entry_of(text, cut);
        if (left && may_join(left, right)) {
            add_entry(r, left, token->from, token->to);
            add_entry(r, right, token->from, token->to);
            r->words[r->n - 1].is_glued = true;
            return true;
        }
        if (is_own_tail(right)) {
            add_entry(r, right, token->from, token->to);
            return true;
        }
    }
    return false;
}

/* achtenveertig, tweeentwintig; forty-eight, vingt-quatre, twenty-second; 0: it is none. */
static int32_t compound_number(const char *text, size_t len, enum word_class *class)
{
    const char *hyphen = memchr(text, '-', len);
    const struct time_entry *ones = NULL, *tens = NULL;

    if (hyphen) {
        tens = entry_of(text, (size_t)(hyphen - text));
        ones = entry_of(hyphen + 1, len - (size_t)(hyphen - text) - 1);
    } else if (ends_with(text, len, "tig")) {
        for (size_t cut = 3; cut + 4 < len && !(ones && tens); cut++) {
            if (memcmp(text + cut, "en", 2) != 0)
                continue;
            ones = entry_of(text, cut);
            tens = entry_of(text + cut + 2, len - cut - 2);
        }
    }
    if (!ones || !tens || tens->class != WORD_NUMBER || tens->value < 20 || ones->value > 9 ||
        (ones->class != WORD_NUMBER && ones->class != WORD_ONE && ones->class != WORD_ORDINAL))
        return 0;
    *class = ones->class == WORD_ORDINAL ? WORD_ORDINAL : WORD_NUMBER;
    return tens->value + ones->value;
}

static bool add_number(struct reader *r, const struct token *token, const char *text, size_t len)
{
    enum word_class class;
    int32_t value = compound_number(text, len, &class);

    if (value > 0)
        add(r, class, value, token->from, token->to);
    return value > 0;
}

/* vijftiende, eenentwintigste, sixteenth. */
static bool add_ordinal(struct reader *r, const struct token *token, const char *text, size_t len)
{
    static const char *const ends[] = { "ste", "de", "th" };

    for (size_t i = 0; i < COUNT(ends); i++) {
        size_t stem = len - strlen(ends[i]);
        const struct time_entry *entry;
        enum word_class class = WORD_NUMBER;
        int32_t value;

        if (!ends_with(text, len, ends[i]))
            continue;
        entry = entry_of(text, stem);
        value = entry && entry->class == WORD_NUMBER ? entry->value
                                                     : compound_number(text, stem, &class);
        if (value < 2 || class != WORD_NUMBER)
            continue;
        add(r, WORD_ORDINAL, value, token->from, token->to);
        return true;
    }
    return false;
}

/* Friday's, the month's, today's. */
static bool add_possessive(struct reader *r, const struct token *token, const char *text,
                           size_t len)
{
    const struct time_entry *entry;

    if (!ends_with(text, len, "'s"))
        return false;
    entry = entry_of(text, len - strlen("'s"));
    if (!entry ||
        (entry->class != WORD_DAY && entry->class != WORD_WEEKDAY && entry->class != WORD_PART &&
         entry->class != WORD_UNIT && entry->class != WORD_MONTH && entry->class != WORD_FEAST))
        return false;
    add_entry(r, entry, token->from, token->to);
    r->words[r->n - 1].is_possessive = true;
    return true;
}

/* sixish, noonish. */
static bool add_ish(struct reader *r, const struct token *token, const char *text, size_t len)
{
    const struct time_entry *entry;

    if (!ends_with(text, len, "ish"))
        return false;
    entry = entry_of(text, len - strlen("ish"));
    if (!entry || (entry->class != WORD_NUMBER && entry->class != WORD_CLOCK))
        return false;
    add_entry(r, entry, token->from, token->to);
    add(r, WORD_ISH, 0, token->to, token->to);
    return true;
}

/* Words with a hyphen of which each half is known: maandag-ochtend, mid-april. */
static bool add_hyphened(struct reader *r, const struct token *token, const char *text, size_t len)
{
    const char *hyphen = memchr(text, '-', len);
    const struct time_entry *left, *right;
    uint32_t cut;

    if (!hyphen)
        return false;
    left = entry_of(text, (size_t)(hyphen - text));
    right = entry_of(hyphen + 1, len - (size_t)(hyphen - text) - 1);
    if (!left || !right || left->class == WORD_OTHER || right->class == WORD_NOT)
        return false;
    cut = token->to - token->from == len ? token->from + (uint32_t)(hyphen - text) : token->to;
    add_entry(r, left, token->from, cut);
    if (left->class == WORD_WEEKDAY || left->class == WORD_WEEKDAY_SHORT)
        add(r, right->class == left->class ? WORD_WEEKDAYS : right->class, right->value, cut,
            token->to);
    else
        add_entry(r, right, cut, token->to);
    return true;
}

/* uurtje, kwartiertjes, weekje. */
static bool add_diminutive(struct reader *r, const struct token *token, const char *text,
                           size_t len)
{
    static const char *const ends[] = { "tjes", "tje", "jes", "je" };

    for (size_t i = 0; i < COUNT(ends); i++) {
        const struct time_entry *entry;
        size_t stem = len - strlen(ends[i]);

        if (!ends_with(text, len, ends[i]))
            continue;
        entry = entry_of(text, stem);
        if (entry && entry->class == WORD_UNIT) {
            add_entry(r, entry, token->from, token->to);
            return true;
        }
        if (starts_with(text, "half"))
            return add_compound(r, token, text, stem);
    }
    return false;
}

static void add_word(struct reader *r, const struct token *token)
{
    size_t len = strlen(token->text);

    if (len > SPLIT_MAX ||
        (!add_number(r, token, token->text, len) && !add_ordinal(r, token, token->text, len) &&
         !add_possessive(r, token, token->text, len) && !add_ish(r, token, token->text, len) &&
         !add_compound(r, token, token->text, len) && !add_diminutive(r, token, token->text, len) &&
         !add_hyphened(r, token, token->text, len)))
        add(r, WORD_OTHER, 0, token->from, token->to);
}

static void add_digits(struct reader *r, const struct token *token)
{
    uint32_t digits = token->to - token->from;
    struct time_word *word;

    if (token->number < 0 || token->number > 99999 || digits > 5) {
        add(r, WORD_OTHER, 0, token->from, token->to);
        return;
    }
    word = add(r, WORD_NUMBER, (int32_t)token->number, token->from, token->to);
    word->digits = (uint8_t)digits;
}

/* The token at hand and those that belong to it; how many. */
static size_t read_token(struct reader *r, size_t at)
{
    const struct token *token = &r->tokens->tokens[at];
    char abbreviation[ABBREVIATION_MAX * 2];
    const struct time_entry *entry;
    size_t used = 1;

    switch (token->kind) {
    case TOKEN_NUMBER:
        add_digits(r, token);
        return 1;
    case TOKEN_SIGN:
        add(r, WORD_SIGN, (uint8_t)token->text[0] < 0x80 ? token->text[0] : 0, token->from,
            token->to);
        return 1;
    case TOKEN_WORD:
        break;
    case TOKEN_URL:
    case TOKEN_EMAIL:
    case TOKEN_HANDLE:
    case TOKEN_TAG:
    case TOKEN_EMOJI:
    case TOKEN_EMOTICON:
        add(r, WORD_OTHER, 0, token->from, token->to);
        return 1;
    }
    used = abbreviation_at(r->tokens, at, abbreviation);
    entry = used > 0 ? entry_of(abbreviation, strlen(abbreviation)) : NULL;
    if (!entry) {
        used = 1;
        entry = longest_at(r->tokens, at, &used);
    }
    if (entry)
        add_entry(r, entry, token->from, r->tokens->tokens[at + used - 1].to);
    else
        add_word(r, token);
    return used;
}

void time_words_of(struct arena *mem, const struct tokens *tokens, struct time_words *out)
{
    struct reader r = { .tokens = tokens };

    r.words = NEW_ARRAY(mem, struct time_word, 2 * tokens->n + 1);
    for (size_t at = 0; at < tokens->n;) {
        while (r.sentence + 1 < tokens->sentences_n &&
               at >= tokens->sentences[r.sentence + 1].first)
            r.sentence++;
        at += read_token(&r, at);
    }
    *out = (struct time_words){ r.words, r.n };
    r.sentence = UINT32_MAX;
    add(&r, WORD_SIGN, 0, (uint32_t)tokens->len, (uint32_t)tokens->len);
}

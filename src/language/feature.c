#include "feature.h"

#include "../base/text.h"

#include <math.h>
#include <string.h>

enum {
    WORD_LOOKED_AT = 40, /* bytes */
    SHORT_START = 4,
    LONG_START = 6,
    GRAM = 4,
    CUE_LEN_MIN = 2,
    ELIDED_MAX = 3,
    CUES_APART = 4, /* tokens between two cues that belong together */
    TOKEN_FEATURES = 24,
};

const char *const cue_names[CUES_N] = {
#define X(name) #name,
    CUES(X)
#undef X
};

/* How a kind of features weighs against the others: found by trying (train --folds). */
static const float kind_values[FEATURE_KINDS] = {
    [FEATURE_WORD] = 2.2F,  [FEATURE_PAIR] = 1.5F,  [FEATURE_START] = 0.3F,
    [FEATURE_GRAM] = 0.45F, [FEATURE_CUE] = 0.5F,   [FEATURE_CUES] = 0.7F,
    [FEATURE_BOTH] = 0.5F,  [FEATURE_PLACE] = 1.3F, [FEATURE_SHAPE] = 0.6F,
};

void feature_values(const struct features *features, float out[FEATURE_KINDS])
{
    for (size_t kind = 0; kind < FEATURE_KINDS; kind++)
        out[kind] = features->kind_n[kind] == 0
                        ? 0
                        : kind_values[kind] / sqrtf((float)features->kind_n[kind]);
}

uint32_t hash_text(uint32_t hash, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (unsigned char)text[i]) * 16777619u;
    return hash;
}

uint32_t hash_number(uint32_t hash, uint64_t number)
{
    uint64_t mixed = (hash ^ number) * 0x9e3779b97f4a7c15u;

    mixed ^= mixed >> 29;
    mixed *= 0xbf58476d1ce4e5b9u;
    return (uint32_t)(mixed >> 32);
}

static size_t cue_start(uint32_t hash)
{
    return hash_number(hash, 0) >> (32 - CUE_BITS);
}

static size_t cue_next(size_t at)
{
    return (at + 1) & ((1u << CUE_BITS) - 1);
}

void cue_add(struct cue_slot *slots, const char *word, size_t len, enum cue cue)
{
    bool is_whole = word[len - 1] != '*';
    uint32_t hash = hash_text(HASH_START, word, is_whole ? len : len - 1);
    size_t at = cue_start(hash);

    while (slots[at].hash && (slots[at].hash != hash || slots[at].is_whole != is_whole))
        at = cue_next(at);
    slots[at].hash = hash;
    slots[at].is_whole = is_whole;
    slots[at].cues |= UINT64_C(1) << cue;
}

/* How many bytes stand in front of the word itself: l'ascenseur, d'un, qu'on, 's. */
static size_t elided(const char *word, size_t len)
{
    const char *mark = memchr(word, '\'', len < ELIDED_MAX ? len : ELIDED_MAX);

    return mark && mark + 1 < word + len ? (size_t)(mark + 1 - word) : 0;
}

static uint64_t cues_of(const struct cue_slot *slots, const char *word, size_t len)
{
    uint32_t hash = HASH_START;
    uint64_t found = 0;

    for (size_t i = 0; i < len; i++) {
        hash = hash_text(hash, word + i, 1);
        if (i + 1 < CUE_LEN_MIN && i + 1 < len)
            continue;
        for (size_t at = cue_start(hash); slots[at].hash; at = cue_next(at))
            if (slots[at].hash == hash && (i + 1 == len || !slots[at].is_whole))
                found |= slots[at].cues;
    }
    return found;
}

/* What is being put together. */
struct making {
    struct feature *items;
    size_t n, cap;
    uint32_t *seen; /* open addressing */
    int seen_bits;
    size_t kind_n[FEATURE_KINDS];
};

static void add(struct making *making, enum feature_kind kind, uint32_t hash, size_t token)
{
    size_t at;

    if (making->n >= making->cap)
        return;
    hash = hash_number(hash, (uint64_t)kind + 1);
    hash += hash == 0;
    for (at = hash >> (32 - making->seen_bits); making->seen[at];
         at = (at + 1) & (((size_t)1 << making->seen_bits) - 1))
        if (making->seen[at] == hash)
            return;
    making->seen[at] = hash;
    making->items[making->n++] = (struct feature){ hash, (uint32_t)token, kind };
    making->kind_n[kind]++;
}

/* What the models weigh; the rest is for the rules of emotion.c. */
static const uint64_t WEIGHED_CUES = (UINT64_C(1) << CUE_hazard) - 1;

static void add_cues(struct making *making, enum feature_kind kind, uint32_t seed, uint64_t cues,
                     size_t token)
{
    for (cues &= WEIGHED_CUES; cues; cues &= cues - 1)
        add(making, kind, hash_number(seed, (uint64_t)__builtin_ctzll(cues)), token);
}

/* Numbers by their size, addresses by their kind, all else by its text. */
static uint32_t word_hash(const struct token *token)
{
    switch (token->kind) {
    case TOKEN_NUMBER:
        if (token->number < 0)
            return 1;
        return token->number < 10 ? 2 : token->number < 100 ? 3 : 4;
    case TOKEN_URL:
        return 5;
    case TOKEN_EMAIL:
        return 6;
    case TOKEN_HANDLE:
        return 7;
    case TOKEN_TAG:
        return hash_text(HASH_START, token->text + 1, strlen(token->text) - 1);
    case TOKEN_WORD:
    case TOKEN_SIGN:
    case TOKEN_EMOJI:
    case TOKEN_EMOTICON:
        break;
    }
    return hash_text(HASH_START, token->text, strlen(token->text));
}

static void add_letters(struct making *making, const char *word, size_t len, size_t token)
{
    char framed[WORD_LOOKED_AT + 2];

    if (len >= SHORT_START)
        add(making, FEATURE_START, hash_text(HASH_START, word, utf8_cut(word, len, SHORT_START)),
            token);
    if (len > SHORT_START)
        add(making, FEATURE_START, hash_text(HASH_START, word, utf8_cut(word, len, LONG_START)),
            token);
    framed[0] = '<';
    memcpy(framed + 1, word, len);
    framed[len + 1] = '>';
    for (size_t i = 0; i + GRAM <= len + 2; i++)
        add(making, FEATURE_GRAM, hash_text(HASH_START, framed + i, GRAM), token);
}

/* Where a token stands; each begins the hashes of its features. */
enum place {
    PLACE_ASKED = 100,
    PLACE_SAID,
    PLACE_FIRST_SENTENCE,
    PLACE_LAST_SENTENCE,
    PLACE_DENIED,
    PLACE_OPENS_SENTENCE,
    PLACE_WORD_OPENS_SENTENCE,
    PLACE_OPENS_TEXT,
    PLACE_OPENS_TEXT_SECOND,
    SHAPE_EXCLAIMED,
    SHAPE_ASKED,
    SHAPE_CAPITALS,
    SHAPE_LENGTH,
    SHAPE_DOTS,
    SHAPE_LINES,
    CUE_BEFORE = 1000,
    CUE_BESIDE = 5000,
};

static uint32_t few(size_t n)
{
    return n > 2 ? 2 : (uint32_t)n;
}

static void add_shape(struct making *making, const struct tokens *tokens, size_t first, size_t n)
{
    size_t exclaimed = 0, asked = 0, capitals = 0, words = 0, lines = 0, dots = 0, length;

    for (size_t i = first; i < first + n; i++) {
        const struct token *token = &tokens->tokens[i];

        exclaimed += token->text[0] == '!';
        asked += token->text[0] == '?';
        dots += strcmp(token->text, "…") == 0 ||
                (i > first && token->text[0] == '.' && tokens->tokens[i - 1].text[0] == '.');
        capitals += token->is_caps;
        words += token->kind == TOKEN_WORD;
        lines += token->after_line;
    }
    add(making, FEATURE_SHAPE, hash_number(SHAPE_EXCLAIMED, few(exclaimed)), first);
    add(making, FEATURE_SHAPE, hash_number(SHAPE_ASKED, few(asked)), first);
    add(making, FEATURE_SHAPE, hash_number(SHAPE_CAPITALS, few(capitals)), first);
    add(making, FEATURE_SHAPE, hash_number(SHAPE_DOTS, dots > 0), first);
    add(making, FEATURE_SHAPE, hash_number(SHAPE_LINES, lines > 1), first);
    length = (size_t)(words >= 5) + (words >= 10) + (words >= 20) + (words >= 40);
    add(making, FEATURE_SHAPE, hash_number(SHAPE_LENGTH, length), first);
}

static void add_both(struct making *making, const uint64_t *cues, size_t first, size_t n)
{
    uint64_t all = 0;

    for (size_t i = 0; i < n; i++)
        all |= cues[i];
    for (all &= WEIGHED_CUES; all; all &= all - 1)
        add_cues(making, FEATURE_BOTH, CUE_BESIDE + (uint32_t)__builtin_ctzll(all), all & (all - 1),
                 first);
}

/* What was read before the token at hand. */
struct state {
    uint32_t before, before_that; /* hashes of words; 0: none */
    uint64_t cues;                /* the last ones */
    size_t cues_at, denied_at;
    bool is_denied;
    size_t sentence, first_sentence; /* indexes */
    size_t end;                      /* behind the last token of the part */
};

static void add_places(struct making *making, const struct tokens *tokens, struct state *state,
                       uint64_t cues, uint32_t word, size_t at)
{
    const struct sentence *sentence = &tokens->sentences[state->sentence];

    add_cues(making, FEATURE_PLACE, sentence->is_question ? PLACE_ASKED : PLACE_SAID, cues, at);
    if (state->sentence == state->first_sentence)
        add_cues(making, FEATURE_PLACE, PLACE_FIRST_SENTENCE, cues, at);
    if (sentence->first + sentence->n >= state->end)
        add_cues(making, FEATURE_PLACE, PLACE_LAST_SENTENCE, cues, at);
    if (at == sentence->first) {
        add(making, FEATURE_PLACE, hash_number(PLACE_WORD_OPENS_SENTENCE, word), at);
        add_cues(making, FEATURE_PLACE, PLACE_OPENS_SENTENCE, cues, at);
    }
    if (state->is_denied && at - state->denied_at < CUES_APART)
        add_cues(making, FEATURE_PLACE, PLACE_DENIED, cues, at);
    if (cues & UINT64_C(1) << CUE_negate) {
        state->is_denied = true;
        state->denied_at = at;
    }
}

static void add_pairs(struct making *making, struct state *state, uint64_t cues, uint32_t word,
                      size_t at)
{
    if (state->before)
        add(making, FEATURE_PAIR, hash_number(state->before, word), at - 1);
    if (state->before_that)
        add(making, FEATURE_PAIR, hash_number(state->before_that + 1, word), at - 2);
    if (cues && at - state->cues_at <= CUES_APART)
        for (uint64_t left = state->cues & WEIGHED_CUES; left; left &= left - 1)
            add_cues(making, FEATURE_CUES, CUE_BEFORE + (uint32_t)__builtin_ctzll(left), cues, at);
    state->before_that = state->before;
    state->before = word;
    if (cues) {
        state->cues = cues;
        state->cues_at = at;
    }
}

/* The sentence that a token belongs to. */
static size_t sentence_of(const struct tokens *tokens, size_t token)
{
    size_t low = 0, high = tokens->sentences_n;

    while (high - low > 1) {
        size_t middle = (low + high) / 2;

        if (tokens->sentences[middle].first <= token)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static struct making making_new(struct arena *mem, size_t tokens)
{
    struct making making = { .cap = TOKEN_FEATURES * tokens + 64, .seen_bits = 8 };

    if (making.cap > FEATURES_MAX)
        making.cap = FEATURES_MAX;
    while ((size_t)1 << making.seen_bits < 2 * making.cap)
        making.seen_bits++;
    making.items = NEW_ARRAY(mem, struct feature, making.cap);
    making.seen = NEW_ARRAY(mem, uint32_t, (size_t)1 << making.seen_bits);
    return making;
}

void features_with(struct arena *mem, const struct cue_slot *slots, const struct tokens *tokens,
                   size_t first, size_t n, struct features *out)
{
    struct making making = making_new(mem, n);
    struct state state = { 0 };
    uint64_t *cues = NEW_ARRAY(mem, uint64_t, n + 1);

    state.first_sentence = state.sentence = n > 0 ? sentence_of(tokens, first) : 0;
    state.end = first + n;
    for (size_t i = 0; i < n && making.n < making.cap; i++) {
        const struct token *token = &tokens->tokens[first + i];
        size_t len = utf8_cut(token->text, strlen(token->text), WORD_LOOKED_AT), at = first + i;
        uint32_t word = word_hash(token);

        while (state.sentence + 1 < tokens->sentences_n &&
               at >= tokens->sentences[state.sentence + 1].first)
            state.sentence++;
        if (token->kind == TOKEN_WORD) {
            size_t skip = elided(token->text, len);

            cues[i] = cues_of(slots, token->text + skip, len - skip);
            if (skip > 0)
                cues[i] |= cues_of(slots, token->text, len);
            add_letters(&making, token->text + skip, len - skip, at);
        } else if (token->kind == TOKEN_EMOJI) {
            cues[i] = cues_of(slots, token->text, len);
        }
        add(&making, FEATURE_WORD, word, at);
        add_cues(&making, FEATURE_CUE, 0, cues[i], at);
        if (i < 2)
            add(&making, FEATURE_PLACE, hash_number(PLACE_OPENS_TEXT + (uint32_t)i, word), at);
        add_places(&making, tokens, &state, cues[i], word, at);
        add_pairs(&making, &state, cues[i], word, at);
    }
    add_shape(&making, tokens, first, n);
    add_both(&making, cues, first, n);
    *out = (struct features){ .items = making.items, .n = making.n, .cues = cues };
    memcpy(out->kind_n, making.kind_n, sizeof(out->kind_n));
}

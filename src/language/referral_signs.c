#include "referral_signs.h"

#include "feature.h"

#include <math.h>
#include <string.h>

enum {
    BEGIN_N = 3, /* tokens that are the begin of a sentence */
    END_MIN = 3, /* last letters of a word */
    END_MAX = 6,
    AROUND = 2, /* tokens to either side of one that may be the target */
};

/* Found by cross-validation over authors; none matters much. */
static const float shares[SIGN_KINDS] = {
    [SIGN_CLASS] = 1.5F, [SIGN_NEXT] = 2, [SIGN_START] = 1.5F, [SIGN_GRID] = 2,
    [SIGN_BEFORE] = 1,   [SIGN_WORD] = 1, [SIGN_END] = 0.5F,
};

const char *const referral_kinds[] = { "call", "form", "mail", "visit", "site", "contact", NULL };

struct gathering {
    struct referral_signs *out;
    uint64_t seen[REFERRAL_SIGNS_N / 64];
};

static void begin(struct gathering *g, struct referral_signs *out)
{
    memset(g->seen, 0, sizeof(g->seen));
    memset(out->kind_n, 0, sizeof(out->kind_n));
    out->n = 0;
    g->out = out;
}

/* `what` is a hash, or a number that no other sign of this kind has. */
static void add(struct gathering *g, enum referral_sign_kind kind, uint64_t what)
{
    uint32_t id = hash_number(HASH_START, what * SIGN_KINDS + kind) >> (32 - REFERRAL_SIGNS_BITS);
    uint64_t bit = (uint64_t)1 << id % 64;

    if ((g->seen[id / 64] & bit) || g->out->n == REFERRAL_SIGNS_MAX)
        return;
    g->seen[id / 64] |= bit;
    g->out->items[g->out->n++] = (struct referral_sign){ (uint16_t)id, (uint8_t)kind };
    g->out->kind_n[kind]++;
}

static bool next_class(uint64_t *says, uint32_t *out)
{
    if (*says == 0)
        return false;
    *out = (uint32_t)__builtin_ctzll(*says);
    *says &= *says - 1;
    return true;
}

/* `of` tells apart what is said of the same classes. */
static void add_classes(struct gathering *g, enum referral_sign_kind kind, uint32_t of,
                        uint64_t says)
{
    for (uint32_t class; next_class(&says, &class);)
        add(g, kind, (uint64_t)of * 64 + class);
}

static void add_pairs(struct gathering *g, enum referral_sign_kind kind, uint32_t of, uint64_t some,
                      uint64_t says)
{
    for (uint32_t class; next_class(&some, &class);)
        add_classes(g, kind, of + class + 1, says);
}

static void add_word(struct gathering *g, const struct token *token, uint32_t of)
{
    size_t len = strlen(token->text);

    add(g, SIGN_WORD, hash_text(HASH_START + of, token->text, len));
    for (size_t n = END_MIN; n <= END_MAX && n < len; n++)
        add(g, SIGN_END, hash_text(HASH_START + of, token->text + len - n, n));
}

/* --- of a sentence --- */

static const uint64_t addresses = REFERRAL_BIT(PHONE) | REFERRAL_BIT(EMAIL) | REFERRAL_BIT(URL);
static const uint64_t places = REFERRAL_BIT(FORM) | REFERRAL_BIT(SITE) | REFERRAL_BIT(PLACE) |
                               REFERRAL_BIT(OFFICE) | REFERRAL_BIT(POST);
static const uint64_t moods = REFERRAL_BIT(CAN) | REFERRAL_BIT(MUST) | REFERRAL_BIT(ASK) |
                              REFERRAL_BIT(HESITATE) | REFERRAL_BIT(IF);
static const uint64_t was = REFERRAL_BIT(PAST) | REFERRAL_BIT(HAVE) | REFERRAL_BIT(RECEIVED);
static const uint64_t acts = REFERRAL_BIT(CALL) | REFERRAL_BIT(MAIL) | REFERRAL_BIT(SEND) |
                             REFERRAL_BIT(VISIT) | REFERRAL_BIT(LOOK) | REFERRAL_BIT(CONTACT) |
                             REFERRAL_BIT(CHAT) | REFERRAL_BIT(FILL) | REFERRAL_BIT(ARRANGE) |
                             REFERRAL_BIT(HELP) | REFERRAL_BIT(REACH) | REFERRAL_BIT(REFER) |
                             REFERRAL_BIT(DUTY);
/* Of the sentence in front: "Geen antwoord gekregen? Bel dan …". */
static const uint64_t leads = REFERRAL_BIT(QUESTION) | REFERRAL_BIT(UNABLE) | REFERRAL_BIT(NOT) |
                              REFERRAL_BIT(IF) | REFERRAL_BIT(WE) | REFERRAL_BIT(YOU) |
                              REFERRAL_BIT(SORRY) | REFERRAL_BIT(THANKS) | REFERRAL_BIT(URGENT);

/* Which of the groups that matter most are there, all at once and each two of them. */
static void add_grid(struct gathering *g, uint64_t all)
{
    const uint64_t rows[] = { addresses,
                              places,
                              moods,
                              was,
                              REFERRAL_BIT(WE),
                              REFERRAL_BIT(YOU),
                              REFERRAL_BIT(NOT) | REFERRAL_BIT(NEEDLESS) };
    uint32_t grid = 0;

    for (size_t i = 0; i < COUNT(rows); i++)
        grid |= (uint32_t)((all & rows[i]) != 0) << i;
    add(g, SIGN_GRID, (1 << 20) + grid);
    for (size_t i = 0; i < COUNT(rows); i++)
        for (size_t k = i + 1; k < COUNT(rows); k++)
            add(g, SIGN_GRID, (1 << 21) + ((i * 8 + k) << 8) + (grid & (1u << i | 1u << k)));
}

static void add_before(struct gathering *g, const struct referral_text *text, size_t at)
{
    const struct sentence *sentence = &text->tokens->sentences[at];
    uint64_t all = 0;

    for (size_t i = sentence->first; i < sentence->first + sentence->n; i++)
        all |= text->says[i];
    add_classes(g, SIGN_BEFORE, 0, all & (leads | was | addresses | places));
    add(g, SIGN_BEFORE, 64);
}

struct referral_part referral_sentence(const struct referral_text *text, size_t sentence)
{
    const struct sentence *of = &text->tokens->sentences[sentence];

    return (struct referral_part){ sentence, of->first, of->first + of->n };
}

void referral_signs_of(const struct referral_text *text, const struct referral_part *part,
                       struct referral_signs *out)
{
    uint64_t all = 0, before = 0, before_that = 0;
    uint32_t seen = 0;
    struct gathering g;

    begin(&g, out);
    for (size_t i = part->first; i < part->end; i++) {
        uint64_t says = text->says[i];

        if (says == 0 || (says == before && says == REFERRAL_BIT(PHONE)))
            continue;
        if (text->tokens->tokens[i].kind == TOKEN_WORD)
            add_word(&g, &text->tokens->tokens[i], 0);
        if (seen < BEGIN_N)
            add_classes(&g, SIGN_START, seen, says);
        seen++;
        add_pairs(&g, SIGN_NEXT, 0, before, says);
        add_pairs(&g, SIGN_NEXT, 0, before_that, says);
        all |= says;
        before_that = before;
        before = says;
    }
    add_classes(&g, SIGN_START, BEGIN_N, before);
    add_classes(&g, SIGN_CLASS, 0, all);
    add_grid(&g, all);
    add_pairs(&g, SIGN_GRID, 0,
              all & (addresses | places | acts | REFERRAL_BIT(NAME) | REFERRAL_BIT(US)), all);
    if (part->sentence > 0)
        add_before(&g, text, part->sentence - 1);
}

/* --- of a token --- */

void referral_target_signs_of(const struct referral_text *text, const struct referral_part *part,
                              size_t token, enum referral_kind kind, struct referral_signs *out)
{
    enum { OF_TOKENS = 1000, OF_KIND = 100, OF_PAIRS = 10000 };
    const struct token *tokens = text->tokens->tokens;
    uint64_t says = text->says[token];
    struct gathering g;

    begin(&g, out);
    add_classes(&g, SIGN_CLASS, OF_TOKENS, says);
    add_classes(&g, SIGN_GRID, OF_TOKENS + OF_KIND * (kind + 1), says);
    if (tokens[token].kind == TOKEN_WORD)
        add_word(&g, &tokens[token], OF_TOKENS);
    for (size_t i = 1; i <= AROUND; i++) {
        uint64_t before = token >= part->first + i ? text->says[token - i] : 1;
        uint64_t after = token + i < part->end ? text->says[token + i] : 1;
        uint32_t place = (uint32_t)(OF_TOKENS + OF_KIND * (10 + i * 20));

        add_classes(&g, SIGN_NEXT, place, before);
        add_classes(&g, SIGN_NEXT, place + OF_KIND, after);
        add_classes(&g, SIGN_GRID, place + OF_KIND * (2 + kind), before);
        add_pairs(&g, SIGN_NEXT, (uint32_t)(OF_PAIRS * i), before, says);
        add_pairs(&g, SIGN_NEXT, (uint32_t)(OF_PAIRS * (i + AROUND)), after, says);
    }
    if (token > part->first && tokens[token - 1].kind == TOKEN_WORD)
        add_word(&g, &tokens[token - 1], OF_TOKENS + 1);
}

void referral_sign_values(const struct referral_signs *signs, float out[SIGN_KINDS])
{
    for (size_t kind = 0; kind < SIGN_KINDS; kind++)
        out[kind] = shares[kind] / sqrtf((float)signs->kind_n[kind] + 1);
}

#include "referrals.h"

#include "../base/text.h"
#include "referral_own.h"
#include "referral_signs.h"

#include <string.h>

enum { TARGET_LOOK_MAX = 200 /* tokens of a sentence among which a target is looked for */ };
/* Where nothing is named that he is sent to, it must be plain that he is. */
static const float AIMLESS_MIN = 2;

/* Tokens [first, end); empty when equal. */
struct range {
    size_t first, end;
};

struct reader {
    struct referral_text text;
    struct arena *mem;
    const struct referral_own *own;
    struct referral *items;
    size_t n;
};

static const struct token *token_at(const struct reader *r, size_t i)
{
    return &r->text.tokens->tokens[i];
}

static bool says(const struct reader *r, size_t i, uint64_t what)
{
    return (r->text.says[i] & what) != 0;
}

/* --- one referral --- */

static bool ends_clause(const struct reader *r, size_t i)
{
    const struct token *token = token_at(r, i);

    return token->kind == TOKEN_SIGN && !says(r, i, REFERRAL_BIT(PHONE)) &&
           strstr(",;:()?!–—", token->text) != NULL;
}

/* Around the target: as far as the marks beside it. */
static struct range clause_of(const struct reader *r, const struct referral_part *part,
                              struct range target)
{
    struct range clause = target;

    if (target.first == target.end)
        clause = (struct range){ part->first, part->end };
    while (clause.first > part->first && !ends_clause(r, clause.first - 1))
        clause.first--;
    while (clause.end < part->end && !ends_clause(r, clause.end))
        clause.end++;
    while (clause.end > clause.first + 1 && clause.end > target.end &&
           token_at(r, clause.end - 1)->kind == TOKEN_SIGN)
        clause.end--;
    return clause;
}

static void emit(struct reader *r, const struct referral_part *part, enum referral_kind kind,
                 struct range target)
{
    struct range clause = clause_of(r, part, target);
    struct referral *item;

    if (r->n == REFERRALS_MAX)
        return;
    item = &r->items[r->n++];
    *item = (struct referral){ .kind = kind,
                               .from = token_at(r, clause.first)->from,
                               .to = token_at(r, clause.end - 1)->to,
                               .target = "" };
    item->target_from = item->target_to = item->from;
    if (target.first < target.end) {
        item->target_from = token_at(r, target.first)->from;
        item->target_to = token_at(r, target.end - 1)->to;
        item->target = arena_text_n(r->mem, r->text.tokens->text + item->target_from,
                                    item->target_to - item->target_from);
    }
    item->own = referral_own_index(r->mem, r->own, item->target);
    item->is_own = item->own >= 0 ||
                   (target.end == target.first + 1 && says(r, target.first, REFERRAL_BIT(US)));
}

/* --- numbers and addresses --- */

/* "Your number 06 …", "mails from info@…": nobody is sent there. */
static bool is_of_others(const struct reader *r, const struct referral_part *part, size_t i)
{
    size_t before = i - part->first;

    return (before > 0 && says(r, i - 1, REFERRAL_BIT(YOURS) | REFERRAL_BIT(OF))) ||
           (before > 1 && says(r, i - 2, REFERRAL_BIT(YOURS)));
}

static bool is_chat(const struct reader *r, const struct referral_part *part)
{
    for (size_t i = part->first; i < part->end; i++)
        if (says(r, i, REFERRAL_BIT(CHAT)))
            return true;
    return false;
}

/* As they stand; how many. */
static size_t emit_addresses(struct reader *r, const struct referral_part *part,
                             const struct referral_signs *signs)
{
    size_t before = r->n;

    for (size_t i = part->first; i < part->end; i++) {
        enum referral_kind kind;
        size_t n = 1;

        if (says(r, i, REFERRAL_BIT(EMAIL))) {
            kind = REFERRAL_MAIL;
        } else if (says(r, i, REFERRAL_BIT(URL))) {
            kind = referral_kind_of(signs, 1u << REFERRAL_SITE | 1u << REFERRAL_FORM);
        } else if (says(r, i, REFERRAL_BIT(PHONE)) && r->text.phone_len[i] > 0) {
            n = r->text.phone_len[i];
            kind = is_chat(r, part) ? REFERRAL_CONTACT : REFERRAL_CALL;
        } else {
            continue;
        }
        if (!is_of_others(r, part, i))
            emit(r, part, kind, (struct range){ i, i + n });
        i += n - 1;
    }
    return r->n - before;
}

/* --- what is named --- */

/* From the surest word on to both sides, over one that isn't sure when the next is. */
static struct range widen(const float *sure, size_t n, size_t best)
{
    struct range range = { best, best + 1 };

    for (;;) {
        if (range.first > 0 && sure[range.first - 1] > 0)
            range.first--;
        else if (range.first > 1 && sure[range.first - 1] > -1 && sure[range.first - 2] > 0)
            range.first -= 2;
        else if (range.end < n && sure[range.end] > 0)
            range.end++;
        else if (range.end + 1 < n && sure[range.end] > -1 && sure[range.end + 1] > 0)
            range.end += 2;
        else
            return range;
    }
}

/* Empty when nothing is named. */
static struct range find_target(const struct reader *r, const struct referral_part *part,
                                enum referral_kind kind)
{
    static const float sure_min = -2; /* below that no word is the target */
    size_t n = part->end - part->first, best;
    float sure[TARGET_LOOK_MAX];
    struct range range;

    n = best = n < TARGET_LOOK_MAX ? n : TARGET_LOOK_MAX;
    for (size_t i = 0; i < n; i++) {
        struct referral_signs signs;

        referral_target_signs_of(&r->text, part, part->first + i, kind, &signs);
        sure[i] = referral_is_target(&signs);
        if (token_at(r, part->first + i)->kind == TOKEN_WORD && (best == n || sure[i] > sure[best]))
            best = i;
    }
    if (best == n || sure[best] < sure_min)
        return (struct range){ part->first, part->first };
    range = widen(sure, n, best);
    while (token_at(r, part->first + range.end - 1)->kind == TOKEN_SIGN)
        range.end--;
    while (token_at(r, part->first + range.first)->kind == TOKEN_SIGN)
        range.first++;
    return (struct range){ part->first + range.first, part->first + range.end };
}

/* "Bel of mail ons": both. */
static bool says_either(const struct reader *r, const struct referral_part *part)
{
    for (size_t i = part->first; i + 2 < part->end; i++)
        if (says(r, i + 1, REFERRAL_BIT(AND)) &&
            ((says(r, i, REFERRAL_BIT(CALL)) && says(r, i + 2, REFERRAL_BIT(MAIL))) ||
             (says(r, i, REFERRAL_BIT(MAIL)) && says(r, i + 2, REFERRAL_BIT(CALL)))))
            return true;
    return false;
}

static void emit_named(struct reader *r, const struct referral_part *part,
                       const struct referral_signs *signs)
{
    enum referral_kind kind = referral_kind_of(signs, (1u << REFERRAL_KINDS_N) - 1);
    struct range target = find_target(r, part, kind);

    if (target.first == target.end && referral_sends(signs) < AIMLESS_MIN)
        return;
    if (says_either(r, part)) {
        emit(r, part, REFERRAL_CALL, target);
        kind = REFERRAL_MAIL;
    }
    emit(r, part, kind, target);
}

static void see_part(struct reader *r, const struct referral_part *part,
                     const struct referral_signs *signs)
{
    if (emit_addresses(r, part, signs) == 0)
        emit_named(r, part, signs);
}

/* --- sentences --- */

/* Something to do, and where: enough to stand for itself. */
static bool is_whole(const struct reader *r, size_t first, size_t end)
{
    static const uint64_t acts = REFERRAL_BIT(CALL) | REFERRAL_BIT(MAIL) | REFERRAL_BIT(SEND) |
                                 REFERRAL_BIT(VISIT) | REFERRAL_BIT(LOOK) | REFERRAL_BIT(CONTACT) |
                                 REFERRAL_BIT(CHAT) | REFERRAL_BIT(FILL);
    static const uint64_t places = REFERRAL_BIT(PHONE) | REFERRAL_BIT(EMAIL) | REFERRAL_BIT(URL) |
                                   REFERRAL_BIT(FORM) | REFERRAL_BIT(SITE) | REFERRAL_BIT(PLACE) |
                                   REFERRAL_BIT(OFFICE) | REFERRAL_BIT(US);
    bool has_act = false, has_place = false;

    for (size_t i = first; i < end; i++) {
        has_act |= says(r, i, acts);
        has_place |= says(r, i, places);
    }
    return has_act && has_place;
}

/* "Vul het formulier in of kom langs bij de balie": at the first "of" between two that stand for
 * themselves; the end of the part when there is none. */
static size_t find_cut(const struct reader *r, const struct referral_part *part)
{
    for (size_t i = part->first + 1; i < part->end; i++)
        if (says(r, i, REFERRAL_BIT(AND)))
            return is_whole(r, part->first, i) && is_whole(r, i, part->end) ? i : part->end;
    return part->end;
}

static void see_sentence(struct reader *r, size_t at)
{
    struct referral_part whole = referral_sentence(&r->text, at), left = whole, right = whole;
    struct referral_signs signs;
    size_t before = r->n;

    if (r->text.tokens->sentences[at].is_quoted || whole.first == whole.end)
        return;
    referral_signs_of(&r->text, &whole, &signs);
    if (referral_sends(&signs) <= 0)
        return;
    left.end = right.first = find_cut(r, &whole);
    if (right.first < right.end) {
        struct referral_signs part;

        referral_signs_of(&r->text, &left, &part);
        if (referral_sends(&part) > 0)
            see_part(r, &left, &part);
        referral_signs_of(&r->text, &right, &part);
        if (referral_sends(&part) > 0)
            see_part(r, &right, &part);
    }
    if (r->n == before)
        see_part(r, &whole, &signs);
}

/* "Wij gaan daar niet over. De gemeente helpt u verder." is one: where nothing is named says no
 * more than where something is. */
static void keep_named(struct reader *r)
{
    size_t named = 0, n = 0;

    for (size_t i = 0; i < r->n; i++)
        named += *r->items[i].target != '\0';
    for (size_t i = 0; i < r->n; i++)
        if (named == 0 || *r->items[i].target != '\0')
            r->items[n++] = r->items[i];
    r->n = n;
}

void referrals_of(struct arena *mem, const struct tokens *tokens, const char *language,
                  const struct referral_own *own, struct referrals *out)
{
    struct reader r = { .mem = mem, .own = own };

    *out = (struct referrals){ 0 };
    if (!referral_text_of(mem, tokens, language, &r.text))
        return;
    r.items = NEW_ARRAY(mem, struct referral, REFERRALS_MAX);
    for (size_t i = 0; i < tokens->sentences_n && r.n < REFERRALS_MAX; i++)
        see_sentence(&r, i);
    keep_named(&r);
    *out = (struct referrals){ .items = r.items, .n = r.n };
}

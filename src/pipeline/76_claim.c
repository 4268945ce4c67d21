/* 76_claim.c — addresses beside the one that he writes from. What he says is his stands with his
 * person as claimed; what only stands in his words or under them is suspected. Nothing goes to
 * either, and neither joins anything, before he has shown that it's his.
 */
#include "pipeline.h"

#include "../auth/organisations.h"
#include "../base/text.h"
#include "../domain/people/people.h"
#include "../language/personal.h"

#include <string.h>

enum {
    LOOKED_AT_MAX = 8000,  /* bytes of his own words */
    SIGNATURE_MAX = 600,   /* and of what stands under them */
    SUSPECTED_OF_ONE = 3,  /* addresses of one message */
    DIGITS_OF_A_NUMBER = 9 /* at least */
};

static bool claim(struct tx *tx, const struct inbound *in, struct err *err)
{
    struct identity_draft draft = { .kind = in->in.also_kind,
                                    .state = IDENTITY_CLAIMED,
                                    .value = in->in.also };
    struct identity holder;
    const char *value;

    if (!identity_value(tx, draft.kind, draft.value, &value, err) ||
        !identity_find(tx, draft.kind, value, NULL, &holder, err))
        return false;
    /* He only says so: whose it is keeps it. */
    draft.is_shared = holder.id.n != 0;
    if (identity_add(tx, in->person, &draft, BY_MESSAGE, &holder, err))
        return true;
    if (err->code != ERR_CONFLICT)
        return false;
    err_clear(err); /* he had it already */
    return true;
}

/* His own words, and his signature if one follows them; not what he quotes. */
static const char *words_of_his(struct arena *mem, const struct incoming *in)
{
    const char *under = in->text + in->fold_at, *end;
    size_t own = utf8_cut(in->text, in->fold_at, LOOKED_AT_MAX), len = 0;

    if (text_starts(under, "-- ") || text_starts(under, "--\n"))
        len = strlen(under);
    end = len > 0 ? strstr(under, "\n>") : NULL;
    if (end)
        len = (size_t)(end - under);
    return arena_printf(mem, "%.*s\n%.*s", (int)own, in->text,
                        (int)utf8_cut(under, len, SIGNATURE_MAX), under);
}

/* Most messages have neither. */
static bool may_have_address(const char *text)
{
    int digits = 0;

    for (const char *c = text; *c && digits < DIGITS_OF_A_NUMBER; c++) {
        if (*c == '@')
            return true;
        digits += *c >= '0' && *c <= '9';
    }
    return digits == DIGITS_OF_A_NUMBER;
}

/* Where people write to us: the same address, or one beside it. */
static bool is_ours(struct arena *mem, const struct list *channels, enum identity_kind kind,
                    const char *address)
{
    const struct channel *all = channels->items;
    const char *domain = strrchr(address, '@');

    for (size_t i = 0; i < channels->n; i++) {
        const char *own = all[i].address ? all[i].address : "", *own_domain = strrchr(own, '@');
        if (text_equal(identity_normal(mem, kind, PHONE_NETHERLANDS, own),
                       identity_normal(mem, kind, PHONE_NETHERLANDS, address)))
            return true;
        if (kind == IDENTITY_EMAIL && domain && own_domain && !personal_is_mail_house(domain + 1) &&
            text_equal(text_fold(mem, domain), text_fold(mem, own_domain)))
            return true;
    }
    return false;
}

static bool suspect(struct tx *tx, const struct inbound *in, struct err *err)
{
    const char *text = words_of_his(tx->mem, &in->in);
    struct personal_own own = { 0 };
    struct organisation organisation;
    struct list channels = { 0 };
    struct personal found;
    size_t n = 0;

    if (!may_have_address(text))
        return true;
    if (!organisation_get(tx, &organisation, err))
        return false;
    own.is_belgian = organisation_home(&organisation) == PHONE_BELGIUM;
    personal_find(tx->mem, text, strlen(text), &own, &found);
    for (size_t i = 0; i < found.n && n < SUSPECTED_OF_ONE; i++) {
        const struct personal_hit *hit = &found.hits[i];
        enum identity_kind kind = hit->kind == PERSONAL_EMAIL ? IDENTITY_EMAIL : IDENTITY_PHONE;
        const char *address = arena_text_n(tx->mem, text + hit->from, hit->to - hit->from);

        if (hit->kind != PERSONAL_EMAIL && hit->kind != PERSONAL_PHONE)
            continue;
        if (!channels.items && !channel_list(tx, &channels, err))
            return false;
        if (is_ours(tx->mem, &channels, kind, address))
            continue;
        if (!identity_suspect(tx, in->person, kind, address, err))
            return false;
        n++;
    }
    return true;
}

bool inbound_claim(struct tx *tx, struct inbound *in, struct err *err)
{
    if (!text_is_blank(in->in.also) && !claim(tx, in, err))
        return false;
    return !in->is_judged || in->in.is_auto || in->in.is_bulk || in->is_doubtful ||
           suspect(tx, in, err);
}

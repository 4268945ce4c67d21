/* 77_stop_word.c — a customer who writes STOP and nothing else wants no more messages: the message
 * stays as it is, and its case gets a label that everybody sees.
 */
#include "pipeline.h"

#include "../auth/organisations.h"
#include "../base/text.h"
#include "../domain/labels/labels.h"

static const char *label_name(const struct organisation *organisation)
{
    if (text_equal(organisation->language, "en"))
        return "Wants no messages";
    if (text_equal(organisation->language, "fr"))
        return "Ne veut plus de messages";
    return "Wil geen berichten";
}

/* The organisation's label of this name, made when there is none; none when it has all that it may
 * have. */
static bool find_label(struct tx *tx, const char *name, label_id *out, struct err *err)
{
    const struct label_draft draft = { name, "red" };
    const struct label *labels;
    struct label made;
    struct list all;

    if (!label_list(tx, &all, err))
        return false;
    labels = all.items;
    *out = (label_id){ 0 };
    for (size_t i = 0; i < all.n && out->n == 0; i++)
        if (text_equal(text_fold(tx->mem, labels[i].name), text_fold(tx->mem, name)))
            *out = labels[i].id;
    if (out->n != 0 || all.n >= LABELS_MAX)
        return true;
    if (!label_add(tx, &draft, &made, err))
        return false;
    *out = made.id;
    return true;
}

bool inbound_stop_word(struct tx *tx, struct inbound *in, struct err *err)
{
    struct organisation organisation;
    label_id label;

    if (!in->in.is_stop || in->is_ours)
        return true;
    return organisation_get(tx, &organisation, err) &&
           find_label(tx, label_name(&organisation), &label, err) &&
           (label.n == 0 || label_put_on(tx, label, in->c.id, err));
}

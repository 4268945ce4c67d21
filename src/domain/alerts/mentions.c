/* mentions.c — whom a note names; declared in alerts.h. */
#include "alerts.h"

#include "../../base/text.h"

#include <string.h>

/* A letter or digit, or a part of a letter beyond ASCII. */
static bool is_wordy(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (unsigned char)c >= 0x80;
}

static bool begins_word(const char *at, const char *word, size_t len)
{
    return len > 0 && strncmp(at, word, len) == 0 && !is_wordy(at[len]);
}

bool text_mentions(const char *text, const char *name, bool is_person)
{
    size_t first = strcspn(name, " ");

    for (const char *at = strchr(text, '@'); at; at = strchr(at + 1, '@')) {
        if (at > text && is_wordy(at[-1])) /* a mail address */
            continue;
        if (begins_word(at + 1, name, strlen(name)) ||
            (is_person && begins_word(at + 1, name, first)))
            return true;
    }
    return false;
}

struct named {
    user_id id;
    const char *name;
    bool is_person;
};
static const struct field named_fields[] = {
    FIELD(named, id),
    FIELD(named, name),
    FIELD(named, is_person),
    { 0 },
};

bool alert_add_mentioned(struct tx *tx, const char *text, case_id about, struct err *err)
{
    const char *folded;
    const struct named *people;
    struct list list;
    user_id told = { 0 };

    if (!strchr(text, '@'))
        return true;
    if (!db_all(tx, SQL_ALERT_PEOPLE, ARGS(arg_organisation(tx)), named_fields,
                sizeof(struct named), &list, err))
        return false;
    folded = text_lower(tx->mem, text);
    people = list.items;
    /* In the order of their ids: who is named by his own name and by his team's is told once. */
    for (size_t i = 0; i < list.n; i++) {
        if (people[i].id.n == told.n ||
            !text_mentions(folded, text_lower(tx->mem, people[i].name), people[i].is_person))
            continue;
        told = people[i].id;
        if (!alert_add(tx, told, ALERT_MENTIONED, about, err))
            return false;
    }
    return true;
}

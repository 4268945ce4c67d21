#include "wording.h"

#include "../../base/json.h"
#include "../../base/text.h"
#include "../../store/events.h"

#include <string.h>

/* In the order of enum style_address. */
static const char *const address_names[] = { "any", "formal", "informal", NULL };

static const struct field forbidden_word_fields[] = {
    FIELD(forbidden_word, text, .flags = REQUIRED, .min = 1, .max = FORBIDDEN_BYTES_MAX),
    FIELD(forbidden_word, in_compounds, .doc = "Also as a part of a longer word"),
    { 0 },
};

#define WORDS                                                                                      \
    FIELD(wording, own, .max = OWN_MAX,                                                            \
          .doc = "Numbers, mail addresses, domains and names that are the organisation's own; "    \
                 "those of its channels needn't be said"),                                         \
        FIELD(wording, forbidden, .of = forbidden_word_fields,                                     \
              .size = sizeof(struct forbidden_word), .max = FORBIDDEN_MAX,                         \
              .doc = "Words that nobody should write to a customer"),                              \
        FIELD(wording, address, .names = address_names,                                            \
              .doc = "How it says you: formal (u, vous), informal (je, tu), or any")

const struct field wording_fields[] = {
    WORDS,
    FIELD(wording, version),
    { 0 },
};

/* As it is kept, too. */
const struct field wording_draft_fields[] = {
    WORDS,
    { 0 },
};

struct kept {
    struct json_text words;
    int64_t version;
};

static const struct field kept_fields[] = {
    FIELD(kept, words),
    FIELD(kept, version),
    { 0 },
};

bool wording_get(struct tx *tx, struct wording *out, struct err *err)
{
    struct kept kept = { 0 };
    bool found;

    *out = (struct wording){ 0 };
    if (!db_find(tx, SQL_WORDING_GET, ARGS(arg_organisation(tx)), kept_fields, &kept, &found, err))
        return false;
    if (!found)
        return true;
    if (!json_read_stored(tx->mem, kept.words.s, wording_draft_fields, out, err))
        return false;
    out->version = kept.version;
    return true;
}

/* Each a line with something in it; blanks around it are nobody's. In lists of their own: what came
 * in stays as it is. */
static bool check(struct arena *mem, struct wording *wording, struct err *err)
{
    const char *const *said = wording->own.items;
    const char **own = NEW_ARRAY(mem, const char *, wording->own.n);
    const struct forbidden_word *unwanted = wording->forbidden.items;
    struct forbidden_word *words = NEW_ARRAY(mem, struct forbidden_word, wording->forbidden.n);

    for (size_t i = 0; i < wording->own.n; i++) {
        own[i] = text_trim(mem, said[i]);
        if (!text_is_line(own[i]) || strlen(own[i]) > OWN_BYTES_MAX)
            return err_field(err, arena_printf(mem, "own/%zu", i),
                             "must be one line of at most %d bytes", OWN_BYTES_MAX);
    }
    for (size_t i = 0; i < wording->forbidden.n; i++) {
        words[i] = unwanted[i];
        words[i].text = text_trim(mem, unwanted[i].text);
        if (!text_is_line(words[i].text))
            return err_field(err, arena_printf(mem, "forbidden/%zu/text", i),
                             "must be a word, or some on one line");
    }
    wording->own.items = own;
    wording->forbidden.items = words;
    return true;
}

static char *written(struct arena *mem, const struct wording *wording)
{
    struct buf json = BUF(1 << 20);
    char *text;

    json_write(&json, wording_draft_fields, wording);
    text = arena_text(mem, buf_str(&json));
    buf_free(&json);
    return text;
}

bool wording_save(struct tx *tx, struct wording *wording, int64_t version, struct err *err)
{
    int64_t rows;

    if (!check(tx->mem, wording, err))
        return false;
    wording->version = version + 1;
    return db_change(tx, SQL_WORDING_SAVE,
                     ARGS(arg_organisation(tx), arg_text(written(tx->mem, wording)),
                          arg_int(version + 1)),
                     &rows, err) &&
           (rows == 1 || err_set(err, ERR_CHANGED, "somebody changed the wording a moment ago")) &&
           event_add(tx, &(struct event){ .kind = "wording.changed" }, err);
}

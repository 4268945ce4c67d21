#include "duplicates.h"

#include "../../base/json.h"
#include "../../base/text.h"
#include "names.h"

#include <ctype.h>
#include <string.h>

enum { CANDIDATES_MAX = 200, REASONS_MAX = 4096, LONG_WORD = 3, WORDS_MAX = 4, PHONE_TAIL = 9 };

const char *const duplicate_state_names[] = { "open", "refused", NULL };

/* --- what speaks for it ----------------------------------------------------------------------- */

/* How much each reason says, of 100: when the names are the same, and when they only fit. Several
 * are more than one: 100 less what all of them leave open. */
enum rule { SAME_ADDRESS, NAME_MAIL, NAME_PHONE, NAME_POSTCODE, NAME_DOMAIN, RULES_N };

static const struct {
    const char *name; /* in the reasons; never renamed */
    int same, fit, differ;
} rules[RULES_N] = {
    [SAME_ADDRESS] = { "same_address",  DUPLICATE_SURE, DUPLICATE_SURE, DUPLICATE_SURE },
    [NAME_MAIL] = { "name_mail",     90,             75,             0              }, /* one of them only says that it's his */
    [NAME_PHONE] = { "name_phone",    90,             80,             0              },
    [NAME_POSTCODE] = { "name_postcode", 80,             65,             0              },
    [NAME_DOMAIN] = { "name_domain",   60,             50,             0              },
};

/* Everybody may have an address there. */
static const char *const providers[] = {
    "casema.nl",  "free.fr",        "gmail.com",    "gmx.com",     "gmx.de",     "gmx.net",
    "hetnet.nl",  "home.nl",        "hotmail.be",   "hotmail.com", "hotmail.fr", "hotmail.nl",
    "icloud.com", "kpnmail.nl",     "kpnplanet.nl", "laposte.net", "live.be",    "live.com",
    "live.nl",    "mac.com",        "me.com",       "msn.com",     "online.nl",  "orange.fr",
    "outlook.be", "outlook.com",    "outlook.fr",   "outlook.nl",  "planet.nl",  "pm.me",
    "proton.me",  "protonmail.com", "proximus.be",  "quicknet.nl", "scarlet.be", "sfr.fr",
    "skynet.be",  "solcon.nl",      "telenet.be",   "tele2.nl",    "upcmail.nl", "voo.be",
    "wanadoo.fr", "xs4all.nl",      "yahoo.com",    "yahoo.fr",    "ymail.com",  "zeelandnet.nl",
    "ziggo.nl",   "zonnet.nl",
};

static bool is_provider(const char *domain)
{
    for (size_t i = 0; i < COUNT(providers); i++)
        if (strcmp(providers[i], domain) == 0)
            return true;
    return false;
}

struct somebody {
    person_id id, root_id;
    unsigned kind;
    const char *name;
};

static const struct field somebody_fields[] = {
    FIELD(somebody, id),
    FIELD(somebody, root_id),
    FIELD(somebody, kind, .names = person_kind_names),
    FIELD(somebody, name),
    { 0 },
};

static const struct field address_fields[] = {
    FIELD(identity, id),
    FIELD(identity, kind, .names = identity_kind_names),
    FIELD(identity, value),
    FIELD(identity, label),
    FIELD(identity, state, .names = identity_state_names),
    FIELD(identity, state_by, .names = identity_source_names),
    FIELD(identity, is_shared),
    { 0 },
};

/* What somebody may be found by, and what is told of it. */
struct key {
    enum rule rule;
    const char *text, *told;
};

struct keys {
    struct key *items;
    size_t n;
};

/* "1234 AB" or "1234ab" of the Netherlands, "9000" of Belgium, in a folded address; the last one,
 * as numbers of houses stand before. "" when there is none. */
static const char *postcode_of(struct arena *mem, const char *address)
{
    const char *found = "";

    for (const char *c = address; *c; c++) {
        bool begins = c == address || !isalnum((unsigned char)c[-1]);
        if (!begins || *c == '0' || strspn(c, "0123456789") != 4)
            continue;
        const char *letters = c + 4 + (c[4] == ' ');
        size_t n = strspn(letters, "abcdefghijklmnopqrstuvwxyz");
        if (n == 2)
            found = arena_printf(mem, "%.4s%.2s", c, letters);
        else if (c[4] == ' ' || c[4] == ',' || c[4] == '\0')
            found = *found && strlen(found) == 6 ? found : arena_text_n(mem, c, 4);
    }
    return found;
}

/* The words of the name by which those are found whose name may fit. Each of them: an initial may
 * stand for the longest one. */
struct words {
    const char *items[WORDS_MAX];
    size_t n;
};

static struct words long_words(struct arena *mem, const char *name)
{
    struct words words = { .n = 0 };

    for (const char *at = name_key(mem, name); *at && words.n < WORDS_MAX;) {
        size_t len = strcspn(at, " ");
        if (len >= LONG_WORD)
            words.items[words.n++] = arena_text_n(mem, at, len);
        at += len + (at[len] == ' ');
    }
    return words;
}

static void add_key(struct keys *keys, enum rule rule, const char *text, const char *told)
{
    keys->items[keys->n++] = (struct key){ rule, text, told };
}

static void add_keys(struct arena *mem, enum rule rule, const char *kind, const char *told,
                     const struct words *words, struct keys *keys)
{
    for (size_t i = 0; i < words->n; i++)
        add_key(keys, rule, arena_printf(mem, "%s %s %s", kind, told, words->items[i]), told);
}

static void key_of_address(struct arena *mem, const struct identity *address,
                           const struct words *words, struct keys *keys)
{
    size_t len = strlen(address->value);
    const char *domain, *postcode;

    switch ((enum identity_kind)address->kind) {
    case IDENTITY_PHONE:
        /* However it was written before numbers were compared as E.164. */
        if (len > PHONE_TAIL)
            add_key(keys, NAME_PHONE,
                    arena_printf(mem, "phone %s", address->value + len - PHONE_TAIL),
                    address->label);
        break;
    case IDENTITY_POSTAL:
        postcode = postcode_of(mem, text_fold(mem, address->label));
        if (*postcode)
            add_keys(mem, NAME_POSTCODE, "postcode", postcode, words, keys);
        break;
    case IDENTITY_EMAIL:
        domain = strrchr(address->value, '@');
        if (domain && !is_provider(domain + 1))
            add_keys(mem, NAME_DOMAIN, "domain", domain + 1, words, keys);
        break;
    case IDENTITY_EXTERNAL:
    case IDENTITY_HANDLE:
    case IDENTITY_LOGIN:
        break;
    }
}

/* --- who else has it -------------------------------------------------------------------------- */

struct candidate {
    struct somebody who;
    enum name_likeness likeness;
    const char *told[RULES_N]; /* NULL: not for this reason */
};

struct search_for {
    struct tx *tx;
    struct somebody me;
    struct candidate *candidates;
    size_t n;
};

static void add_candidate(struct search_for *s, const struct somebody *who, enum rule rule,
                          const char *told)
{
    struct candidate *c = s->candidates, *end = c + s->n;

    while (c < end && c->who.id.n != who->id.n)
        c++;
    if (c == end) {
        if (s->n == CANDIDATES_MAX)
            return;
        c->who = *who;
        c->likeness = names_compare(s->tx->mem, s->me.name, who->name);
        s->n++;
    }
    c->told[rule] = told;
}

/* What many have tells nobody apart: the number of a company's switchboard. */
static bool add_candidates(struct search_for *s, const struct list *found, enum rule rule,
                           const char *told)
{
    const struct somebody *rows = found->items;

    for (size_t i = 0; i < found->n && found->n <= DUPLICATE_MANY; i++)
        add_candidate(s, &rows[i], rule, told);
    return true;
}

static bool by_key(struct search_for *s, const struct key *key, struct err *err)
{
    struct list found;

    return db_all(s->tx, SQL_DUPLICATE_BY_KEY,
                  ARGS(arg_organisation(s->tx), arg_text(key->text), arg_id(s->me.id),
                       arg_int(DUPLICATE_MANY + 1)),
                  somebody_fields, sizeof(struct somebody), &found, err) &&
           add_candidates(s, &found, key->rule, key->told);
}

static bool by_same(struct search_for *s, enum sql sql, const struct identity *address,
                    enum rule rule, struct err *err)
{
    struct list found;

    return db_all(s->tx, sql,
                  ARGS(arg_organisation(s->tx), arg_text(identity_kind_names[address->kind]),
                       arg_text(address->value), arg_id(s->me.id), arg_int(DUPLICATE_MANY + 1)),
                  somebody_fields, sizeof(struct somebody), &found, err) &&
           add_candidates(s, &found, rule, address->label);
}

/* Of one who chats it's said to be shared when somebody has it already: he only says so. */
static bool is_only_said(const struct identity *address)
{
    return address->state == IDENTITY_CLAIMED && address->state_by == BY_MESSAGE;
}

static bool by_address(struct search_for *s, const struct identity *address, struct err *err)
{
    if (address->kind == IDENTITY_EMAIL && (!address->is_shared || is_only_said(address)) &&
        !by_same(s, SQL_DUPLICATE_BY_MAIL, address, NAME_MAIL, err))
        return false;
    return address->state != IDENTITY_VERIFIED || address->is_shared ||
           address->kind == IDENTITY_POSTAL ||
           by_same(s, SQL_DUPLICATE_BY_ADDRESS, address, SAME_ADDRESS, err);
}

/* --- what is written down --------------------------------------------------------------------- */

static int64_t score_of(struct candidate *c)
{
    int64_t open = 100;

    for (enum rule rule = 0; rule < RULES_N; rule++) {
        int says = c->likeness == NAMES_SAME  ? rules[rule].same
                   : c->likeness == NAMES_FIT ? rules[rule].fit
                                              : rules[rule].differ;
        if (!c->told[rule])
            continue;
        if (says == 0)
            c->told[rule] = NULL;
        if (open == 0)
            continue; /* surer it can't become */
        open = open * (100 - says) / 100;
        if (says < DUPLICATE_SURE && open < 1)
            open = 1; /* only an address makes it sure */
    }
    return 100 - open;
}

/* One member of the reasons, as it stands in their JSON. */
static const char *reason_text(struct arena *mem, enum rule rule, const char *told)
{
    CLEANUP(buf_free) struct buf out = BUF(REASONS_MAX);

    json_write_text(&out, rules[rule].name);
    buf_char(&out, ':');
    json_write_text(&out, told);
    return arena_text(mem, buf_str(&out));
}

/* *is_new: one of them wasn't among those that were refused. */
static const char *reasons_of(struct arena *mem, const struct candidate *c, const char *refused,
                              bool *is_new)
{
    const char *all = "";

    *is_new = false;
    for (enum rule rule = 0; rule < RULES_N; rule++) {
        if (!c->told[rule])
            continue;
        const char *text = reason_text(mem, rule, c->told[rule]);
        *is_new |= !strstr(refused, text);
        all = arena_printf(mem, "%s%s%s", all, *all ? "," : "", text);
    }
    return arena_printf(mem, "{%s}", all);
}

static bool save(struct tx *tx, const struct duplicate *d, struct err *err)
{
    return db_run(tx, SQL_DUPLICATE_SAVE,
                  ARGS(arg_organisation(tx), arg_id(d->id), arg_int(d->score),
                       arg_text(d->reasons.s), arg_text(duplicate_state_names[d->state]),
                       arg_text(d->refused), arg_time(d->decided_at), arg_int(d->decided_by.n)),
                  err);
}

static bool propose(struct tx *tx, const struct somebody *me, struct candidate *c,
                    struct duplicate *known, struct err *err)
{
    int64_t score = score_of(c);
    bool is_new, is_older = me->id.n < c->who.id.n;
    const char *reasons = reasons_of(tx->mem, c, known ? known->refused : "", &is_new);

    if (score < DUPLICATE_MIN)
        return !known || known->state == DUPLICATE_REFUSED ||
               db_run(tx, SQL_DUPLICATE_GONE, ARGS(arg_organisation(tx), arg_id(known->id)), err);
    if (!known)
        return db_run(tx, SQL_DUPLICATE_ADD,
                      ARGS(arg_organisation(tx), arg_int(id_new()),
                           arg_id(is_older ? me->id : c->who.id),
                           arg_id(is_older ? c->who.id : me->id), arg_int(score), arg_text(reasons),
                           arg_bool(me->root_id.n == c->who.root_id.n), arg_time(tx->now)),
                      err);
    if (known->state == DUPLICATE_REFUSED && !is_new)
        return true;
    if (known->state == DUPLICATE_OPEN && known->score == score &&
        text_equal(known->reasons.s, reasons))
        return true;
    known->state = DUPLICATE_OPEN;
    known->score = score;
    known->reasons.s = reasons;
    return save(tx, known, err);
}

static struct duplicate *known_pair(const struct list *known, person_id other)
{
    struct duplicate *rows = known->items;

    for (size_t i = 0; i < known->n; i++)
        if (rows[i].low_id.n == other.n || rows[i].high_id.n == other.n)
            return &rows[i];
    return NULL;
}

static bool is_candidate(const struct search_for *s, person_id id)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->candidates[i].who.id.n == id.n)
            return true;
    return false;
}

/* What was proposed and has no reason any more goes; what was refused is remembered. */
static bool drop_others(const struct search_for *s, const struct list *known, struct err *err)
{
    const struct duplicate *rows = known->items;

    for (size_t i = 0; i < known->n; i++) {
        person_id other = rows[i].low_id.n == s->me.id.n ? rows[i].high_id : rows[i].low_id;
        if (rows[i].state == DUPLICATE_OPEN && !is_candidate(s, other) &&
            !db_run(s->tx, SQL_DUPLICATE_GONE, ARGS(arg_organisation(s->tx), arg_id(rows[i].id)),
                    err))
            return false;
    }
    return true;
}

static bool write_down(const struct search_for *s, struct err *err)
{
    struct list known;

    if (!db_all(s->tx, SQL_DUPLICATE_OF_PERSON, ARGS(arg_organisation(s->tx), arg_id(s->me.id)),
                duplicate_fields, sizeof(struct duplicate), &known, err))
        return false;
    for (size_t i = 0; i < s->n; i++)
        if (s->candidates[i].who.kind == s->me.kind &&
            !propose(s->tx, &s->me, &s->candidates[i], known_pair(&known, s->candidates[i].who.id),
                     err))
            return false;
    return drop_others(s, &known, err);
}

/* --- one person, and many --------------------------------------------------------------------- */

bool duplicate_find(struct tx *tx, person_id id, struct err *err)
{
    struct search_for s = { .tx = tx,
                            .candidates = NEW_ARRAY(tx->mem, struct candidate, CANDIDATES_MAX) };
    struct list addresses;
    const struct identity *address;
    struct keys keys;
    struct words words;

    if (!db_one(tx, SQL_DUPLICATE_PERSON, ARGS(arg_organisation(tx), arg_id(id)), somebody_fields,
                &s.me, err) ||
        !db_all(tx, SQL_DUPLICATE_ADDRESSES, ARGS(arg_organisation(tx), arg_id(id)), address_fields,
                sizeof(struct identity), &addresses, err) ||
        !db_run(tx, SQL_DUPLICATE_KEYS_GONE, ARGS(arg_organisation(tx), arg_id(id)), err))
        return false;
    keys = (struct keys){ NEW_ARRAY(tx->mem, struct key, addresses.n * WORDS_MAX), 0 };
    address = addresses.items;
    words = long_words(tx->mem, s.me.name);
    for (size_t i = 0; i < addresses.n; i++) {
        if (!address[i].is_shared)
            key_of_address(tx->mem, &address[i], &words, &keys);
        if (!by_address(&s, &address[i], err))
            return false;
    }
    for (size_t i = 0; i < keys.n; i++)
        if (!by_key(&s, &keys.items[i], err) ||
            !db_run(tx, SQL_DUPLICATE_KEY_ADD,
                    ARGS(arg_organisation(tx), arg_text(keys.items[i].text), arg_id(id)), err))
            return false;
    return write_down(&s, err);
}

bool duplicate_follow(struct tx *tx, person_id root, struct err *err)
{
    return db_run(tx, SQL_DUPLICATE_FOLLOW_LOW, ARGS(arg_organisation(tx), arg_id(root)), err) &&
           db_run(tx, SQL_DUPLICATE_FOLLOW_HIGH, ARGS(arg_organisation(tx), arg_id(root)), err);
}

struct mark {
    int64_t newest_id, round_id;
    instant round_at;
};

static const struct field mark_fields[] = {
    FIELD(mark, newest_id),
    FIELD(mark, round_id),
    FIELD(mark, round_at),
    { 0 },
};

enum { AT_ONCE = 20 };

/* Looks at those behind *after, and moves it. */
static bool look_at_some(struct tx *tx, int64_t *after, int64_t *n, struct err *err)
{
    static const struct field id_fields[] = { FIELD(somebody, id), { 0 } };
    const struct somebody *people;
    struct list found;

    if (!db_all(tx, SQL_DUPLICATE_PEOPLE_AFTER,
                ARGS(arg_organisation(tx), arg_int(*after), arg_int(AT_ONCE)), id_fields,
                sizeof(struct somebody), &found, err))
        return false;
    people = found.items;
    for (size_t i = 0; i < found.n; i++) {
        if (!duplicate_find(tx, people[i].id, err))
            return false;
        *after = people[i].id.n;
    }
    *n = (int64_t)found.n;
    return true;
}

bool duplicate_go_on(struct tx *tx, int64_t *n, struct err *err)
{
    struct mark mark = { 0 };
    bool found;

    if (!db_find(tx, SQL_DUPLICATE_MARK, ARGS(arg_organisation(tx)), mark_fields, &mark, &found,
                 err) ||
        !look_at_some(tx, &mark.newest_id, n, err))
        return false;
    /* The first look at everybody was a round, too. */
    if (mark.round_at.ms == 0)
        mark.round_at = tx->now;
    if (*n == 0 && tx->now.ms - mark.round_at.ms >= DAY_MS) {
        if (!look_at_some(tx, &mark.round_id, n, err))
            return false;
        if (*n == 0) {
            mark.round_id = 0;
            mark.round_at = tx->now;
        }
    } else if (*n == 0 && found)
        return true;
    return db_run(tx, SQL_DUPLICATE_MARK_SAVE,
                  ARGS(arg_organisation(tx), arg_int(mark.newest_id), arg_int(mark.round_id),
                       arg_time(mark.round_at)),
                  err);
}

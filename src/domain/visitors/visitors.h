/* visitors.h — who chats by our widget: a browser that keeps a secret, the person it turned out to
 * be, and what it has seen.
 *
 * A visitor isn't known by a login but by a long random secret, of which only the hash is kept.
 * What he sees are items: his own messages and our answers, in the order in which they became
 * visible to him, so that "everything behind position n" has no gap and no double, whatever
 * committed first. `change` and `desk_change` say that there is news, for him and for desks; the
 * rows are the truth (http/sse_hints.h). Works inside the caller's transaction and organisation.
 */
#pragma once

#include "../../http/http.h"
#include "../messages/messages.h"

enum visitor_state { VISITOR_AWAY, VISITOR_HERE, VISITOR_TYPING };
extern const char *const visitor_state_names[];

enum {
    VISITOR_HERE_MS = 90 * 1000,   /* what a widget says lapses, unless it says it again */
    VISITOR_TYPING_MS = 10 * 1000, /* he stopped without saying so */
    VISITOR_SECRET_LEN = 52,       /* letters of 5 bits each */
    VISITOR_PAGE_MAX = 500,
};

struct visitor {
    visitor_id id;
    channel_id channel_id;
    struct bytes secret_hash, challenge, address_hash;
    person_id person_id; /* none: he said nothing yet */
    conversation_id conversation_id;
    int64_t round;
    const char *login, *email, *name; /* NULL: not known */
    bool email_is_verified;
    const char *language, *page;
    unsigned state;
    instant until, seen_at;
    int64_t newest, delivered, read, mailed; /* positions */
    int64_t transcripts;
    int64_t change; /* the newest that he is told of */
    instant created_at;
};
extern const struct field visitor_fields[]; /* as it is stored: never in a reply */
extern const struct routes visitor_routes;

/* Of what he has to send along: "vis_….secret". False when it has another form. */
bool visitor_token_read(const char *token, visitor_id *id, uint8_t hash[HASH_LEN]);
/* How he is called while nobody knows his name: of the visitor's own id, so that two in a list
 * differ. */
const char *visitor_name(struct arena *mem, const struct visitor *visitor, const char *language);
/* The address of somebody's computer as it is kept: of IPv6 that of its network. */
struct bytes visitor_address_hash(struct arena *mem, const struct store *store,
                                  const char *address);

/* Adds one; *taken when his challenge was used before. */
MUST_CHECK bool visitor_add(struct tx *tx, struct visitor *visitor, bool *taken, struct err *err);
MUST_CHECK bool visitor_find(struct tx *tx, visitor_id id, struct visitor *out, bool *found,
                             struct err *err);
/* The one who writes in this conversation. */
MUST_CHECK bool visitor_of_thread(struct tx *tx, const char *thread_key, struct visitor *out,
                                  bool *found, struct err *err);
/* Who he is and where an answer may go: login, email, name, person. */
MUST_CHECK bool visitor_save_identity(struct tx *tx, const struct visitor *visitor,
                                      struct err *err);
/* What the browser says of itself: state, page, delivered, read. Desks hear of a new state or page.
 */
MUST_CHECK bool visitor_save_presence(struct tx *tx, const struct visitor *before,
                                      const struct visitor *now, struct err *err);
/* The thread of his conversation with this number. */
char *visitor_thread(struct arena *mem, const struct visitor *visitor, int64_t round);
/* What he writes stands in this conversation from now on: we began it. */
MUST_CHECK bool visitor_goes_on(struct tx *tx, const struct visitor *visitor,
                                conversation_id conversation, int64_t round, struct err *err);
/* What he wrote stands in this conversation from now on. */
MUST_CHECK bool visitor_wrote(struct tx *tx, struct visitor *visitor, message_id message,
                              int64_t *position, struct err *err);
/* An answer of ours lies ready for him; twice is once. */
MUST_CHECK bool visitor_hears(struct tx *tx, struct visitor *visitor, message_id message,
                              struct err *err);
/* Forgets what his browser told, and what he sees. What he said stays with the case. */
MUST_CHECK bool visitor_forget(struct tx *tx, const struct visitor *visitor, struct err *err);
/* Who is in a case, or types in it, is news for the visitor there. */
MUST_CHECK bool visitors_of_case_have_news(struct tx *tx, case_id id, struct err *err);
/* Removes those who said nothing for a month; not all at once. *swept counts them. */
MUST_CHECK bool visitors_sweep(struct tx *tx, int64_t *swept, struct err *err);

/* A message as its visitor sees it. */
struct chat_item {
    int64_t position;
    message_id message_id;
    const char *id; /* the widget's own, of what it sent; else NULL */
    const char *external_id;
    unsigned direction;
    unsigned state;
    const char *text;
    const char *author; /* the colleague's first name; NULL: his own */
    instant at;
    struct list files; /* of struct chat_file */
};
struct chat_file {
    file_id id;
    message_id message_id;
    const char *name, *type;
    int64_t size;
};
enum { CHAT_ITEMS_MAX = 200 };
extern const struct field chat_item_fields[];
/* Those behind a position, oldest first; what was dropped since isn't there. */
MUST_CHECK bool chat_items_after(struct tx *tx, const struct visitor *visitor, int64_t position,
                                 struct list *out, struct err *err);
/* The newest of them, for who comes back: oldest first. */
MUST_CHECK bool chat_items_newest(struct tx *tx, const struct visitor *visitor, struct list *out,
                                  struct err *err);
/* Is the file on one of his messages? */
MUST_CHECK bool chat_item_has_file(struct tx *tx, const struct visitor *visitor, message_id message,
                                   bool *out, struct err *err);
/* Our messages behind `from` up to `to` in this state, for who has them now or saw them: a list of
 * struct message with their places and states. */
MUST_CHECK bool chat_items_sent(struct tx *tx, const struct visitor *visitor, int64_t from,
                                int64_t to, struct list *out, struct err *err);
/* 0: it's no item of anybody's. */
MUST_CHECK bool chat_item_position(struct tx *tx, message_id message, int64_t *out,
                                   struct err *err);

/* A colleague who has the visitor's case open. */
struct chat_colleague {
    const char *name; /* his first name */
    unsigned state;   /* enum presence_state */
};
/* The one who types, or else has it open longest; name NULL: nobody. */
MUST_CHECK bool chat_colleague_find(struct tx *tx, const struct visitor *visitor,
                                    struct chat_colleague *out, struct err *err);

/* Has a colleague read all that he wrote? */
MUST_CHECK bool chat_is_seen(struct tx *tx, const struct visitor *visitor, bool *out,
                             struct err *err);

/* May he chat, or one from his address? */
MUST_CHECK bool visitor_is_blocked(struct tx *tx, visitor_id id, struct bytes address_hash,
                                   bool *out, struct err *err);

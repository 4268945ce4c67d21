#include "corrections.h"

#include "../../base/json.h"
#include "../../base/text.h"
#include "../../language/learn.h"
#include "../../store/events.h"
#include "../../store/jobs.h"
#include "../cases/cases.h"
#include "../messages/messages.h"

#include <string.h>

/* Of a message, to learn from: more says no more, and there may be LEARN_MAX of them. */
enum { LESSON_MAX = 4000 };

const struct field message_correction_fields[] = {
    FIELD(message_correction, message_id, .flags = REQUIRED),
    FIELD(message_correction, subject, .names = judged_names),
    FIELD(message_correction, was, .flags = REQUIRED, .doc = "What we said"),
    FIELD(message_correction, value, .flags = REQUIRED, .doc = "What a person says"),
    FIELD(message_correction, user_id),
    FIELD(message_correction, at, .flags = REQUIRED),
    FIELD(message_correction, id, .flags = SECRET),
    { 0 },
};

static const struct {
    const struct model *model;
    const char *const *names;
} subjects[] = {
    [JUDGED_POLARITY] = { &model_polarity, polarity_names },
    [JUDGED_EMOTION] = { &model_emotion,  emotion_names  },
    [JUDGED_INTENT] = { &model_intent,   intent_names   },
    [JUDGED_URGENCY] = { &model_urgency,  urgency_names  },
};

/* The text of a subject's value that lasts; ERR_INVALID for another. */
static bool known_value(enum judged subject, const char *value, const char **out, struct err *err)
{
    unsigned class;

    if (!enum_read(subjects[subject].names, value, strlen(value), &class))
        return err_field(err, "value", "isn't a value of %s", judged_names[subject]);
    *out = subjects[subject].names[class];
    return true;
}

static bool read_judgement(struct tx *tx, message_id id, struct message *message,
                           struct judgement *out, struct err *err)
{
    if (!message_get(tx, id, message, err))
        return false;
    if (!message->understood.s)
        return err_set(err, ERR_CONFLICT, "only what a customer wrote is judged");
    return judgement_read(tx->mem, message->understood.s, out, err);
}

/* The subject's name is among those that a person said, or isn't any more. */
static void mark(struct arena *mem, struct judgement *judgement, enum judged subject,
                 bool is_corrected)
{
    const char *const *before = judgement->corrected.items;
    const char **names = NEW_ARRAY(mem, const char *, judgement->corrected.n + 1);
    size_t n = 0;

    for (size_t i = 0; i < judgement->corrected.n; i++)
        if (!text_equal(before[i], judged_names[subject]))
            names[n++] = before[i];
    if (is_corrected)
        names[n++] = judged_names[subject];
    judgement->corrected = (struct list){ names, n };
}

/* The case's mood is that of the customer's newest message. */
static bool save(struct tx *tx, const struct message *message, const struct judgement *judgement,
                 struct err *err)
{
    int64_t newest;

    return db_run(tx, SQL_CORRECTION_JUDGE,
                  ARGS(arg_organisation(tx), arg_id(message->id),
                       arg_text(judgement_write(tx->mem, judgement))),
                  err) &&
           db_number(tx, SQL_CORRECTION_NEWEST_JUDGED,
                     ARGS(arg_organisation(tx), arg_id(message->case_id)), &newest, err) &&
           (newest != message->id.n ||
            db_run(tx, SQL_CORRECTION_CASE_FOLLOWS,
                   ARGS(arg_organisation(tx), arg_id(message->case_id),
                        arg_text(judgement->emotion), arg_text(judgement->urgency)),
                   err));
}

static const char *change_json(struct arena *mem, const struct message_correction *correction,
                               const char *from, const char *to)
{
    struct buf json = BUF(1000);
    const char *text;

    buf_printf(&json, "{\"subject\":\"%s\",\"from\":\"%s\",\"to\":\"%s\"}",
               judged_names[correction->subject], from, to);
    text = arena_text(mem, buf_str(&json));
    buf_free(&json);
    return text;
}

/* Writes down that it changed, and asks to learn from it. */
static bool tell(struct tx *tx, const struct message *message,
                 const struct message_correction *correction, const char *from, const char *to,
                 struct err *err)
{
    return event_add(tx,
                     &(struct event){ .kind = "message.corrected",
                                      .case_id = message->case_id,
                                      .about = arena_text(tx->mem, id_text("msg", message->id.n).s),
                                      .data = { change_json(tx->mem, correction, from, to) } },
                     err) &&
           job_ask(tx, "learn", tx->organisation.n, err);
}

static bool find(struct tx *tx, message_id id, enum judged subject, struct message_correction *out,
                 bool *found, struct err *err)
{
    *out = (struct message_correction){ 0 };
    return db_find(tx, SQL_CORRECTION_FIND,
                   ARGS(arg_organisation(tx), arg_id(id), arg_text(judged_names[subject])),
                   message_correction_fields, out, found, err);
}

bool correction_make(struct tx *tx, message_id id, enum judged subject, const char *value,
                     struct judgement *out, struct err *err)
{
    bool by_user = tx->actor.kind == ACTOR_USER || tx->actor.kind == ACTOR_INTEGRATION;
    struct message_correction correction;
    struct message message;
    const char **place, *before;
    bool found;

    if (!known_value(subject, value, &value, err) || !read_judgement(tx, id, &message, out, err) ||
        !find(tx, id, subject, &correction, &found, err))
        return false;
    place = judgement_of(out, subject);
    before = *place;
    if (!found)
        correction =
            (struct message_correction){ .message_id = id, .subject = subject, .was = before };
    correction.id = id_new(); /* the newest, also when it was said before */
    *place = value;
    mark(tx->mem, out, subject, true);
    return db_run(tx, SQL_CORRECTION_PUT,
                  ARGS(arg_organisation(tx), arg_int(correction.id), arg_id(id),
                       arg_text(judged_names[subject]), arg_text(correction.was), arg_text(value),
                       arg_id((user_id){ by_user ? tx->actor.id : 0 }), arg_time(tx->now)),
                  err) &&
           save(tx, &message, out, err) && tell(tx, &message, &correction, before, value, err);
}

bool correction_take_back(struct tx *tx, message_id id, enum judged subject, struct judgement *out,
                          struct err *err)
{
    struct message_correction correction;
    struct message message;
    bool found;

    if (!read_judgement(tx, id, &message, out, err) ||
        !find(tx, id, subject, &correction, &found, err))
        return false;
    if (!found)
        return err_set(err, ERR_NOT_FOUND, "nobody corrected its %s", judged_names[subject]);
    *judgement_of(out, subject) = correction.was;
    mark(tx->mem, out, subject, false);
    return db_run(tx, SQL_CORRECTION_REMOVE,
                  ARGS(arg_organisation(tx), arg_id(id), arg_text(judged_names[subject])), err) &&
           save(tx, &message, out, err) &&
           tell(tx, &message, &correction, correction.value, correction.was, err);
}

/* --- learning --------------------------------------------------------------------------------- */

struct lesson {
    unsigned subject;
    const char *value, *title, *text;
    int64_t fold_at;
};

static const struct field lesson_fields[] = {
    FIELD(lesson, subject, .names = judged_names),
    FIELD(lesson, value),
    FIELD(lesson, title),
    FIELD(lesson, text),
    FIELD(lesson, fold_at),
    { 0 },
};

/* What the customer wrote himself, as the judge saw it. */
static const char *own_words(struct arena *mem, const struct lesson *lesson)
{
    size_t len = strlen(lesson->text), fold = (size_t)lesson->fold_at;
    const char *own = arena_text_n(mem, lesson->text, fold > 0 && fold < len ? fold : len);

    return text_is_blank(own) ? lesson->title : own;
}

bool correction_lessons(struct tx *tx, struct list *out, struct err *err)
{
    struct list rows;
    struct correction *corrections;

    if (!db_all(tx, SQL_CORRECTION_LESSONS,
                ARGS(arg_organisation(tx), arg_int(LEARN_MAX), arg_int(LESSON_MAX)), lesson_fields,
                sizeof(struct lesson), &rows, err))
        return false;
    corrections = NEW_ARRAY(tx->mem, struct correction, rows.n);
    *out = (struct list){ corrections, 0 };
    for (size_t i = 0; i < rows.n; i++) {
        const struct lesson *lesson = &((const struct lesson *)rows.items)[rows.n - 1 - i];
        unsigned class;

        /* What an earlier release called so teaches nothing any more. */
        if (!enum_read(subjects[lesson->subject].names, lesson->value, strlen(lesson->value),
                       &class))
            continue;
        corrections[out->n++] = (struct correction){
            .text = own_words(tx->mem, lesson),
            .model = subjects[lesson->subject].model,
            .class = class,
        };
    }
    return true;
}

bool learned_save(struct tx *tx, struct bytes weights, struct err *err)
{
    return db_run(tx, SQL_LEARNED_SAVE,
                  ARGS(arg_organisation(tx), arg_bytes(weights), arg_time(tx->now)), err);
}

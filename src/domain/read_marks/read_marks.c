#include "read_marks.h"

#include "../visitors/visitors.h"

enum {
    CASES_AT_ONCE = 32,  /* as read_mark_list has places */
    UNREAD_BY_HAND = -1, /* less than any case was heard */
};

struct read_mark {
    case_id case_id;
    int64_t read_n;
};

static const struct field read_mark_fields[] = {
    FIELD(read_mark, case_id),
    FIELD(read_mark, read_n),
    { 0 },
};

bool read_mark_set(struct tx *tx, const struct casefile *c, bool is_read, struct err *err)
{
    return db_run(tx, SQL_READ_MARK_SET,
                  ARGS(arg_organisation(tx), arg_id_number(tx->actor.id), arg_id(c->id),
                       arg_int(is_read ? c->heard_n : UNREAD_BY_HAND)),
                  err) &&
           (!is_read || visitors_of_case_have_news(tx, c->id, err));
}

static int64_t read_n_of(const struct list *marks, case_id id)
{
    const struct read_mark *rows = marks->items;

    for (size_t i = 0; i < marks->n; i++)
        if (rows[i].case_id.n == id.n)
            return rows[i].read_n;
    return 0;
}

bool read_mark_fill(struct tx *tx, struct casefile *cases, size_t n, struct err *err)
{
    struct arg values[2 + CASES_AT_ONCE] = { arg_organisation(tx), arg_id_number(tx->actor.id) };
    struct list marks;

    for (size_t from = 0; from < n; from += CASES_AT_ONCE) {
        size_t some = n - from < CASES_AT_ONCE ? n - from : CASES_AT_ONCE;

        for (size_t i = 0; i < CASES_AT_ONCE; i++)
            values[2 + i] = arg_id(cases[from + (i < some ? i : some - 1)].id);
        if (!db_all(tx, SQL_READ_MARK_LIST, (struct args){ values, COUNT(values) },
                    read_mark_fields, sizeof(struct read_mark), &marks, err))
            return false;
        for (size_t i = from; i < from + some; i++)
            cases[i].is_unread = cases[i].heard_n > read_n_of(&marks, cases[i].id);
    }
    return true;
}

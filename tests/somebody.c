#include "somebody.h"

bool somebody(struct tx *tx, int64_t id, struct err *err)
{
    int64_t root;

    return db_number(tx, SQL_PERSON_ROOT, ARGS(arg_organisation(tx), arg_int(id)), &root, err) &&
           (root != 0 || db_run(tx, SQL_PERSON_ADD,
                                ARGS(arg_organisation(tx), arg_int(id), arg_text("Somebody"),
                                     arg_text(""), arg_time(tx->now), arg_text("person")),
                                err));
}

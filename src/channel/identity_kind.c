#include "incoming.h"

const char *const identity_kind_names[] = { "external", "email",  "phone", "handle",
                                            "login",    "postal", NULL };

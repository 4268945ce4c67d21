#include "incoming.h"

const char *const identity_kind_names[] = { "email", "phone", "handle", "login", "external", NULL };

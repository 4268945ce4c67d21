/* emoticons.h — faces made of signs. Pure. */
#pragma once

#include "../base/base.h"

/* Where the emoticon that begins at `at` ends; 0 when none does. */
size_t emoticon_end(const char *s, size_t len, size_t at);

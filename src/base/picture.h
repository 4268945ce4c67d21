/* picture.h — what picture some bytes are, by how they begin. */
#pragma once

#include "base.h"

/* "image/png", or jpeg, gif, webp; NULL for anything else. Pure. */
const char *picture_type(struct bytes content);

/* assets.h — the files of the web desk, as they stand in the program.
 *
 * They are for anybody, need no database and no thread of the pool, and go out compressed to who
 * takes that. A file whose name holds the hash of its content (under /assets/) may be kept for
 * ever; the page itself is asked for each time, by its ETag.
 */
#pragma once

#include "../base/base.h"

struct asset {
    const char *path; /* "/assets/index-3f9a.js"; "/" is the page */
    const char *type;
    const char *etag; /* with its quotes */
    bool is_for_ever;
    struct bytes plain, gzip, brotli; /* the last two are empty when they save nothing */
};

struct assets {
    const struct asset *rows;
    size_t n;
};

/* The desk, made by tools/build_web; only in the program itself. */
extern const struct assets desk_assets;

/* The asset at a path, NULL for none. Below /desk/ every address that the page's own router may
 * know is the page. */
const struct asset *asset_find(const struct assets *assets, const char *path);
/* The content that suits an Accept-Encoding (NULL: none was sent); *encoding is NULL for plain. */
struct bytes asset_content(const struct asset *asset, const char *accepted, const char **encoding);
/* Does an If-None-Match (NULL: none was sent) name what the client has already? */
bool asset_is_known(const struct asset *asset, const char *known);

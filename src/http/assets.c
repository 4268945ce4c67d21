#include "assets.h"

#include "../base/text.h"

#include <stdlib.h>
#include <string.h>

const struct asset *asset_find(const struct assets *assets, const char *path)
{
    if (text_equal(path, "/desk") || text_starts(path, "/desk/"))
        path = "/";
    for (size_t i = 0; i < assets->n; i++)
        if (text_equal(assets->rows[i].path, path))
            return &assets->rows[i];
    return NULL;
}

/* One item of an Accept-Encoding, up to its comma: does it name the coding, and not with q=0? */
static bool item_accepts(const char *item, size_t len, const char *coding)
{
    const char *weight = memchr(item, ';', len);
    size_t name_len = weight ? (size_t)(weight - item) : len;

    while (name_len > 0 && item[name_len - 1] == ' ')
        name_len--;
    if (name_len != strlen(coding) || strncasecmp(item, coding, name_len) != 0)
        return false;
    if (!weight)
        return true;
    weight += 1 + strspn(weight + 1, " ");
    return strncasecmp(weight, "q=", 2) != 0 || strtod(weight + 2, NULL) > 0;
}

static bool accepts(const char *accepted, const char *coding)
{
    for (const char *at = accepted; at && *at;) {
        size_t len;
        at += strspn(at, " ,");
        len = strcspn(at, ",");
        if (item_accepts(at, len, coding))
            return true;
        at += len;
    }
    return false;
}

struct bytes asset_content(const struct asset *asset, const char *accepted, const char **encoding)
{
    *encoding = "br";
    if (asset->brotli.len > 0 && accepts(accepted, "br"))
        return asset->brotli;
    *encoding = "gzip";
    if (asset->gzip.len > 0 && accepts(accepted, "gzip"))
        return asset->gzip;
    *encoding = NULL;
    return asset->plain;
}

bool asset_is_known(const struct asset *asset, const char *known)
{
    return known && (text_equal(known, "*") || strstr(known, asset->etag));
}

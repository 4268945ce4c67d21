#include "uploads.h"

#include "../base/text.h"
#include "../channel/api.h"
#include "../channel/email_parse.h"
#include "../channel/email_text.h"

#include <ctype.h>
#include <string.h>

/* type/subtype, as it goes into headers; anything else is just bytes. */
static const char *type_of(struct arena *mem, const char *type)
{
    const char *own = type ? text_lower(mem, arena_text_n(mem, type, strcspn(type, "; "))) : "";
    const char *slash = strchr(own, '/');

    for (const char *c = own; *c; c++)
        if (c != slash && !isalnum((unsigned char)*c) && !strchr("!#$&-^_.+", *c))
            return "application/octet-stream";
    return slash && slash != own && slash[1] ? own : "application/octet-stream";
}

bool upload_add(struct arena *mem, const struct part *part, int64_t mb, size_t files_max,
                struct list *files, struct err *err)
{
    const char *name;

    if (part->content.len == 0 || text_is_blank(part->filename))
        return true;
    if (files->n == files_max)
        return err_field(err, "file", "are more than %zu", files_max);
    if (part->content.len > (size_t)mb << 20)
        return err_set(err, ERR_TOO_LARGE, "a file is larger than %lld MB", (long long)mb);
    name = email_file_name(mem, part->filename, EMAIL_NAME_MAX);
    ((struct api_file *)files->items)[files->n++] = (struct api_file){
        .name = *name ? name : "file",
        .type = type_of(mem, part->type),
        .data = part->content,
    };
    return true;
}

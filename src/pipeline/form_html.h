/* form_html.h — the pages of a web form, as HTML that needs no script. Pure. */
#pragma once

#include "../base/arena.h"
#include "../channel/webform.h"

enum form_view { FORM_ASK, FORM_SENT, FORM_BUSY, FORM_VIEWS };

/* What somebody may be told that he wrote wrong; the last ones are of no field. */
enum form_field {
    FORM_NAME,
    FORM_EMAIL,
    FORM_PHONE,
    FORM_SUBJECT,
    FORM_TEXT,
    FORM_FILE,
    FORM_WEBSITE, /* is there for programs only */
    FORM_TOKEN,
    FORM_FIELDS
};
extern const char *const form_field_names[FORM_FIELDS];

enum form_fault {
    FAULT_NONE,
    FAULT_MISSING,
    FAULT_NO_ADDRESS, /* neither mail nor telephone */
    FAULT_EMAIL,
    FAULT_PHONE,
    FAULT_LONG,
    FAULT_FILE,
    FAULT_TRAP,
    FAULT_OLD, /* the page stood open too long */
    FAULTS
};

struct form_page {
    enum form_view view;
    const char *channel; /* "chn_…" */
    const struct webform_settings *settings;
    const char *language, *token;
    const char *given[FORM_FIELDS]; /* what stands in the fields; NULL: nothing */
    unsigned faults[FORM_FIELDS];   /* enum form_fault */
    const char *reference;          /* of FORM_SENT */
};

char *form_html(struct arena *mem, const struct form_page *page);

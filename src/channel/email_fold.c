#include "email_fold.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum {
    INTRO_LINES = 3,          /* "On … wrote:" is wrapped over so many lines at most */
    INTRO_LENGTH_MAX = 400,   /* bytes of it */
    HEADER_LINES = 8,         /* the lines of an Outlook header block */
    SIGNATURE_LINES_MAX = 30, /* longer is no signature, but a text with a dashed line */
    FOOTER_LINES_MAX = 3      /* what may follow "Sent from my phone" */
};

struct line {
    const char *s;
    size_t len; /* without the line end, and without white space there */
};

enum sort {
    OWN,
    BLANK,
    QUOTED,
    INTRO,     /* "On … wrote:"; a quote follows, marked or not */
    HISTORY,   /* all from here on is the old mail */
    FORWARDED, /* the same, but it is what the mail is about */
    SIGNATURE, /* "-- " */
    FOOTER     /* "Sent from my iPhone" */
};

static const char *next_line(const char *s, struct line *line)
{
    size_t len = strcspn(s, "\n");
    const char *next = s + len + (s[len] == '\n');

    while (len > 0 && (s[len - 1] == ' ' || s[len - 1] == '\t'))
        len--;
    *line = (struct line){ s, len };
    return next;
}

static bool has(const char *s, size_t len, const char *word)
{
    size_t n = strlen(word);

    for (size_t i = 0; i + n <= len; i++)
        if (strncasecmp(s + i, word, n) == 0)
            return true;
    return false;
}

static bool starts(struct line line, const char *word)
{
    return line.len >= strlen(word) && strncasecmp(line.s, word, strlen(word)) == 0;
}

static bool ends(const char *s, size_t len, const char *word)
{
    return len >= strlen(word) && strncasecmp(s + len - strlen(word), word, strlen(word)) == 0;
}

static bool has_digit(const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (isdigit((uint8_t)s[i]))
            return true;
    return false;
}

/* After how many lines "…verb…:" is complete; 0: it isn't one. */
static int lines_of_intro(const char *s, const char *verb)
{
    const char *next = s;
    struct line line;

    for (int n = 1; n <= INTRO_LINES; n++) {
        next = next_line(next, &line);
        size_t len = (size_t)(line.s + line.len - s);
        if (len > INTRO_LENGTH_MAX || line.len == 0)
            return 0;
        if (ends(s, len, ":") && has(s, len, verb) && has_digit(s, len))
            return n;
    }
    return 0;
}

/* "Op ma 3 dec. 2021 om 10:00 schreef Jan <jan@x.nl>:": how many lines it takes, 0 if none. */
static int intro_lines(const char *s)
{
    static const struct {
        const char *start, *verb;
    } rows[] = {
        { "On ", "wrote"      },
        { "Op ", "schreef"    },
        { "Op ", "geschreven" },
        { "Le ", "a écrit"    },
        { "Am ", "schrieb"    },
        { "Il ", "ha scritto" },
    };
    int n = 0;

    for (size_t i = 0; i < COUNT(rows) && n == 0; i++)
        if (strncmp(s, rows[i].start, strlen(rows[i].start)) == 0)
            n = lines_of_intro(s, rows[i].verb);
    return n;
}

/* "Van:", "*Van:*", "Van :" */
static bool is_field(struct line line, const char *const *names, size_t n)
{
    while (line.len > 0 && (*line.s == '*' || *line.s == ' ')) {
        line.s++;
        line.len--;
    }
    for (size_t i = 0; i < n; i++) {
        size_t len = strlen(names[i]);
        if (!starts(line, names[i]))
            continue;
        while (len < line.len && (line.s[len] == ' ' || line.s[len] == '*'))
            len++;
        /* French puts a no-break space before the colon. */
        if (line.len - len >= 2 && memcmp(line.s + len, "\xc2\xa0", 2) == 0)
            len += 2;
        if (len < line.len && line.s[len] == ':')
            return true;
    }
    return false;
}

/* The header block that Outlook and its kin put over the old mail. */
static bool is_header_block(const char *s)
{
    static const char *const first[] = { "Van", "From", "De", "Von" };
    static const char *const sent[] = { "Verzonden", "Sent", "Envoyé",      "Gesendet",
                                        "Datum",     "Date", "Verzonden op" };
    static const char *const to[] = { "Aan", "To", "À", "An", "A" };
    static const char *const subject[] = { "Onderwerp", "Subject", "Objet", "Betreff" };
    bool has_sent = false, has_to = false, has_subject = false;
    struct line line;

    s = next_line(s, &line);
    if (!is_field(line, first, COUNT(first)))
        return false;
    for (int i = 0; i < HEADER_LINES && *s; i++) {
        s = next_line(s, &line);
        has_sent = has_sent || is_field(line, sent, COUNT(sent));
        has_to = has_to || is_field(line, to, COUNT(to));
        has_subject = has_subject || is_field(line, subject, COUNT(subject));
    }
    return has_sent + has_to + has_subject >= 2;
}

static bool is_rule(struct line line)
{
    size_t n = 0;

    while (n < line.len && (line.s[n] == '_' || line.s[n] == '-'))
        n++;
    return n == line.len && n >= 5;
}

/* "-----Oorspronkelijk bericht-----" */
static bool is_marker(struct line line, const char *const *words, size_t n)
{
    bool is_dashed = starts(line, "--");

    for (size_t i = 0; i < n; i++)
        if ((is_dashed || starts(line, words[i])) && line.len < strlen(words[i]) + 40 &&
            has(line.s, line.len, words[i]))
            return is_dashed || ends(line.s, line.len, ":");
    return false;
}

static bool is_history(const char *s, struct line line)
{
    static const char *const words[] = {
        "Oorspronkelijk bericht",  "Original Message",  "Message d'origine", "Message d’origine",
        "Ursprüngliche Nachricht", "Origineel bericht", "Reply message"
    };

    if (is_marker(line, words, COUNT(words)) || is_header_block(s))
        return true;
    /* A rule over the header block goes with it. */
    if (!is_rule(line))
        return false;
    for (int i = 0; i < 3 && line.len > 0; i++) {
        s = next_line(s, &line);
        if (is_header_block(s))
            return true;
    }
    return false;
}

static bool is_forwarded(struct line line)
{
    static const char *const words[] = {
        "Forwarded message",       "Doorgestuurd bericht", "Begin doorgestuurd bericht",
        "Begin forwarded message", "Message transféré",    "Weitergeleitete Nachricht"
    };

    return is_marker(line, words, COUNT(words));
}

static bool is_footer(struct line line)
{
    static const char *const words[] = { "Verzonden vanaf mijn", "Verstuurd vanaf mijn",
                                         "Verzonden met mijn",   "Verstuurd met ",
                                         "Verzonden vanuit ",    "Verzonden via ",
                                         "Sent from my ",        "Sent from Outlook",
                                         "Sent from Mail for",   "Sent via ",
                                         "Get Outlook for",      "Outlook voor ",
                                         "Envoyé de mon",        "Envoyé depuis",
                                         "Von meinem ",          "Gesendet von " };

    if (line.len > 150)
        return false;
    for (size_t i = 0; i < COUNT(words); i++)
        if (starts(line, words[i]))
            return true;
    return false;
}

static enum sort sort_of(const char *s, struct line line)
{
    if (line.len == 0)
        return BLANK;
    if (line.s[0] == '>')
        return QUOTED;
    if (line.len == 2 && memcmp(line.s, "--", 2) == 0)
        return SIGNATURE;
    if (is_forwarded(line))
        return FORWARDED;
    if (intro_lines(s) > 0)
        return INTRO;
    if (is_history(s, line))
        return HISTORY;
    if (starts(line, "-----BEGIN PGP SIGNATURE-----"))
        return HISTORY;
    return is_footer(line) ? FOOTER : OWN;
}

enum stage { WRITING, SIGNING, QUOTING, INTRODUCED, OLD };

struct fold {
    enum stage at;
    const char *from;  /* where the fold would begin; NULL: nowhere yet */
    size_t lines_left; /* of a signature */
    bool has_words;    /* of the sender's own, in front of it */
};

static void begin(struct fold *fold, const char *s, enum stage at)
{
    if (!fold->from)
        fold->from = s;
    fold->at = at;
}

/* A line that the sender wrote, or that looks like it. */
static void own_line(struct fold *fold)
{
    if (fold->at == OLD)
        return;
    /* An introduction without marked quotes: the rest is the old mail. */
    if (fold->at == INTRODUCED) {
        fold->at = OLD;
        return;
    }
    if (fold->at == SIGNING && fold->lines_left > 0) {
        fold->lines_left--;
        return;
    }
    *fold = (struct fold){ .at = WRITING, .has_words = true };
}

static void step(struct fold *fold, enum sort sort, const char *s)
{
    switch (sort) {
    case BLANK:
    case FORWARDED: /* decided by the caller */
        return;
    case OWN:
        own_line(fold);
        return;
    case QUOTED:
        if (fold->at != OLD)
            begin(fold, s, QUOTING);
        return;
    case INTRO:
        if (fold->at != OLD)
            begin(fold, s, INTRODUCED);
        return;
    case HISTORY:
        begin(fold, s, OLD);
        return;
    case SIGNATURE:
    case FOOTER:
        if (fold->at == OLD)
            return;
        /* One after the other counts once, so that a text full of them isn't hidden. */
        if (fold->at == SIGNING) {
            own_line(fold);
            return;
        }
        fold->lines_left = sort == FOOTER ? FOOTER_LINES_MAX : SIGNATURE_LINES_MAX;
        begin(fold, s, SIGNING);
        return;
    }
}

static bool is_forwarding(const char *subject)
{
    static const char *const words[] = { "Fw:", "Fwd:", "Doorst:", "Doorgestuurd:", "TR:", "WG:" };

    for (size_t i = 0; subject && i < COUNT(words); i++)
        if (strncasecmp(subject, words[i], strlen(words[i])) == 0)
            return true;
    return false;
}

size_t email_fold_at(const char *text, const char *subject)
{
    bool is_forward = is_forwarding(subject);
    struct fold fold = { .at = WRITING };
    int more_intro = 0; /* further lines of a wrapped introduction */

    for (const char *s = text, *next; *s; s = next) {
        struct line line;
        next = next_line(s, &line);
        enum sort sort = more_intro > 0 ? BLANK : sort_of(s, line);
        more_intro -= more_intro > 0;
        if (fold.at != OLD && (sort == FORWARDED || (sort == HISTORY && is_forward)))
            return strlen(text);
        if (sort == INTRO)
            more_intro = intro_lines(s) - 1;
        step(&fold, sort, s);
    }
    return fold.from && fold.has_words ? (size_t)(fold.from - text) : strlen(text);
}

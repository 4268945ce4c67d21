#include "form_html.h"

#include "../base/text.h"
#include "html.h"

enum { HTML_MAX = 1 << 20 };

const char *const form_field_names[FORM_FIELDS] = { "name", "email", "phone",   "subject",
                                                    "text", "file",  "website", "token" };

static const struct wording {
    const char *language;
    const char *busy, *busy_more;
    const char *sent, *number, *sent_more, *another;
    const char *required, *contact, *send, *wrong, *wrong_title, *file;
    const char *labels[FORM_FIELDS], *faults[FAULTS];
} wordings[] = {
    {
        .language = "nl",
        .busy = "Wacht even",
        .busy_more = "Er is vandaar te veel verstuurd. Probeer het over een kwartier opnieuw.",
        .sent = "Uw bericht is binnen",
        .number = "Uw nummer",
        .sent_more = "Wij antwoorden op het adres of nummer dat u opgaf. Noem dit nummer als u ons nog eens over hetzelfde schrijft of belt.",
        .another = "Stuur nog een bericht",
        .required = "verplicht",
        .contact = "Vul uw e-mailadres of uw telefoonnummer in: daar antwoorden wij.",
        .send = "Versturen",
        .wrong = "Nog niet verstuurd",
        .wrong_title = "Fout",
        .file = "Hooguit %d, elk hooguit %d MB.",
        .labels = {
            [FORM_NAME] = "Naam",
            [FORM_EMAIL] = "E-mailadres",
            [FORM_PHONE] = "Telefoonnummer",
            [FORM_SUBJECT] = "Onderwerp",
            [FORM_TEXT] = "Uw bericht",
            [FORM_FILE] = "Bestanden",
            [FORM_WEBSITE] = "Laat dit veld leeg",
        },
        .faults = {
            [FAULT_MISSING] = "Vul dit in.",
            [FAULT_NO_ADDRESS] = "Vul uw e-mailadres of telefoonnummer in.",
            [FAULT_EMAIL] = "Dit is geen e-mailadres, zoals naam@voorbeeld.nl.",
            [FAULT_PHONE] = "Dit is geen telefoonnummer.",
            [FAULT_LONG] = "Dit is te lang.",
            [FAULT_FILE] = "Hooguit %d bestanden, van hooguit %d MB. Kies ze opnieuw.",
            [FAULT_TRAP] = "Laat dit veld leeg.",
            [FAULT_OLD] = "Deze pagina stond te lang open. Kijk of alles er nog staat en verstuur opnieuw.",
        },
    },
    {
        .language = "en",
        .busy = "Wait a moment",
        .busy_more = "Too much was sent from there. Try again in a quarter of an hour.",
        .sent = "We have your message",
        .number = "Your number",
        .sent_more = "We answer at the address or number that you left. Mention this number when you write or call us again about the same.",
        .another = "Send another message",
        .required = "required",
        .contact = "Leave your e-mail address or your telephone number: we answer there.",
        .send = "Send",
        .wrong = "Not sent yet",
        .wrong_title = "Error",
        .file = "At most %d, each at most %d MB.",
        .labels = {
            [FORM_NAME] = "Name",
            [FORM_EMAIL] = "E-mail address",
            [FORM_PHONE] = "Telephone number",
            [FORM_SUBJECT] = "Subject",
            [FORM_TEXT] = "Your message",
            [FORM_FILE] = "Files",
            [FORM_WEBSITE] = "Leave this field empty",
        },
        .faults = {
            [FAULT_MISSING] = "Fill this in.",
            [FAULT_NO_ADDRESS] = "Fill in your e-mail address or telephone number.",
            [FAULT_EMAIL] = "This is no e-mail address, like name@example.org.",
            [FAULT_PHONE] = "This is no telephone number.",
            [FAULT_LONG] = "This is too long.",
            [FAULT_FILE] = "At most %d files, of at most %d MB. Choose them again.",
            [FAULT_TRAP] = "Leave this field empty.",
            [FAULT_OLD] = "This page stood open too long. See if everything is still there, and send it again.",
        },
    },
    {
        .language = "fr",
        .busy = "Un instant",
        .busy_more = "Trop de messages ont été envoyés depuis là. Réessayez dans un quart d’heure.",
        .sent = "Votre message est arrivé",
        .number = "Votre numéro",
        .sent_more = "Nous répondons à l’adresse ou au numéro que vous avez laissé. Citez ce numéro si vous nous écrivez ou nous appelez encore pour la même chose.",
        .another = "Envoyer un autre message",
        .required = "obligatoire",
        .contact = "Laissez votre adresse e-mail ou votre numéro de téléphone : nous y répondons.",
        .send = "Envoyer",
        .wrong = "Pas encore envoyé",
        .wrong_title = "Erreur",
        .file = "%d au plus, de %d Mo chacun au plus.",
        .labels = {
            [FORM_NAME] = "Nom",
            [FORM_EMAIL] = "Adresse e-mail",
            [FORM_PHONE] = "Numéro de téléphone",
            [FORM_SUBJECT] = "Objet",
            [FORM_TEXT] = "Votre message",
            [FORM_FILE] = "Fichiers",
            [FORM_WEBSITE] = "Laissez ce champ vide",
        },
        .faults = {
            [FAULT_MISSING] = "Remplissez ce champ.",
            [FAULT_NO_ADDRESS] = "Indiquez votre adresse e-mail ou votre numéro de téléphone.",
            [FAULT_EMAIL] = "Ce n’est pas une adresse e-mail, comme nom@exemple.be.",
            [FAULT_PHONE] = "Ce n’est pas un numéro de téléphone.",
            [FAULT_LONG] = "C’est trop long.",
            [FAULT_FILE] = "Au plus %d fichiers, de %d Mo au plus. Choisissez-les à nouveau.",
            [FAULT_TRAP] = "Laissez ce champ vide.",
            [FAULT_OLD] = "Cette page est restée ouverte trop longtemps. Vérifiez que tout y est encore et renvoyez.",
        },
    },
};

/* What a browser may fill in by itself, and which keys a telephone shows. */
static const struct {
    const char *attributes;
    int max;
} inputs[FORM_FIELDS] = {
    [FORM_NAME] = { "type=\"text\" autocomplete=\"name\"",                200 },
    [FORM_EMAIL] = { "type=\"email\" autocomplete=\"email\"",              254 },
    [FORM_PHONE] = { "type=\"tel\" autocomplete=\"tel\"",                  40  },
    [FORM_SUBJECT] = { "type=\"text\" autocomplete=\"off\"",                 200 },
    [FORM_WEBSITE] = { "type=\"text\" autocomplete=\"off\" tabindex=\"-1\"", 200 },
};

static const struct wording *wording_of(const char *language)
{
    for (size_t i = 1; i < COUNT(wordings); i++)
        if (text_equal(wordings[i].language, language))
            return &wordings[i];
    return &wordings[0];
}

static enum webform_need need_of(const struct form_page *page, enum form_field field)
{
    const struct webform_settings *settings = page->settings;
    const unsigned needs[FORM_FIELDS] = {
        [FORM_NAME] = settings->ask_name,   [FORM_EMAIL] = settings->ask_email,
        [FORM_PHONE] = settings->ask_phone, [FORM_SUBJECT] = settings->ask_subject,
        [FORM_TEXT] = FIELD_REQUIRED,       [FORM_FILE] = settings->ask_file,
        [FORM_WEBSITE] = FIELD_OPTIONAL,    [FORM_TOKEN] = FIELD_OFF,
    };

    return (enum webform_need)needs[field];
}

static int file_mb(const struct form_page *page)
{
    return page->settings->file_mb > 0 ? (int)page->settings->file_mb : WEBFORM_FILE_MB;
}

static const char *fault_of(struct arena *mem, const struct form_page *page, enum form_field field,
                            const struct wording *words)
{
    const char *fault = words->faults[page->faults[field]];

    return page->faults[field] == FAULT_FILE
               ? arena_printf(mem, fault, WEBFORM_FILES_MAX, file_mb(page))
               : fault;
}

static bool has_faults(const struct form_page *page)
{
    for (size_t i = 0; i < FORM_FIELDS; i++)
        if (page->faults[i] != FAULT_NONE)
            return true;
    return false;
}

/* --- the fields ----------------------------------------------------------------------------- */

static void write_label(struct buf *out, const struct form_page *page, enum form_field field,
                        const struct wording *words)
{
    buf_printf(out, "<label for=\"%s\">", form_field_names[field]);
    html_text(out, words->labels[field]);
    if (need_of(page, field) == FIELD_REQUIRED)
        buf_printf(out, " (%s)", words->required);
    buf_text(out, "</label>");
}

/* What all of them say of themselves. */
static void write_attributes(struct buf *out, const struct form_page *page, enum form_field field)
{
    const char *name = form_field_names[field];

    buf_printf(out, " id=\"%s\" name=\"%s\"", name, name);
    if (need_of(page, field) == FIELD_REQUIRED)
        buf_text(out, " required");
    if (page->faults[field] != FAULT_NONE)
        buf_printf(out, " aria-invalid=\"true\" aria-describedby=\"%s-wrong\"", name);
    else if (field == FORM_FILE)
        buf_text(out, " aria-describedby=\"file-more\"");
}

static void write_control(struct arena *mem, struct buf *out, const struct form_page *page,
                          enum form_field field, const struct wording *words)
{
    if (field == FORM_TEXT) {
        buf_printf(out, "<textarea maxlength=\"%d\"", WEBFORM_TEXT_MAX / 4);
        write_attributes(out, page, field);
        buf_text(out, ">\n");
        html_text(out, page->given[field]);
        buf_text(out, "</textarea>");
    } else if (field == FORM_FILE) {
        html_element(out, "p class=\"soft\" id=\"file-more\"",
                     arena_printf(mem, words->file, WEBFORM_FILES_MAX, file_mb(page)));
        buf_text(out, "<input type=\"file\" multiple");
        write_attributes(out, page, field);
        buf_char(out, '>');
    } else {
        buf_printf(out, "<input %s maxlength=\"%d\" value=\"", inputs[field].attributes,
                   inputs[field].max);
        html_text(out, page->given[field]);
        buf_char(out, '"');
        write_attributes(out, page, field);
        buf_char(out, '>');
    }
}

static void write_field(struct arena *mem, struct buf *out, const struct form_page *page,
                        enum form_field field, const struct wording *words)
{
    if (need_of(page, field) == FIELD_OFF)
        return;
    buf_text(out, field == FORM_WEBSITE ? "<div class=\"away\" aria-hidden=\"true\">" : "<div>");
    write_label(out, page, field, words);
    if (page->faults[field] != FAULT_NONE)
        html_element(
            out, arena_printf(mem, "p class=\"wrong\" id=\"%s-wrong\"", form_field_names[field]),
            fault_of(mem, page, field, words));
    write_control(mem, out, page, field, words);
    buf_text(out, "</div>");
}

/* In front, with a way to each. */
static void write_faults(struct arena *mem, struct buf *out, const struct form_page *page,
                         const struct wording *words)
{
    if (!has_faults(page))
        return;
    buf_text(out, "<div role=\"alert\">");
    html_element(out, "h2", words->wrong);
    for (enum form_field field = 0; field < FORM_FIELDS; field++) {
        const char *fault = fault_of(mem, page, field, words);

        if (page->faults[field] == FAULT_NONE)
            continue;
        buf_text(out, "<p>");
        if (field == FORM_TOKEN)
            html_text(out, fault);
        else
            html_element(out, arena_printf(mem, "a href=\"#%s\"", form_field_names[field]),
                         arena_printf(mem, "%s: %s", words->labels[field], fault));
        buf_text(out, "</p>");
    }
    buf_text(out, "</div>");
}

/* --- each view ------------------------------------------------------------------------------ */

static void write_ask(struct arena *mem, struct buf *out, const struct form_page *page,
                      const struct wording *words)
{
    const struct webform_settings *settings = page->settings;

    if (!text_is_blank(settings->greeting))
        html_element(out, "p", settings->greeting);
    write_faults(mem, out, page, words);
    if (settings->ask_email == FIELD_OPTIONAL && settings->ask_phone == FIELD_OPTIONAL)
        html_element(out, "p", words->contact);
    buf_printf(out,
               "<form method=\"post\" action=\"/form/%s/messages\" enctype=\"multipart/form-data\""
               " novalidate><input type=\"hidden\" name=\"token\" value=\"%s\">",
               page->channel, page->token);
    for (enum form_field field = 0; field < FORM_TOKEN; field++)
        write_field(mem, out, page, field, words);
    html_element(out, "button type=\"submit\"", words->send);
    buf_text(out, "</form>");
}

static void write_sent(struct buf *out, const struct form_page *page, const struct wording *words)
{
    html_element(out, "p", words->number);
    html_element(out, "p class=\"code\"", page->reference);
    html_element(out, "p", words->sent_more);
    if (!text_is_blank(page->settings->sent_text))
        html_element(out, "p", page->settings->sent_text);
    buf_printf(out, "<p><a href=\"/form/%s\">", page->channel);
    html_text(out, words->another);
    buf_text(out, "</a></p>");
}

char *form_html(struct arena *mem, const struct form_page *page)
{
    const struct webform_settings *settings = page->settings;
    const struct wording *words = wording_of(page->language);
    const char *site = text_is_blank(settings->title) ? settings->address : settings->title;
    const char *head = page->view == FORM_SENT   ? words->sent
                       : page->view == FORM_BUSY ? words->busy
                                                 : site;
    CLEANUP(buf_free) struct buf out = BUF(HTML_MAX);

    buf_printf(&out,
               "<!doctype html><html lang=\"%s\"><head><meta charset=\"utf-8\">"
               "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
               words->language);
    html_element(&out, "title",
                 has_faults(page) ? arena_printf(mem, "%s: %s", words->wrong_title, head) : head);
    buf_printf(&out, "<style>%s</style></head><body><main>", html_style(mem, settings->colour));
    if (head != site)
        html_element(&out, "p class=\"site\"", site);
    html_element(&out, "h1", head);
    if (page->view == FORM_ASK)
        write_ask(mem, &out, page, words);
    else if (page->view == FORM_SENT)
        write_sent(&out, page, words);
    else
        html_element(&out, "p", words->busy_more);
    buf_text(&out, "</main></body></html>");
    return arena_text(mem, buf_str(&out));
}

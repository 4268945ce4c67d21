#include "private_html.h"

#include "../base/text.h"
#include "html.h"

#include <string.h>

enum { HTML_MAX = 4 << 20 };

static const struct wording {
    const char *language;
    const char *heads[PRIVATE_VIEWS];
    const char *about, *once, *open;
    const char *ask_more, *yes, *no;
    const char *code, *code_more, *proved, *go, *talk, *you, *write, *send, *again, *nothing;
    const char *over, *elsewhere, *unknown, *busy, *shut;
} wordings[] = {
    {
        .language = "nl",
        .heads = {
            [VIEW_WAITING] = "%s gaat graag privé met u verder",
            [VIEW_ASK] = "Bent u %s?",
            [VIEW_TALK] = "Uw gesprek met %s",
            [VIEW_UNKNOWN] = "Deze link kennen wij niet",
            [VIEW_OVER] = "Deze link werkt niet meer",
            [VIEW_ELSEWHERE] = "Deze link is al geopend",
            [VIEW_SHUT] = "Dit gesprek is gesloten",
            [VIEW_BUSY] = "Wacht even",
        },
        .about =
            "Het gaat over uw bericht als %s op %s. Wat u hier schrijft, lezen alleen u en "
            "%s.",
        .once =
            "De link werkt één keer, nog %lld uur. Open hem op het apparaat waarop u verder "
            "wilt: op een ander doet hij het daarna niet meer.",
        .open = "Open het gesprek",
        .ask_more =
            "Zo ja, dan zetten wij wat u daar schreef en wat u hier schrijft bij elkaar. "
            "Dat kan later weer los.",
        .yes = "Ja, dat ben ik",
        .no = "Nee, of liever niet",
        .code = "Laat zien dat u het bent",
        .code_more =
            "Anderen konden deze link ook zien. Schrijf daarom dit woord onder ons openbare "
            "bericht. Het gesprek kan meteen beginnen; gegevens die alleen voor u zijn, "
            "geven wij daarna.",
        .proved = "Het is nu zeker dat u %s bent.",
        .go = "Naar het gesprek",
        .talk = "Gesprek",
        .you = "U",
        .write = "Uw bericht",
        .send = "Stuur",
        .again = "Kijk of er antwoord is",
        .nothing = "Schrijf hier waar het over gaat.",
        .over = "Vraag ons om een nieuwe.",
        .elsewhere =
            "Dat was in een andere browser of op een ander apparaat. Was u dat niet? Laat "
            "het ons weten waar u het bericht zag: dan sluiten wij dat gesprek en krijgt u "
            "een nieuwe link.",
        .unknown = "Kijk of hij helemaal is overgenomen.",
        .busy =
            "Er is vandaar te vaak geprobeerd een link te openen. Probeer het over een "
            "kwartier opnieuw.",
        .shut = "U kunt hier niet meer schrijven.",
    },
    {
        .language = "en",
        .heads = {
            [VIEW_WAITING] = "%s would like to go on with you in private",
            [VIEW_ASK] = "Are you %s?",
            [VIEW_TALK] = "Your conversation with %s",
            [VIEW_UNKNOWN] = "We don't know this link",
            [VIEW_OVER] = "This link no longer works",
            [VIEW_ELSEWHERE] = "This link was opened already",
            [VIEW_SHUT] = "This conversation is closed",
            [VIEW_BUSY] = "Wait a moment",
        },
        .about =
            "It is about your message as %s on %s. What you write here is read only by you "
            "and %s.",
        .once =
            "The link works once, for %lld more hours. Open it on the device on which you "
            "want to go on: on another one it won't work after that.",
        .open = "Open the conversation",
        .ask_more =
            "If so, we put together what you wrote there and what you write here. It can be "
            "taken apart later.",
        .yes = "Yes, that's me",
        .no = "No, or rather not",
        .code = "Show that it's you",
        .code_more =
            "Others could see this link too. So write this word below our public message. "
            "The conversation can begin at once; what is meant for you alone we give after "
            "that.",
        .proved = "It is certain now that you are %s.",
        .go = "To the conversation",
        .talk = "Conversation",
        .you = "You",
        .write = "Your message",
        .send = "Send",
        .again = "See if there is an answer",
        .nothing = "Write here what it is about.",
        .over = "Ask us for a new one.",
        .elsewhere =
            "That was in another browser or on another device. Wasn't it you? Tell us where "
            "you saw the message: we close that conversation then, and you get a new link.",
        .unknown = "See if it was copied as a whole.",
        .busy = "From there a link was tried too often. Try again in a quarter of an hour.",
        .shut = "You can't write here any more.",
    },
    {
        .language = "fr",
        .heads = {
            [VIEW_WAITING] = "%s souhaite continuer avec vous en privé",
            [VIEW_ASK] = "Êtes-vous %s ?",
            [VIEW_TALK] = "Votre conversation avec %s",
            [VIEW_UNKNOWN] = "Nous ne connaissons pas ce lien",
            [VIEW_OVER] = "Ce lien ne fonctionne plus",
            [VIEW_ELSEWHERE] = "Ce lien a déjà été ouvert",
            [VIEW_SHUT] = "Cette conversation est fermée",
            [VIEW_BUSY] = "Un instant",
        },
        .about =
            "Il s'agit de votre message en tant que %s sur %s. Ce que vous écrivez ici "
            "n'est lu que par vous et %s.",
        .once =
            "Le lien fonctionne une seule fois, encore %lld heures. Ouvrez-le sur "
            "l'appareil où vous voulez continuer : il ne fonctionnera plus ailleurs.",
        .open = "Ouvrir la conversation",
        .ask_more =
            "Si oui, nous réunissons ce que vous avez écrit là-bas et ce que vous écrivez "
            "ici. Cela peut être défait plus tard.",
        .yes = "Oui, c'est moi",
        .no = "Non, ou je préfère ne pas le dire",
        .code = "Montrez que c'est vous",
        .code_more =
            "D'autres ont pu voir ce lien. Écrivez donc ce mot sous notre message public. "
            "La conversation peut commencer tout de suite ; ce qui n'est destiné qu'à vous "
            "suivra ensuite.",
        .proved = "Il est maintenant certain que vous êtes %s.",
        .go = "Vers la conversation",
        .talk = "Conversation",
        .you = "Vous",
        .write = "Votre message",
        .send = "Envoyer",
        .again = "Voir s'il y a une réponse",
        .nothing = "Écrivez ici de quoi il s'agit.",
        .over = "Demandez-nous-en un nouveau.",
        .elsewhere =
            "C'était dans un autre navigateur ou sur un autre appareil. Ce n'était pas vous "
            "? Dites-le-nous là où vous avez vu le message : nous fermerons cette "
            "conversation et vous recevrez un nouveau lien.",
        .unknown = "Vérifiez qu'il a été copié en entier.",
        .busy = "Trop de liens ont été essayés depuis là. Réessayez dans un quart d'heure.",
        .shut = "Vous ne pouvez plus écrire ici.",
    },
};

static const struct wording *wording_of(const char *language)
{
    for (size_t i = 1; i < COUNT(wordings); i++)
        if (text_equal(wordings[i].language, language))
            return &wordings[i];
    return &wordings[0];
}

char *private_policy(struct arena *mem, const struct private_page *page)
{
    return html_policy(mem, page->colour, true);
}

static void add_button(struct buf *out, const char *more, const char *text)
{
    buf_printf(out, "<button type=\"submit\"%s>", more);
    html_text(out, text);
    buf_text(out, "</button>");
}

static void add_form(struct buf *out, const struct private_page *page, const char *path)
{
    buf_printf(out, "<form method=\"post\" action=\"/p/%s%s\">", page->secret, path);
}

static int64_t hours_left(const struct private_page *page)
{
    int64_t left = page->link->expires_at.ms - page->now.ms;

    return left <= 0 ? 0 : (left + HOUR_MS - 1) / HOUR_MS;
}

/* --- each view -------------------------------------------------------------------------------- */

static void write_waiting(struct arena *mem, struct buf *out, const struct private_page *page,
                          const struct wording *words)
{
    html_element(out, "p",
                 arena_printf(mem, words->about, page->link->handle, page->channel, page->site));
    add_form(out, page, "");
    add_button(out, "", words->open);
    buf_text(out, "</form>");
    html_element(out, "p class=\"soft\"",
                 arena_printf(mem, words->once, (long long)hours_left(page)));
}

static void write_ask(struct buf *out, const struct private_page *page, const struct wording *words)
{
    html_element(out, "p", words->ask_more);
    add_form(out, page, "/answer");
    add_button(out, " name=\"is\" value=\"yes\"", words->yes);
    add_button(out, " name=\"is\" value=\"no\" class=\"second\"", words->no);
    buf_text(out, "</form>");
}

static void write_items(struct buf *out, const struct private_page *page,
                        const struct wording *words)
{
    const struct chat_item *items = page->items.items;

    if (page->items.n == 0)
        html_element(out, "p", words->nothing);
    buf_text(out, "<ol>");
    for (size_t i = 0; i < page->items.n; i++) {
        buf_text(out, "<li>");
        html_element(out, "b",
                     items[i].direction == DIRECTION_IN ? words->you
                     : items[i].author                  ? items[i].author
                                                        : page->site);
        html_text(out, items[i].text);
        buf_text(out, "</li>");
    }
    buf_text(out, "</ol>");
}

/* The conversation itself, for who has no script; else it's hidden, and the chat takes its place.
 */
static void write_plain(struct buf *out, const struct private_page *page,
                        const struct wording *words)
{
    buf_text(out, "<section id=\"plain\">");
    html_element(out, "h2", words->talk);
    write_items(out, page, words);
    add_form(out, page, "/messages");
    buf_printf(out, "<input type=\"hidden\" name=\"id\" value=\"%s\"><label for=\"text\">",
               page->draft_id);
    html_text(out, words->write);
    buf_printf(out, "</label><textarea id=\"text\" name=\"text\" required maxlength=\"4000\">"
                    "</textarea>");
    add_button(out, "", words->send);
    buf_printf(out, "</form><p><a href=\"/p/%s\">", page->secret);
    html_text(out, words->again);
    buf_text(out, "</a></p></section>");
}

static void write_talk(struct arena *mem, struct buf *out, const struct private_page *page,
                       const struct wording *words)
{
    if (page->code) {
        buf_text(out, "<section id=\"code\">");
        html_element(out, "h2", words->code);
        html_element(out, "p", words->code_more);
        html_element(out, "p class=\"code\"", page->code);
        buf_text(out, "</section>");
    } else if (page->link->proved_at.ms > 0) {
        html_element(out, "p", arena_printf(mem, words->proved, page->link->handle));
    }
    buf_printf(out, "<a class=\"go\" id=\"go\" href=\"/chat/%s#%s\" hidden>",
               id_text("chn", page->link->channel_id.n).s, id_text("plk", page->link->id.n).s);
    html_text(out, words->go);
    buf_text(out, "</a>");
    write_plain(out, page, words);
    buf_text(out, "<script src=\"/private.js\" defer></script>");
}

static const char *head_of(struct arena *mem, const struct private_page *page,
                           const struct wording *words)
{
    const char *who = page->view == VIEW_ASK && page->link ? page->link->handle : page->site;

    return arena_printf(mem, words->heads[page->view], who ? who : "");
}

static void write_body(struct arena *mem, struct buf *out, const struct private_page *page,
                       const struct wording *words)
{
    switch (page->view) {
    case VIEW_WAITING:
        write_waiting(mem, out, page, words);
        break;
    case VIEW_ASK:
        write_ask(out, page, words);
        break;
    case VIEW_TALK:
        write_talk(mem, out, page, words);
        break;
    case VIEW_UNKNOWN:
        html_element(out, "p", words->unknown);
        break;
    case VIEW_OVER:
        html_element(out, "p", words->over);
        break;
    case VIEW_ELSEWHERE:
        html_element(out, "p", words->elsewhere);
        break;
    case VIEW_SHUT:
        html_element(out, "p", words->shut);
        break;
    case VIEW_BUSY:
        html_element(out, "p", words->busy);
        break;
    case PRIVATE_VIEWS:
        break;
    }
}

char *private_html(struct arena *mem, const struct private_page *page)
{
    const struct wording *words = wording_of(page->language);
    const char *head = head_of(mem, page, words);
    CLEANUP(buf_free) struct buf out = BUF(HTML_MAX);

    buf_printf(&out,
               "<!doctype html><html lang=\"%s\"><head><meta charset=\"utf-8\">"
               "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
               "<meta name=\"robots\" content=\"noindex\">",
               words->language);
    html_element(&out, "title", head);
    buf_printf(&out, "<style>%s</style></head><body><main", html_style(mem, page->colour));
    if (page->view == VIEW_TALK) {
        buf_printf(&out, " data-token=\"%s\" data-place=\"gestand/chat/%s#%s\"%s", page->token,
                   id_text("chn", page->link->channel_id.n).s, id_text("plk", page->link->id.n).s,
                   page->code ? " data-stays" : "");
    }
    buf_char(&out, '>');
    if (page->site)
        html_element(&out, "p class=\"site\"", page->site);
    html_element(&out, "h1", head);
    write_body(mem, &out, page, words);
    buf_text(&out, "</main></body></html>");
    return arena_text(mem, buf_str(&out));
}

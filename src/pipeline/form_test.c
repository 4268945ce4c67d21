/* form_test.c — the web form: a page without a script, and what comes of it. */
#include "form_token.h"

#include "../channel/webform.h"
#include "house.h"

#define FORMS(house, w)                                                                            \
    WORLD(w);                                                                                      \
    API(api, &w, &case_routes, &way_routes, &channel_routes, &message_routes, &person_routes,      \
        &identity_routes, &file_routes, &form_page_routes);                                        \
    STILL;                                                                                         \
    struct house house;                                                                            \
    CHECK_OK(open_house(&house, &w, &api), &w.err)

/* What somebody fills in; NULL: nothing. */
struct filled {
    const char *email, *phone, *text, *website, *file;
    const char *token; /* NULL: of the page as it is now */
};

/* Connects a form with these more settings; "/form/chn_…". */
static const char *add_form(struct house *house, const char *more)
{
    const char *id = add(house, arena_printf(house->w->mem,
                                             "{\"type\":\"form\",\"name\":\"Contact\",\"settings\":"
                                             "{\"address\":\"www.x.nl/contact\"%s}}",
                                             more));

    return id ? arena_printf(house->w->mem, "/form/%s", id) : NULL;
}

/* A browser of whom nobody knows anything. */
static int browse(struct house *house, enum method method, const char *path, const char *header)
{
    struct api *api = house->api;
    const char *token = api->token, *cookie = api->cookie;
    int status;

    api->token = api->cookie = NULL;
    api->header = header;
    status = api_call(api, method, path, NULL);
    api->token = token;
    api->cookie = cookie;
    return status;
}

static const char *token_on(struct house *house)
{
    const char *at = strstr(house->api->body, "name=\"token\" value=\"");

    return at ? arena_text_n(house->w->mem, at + 20, strcspn(at + 20, "\"")) : NULL;
}

static void put(curl_mime *mime, const char *name, const char *value)
{
    if (value)
        add_part(mime, name, NULL, value, strlen(value));
}

static int sends(struct house *house, const char *form, const struct filled *filled)
{
    const char *token = filled->token;
    curl_mime *mime;

    if (!token && (browse(house, GET, form, NULL) != 200 || !(token = token_on(house))))
        return 0;
    mime = curl_mime_init(house->api->curl);
    put(mime, "name", "Jan de Vries");
    put(mime, "email", filled->email);
    put(mime, "phone", filled->phone);
    put(mime, "subject", "De kraan");
    put(mime, "text", filled->text);
    put(mime, "website", filled->website);
    put(mime, "token", token);
    if (filled->file)
        add_part(mime, "file", "../lek.png", filled->file, strlen(filled->file));
    house->api->form = mime;
    return browse(house, POST, arena_printf(house->w->mem, "%s/messages", form), NULL);
}

static int cases_n(struct house *house)
{
    return api_call(house->api, GET, "/api/v1/cases?status=all", NULL) == 200
               ? api_count(house->api, "cas")
               : -1;
}

TEST(what_is_filled_in_on_a_page_is_a_case_and_the_next_page_says_its_number)
{
    FORMS(house, w);
    const char *form = add_form(&house, ""), *sent, *path;
    const struct filled filled = { .email = "jan@klant.example",
                                   .text = "De kraan lekt.\r\nAl een week.",
                                   .file = "een foto" };

    CHECK(form && sends(&house, form, &filled) == 303);
    sent = arena_text(w.mem, api_header(&api, "Location"));
    path = newest(&house);
    CHECK(path && api_call(&api, GET, path, NULL) == 200);
    CHECK(says(&api, "De kraan lekt.\\nAl een week.") && says(&api, "\"title\":\"De kraan\""));
    CHECK(says(&api, "\"person_name\":\"Jan de Vries\"") && says(&api, "\"name\":\"lek.png\""));
    CHECK(browse(&house, GET, sent, NULL) == 200);
    CHECK(says(&api, arena_printf(w.mem, "class=\"code\">%.8s<", strstr(sent, "/sent/") + 6)));
    CHECK(api_call(&api, GET, path, NULL) == 200);
    CHECK_TEXT(api_text(&api, "reference"), arena_text_n(w.mem, strstr(sent, "/sent/") + 6, 8));
    /* Nobody makes up such a page. */
    CHECK(browse(&house, GET, arena_printf(w.mem, "%s/sent/4K7-M2QX.00", form), NULL) == 404);
}

TEST(the_same_page_sent_again_is_once_and_with_other_words_it_is_another_message)
{
    FORMS(house, w);
    const char *form = add_form(&house, ""), *first;
    struct filled filled = { .email = "jan@klant.example", .text = "De kraan lekt." };

    CHECK(form && browse(&house, GET, form, NULL) == 200);
    filled.token = token_on(&house);
    CHECK(sends(&house, form, &filled) == 303);
    first = arena_text(w.mem, api_header(&api, "Location"));
    CHECK(sends(&house, form, &filled) == 303);
    CHECK_TEXT(api_header(&api, "Location"), first);
    CHECK(cases_n(&house) == 1);
    filled.text = "Hoe vraag ik huurtoeslag aan voor mijn moeder?";
    CHECK(sends(&house, form, &filled) == 303 && cases_n(&house) == 2);
}

TEST(what_is_wrong_with_a_form_stands_on_the_page_again_beside_what_was_written)
{
    static const struct {
        const char *about;
        struct filled filled;
        const char *field, *words;
    } rows[] = {
        { "no address",      { .text = "Dag" },                       "email-wrong", "Vul uw e-mailadres of telefoonnummer" },
        { "no mail address", { .email = "jan", .text = "Dag" },       "email-wrong", "geen e-mailadres"                     },
        { "no number",       { .phone = "12", .text = "Dag" },        "phone-wrong", "geen telefoonnummer"                  },
        { "no words",        { .email = "j@x.nl", .text = " " },      "text-wrong",  "Vul dit in"                           },
        { "a program",
         { .email = "j@x.nl", .text = "Dag", .website = "http://x" },
         "website-wrong",                                                            "Laat dit veld leeg"                   },
        { "no page of ours",
         { .email = "j@x.nl", .text = "Dag", .token = "1.abc.def" },
         "role=\"alert\"",                                                           "te lang open"                         },
    };
    FORMS(house, w);
    const char *form = add_form(&house, "");

    CHECK(form);
    for (size_t i = 0; i < COUNT(rows); i++) {
        int status = sends(&house, form, &rows[i].filled);

        CHECK_TEXT(arena_printf(w.mem, "%s: %d", rows[i].about, status),
                   arena_printf(w.mem, "%s: 422", rows[i].about));
        CHECK(says(&api, rows[i].field) && says(&api, rows[i].words));
        CHECK(says(&api, "value=\"Jan de Vries\"") && says(&api, "Fout: "));
    }
    CHECK(cases_n(&house) == 0);
}

TEST(a_page_that_stood_open_for_more_than_a_day_is_sent_by_pressing_once_more)
{
    FORMS(house, w);
    const char *form = add_form(&house, "");
    struct filled filled = { .email = "jan@klant.example", .text = "De kraan <lekt>." };

    CHECK(form && browse(&house, GET, form, NULL) == 200);
    filled.token = token_on(&house);
    clock_fake((instant){ 1800000000000 + 25 * HOUR_MS });
    CHECK(sends(&house, form, &filled) == 422 && says(&api, "De kraan &lt;lekt&gt;."));
    filled.token = token_on(&house);
    CHECK(sends(&house, form, &filled) == 303 && cases_n(&house) == 1);
}

TEST(who_filled_in_a_form_is_answered_at_the_address_that_he_left)
{
    FORMS(house, w);
    const char *form = add_form(&house, ""), *path;
    const struct filled mail = { .email = "jan@klant.example", .text = "De kraan lekt." };
    const struct filled number = { .phone = "06 12345678", .text = "Belt u mij over de huur?" };

    CHECK(form && sends(&house, form, &mail) == 303);
    path = newest(&house);
    CHECK(path && api_call(&api, GET, arena_printf(w.mem, "%s/ways", path), NULL) == 200);
    CHECK(says(&api, "\"type\":\"email\"") && says(&api, "\"is_usual\":true"));
    CHECK(!says(&api, "\"type\":\"form\""));
    CHECK(answers(&house, path, "{\"text\":\"Wij komen morgen.\"}") == 201);
    CHECK(api_call(&api, GET, path, NULL) == 200);
    CHECK(says(&api, house.mail) && says(&api, "case.channel_changed"));
    CHECK(says(&api, "\"subject\":\"De kraan\""));

    CHECK(sends(&house, form, &number) == 303);
    path = newest(&house);
    CHECK(path && answers(&house, path, "{\"text\":\"Wij bellen.\"}") == 201);
    CHECK(api_call(&api, GET, path, NULL) == 200 && says(&api, house.sms));
    CHECK(says(&api, "+31612345678"));
}

TEST(a_number_beside_a_mail_address_is_only_claimed_and_nothing_goes_there)
{
    FORMS(house, w);
    const char *form = add_form(&house, ""), *path, *person;
    const struct filled filled = { .email = "jan@klant.example",
                                   .phone = "0612345678",
                                   .text = "De kraan lekt." };

    CHECK(form && sends(&house, form, &filled) == 303);
    path = newest(&house);
    CHECK(path && api_call(&api, GET, path, NULL) == 200);
    person = api_text(&api, "person_id");
    CHECK(api_call(&api, GET, arena_printf(w.mem, "/api/v1/people/%s", person), NULL) == 200);
    CHECK(says(&api, "0612345678") && says(&api, "\"state\":\"claimed\""));
    CHECK(!says(&api, "\"state\":\"verified\""));
    CHECK(api_call(&api, GET, arena_printf(w.mem, "%s/ways", path), NULL) == 200);
    CHECK(says(&api, "\"why_not\":\"not_proven\""));
}

TEST(a_form_speaks_its_own_language_or_that_of_who_looks_at_it)
{
    FORMS(house, w);
    const char *form = add_form(&house, ""), *id, *french;

    id = add(&house, "{\"type\":\"form\",\"name\":\"Formulaire\",\"settings\":{\"address\":"
                     "\"www.x.be/contact\",\"language\":\"fr\"}}");
    CHECK(form && id);
    french = arena_printf(w.mem, "/form/%s", id);
    CHECK(browse(&house, GET, form, "Accept-Language: de-DE, en-GB;q=0.8, nl") == 200);
    CHECK(says(&api, "<html lang=\"en\">") && says(&api, "Your message (required)"));
    CHECK(browse(&house, GET, form, "Accept-Language: de") == 200);
    CHECK(says(&api, "<html lang=\"nl\">"));
    CHECK(browse(&house, GET, arena_printf(w.mem, "%s/messages", form), "Accept-Language: fr") ==
          200);
    CHECK(says(&api, "<html lang=\"fr\">"));
    CHECK(browse(&house, GET, french, "Accept-Language: en") == 200);
    CHECK(says(&api, "<html lang=\"fr\">"));
    CHECK(strstr(api_header(&api, "Content-Security-Policy"), "script-src 'none'"));
}

TEST(a_form_asks_for_what_its_settings_say)
{
    FORMS(house, w);
    const char *form = add_form(&house, ",\"ask_phone\":\"off\",\"ask_email\":\"required\","
                                        "\"ask_file\":\"required\",\"title\":\"Lindewerf\"");
    const struct filled filled = { .email = "jan@klant.example", .text = "De kraan lekt." };

    CHECK(form && browse(&house, GET, form, NULL) == 200);
    CHECK(!says(&api, "name=\"phone\"") && says(&api, "E-mailadres (verplicht)"));
    CHECK(says(&api, "<h1>Lindewerf</h1>"));
    CHECK(sends(&house, form, &filled) == 422 && says(&api, "file-wrong"));
    CHECK(!add_form(&house, ",\"ask_phone\":\"off\",\"ask_email\":\"off\""));
    CHECK(!add_form(&house, ",\"colour\":\"#ffffff\""));
}

TEST(another_site_sends_no_form_of_ours)
{
    FORMS(house, w);
    const char *form = add_form(&house, "");

    CHECK(form && browse(&house, POST, arena_printf(w.mem, "%s/messages", form),
                         "Origin: https://elders.example") >= 400);
    CHECK(cases_n(&house) == 0);
    CHECK(browse(&house, GET, arena_printf(w.mem, "/form/%s", house.chat), NULL) == 404);
}

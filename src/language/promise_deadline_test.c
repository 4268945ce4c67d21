/* promise_deadline_test.c — sentences of agents, and by when what they promise is due: classes of
 * wordings that were read wrongly once. None of these stands in data/.
 */
#include "promises.h"

#include "../base/text.h"
#include "test.h"

#include <string.h>

/* 2027-03-10T09:40+01:00; Easter is on 28 March. */
static const instant wednesday = { 1804668000000 };
/* 2026-03-23T10:00+01:00; the clock goes forward on Sunday 29 March. */
static const instant monday = { 1774256400000 };

struct row {
    const char *text,
        *due; /* of each promise "03-15T12:00", "-" when none is said; "": no promise */
};

static const char *dues_in(struct arena *mem, const char *text, instant reference)
{
    struct bytes exact = test_exact(text, strlen(text));
    struct promises promises;
    struct tokens tokens;
    const char *out = "";

    tokens_of(mem, (const char *)exact.data, exact.len, &tokens);
    promises_of(mem, &tokens, reference, &calendar_dutch, &promises);
    for (size_t i = 0; i < promises.n; i++) {
        const struct commitment *promise = &promises.items[i];
        struct local_time due = calendar_local(&calendar_dutch, promise->due_at);
        int year, month, day;

        date_of(due.day, &year, &month, &day);
        out = arena_printf(mem, "%s%s", out, i > 0 ? "; " : "");
        if (promise->due_at.ms == 0)
            out = arena_printf(mem, "%s-", out);
        else
            out = arena_printf(mem, "%s%02d-%02dT%02d:%02d", out, month, day, due.minute / 60,
                               due.minute % 60);
    }
    return out;
}

static void check_rows(const struct row *rows, size_t n, instant reference)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < n; i++)
        CHECK_TEXT(
            arena_printf(mem, "%s => %s", rows[i].text, dues_in(mem, rows[i].text, reference)),
            arena_printf(mem, "%s => %s", rows[i].text, rows[i].due));
}

TEST(the_begin_and_end_of_a_day_are_named_in_many_ways)
{
    static const struct row rows[] = {
        { "I'll ring you first thing Monday morning.",                   "03-15T12:00" },
        { "We'll have an answer for you first thing on Monday.",         "03-15T12:00" },
        { "First thing Friday, our fitter will be at your door.",        "03-12T12:00" },
        { "I'll send it first thing in the morning.",                    "03-11T12:00" },
        { "Expect a call from me first thing tomorrow morning.",         "03-11T12:00" },
        { "I'll get back to you first thing next Monday.",               "03-15T12:00" },
        { "Our engineer is with you first thing on Thursday morning.",   "03-11T12:00" },
        { "We'll deliver it early Monday morning.",                      "03-15T12:00" },
        { "We'll call you early on Tuesday.",                            "03-16T12:00" },
        { "Early tomorrow we will email you the documents.",             "03-11T12:00" },
        { "Maandagochtend als eerste bel ik u.",                         "03-15T12:00" },
        { "Maandag meteen in de ochtend bel ik u terug.",                "03-15T12:00" },
        { "Morgenvroeg als eerste neem ik dit voor u op.",               "03-11T12:00" },
        { "Ik bel u maandag direct om 9 uur.",                           "03-15T09:00" },
        { "Vrijdag in alle vroegte komt de ploeg de stoep bij u vegen.", "03-12T12:00" },
        { "Maandag in de vroege ochtend plaatsen wij de container.",     "03-15T12:00" },
        { "Morgen in de loop van de ochtend krijgt u de offerte.",       "03-11T12:00" },
        { "Ik bel u maandagmorgen vroeg.",                               "03-15T12:00" },
        { "Wij komen vroeg op maandagochtend bij u langs.",              "03-15T12:00" },
        { "First thing after the weekend I'll send you the label.",      "03-15T12:00" },
        { "Late Monday afternoon we'll drop off the keys.",              "03-15T17:00" },
        { "Last thing Friday I'll email you the figures.",               "03-12T17:00" },
        { "The courier will be round first thing Saturday.",             "03-13T12:00" },
        { "Dinsdagmorgen vroeg staat de technieker aan uw deur.",        "03-16T12:00" },
        { "Straks in de namiddag bel ik je terug.",                      "03-10T17:00" },
        { "Late on Friday evening we'll switch your line back on.",      "03-12T22:00" },
        { "By Monday lunchtime you'll have our reply.",                  "03-15T12:00" },
        { "Mid-morning on Thursday our van arrives at your house.",      "03-11T12:00" },
        { "Vrijdag vroeg in de ochtend vervangen wij de pomp.",          "03-12T12:00" },
        { "Laat in de middag krijgt u van mij nog een mailtje.",         "03-10T17:00" },
    };

    check_rows(rows, COUNT(rows), wednesday);
}

TEST(the_night_belongs_to_the_day_that_is_said)
{
    static const struct row rows[] = {
        { "Zondag 29 maart om 3 uur 's nachts zetten wij uw mailbox om.",                    "03-29T03:00" },
        { "Morgen om 4 uur 's nachts herstarten wij de server.",                             "03-24T04:00" },
        { "Vannacht om 3 uur herstarten wij uw modem.",                                      "03-24T03:00" },
        { "In de nacht van zaterdag op zondag om 4 uur zetten wij uw account om.",           "03-29T04:00" },
        { "Vrijdagnacht om 1 uur vervangen wij de server.",                                  "03-28T01:00" },
        { "On Sunday 29 March at 3 in the morning we'll switch your line over.",             "03-29T03:00" },
        { "On Sunday at 1 am we will restart your router.",                                  "03-29T01:00" },
        { "Friday night at 11 we'll reboot the server.",                                     "03-27T23:00" },
        { "Friday night at 1 am we'll move your mailbox.",                                   "03-28T01:00" },
        { "Tonight at 2 am we'll reset your line.",                                          "03-24T02:00" },
        { "Zaterdagnacht tussen 1 en 5 uur werken wij uw software bij.",                     "03-29T05:00" },
        { "Op 29 maart tussen 1.00 en 5.00 uur 's nachts vervangen wij uw aansluiting.",
         "03-29T05:00"                                                                                     },
        { "Donderdag 26 maart om 0.30 uur schakelen wij uw stroom weer in.",                 "03-26T00:30" },
        { "Om middernacht zetten we de nieuwe versie voor u klaar.",                         "03-24T00:00" },
        { "Zondag om 23 uur zetten wij uw site weer online.",                                "03-29T23:00" },
        { "Zondag 25 oktober 2026 om 4 uur 's nachts zetten wij de klok van uw meter om.",
         "10-25T04:00"                                                                                     },
        { "Zaterdag om 12 uur 's nachts schakelen wij de stroom weer in.",                   "03-29T00:00" },
        { "Maandag om 6 uur 's ochtends komt onze ploeg bij u langs.",                       "03-30T06:00" },
        { "Morgen om 5 uur 's morgens brengen wij de kranten.",                              "03-24T05:00" },
        { "Op zondag 29 maart, 's nachts om half vier, zetten wij uw aansluiting om.",
         "03-29T03:30"                                                                                     },
        { "In de nacht van vrijdag op zaterdag vervangen wij de wissel bij u voor de deur.",
         "03-28T06:00"                                                                                     },
        { "Sunday the 29th at 4 a.m. we'll bring your system back up.",                      "03-29T04:00" },
        { "Zaterdag 28 maart om 11 uur 's avonds zetten wij uw lijn over.",                  "03-28T23:00" },
        { "Overmorgen om één uur 's nachts herstarten wij uw server.",                       "03-25T01:00" },
        { "Op zaterdag om 1u 's nachts herstarten we je modem.",                             "03-28T01:00" },
        { "In de nacht van 28 op 29 maart vervangen wij uw kabel.",                          "03-29T06:00" },
        { "Donderdag 's nachts om 2 uur zetten wij uw dossier over.",                        "03-26T02:00" },
        { "'s Nachts om 2 uur op vrijdag 27 maart herstarten wij uw lijn.",                  "03-27T02:00" },
        { "We'll restart it at 3 o'clock on Thursday night.",                                "03-27T03:00" },
        { "On the night of Friday to Saturday we'll move your site.",                        "03-28T06:00" },
        { "Zaterdag om half 2 's nachts zetten wij de alarmcentrale weer aan.",              "03-28T01:30" },
        { "Op 29/3 om 3u 's nachts zetten we uw mail om.",                                   "03-29T03:00" },
        { "Wij bellen u vannacht nog terug.",                                                "03-24T06:00" },
        { "Woensdagnacht wordt uw meter op afstand gereset.",                                "03-26T06:00" },
    };

    check_rows(rows, COUNT(rows), monday);
}

TEST(a_length_that_nobody_counted_is_a_term)
{
    static const struct row rows[] = {
        { "Met een dag of drie heeft u uw geld terug.",              "03-15T17:00" },
        { "Over een dag of vijf krijgt u bericht.",                  "03-15T17:00" },
        { "Over een week of twee komt de monteur bij u langs.",      "03-24T17:00" },
        { "Met een weekje of twee is uw badkamer klaar.",            "03-24T17:00" },
        { "Met een uurtje of twee bel ik u terug.",                  "03-10T11:40" },
        { "Binnen een dag of vier hoort u van ons.",                 "03-12T17:00" },
        { "Over een paar dagen ligt hij bij u op de mat.",           "03-15T17:00" },
        { "Over een dag of twee, drie bel ik u.",                    "03-15T17:00" },
        { "In a day or two we'll call you.",                         "03-12T17:00" },
        { "In a couple of days you will get the label.",             "03-15T17:00" },
        { "In two or three days you'll have your refund.",           "03-15T17:00" },
        { "Within two or three weeks the new card is with you.",     "03-31T17:00" },
        { "It'll be with you in three to four days.",                "03-15T17:00" },
        { "Over twee à drie weken plaatsen wij de nieuwe deur.",     "03-31T17:00" },
        { "Binnen twee tot drie werkdagen ontvangt u de brief.",     "03-15T17:00" },
        { "In zo'n drie weken leveren wij de bank.",                 "03-31T17:00" },
        { "Over pakweg een maand komt de schilder bij u.",           "04-12T17:00" },
        { "Met een minuut of tien staat de taxi bij u voor.",        "03-10T09:50" },
        { "Over een kwartiertje bel ik u.",                          "03-10T09:55" },
        { "In about a week we'll send the contract.",                "03-17T17:00" },
        { "In a week or so our plumber will come by.",               "03-17T17:00" },
        { "Binnen nu en een dag of tien krijgt u de nieuwe pas.",    "03-19T17:00" },
        { "Over hooguit een week of drie is uw pas er.",             "03-31T17:00" },
        { "Met drie dagen hebt u hem in huis.",                      "03-15T17:00" },
        { "Met een weekje is alles voor u geregeld.",                "03-17T17:00" },
        { "Binnen de twee weken krijg je een antwoord van ons.",     "03-24T17:00" },
        { "Reken op een dag of vijf voor de terugbetaling.",         "03-15T17:00" },
        { "Met een paar dagen krijgt u de brief van ons.",           "03-15T17:00" },
        { "Binnen een uur of drie bent u weer online.",              "03-10T12:40" },
        { "Over een week of drie, vier krijgt u de sleutel.",        "04-07T17:00" },
        { "Binnen een maand of twee wordt uw dak vernieuwd.",        "05-10T17:00" },
        { "We'll be with you in an hour or two.",                    "03-10T11:40" },
        { "In a day or three you'll have it.",                       "03-15T17:00" },
        { "Met ongeveer twee weken krijgt u van ons de afrekening.", "03-24T17:00" },
    };

    check_rows(rows, COUNT(rows), wednesday);
}

TEST(a_length_in_short_is_counted_from_now)
{
    static const struct row rows[] = {
        { "!2h",            "03-10T11:40" },
        { "!2 h",           "03-10T11:40" },
        { "!1h",            "03-10T10:40" },
        { "!30min",         "03-10T10:10" },
        { "!45 min",        "03-10T10:25" },
        { "!1h30",          "03-10T11:10" },
        { "!2hrs",          "03-10T11:40" },
        { "!2 hours",       "03-10T11:40" },
        { "!1 hour",        "03-10T10:40" },
        { "!2 uren",        "03-10T11:40" },
        { "!over 2 uur",    "03-10T11:40" },
        { "!in 2h",         "03-10T11:40" },
        { "!+2h",           "03-10T11:40" },
        { "!90min",         "03-10T11:10" },
        { "!1.5h",          "03-10T11:10" },
        { "!1,5 uur",       "03-10T11:10" },
        { "!half uur",      "03-10T10:10" },
        { "!half uurtje",   "03-10T10:10" },
        { "!kwartier",      "03-10T09:55" },
        { "!anderhalf uur", "03-10T11:10" },
        { "!bel 2h",        "03-10T11:40" },
        { "!2h bellen",     "03-10T11:40" },
        { "!call 30 min",   "03-10T10:10" },
        { "!24h",           "03-11T09:40" },
        { "!48 uur",        "03-12T09:40" },
        { "!24 uur",        "03-11T09:40" },
        { "!72h",           "03-13T09:40" },
        { "!2u",            "03-10T14:00" },
        { "!14u",           "03-10T14:00" },
        { "!14u30",         "03-10T14:30" },
        { "!morgen 2h",     "03-11T14:00" },
        { "!vr 14h",        "03-12T14:00" },
        { "!3d",            "03-15T17:00" },
        { "!2wd",           "03-12T17:00" },
        { "!1w",            "03-17T17:00" },
        { "!2pm",           "03-10T14:00" },
        { "!een uurtje",    "03-10T10:40" },
        { "!10 minuten",    "03-10T09:50" },
    };

    check_rows(rows, COUNT(rows), wednesday);
}

TEST(what_the_customer_is_to_do_by_then_is_no_deadline)
{
    static const struct row rows[] = {
        { "Uw grofvuil wordt dinsdag opgehaald, zet het voor 7.30 uur aan de weg.",             "03-16T17:00" },
        { "Vrijdag legen wij de groene container; zet hem om 7 uur buiten.",                    "03-12T17:00" },
        { "Wij halen de oude koelkast maandag op, zorg dat hij om 8 uur beneden staat.",
         "03-15T17:00"                                                                                        },
        { "Donderdag spuiten wij de straat schoon, haal uw auto voor 8 uur weg.",               "03-11T17:00" },
        { "We'll collect the sofa on Friday; make sure it's outside by 8.",                     "03-12T17:00" },
        { "Zet de bak voor 7 uur buiten, dan legen wij hem vrijdag.",                           "03-12T17:00" },
        { "Haal voor 18 uur uw spullen weg, morgen schilderen wij de trap.",                    "03-11T17:00" },
        { "Wij leveren uw pakket morgen, je kan het vanaf 14 uur volgen via de app.",
         "03-11T17:00"                                                                                        },
        { "We'll deliver tomorrow, you can track the van from 7 am.",                           "03-11T17:00" },
        { "Wij komen donderdag de meter vervangen, gelieve voor 8 uur de kast vrij te maken.",
         "03-11T17:00"                                                                                        },
        { "Stuur ons de foto's voor 12 uur en u hoort morgen van ons.",                         "03-11T17:00" },
        { "Vrijdag vervangen we de lift, neem na 18 uur de trap.",                              "03-12T17:00" },
        { "We'll fix the lift on Friday, so please use the stairs until 6 pm.",                 "03-12T17:00" },
        { "Het oud papier halen we zaterdag op, graag voor 8.30 uur aan de straat zetten.",
         "03-13T17:00"                                                                                        },
        { "Dinsdag snoeien wij de bomen, parkeer uw auto daar niet na 7 uur.",                  "03-16T17:00" },
        { "Our engineer will call you on Monday; please have the meter cupboard clear by 9.",
         "03-15T17:00"                                                                                        },
        { "Put the boxes out by 6 pm today and we'll collect them tomorrow.",                   "03-11T17:00" },
        { "Morgen halen wij de kerstbomen op, leg ze vanavond voor 22 uur op de hoek.",
         "03-11T17:00"                                                                                        },
        { "We'll pick it up tomorrow, so leave it in the porch tonight.",                       "03-11T17:00" },
        { "Wij halen het vrijdag op; laat ons voor donderdag weten of dat lukt.",               "03-12T17:00" },
        { "I'll call you on Friday, let me know by Thursday if that doesn't suit.",             "03-12T17:00" },
        { "We komen maandag bij u meten, stuur ons voor vrijdag de tekening.",                  "03-15T17:00" },
        { "Zaterdag bezorgen wij de wasmachine, u moet de oude voor 9 uur afgekoppeld hebben.",
         "03-13T17:00"                                                                                        },
        { "We'll empty the tank on Thursday, and you need to have the gate open by 7.",
         "03-11T17:00"                                                                                        },
        { "Je nieuwe zetel leveren we vrijdag, hou de oprit vanaf 8u vrij.",                    "03-12T17:00" },
        { "De monteur komt vrijdag, hij is er tussen 8 en 10 uur.",                             "03-12T10:00" },
        { "Vrijdag komt de monteur langs, en wel om 9 uur.",                                    "03-12T09:00" },
        { "Ik bel u morgen, dat zal rond 10 uur zijn.",                                         "03-11T10:30" },
        { "We'll be there Friday, our van arrives at 9.",                                       "03-12T09:00" },
        { "Zet maar vast in de agenda: maandag om 10 uur komt onze schilder.",                  "03-15T10:00" },
    };

    check_rows(rows, COUNT(rows), wednesday);
}

TEST(before_something_is_a_deadline_wherever_it_stands)
{
    static const struct row rows[] = {
        { "Voor het weekend hoort u van ons.",                        "03-12T17:00" },
        { "Nog voor het weekend krijgt u antwoord.",                  "03-12T17:00" },
        { "Voor het weekend laten wij u iets weten.",                 "03-12T17:00" },
        { "Vóór het weekend heeft u uitsluitsel.",                    "03-12T17:00" },
        { "Voor het einde van de week hoort u van mij.",              "03-12T17:00" },
        { "Voor de vakantie krijgt u nog bericht.",                   "-"           },
        { "Voor de kerst heeft u uw geld terug.",                     "12-24T17:00" },
        { "Voor Pasen hoort u van ons.",                              "03-26T17:00" },
        { "Na het weekend hoort u van ons.",                          "03-15T17:00" },
        { "In het weekend bellen wij u.",                             "03-14T17:00" },
        { "Dit weekend krijgt u van ons een mail.",                   "03-14T17:00" },
        { "Na het paasweekend komt de schilder bij u.",               "03-30T17:00" },
        { "Tegen het weekend laten we u weten hoe het ervoor staat.", "03-12T17:00" },
        { "Voor de middag heeft u bericht van ons.",                  "03-10T12:00" },
        { "Voor vrijdag hoort u meer.",                               "03-11T17:00" },
        { "Voor 1 april laten we u weten of u in aanmerking komt.",   "03-31T17:00" },
        { "Voor sluitingstijd hoort u nog van ons.",                  "03-10T17:00" },
        { "Voor het einde van de dag krijgt u van mij een mailtje.",  "03-10T17:00" },
        { "Before the weekend you'll hear from us.",                  "03-12T17:00" },
        { "You'll hear from us before the weekend.",                  "03-12T17:00" },
        { "By the weekend we'll have it fixed.",                      "03-12T17:00" },
        { "After the weekend one of my colleagues will call you.",    "03-15T17:00" },
        { "Ahead of the weekend you will get an update.",             "03-12T17:00" },
        { "Over the weekend we'll move your mailbox.",                "03-14T17:00" },
        { "Voor volgend weekend ligt het bij u.",                     "03-19T17:00" },
        { "U hoort voor het weekend van ons.",                        "03-12T17:00" },
        { "Voor het weekend is uw fiets klaar.",                      "03-12T17:00" },
        { "Voor het weekend nog heb je nieuws van ons.",              "03-12T17:00" },
        { "Voor het weekend belt de huismeester u even op.",          "03-12T17:00" },
        { "Vlak voor het weekend bel ik u nog even.",                 "03-12T17:00" },
        { "Prettig weekend!",                                         ""            },
        { "Wij zijn in het weekend gesloten.",                        ""            },
    };

    check_rows(rows, COUNT(rows), wednesday);
}

TEST(who_of_ours_does_it_may_have_any_name)
{
    static const struct row rows[] = {
        { "Het team pakt dit maandag op.",                                "03-15T17:00" },
        { "De gemeente belt u hierover.",                                 "-"           },
        { "Onze afdeling Facturatie kijkt hier vrijdag naar.",            "03-12T17:00" },
        { "De wijkbeheerder neemt morgen contact met u op.",              "03-11T17:00" },
        { "De afdeling regelt dit voor u.",                               "-"           },
        { "De planning belt u hier morgen over.",                         "03-11T17:00" },
        { "Een collega pakt dit verder op.",                              "-"           },
        { "De woningcorporatie neemt hierover contact met u op.",         "-"           },
        { "Ons team gaat hier maandag mee aan de slag.",                  "03-15T17:00" },
        { "De stad stuurt u hierover een brief.",                         "-"           },
        { "De dienst wegen herstelt dit volgende week.",                  "03-19T17:00" },
        { "De technische dienst bekijkt dit morgen.",                     "03-11T17:00" },
        { "De klantenservice mailt u hierover.",                          "-"           },
        { "De buurtconciërge komt hier vrijdag voor langs.",              "03-12T17:00" },
        { "De schadeafdeling handelt uw claim volgende week af.",         "03-19T17:00" },
        { "Mijn leidinggevende belt u hierover terug.",                   "-"           },
        { "Het energieteam zoekt dit voor u uit.",                        "-"           },
        { "De vloermanager komt er maandag op terug.",                    "03-15T17:00" },
        { "The team will pick this up on Monday.",                        "03-15T17:00" },
        { "The council will call you about this.",                        "-"           },
        { "Our billing team is looking into this and will email you.",    "-"           },
        { "The housing officer will be in touch about this.",             "-"           },
        { "Facilities will sort this on Thursday.",                       "03-11T17:00" },
        { "Someone from repairs will ring you about it.",                 "-"           },
        { "De afdeling Burgerzaken laat u dit weten.",                    "-"           },
        { "Het stadsbestuur stuurt u een antwoord.",                      "-"           },
        { "Het callcenter belt u maandag terug.",                         "03-15T17:00" },
        { "Wij nemen dit maandag op met de aannemer.",                    "03-15T17:00" },
        { "De stadsdienst komt het sluikstort vrijdag ruimen.",           "03-12T17:00" },
        { "Het wijkteam bespreekt dit donderdag en koppelt het u terug.", "03-11T17:00" },
        { "De backoffice zet dit vandaag voor u recht.",                  "03-10T17:00" },
        { "De casemanager bekijkt uw dossier en belt u.",                 "-"           },
    };

    check_rows(rows, COUNT(rows), wednesday);
}

TEST(terms_of_law_and_timetables_are_no_promise)
{
    static const struct row rows[] = {
        { "Volgens onze voorwaarden krijgt u binnen 14 dagen uw geld terug.",     "" },
        { "De trein vertrekt om 9.55 uur.",                                       "" },
        { "De trein naar Utrecht vertrekt morgen om 8.05 uur van spoor 7.",       "" },
        { "Wettelijk heeft u binnen 14 dagen na herroeping uw geld terug.",       "" },
        { "Op grond van de wet beslist de gemeente binnen acht weken.",           "" },
        { "Volgens de algemene voorwaarden leveren wij binnen 30 dagen.",         "" },
        { "Conform de cao wordt het loon voor de 25e uitbetaald.",                "" },
        { "Krachtens artikel 6 wordt binnen zes weken beslist.",                  "" },
        { "De bus rijdt morgen vanaf 6 uur.",                                     "" },
        { "De veerboot vaart zaterdag om 10 uur.",                                "" },
        { "Het concert begint vrijdag om 20 uur.",                                "" },
        { "De film start om half negen.",                                         "" },
        { "De markt is zaterdag van 9 tot 17 uur.",                               "" },
        { "De vergadering vindt dinsdag om 14 uur plaats.",                       "" },
        { "According to our terms you get your money back within 14 days.",       "" },
        { "By law, refunds are made within 14 days.",                             "" },
        { "Under the policy, claims are settled within 30 days.",                 "" },
        { "The train leaves at 9.55.",                                            "" },
        { "Your flight departs on Friday at 7 am.",                               "" },
        { "The match kicks off on Saturday at 3.",                                "" },
        { "Volgens ons beleid wordt er binnen vijf werkdagen gereageerd.",        "" },
        { "De wettelijke termijn is zes weken.",                                  "" },
        { "In onze voorwaarden staat dat u binnen 14 dagen uw geld terugkrijgt.", "" },
        { "Het huurcontract eindigt op 31 maart.",                                "" },
        { "De garantie dekt reparaties binnen twee jaar.",                        "" },
        { "De zomertijd gaat zondag om 2 uur in.",                                "" },
        { "De les begint maandag om 9 uur.",                                      "" },
        { "Volgens de dienstregeling komt de tram om 9.50 uur aan.",              "" },
        { "De school begint maandag weer.",                                       "" },
        { "Our terms state that refunds are paid within 14 days.",                "" },
        { "De Wet open overheid geeft ons vier weken om te beslissen.",           "" },
        { "De sluitingsdatum is vrijdag 19 maart.",                               "" },
        { "Conform artikel 4:13 Awb ontvangt u binnen acht weken een besluit.",   "" },
        { "Standaard wordt een aanvraag binnen zes weken afgehandeld.",           "" },
        { "De intercity naar Gent komt om 10.12 uur aan op spoor 4.",             "" },
        { "Bus 12 vertrekt elk kwartier vanaf het station.",                      "" },
        { "Your statutory right to cancel runs for 14 days.",                     "" },
        { "Under our returns policy you'll receive your money within 14 days.",   "" },
    };

    check_rows(rows, COUNT(rows), wednesday);
}

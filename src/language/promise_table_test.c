/* promise_table_test.c — sentences as people write them to customers, and what is promised in each:
 * as many that only look like it. Beside promises_test.c, which tests the parts. None of these
 * stands in data/: nothing was learned from them.
 */
#include "promises.h"

#include "../base/text.h"
#include "test.h"

#include <string.h>

/* A Tuesday morning: 2024-03-12T10:15+01:00. */
static const instant tuesday = { 1710234900000 };

static struct promises promises_in(struct arena *mem, const char *text)
{
    struct tokens tokens;
    struct promises out;

    tokens_of(mem, text, strlen(text), &tokens);
    promises_of(mem, &tokens, tuesday, &calendar_dutch, &out);
    return out;
}

static size_t ticked_in(struct arena *mem, const char *text)
{
    struct promises promises = promises_in(mem, text);
    size_t n = 0;

    for (size_t i = 0; i < promises.n; i++)
        n += promises.items[i].is_ticked;
    return n;
}

/* What is promised in a text: "what day-of-March hour:minute" of each; "soft" for a hedged one. */
static const char *promised(struct arena *mem, const char *text)
{
    struct promises promises = promises_in(mem, text);
    const char *out = "";

    for (size_t i = 0; i < promises.n; i++) {
        const struct commitment *promise = &promises.items[i];
        struct local_time due = calendar_local(&calendar_dutch, promise->due_at);
        const char *when = "-";

        if (promise->due_at.ms != 0)
            when = arena_printf(mem, "%d %02d:%02d", due.day - day_of(2024, 2, 29), due.minute / 60,
                                due.minute % 60);
        out = arena_printf(mem, "%s%s%s %s%s", out, i > 0 ? "; " : "",
                           promise_actions[promise->action], when, promise->is_firm ? "" : " soft");
    }
    return out;
}

/* Of each row: a text, " => ", and what is promised in it. */
static void check_rows(const char *const *rows, size_t n)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < n; i++) {
        const char *mark = strstr(rows[i], " => ");
        const char *text = arena_printf(mem, "%.*s", (int)(mark - rows[i]), rows[i]);

        CHECK_TEXT(arena_printf(mem, "%s => %s", text, promised(mem, text)), rows[i]);
    }
}

TEST(two_promises_of_a_sentence_are_two)
{
    static const char *const rows[] = {
        ("Uiterlijk vrijdag krijgt u bericht en volgende week wordt het bedrag gestort. => reply "
         "15 "
         "17:00; refund 22 17:00"),
        ("Vrijdag bel ik u, en maandag komt de monteur tussen 9 en 11 uur langs. => callback 15 "
         "17:00; visit 18 11:00"),
        ("I'll email you today, the refund follows within 5 working days. => reply 12 17:00; "
         "refund "
         "19 17:00"),
        ("Morgen ontvangt u de offerte en donderdag plaatsen we de nieuwe ketel. => deliver 13 "
         "17:00; fix 14 17:00"),
        ("Uw pakket wordt morgen bezorgd en het teveel betaalde storten we binnen 3 werkdagen "
         "terug. => deliver 13 17:00; refund 15 17:00"),
        ("De nieuwe sleutel ligt morgen klaar en de slotenmaker komt donderdag tussen 13 en 15 "
         "uur. "
         "=> deliver 13 17:00; visit 14 15:00"),
        ("We send the replacement today and your money will be back on your account by Friday. => "
         "deliver 12 17:00; refund 15 17:00"),
        ("The engineer comes tomorrow between 8 and 12, and the report will be sent to you on "
         "Friday. => visit 13 12:00; reply 15 17:00"),
        ("Vanmiddag belt mijn collega u, de factuur wordt morgen aangepast. => callback 12 17:00; "
         "fix 13 17:00"),
        ("Ge krijgt morgen een mailtje en de technieker passeert vrijdag in de voormiddag. => "
         "reply "
         "13 17:00; visit 15 12:00"),
        ("Uw dossier wordt deze week behandeld en u krijgt uiterlijk maandag een beslissing. => "
         "reply 15 17:00; reply 18 17:00"),
        ("Morgen wordt de container omgewisseld, en donderdag komen we het grofvuil ophalen. => "
         "fix "
         "13 17:00; visit 14 17:00"),
        ("U wordt vandaag nog teruggebeld en de creditnota wordt deze week verstuurd. => callback "
         "12 17:00; refund 15 17:00"),
        ("The lift will be fixed today; I'll let you know as soon as that's done. => fix 12 17:00; "
         "reply - soft"),
        ("De storing wordt vanavond verholpen en de compensatie wordt binnen tien werkdagen "
         "uitbetaald. => fix 12 22:00; refund 26 17:00"),
        ("De lekkage wordt morgen gedicht, het plafond wordt volgende week geschilderd. => fix 13 "
         "17:00; fix 22 17:00"),
        ("Your bin will be emptied tomorrow and a new lid is being delivered on Monday. => other "
         "13 "
         "17:00; deliver 18 17:00"),
        ("Het bedrag wordt vandaag overgemaakt; de bevestiging ontvangt u morgen per post. => "
         "refund 12 17:00; deliver 13 17:00"),
        ("De elektricien komt woensdagmiddag, de schilder volgt vrijdag tussen 8 en 10 uur. => "
         "visit 13 17:00; visit 15 10:00"),
        ("Ik stuur u straks de formulieren en donderdag belt de casemanager u tussen 14 en 16 uur. "
         "=> deliver 12 17:00; callback 14 16:00"),
        ("We bellen u morgen, en het pakket wordt donderdag geleverd tussen 12 en 14 uur. => "
         "callback 13 17:00; deliver 14 14:00"),
        ("De kaart is morgen bij u in de bus en de pincode volgt vrijdag. => deliver 13 17:00; "
         "reply 15 17:00"),
    };

    check_rows(rows, COUNT(rows));
}

TEST(one_promise_that_looks_like_two_is_one)
{
    static const char *const rows[] = {
        "De monteur komt morgen en neemt alles mee. => visit 13 17:00",
        "Wij bellen u morgen of overmorgen terug. => callback 14 17:00",
        "Wij komen donderdag of vrijdag langs om de meter te vervangen. => visit 15 17:00",
        "Ik zoek het uit en mail u morgen voor 12 uur. => reply 13 12:00",
        ("Your meter will be replaced on Thursday and the new contract starts on 1 April. => fix "
         "14 "
         "17:00"),
        "Het spijt ons zeer, en we bellen u morgen. => callback 13 17:00",
        "Wij herstellen de lift morgen, tussen 9 en 12 uur. => fix 13 12:00",
        "We lossen dit op en u krijgt vrijdag bericht. => reply 15 17:00",
        "We'll look into it and come back to you by Thursday. => reply 14 17:00",
        "Dinsdag belde u ons, vrijdag bellen wij u terug. => callback 15 17:00",
        "De winkel is morgen dicht, maar donderdag sturen we uw pakket op. => deliver 14 17:00",
    };

    check_rows(rows, COUNT(rows));
}

TEST(what_isnt_so_takes_nothing_from_the_promise_beside_it)
{
    static const char *const rows[] = {
        "De monteur kan morgen niet komen, hij komt vrijdag. => visit 15 17:00",
        "Vandaag lukt het niet meer, we bellen u morgen. => callback 13 17:00",
        "We can't deliver today, your order will arrive tomorrow. => deliver 13 17:00",
        ("Morgen lukt niet, maar donderdag om 10 uur staat onze monteur bij u voor de deur. => "
         "visit 14 10:00"),
        "Uw geld is nog niet teruggestort, dat doen wij uiterlijk vrijdag. => refund 15 17:00",
        "I can't do Thursday, I'll come on Friday at 9. => visit 15 09:00",
        "We hebben u niet kunnen bereiken, we bellen u vanmiddag nog eens. => callback 12 17:00",
        "Nee, morgen wordt er niet geleverd, uw pakket komt donderdag. => deliver 14 17:00",
        "De loodgieter was er gisteren niet, hij staat morgenochtend bij u. => visit 13 12:00",
        "Het onderdeel is niet op voorraad, wij bezorgen het maandag. => deliver 18 17:00",
        "We couldn't reach you, so we'll ring again this afternoon. => callback 12 17:00",
        "Het loket is vandaag niet bemand, een collega mailt u morgen. => reply 13 17:00",
    };

    check_rows(rows, COUNT(rows));
}

TEST(a_promise_is_found_in_whatever_words)
{
    static const char *const rows[] = {
        "De monteur staat voor donderdagmiddag ingepland. => visit 14 17:00",
        "Ik garandeer dat u vrijdag uw geld heeft. => refund 15 17:00",
        "We should be able to reply within 48 hours. => reply 14 10:15 soft",
        "De afspraak is verzet naar dinsdag 10 uur. => visit 19 10:00",
        "Uw pakket ligt morgen klaar. => deliver 13 17:00",
        "U hoort dinsdag van mij. => reply 19 17:00",
        "Verwacht ons morgen tussen 8 en 10. => visit 13 10:00",
        "Je krijgt er een mailtje over voor het weekend. => reply 15 17:00",
        "Uw afspraak staat gepland op maandag 18 maart om 14.30 uur. => visit 18 14:30",
        "We hebben de loodgieter voor morgenochtend ingeboekt. => visit 13 12:00",
        "The appointment has been moved to Thursday at 2 pm. => visit 14 14:00",
        "An engineer is booked in for Wednesday morning. => visit 13 12:00",
        "You have my word that the money is with you by Friday. => refund 15 17:00",
        "Ik sta ervoor in dat het vrijdag hersteld is. => fix 15 17:00",
        "Expect our driver between 2 and 4 this afternoon. => visit 12 16:00",
        "Binnen twee dagen heeft u antwoord. => reply 14 17:00",
        "Tegen vrijdag is alles in orde. => fix 15 17:00",
        "Ge moogt ons morgen tussen 9 en 11 verwachten. => visit 13 11:00",
        "Nog even geduld, morgen heb je je geld terug. => refund 13 17:00",
        "U mag een reactie verwachten binnen drie werkdagen. => reply 15 17:00",
        "U kunt onze reactie uiterlijk maandag verwachten. => reply 18 17:00",
        "You can expect our decision by 20 March. => reply 20 17:00",
        "Het geld staat uiterlijk donderdag op uw rekening. => refund 14 17:00",
        "Dat komt in orde, ten laatste vrijdag. => fix 15 17:00",
        "We ronden de werkzaamheden voor 1 april af. => fix 29 17:00",
        "Wij nemen morgen contact met u op. => callback 13 17:00",
        "Een collega neemt voor het einde van de week contact met je op. => callback 15 17:00",
        "Iemand van de technische dienst komt donderdagvoormiddag kijken. => visit 14 12:00",
        "Wij bezorgen het nieuwe modem morgen tussen 17 en 19 uur. => deliver 13 19:00",
        "Uw treinkaartje wordt binnen 5 werkdagen vergoed. => refund 19 17:00",
        "Your new card will be in the post tomorrow. => deliver 13 17:00",
        "We'll have it sorted by close of business. => fix 12 17:00",
        "You'll have the money back in your account by Monday. => refund 18 17:00",
        "The council will repair the street light within ten working days. => fix 26 17:00",
        "Someone from our team will be in touch before the end of the week. => reply 15 17:00",
        "Uw melding is doorgezet naar de aannemer, die belt u vandaag nog. => callback 12 17:00",
        "Uw bestelling is onderweg en komt morgen aan. => deliver 13 17:00",
        "Morgen vanaf 13 uur is de technieker bij u. => visit 13 17:00",
        "De afspraak met onze inspecteur is nu vrijdag om 9 uur. => visit 15 09:00",
        "U staat voor vrijdag 14 uur in de agenda van onze adviseur. => visit 15 14:00",
        "Naar verwachting is de storing om 16 uur verholpen. => fix 12 16:00 soft",
        "Waarschijnlijk kunnen we u vrijdag meer vertellen. => reply 15 17:00 soft",
        "We hopen het pakket morgen te leveren. => deliver 13 17:00 soft",
        "With a bit of luck the plumber can come on Thursday. => visit 14 17:00 soft",
    };

    check_rows(rows, COUNT(rows));
}

TEST(a_greeting_or_a_heading_promises_nothing)
{
    static const char *const rows[] = {
        "Sure. => ",
        "Sorry voor het ongemak. => ",
        "Beste, => ",
        "Onderwerp: uw melding van 12 maart => ",
        "Onderwerp: afspraak monteur donderdag => ",
        "Betreft: reparatie lift => ",
        "Re: storing verwarming => ",
        "Subject: refund for your order => ",
        "Met vriendelijke groet, => ",
        "Onze vakman heeft het vandaag opgelost. => ",
        "We hebben het vandaag rechtgezet. => ",
        "Kind regards, Team Service => ",
        "Geachte heer De Vries, => ",
        "Dag Sofie, => ",
        "Goedemorgen! => ",
        "Fijne dag verder. => ",
        "Fijn weekend! => ",
        "Succes morgen! => ",
        "Veel plezier vanavond. => ",
        "Prettige paasdagen! => ",
        "Bedankt voor uw bericht van vrijdag. => ",
        "Thanks for getting in touch. => ",
        "Oké. => ",
        "Prima. => ",
        "Zeker. => ",
        "Natuurlijk! => ",
        "Uiteraard. => ",
        "Of course. => ",
        "No problem. => ",
        "Graag gedaan. => ",
        "You're welcome. => ",
        "Hi, => ",
        "Dear Ms Jones, => ",
        "cc: afdeling planning => ",
        "Verzonden vanaf mijn iPhone => ",
        "Sent from my phone => ",
        "Bijlage: offerte.pdf => ",
        "Team Klantenservice => ",
        "Woningstichting De Brug => ",
        "Wij wensen u een prettig weekend. => ",
        "Have a nice day! => ",
    };

    check_rows(rows, COUNT(rows));
}

TEST(hours_and_what_happens_anyway_are_no_promise)
{
    static const char *const rows[] = {
        "Monday to Friday, 8am to 6pm => ",
        "Maandag t/m vrijdag van 8.30 tot 17.00 uur => ",
        "Wij zijn bereikbaar op werkdagen van 9 tot 17 uur. => ",
        "Openingstijden: ma-vr 9-17 => ",
        "Op Goede Vrijdag zijn wij gewoon open. => ",
        "Donderdag koopavond tot 21 uur. => ",
        "De trein vertrekt over 5 minuten. => ",
        "De winkel gaat om 9 uur open. => ",
        "The train leaves in 5 minutes. => ",
        "De volgende bus komt om 10.42 uur. => ",
        "The next bus is at 10.42. => ",
        "De vergadering is donderdag om 20 uur. => ",
        "De aanbieding loopt tot zondag. => ",
        "De markt begint om 8 uur. => ",
        "Het gaat morgen regenen. => ",
        "Vrijdag is een feestdag. => ",
        "De actie eindigt vrijdag. => ",
        "Trein 2241 komt om 11.03 aan op spoor 4. => ",
        "Your contract ends on 1 April. => ",
        "It's going to rain tomorrow. => ",
        "De lessen beginnen maandag. => ",
        "De brug is van 9 tot 11 uur gestremd. => ",
        "De trein heeft 10 minuten vertraging. => ",
    };

    check_rows(rows, COUNT(rows));
}

TEST(what_the_customer_may_or_must_do_is_no_promise)
{
    static const char *const rows[] = {
        "U kunt tot vrijdag bezwaar maken. => ",
        "Stuur ons uiterlijk maandag de foto's. => ",
        "You can cancel within 14 days. => ",
        "Gelieve het bedrag binnen 14 dagen te storten. => ",
        "Breng morgen uw identiteitsbewijs mee. => ",
        "Zorg dat de kast morgen leeg is. => ",
        "Please make sure someone is home on Friday. => ",
        "U dient de meterstand voor 1 april door te geven. => ",
        "Als u voor 12 uur bestelt, heeft u het morgen in huis. => ",
        "If you return it by Friday, we'll refund you. => ",
        "Mocht het vrijdag nog niet werken, bel ons dan. => ",
        "Betaalt u morgen, dan vervalt de toeslag. => ",
    };

    check_rows(rows, COUNT(rows));
}

TEST(what_is_past_denied_or_said_by_others_is_no_promise)
{
    static const char *const rows[] = {
        "Wij hebben u vrijdag gebeld. => ",
        "De monteur is gisteren geweest. => ",
        "Uw pakket is maandag bezorgd. => ",
        "I called you this morning. => ",
        "Het bedrag is vorige week overgemaakt. => ",
        "De storing is vanmorgen vroeg al verholpen. => ",
        "Schikt vrijdag om 10 uur? => ",
        "Shall I call you tomorrow? => ",
        "Wij kunnen u geen datum geven. => ",
        "We can't promise anything. => ",
        "De monteur komt morgen niet. => ",
        "Er wordt zondag niet bezorgd. => ",
        "I'm afraid we won't be able to call you today. => ",
        "Een aanvraag duurt gemiddeld zes weken. => ",
        "Delivery usually takes 2 days. => ",
        "De wettelijke termijn is zes weken. => ",
        "Uw huisbaas moet dat voor 1 april herstellen. => ",
        "De belastingdienst betaalt de toeslag op de 20e uit. => ",
        "U schreef dat de monteur vrijdag zou komen. => ",
        "Uw afspraak van morgen is geannuleerd. => ",
        "De afspraak van vrijdag gaat niet door. => ",
        "Ik begrijp dat u morgen op vakantie gaat. => ",
        "Uw abonnement wordt op 1 april automatisch verlengd. => ",
    };

    check_rows(rows, COUNT(rows));
}

TEST(the_short_form_is_read_in_any_order)
{
    static const char *const rows[] = {
        "!zsm => reply - soft",
        "!morgen 12:00 bellen => callback 13 12:00",
        "!bel morgen 12:00 => callback 13 12:00",
        "!maandag 25:00 => ",
        "!monteur do 10-12 => visit 14 12:00",
        "!vr mailen => reply 15 17:00",
        "!asap => reply - soft",
        "!bel zsm => callback - soft",
        "!langskomen vr 9-11 => visit 15 11:00",
        "!refund 5wd => refund 19 17:00",
        "!terugbetaling vrijdag => refund 15 17:00",
        "!levering morgen => deliver 13 17:00",
        "!morgen tussen 9 en 11 langs => visit 13 11:00",
        "!call Fri 3pm => callback 15 15:00",
        "!Fri 3pm call => callback 15 15:00",
        "!30 februari => ",
        "!morgen 9:75 => ",
        "!bel 0900-1234 => ",
        "!let op => ",
        "!belangrijk morgen => ",
    };

    check_rows(rows, COUNT(rows));
}

TEST(only_what_is_clear_is_ticked)
{
    static const char *const clear_ones[] = {
        "Onze monteur komt donderdag tussen 8 en 12 uur bij u langs.",
        "Wij storten het bedrag uiterlijk vrijdag terug op uw rekening.",
        "De monteur kan morgen niet komen, hij komt vrijdag bij u langs.",
        "We will call you back tomorrow before noon.",
    };
    static const char *const others[] = {
        "!maandag 25:00", "8am to 6pm", "Vandaag nog!", "Morgen.", "Sure, today.",
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(clear_ones); i++)
        CHECK_TEXT(arena_printf(mem, "%s %zu", clear_ones[i], ticked_in(mem, clear_ones[i])),
                   arena_printf(mem, "%s 1", clear_ones[i]));
    for (size_t i = 0; i < COUNT(others); i++)
        CHECK_TEXT(arena_printf(mem, "%s %zu", others[i], ticked_in(mem, others[i])),
                   arena_printf(mem, "%s 0", others[i]));
}

#include "times.h"

#include "../base/text.h"
#include "test.h"
#include "times_words.h"

#include <stdio.h>
#include <string.h>

#define TUESDAY "2026-11-24T10:15+01:00"

static instant at(const char *s)
{
    char seconds[40];
    instant out = { 0 };

    memcpy(seconds, s, 16);
    memcpy(seconds + 16, ":00", 3);
    memcpy(seconds + 19, s + 16, strlen(s + 16) + 1);
    return instant_read(seconds, strlen(seconds), &out) ? out : (instant){ 0 };
}

/* Local: "2026-11-24T10:15"; "" for none. */
static const char *local_text(struct arena *mem, const struct calendar *calendar, instant when)
{
    struct local_time local;
    int year, month, day;

    if (when.ms == 0)
        return "";
    local = calendar_local(calendar, when);
    date_of(local.day, &year, &month, &day);
    return arena_printf(mem, "%04d-%02d-%02dT%02d:%02d", year, month, day, local.minute / 60,
                        local.minute % 60);
}

static void times_in(struct arena *mem, const char *text, const char *reference,
                     const struct calendar *calendar, struct times *out)
{
    struct bytes exact = test_exact(text, strlen(text));
    struct tokens tokens;

    tokens_of(mem, (const char *)exact.data, exact.len, &tokens);
    times_of(mem, &tokens, at(reference), calendar, out);
}

static const char *deadline_in(struct arena *mem, const char *text, const char *reference,
                               const struct calendar *calendar)
{
    const struct time_found *found;
    struct times times;

    times_in(mem, text, reference, calendar, &times);
    found = times_deadline(&times, 0, (uint32_t)strlen(text));
    return found ? local_text(mem, calendar, found->due_at) : "";
}

struct wanted {
    const char *reference, *text, *due;
};

/* Days and clock times are literal, terms end on an open day. */
static const struct wanted deadlines[] = {
    { TUESDAY,                  "We bellen u uiterlijk binnen 2 uur terug.",                                  "2026-11-24T12:15" },
    { TUESDAY,                  "U hoort uiterlijk aanstaande vrijdag om 12 uur van ons.",                    "2026-11-27T12:00" },
    { TUESDAY,                  "De monteur komt donderdag a.s. in de loop van de voormiddag.",               "2026-11-26T12:00" },
    { TUESDAY,                  "Ik bel u volgende week maandag tussen 9.30 en 11.00 uur.",                   "2026-11-30T11:00" },
    { TUESDAY,                  "U krijgt over ca. 3 weken antwoord.",                                        "2026-12-15T17:00" },
    { TUESDAY,                  "Uw pakket komt wo 2 dec tussen 14u en 16u30.",                               "2026-12-02T16:30" },
    { TUESDAY,                  "Wij streven ernaar om binnen 3-5 werkdagen te antwoorden.",                  "2026-12-01T17:00" },
    { TUESDAY,                  "Dat doen we in de week van 7 december.",                                     "2026-12-11T17:00" },
    { TUESDAY,                  "In week 50 plaatsen we de ketel.",                                           "2026-12-11T17:00" },
    { TUESDAY,                  "De eerste week van januari komt de aannemer.",                               "2027-01-08T17:00" },
    { TUESDAY,                  "In de tweede helft van december hoort u meer.",                              "2026-12-31T17:00" },
    { TUESDAY,                  "Voor het einde van het jaar is het klaar.",                                  "2026-12-31T17:00" },
    { TUESDAY,                  "Eind dit jaar is het klaar.",                                                "2026-12-31T17:00" },
    { TUESDAY,                  "In het eerste kwartaal van 2027 is het klaar.",                              "2027-03-31T17:00" },
    { TUESDAY,                  "Uw aanvraag is over twee maanden afgehandeld.",                              "2027-01-25T17:00" },
    { TUESDAY,                  "Ik bel u om half 4 terug.",                                                  "2026-11-24T15:30" },
    { TUESDAY,                  "Ik bel u om 15u.",                                                           "2026-11-24T15:00" },
    { TUESDAY,                  "Morgen vroeg krijgt u antwoord.",                                            "2026-11-25T12:00" },
    { TUESDAY,                  "Morgen vóór 12.00 uur bellen we u.",                                         "2026-11-25T12:00" },
    { TUESDAY,                  "Uiterlijk 1 december om 17:00 uur heeft u antwoord.",                        "2026-12-01T17:00" },
    { TUESDAY,                  "Op dinsdag 1/12 om 10u30 komt de technieker.",                               "2026-12-01T10:30" },
    { TUESDAY,                  "Binnen de 48u krijgt u bericht.",                                            "2026-11-26T10:15" },
    { TUESDAY,                  "De 3e december komen we langs.",                                             "2026-12-03T17:00" },
    { TUESDAY,                  "Woensdag de 2e komen we langs.",                                             "2026-12-02T17:00" },
    { TUESDAY,                  "Op de 15e wordt het bedrag gestort.",                                        "2026-12-15T17:00" },
    { TUESDAY,                  "Uiterlijk de 30ste hoort u van ons.",                                        "2026-11-30T17:00" },
    { TUESDAY,                  "U ontvangt 's avonds na 18.00 uur een sms.",                                 "2026-11-24T22:00" },
    { TUESDAY,                  "Ik bel u in de loop van de middag.",                                         "2026-11-24T17:00" },
    { TUESDAY,                  "Ik bel u vandaag tussen 13:00-15:00.",                                       "2026-11-24T15:00" },
    { TUESDAY,                  "Wij zijn er donderdag van 8 tot 12.",                                        "2026-11-26T12:00" },
    { TUESDAY,                  "Wij zijn bereikbaar van maandag tot en met vrijdag van 9.00 tot 17.00 uur.", ""                 },
    { TUESDAY,                  "Wij zijn op werkdagen open tussen 9 en 17 uur.",                             ""                 },
    { TUESDAY,                  "Ik wacht al drie weken op antwoord.",                                        ""                 },
    { TUESDAY,                  "Drie weken geleden heb ik gebeld.",                                          ""                 },
    { TUESDAY,                  "Mijn zoon is 3 jaar oud.",                                                   ""                 },
    { TUESDAY,                  "De monteur komt twee keer per jaar.",                                        ""                 },
    { TUESDAY,                  "Sinds maandag doet de lift het niet.",                                       ""                 },
    { TUESDAY,                  "Op 3 november jl. heb ik u geschreven.",                                     ""                 },
    { TUESDAY,                  "Vorige week vrijdag was er niemand.",                                        ""                 },
    { TUESDAY,                  "Afgelopen dinsdag was er niemand.",                                          ""                 },
    { TUESDAY,                  "Volgende week vrijdag voor 10u bellen we.",                                  "2026-12-04T10:00" },
    { TUESDAY,                  "Ten laatste vrijdagavond is uw internet hersteld.",                          "2026-11-27T22:00" },
    { TUESDAY,                  "Het duurt een uur of twee.",                                                 ""                 },
    { TUESDAY,                  "Binnen een uur of drie is het weer in orde.",                                "2026-11-24T13:15" },
    { TUESDAY,                  "We nemen binnen nu en twee werkdagen contact op.",                           "2026-11-26T17:00" },
    { TUESDAY,                  "Over een dag of drie hoort u meer.",                                         "2026-11-27T17:00" },
    { TUESDAY,                  "Over anderhalve maand beginnen we.",                                         "2027-01-08T17:00" },
    { TUESDAY,                  "U hoort het over 2,5 uur.",                                                  "2026-11-24T12:45" },
    { TUESDAY,                  "Dat kost 12.50 euro en 3 stuks.",                                            ""                 },
    { TUESDAY,                  "Bel 06-12345678 of 0900 1234 voor 10 euro.",                                 ""                 },
    { TUESDAY,                  "De woning is 85 m2, bouwjaar 1998, 2 kamers.",                               ""                 },
    { TUESDAY,                  "Begin december krijgt u de factuur.",                                        "2026-12-10T17:00" },
    { TUESDAY,                  "Medio januari 2027 starten we.",                                             "2027-01-15T17:00" },
    { TUESDAY,                  "Na de kerstvakantie bellen we.",                                             ""                 },
    { TUESDAY,                  "Daags na Sinterklaas bellen we.",                                            "2026-12-07T17:00" },
    { TUESDAY,                  "Nog voor de kerstdagen is uw keuken klaar.",                                 "2026-12-24T17:00" },
    { TUESDAY,                  "Tegen maandagmorgen 9 uur staat alles klaar.",                               "2026-11-30T09:00" },
    { TUESDAY,                  "Ik bel u morgen terug, rond een uur of drie.",                               "2026-11-25T15:30" },
    { TUESDAY,                  "Dit weekend wordt de lift hersteld.",                                        "2026-11-29T17:00" },
    { TUESDAY,                  "Komend weekend wordt de lift hersteld.",                                     "2026-11-29T17:00" },
    { TUESDAY,                  "Volgend weekend wordt de lift hersteld.",                                    "2026-12-06T17:00" },
    { TUESDAY,                  "Na de middag bellen we u.",                                                  "2026-11-24T17:00" },
    { TUESDAY,                  "Uw vraag wordt binnen twee à drie weken beantwoord.",                        "2026-12-15T17:00" },
    { TUESDAY,                  "Uw vraag wordt in minder dan een kwartier beantwoord.",                      "2026-11-24T10:30" },
    { TUESDAY,                  "Uw vraag wordt binnen 10 werkdagen na ontvangst beantwoord.",                ""                 },
    { TUESDAY,                  "Om 8 uur 's ochtends staan wij er.",                                         "2026-11-25T08:00" },
    { TUESDAY,                  "Wij brengen het om 20:15 uur.",                                              "2026-11-24T20:15" },
    { TUESDAY,                  "Vanavond om 8 uur brengen wij het.",                                         "2026-11-24T20:00" },
    { TUESDAY,                  "Vannacht om 2 uur werken wij aan het spoor.",                                "2026-11-25T02:00" },
    { TUESDAY,                  "Vandaag over een week krijgt u antwoord.",                                   "2026-12-01T17:00" },
    { TUESDAY,                  "Morgen over een week krijgt u antwoord.",                                    "2026-12-02T17:00" },
    { TUESDAY,                  "Binnen acht dagen wordt het geregeld.",                                      "2026-12-02T17:00" },
    { TUESDAY,                  "Binnen 4 weken, dus voor 22 december, krijgt u antwoord.",                   "2026-12-21T17:00" },
    { TUESDAY,                  "Op maandag 30 november 2026 om 14:00 uur.",                                  "2026-11-30T14:00" },
    { TUESDAY,                  "De levering is voorzien op 30.11.2026.",                                     "2026-11-30T17:00" },
    { TUESDAY,                  "De levering is voorzien op 30-11.",                                          "2026-11-30T17:00" },
    { TUESDAY,                  "In de loop van maandag krijgt u een mail.",                                  "2026-11-30T17:00" },
    { TUESDAY,                  "De komende twee weken houden we het in de gaten.",                           "2026-12-08T17:00" },
    { TUESDAY,                  "Deze maand nog.",                                                            "2026-11-30T17:00" },
    { TUESDAY,                  "Volgende maand krijgt u 25 euro terug.",                                     "2026-12-31T17:00" },
    { TUESDAY,                  "Uw afspraak is verzet naar 4 december 10.00 uur.",                           "2026-12-04T10:00" },
    { TUESDAY,                  "Tussen kerst en oud en nieuw komen we langs.",                               "2026-12-31T17:00" },
    { TUESDAY,                  "Tussen 3 en 5 december komen we langs.",                                     "2026-12-05T17:00" },
    { TUESDAY,                  "Tussen maandag en woensdag bellen we.",                                      "2026-12-02T17:00" },
    { TUESDAY,                  "Binnen een werkweek hoort u iets.",                                          "2026-12-01T17:00" },
    { TUESDAY,                  "Voor 17 uur vanmiddag krijgt u antwoord.",                                   "2026-11-24T17:00" },
    { TUESDAY,                  "We'll get back to you within the next 3 working days.",                      "2026-11-27T17:00" },
    { TUESDAY,                  "I will call you first thing tomorrow.",                                      "2026-11-25T12:00" },
    { TUESDAY,                  "I'll ring you on Friday afternoon.",                                         "2026-11-27T17:00" },
    { TUESDAY,                  "You'll have your refund by close of business on Thursday.",                  "2026-11-26T17:00" },
    { TUESDAY,                  "We'll send it no later than 4 December.",                                    "2026-12-04T17:00" },
    { TUESDAY,                  "We'll send it on December 4th, 2026 at 9am.",                                "2026-12-04T09:00" },
    { TUESDAY,                  "A plumber will be there between 2 and 4 pm on Wednesday.",                   "2026-11-25T16:00" },
    { TUESDAY,                  "I'll call at half past two.",                                                "2026-11-24T14:30" },
    { TUESDAY,                  "I'll call at quarter to four tomorrow.",                                     "2026-11-25T15:45" },
    { TUESDAY,                  "Your order ships early next week.",                                          "2026-12-01T17:00" },
    { TUESDAY,                  "Your order ships by mid-December.",                                          "2026-12-15T17:00" },
    { TUESDAY,                  "Your order ships at the end of the month.",                                  "2026-11-30T17:00" },
    { TUESDAY,                  "We'll sort it out over the next few days.",                                  "2026-11-27T17:00" },
    { TUESDAY,                  "We'll sort it out in the next couple of days.",                              "2026-11-27T17:00" },
    { TUESDAY,                  "We'll sort it out before Christmas.",                                        "2026-12-24T17:00" },
    { TUESDAY,                  "We'll sort it out after the weekend.",                                       "2026-11-30T17:00" },
    { TUESDAY,                  "We'll sort it out next Tuesday at 10.",                                      "2026-12-01T10:00" },
    { TUESDAY,                  "We'll sort it out this coming Friday.",                                      "2026-11-27T17:00" },
    { TUESDAY,                  "We'll sort it out a week from today.",                                       "2026-12-01T17:00" },
    { TUESDAY,                  "We'll sort it out in two weeks' time.",                                      "2026-12-08T17:00" },
    { TUESDAY,                  "We'll sort it out in 5 to 7 business days.",                                 "2026-12-03T17:00" },
    { TUESDAY,                  "We'll sort it out in the course of next week.",                              "2026-12-04T17:00" },
    { TUESDAY,                  "We'll sort it out on the 30th.",                                             "2026-11-30T17:00" },
    { TUESDAY,                  "We'll sort it out by Monday the 30th of November.",                          "2026-11-30T17:00" },
    { TUESDAY,                  "You have been waiting for three weeks.",                                     ""                 },
    { TUESDAY,                  "We spoke two days ago.",                                                     ""                 },
    { TUESDAY,                  "We spoke last Thursday.",                                                    ""                 },
    { TUESDAY,                  "The office is open Monday to Friday, 9am to 5pm.",                           ""                 },
    { TUESDAY,                  "It will be with you in under an hour.",                                      "2026-11-24T11:15" },
    { TUESDAY,                  "It will be with you within the hour.",                                       "2026-11-24T11:15" },
    { TUESDAY,                  "It will be with you within an hour and a half.",                             "2026-11-24T11:45" },
    { TUESDAY,                  "It will be with you by 6 this evening.",                                     "2026-11-24T18:00" },
    { TUESDAY,                  "It will be with you by tomorrow lunchtime.",                                 "2026-11-25T12:00" },
    { TUESDAY,                  "It will be with you the day after tomorrow before 11.",                      "2026-11-26T11:00" },
    { TUESDAY,                  "It will be with you from 10 to 12 tomorrow.",                                "2026-11-25T12:00" },
    { TUESDAY,                  "It will be with you within a fortnight.",                                    "2026-12-08T17:00" },
    { TUESDAY,                  "It will be with you by the end of next week.",                               "2026-12-04T17:00" },
    { TUESDAY,                  "It will be with you at 14:30 on 1/12.",                                      "2026-12-01T14:30" },
    { TUESDAY,                  "It will be with you tonight at 8.",                                          "2026-11-24T20:00" },
    { TUESDAY,                  "It will be with you by the first working day after Christmas.",
     "2026-12-28T17:00"                                                                                                          },
    { TUESDAY,                  "It will be with you the Monday after New Year.",                             "2027-01-04T17:00" },
    { TUESDAY,                  "It will be with you within 24-48 hours.",                                    "2026-11-26T10:15" },
    { TUESDAY,                  "It will be with you in May.",                                                "2027-05-31T17:00" },
    { TUESDAY,                  "We'll ring you Thursday fortnight.",                                         "2026-12-10T17:00" },
    { TUESDAY,                  "We'll ring you Thursday week.",                                              "2026-12-03T17:00" },
    { TUESDAY,                  "We'll ring you tomorrow week.",                                              "2026-12-02T17:00" },
    { TUESDAY,                  "We'll ring you a week on Tuesday.",                                          "2026-12-08T17:00" },
    { TUESDAY,                  "The fitter is with you tomorrow at half eight.",                             "2026-11-25T08:30" },
    { TUESDAY,                  "The fitter is with you at half seven tonight.",                              "2026-11-24T19:30" },
    { TUESDAY,                  "We'll be back in a quarter of an hour.",                                     "2026-11-24T10:30" },
    { TUESDAY,                  "We'll be back in three quarters of an hour.",                                "2026-11-24T11:00" },
    { TUESDAY,                  "We'll be back in a fortnight's time.",                                       "2026-12-08T17:00" },
    { TUESDAY,                  "We'll be back in a week's time.",                                            "2026-12-01T17:00" },
    { TUESDAY,                  "We'll have it with you by the 3rd.",                                         "2026-12-03T17:00" },
    { TUESDAY,                  "We'll have it with you by the 18th.",                                        "2026-12-18T17:00" },
    { TUESDAY,                  "We'll have it with you this side of the weekend.",                           "2026-11-27T17:00" },
    { TUESDAY,                  "We'll have it with you by close of play.",                                   "2026-11-24T17:00" },
    { TUESDAY,                  "We'll have it with you by close of play on Thursday.",                       "2026-11-26T17:00" },
    { TUESDAY,                  "Nous vous rappelons demain avant 12h.",                                      "2026-11-25T12:00" },
    { TUESDAY,                  "Nous vous rappelons lundi matin.",                                           "2026-11-30T12:00" },
    { TUESDAY,                  "Vous aurez une réponse sous 24 heures.",                                     "2026-11-25T10:15" },
    { TUESDAY,                  "Vous aurez une réponse dans les 48 heures.",                                 "2026-11-26T10:15" },
    { TUESDAY,                  "Vous aurez une réponse dans 3 jours ouvrables.",                             "2026-11-27T17:00" },
    { TUESDAY,                  "Vous aurez une réponse avant vendredi.",                                     "2026-11-26T17:00" },
    { TUESDAY,                  "Vous aurez une réponse d'ici la fin de la semaine.",                         "2026-11-27T17:00" },
    { TUESDAY,                  "Vous aurez une réponse d'ici vendredi.",                                     "2026-11-27T17:00" },
    { TUESDAY,                  "Vous aurez une réponse la semaine prochaine.",                               "2026-12-04T17:00" },
    { TUESDAY,                  "Vous aurez une réponse au plus tard le 4 décembre.",                         "2026-12-04T17:00" },
    { TUESDAY,                  "Le technicien passera mardi prochain entre 9h et 11h30.",                    "2026-12-01T11:30" },
    { TUESDAY,                  "Le technicien passera cet après-midi vers 15h.",                             "2026-11-24T15:30" },
    { TUESDAY,                  "Le technicien passera après-demain à 14 heures.",                            "2026-11-26T14:00" },
    { TUESDAY,                  "Le technicien passera ce soir.",                                             "2026-11-24T22:00" },
    { TUESDAY,                  "Le technicien est passé hier.",                                              ""                 },
    { TUESDAY,                  "Le technicien passera début décembre.",                                      "2026-12-10T17:00" },
    { TUESDAY,                  "Le technicien passera dans une demi-heure.",                                 "2026-11-24T10:45" },
    { TUESDAY,                  "Nous vous répondrons dès que possible.",                                     ""                 },
    { TUESDAY,                  "Nous vous répondrons dans les prochains jours.",                             "2026-11-27T17:00" },
    { TUESDAY,                  "Nous vous répondrons dans un délai de 10 jours.",                            "2026-12-04T17:00" },
    { TUESDAY,                  "Nous vous répondrons aujourd'hui encore.",                                   "2026-11-24T17:00" },
    { TUESDAY,                  "Binnen twee weken na vandaag hoort u van ons.",                              "2026-12-08T17:00" },
    { TUESDAY,                  "Begin volgend jaar starten we.",                                             "2027-01-29T17:00" },
    { TUESDAY,                  "In de namiddag, rond 16u, passeert de koerier.",                             "2026-11-24T16:30" },
    { TUESDAY,                  "U heeft uw geld binnen 5 (vijf) werkdagen.",                                 "2026-12-01T17:00" },
    { TUESDAY,                  "Halverwege de week weten we meer.",                                          "2026-11-25T17:00" },
    { "2024-03-28T16:20+01:00", "Binnen twee werkdagen.",                                                     "2024-04-02T17:00" },
    { "2024-03-30T21:30+01:00", "Binnen een etmaal.",                                                         "2024-03-31T22:30" },
    { "2026-10-24T23:30+02:00", "Over negen uur bel ik u.",                                                   "2026-10-25T07:30" },
    { "2027-03-27T22:00+01:00", "Over precies acht uur.",                                                     "2027-03-28T07:00" },
    { "2025-05-02T13:00+02:00", "Binnen drie werkdagen.",                                                     "2025-05-08T17:00" },
    { "2024-12-20T15:45+01:00", "Na de feestdagen bel ik u.",                                                 "2025-01-02T17:00" },
    { "2026-11-24T17:30+01:00", "Om half negen bel ik u.",                                                    "2026-11-25T08:30" },
    { "2026-11-24T15:00+01:00", "Om zeven uur bel ik u.",                                                     "2026-11-24T19:00" },
    { "2026-11-24T02:00+01:00", "Vannacht is het klaar.",                                                     "2026-11-24T06:00" },
    { "2026-01-31T10:00+01:00", "Binnen een maand.",                                                          "2026-02-27T17:00" },
    { "2026-12-30T10:00+01:00", "Op 3 januari hoort u meer.",                                                 "2027-01-03T17:00" },
    { TUESDAY,                  "Ik mail u vrijdag einde dag.",                                               "2026-11-27T17:00" },
    { TUESDAY,                  "Maandag aan het eind van de ochtend bel ik u.",                              "2026-11-30T12:00" },
    { TUESDAY,                  "Aan het eind van de dag bel ik u.",                                          "2026-11-24T17:00" },
    { TUESDAY,                  "We reply on or before Friday.",                                              "2026-11-27T17:00" },
    { "2026-06-24T10:00+02:00", "Het verslag van 18 juni.",                                                   ""                 },
};

TEST(a_deadline_is_read_as_people_mean_it)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(deadlines); i++) {
        const struct wanted *w = &deadlines[i];
        const char *got = deadline_in(mem, w->text, w->reference, &calendar_dutch);

        CHECK_TEXT(arena_printf(mem, "%s: %s", w->text, got),
                   arena_printf(mem, "%s: %s", w->text, w->due));
    }
}

TEST(the_short_form_is_read_from_one_reference)
{
    static const struct {
        const char *text, *due;
    } cases[] = {
        { "morgen 12:00",        "2026-11-25T12:00" },
        { "vr 14u",              "2026-11-27T14:00" },
        { "3d",                  "2026-11-27T17:00" },
        { "tomorrow noon",       "2026-11-25T12:00" },
        { "2wd",                 "2026-11-26T17:00" },
        { "30 min",              "2026-11-24T10:45" },
        { "14u",                 "2026-11-24T14:00" },
        { "fri 9am",             "2026-11-27T09:00" },
        { "3/12",                "2026-12-03T17:00" },
        { "3/12 10u",            "2026-12-03T10:00" },
        { "1w",                  "2026-12-01T17:00" },
        { "ma 9-11",             "2026-11-30T11:00" },
        { "vandaag",             "2026-11-24T17:00" },
        { "demain 10h",          "2026-11-25T10:00" },
        { "eind vd week",        "2026-11-27T17:00" },
        { "zsm",                 ""                 },
        { "belangrijk",          ""                 },
        { "morgen 12:00 bellen", ""                 },
        { "vr 14",               "2026-11-27T14:00" },
        { "over 2 uur",          "2026-11-24T12:15" },
        { "do",                  "2026-11-26T17:00" },
        { "12:00",               "2026-11-24T12:00" },
        { "1 dec",               "2026-12-01T17:00" },
        { "volgende week di",    "2026-12-01T17:00" },
        { "zo 10:00",            "2026-11-29T10:00" },
        { "over 3 dagen 10u",    "2026-11-27T10:00" },
        { "2wd 12u",             "2026-11-26T12:00" },
        { "di wk 50",            "2026-12-08T17:00" },
        { "1e ma van januari",   "2027-01-04T17:00" },
        { "eind v/d maand",      "2026-11-30T17:00" },
        { "",                    ""                 },
        { "gisteren",            ""                 },
        { "elke dinsdag",        ""                 },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct time_found found;
        bool is_one = times_short(mem, cases[i].text, strlen(cases[i].text), at(TUESDAY),
                                  &calendar_dutch, &found);
        const char *got = is_one ? local_text(mem, &calendar_dutch, found.due_at) : "";

        CHECK_TEXT(arena_printf(mem, "%s: %s", cases[i].text, got),
                   arena_printf(mem, "%s: %s", cases[i].text, cases[i].due));
    }
}

TEST(what_is_no_deadline_has_a_kind_of_its_own)
{
    static const struct {
        const char *text;
        enum time_kind kind;
        bool is_future;
    } cases[] = {
        { "morgen",                      TIME_POINT,     true  },
        { "tussen 10.30 en 12.00 uur",   TIME_WINDOW,    true  },
        { "volgende week",               TIME_WINDOW,    true  },
        { "binnen drie werkdagen",       TIME_TERM,      true  },
        { "over een half uur",           TIME_ELAPSED,   true  },
        { "zo spoedig mogelijk",         TIME_SOFT,      true  },
        { "z.s.m.",                      TIME_SOFT,      true  },
        { "twee weken na ontvangst",     TIME_SOFT,      true  },
        { "30 jaar oud",                 TIME_DURATION,  false },
        { "drie uur lang",               TIME_DURATION,  false },
        { "elke dinsdag",                TIME_RECURRING, false },
        { "op zondagen",                 TIME_RECURRING, false },
        { "24 uur per dag",              TIME_RECURRING, false },
        { "maandag t/m vrijdag",         TIME_RECURRING, false },
        { "bereikbaar van 9 tot 17 uur", TIME_HOURS,     false },
        { "gisteren",                    TIME_PAST,      false },
        { "vorige week",                 TIME_PAST,      false },
        { "op 3 maart jl.",              TIME_PAST,      false },
        { "drie dagen geleden",          TIME_PAST,      false },
        { "sinds vrijdag",               TIME_PAST,      false },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct times times;

        times_in(mem, cases[i].text, TUESDAY, &calendar_dutch, &times);
        CHECK_TEXT(arena_printf(mem, "%s: %zu found, kind %d, future %d", cases[i].text, times.n,
                                times.n > 0 ? (int)times.items[0].kind : -1,
                                times.n > 0 && times.items[0].is_future),
                   arena_printf(mem, "%s: 1 found, kind %d, future %d", cases[i].text,
                                (int)cases[i].kind, cases[i].is_future));
    }
}

TEST(a_closed_day_is_a_warning_and_is_not_moved)
{
    static const struct {
        const char *text, *due;
        bool is_closed;
    } cases[] = {
        { "morgen",                   "2026-04-04T17:00", true  },
        { "tweede paasdag om 10 uur", "2026-04-06T10:00", true  },
        { "op 27 april",              "2026-04-27T17:00", true  },
        { "dinsdag",                  "2026-04-07T17:00", false },
        { "binnen 3 dagen",           "2026-04-07T17:00", false }, /* no open day inside */
        { "over 3 dagen",             "2026-04-07T17:00", false },
        { "binnen 24 uur",            "2026-04-04T10:00", true  },
        { "binnen een uur",           "2026-04-03T11:00", false },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct times times;

        times_in(mem, cases[i].text, "2026-04-03T10:00+02:00", &calendar_dutch, &times);
        CHECK(times.n == 1);
        CHECK_TEXT(local_text(mem, &calendar_dutch, times.items[0].due_at), cases[i].due);
        CHECK(times.items[0].is_closed_day == cases[i].is_closed);
    }
}

TEST(before_a_day_is_on_the_open_day_before_it)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct times times;

    times_in(mem, "voor 7 april", "2026-04-02T10:00+02:00", &calendar_dutch, &times);
    CHECK(times.n == 1 && times.items[0].is_exclusive);
    CHECK_TEXT(local_text(mem, &calendar_dutch, times.items[0].due_at), "2026-04-03T17:00");
    times_in(mem, "uiterlijk 7 april", "2026-04-02T10:00+02:00", &calendar_dutch, &times);
    CHECK(times.n == 1 && !times.items[0].is_exclusive);
    times_in(mem, "Het staat gepland voor 7 april", "2026-04-02T10:00+02:00", &calendar_dutch,
             &times);
    CHECK(times.n == 1 && !times.items[0].is_exclusive);
    CHECK_TEXT(local_text(mem, &calendar_dutch, times.items[0].due_at), "2026-04-07T17:00");
}

TEST(a_window_has_two_ends)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct times times;

    times_in(mem, "morgen tussen een en drie uur", TUESDAY, &calendar_dutch, &times);
    CHECK(times.n == 1 && times.items[0].kind == TIME_WINDOW);
    CHECK_TEXT(local_text(mem, &calendar_dutch, times.items[0].starts_at), "2026-11-25T13:00");
    CHECK_TEXT(local_text(mem, &calendar_dutch, times.items[0].due_at), "2026-11-25T15:00");
}

/* Tuesday to Saturday, twice a day. */
static size_t shop_hours(const void *arg, day_number day, struct opening out[OPENINGS_MAX])
{
    (void)arg;
    if (weekday_of(day) == 0 || weekday_of(day) == 6)
        return 0;
    out[0] = (struct opening){ 10 * 60, 12 * 60 };
    out[1] = (struct opening){ 13 * 60, 18 * 60 };
    return 2;
}

TEST(terms_are_counted_on_the_calendar_that_was_given)
{
    static const struct {
        const char *text, *due, *forward;
    } cases[] = {
        { "morgen",                "2026-11-25T18:00", "2026-11-25T18:00" },
        { "binnen vier werkdagen", "2026-11-28T18:00", "2026-11-28T18:00" },
        { "binnen vijf dagen",     "2026-11-28T18:00", "2026-12-01T18:00" },
        { "binnen twee weken",     "2026-12-08T18:00", "2026-12-08T18:00" },
        { "deze week",             "2026-11-28T18:00", "2026-11-28T18:00" },
        { "binnen 8 werkuren",     "2026-11-25T11:15", "2026-11-25T11:15" },
        { "maandag",               "2026-11-30T17:00", "2026-11-30T17:00" },
    };
    struct calendar shop = { NULL, shop_hours, calendar_central_europe, false };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(cases); i++) {
        shop.rolls_forward = false;
        CHECK_TEXT(deadline_in(mem, cases[i].text, TUESDAY, &shop), cases[i].due);
        shop.rolls_forward = true;
        CHECK_TEXT(deadline_in(mem, cases[i].text, TUESDAY, &shop), cases[i].forward);
    }
}

/* What was found is exactly the words that say it. */
TEST(a_time_is_the_bytes_that_say_it)
{
    static const struct {
        const char *text, *said;
    } cases[] = {
        { "Wij bellen u één dag later, vóór 12.00 uur 's middags, terug.",
         "vóór 12.00 uur 's middags"                                                                   },
        { "Ik regel het binnen drie werkdagen voor u.",                    "binnen drie werkdagen"     },
        { "Morgen staat om halfnegen de bus er.",                          "Morgen staat om halfnegen" },
        { "We'll call by 3 pm today, promised.",                           "by 3 pm today"             },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct times times;
        const struct time_found *found;

        times_in(mem, cases[i].text, TUESDAY, &calendar_dutch, &times);
        found = times_deadline(&times, 0, (uint32_t)strlen(cases[i].text));
        CHECK(found);
        CHECK_TEXT(arena_text_n(mem, cases[i].text + found->from, found->to - found->from),
                   cases[i].said);
    }
}

/* "binnen N werkdagen" against one day after the other, for each day of two years. */
TEST(working_days_are_counted_from_the_next_one)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (day_number day = day_of(2025, 1, 1); day < day_of(2027, 1, 1); day++) {
        instant reference = calendar_instant(&calendar_dutch, day, 10 * 60 + 15);
        const char *text = arena_printf(mem, "binnen %d werkdagen", day % 20 + 1);
        day_number wanted = day;
        struct tokens tokens;
        struct times times;

        for (int left = day % 20 + 1; left > 0;)
            left -= calendar_is_open(&calendar_dutch, ++wanted);
        tokens_of(mem, text, strlen(text), &tokens);
        times_of(mem, &tokens, reference, &calendar_dutch, &times);
        CHECK(times.n == 1);
        CHECK(times.items[0].due_at.ms == calendar_instant(&calendar_dutch, wanted, 17 * 60).ms);
        arena_reset(mem);
    }
}

TEST(the_table_of_words_is_sorted_and_folded)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < time_entries_n; i++) {
        CHECK(i == 0 || strcmp(time_entries[i - 1].text, time_entries[i].text) < 0);
        CHECK_TEXT(text_fold(mem, time_entries[i].text), time_entries[i].text);
    }
}

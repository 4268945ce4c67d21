/* Deadlines as a stranger would write them, all read on one Wednesday morning: what a day of a
 * month is, what a date belongs to, what a length is counted from, how people name weeks and hours.
 */
#include "times.h"

#include "../base/text.h"
#include "test.h"

#include <string.h>

/* 2027-03-10T09:40+01:00; Easter is on 28 March, King's Day a Tuesday, Whit Monday 17 May. */
static const instant wednesday = { 1804668000000 };

struct wanted {
    const char *text, *due; /* local; "": none */
};

static const struct wanted nth[] = {
    { "De eerste maandag van mei komt de schilder bij u.",                                   "2027-05-03T17:00" },
    { "Op de laatste werkdag van april storten wij de borg terug.",                          "2027-04-30T17:00" },
    { "The skip will be collected on the first Monday of April.",                            "2027-04-05T17:00" },
    { "You will have your deposit by the last working day of the month.",                    "2027-03-31T17:00" },
    { "In de tweede week van juni plaatsen wij de zonnepanelen.",                            "2027-06-11T17:00" },
    { "Op 1e pinksterdag staat er een monteur paraat.",                                      "2027-05-16T17:00" },
    { "Op de 2e pinksterdag komt de koerier nog langs.",                                     "2027-05-17T17:00" },
    { "Tweede kerstdag bezorgen wij gewoon.",                                                "2027-12-26T17:00" },
    { "Op 2e paasdag halen wij de container op.",                                            "2027-03-29T17:00" },
    { "De laatste vrijdag van deze maand leggen we het nieuwe slot erin.",                   "2027-03-26T17:00" },
    { "De derde donderdag van de maand komt het bestuur bijeen en dan hoort u het besluit.",
     "2027-03-18T17:00"                                                                                         },
    { "De eerste dinsdag van de maand belt de huismeester u.",                               "2027-04-06T17:00" },
    { "Op de eerste werkdag van volgende maand staat het geld op uw rekening.",
     "2027-04-01T17:00"                                                                                         },
    { "De tweede werkdag van april bellen we u.",                                            "2027-04-02T17:00" },
    { "The money goes out on the first working day of next month.",                          "2027-04-01T17:00" },
    { "We'll replace the meter on the last Friday in May.",                                  "2027-05-28T17:00" },
    { "Eerste dinsdag in april om 14 uur komt de keurmeester.",                              "2027-04-06T14:00" },
    { "De laatste dag van april leveren wij de sleutel op.",                                 "2027-04-30T17:00" },
    { "De eerste dag van juni gaat de verwarming open.",                                     "2027-06-01T17:00" },
    { "Het laatste weekend van maart leggen wij het zeil.",                                  "2027-03-28T17:00" },
    { "In het eerste weekend van april repareren we de speeltoestellen.",                    "2027-04-04T17:00" },
    { "De laatste week van maart hoort u van de commissie.",                                 "2027-03-31T17:00" },
    { "We'll fit the kitchen in the first week of May.",                                     "2027-05-07T17:00" },
    { "De tweede maandag van mei sturen we een ploeg.",                                      "2027-05-10T17:00" },
    { "Op de 4de woensdag van april rijdt onze bus uit.",                                    "2027-04-28T17:00" },
    { "The 2nd Tuesday of next month our surveyor visits you.",                              "2027-04-13T17:00" },
    { "Op de vijftiende van volgende maand krijgt u de eindafrekening.",                     "2027-04-15T17:00" },
    { "Uiterlijk de eenendertigste heeft u de stukken.",                                     "2027-03-31T17:00" },
    { "We're paying you back on the twenty-second.",                                         "2027-03-22T17:00" },
    { "Op de 1e van de maand schrijven wij het over.",                                       "2027-04-01T17:00" },
    { "The 15th of next month is when you get the final bill.",                              "2027-04-15T17:00" },
    { "Op de 25ste van deze maand krijgt u het geld.",                                       "2027-03-25T17:00" },
    { "In de eerste helft van april komt de dakdekker.",                                     "2027-04-15T17:00" },
    { "In de tweede helft van volgende maand komt de dakdekker.",                            "2027-04-30T17:00" },
    { "De laatste maandag voor Pasen brengen we de dozen.",                                  "2027-03-22T17:00" },
};

static const struct wanted asides[] = {
    { "Ik bel u vrijdag over de rekening van 3 april.",                                   "2027-03-12T17:00" },
    { "Over uw afspraak van dinsdag bel ik u morgen.",                                    "2027-03-11T17:00" },
    { "Ik bel u morgen over uw afspraak van dinsdag.",                                    "2027-03-11T17:00" },
    { "Ik bel u maandag in plaats van vrijdag.",                                          "2027-03-15T17:00" },
    { "In plaats van vrijdag bel ik u maandag.",                                          "2027-03-15T17:00" },
    { "We komen liever vrijdag dan donderdag.",                                           "2027-03-12T17:00" },
    { "I'll call you tomorrow about your appointment on Friday.",                         "2027-03-11T17:00" },
    { "We'll come on Monday instead of Friday.",                                          "2027-03-15T17:00" },
    { "We'd come on Friday rather than Thursday.",                                        "2027-03-12T17:00" },
    { "De factuur die u vrijdag kreeg, sturen we morgen opnieuw.",                        "2027-03-11T17:00" },
    { "Morgen sturen wij u opnieuw de factuur die u vrijdag krijgt.",                     "2027-03-11T17:00" },
    { "De bon is geldig tot 1 mei, wij sturen hem morgen.",                               "2027-03-11T17:00" },
    { "Wij sturen u morgen een bon die geldig is tot 1 mei.",                             "2027-03-11T17:00" },
    { "De bon blijft geldig tot 1 mei.",                                                  ""                 },
    { "The voucher is valid until 1 May.",                                                ""                 },
    { "We'll email you a voucher tomorrow, valid until 1 May.",                           "2027-03-11T17:00" },
    { "Wij mailen u morgen de notulen van de vergadering van 20 april.",                  "2027-03-11T17:00" },
    { "U krijgt morgen van ons de agenda voor de bijeenkomst van donderdag.",             "2027-03-11T17:00" },
    { "Ik bel u over de rekening van 3 april.",                                           ""                 },
    { "I'll ring you tomorrow regarding the meeting of 3 April.",                         "2027-03-11T17:00" },
    { "Wij reageren morgen op uw brief met dagtekening 12 april.",                        "2027-03-11T17:00" },
    { "Morgen sturen wij u de aanmaning d.d. 12 april opnieuw.",                          "2027-03-11T17:00" },
    { "Tomorrow we'll resend the letter dated 12 April.",                                 "2027-03-11T17:00" },
    { "Met betrekking tot de storing van zaterdag belt onze teamleider u morgenochtend.",
     "2027-03-11T12:00"                                                                                      },
    { "Concerning the delivery on Saturday, I will phone you tomorrow.",                  "2027-03-11T17:00" },
    { "I'll send the parking permit tomorrow, which you need on Saturday.",               "2027-03-11T17:00" },
    { "Ik stuur u morgen de kaartjes die u zaterdag nodig hebt.",                         "2027-03-11T17:00" },
    { "Wij leveren maandag als u vóór vrijdag betaalt.",                                  "2027-03-15T17:00" },
    { "We'll deliver on Monday if you pay before Friday.",                                "2027-03-15T17:00" },
    { "De afspraak van donderdag verplaatsen we naar maandag.",                           "2027-03-15T17:00" },
    { "Wij verzetten de afspraak van donderdag 18 maart naar maandag 22 maart om 9 uur.",
     "2027-03-22T09:00"                                                                                      },
    { "We've moved your appointment from Thursday to Monday.",                            "2027-03-15T17:00" },
    { "Uw afspraak is verplaatst van vrijdag naar maandag.",                              "2027-03-15T17:00" },
    { "Niet donderdag maar vrijdag komt de loodgieter.",                                  "2027-03-12T17:00" },
    { "The fitter comes on Friday, not Thursday.",                                        "2027-03-12T17:00" },
    { "Eerder dan maandag lukt niet, u krijgt het dinsdag.",                              "2027-03-16T17:00" },
    { "We bellen u nog voor uw vakantie van 1 mei, en wel morgen.",                       "2027-03-11T17:00" },
    { "Tomorrow I'll send you the tickets for Saturday's concert.",                       "2027-03-11T17:00" },
    { "Wij sturen de factuur van april in mei.",                                          "2027-05-31T17:00" },
    { "De huur over april storten wij volgende week terug.",                              "2027-03-19T17:00" },
    { "Het bedrag over mei krijgt u morgen terug.",                                       "2027-03-11T17:00" },
};

static const struct wanted lengths[] = {
    { "Over 3 dagen om 10 uur belt mijn collega u.",                        "2027-03-15T10:00" },
    { "Over twee weken om 9.30 uur staan wij bij u voor de deur.",          "2027-03-24T09:30" },
    { "Binnen 2 werkdagen, uiterlijk om 12 uur, heeft u antwoord.",         "2027-03-12T12:00" },
    { "Over 2 weken op vrijdag komt de schoorsteenveger.",                  "2027-03-26T17:00" },
    { "Over twee weken dinsdag wordt de ketel vervangen.",                  "2027-03-23T17:00" },
    { "In week 20 op dinsdag wordt de lift gekeurd.",                       "2027-05-18T17:00" },
    { "Dinsdag in week 12 wordt de lift gekeurd.",                          "2027-03-23T17:00" },
    { "2 werkdagen na 1 april hebt u uw geld.",                             "2027-04-05T17:00" },
    { "3 dagen na Pasen wordt uw pakket bezorgd.",                          "2027-04-01T17:00" },
    { "Een week voor Pasen liggen de paaseieren klaar.",                    "2027-03-19T17:00" },
    { "Binnen een week na 1 april hoort u de uitslag.",                     "2027-04-08T17:00" },
    { "We'll answer within 3 days of 1 April.",                             "2027-04-02T17:00" },
    { "Twee dagen voor Koningsdag brengen we de kramen.",                   "2027-04-23T17:00" },
    { "Three working days after Easter you'll hear from us.",               "2027-04-01T17:00" },
    { "Two weeks after 1 May we will come and check again.",                "2027-05-18T17:00" },
    { "Een dag na Koningsdag halen we alles weer op.",                      "2027-04-28T17:00" },
    { "De dag voor Koningsdag zetten we de hekken neer.",                   "2027-04-26T17:00" },
    { "De vrijdag voor Pasen komt de bezorger.",                            "2027-03-26T17:00" },
    { "De week na Pasen sturen we u het contract.",                         "2027-04-02T17:00" },
    { "In de week voor Koningsdag plaatsen we de borden.",                  "2027-04-23T17:00" },
    { "The Friday before Easter we'll drop it off.",                        "2027-03-26T17:00" },
    { "The day before Good Friday we'll deliver the flowers.",              "2027-03-25T17:00" },
    { "Two working days from now you'll have the answer.",                  "2027-03-12T17:00" },
    { "Twee weken vanaf nu is de tuin klaar.",                              "2027-03-24T17:00" },
    { "Within five working days of today we'll reply.",                     "2027-03-17T17:00" },
    { "Binnen vijf werkdagen vanaf vandaag krijgt u bericht.",              "2027-03-17T17:00" },
    { "Two weeks from Monday we'll start the work.",                        "2027-03-29T17:00" },
    { "A week from Friday the scaffolding comes down.",                     "2027-03-19T17:00" },
    { "Binnen een week, dus uiterlijk woensdag 17 maart, hoort u van ons.", "2027-03-17T17:00" },
    { "In two weeks, on the Thursday, we'll come by.",                      "2027-03-25T17:00" },
    { "Over een week om deze tijd belt de notaris u.",                      "2027-03-17T09:40" },
    { "Binnen drie werkdagen voor 17 uur hebt u uitsluitsel.",              "2027-03-15T17:00" },
    { "Next week on Thursday at 10 we'll be there.",                        "2027-03-18T10:00" },
    { "Over een maand, op 12 april, is het geregeld.",                      "2027-04-12T17:00" },
    { "Binnen 14 dagen na vandaag betalen wij u terug.",                    "2027-03-24T17:00" },
    { "In drie weken tijd is het dak dicht.",                               "2027-03-31T17:00" },
};

static const struct wanted words[] = {
    { "Your sofa arrives the week after next.",                       "2027-03-26T17:00" },
    { "Refund by month end, promised.",                               "2027-03-31T17:00" },
    { "You'll be paid at month-end.",                                 "2027-03-31T17:00" },
    { "You'll get it at the end of the month.",                       "2027-03-31T17:00" },
    { "We migrate your mailbox over the weekend.",                    "2027-03-14T17:00" },
    { "We'll have it sorted by the weekend.",                         "2027-03-12T17:00" },
    { "Tegen het weekend is uw fiets klaar.",                         "2027-03-12T17:00" },
    { "Uw monteur is er over anderhalf uur.",                         "2027-03-10T11:10" },
    { "We'll ring back within two and a half hours.",                 "2027-03-10T12:10" },
    { "I'll ring you this time tomorrow.",                            "2027-03-11T09:40" },
    { "Morgen om deze tijd bel ik u.",                                "2027-03-11T09:40" },
    { "We'll be with you a week today.",                              "2027-03-17T17:00" },
    { "We'll be with you today week.",                                "2027-03-17T17:00" },
    { "We'll see you Tuesday week.",                                  "2027-03-23T17:00" },
    { "A week on Friday we'll fit the blinds.",                       "2027-03-19T17:00" },
    { "It should reach you any day now.",                             ""                 },
    { "Tussen nu en een half uur staat de taxi voor.",                "2027-03-10T10:10" },
    { "Between now and Friday we'll call you.",                       "2027-03-12T17:00" },
    { "Tussen nu en vrijdag belt de planning u.",                     "2027-03-12T17:00" },
    { "Ik kom van de week nog even langs.",                           "2027-03-12T17:00" },
    { "Een van deze dagen komt er iemand kijken.",                    "2027-03-15T17:00" },
    { "Een dezer dagen ontvangt u de brief.",                         "2027-03-15T17:00" },
    { "One of these days we'll send it.",                             "2027-03-15T17:00" },
    { "Binnen 10 kantooruren krijgt u reactie.",                      "2027-03-11T11:40" },
    { "Binnen 2 w.d. heeft u antwoord.",                              "2027-03-12T17:00" },
    { "Begin volgende maand krijgt u het contract.",                  "2027-04-09T17:00" },
    { "Half volgende maand komt de nieuwe pas.",                      "2027-04-15T17:00" },
    { "Eind volgende maand wordt de gevel gereinigd.",                "2027-04-30T17:00" },
    { "Medio volgende maand betalen we uit.",                         "2027-04-15T17:00" },
    { "Na het weekend bel ik u op.",                                  "2027-03-15T17:00" },
    { "Voor de zomer is de speeltuin klaar.",                         ""                 },
    { "Komend kwartaal vervangen we de meters.",                      "2027-06-30T17:00" },
    { "Volgend kwartaal vervangen we de meters.",                     "2027-06-30T17:00" },
    { "Nog dit kwartaal krijgt u de afrekening.",                     "2027-03-31T17:00" },
    { "Tegen eind Q2 is het gebouw gerenoveerd.",                     "2027-06-30T17:00" },
    { "Half volgende week heeft u de sleutel.",                       "2027-03-17T17:00" },
    { "Halfweg volgende week is de offerte bij u.",                   "2027-03-17T17:00" },
    { "Midweek next week we'll send the plans.",                      "2027-03-17T17:00" },
    { "Halfway through next week you'll get the van.",                "2027-03-17T17:00" },
    { "By the middle of next week you'll know.",                      "2027-03-17T17:00" },
    { "Late next week we'll call.",                                   "2027-03-19T17:00" },
    { "Later deze week stuur ik het verslag.",                        "2027-03-12T17:00" },
    { "Later this week I'll send the report.",                        "2027-03-12T17:00" },
    { "Before the week is out you'll have it.",                       "2027-03-12T17:00" },
    { "Before the month's out we'll have paid.",                      "2027-03-31T17:00" },
    { "Nog voor de week om is hebt u nieuws.",                        "2027-03-12T17:00" },
    { "Voor de maand om is, staat het op uw rekening.",               "2027-03-31T17:00" },
    { "Before this month is over you'll get the lease.",              "2027-03-31T17:00" },
    { "Before the end of today I'll phone you.",                      "2027-03-10T17:00" },
    { "Binnen de week hebt u antwoord.",                              "2027-03-17T17:00" },
    { "Within the month the roof is fixed.",                          "2027-04-09T17:00" },
    { "Aanstaande maandag krijgt u de papieren.",                     "2027-03-15T17:00" },
    { "Maandag over twee weken start de cursus en mailen we u.",      "2027-03-29T17:00" },
    { "Maandag over veertien dagen meten wij op.",                    "2027-03-29T17:00" },
    { "Donderdag van volgende week komen we langs.",                  "2027-03-18T17:00" },
    { "Donderdagnamiddag volgende week komt de hersteller.",          "2027-03-18T17:00" },
    { "Woensdagochtend volgende week bel ik.",                        "2027-03-17T12:00" },
    { "On Tuesday morning next week our man comes round.",            "2027-03-16T12:00" },
    { "Friday of next week we credit your account.",                  "2027-03-19T17:00" },
    { "Donderdag van de week erop plaatsen we de dakkapel.",          "2027-03-18T17:00" },
    { "In het nieuwe jaar begint de bouw.",                           "2028-01-31T17:00" },
    { "Eerste werkdag van het nieuwe jaar bel ik u.",                 "2028-01-03T17:00" },
    { "Vandaag nog zet ik het in orde.",                              "2027-03-10T17:00" },
    { "In de loop van morgen krijgt u een link.",                     "2027-03-11T17:00" },
    { "Overmorgen in de voormiddag bellen we aan.",                   "2027-03-12T12:00" },
    { "De eerstvolgende werkdag sturen we het op.",                   "2027-03-11T17:00" },
    { "On the next working day we'll post it.",                       "2027-03-11T17:00" },
    { "In de nacht van zaterdag op zondag werken wij aan de server.", "2027-03-14T06:00" },
    { "Zaterdag of zondag komt de buurtploeg langs.",                 "2027-03-14T17:00" },
    { "Op 1 of 2 april wordt er geleverd.",                           "2027-04-02T17:00" },
    { "Tussen 6 en 8 april leveren wij.",                             "2027-04-08T17:00" },
    { "Van 6 tot 8 april zijn wij bij u aan het werk.",               "2027-04-08T17:00" },
    { "1 t/m 3 juni voeren wij het werk uit.",                        "2027-06-03T17:00" },
    { "Rond de 15e komt de nieuwe pas.",                              "2027-03-15T17:00" },
    { "Rond 15 april komt de nieuwe pas.",                            "2027-04-15T17:00" },
    { "Eind april, begin mei ploegen we het veld om.",                "2027-05-10T17:00" },
    { "Late April we'll plant the trees.",                            "2027-04-30T17:00" },
    { "Early May the new boiler goes in.",                            "2027-05-10T17:00" },
    { "Met Pasen is het zwembad open en hebt u uw pas.",              "2027-03-29T17:00" },
    { "Vóór Pasen hangt de lamp er.",                                 "2027-03-26T17:00" },
    { "Straight after Easter we'll restart the work.",                "2027-03-30T17:00" },
    { "Meteen na Hemelvaart beginnen we.",                            "2027-05-07T17:00" },
};

static const struct wanted clocks[] = {
    { "De hersteller staat er om kwart na vier.",        "2027-03-10T16:15" },
    { "Tien na half drie belt de tandarts.",             "2027-03-10T14:40" },
    { "We bellen u om vijf voor twaalf.",                "2027-03-10T11:55" },
    { "I'll phone you at ten to three.",                 "2027-03-10T14:50" },
    { "We'll be there at twenty past four.",             "2027-03-10T16:20" },
    { "Zes uur vanavond hebt u weer stroom.",            "2027-03-10T18:00" },
    { "At seven tomorrow morning the lorry comes.",      "2027-03-11T07:00" },
    { "Three o'clock Friday I'll hand it to you.",       "2027-03-12T15:00" },
    { "Eleven o'clock this morning you'll get my mail.", "2027-03-10T11:00" },
    { "Monday, nine sharp, a full report.",              "2027-03-15T09:00" },
    { "Morgen staat hij er om 8 uur stipt.",             "2027-03-11T08:00" },
    { "Rond vieren heeft u het antwoord.",               "2027-03-10T16:30" },
    { "By noon Friday you'll have it.",                  "2027-03-12T12:00" },
    { "Friday by 10 you'll have it.",                    "2027-03-12T10:00" },
    { "Morgen, zo rond elf uur, bel ik.",                "2027-03-11T11:30" },
    { "You'll hear from me fiveish tomorrow.",           "2027-03-11T17:30" },
    { "We'll ring around 11-ish.",                       "2027-03-10T11:30" },
    { "Half zes ongeveer is hij bij u.",                 "2027-03-10T18:00" },
    { "By teatime it's fixed.",                          "2027-03-10T17:30" },
    { "Maandag voor de middag krijgt u het.",            "2027-03-15T12:00" },
    { "In de loop van vrijdagmiddag komt de bus.",       "2027-03-12T17:00" },
    { "Vrijdag 2 april 's middags om 2 uur.",            "2027-04-02T14:00" },
    { "Op 1 april om 9u30 komen wij opmeten.",           "2027-04-01T09:30" },
    { "Van 13u tot 15u30 morgen komt de koerier.",       "2027-03-11T15:30" },
    { "Saturday, eleven to one, the sweep is yours.",    "2027-03-13T13:00" },
};

static const struct wanted hours[] = {
    { "Over een minuut of tien bel ik u.",                 "2027-03-10T09:50" },
    { "In twenty minutes or so I'll ring.",                "2027-03-10T10:00" },
    { "Over drie kwartier staat de auto voor.",            "2027-03-10T10:25" },
    { "Over 1 uur en 30 minuten is het klaar.",            "2027-03-10T11:10" },
    { "Binnen 1u30 is de technieker ter plaatse.",         "2027-03-10T11:10" },
    { "Over een uurtje of twee is de stroom terug.",       "2027-03-10T11:40" },
    { "Half an hour max and you're back online.",          "2027-03-10T10:10" },
    { "Twee werkdagen, hooguit, dan hebt u het.",          "2027-03-12T17:00" },
    { "Two hours at most and the vet is with you.",        "2027-03-10T11:40" },
    { "Give me ten minutes and I'll ring you.",            "2027-03-10T09:50" },
    { "Geef me twintig minuten, dan bel ik u.",            "2027-03-10T10:00" },
    { "Nog drie werkdagen en dan is het er.",              "2027-03-15T17:00" },
    { "Nog een week geduld, dan heeft u de pas.",          "2027-03-17T17:00" },
    { "Allow five to seven working days for your refund.", "2027-03-19T17:00" },
    { "Reken op vijf werkdagen voor de terugbetaling.",    "2027-03-17T17:00" },
    { "Within a day or two you'll have it.",               "2027-03-12T17:00" },
    { "Binnen een dag of twee hebt u het.",                "2027-03-12T17:00" },
    { "Binnen 24 tot 48 uur krijgt u antwoord.",           "2027-03-12T09:40" },
    { "Over pakweg een uur bel ik.",                       "2027-03-10T10:40" },
    { "In about three hours we'll be there.",              "2027-03-10T12:40" },
};

static const char *deadline_in(struct arena *mem, const char *text)
{
    struct bytes exact = test_exact(text, strlen(text));
    const struct time_found *found;
    struct tokens tokens;
    struct times times;
    struct local_time due;
    int year, month, day;

    tokens_of(mem, (const char *)exact.data, exact.len, &tokens);
    times_of(mem, &tokens, wednesday, &calendar_dutch, &times);
    found = times_deadline(&times, 0, (uint32_t)exact.len);
    if (!found || found->due_at.ms == 0)
        return "";
    due = calendar_local(&calendar_dutch, found->due_at);
    date_of(due.day, &year, &month, &day);
    return arena_printf(mem, "%04d-%02d-%02dT%02d:%02d", year, month, day, due.minute / 60,
                        due.minute % 60);
}

static void check_all(const struct wanted *wanted, size_t n)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < n; i++)
        CHECK_TEXT(arena_printf(mem, "%s: %s", wanted[i].text, deadline_in(mem, wanted[i].text)),
                   arena_printf(mem, "%s: %s", wanted[i].text, wanted[i].due));
}

TEST(the_nth_day_of_a_month_is_counted_in_it)
{
    check_all(nth, COUNT(nth));
}

TEST(a_date_of_something_else_is_no_deadline)
{
    check_all(asides, COUNT(asides));
}

TEST(a_length_goes_with_a_clock_time_and_is_counted_from_a_day)
{
    check_all(lengths, COUNT(lengths));
}

TEST(days_and_periods_have_many_names)
{
    check_all(words, COUNT(words));
}

TEST(a_clock_time_is_said_in_many_ways)
{
    check_all(clocks, COUNT(clocks));
}

TEST(hours_and_minutes_are_a_term_when_they_are_meant_as_one)
{
    check_all(hours, COUNT(hours));
}

#include "emotion.h"

#include "test.h"

#include <string.h>

static void read(struct arena *mem, const char *text, struct mood *out)
{
    struct bytes exact = test_exact(text, strlen(text));
    struct tokens tokens;

    tokens_of(mem, (const char *)exact.data, exact.len, &tokens);
    mood_of(mem, &tokens, NULL, out);
}

/* Each was written before the rules. */
static const char *const critical[] = {
    "Ik wil niet meer leven.",
    "Ik zie het niet meer zitten en maak er een eind aan.",
    "ik wil dood",
    "Als u morgen de stroom afsluit dan hoeft het voor mij niet meer.",
    "Het heeft geen zin meer om door te gaan",
    "ik snij mezelf elke avond",
    "Ik heb de pillen al klaarliggen, dan is het tenminste voorbij.",
    "Jullie zijn beter af zonder mij, dit is mijn laatste bericht.",
    "Mijn dochter zegt dat ze er niet meer wil zijn",
    "Mijn broer heeft een afscheidsbrief achtergelaten en neemt niet op",
    "Ik spring vanavond voor de trein",
    "Als dit zo doorgaat spring ik van de brug",
    "Ik ga mezelf iets aandoen als ik hier nog een nacht moet zitten",
    "'t Leven is voor mij gedaan, ik stap eruit",
    ("Voor mij is het genoeg geweest, ik wil hier niet meer zijn, mijn kinderen redden zich wel "
     "zonder mij"),
    "ik was liever dood dan nog een winter zo",
    "Ge moet niet meer terugbellen, tegen dan ben ik er niet meer",
    "Ik wou dat ik morgen niet meer wakker werd",
    "Ik zou er het liefst een punt achter zetten, achter alles, mijn leven is waardeloos",
    "Door jullie brieven denk ik elke dag aan zelfdoding",
    "I want to kill myself",
    "I don't want to live any more",
    "i cant go on anymore",
    "Honestly I'd be better off dead than living like this",
    "There is no point in living if I lose the house",
    "I've taken all my tablets, tell my son I'm sorry",
    "My daughter says she is going to end her life",
    "I'm going to jump off the roof of your building",
    "I just want it all to end, I can't see a way out",
    "Nobody would miss me if I was gone",
    "I keep cutting myself and I don't know who to talk to",
    "He told me he wants to hang himself tonight",
    "I wish I'd never wake up",
    "You won't be hearing from me again, I've written my goodbye letter",
    "Je veux mourir",
    "Je n'ai plus envie de vivre",
    "j'ai envie d'en finir avec tout ça, avec la vie",
    "Je vais me suicider si vous coupez l'électricité",
    "Mon mari menace de se tuer",
    "À quoi bon continuer, la vie n'a plus de sens",
    "Je me fais du mal tous les soirs",
    "Vous seriez tous mieux sans moi",
    "je vais me jeter sous un train",
    "Je voudrais m'endormir et ne plus jamais me réveiller",
    "Ich will nicht mehr leben",
    "Ich bringe mich um",
    "Ich habe keine Kraft mehr zu leben",
    "Mein Sohn will sich das Leben nehmen",
    "Ich ritze mich wieder",
    "Am liebsten würde ich einfach nicht mehr aufwachen",
    "Ohne mich wärt ihr alle besser dran",
    "Es hat alles keinen Sinn mehr, ich mache Schluss mit meinem Leben",
    "Ik kom jullie medewerker in elkaar slaan",
    "Ik steek dat kantoor van jullie in brand",
    "ik maak je dood",
    "Ik weet waar die baliemedewerker woont en ik kom langs met een honkbalknuppel",
    "Als ik mijn geld morgen niet heb schiet ik iemand neer",
    "Wacht maar, ik vermoord jullie allemaal",
    "we slaan die conducteur de hersens in",
    "Er ligt een bom in de stationshal",
    "ik ga hem kapotsteken die huismeester",
    "I will bomb your office",
    "I'm coming down there and I'll break his legs",
    "i will kill every single one of you",
    "I know where you live and I've got a knife",
    "Next time I'll smash that driver's face in",
    "I'm going to burn your office to the ground",
    "You're dead, all of you",
    "My ex says he'll kill me tonight and he has my new address from you",
    "Je vais vous tuer",
    "Je vais faire sauter votre agence",
    "Je vais lui casser la gueule à votre employé",
    "On va brûler vos bureaux",
    "Il y a une bombe dans la gare",
    "je sais où tu habites, je vais te faire la peau",
    "Ich bringe euch um",
    "Ich schlage dem Fahrer die Fresse ein",
    "Ich zünde euer Büro an",
    "Ich weiß, wo Sie wohnen, und ich komme mit dem Messer",
    "Ihr werdet alle sterben",
    "Er hat gedroht, mich umzubringen",
    "Mijn man slaat mij en de kinderen, kan ik met spoed een andere woning",
    "Er staat een man met een mes aan de balie",
    "Ik heb stroom gevoeld toen ik de kraan aanraakte",
    "I get an electric shock every time I touch the tap",
    "J'ai pris le courant en touchant le robinet",
    "Ich habe einen Stromschlag bekommen, als ich die Dusche angefasst habe",
    "Bedankt, maar ik ruik gas in de hal",
    "Thanks, but there is smoke coming out of the socket",
    "Merci, mais ça sent le gaz dans la cave",
};

static const char *const harmless[] = {
    "ik lach me dood om jullie reclame",
    "Ik schrok me dood van de rekening",
    "Ik verveel me dood in jullie wachtrij",
    "De deadline is morgen",
    "Ik zie het niet meer zitten met die app van jullie",
    "Als het pakket na vrijdag komt hoeft het voor mij niet meer",
    "Ik maak een eind aan mijn abonnement",
    "We zijn doodmoe van het wachten",
    "ik sterf van de honger, is het restaurant nog open?",
    "Mijn lamp is dood",
    "Ik ben doodop maar de verhuizing is klaar",
    "Dit wordt de dood van de buurtwinkel",
    "Ik sla dit bericht even op",
    "Ik schiet het bedrag wel even voor",
    "Schiet eens op met die terugbetaling",
    "Ik steek mijn hand in het vuur voor die monteur",
    "Wat een bom van een aanbieding",
    "De bus was bomvol",
    "Ik snij de taart aan met jullie messenset",
    "Mijn messenset is niet geleverd",
    "Ik heb me gesneden aan de rand van jullie kastje",
    "Ik ga kapot aan die muziek in de wacht, haha",
    "Ik kan die chauffeur wel zoenen",
    "Ik wil niet meer bij jullie klant zijn",
    "Wij willen er niet meer wonen",
    "Ik kan niet meer inloggen",
    "Volgende week ben ik er niet meer, graag deze week leveren",
    "Mijn vader is overleden, hoe zeg ik zijn polis op?",
    "Wat is het verschil tussen een levensverzekering en een overlijdensrisicoverzekering?",
    "Moordgozer, die monteur van jullie",
    "Ik spring zo op de trein, mail me maar",
    "Kunt u de auto van mijn overleden man overzetten?",
    "Geef me een seintje of ik vermoord nog een plant met dat gietschema",
    "My phone died",
    "dying to know when the new tram opens",
    "I could kill for a coffee",
    "This heat is killing me, does the tram have air con?",
    "My battery is dead",
    "I'll shoot you an email later",
    "The website keeps hanging itself up when I log in",
    "It's a killer deal",
    "You lot are killing it, great job",
    "I nearly died laughing at your reply",
    "My order of a knife set hasn't arrived",
    "I cut myself on the sharp edge of the shelf, can you replace it?",
    "I can't go on the 14th, could we move the appointment?",
    "I want to end my contract",
    "I won't be here any more after the first, please deliver before that",
    "The presentation bombed because your wifi dropped",
    "Do you sell bath bombs?",
    "I'll hit you up when I'm back",
    "Fire the intern who writes these tweets, haha",
    "We had a blast on the night train",
    "Over my dead body will I pay that",
    "Dead end: the form sends me back to page one",
    "What happens to the account when a customer dies?",
    "The dog would be better off without the lift music",
    "Je me tue à vous le dire : le compteur est faux",
    "Je suis mort de rire",
    "Je meurs de faim, le wagon-restaurant est ouvert ?",
    "Ma batterie est morte",
    "C'est à mourir d'ennui, votre musique d'attente",
    "Je n'en peux plus de vos pubs",
    "Je voudrais mettre fin à mon contrat",
    "Ça me tue, ces frais de dossier",
    "C'est de la bombe, votre nouvelle appli",
    "Je me suis coupé avec le bord de la caisse",
    "On va tout casser ce soir à la fête de quartier !",
    "Le camion de livraison bloque la rue, je vais sauter le rendez-vous",
    "Ich lache mich tot",
    "Ich sterbe vor Neugier, wann kommt das Paket?",
    "Mein Handy ist tot",
    "Ich bringe das Paket morgen vorbei",
    "Ich schlage Dienstag vor",
    "Das Essen war zum Sterben gut",
    "Ich will nicht mehr warten",
    "Ich kann nicht mehr auf mein Konto zugreifen",
    "Ich mache Schluss mit dem Vertrag",
    "Todmüde, aber glücklich, die Wohnung ist toll",
    "Ich habe mich an der Kante geschnitten",
    "Das ist ja eine Bombenstimmung bei euch",
    "Wo kann ich eine Lebensversicherung abschließen?",
    "Der Schreck saß tief, als ich die Rechnung sah, ein Schock",
    "Ik kreeg een schok toen ik de factuur zag",
    "I got a shock when I saw the bill",
    "Hoeveel stroom verbruikt een kraan met heet water?",
    "Mijn pinpas ingeslikt door de automaat",
    "J'ai peur de perdre mon logement",
    "Bedankt voor het dichten van het gaslek",
    "Thanks for fixing the gas leak",
    "Ik heb niemand vermoord hoor, ik was alleen te laat met betalen",
    "Nee, ik wil niet dood, ik wil gewoon een vergunning",
    "Is er een film over een bom in een bus op het programma?",
};

TEST(who_wants_to_die_or_threatens_or_gets_shocks_is_critical_and_negative)
{
    for (size_t i = 0; i < COUNT(critical); i++) {
        CLEANUP(arena_freep) struct arena *mem = arena_new("test");
        struct mood mood;

        read(mem, critical[i], &mood);
        if (mood.urgency.class != URGENCY_CRITICAL)
            CHECK_TEXT(critical[i], "critical");
        if (mood.polarity.class != POLARITY_NEGATIVE || mood.emotion.class == EMOTION_JOY)
            CHECK_TEXT(critical[i], "negative");
    }
}

/* Words of danger and the models still take a few of them for it: no more than these. */
TEST(hardly_an_idiom_of_death_or_violence_is_critical)
{
    size_t wrong_n = 0;

    for (size_t i = 0; i < COUNT(harmless); i++) {
        CLEANUP(arena_freep) struct arena *mem = arena_new("test");
        struct mood mood;

        read(mem, harmless[i], &mood);
        wrong_n += mood.is_dangerous || mood.urgency.class == URGENCY_CRITICAL;
    }
    CHECK(wrong_n <= COUNT(harmless) / 20);
}

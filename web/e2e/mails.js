// mails.js — what the invented customers of Lindewerf wrote; nobody real.
export const MAILS = [
  {
    from: 'Marieke de Graaf',
    address: 'm.degraaf@voorbeeld.test',
    subject: 'Geen warm water, monteur kwam niet',
    text: 'Derde dag zonder warm water met twee kleine kinderen. Maandag tussen 8 en 12 zou de monteur komen, maar er kwam niemand.\n\nKan iemand mij bellen hoe laat hij nu komt? Ik moet mijn werk regelen.\n\nMarieke',
    minutesAgo: 311,
  },
  {
    from: 'Ruud Hendriks',
    address: 'ruud@hendriks.test',
    subject: 'Aanmaning terwijl ik al betaald heb',
    text: 'U zou mij om 10 uur terugbellen. Het is nu kwart voor elf en ik heb niets gehoord.',
    minutesAgo: 142,
  },
  {
    from: 'Yara Bouali',
    address: 'yara.bouali@voorbeeld.test',
    subject: 'Sleutel kwijt, kom er niet in',
    text: 'Ik sta voor de deur met de boodschappen. Wie kan mij helpen?',
    minutesAgo: 96,
  },
  {
    from: 'Gerda Smit-van Loon',
    address: 'gerda@smitvanloon.test',
    subject: 'Energielabel in brief klopt niet',
    text: 'In uw brief van vorige week staat label D, maar op de site staat B. Welke is juist?',
    minutesAgo: 75,
  },
  {
    from: 'Henk en Corrie Jansen',
    address: 'jansen@voorbeeld.test',
    subject: 'Bezwaar huurverhoging 2027',
    text: 'Geachte heer, mevrouw,\n\nHierbij maken wij bezwaar tegen de huurverhoging per 1 januari.\n\nH. en C. Jansen',
    minutesAgo: 48,
  },
  {
    from: 'Amina Yusuf',
    address: 'amina.yusuf@voorbeeld.test',
    subject: 'Inschrijven met twee inkomens',
    text: 'Dank, dat is duidelijk! Nog één vraag: telt het inkomen van mijn zus mee?',
    minutesAgo: 17,
  },
  {
    from: 'Jeroen Claessens',
    address: 'jeroen@claessens.test',
    subject: 'Huur opzeggen per 1 februari',
    text: 'Goedemorgen, wij hebben een huis gekocht en willen de huur opzeggen. Hoe gaat dat?',
    minutesAgo: 9,
  },
];

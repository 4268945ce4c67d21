// customers.js — who is one person and who isn't, who belongs to whom, what comes in as a table and
// goes out as one, and what other systems know of a customer.

/** Needs what run.js tests with; `page` and `gestand` are known only once it runs. */
export function testCustomers({ test, check, holds, page, gestand }) {
  const api = (...call) => gestand().api(...call);
  const heading = (name) => page().getByRole('heading', { name, level: 1 });
  const main = () => page().locator('main');
  const row = (name) => main().getByRole('listitem').filter({ hasText: name });
  const menu = (name) =>
    page().getByRole('navigation', { name: 'Instellingen' }).getByRole('link', { name });

  async function person(name, [kind, value]) {
    const { id } = await api('POST', '/people', { name });
    await api('POST', `/people/${id}/identities`, { kind, value });
    return id;
  }
  async function open(id) {
    await page().goto(`${gestand().url}/desk/people/${id}`);
  }

  test('G C lists the customers, the last spoken with first; J and Enter open one with his cards', async () => {
    await gestand().receive({
      from: 'Kees Klant',
      address: 'kees@klantenlijst.test',
      subject: 'Waar blijft u',
      text: 'Ik wacht al uren, dit is belachelijk.',
      minutesAgo: 0,
    });
    const [one] = (await api('GET', '/people?q=kees@klantenlijst.test')).items;
    const [his] = (await api('GET', `/cases?status=all&person=${one.id}`)).items;
    await api('POST', `/cases/${his.id}/promises`, {
      kind: 'callback',
      words: 'Wij bellen u vanmiddag',
      due_at: new Date(Date.now() + 3 * 3600e3).toISOString(),
    });
    await page().goto(`${gestand().url}/desk/all`);
    await page().getByRole('region', { name: 'Lijst van zaken' }).waitFor();
    await page().keyboard.press('g');
    await page().keyboard.press('c');
    await heading('Klanten').waitFor();
    await row('Kees Klant').waitFor();
    await row('1 open zaak').first().waitFor();
    await holds('customers');
    await page().getByLabel('Zoek op naam, adres of nummer').fill('klantenlijst');
    await page().getByText('Gevonden op naam').waitFor();
    await row('Kees Klant').waitFor();
    await page().getByLabel('Zoek op naam, adres of nummer').press('ArrowDown');
    await page().keyboard.press('k');
    await page().keyboard.press('ArrowDown');
    await page().keyboard.press('Enter');
    await heading('Kees Klant').waitFor();
    const card = (name) => main().getByRole('region', { name });
    await card('Toezeggingen').getByText('Wij bellen u vanmiddag').waitFor();
    await card('Open zaken').getByRole('link', { name: 'Waar blijft u' }).waitFor();
    await card('Moeite').getByText('Contacten').first().waitFor();
    await holds('customer-cards');
    await card('Toezeggingen').getByRole('button', { name: 'Nagekomen' }).click();
    await card('Toezeggingen').getByText('Niets toegezegd').waitFor();
    await page().goBack();
    await row('Kees Klant').waitFor();
    await page().getByLabel('Zoek op naam, adres of nummer').fill('niemandheetzo');
    await page().getByText('Niemand gevonden').waitFor();
  });

  /** Who looks at it does nothing: a colleague does. */
  const noReload = () => page().evaluate(() => (globalThis.wasThere = true));
  async function wasThere() {
    check(await page().evaluate(() => globalThis.wasThere), 'the page was loaded anew');
  }

  test('what others say to a customer, call him and know of him appears on his page', async () => {
    const him = { from: 'Leen Live', address: 'leen@live.example', subject: 'Is er nieuws' };
    await gestand().receive({ ...him, text: 'Ik hoor graag iets.', minutesAgo: 20 });
    const [one] = (await api('GET', '/people?q=leen@live.example')).items;
    const [his] = (await api('GET', `/cases?status=all&person=${one.id}`)).items;
    await open(one.id);
    await heading('Leen Live').waitFor();
    await main().getByText('Ik hoor graag iets.').waitFor();
    await noReload();
    await api('PATCH', `/people/${one.id}`, { name: 'Leen van Leven' }, { 'If-Match': '*' });
    await heading('Leen van Leven').waitFor();
    await api('POST', `/people/${one.id}/identities`, { kind: 'phone', value: '+31612345677' });
    await main().getByText('+31612345677').or(main().getByText('06 12345677')).first().waitFor();
    await api('POST', `/cases/${his.id}/messages`, { text: 'Morgen hoort u meer.' });
    await main().getByText('Morgen hoort u meer.').waitFor();
    await api('POST', `/cases/${his.id}/notes`, { text: 'Niets over de sleutel zeggen.' });
    const note = main().getByRole('listitem').filter({ hasText: 'Niets over de sleutel' });
    await note.getByText('alleen voor het team').waitFor();
    await holds('person-said');
    await gestand().receive({
      ...him,
      subject: 'Nog iets anders',
      text: 'En mijn sleutel?',
      minutesAgo: 0,
    });
    await main().getByText('En mijn sleutel?').waitFor();
    await wasThere();
  });

  test('who writes comes to the top of the customers, and what one looks at stays', async () => {
    await page().goto(`${gestand().url}/desk/customers`);
    const first = main().getByRole('listitem').first();
    await row('Leen van Leven').waitFor();
    await row('Kees Klant').getByRole('link').focus();
    await noReload();
    await gestand().receive({
      from: 'Nina Nieuw',
      address: 'nina@nieuw.example',
      subject: 'Voor het eerst',
      text: 'Goedemiddag.',
      minutesAgo: 0,
    });
    await first.filter({ hasText: 'Nina Nieuw' }).waitFor();
    const focused = await page().evaluate(() => document.activeElement.textContent);
    check(/Kees Klant/.test(focused), `the focus went to ${focused}`);
    await wasThere();
  });

  test('G D shows who may be one customer, M makes them one, Z parts them again', async () => {
    await person('Hendrik Dubbel', ['email', 'hendrik@dubbelbouw.example']);
    await person('H. Dubbel', ['email', 'info@dubbelbouw.example']);
    await person('Greet Tweeling', ['email', 'greet@tweelingadvies.example']);
    await person('G. Tweeling', ['email', 'post@tweelingadvies.example']);
    await page().goto(`${gestand().url}/desk/all`);
    await page().getByRole('region', { name: 'Lijst van zaken' }).waitFor();
    await page().keyboard.press('g');
    await page().keyboard.press('d');
    await heading('Dubbele klanten').waitFor();
    await row('Tweeling').waitFor();
    await row('Dubbel').waitFor();
    await row('zelfde naam en domein').first().waitFor();
    await holds('duplicates');
    await page().keyboard.press('j');
    const name = await page().evaluate(() => document.activeElement.textContent);
    check(/Dubbel|Tweeling/.test(name), `J leads to ${name}`);
    await page().keyboard.press('m');
    await page().getByText('Samengevoegd met').waitFor();
    await row(name.split(' ').pop()).waitFor({ state: 'detached' });
    await page().keyboard.press('z');
    await row(name.split(' ').pop()).waitFor();
  });

  test('Shift M says that two are not the same, and they are asked about no more', async () => {
    await row('Tweeling').getByRole('link').first().focus();
    await page().keyboard.press('Shift+M');
    await page().getByText('is een ander').waitFor();
    await row('Tweeling').waitFor({ state: 'detached' });
    await page().reload();
    await row('Dubbel').waitFor();
    check((await row('Tweeling').count()) === 0, 'it is proposed again');
  });

  test('two whom nobody proposed are merged by M and a search, and parted from the history', async () => {
    const anna = await person('Anna Alias', ['email', 'anna@alias.example']);
    await person('Johanna Anders', ['phone', '+31612345603']);
    await open(anna);
    await heading('Anna Alias').waitFor();
    await page().keyboard.press('m');
    const dialog = page().getByRole('dialog', { name: 'Wie is dezelfde als Anna Alias?' });
    await dialog.waitFor();
    await page().keyboard.type('Johanna');
    await dialog.getByRole('button', { name: /Johanna Anders/ }).waitFor();
    await holds('person-merge');
    await page().keyboard.press('ArrowDown');
    await page().keyboard.press('Enter');
    await page().getByText('Ook bekend als').waitFor();
    await page().getByText('06 12345603').or(page().getByText('+31612345603')).first().waitFor();
    await page().reload();
    await heading('Anna Alias').waitFor();
    await row('Anna Alias en Johanna Anders').waitFor();
    await holds('person-merged');
    await row('Anna Alias en Johanna Anders').getByRole('button', { name: 'Draai terug' }).click();
    await page().getByText('teruggedraaid door').waitFor();
    check((await page().getByText('Ook bekend als').count()) === 0, 'they are one still');
  });

  test('a consent is written down with how it was given, and withdrawn', async () => {
    const card = page().getByRole('region', { name: 'Toestemmingen' });
    await card.getByRole('button', { name: 'Noteer een toestemming' }).click();
    await card.getByLabel('Waarvoor').fill('nieuwsbrief per mail');
    await card.getByLabel('Hoe de klant het zei').fill('aan de telefoon');
    await card.getByLabel('Hoe de klant het zei').press('Enter');
    await card.getByText('aan de telefoon').waitFor();
    await holds('person-consent');
    await card.getByRole('button', { name: /^Trek in/ }).click();
    await card.getByText('ingetrokken').waitFor();
  });

  test('a relation to an organisation that is not known yet is added, and taken away', async () => {
    await page().getByRole('button', { name: 'Voeg een relatie toe' }).click();
    const form = page().getByRole('form', { name: 'Voeg een relatie toe' });
    await form.getByRole('searchbox').fill('Bewonersclub Zuid');
    await form.getByRole('button', { name: 'Maak organisatie Bewonersclub Zuid' }).click();
    await form.getByLabel('Notitie').fill('penningmeester');
    await holds('person-relation');
    await form.getByRole('button', { name: 'Bewaar' }).click();
    await row('penningmeester').waitFor();
    await row('Bewonersclub Zuid').getByText('is contactpersoon van').waitFor();
    await holds('person-related');
    await row('Bewonersclub Zuid').getByRole('button', { name: 'Verwijder' }).click();
    await row('Bewonersclub Zuid').waitFor({ state: 'detached' });
    await page().keyboard.press('z');
    await row('Bewonersclub Zuid').waitFor();
  });

  test('a type of record is made in the settings', async () => {
    await page().goto(`${gestand().url}/desk/settings/record-types`);
    await heading('Soorten dossierstuk').waitFor();
    await page().getByRole('button', { name: 'Nieuwe soort' }).click();
    await page().getByLabel('Hoe collega').fill('Reparatie');
    await page().getByLabel('Naam voor systemen').fill('Niet zo');
    await page().getByLabel('Velden die men ziet').fill('trade = Vak\nwhen = Wanneer');
    await page().getByLabel('Statussen').fill('planned = Gepland\ndone = Klaar');
    await page().getByRole('button', { name: 'Bewaar', exact: true }).click();
    await page().getByRole('alert').waitFor();
    await holds('settings-record-type');
    await page().getByLabel('Naam voor systemen').fill('repair');
    await page().getByRole('button', { name: 'Bewaar', exact: true }).click();
    await page().getByRole('link', { name: 'Reparatie', exact: true }).waitFor();
    await page().getByRole('link', { name: 'Reparatie', exact: true }).click();
    const kept = await page().getByLabel('Velden die men ziet').inputValue();
    check(kept === 'trade = Vak\nwhen = Wanneer', `kept: ${kept}`);
    await page().getByRole('button', { name: 'Laat zo' }).click();
    await holds('settings-record-types');
  });

  const table = (text) => ({
    name: 'tabel.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(text, 'latin1'),
  });

  test('a table of customers is tried first, each refused line with its reason, and then taken', async () => {
    await menu('Inlezen en uitvoeren').click();
    await heading('Inlezen en uitvoeren').waitFor();
    const lines = Array.from({ length: 620 }, (_, n) => `Tabel ${n};t${n}@tabel.example;`);
    lines[9] = 'Fout Een;geen-adres;';
    lines[559] = 'Fout Twee;fout@tabel.example;12';
    lines[3] = 'Zo\xeb Tabel;zoe@tabel.example;06-12345699';
    const text = `naam;e-mail;telefoon\n${lines.join('\n')}\n`;
    await page().getByLabel('Kies een tabel').first().setInputFiles(table(text));
    await page().getByText('Wat er met tabel.csv zou gebeuren').waitFor();
    await page().getByText('618 nieuw').waitFor();
    const refused = page().getByRole('table', { name: 'Geweigerde regels' });
    await refused.getByRole('row', { name: '11 Fout Een E-mail is geen mailadres' }).waitFor();
    await refused.getByRole('row', { name: /^561 Fout Twee Telefoon/ }).waitFor();
    await holds('tables-tried');
    const before = await api('GET', '/people?q=Tabel');
    check(before.items.length === 0, 'something was done');
    await page().getByRole('button', { name: 'Lees 618 regels in' }).click();
    await page().getByText('tabel.csv is ingelezen').waitFor();
    check((await api('GET', '/people?q=Zoë')).items.length === 1, 'Zoë is lost');
    await page().getByLabel('Kies een tabel').first().setInputFiles(table(text));
    await page().getByText('618 al zo').waitFor();
  });

  test('all customers go out as a table', async () => {
    const [saved] = await Promise.all([
      page().waitForEvent('download'),
      page().getByRole('button', { name: 'Bewaar alle klanten' }).click(),
    ]);
    check(saved.suggestedFilename() === 'klanten.csv', saved.suggestedFilename());
    const pieces = [];
    for await (const piece of await saved.createReadStream()) pieces.push(piece);
    const text = Buffer.concat(pieces).toString();
    check(text.startsWith('\uFEFFname;kind;'), text.slice(0, 40));
    check(text.split('name;kind;').length === 2, 'the names of the columns stand there twice');
    for (const word of ['Zoë Tabel', 'Tabel 619', '"Tabel 0"', 'Hendrik Dubbel'])
      check(text.includes(word), `${word} is not in it`);
  });

  test('a table of records is taken, and a customer’s card shows his', async () => {
    const who = 'Rietje Reparatie';
    await gestand().receive({
      from: who,
      address: 'rietje@voorbeeld.test',
      subject: 'Waar blijft de loodgieter',
      text: 'Hij zou vandaag komen.',
      minutesAgo: 5,
    });
    await page().getByLabel('Wat staat erin').selectOption({ label: 'Reparatie' });
    const text = `nummer;titel;status;e-mail;vak\nR-1;Lekkende kraan;Gepland;rietje@voorbeeld.test;loodgieter\n;Zonder nummer;;;\n`;
    await page().getByLabel('Kies een tabel').first().setInputFiles(table(text));
    await page().getByText('1 nieuw').waitFor();
    await page()
      .getByRole('row', { name: /^3 .*key/ })
      .waitFor();
    await holds('tables-records');
    await page().getByRole('button', { name: 'Lees 1 regel in' }).click();
    await page().getByText('tabel.csv is ingelezen').waitFor();
    const [{ reference }] = (await api('GET', '/cases?status=all&q=loodgieter')).items;
    await page().goto(`${gestand().url}/desk/all/${reference}`);
    const pane = page().getByRole('complementary');
    await pane.getByText('Lekkende kraan').waitFor();
    await pane.getByText('Gepland').waitFor();
    await pane.getByText('Vak: loodgieter').waitFor();
    await holds('records-card');
  });

  test('the records of a type go out as a table', async () => {
    const at = page().url();
    await page().goto(`${gestand().url}/desk/settings/tables`);
    await page().getByLabel('Wat gaat eruit').selectOption({ label: 'Reparatie' });
    const [saved] = await Promise.all([
      page().waitForEvent('download'),
      page().getByRole('button', { name: 'Bewaar alle stukken' }).click(),
    ]);
    check(saved.suggestedFilename() === 'repair.csv', saved.suggestedFilename());
    const pieces = [];
    for await (const piece of await saved.createReadStream()) pieces.push(piece);
    const text = Buffer.concat(pieces).toString();
    check(text.startsWith('\uFEFFkey;title;status;'), text.slice(0, 40));
    check(text.includes('"Lekkende kraan"') && text.includes('"loodgieter"'), text);
    await page().goto(at);
    await page().getByRole('complementary').getByText('Lekkende kraan').waitFor();
  });

  test('what another system says of a record stands behind the scenes of the journey', async () => {
    const done = { title: 'Lekkende kraan', status: 'done', owner: 'rietje@voorbeeld.test' };
    await api('PUT', '/records/repair/R-1', { ...done, owner_kind: 'email' });
    await page().locator('#case').getByText('Reparatie Lekkende kraan: Klaar').waitFor();
    await page().keyboard.press('v');
    await page().getByText('achter de schermen').waitFor();
    await page().locator('svg').getByText('Lekkende kraan').waitFor();
    await holds('journey-behind');
    await page().keyboard.press('Escape');
  });

  test('whom a colleague has shut out of the chat stands in a list, and is let in again', async () => {
    await page().goto(`${gestand().url}/desk/settings/blocks`);
    await heading('Mag niet chatten').waitFor();
    await page().getByRole('heading', { name: 'Niemand is geweerd' }).waitFor();
    await gestand().blockVisitor('scheldt');
    await page().reload();
    await page().getByText('scheldt').waitFor();
    await holds('settings-blocks');
    await page().getByRole('button', { name: 'Laat weer toe' }).click();
    await page().getByRole('group').getByRole('button', { name: 'Laat weer toe' }).click();
    await page().getByRole('heading', { name: 'Niemand is geweerd' }).waitFor();
  });
}

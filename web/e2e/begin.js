// begin.js — a contact that we begin: with keys alone, from a page that is closed, and by a finger.

/** Needs what run.js tests with. */
export function testBegin({ test, check, becomes, holds, page, gestand, mail }) {
  const press = (keys) => page().keyboard.press(keys);
  const type = (words) => page().keyboard.type(words);
  const title = (words) => page().getByRole('heading', { level: 1, name: words });
  const whom = () => page().getByRole('combobox', { name: 'Aan wie' });
  const mailed = (words) => mail.mails.filter((one) => one.includes(words));
  const newest = async () =>
    (await gestand.api('GET', '/cases?sort=newest&status=all&limit=1')).items[0];

  async function toList() {
    await page().goto(`${gestand.url}/desk/all`);
    await page().getByRole('region', { name: 'Lijst van zaken' }).waitFor();
  }

  test('C, an address, a subject and words: by keys alone a real mail arrives, once', async () => {
    await toList();
    await press('c');
    await title('Nieuw contact').waitFor();
    await becomes(
      () => whom().evaluate((field) => field === document.activeElement),
      'the cursor is not where one chooses to whom',
    );
    await type('nieuw@klant.test');
    await page().getByRole('option', { name: 'Schrijf aan nieuw@klant.test' }).waitFor();
    await press('Enter');
    await page()
      .getByRole('radio', { name: /nieuw@klant\.test/ })
      .waitFor();
    await press('Tab');
    await type('Nina Nieuw');
    await press('Tab');
    await press('Tab');
    await type('Uw afspraak');
    await press('Tab');
    await type('Wij komen morgen langs.');
    await holds('begin');
    await press('Control+Enter');
    await page().getByText('Gaat over 5 tellen weg.').first().waitFor();
    await title('Uw afspraak').waitFor();
    await page().getByText('Wij komen morgen langs.').first().waitFor();
    await becomes(() => mailed('Wij komen morgen langs.').length > 0, 'no mail went out');
    check(mailed('Wij komen morgen langs.').length === 1, 'it went twice');
    const [sent] = mailed('Wij komen morgen langs.');
    check(/^To: .*nieuw@klant\.test/m.test(sent), 'it went to somebody else');
    check(/^Subject: .*Uw afspraak/m.test(sent), 'it has another subject');
    // What came before it may be written down behind it.
    const { items } = await gestand.api('GET', '/cases?sort=newest&status=all&limit=20');
    const one = items.find((found) => found.title === 'Uw afspraak');
    // Which status it got is what the sender chose last.
    check(one?.person_name === 'Nina Nieuw' && !one.waiting_since, JSON.stringify(one));
  });

  test('Z takes it back, a closed tab keeps the words, and what is known of somebody is found', async () => {
    await press('Escape');
    await press('c');
    await whom().fill('Nina');
    await page()
      .getByRole('option', { name: /Nina Nieuw.*nieuw@/ })
      .click();
    await page()
      .getByRole('radio', { name: /nieuw@klant\.test/ })
      .waitFor();
    await page().getByLabel('Onderwerp').fill('Toch niet');
    await page().locator('#case textarea').fill('Dit gaat niet weg.');
    await press('Control+Enter');
    await page().getByText('Gaat over 5 tellen weg.').first().waitFor();
    await page().locator('#case textarea').blur();
    await press('z');
    await becomes(
      async () => (await page().locator('#case textarea').inputValue()) === 'Dit gaat niet weg.',
      'the words did not come back',
    );
    await page().reload();
    check((await page().getByLabel('Onderwerp').inputValue()) === 'Toch niet', 'it is forgotten');
    check((await page().locator('#case textarea').inputValue()) !== '', 'the words are forgotten');
    check(mailed('Dit gaat niet weg.').length === 0, 'it went all the same');
  });

  test('who called is noted down, and nothing goes out', async () => {
    const before = mail.mails.length;
    await page().getByRole('radio', { name: 'Alleen notitie' }).click();
    await page().locator('#case textarea').fill('Belde over de lift.');
    await page().getByRole('button', { name: 'Plaats voor team' }).click();
    await title('Toch niet').waitFor();
    await page().getByText('Belde over de lift.').first().waitFor();
    check((await newest()).status === 'open', 'nobody has to do anything');
    check(mail.mails.length === before, 'a mail went out');
  });

  test('by a finger it is above the list, and on the page of who is written to', async () => {
    const { person_id: id } = await newest();
    await page().setViewportSize({ width: 390, height: 844 });
    await toList();
    await page().getByRole('button', { name: 'Nieuw contact' }).click();
    await title('Nieuw contact').waitFor();
    await page().goto(`${gestand.url}/desk/people/${id}`);
    await page().getByRole('button', { name: 'Schrijf', exact: true }).click();
    await page()
      .getByRole('radio', { name: /nieuw@klant\.test/ })
      .waitFor();
    check((await whom().inputValue()) === 'Nina Nieuw', 'it is to somebody else');
    await page().setViewportSize({ width: 1440, height: 900 });
  });

  test('what is written to one stays aside, whole, while another is written to', async () => {
    const words = () => page().locator('#case textarea');
    check(!page().url().includes('person'), 'a reload would choose that one again');
    await words().fill('Dit is voor Nina.');
    const { items } = await gestand.api('GET', '/cases?sort=newest&status=all&limit=50');
    const other = items.find((one) => one.person_id && one.person_name !== 'Nina Nieuw');
    await page().goto(`${gestand.url}/desk/people/${other.person_id}`);
    await page().getByRole('button', { name: 'Schrijf', exact: true }).click();
    await becomes(
      async () => (await whom().inputValue()) === other.person_name,
      'it is to who was written to before',
    );
    check((await words().inputValue()) === '', 'it says what is for Nina');
    await page().getByText('Opzij gelegd, aan Nina Nieuw').waitFor();
    await page().getByRole('button', { name: 'Verder schrijven' }).click();
    await becomes(
      async () => (await words().inputValue()) === 'Dit is voor Nina.',
      'the words did not come back',
    );
    check((await whom().inputValue()) === 'Nina Nieuw', 'they are to somebody else');
    await words().fill('');
  });
}

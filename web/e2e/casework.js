// casework.js — the open case: moods, failed messages, the fold, files, the customer's cards.

const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFElEQVR4nGP8z8DAwMDAxAADCBYAHRkCAeulZs0AAAAASUVORK5CYII=';
const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n');

/** Needs what run.js tests with; `page` is known only once it runs. */
export function testCasework({ test, check, becomes, holds, page, gestand, mail, rows }) {
  const timeline = () => page().getByRole('region', { name: 'Tijdlijn, alle kanalen' });
  const heading = (name) => page().getByRole('heading', { name, level: 1 });

  async function open(name, title) {
    await page().goto(`${gestand.url}/desk/all`);
    await rows().filter({ hasText: name }).click();
    await heading(title).waitFor();
  }

  test('the mood of a message is said, corrected with one click, and taken back', async () => {
    await gestand.receive({
      from: 'Tineke Boersma',
      address: 'tineke@boersma.test',
      subject: 'Weer niemand',
      text: 'Dit is schandalig. Ik ben woedend: voor de derde keer komt er niemand opdagen!',
      minutesAgo: 9,
    });
    await open('Tineke Boersma', 'Weer niemand');
    const mood = timeline().getByRole('button', { name: /Verbeter/ });
    check(/^boos/.test(await mood.getAttribute('aria-label')), 'anger is not said');
    await mood.click();
    const menu = page().getByRole('menu');
    await menu.getByText(/^Stemming, door: /).waitFor();
    await menu.getByRole('menuitem', { name: 'bezorgd' }).click();
    await timeline()
      .getByRole('button', { name: /^bezorgd.*Verbeter/ })
      .waitFor();
    const [one] = (await gestand.api('GET', '/corrections')).items;
    check(one.value === 'worry' && one.was === 'anger', JSON.stringify(one));
    await page()
      .getByText(/^Verbeterd: bezorgd/)
      .waitFor();
    await page().keyboard.press('z');
    await timeline()
      .getByRole('button', { name: /^boos.*Verbeter/ })
      .waitFor();
    check((await gestand.api('GET', '/corrections')).items.length === 0, 'it was not taken back');
    await holds('mood');
  });

  test('a message that does not arrive says why, and goes out again from where it stands', async () => {
    const address = 'vol@postvak.test';
    mail.refused.add(address);
    gestand.deliver({
      from: 'Wim Vol',
      address,
      subject: 'Waar blijft mijn brief',
      text: 'Ik wacht nog op uw brief. Wanneer komt die?',
    });
    await page().goto(`${gestand.url}/desk/all`);
    await open('Wim Vol', 'Waar blijft mijn brief');
    await page().keyboard.press('r');
    await page().keyboard.type('Dag Wim, de brief is vandaag op de post.');
    await page().keyboard.press('Control+Enter');
    const failed = timeline().getByRole('article').filter({ hasText: 'vandaag op de post' });
    await failed.getByText('postvak vol').waitFor();
    await failed.getByText('kwam niet aan', { exact: true }).waitFor();
    await holds('undelivered');
    const before = mail.mails.length;
    mail.refused.clear();
    await failed.getByRole('button', { name: 'Verstuur opnieuw' }).click();
    await becomes(() => mail.mails.length === before + 1, 'it did not go out again');
    await failed.getByText('verstuurd', { exact: true }).waitFor();
  });

  test('what was answered long ago is one line, and opens without moving what one reads', async () => {
    const from = { from: 'Piet Lang', address: 'piet@lang.test', subject: 'Lang verhaal' };
    for (let i = 1; i <= 20; i++)
      await gestand.receive({
        ...from,
        id: `lang-${i}`,
        text: `Bericht nummer ${i}.`,
        minutesAgo: 60 - i,
      });
    const [one] = (await gestand.api('GET', '/cases?status=all&q=nummer&limit=1')).items;
    await gestand.api('POST', `/cases/${one.id}/messages`, { text: 'Dank, ik zoek het uit.' });
    await open('Piet Lang', 'Lang verhaal');
    await timeline().getByText('Dank, ik zoek het uit.').waitFor();
    await timeline().getByRole('button', { name: '9 oudere berichten' }).waitFor();
    check((await timeline().getByRole('article').count()) === 12, 'more than twelve are drawn');
    check(!(await timeline().getByText('Bericht nummer 9.').isVisible()), 'an old one is drawn');
    await holds('fold');
    await timeline().getByRole('button', { name: '9 oudere berichten' }).click();
    await timeline().getByText('Bericht nummer 1.').waitFor();
    check((await timeline().getByRole('article').count()) === 21, 'not all are there');
    const line = timeline().getByRole('button', { name: /Bericht nummer 3\./ });
    await line.click();
    await line.waitFor({ state: 'detached' });
  });

  test('a picture is seen in the timeline, and a PDF opens beside the desk', async () => {
    const files = [
      { name: 'lekkage.png', type: 'image/png', data: PNG },
      { name: 'huurcontract.pdf', type: 'application/pdf', data: PDF.toString('base64') },
      { name: 'meterstanden.csv', type: 'text/csv', data: 'MTsyCg==' },
    ];
    const from = { from: 'Sanne Bak', address: 'sanne@bak.test', subject: 'Lekkage' };
    await gestand.receive({ ...from, text: 'Zie de foto.', minutesAgo: 3, files });
    await open('Sanne Bak', 'Lekkage');
    const picture = timeline().getByRole('img', { name: 'Voorbeeld van lekkage.png' });
    await picture.waitFor();
    await becomesOf(() => picture.evaluate((img) => img.naturalWidth === 2), 'no picture is seen');
    const pdf = timeline().getByRole('link', { name: /huurcontract\.pdf/ });
    const address = new URL(await pdf.getAttribute('href'), gestand.url).href;
    const headers = (await page().request.get(address)).headers();
    check(headers['content-disposition'].startsWith('inline'), headers['content-disposition']);
    check((await pdf.getAttribute('download')) === null, 'the PDF is saved, not opened');
    const csv = timeline().getByRole('link', { name: /meterstanden\.csv/ });
    check((await csv.getAttribute('download')) === 'meterstanden.csv', 'a CSV is opened');
    await holds('files');
  });

  async function becomesOf(isSo, what) {
    for (let i = 0; !(await isSo()); i++) {
      check(i < 100, what);
      await new Promise((done) => setTimeout(done, 50));
    }
  }

  test("the customer's cards are put into one's own order by the keyboard, and stay so", async () => {
    await open('Tineke Boersma', 'Weer niemand');
    const aside = page().getByRole('complementary', { name: 'Klant' });
    const cards = () => aside.getByRole('heading', { level: 3 }).allTextContents();
    await aside.getByRole('heading', { name: 'Stemming' }).waitFor();
    check((await cards())[0] === 'Toezeggingen', String(await cards()));
    await aside.getByRole('button', { name: 'Orden de kaarten' }).click();
    await holds('cards');
    // On the way through the sizes of a phone the pane was away.
    await aside.getByRole('button', { name: 'Orden de kaarten' }).click();
    await aside.getByRole('button', { name: 'Adressen omhoog' }).focus();
    for (let i = 0; i < 10; i++) await page().keyboard.press('ArrowUp');
    await becomesOf(async () => {
      const { settings } = await page().evaluate(() =>
        fetch('/api/v1/me/preferences').then((answer) => answer.json()),
      );
      return settings.cards?.startsWith('addresses');
    }, 'the order is not kept');
    await aside.getByRole('button', { name: 'Orden de kaarten' }).click();
    check((await cards())[0] === 'Adressen', String(await cards()));
    await page().reload();
    await aside.getByRole('heading', { name: 'Adressen' }).waitFor();
    check((await cards())[0] === 'Adressen', String(await cards()));
    await aside.getByRole('button', { name: 'Orden de kaarten' }).click();
    await aside.getByRole('button', { name: 'Adressen omlaag' }).click();
    check(
      (await aside.getByRole('listitem').allTextContents())[1].trim() === 'Adressen',
      'no button',
    );
    await aside.getByRole('listitem').first().dragTo(aside.getByRole('listitem').nth(3));
    check(
      (await aside.getByRole('listitem').allTextContents())[3].trim() === 'Toezeggingen',
      'no drag',
    );
    await aside.getByRole('button', { name: 'Orden de kaarten' }).click();
  });

  test('a case that was open before is there at once, with what happened since', async () => {
    await open('Piet Lang', 'Lang verhaal');
    await rows().filter({ hasText: 'Sanne Bak' }).click();
    await heading('Lekkage').waitFor();
    let held = null;
    await page().route('**/api/v1/cases/*', (route) => (held = route));
    await rows().filter({ hasText: 'Piet Lang' }).click();
    await heading('Lang verhaal').waitFor();
    await timeline().getByText('Dank, ik zoek het uit.').waitFor();
    await held.continue();
    await page().unroute('**/api/v1/cases/*');
    const [one] = (await gestand.api('GET', '/cases?status=all&q=foto&limit=1')).items;
    await gestand.api('POST', `/cases/${one.id}/notes`, { text: 'Loodgieter gebeld.' });
    await rows().filter({ hasText: 'Sanne Bak' }).click();
    await timeline().getByText('Loodgieter gebeld.').waitFor();
  });
}

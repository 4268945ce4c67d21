// uploads.js — files on their way: cut off, left behind, and there all the same.

/** Needs what run.js tests with; `page` is known only once it runs. */
export function testUploads({ test, check, becomes, page, gestand, mail }) {
  const area = () => page().locator('#case textarea');
  const coming = () => page().getByRole('list', { name: 'Bijlagen' });
  const isMailed = (words) => mail.mails.some((one) => one.includes(words));
  const pick = (name, size) =>
    page()
      .locator('input[type=file]')
      .setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.alloc(size, 'k') });
  let back;

  /** The pieces of files stop in the middle until the returned function. */
  async function stall() {
    let release;
    let n = 0;
    const held = new Promise((go) => (release = go));
    await page().route('**/api/v1/files/*', async (route) => {
      if (route.request().method() === 'PATCH' && ++n > 1) await held;
      await route.continue().catch(() => {});
    });
    return async () => {
      release();
      await page().unroute('**/api/v1/files/*');
    };
  }

  test('a file that a cut line stopped goes on by itself, and the answer with it', async () => {
    await gestand.deliver({
      from: 'Ine Bijlage',
      address: 'ine@bijlage.test',
      subject: 'Stuurt u de plattegrond',
      text: 'Kunt u mij de plattegrond sturen?',
    });
    await page().goto(`${gestand.url}/desk/all`);
    await page()
      .getByRole('link', { name: /plattegrond/ })
      .click();
    await area().fill('Hier is de plattegrond.');
    back = page().url();
    const release = await stall();
    await pick('plattegrond.txt', 1_500_000);
    await coming().getByText('35').waitFor();
    await area().press('Control+Enter');
    await page().getByText('Gaat weg zodra de bijlagen er zijn').waitFor();
    await page().context().setOffline(true);
    await release();
    await coming().getByText('gaat vanzelf verder').waitFor();
    check(!isMailed('Hier is de plattegrond.'), 'it went without its file');
    await page().context().setOffline(false);
    await becomes(() => isMailed('Hier is de plattegrond.'), 'it never went');
    const at = mail.mails.findIndex((one) => one.includes('Hier is de plattegrond.'));
    check(mail.mails[at].includes('plattegrond.txt'), 'it went without its file');
  });

  test('who leaves a case and comes back finds the file on its way, and what waits for it', async () => {
    const release = await stall();
    await area().fill('En hier de meterkast.');
    await pick('meterkast.txt', 1_500_000);
    await coming().getByText('35').waitFor();
    await area().press('Control+Enter');
    await page().getByRole('link', { name: 'Instellingen' }).click();
    await page().getByRole('heading', { name: 'Profiel', level: 1 }).waitFor();
    await page().goBack();
    await coming().getByText('meterkast.txt').waitFor();
    await page().getByText('Gaat weg zodra de bijlagen er zijn').waitFor();
    check(page().url() === back, page().url());
    await area().fill('En hier de meterkast, op schaal.');
    await release();
    await becomes(() => isMailed('meterkast, op schaal'), 'it never went, or as it was before');
    const at = mail.mails.findIndex((one) => one.includes('meterkast, op schaal'));
    check(mail.mails[at].includes('meterkast.txt'), 'it went without its file');
  });
}

// pwa.js — the desk as an app: without a line, renewed, and telling its user something while closed.
import { EMAIL, Gestand, PASSWORD } from './gestand.js';
import { Proxy } from './proxy.js';
import { PushService } from './pushservice.js';

/** Has a program, a line to it and a browser session of its own; returns how they are ended. */
export function testPwa({ test, check, becomes, holds, listen, browser }) {
  const gestand = new Gestand();
  const proxy = new Proxy();
  const service = new PushService();
  let context;
  let page;
  let session;
  const heading = (name) => page.getByRole('heading', { name, level: 1 });
  const rows = () => page.getByRole('region', { name: 'Lijst van zaken' }).getByRole('link');
  const caches = () => page.evaluate(() => globalThis.caches.keys());
  /** Whether the worker has written down the case that is on the page, and who looks at it. */
  const isKept = () =>
    page.evaluate(async () => {
      const data = await globalThis.caches.open('data');
      const paths = (await data.keys()).map(({ url }) => new URL(url).pathname);
      return paths.includes('/api/v1/me') && paths.some((path) => /\/cases\/[^/]+$/.test(path));
    });

  async function login() {
    await page.getByLabel('E-mail').fill(EMAIL);
    await page.getByLabel('Wachtwoord', { exact: true }).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('navigation', { name: 'Hoofdmenu' }).waitFor();
  }
  /** As the desk calls the server. */
  function call(method, path, body) {
    return page.evaluate(
      async ({ method, path, body }) => {
        const me = await (await fetch('/api/v1/me')).json();
        const headers = { 'X-CSRF-Token': me.csrf, 'Content-Type': 'application/json' };
        const options = { method, headers, body: body && JSON.stringify(body) };
        const answer = await fetch(`/api/v1${path}`, options);
        return { status: answer.status, body: await answer.text() };
      },
      { method, path, body },
    );
  }
  /** The customer writes once more, in the case that is the user's own. */
  async function write(subject) {
    const from = { from: 'Anna Vos', address: 'anna0@voorbeeld.test', minutesAgo: 0 };
    await gestand.receive({ ...from, subject, text: `${subject}, wie komt er?` });
  }

  test('the desk can be put on a home screen, and a worker takes charge of it', async () => {
    await gestand.start(1);
    await proxy.start(gestand.url);
    await service.start();
    context = await browser().newContext({ locale: 'nl-NL', reducedMotion: 'reduce' });
    await context.grantPermissions(['notifications'], { origin: proxy.url });
    page = await context.newPage();
    page.setDefaultTimeout(30_000);
    // Without a line, when nobody is logged in, and when a draft was saved elsewhere meanwhile,
    // the browser complains of what fails.
    listen(page, /status of (401|412)|ERR_|Failed to fetch/);
    for (const [i, subject] of ['Lekkage in de gang', 'Sleutel kwijt'].entries())
      await gestand.receive({
        from: 'Anna Vos',
        address: `anna${i}@voorbeeld.test`,
        subject,
        text: `${subject}, kunt u iemand sturen?`,
        minutesAgo: 5 + i,
      });
    await page.goto(proxy.url);
    await login();
    await page.goto(`${proxy.url}/desk/all`);
    await page.waitForFunction(() => globalThis.navigator.serviceWorker.controller !== null);
    // What was asked for before the worker took over went past it: from here on all goes by it.
    await page.reload();
    session = await context.newCDPSession(page);
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    const found = installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito');
    check(found.length === 0, JSON.stringify(found));
    const manifest = await (await fetch(`${proxy.url}/manifest.webmanifest`)).json();
    for (const { src } of manifest.icons)
      check((await fetch(proxy.url + src)).ok, `${src} isn't there`);
  });

  test('without a line the list and the opened cases are read, and a draft is kept', async () => {
    await rows().filter({ hasText: 'Lekkage' }).click();
    await page.getByText('Lekkage in de gang, kunt u').last().waitFor();
    await becomes(isKept, 'the case was not kept');
    proxy.cut();
    try {
      await page.reload();
      await page.getByText('Geen verbinding. Alles').waitFor();
      await heading('Lekkage in de gang').waitFor();
      await page.getByText('Lekkage in de gang, kunt u').last().waitFor();
      await page.locator('#case textarea').fill('Morgen komt er iemand');
      await holds('pwa-offline', page);
      await rows().filter({ hasText: 'Sleutel kwijt' }).click();
      await heading('Sleutel kwijt').or(heading('Deze zaak opent niet')).first().waitFor();
      check(
        (await page.getByText('Sleutel kwijt, kunt u').count()) <= 1,
        'it was never opened here',
      );
      await holds('pwa-offline-unread', page);
    } finally {
      proxy.isDown = false;
    }
    await page.goBack();
    await page.reload();
    await heading('Lekkage in de gang').waitFor();
    await page.getByText('Geen verbinding. Alles').waitFor({ state: 'detached' });
    const draft = await page.locator('#case textarea').inputValue();
    check(draft === 'Morgen komt er iemand', draft);
  });

  test('a new version is there at the next load, whatever the worker kept', async () => {
    proxy.renew = (html) => html.replace('<body', '<body data-version="next"');
    await page.reload();
    await page.locator('body[data-version="next"]').waitFor();
    proxy.renew = (html) => html;
    await page.reload();
    await page.locator('body:not([data-version])').waitFor();
    const shells = (await caches()).filter((name) => name.startsWith('shell-'));
    check(shells.length === 1, shells.join(' '));
  });

  test('what a customer writes is told to a device, sealed and signed, and without a word of it', async () => {
    const { key } = JSON.parse((await call('GET', '/me/push-key')).body);
    const notify = { notify_assigned: true, notify_answered: true, notify_mentioned: true };
    const device = { name: 'Proef', language: 'nl', ...service.subscription, ...notify };
    const { status, body } = await call('PUT', '/me/devices', device);
    check(status === 200, body);
    const [one] = (await gestand.api('GET', '/cases?status=all&q=Lekkage')).items;
    const { user } = await gestand.api('GET', '/me');
    const taker = { assignee_id: user.id };
    await gestand.api('PATCH', `/cases/${one.id}`, taker, { 'If-Match': '*' });
    check(service.notices.length === 0, 'one was told what one did oneself');
    await write('Nog steeds nat');
    await becomes(() => service.notices.length === 1, 'nothing was told');
    const [notice] = service.notices;
    check(notice.by === key, 'it was not signed with our key');
    check(notice.kind === 'answered' && notice.reference === one.reference, notice.text);
    check(!/Lekkage|nat|Anna/.test(notice.text), notice.text);
    const { ttl, urgency } = notice.headers;
    check(ttl === '14400' && urgency === 'high', `${ttl}, ${urgency}`);
  });

  test('the worker shows it in the language of its user, and a click opens the case', async () => {
    const { kind, reference, text } = service.notices[0];
    const registrations = new Promise((done) =>
      session.on('ServiceWorker.workerRegistrationUpdated', (event) => {
        if (event.registrations.length > 0) done(event.registrations);
      }),
    );
    await session.send('ServiceWorker.enable');
    const [{ registrationId }] = await registrations;
    const message = { origin: proxy.url, registrationId, data: text };
    await session.send('ServiceWorker.deliverPushMessage', message);
    let shown;
    await becomes(async () => {
      shown = await page.evaluate(async () => {
        const registration = await globalThis.navigator.serviceWorker.ready;
        const [one] = await registration.getNotifications();
        return one && { title: one.title, body: one.body, tag: one.tag };
      });
      return shown;
    }, 'nothing is shown');
    const { title, body, tag } = shown;
    check(
      title === 'Gestand' && body === `De klant schreef in zaak ${reference}`,
      `${title}: ${body}`,
    );
    check(tag === `${kind} ${reference}`, tag);
  });

  test('this device has a page in the settings', async () => {
    await page.goto(`${proxy.url}/desk/settings/device`);
    await heading('Dit apparaat').waitFor();
    await page.getByText('Proef').first().waitFor();
    await holds('settings-device', page);
  });

  test('a device that its push service no longer knows is forgotten', async () => {
    service.status = 410;
    await write('Het wordt erger');
    await becomes(() => service.notices.length === 2, 'nothing was told');
    await page.reload();
    await page.getByRole('heading', { name: 'Nergens' }).waitFor();
  });

  test('who logs out leaves nothing behind that could be read without a line', async () => {
    check((await caches()).includes('data'), 'nothing was kept');
    await page.evaluate(() => (globalThis.isSamePage = true));
    await page.getByRole('button', { name: 'Noor Verhagen' }).click();
    await page.getByRole('menuitem', { name: 'Log uit' }).click();
    await page.waitForFunction(() => !globalThis.isSamePage);
    await page.getByLabel('E-mail').waitFor();
    check(!(await caches()).includes('data'), 'something was left');
    proxy.cut();
    await page.goto(`${proxy.url}/desk/all`);
    await page.getByLabel('E-mail').waitFor();
    check((await page.getByText('Lekkage').count()) === 0, 'somebody else can read it');
    await context.close();
  });

  return async () => {
    proxy.stop();
    service.stop();
    await gestand.stop();
  };
}

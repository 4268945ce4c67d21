// mailhtml.js — mail as it was laid out, in its frame: shown, and kept from doing anything.
import { createServer } from 'node:http';
import { once } from 'node:events';

const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** Everything that a mail was ever seen to try; `far` is a server that must hear nothing of it. */
function hostileMail(far) {
  return `<html><head><base href="${far}/base/"><meta http-equiv="refresh" content="0;url=${far}/refresh">
<link rel="stylesheet" href="${far}/link.css"><link rel="prefetch" href="${far}/prefetch">
<style>@import "${far}/import.css"; @font-face{font-family:f;src:url(${far}/font)}
body{background:u\\72l(${far}/escaped.png)} h1{font-family:f;background:url("${far}/style.png")}</style></head>
<body onload="top.hacked=1" background="${far}/body.png">
<h1 style="background-image:image-set('${far}/set.png' 1x)">Nieuwsbrief oktober</h1>
<script>top.hacked=2;new Image().src='${far}/script'</script>
<img src="${far}/photo.png" width="300" height="80" alt="Ons nieuwe kantoor" onerror="top.hacked=3">
<img src="${far}/pixel.gif" width="1" height="1"><img src="nothing" onerror="top.hacked=4">
<img src="cid:logo@mail" width="40" height="40" alt="Logo"><video src="${far}/video" poster="${far}/poster"></video>
<svg onload="top.hacked=5"><image href="${far}/svg.png"/><script>top.hacked=6</script></svg>
<iframe src="${far}/frame"></iframe><iframe srcdoc="<script>top.hacked=7</script>"></iframe>
<object data="${far}/object"></object><embed src="${far}/embed"><input autofocus onfocus="top.hacked=8">
<form action="${far}/form"><button>Bevestig</button></form>
<table border="1"><tr><td>Huur</td><td>612,40</td></tr><tr><td>Service</td><td>48,10</td></tr></table>
<p><a href="javascript:top.hacked=9">Klik hier</a> <a href="${far}/page" target="_top">Lees verder</a></p>
</body></html>`;
}

function withLogo(html) {
  return {
    type: 'multipart/related; boundary="b"',
    text: [
      '--b',
      'Content-Type: text/html; charset=utf-8',
      '',
      html,
      '--b',
      'Content-Type: image/png; name="logo.png"',
      'Content-Transfer-Encoding: base64',
      'Content-ID: <logo@mail>',
      'Content-Disposition: inline; filename="logo.png"',
      '',
      PIXEL,
      '--b--',
    ].join('\r\n'),
  };
}

const BOTH = {
  type: 'multipart/alternative; boundary="b"',
  text: [
    '--b',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Mag ik de sleutel morgen ophalen?',
    '--b',
    'Content-Type: text/html; charset=utf-8',
    '',
    '<p>Mag ik de <b>sleutel</b> morgen ophalen?</p>',
    '--b--',
  ].join('\r\n'),
};

/** The steps, for run.js: its test, check, becomes and holds, the page and the program. */
export function testMailHtml({ test, check, becomes, holds, page, gestand }) {
  const heard = [];
  const askers = new Set();
  const server = createServer((request, response) => {
    heard.push(request.url);
    askers.add(request.headers['user-agent'] ?? '');
    response.setHeader('Content-Type', 'image/png');
    response.end(Buffer.from(PIXEL, 'base64'));
  });
  let far;

  const frame = () => page().frameLocator('iframe');
  /** All that the frame asked for has come, or failed. */
  const isLoaded = () => page().locator('iframe[aria-busy="false"]').waitFor();
  const open = async (subject) => {
    const link = page().getByRole('link', { name: subject }).first();
    // A list that was read before the mail came in shows it when it's read again.
    await becomes(async () => {
      await page().goto(`${gestand.url}/desk/all`);
      return link.waitFor({ timeout: 3000 }).then(
        () => true,
        () => false,
      );
    }, `${subject} is in no list`);
    await link.click();
    await page().getByRole('heading', { name: subject, level: 1 }).waitFor();
  };

  test('a hostile mail is shown as it was laid out, runs nothing and asks nobody for anything', async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    server.unref();
    far = `http://127.0.0.1:${server.address().port}`;
    gestand.deliver({
      from: 'Woonnieuws',
      address: 'nieuws@far.test',
      subject: 'Nieuwsbrief oktober',
      ...withLogo(hostileMail(far)),
    });
    const asked = [];
    const cdp = await page().context().newCDPSession(page());
    await cdp.send('Network.enable');
    cdp.on('Network.requestWillBeSent', ({ request }) => asked.push(request.url));
    await open('Nieuwsbrief oktober');
    await frame().getByRole('heading', { name: 'Nieuwsbrief oktober' }).waitFor();
    await frame().getByText('612,40').waitFor();
    await isLoaded();
    await cdp.detach();
    const outside = asked.filter((url) => !url.startsWith(gestand.url) && !url.startsWith('data:'));
    check(outside.length === 0 && heard.length === 0, `asked: ${[...outside, ...heard].join(' ')}`);
    const own = asked.filter((url) => url.includes('/files/'));
    check(own.length === 1, `the picture of the mail itself: ${own.join(' ')}`);
    check((await page().evaluate(() => globalThis.hacked)) === undefined, 'a script ran');
    const harmful = await frame()
      .locator('script, form, iframe, svg, object, embed, link, base')
      .count();
    check(harmful === 0, 'something harmful is in the page');
  });

  test('the frame is as high as its mail, also on a phone, and the page is well-made', async () => {
    for (const width of [1440, 390]) {
      await page().setViewportSize({ width, height: 900 });
      await becomes(
        () =>
          page().evaluate(() => {
            const one = document.querySelector('iframe');
            const inside = one.contentDocument.documentElement;
            return one.clientHeight > 200 && inside.scrollHeight <= one.clientHeight;
          }),
        `the frame does not fit at ${width}`,
      );
    }
    await holds('mail-frame');
  });

  test('a link of a mail says where it leads, and opens a window that knows nothing of ours', async () => {
    const link = frame().getByRole('link', { name: 'Lees verder' });
    check((await link.getAttribute('title')) === `${far}/page`, 'it does not say where it leads');
    const [opened] = await Promise.all([page().context().waitForEvent('page'), link.click()]);
    await opened.waitForLoadState();
    check((await opened.evaluate(() => globalThis.opener)) === null, 'it knows who opened it');
    check((await opened.evaluate(() => document.referrer)) === '', 'it knows where it came from');
    await opened.close();
    heard.length = 0;
    askers.clear();
  });

  test('a key pressed in the frame is one of the desk', async () => {
    await frame().getByText('612,40').click();
    await page().keyboard.press('?');
    await page().getByRole('dialog', { name: 'Toetsen' }).waitFor();
    await page().keyboard.press('Escape');
    await page().getByRole('dialog').waitFor({ state: 'detached' });
  });

  test('pictures of other servers come when they are asked for, and pixels never', async () => {
    await page().getByText('afbeeldingen van elders niet opgehaald').waitFor();
    await page().getByRole('button', { name: 'Toon afbeeldingen' }).click();
    await becomes(() => heard.some((path) => path.endsWith('/photo.png')), 'no picture came');
    await page().getByRole('button', { name: 'Toon afbeeldingen' }).waitFor({ state: 'detached' });
    await frame().getByRole('img', { name: 'Ons nieuwe kantoor' }).waitFor();
    await isLoaded();
    const wrong = heard.filter((path) => /pixel|script|import|font|video|frame|base/.test(path));
    const others = [...askers].filter((agent) => !agent.startsWith('Gestand/'));
    check(others.length === 0, `somebody else than our server asked: ${others.join(' ')}`);
    check(wrong.length === 0, `asked too much: ${wrong.join(' ')}`);
    check((await page().evaluate(() => globalThis.hacked)) === undefined, 'a script ran');
  });

  test('the palette shows them, as long as there are any that are withheld', async () => {
    await page().getByRole('button', { name: 'Toon als tekst' }).click();
    await page().getByRole('button', { name: 'Toon opgemaakt' }).click();
    const shown = page().getByRole('button', { name: 'Toon afbeeldingen' });
    await shown.waitFor();
    const palette = page().getByRole('dialog', { name: 'Zoek of doe' });
    const line = palette.getByRole('option', { name: /^Toon afbeeldingen/ });
    await page().keyboard.press('Control+k');
    await page().keyboard.type('toon afb');
    await line.and(palette.locator('[aria-selected=true]')).waitFor();
    await page().keyboard.press('Enter');
    await shown.waitFor({ state: 'detached' });
    await page().keyboard.press('Control+k');
    await page().keyboard.type('toon afb');
    await palette.getByText('Zoek overal naar toon afb').waitFor();
    check((await line.count()) === 0, 'what is shown is offered');
    await page().keyboard.press('Escape');
    await palette.waitFor({ state: 'detached' });
  });

  test('a mail is shown as text and as it was laid out, whichever one wants', async () => {
    await page().getByRole('button', { name: 'Toon als tekst' }).click();
    await page().locator('iframe').waitFor({ state: 'detached' });
    await page().locator('article').getByText('Huur | 612,40').waitFor();
    gestand.deliver({
      from: 'Bea Prins',
      address: 'bea@prins.test',
      subject: 'Sleutel ophalen',
      ...BOTH,
    });
    await open('Sleutel ophalen');
    await page().locator('article').getByText('Mag ik de sleutel morgen ophalen?').waitFor();
    check((await page().locator('iframe').count()) === 0, 'a text that is good stays a text');
    await page().getByRole('button', { name: 'Toon opgemaakt' }).click();
    await frame().locator('b', { hasText: 'sleutel' }).waitFor();
    await page().getByRole('button', { name: 'Toon als tekst' }).waitFor();
  });
}

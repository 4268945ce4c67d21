// mail.js — a mail server that takes everything and keeps it, but what is for an address that it
// refuses: what the desk's answers arrive at.
import { once } from 'node:events';
import { createServer } from 'node:net';

export async function startMailServer() {
  const mails = [];
  /** To whom each of them was handed in, in the same order. */
  const recipients = [];
  const refused = new Set();
  const server = createServer((socket) => converse(socket, { mails, recipients, refused }));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: server.address().port, mails, recipients, refused, stop: () => server.close() };
}

function converse(socket, { mails, recipients, refused }) {
  let rest = '';
  let to = [];
  let data = null;
  const say = (line) => socket.write(`${line}\r\n`);
  const command = (line) => {
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === 'RCPT' && [...refused].some((address) => line.includes(`<${address}>`))) {
      say('550 5.2.2 postvak vol');
    } else if (verb === 'DATA') {
      data = [];
      say('354 go ahead');
    } else if (verb === 'QUIT') {
      say('221 bye');
      socket.end();
    } else {
      if (verb === 'MAIL') to = [];
      if (verb === 'RCPT') to.push(line.match(/<(.*)>/)[1]);
      say('250 fine');
    }
  };
  const take = (line) => {
    if (data === null) return command(line);
    if (line !== '.') return data.push(line.replace(/^\./, ''));
    mails.push(data.join('\n'));
    recipients.push(to);
    data = null;
    say('250 taken');
  };
  socket.setEncoding('utf8');
  socket.on('error', () => {});
  socket.on('data', (piece) => {
    const lines = (rest + piece).split('\r\n');
    rest = lines.pop();
    lines.forEach(take);
  });
  say('220 sink');
}

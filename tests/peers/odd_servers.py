"""Servers that behave badly in one way each, which no real server can be made to do on demand."""

import collections
import re
import socketserver
import threading


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


def _listen(handler):
    server = _Server(('127.0.0.1', 0), handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    return server


class _Lines(socketserver.StreamRequestHandler):
    def say(self, line):
        self.wfile.write(line.encode() + b'\r\n')

    def handle(self):
        try:
            self.talk()
        except OSError:
            pass


def odd_imap():
    """An IMAP server whose manner is chosen by the user's name; a server with .server_address."""

    counted = collections.Counter()  # of all connections

    class Handler(_Lines):
        manner = 'polite'
        folder = ''

        def talk(self):
            self.say('* OK ready')
            while line := self.rfile.readline().decode(errors='replace').strip():
                tag, _, command = line.partition(' ')
                word = command.split(' ')[0].upper()
                if self.answer(tag, word, command) == 'end':
                    return

        def answer(self, tag, word, command):
            if word == 'LOGIN':
                self.manner = command.split(' ')[1].strip('"')
                if self.manner == 'unavailable':
                    return self.say(f'{tag} NO [UNAVAILABLE] try again later')
                return self.say(f'{tag} OK in')
            if word == 'CAPABILITY':
                if tag.startswith('G') and self.misbehave(tag):
                    return 'end'
                self.say('* CAPABILITY IMAP4rev1')
            if word == 'SELECT':
                self.folder = command.split(' ')[1].strip('"')
                counted['renumbers'] += self.manner == 'renumbers'
                self.say('* 3 EXISTS')
                self.say(f'* OK [UIDVALIDITY {counted["renumbers"] or 1}] ok')
            answered = self.answer_fetch(tag, command)
            if answered:
                return answered
            if word == 'NOOP' and self.manner == 'polite':
                self.say('* 4 EXISTS')
            if word == 'LOGOUT':
                self.say('* BYE')
            return self.say(f'{tag} OK done')

        def answer_fetch(self, tag, command):
            """Three messages in each folder, of which the second may be lost."""
            places = re.match(r'FETCH (\d+):(\d+) \(UID\)', command)
            one = re.match(r'UID FETCH (\d+) ', command)
            if places:
                for n in range(int(places[1]), min(int(places[2]), 3) + 1):
                    self.say(f'* {n} FETCH (UID {n})')
                return self.say(f'{tag} OK done') or True
            if not one:
                return False
            if one[1] == '2' and self.is_lost():
                return self.say(f'{tag} NO [CORRUPTION] it is lost') or True
            if one[1] == '2' and self.manner == 'drops-one':
                return 'end'
            if one[1] == '2' and self.manner == 'garbles-one':
                return self.say('* 2 FETCH (((') or True
            raw = (f'From: jan@klant.test\r\nSubject: Vraag {one[1]}\r\n'
                   f'Message-ID: <odd-{one[1]}-{self.folder}@klant.test>\r\n\r\nHallo\r\n')
            self.say(f'* {one[1]} FETCH (UID {one[1]} FLAGS () RFC822.SIZE {len(raw)} '
                     f'BODY[]<0> {{{len(raw)}}}\r\n{raw})')
            return self.say(f'{tag} OK done') or True

        def is_lost(self):
            counted[self.manner] += self.manner == 'loses-for-a-while'
            return (self.manner == 'loses-one' and self.folder == 'INBOX'
                    or self.manner == 'loses-for-a-while' and counted[self.manner] <= 3
                    or self.manner == 'renumbers' and counted[self.manner] == 1)

        def misbehave(self, tag):
            """True: the connection ends."""
            lines = {
                'huge-literal': '* X {9999999999}',
                'nonsense': '*',
                'says-bye': '* BYE maintenance',
                'other-tag': 'Z9 OK done',
            }
            if self.manner == 'endless-line':
                for _ in range(1000):
                    self.wfile.write(b'* X ' + b'x' * 10000)
            elif self.manner in lines:
                self.say(lines[self.manner])
            return self.manner == 'hangs-up'

    return _listen(Handler)


def odd_smtp(manner):
    """An SMTP server without TLS. `manner`: 'plain' (takes everything), 'breaks_after_dot',
    'breaks_at_rcpt', 'later_after_dot', 'refuses_after_dot'; or it lets nobody in: 'hangs_up',
    'is_busy', 'lists_us'."""

    class Handler(_Lines):
        def talk(self):
            if manner == 'hangs_up':
                return
            self.say({'is_busy': '421 too many of you', 'lists_us': '554 you are on a list',
                      }.get(manner, '220 odd'))
            while line := self.rfile.readline():
                word = line[:4].upper()
                if word == b'RCPT' and manner == 'breaks_at_rcpt':
                    return
                if word == b'DATA':
                    self.say('354 go on')
                    while self.rfile.readline() not in (b'.\r\n', b''):
                        pass
                    if manner == 'breaks_after_dot':
                        return
                    self.say({'later_after_dot': '452 4.3.1 the queue is full',
                              'refuses_after_dot': '554 5.7.1 this looks like spam',
                              }.get(manner, '250 2.0.0 mine now'))
                elif word == b'QUIT':
                    return self.say('221 bye')
                else:
                    self.say('250 ok')

    return _listen(Handler)

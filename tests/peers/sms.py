"""Kannel as a company runs it, with an operator behind it (SMPP 3.4) and Kannel's own fakesmsc.

The operator is ours: it keeps what it is handed, joins the parts, sends what a telephone would,
and reports as it is told to.
"""

import os
import shutil
import socket
import socketserver
import struct
import threading
import time

from processes import Process, free_port, give, wait_for_port, wait_until

BEARERBOX, SMSBOX = '/usr/sbin/bearerbox', '/usr/sbin/smsbox'
FAKESMSC = '/usr/lib/kannel/test/fakesmsc'
OUR_NUMBER, USER, PASSWORD = '1008', 'gestand', 'geheim'

SUBMIT, DELIVER, UNBIND, BIND, ENQUIRE = 0x4, 0x5, 0x6, 0x9, 0x15
ANSWER = 0x80000000
HAS_HEADER, IS_RECEIPT = 0x40, 0x04
LATIN_9, UCS_2 = 0, 8


def is_installed():
    return all(os.path.exists(path) for path in (BEARERBOX, SMSBOX, FAKESMSC))


class Submitted:
    """One part of an SMS as Kannel handed it over."""

    def __init__(self, body):
        at = 0

        def text():
            nonlocal at
            end = body.index(0, at)
            value, at = body[at:end].decode(), end + 1
            return value

        text()  # service type
        at += 2
        self.sender = text()
        at += 2
        self.to = text()
        self.esm_class = body[at]
        at += 3
        text(), text()  # schedule, validity
        self.wants_report = body[at] & 1
        self.coding = body[at + 2]
        length = body[at + 4]
        message = body[at + 5:at + 5 + length]
        assert len(message) == length
        self.reference, self.parts, self.part = None, 1, 1
        if self.esm_class & HAS_HEADER:
            header, message = message[:message[0] + 1], message[message[0] + 1:]
            assert header[1:3] == b'\0\3', header
            self.reference, self.parts, self.part = header[3:6]
        self.bytes = message

    @property
    def key(self):
        return self.to, self.reference


class Operator:
    """An SMSC. `report(number)`: what it says of what went there, as DELIVRD or UNDELIV; None:
    nothing."""

    def __init__(self, report=lambda number: 'DELIVRD'):
        self.report = report
        self.port = free_port()
        self.lock = threading.Lock()
        self.submitted = []  # (moment, Submitted)
        self.sequence = 0
        self.connection = None
        self.answered = set()  # sequences of what we delivered and Kannel took
        operator = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self):
                operator.serve(self.request)

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True

        self.server = Server(('127.0.0.1', self.port), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    def _write(self, connection, command, sequence, body=b''):
        connection.sendall(struct.pack('>IIII', 16 + len(body), command, 0, sequence) + body)

    def _next(self):
        with self.lock:
            self.sequence += 1
            return self.sequence

    def serve(self, connection):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        stream = connection.makefile('rb')
        while True:
            head = stream.read(16)
            if len(head) < 16:
                return
            length, command, _, sequence = struct.unpack('>IIII', head)
            body = stream.read(length - 16)
            if command == BIND:
                self._write(connection, command | ANSWER, sequence, b'operator\0')
                self.connection = connection
            elif command == SUBMIT:
                self._take(connection, sequence, Submitted(body))
            elif command == (DELIVER | ANSWER):
                self.answered.add(sequence)
            elif command in (ENQUIRE, UNBIND):
                self._write(connection, command | ANSWER, sequence)

    def _take(self, connection, sequence, one):
        with self.lock:
            self.submitted.append((time.monotonic(), one))
            name = f'm{len(self.submitted)}'
        self._write(connection, SUBMIT | ANSWER, sequence, name.encode() + b'\0')
        state = self.report(one.to)
        if one.wants_report and state:
            now = time.strftime('%y%m%d%H%M')
            words = (f'id:{name} sub:001 dlvrd:001 submit date:{now} done date:{now} stat:{state} '
                     'err:000 text:')
            self._deliver(one.to, one.sender, words.encode(), IS_RECEIPT, LATIN_9)

    def _deliver(self, sender, to, message, esm_class, coding):
        """Returns the sequence; Kannel has it once that is in `answered`."""
        sequence = self._next()
        international = 1 if sender.startswith('+') else 0
        body = (b'\0' + bytes([international, 1]) + sender.lstrip('+').encode() + b'\0' +
                bytes([0, 1]) + to.lstrip('+').encode() + b'\0' + bytes([esm_class, 0, 0]) +
                b'\0\0' + bytes([0, 0, coding, 0, len(message)]) + message)
        self._write(self.connection, DELIVER, sequence, body)
        return sequence

    def send(self, sender, text, to=OUR_NUMBER):
        """A telephone sends an SMS, in as many parts as it takes."""
        try:
            whole, coding, most = text.encode('iso-8859-15'), LATIN_9, 140
        except UnicodeEncodeError:
            whole, coding, most = text.encode('utf-16-be'), UCS_2, 140
        if len(whole) <= most:
            return [self._deliver(sender, to, whole, 0, coding)]
        size = most - 6
        parts = [whole[at:at + size] for at in range(0, len(whole), size)]
        reference = self._next() % 256
        return [self._deliver(sender, to,
                              bytes([5, 0, 3, reference, len(parts), n + 1]) + part,
                              HAS_HEADER, coding)
                for n, part in enumerate(parts)]

    def received(self, number):
        """The whole texts that went to a number, in their order."""
        with self.lock:
            parts = [one for _, one in self.submitted if one.to.lstrip('+') == number.lstrip('+')]
        texts, joined = [], {}
        for one in parts:
            whole = joined.setdefault(one.key if one.parts > 1 else id(one), {})
            whole[one.part] = one.bytes
            if len(whole) == one.parts:
                raw = b''.join(whole[n] for n in sorted(whole))
                texts.append(raw.decode('utf-16-be' if one.coding == UCS_2 else 'iso-8859-15'))
                joined.pop(one.key, None)
        return texts

    def moments(self):
        with self.lock:
            return [at for at, _ in self.submitted]


CONFIGURATION = '''
group = core
admin-port = {admin}
admin-interface = 127.0.0.1
admin-password = geheim
smsbox-port = {box}
smsbox-interface = 127.0.0.1
box-allow-ip = "127.0.0.1"
box-deny-ip = "*.*.*.*"
store-type = spool
store-location = "{folder}/spool"
dlr-storage = internal
sms-resend-freq = 1

group = smsc
smsc = fake
smsc-id = FAKE
port = {fake}
connect-allow-ip = 127.0.0.1
allowed-prefix = "555"

group = smsc
smsc = smpp
smsc-id = OPERATOR
host = 127.0.0.1
port = {operator}
transceiver-mode = true
smsc-username = kannel
smsc-password = kannel
system-type = "VMA"
reconnect-delay = 1
alt-charset = "ISO-8859-15"
denied-prefix = "555"

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = {sendsms}
sendsms-interface = 127.0.0.1
sendsms-chars = "0123456789 +-"
http-request-retry = 600
http-queue-delay = 1

group = sendsms-user
username = {user}
password = {password}
concatenation = true
max-messages = 10

group = sms-service
keyword = default
catch-all = true
max-messages = 0
concatenation = true
assume-plain-text = true
post-url = "{post_url}"
'''


class Kannel:
    def __init__(self, folder, operator):
        os.makedirs(os.path.join(folder, 'spool'), exist_ok=True)
        self.folder, self.operator = folder, operator
        self.ports = {name: free_port() for name in ('admin', 'box', 'fake', 'sendsms')}
        self.processes = []

    @property
    def send_url(self):
        return f'http://127.0.0.1:{self.ports["sendsms"]}/cgi-bin/sendsms'

    def logs(self):
        return [os.path.join(self.folder, name) for name in ('bearerbox.log', 'smsbox.log')]

    def start(self, post_url):
        """`post_url`: where it posts what comes in, as the program says."""
        path = os.path.join(self.folder, 'kannel.conf')
        with open(path, 'w') as file:
            file.write(CONFIGURATION.format(
                **self.ports, folder=self.folder, operator=self.operator.port, user=USER,
                password=PASSWORD, post_url=post_url))
        for name in (self.folder, os.path.join(self.folder, 'spool'), path):
            give(name)
        bearer, sms = self.logs()
        self._run(BEARERBOX, path, bearer, self.ports['box'])
        self._run(SMSBOX, path, sms, self.ports['sendsms'])
        wait_until(lambda: self.operator.connection, 20, 'Kannel binds to the operator')
        return self

    def _run(self, program, path, log, port):
        process = Process([program, '-v', '1', path], log, unprivileged=True, folder=self.folder)
        self.processes.append(process)
        wait_for_port(port, process)

    def telephone(self, log, *messages):
        """fakesmsc: a telephone that sends these, and prints what it gets."""
        process = Process([FAKESMSC, '-H', '127.0.0.1', '-r', str(self.ports['fake']), '-i', '0.01',
                           '-m', str(len(messages)), *messages], log)
        self.processes.append(process)
        return process

    def stop(self):
        for process in reversed(self.processes):
            process.stop(seconds=3)
        self.operator.stop()
        shutil.rmtree(os.path.join(self.folder, 'spool'), ignore_errors=True)

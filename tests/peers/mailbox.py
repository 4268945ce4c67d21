#!/usr/bin/env python3
"""mailbox.py — real mail servers for a test in another language: dovecot and exim on free ports.

The first line that it prints says where they are, as JSON. Then each line that it reads is JSON and
is answered by one: {"send": "raw mail"} comes from the customer, {"read": true} gives the customer's
mails. The end of what it reads is the end of the servers.
"""

import json
import os
import shutil
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True

import mail as mail_servers  # noqa: E402
from mail import COMPANY, CUSTOMER, Mail  # noqa: E402


def say(what):
    print(json.dumps(what), flush=True)


def read_all(mail):
    client = mail.imap(CUSTOMER)
    found = client.search(None, 'ALL')[1][0].split()
    texts = [client.fetch(number, '(RFC822)')[1][0][1] for number in found]
    client.logout()
    return [text.decode('utf-8', 'replace') for text in texts]


def main():
    if not mail_servers.is_installed():
        return say({'missing': 'dovecot and exim are not installed'})
    folder = tempfile.mkdtemp(prefix='gestand-mailbox-')
    os.chmod(folder, 0o755)
    mail = Mail(os.path.join(folder, 'mail'))
    try:
        mail.start()
        say({'address': COMPANY, 'customer': CUSTOMER, 'password': mail.passwords[COMPANY],
             'ca_file': mail.ca_file, **mail.ports})
        for line in sys.stdin:
            asked = json.loads(line)
            if 'send' in asked:
                mail.send(asked['send'].encode())
                say({})
            else:
                say(read_all(mail))
    finally:
        mail.stop()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == '__main__':
    main()

"""dovecot and exim on ports of their own: the company's mailbox and the world around it.

bedrijf.test is ours, klant.test the customer's. Everything lives below one folder and is owned
by the unprivileged user.
"""

import glob
import imaplib
import os
import shutil
import smtplib
import ssl
import time

from processes import (Process, free_port, give, run, unprivileged_group, unprivileged_name,
                       wait_for_port, wait_until)

COMPANY = 'service@bedrijf.test'
CUSTOMER = 'jan@klant.test'

DOVECOT = '''
base_dir = {folder}/run
state_dir = {folder}/state
instance_name = gestand-test
log_path = /dev/stderr
protocols = imap lmtp
listen = 127.0.0.1
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 0
mail_uid = {user}
mail_gid = {group}
mail_home = {folder}/vmail/%u
mail_location = maildir:~/Maildir
auth_mechanisms = plain login
disable_plaintext_auth = no
auth_failure_delay = 0
ssl = yes
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
imap_idle_notify_interval = 2 mins
mail_max_userip_connections = 100
default_vsz_limit = 1G
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {folder}/users
}}
userdb {{
  driver = passwd-file
  args = username_format=%u {folder}/users
  default_fields = uid={user} gid={group}
}}
namespace inbox {{
  inbox = yes
  mailbox Sent {{
    special_use = \\Sent
    auto = subscribe
  }}
  mailbox Junk {{
    special_use = \\Junk
    auto = subscribe
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {imap}
  }}
  inet_listener imaps {{
    address = 127.0.0.1
    port = {imaps}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
service auth {{
  unix_listener auth-userdb {{
    mode = 0600
  }}
}}
protocol lmtp {{
  postmaster_address = postmaster@bedrijf.test
}}
'''

# later@klant.test is always refused for now, never@klant.test for good.
EXIM = '''
exim_path = {folder}/exim
exim_user = {user}
exim_group = {group}
spool_directory = {folder}/spool
log_file_path = {folder}/exim-%slog
pid_file_path = {folder}/exim.pid
primary_hostname = mx.bedrijf.test
local_interfaces = 127.0.0.1
daemon_smtp_ports = {mx} : {submission}
domainlist local_domains = bedrijf.test : klant.test
acl_smtp_rcpt = acl_rcpt
deliver_drop_privilege
disable_ipv6 = true
dns_ipv4_lookup =
host_lookup =
rfc1413_query_timeout = 0s
tls_advertise_hosts = *
tls_certificate = {folder}/cert.pem
tls_privatekey = {folder}/key.pem
message_size_limit = 100M
bounce_return_message = true
ignore_bounce_errors_after = 1m
keep_environment =
smtp_accept_max = 100
smtp_accept_queue_per_connection = 0
queue_only = false
remote_max_parallel = 4
log_selector = +smtp_confirmation +queue_time
begin acl
acl_rcpt:
  defer message = come back later
        condition = ${{if eq{{$local_part}}{{later}}}}
  deny message = nobody has this name
       condition = ${{if eq{{$local_part}}{{never}}}}
  accept authenticated = *
  accept condition = ${{if eq{{$interface_port}}{{{mx}}}}}
         domains = +local_domains
  deny message = relay not permitted
begin routers
lmtp_in:
  driver = manualroute
  domains = +local_domains
  transport = lmtp_dovecot
  route_list = * 127.0.0.1 byname
  self = send
  no_more
reject_rest:
  driver = redirect
  allow_fail
  data = :fail: 550 no route to $domain here
begin transports
lmtp_dovecot:
  driver = smtp
  protocol = lmtp
  hosts = 127.0.0.1
  port = {lmtp}
  hosts_override
  allow_localhost
  delivery_date_add = false
  envelope_to_add = true
  return_path_add = true
begin retry
*  *  F,2m,1s; G,1h,1m,1.5
begin rewrite
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if eq{{$auth3}}{{${{extract{{1}}{{:}}{{${{lookup{{$auth2}}lsearch{{{folder}/passwd}}}}}}}}}}}}
  server_set_id = $auth2
login:
  driver = plaintext
  public_name = LOGIN
  server_prompts = Username:: : Password::
  server_condition = ${{if eq{{$auth2}}{{${{extract{{1}}{{:}}{{${{lookup{{$auth1}}lsearch{{{folder}/passwd}}}}}}}}}}}}
  server_set_id = $auth1
'''


def is_installed():
    return bool(shutil.which('dovecot', path='/usr/sbin:/usr/bin') and
                os.path.exists('/usr/sbin/exim4'))


class Mail:
    """Both servers. Addresses have the passwords that are in self.passwords."""

    def __init__(self, folder):
        self.folder = folder
        self.passwords = {COMPANY: 'geheim1', CUSTOMER: 'geheim2'}
        self.user_files_n = self.filled_n = 0
        self.dovecot = self.exim = None
        names = ('imap', 'imaps', 'lmtp', 'mx', 'submission')
        self.ports = {name: free_port() for name in names}
        for part in ('', 'run', 'state', 'vmail', 'spool'):
            os.makedirs(os.path.join(folder, part), exist_ok=True)
            give(os.path.join(folder, part))
        self._make_certificate()
        self._write('dovecot.conf', self._fill_in(DOVECOT))
        self._write('exim.conf', self._fill_in(EXIM))
        # a copy, without the setuid bit
        shutil.copyfile('/usr/sbin/exim4', self.path('exim'))
        os.chmod(self.path('exim'), 0o755)
        self._write_users()

    def path(self, name):
        return os.path.join(self.folder, name)

    @property
    def ca_file(self):
        return self.path('cert.pem')

    def _fill_in(self, text):
        return text.format(folder=self.folder, user=unprivileged_name(),
                           group=unprivileged_group(), **self.ports)

    def _write(self, name, text):
        with open(self.path(name), 'w') as file:
            file.write(text)
        give(self.path(name))

    def _make_certificate(self):
        run(['openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '30', '-subj',
             '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1', '-keyout',
             self.path('key.pem'), '-out', self.path('cert.pem')])
        give(self.path('key.pem'))
        os.chmod(self.path('cert.pem'), 0o644)

    def _write_users(self):
        self._write('users', ''.join(f'{address}:{{PLAIN}}{password}::::::\n'
                                     for address, password in self.passwords.items()))
        self._write('passwd', ''.join(f'{address}: {password}:\n'
                                      for address, password in self.passwords.items()))
        # dovecot reads the file again when its moment changes, which counts whole seconds
        self.user_files_n += 1
        moment = int(time.time()) + self.user_files_n
        os.utime(self.path('users'), (moment, moment))

    def start(self):
        self.start_dovecot()
        self.start_exim()
        return self

    def start_dovecot(self):
        self.dovecot = Process(['/usr/sbin/dovecot', '-F', '-c', self.path('dovecot.conf')],
                               self.path('dovecot.log'), unprivileged=True)
        for name in ('imap', 'imaps', 'lmtp'):
            wait_for_port(self.ports[name], self.dovecot)

    def start_exim(self):
        self.exim = Process([self.path('exim'), '-C', self.path('exim.conf'), '-bdf', '-q1m'],
                            self.path('exim.log'), unprivileged=True)
        for name in ('mx', 'submission'):
            wait_for_port(self.ports[name], self.exim)

    def stop_dovecot(self):
        if self.dovecot:
            self.dovecot.stop()
            self.dovecot = None

    def stop_exim(self):
        if self.exim:
            self.exim.stop()
            self.exim = None

    def stop(self):
        self.stop_exim()
        self.stop_dovecot()

    def logs(self):
        return [self.path(name) for name in ('dovecot.log', 'exim.log', 'exim-mainlog')]

    def add_mailbox(self, address, password):
        self.passwords[address] = password
        self._write_users()

    def change_password(self, address, password):
        self.add_mailbox(address, password)

    def deliver(self, raw, to=COMPANY, sender=CUSTOMER):
        """Straight into the mailbox: it is there on return. Several: a list of raw mails."""
        with smtplib.LMTP('127.0.0.1', self.ports['lmtp']) as lmtp:
            for one in raw if isinstance(raw, list) else [raw]:
                lmtp.sendmail(sender, [to], one)

    def send(self, raw, to=COMPANY, sender=CUSTOMER):
        """From outside through exim, as the world does."""
        with smtplib.SMTP('127.0.0.1', self.ports['mx']) as smtp:
            smtp.sendmail(sender, [to], raw)

    def submit(self, raw, to, sender):
        """As a mail client of `sender` does: with TLS and login."""
        trust = ssl.create_default_context(cafile=self.ca_file)
        with smtplib.SMTP('localhost', self.ports['submission']) as smtp:
            smtp.starttls(context=trust)
            smtp.login(sender, self.passwords[sender])
            smtp.sendmail(sender, [to], raw)

    def fill(self, raws, to=COMPANY):
        """Thousands of mails at once, as if they had come while nobody looked."""
        maildir = os.path.join(self.folder, 'vmail', to, 'Maildir')
        if not os.path.isdir(os.path.join(maildir, 'new')):
            self.imap(to).logout()  # makes the mailbox
            self._open_maildir(to)
        for raw in raws:
            self.filled_n += 1
            name = f'{int(time.time())}.M{self.filled_n:06}.filled'
            path = os.path.join(maildir, 'tmp', name)
            with open(path, 'wb') as file:
                file.write(raw)
            give(path)
            # whole at once: dovecot may be looking
            os.rename(path, os.path.join(maildir, 'new', name))

    def _open_maildir(self, address):
        folder = os.path.join(self.folder, 'vmail', address, 'Maildir')
        for part in ('', 'cur', 'new', 'tmp'):
            if not os.path.isdir(os.path.join(folder, part)):
                os.mkdir(os.path.join(folder, part))
                give(os.path.join(folder, part))

    def imap(self, address):
        """The owner of the mailbox, at his own client. Logged in; INBOX is selected."""
        client = imaplib.IMAP4('127.0.0.1', self.ports['imap'])
        client.login(address, self.passwords[address])
        client.select('INBOX')
        return client

    def inbox(self, address, folder='INBOX'):
        """All mails in a folder, as bytes, oldest first."""
        client = self.imap(address)
        try:
            client.select(folder, readonly=True)
            numbers = client.search(None, 'ALL')[1][0].split()
            return [client.fetch(number, '(BODY.PEEK[])')[1][0][1] for number in numbers]
        finally:
            client.logout()

    def remove(self, address, number):
        """The owner removes a mail, by its place in the inbox."""
        client = self.imap(address)
        client.store(str(number), '+FLAGS', r'(\Deleted)')
        client.expunge()
        client.logout()

    def wait_for_mail(self, address, n=1, seconds=15):
        """The mails of a mailbox, as soon as there are n."""
        def enough():
            mails = self.inbox(address)
            return mails if len(mails) >= n else None

        return wait_until(enough, seconds, f'{n} mails for {address}')

    def flush(self):
        """exim tries again at once what waits in its queue."""
        run([self.path('exim'), '-C', self.path('exim.conf'), '-qff'], unprivileged=True)

    def uidvalidity(self, address, folder='INBOX'):
        client = self.imap(address)
        try:
            answer = client.status(folder, '(UIDVALIDITY)')[1][0].decode()
            return int(answer.rpartition('UIDVALIDITY ')[2].rstrip(')'))
        finally:
            client.logout()

    def change_uidvalidity(self, address):
        """As after a restore or a move to another server: all UIDs are new."""
        before = self.uidvalidity(address)
        self.stop_dovecot()
        maildir = os.path.join(self.folder, 'vmail', address, 'Maildir')
        for pattern in ('dovecot*', '.dovecot*'):
            for path in glob.glob(os.path.join(maildir, pattern)):
                os.unlink(path)
        while int(time.time()) <= before:  # dovecot takes the second as the new one
            time.sleep(0.1)
        self.start_dovecot()
        after = self.uidvalidity(address)
        assert after != before, 'dovecot kept its UIDVALIDITY'
        return after

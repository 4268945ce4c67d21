"""A PostgreSQL of our own: a fresh cluster, fsync on, C.UTF-8, TCP on a port chosen at run time."""

import glob
import os
import re
import signal

from processes import Process, free_port, give, run, wait_until


def binaries():
    folders = sorted(glob.glob('/usr/lib/postgresql/*/bin'),
                     key=lambda path: int(re.search(r'/(\d+)/', path).group(1)))
    return folders[-1] if folders else None


class Postgres:
    def __init__(self, folder):
        self.folder = folder
        self.port = free_port()
        self.process = None
        self.databases_n = 0
        os.makedirs(folder, exist_ok=True)
        give(folder)
        run([f'{binaries()}/initdb', '-D', f'{folder}/data', '-U', 'gestand', '-A', 'trust',
             '-E', 'UTF8', '--locale=C.UTF-8'], unprivileged=True)

    @property
    def log(self):
        return os.path.join(self.folder, 'postgres.log')

    def start(self):
        self.process = Process(
            [f'{binaries()}/postgres', '-D', f'{self.folder}/data', '-c', f'port={self.port}',
             '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'fsync=on',
             '-c', 'max_connections=100'], self.log, unprivileged=True)

        def answers():
            if not self.process.is_running():
                with open(self.log, errors='replace') as log:
                    raise RuntimeError('postgres ended: ' + log.read()[-2000:])
            try:
                return self.psql('SELECT 1', 'postgres')
            except RuntimeError:
                return None

        wait_until(answers, 30, 'PostgreSQL answers')
        return self

    def stop(self):
        if self.process:
            self.process.stop(signal.SIGINT)  # its "fast" way: connections are cut
            self.process = None

    def kill(self):
        self.process.kill()
        self.process = None

    def psql(self, sql, database):
        """Runs one statement; its rows as text, columns parted by |."""
        return run([f'{binaries()}/psql', '-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-c',
                    sql, self.url(database)]).strip()

    def url(self, database):
        return f'postgres://gestand@127.0.0.1:{self.port}/{database}'

    def create_database(self):
        """An empty database; its URL."""
        self.databases_n += 1
        name = f'gestand{self.databases_n}'
        self.psql(f"CREATE DATABASE {name} ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0",
                  'postgres')
        return self.url(name)

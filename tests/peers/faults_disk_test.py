"""A full disk: what doesn't fit is refused in clear words, and all is well once there is room."""

import base64
import os
import subprocess
import time

from gestand import Gestand
from ledger import Books, ask_doctor
from peers import Skip, test, wait_until

MIB = 1024 * 1024


class SmallDisk:
    """A tmpfs. `ballast` is what can be taken away to make room."""

    def __init__(self, world, size):
        self.path = os.path.join(world.folder, 'disk')
        os.mkdir(self.path)
        done = subprocess.run(['mount', '-t', 'tmpfs', '-o', f'size={size},mode=755', 'tmpfs',
                               self.path], capture_output=True, text=True)
        if done.returncode != 0:
            raise Skip(f'a small disk cannot be mounted here: {done.stderr.strip()}')
        world.servers.insert(0, self)  # it goes when nothing runs on it any more

    def stop(self):
        subprocess.run(['umount', '-l', self.path], check=False)

    @property
    def ballast(self):
        return os.path.join(self.path, 'ballast')

    def fill(self, left=0):
        """Leaves so many bytes free, or none when others are writing too."""
        free = os.statvfs(self.path)
        with open(self.ballast, 'wb', buffering=0) as file:
            try:
                file.write(bytes(free.f_bavail * free.f_frsize - left))
            except OSError:
                pass

    def make_room(self):
        os.remove(self.ballast)


def serve_on(world, disk):
    server = Gestand(os.path.join(world.folder, 'gestand'))
    server.data = os.path.join(disk.path, 'data')
    world.servers.append(server)
    world.logs.append(server.log_file)
    server.init()
    server.add_token('*')
    return server.start()


@test(seconds=120)
def a_full_disk_refuses_what_comes_loses_nothing_and_recovers_by_itself(world):
    disk = SmallDisk(world, 256 * MIB)  # the log of SQLite alone may take some 90
    server = serve_on(world, disk)
    books = Books(server).open()
    for _ in range(3):
        time.sleep(1)
        refused = sum(client.refused[507] for client in books.clients)
        disk.fill(200000)
        wait_until(lambda: sum(c.refused[507] for c in books.clients) > refused + 50, 30,
                   'requests are refused with 507')
        for _ in range(20):
            assert server.get('/api/v1/cases?status=all')['items']
        books.fail_early()
        acknowledged = sum(len(client.acknowledged) for client in books.clients)
        disk.make_room()
        wait_until(lambda: sum(len(c.acknowledged) for c in books.clients) > acknowledged + 50, 10,
                   'messages are taken again')
    books.close()
    print('  ' + books.summary())
    assert sum((client.refused[503] for client in books.clients)) == 0
    books.check()


def letter_with_file(n, content):
    return {'external_id': str(n), 'from': 'klant', 'text': f'Zie bijlage {n}',
            'files': [{'name': 'foto.bin', 'data': base64.b64encode(content).decode()}]}


@test(seconds=120)
def a_full_disk_refuses_attachments_and_pieces_of_uploads_and_goes_on_where_they_stopped(world):
    disk = SmallDisk(world, 64 * MIB)
    server = serve_on(world, disk)
    channel = server.post('/api/v1/channels', {
        'type': 'api', 'name': 'App', 'settings': {'address': 'app'}})['id']
    path = f'/api/v1/channels/{channel}/messages'
    case = server.post(path, letter_with_file(1, os.urandom(MIB)))['case_id']
    upload = server.post('/api/v1/files', {'name': 'a.bin', 'size': 4 * MIB})['id']
    content = os.urandom(4 * MIB)
    first = server.api('PATCH', f'/api/v1/files/{upload}', content[:MIB],
                       headers={'Upload-Offset': '0'})
    assert first.status == 200, first
    disk.fill(MIB // 2)

    for answer in (server.api('POST', path, letter_with_file(2, os.urandom(MIB))),
                   server.api('PATCH', f'/api/v1/files/{upload}', content[MIB:],
                              headers={'Upload-Offset': str(MIB)})):
        assert answer.status == 507, answer
        assert answer.headers['content-type'] == 'application/problem+json'
        assert 'room' in answer.json['detail'], answer
    names = [name for _, _, files in os.walk(os.path.join(server.data, 'blobs')) for name in files]
    assert len(names) == 2 and not any(name.startswith('new-') for name in names), names
    assert server.get(f'/api/v1/files/{upload}')['received'] == MIB
    timeline = server.get(f'/api/v1/cases/{case}')['timeline']
    assert sum(item['kind'] == 'message' for item in timeline) == 1, timeline
    disk.make_room()

    assert server.post(path, letter_with_file(2, os.urandom(MIB)))['state'] == 'accepted'
    rest = server.api('PATCH', f'/api/v1/files/{upload}', content[MIB:],
                      headers={'Upload-Offset': str(MIB)})
    assert rest.status == 200 and rest.json['received'] == 4 * MIB, rest
    got = server.api('GET', f'/api/v1/files/{upload}/content')
    assert got.body == content
    ask_doctor(server)

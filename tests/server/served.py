"""A folder to work in with the command line, and a lacuna serve of a map there with somebody who asks it."""
import http.client
import os
import re
import shutil
import signal
import subprocess
import tempfile
import urllib.parse


class Workplace:
    """A folder of its own, and the command line in it."""

    def __init__(self, lacuna, name):
        self.lacuna = lacuna
        self.folder = tempfile.mkdtemp(prefix=f"lacuna-{name}-")
        self.environment = dict(os.environ, SOURCE_DATE_EPOCH="1795392000", LACUNA_CATALOGUES=f"{self.folder}/catalogues.db",
                                XDG_CONFIG_HOME=f"{self.folder}/config", LACUNA_BY="A. Rapporteur", TZ="UTC")

    def run(self, *arguments, store="map.db", text=True):
        done = subprocess.run([self.lacuna, *arguments], capture_output=True, text=text, env=dict(self.environment, LACUNA_MAP=store), cwd=self.folder)
        if done.returncode != 0:
            raise RuntimeError(f"lacuna {' '.join(arguments)}: {done.stderr}")
        return done.stdout

    def text_form(self, store):
        """The map as text: what two ways of doing the same must agree on."""
        to = f"{self.folder}/text-{store}"
        shutil.rmtree(to, ignore_errors=True)
        self.run("export", "--format", "map", "-o", to, store=store)
        return {name: open(f"{to}/{name}", encoding="utf-8").read() for name in sorted(os.listdir(to))}


class Server:
    """A server of a map, and somebody at a browser who was given its address."""

    def __init__(self, workplace, store="map.db", *options):
        self.process = subprocess.Popen([workplace.lacuna, "-m", store, "serve", "--no-open", *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                        env=workplace.environment, cwd=workplace.folder)
        self.said = [self.process.stdout.readline() for _ in range(3)]
        self.port, self.key = re.match(r"http://127\.0\.0\.1:(\d+)/\?key=([0-9a-f]{32})$", self.said[1]).groups()
        self.port = int(self.port)
        self.host = f"127.0.0.1:{self.port}"
        self.cookie = f"lacuna-{self.port}={self.key}"

    def ask(self, method, path, body=None, headers=None, cookie=True):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        send = {"Cookie": self.cookie} if cookie else {}
        if method == "POST":
            send |= {"Origin": f"http://{self.host}", "Content-Type": "application/x-www-form-urlencoded"}
        for name, value in (headers or {}).items():
            send.pop(name, None)
            if value is not None:
                send[name] = value
        if "Host" in send:
            connection.putrequest(method, path, skip_host=True)
            for name, value in send.items():
                connection.putheader(name, value)
            connection.endheaders(body.encode() if body else None)
        else:
            connection.request(method, path, body.encode() if isinstance(body, str) else body, send)
        got = connection.getresponse()
        got.body = got.read()
        for name, value in got.getheaders():
            if name == "Set-Cookie" and value.startswith("lacuna-by="):  # Who has signed last.
                self.cookie = f"lacuna-{self.port}={self.key}; {value.split(';')[0]}"
        connection.close()
        return got

    def get(self, path):
        return self.ask("GET", path)

    def text(self, path):
        got = self.get(path)
        if got.status != 200:
            raise RuntimeError(f"{path}: status {got.status}: {got.body.decode()[-600:]}")
        return got.body.decode()

    def post(self, path, **values):
        return self.ask("POST", path, urllib.parse.urlencode(values))

    def send_file(self, path, file, name, content, **values):
        edge = "----edge"
        parts = [f'--{edge}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n'.encode() for n, v in values.items()]
        parts.append(f'--{edge}\r\nContent-Disposition: form-data; name="{file}"; filename="{name}"\r\nContent-Type: application/octet-stream\r\n\r\n'.encode() + content + b"\r\n")
        return self.ask("POST", path, b"".join(parts) + f"--{edge}--\r\n".encode(), {"Content-Type": f"multipart/form-data; boundary={edge}"})

    def resident(self):
        with open(f"/proc/{self.process.pid}/status") as status:
            return int(re.search(r"VmRSS:\s+(\d+)", status.read())[1])

    def end(self, how=signal.SIGINT):
        self.process.send_signal(how)
        self.process.communicate(timeout=20)
        return self.process.returncode

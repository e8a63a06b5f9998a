"""A lacuna serve of a map, and somebody who asks it."""
import http.client
import re
import signal
import subprocess
import urllib.parse


class Server:
    """A server of a map, and somebody at a browser who was given its address."""

    def __init__(self, lacuna, folder, environment, store="map.db", *options):
        self.process = subprocess.Popen([lacuna, "-m", store, "serve", "--no-open", *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                        env=environment, cwd=folder)
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

"""What the drivers here share: miniature commands of flnas, their calm results, and what it takes for two results to be
the same. Standard library only."""

import csv
import difflib
import http.server
import io
import json
import os
import pathlib
import re
import shutil
import subprocess
import threading
import time
import zipfile

TimeoutExpired = subprocess.TimeoutExpired

# What differs between two runs of the same command that nothing disturbed: times, and hashes of what holds times.
VOLATILE_KEYS = {"started", "finished", "data_wait_share", "peak_bytes", "digest", "time", "files", "inputs", "environment",
                 "recorded", "interrupted", "calls", "cost", "prompt_tokens", "completion_tokens",
                 "overhead_ms_per_design"}
VOLATILE_FILES = re.compile(r"(^|/)(\.lock|checkpoint\.pt|ledger\.jsonl|exchanges\.jsonl)$|(^|/)report/(hashes|runs|report)\.\w+$|"
                            r"(^|/)report/(files|environment)\.\w+$|^(cache|tmp|logs)/|/logs/|^latency\.json$|\.zip$")
TEMPORARY = re.compile(r"^\..*\.tmp$")


def steady(value):
    """A JSON value without what may differ."""
    if isinstance(value, dict):
        return {key: steady(one) for key, one in value.items()
                if key not in VOLATILE_KEYS and not key.endswith("seconds")}
    return [steady(one) for one in value] if isinstance(value, list) else value


def content(file):
    data = file.read_bytes()
    try:
        if file.suffix == ".json":
            return json.dumps(steady(json.loads(data)), indent=1).encode()
        if file.suffix == ".jsonl":
            return "\n".join(json.dumps(steady(json.loads(line))) for line in data.splitlines()).encode()
        if file.suffix == ".csv":
            rows = list(csv.reader(io.StringIO(data.decode())))
            kept = [i for i, name in enumerate(rows[0]) if not name.endswith("seconds")]
            return "\n".join(",".join(row[i] for i in kept) for row in rows).encode()
    except (ValueError, IndexError):
        pass  # torn: compared as it is, and differs
    return data


def files_of(folder):
    return {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()}


def difference(found, calm):
    """What is not as in the calm run's folder, in a line or a few; blank where nothing is."""
    ours, theirs = files_of(found), files_of(calm)
    for name in sorted(ours ^ theirs):
        if VOLATILE_FILES.search(name) is None:
            return f"{name}: {'is there, and not in the calm run' if name in ours else 'is missing'}"
    for name in sorted(ours & theirs):
        if VOLATILE_FILES.search(name):
            continue
        one, other = content(found / name), content(calm / name)
        if one != other:
            lines = difflib.unified_diff(other.decode("utf-8", "replace").splitlines(),
                                         one.decode("utf-8", "replace").splitlines(), lineterm="", n=0)
            return f"{name} differs: " + " | ".join(line[:160] for line in list(lines)[2:8])
    return ""


class Server:
    """Files or completions on loopback; counts what it is asked for."""

    def __init__(self, answer):
        server = self
        self.asked, self.lock = [], threading.Lock()

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def reply(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                with server.lock:
                    server.asked.append(body.decode() or self.path)
                try:
                    answer(self, body)
                except OSError:
                    self.close_connection = True  # the program was killed

            do_GET = do_POST = reply

        class Quiet(http.server.ThreadingHTTPServer):
            def handle_error(self, *_):
                pass  # a killed program breaks its connection

        self.http = Quiet(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.http.server_port}"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def close(self):
        self.http.shutdown()
        self.http.server_close()


def send(handler, status, body, headers=()):
    handler.send_response(status)
    for name, value in headers:
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def designer(handler, body):
    """Cells of NAS-Bench-201, or rules, drawn by the question alone."""
    request = json.loads(body)
    question = json.dumps(request["messages"])
    number, children = hash_of(question), []
    operations = ["none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3"]
    for _ in range(40):
        a, b, c, d = (operations[number >> shift & 3] for shift in (32, 34, 36, 38))
        children.append({"architecture": f"|{a}~0|+|none~0|{b}~1|+|{c}~0|none~1|{d}~2|"})
        number = (number * 6364136223846793005 + 1442695040888963407) % 2**64
    text = {"positive": ["short paths"], "negative": []} if "Update the rules" in question else {"children": children}
    reply = {"model": "scripted-1", "choices": [{"message": {"role": "assistant", "content": json.dumps(text)}}],
             "usage": {"prompt_tokens": 10, "completion_tokens": 20}}
    send(handler, 200, json.dumps(reply).encode(), [("Content-Type", "application/json")])


def hash_of(text):
    value = 14695981039346656037
    for byte in text.encode():
        value = (value ^ byte) * 1099511628211 % 2**64
    return value


def isic_files():
    """ISIC 2019's official files in miniature: two tables and an archive with bytes in images' places."""
    names = [f"ISIC_{number:07}" for number in range(12)]
    classes = ["MEL", "NV", "BCC", "AK", "BKL", "DF", "VASC", "SCC", "UNK"]
    labels = "image," + ",".join(classes) + "\n"
    labels += "".join(f"{name}," + ",".join("1.0" if i == n % 8 else "0.0" for i in range(9)) + "\n"
                      for n, name in enumerate(names))
    people = "image,age_approx,anatom_site_general,lesion_id,sex\n"
    people += "".join(f"{name},{30 + 5 * (n % 9)}.0,,L{n},{'male' if n % 2 else 'female'}\n" for n, name in enumerate(names))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(f"ISIC_2019_Training_Input/{name}.jpg"), (name * 10000).encode())
    return {"/ISIC_2019_Training_GroundTruth.csv": labels.encode(), "/ISIC_2019_Training_Metadata.csv": people.encode(),
            "/ISIC_2019_Training_Input.zip": packed.getvalue()}


def mirror(files, pause=0.0):
    """Serves files, from the byte that is asked for; `pause`: seconds between pieces."""

    def answer(handler, _):
        data = files.get(handler.path)
        if data is None:
            return send(handler, 404, b"")
        asked = re.match(r"bytes=(\d+)-$", handler.headers.get("Range") or "")
        start = int(asked.group(1)) if asked else 0
        if asked and start >= len(data):
            return send(handler, 416, b"", [("Content-Range", f"bytes */{len(data)}")])
        handler.send_response(206 if asked else 200)
        if asked:
            handler.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        handler.send_header("ETag", '"e1"')
        handler.send_header("Content-Length", str(len(data) - start))
        handler.end_headers()
        for at in range(start, len(data), 65536):
            handler.wfile.write(data[at:at + 65536])
            if pause:
                threading.Event().wait(pause)

    return answer


class Trial:
    """A miniature of one command. `setup` are commands that make the folder that it is run in; `serve` answers for a
    server whose address stands for URL in the command. `suite`: it writes latencies, which differ from run to run and
    are not trusted on a busy machine: exit code 1 then, and a line that says so."""

    def __init__(self, name, command, setup=(), serve=None, seconds=30, suite=False):
        self.name, self.command, self.setup, self.serve = name, command, list(setup), serve
        self.seconds, self.suite = seconds, suite


DATA = ["flnas dataset synth --out data --images 60 --size 16", "flnas dataset split data --out split.json --images 0"]
IMAGES = "--data data --split split.json --task binary --size 16 --threads 1"
TRAIN = f"flnas train search3 {IMAGES} --epochs 2 --device cpu --out run"
STUDY = ("flnas reproduce --data data --models search3 --images 60 --size 16 --epochs 1 --protocol clean --no-hardware "
         "--threads 1 --out study")


def trials(sources, slow=False):
    """`slow`: downloads that take half a second."""
    tables, small = sources / "datasets/nas/miniature", sources / "searches/spaces/cnn/small.json"
    return [
        Trial("train", TRAIN, DATA),
        Trial("search", f"flnas search random {IMAGES} --epochs 1 --budget 2 --target none --choices {small} --out search",
              DATA),
        Trial("paid", f"flnas search llmnas --tables {tables} --target host --budget 60 --predictor-cells 20 --calls 1 "
              "--llm server --llm-model m --llm-url URL --llm-prices 1,2 --out search", serve=designer),
        Trial("fetch", "flnas dataset fetch isic2019 --url URL --out ISIC", serve=mirror(isic_files(), 0.02 if slow else 0)),
        Trial("bench", "flnas-bench --models search3 --size 16 --batch 1 --threads 1 --modes frozen --passes 1 --retries 0 "
              "--benchmark_min_time=1x --out latency.json", suite=True),
        Trial("evaluate", "flnas evaluate run --data data --split split.json --out predictions.csv", DATA + [TRAIN]),
        Trial("export", "flnas export run --out exported.pt", DATA + [TRAIN]),
        Trial("synth", "flnas dataset synth --out data --images 50 --size 16"),
        Trial("report", "flnas report study", DATA + [STUDY]),
        Trial("reproduce", STUDY, DATA, seconds=60),
    ]


class Runner:
    """Runs a trial's command in folders of its own below `root`, without the programs that draw and set pages."""

    def __init__(self, trial, programs, root):
        self.trial, self.programs = trial, pathlib.Path(programs).resolve()
        self.root = (root / trial.name).resolve()
        self.base, self.calm, self.work = (self.root / name for name in ("base", "calm", "work"))
        self.server = Server(trial.serve) if trial.serve else None
        for folder in (self.root, self.base):
            folder.mkdir()
        for command in trial.setup:
            self.must(self.finish(self.start(self.base, command=command)), command)
        shutil.copytree(self.base, self.calm)
        begin = time.monotonic()
        self.must(self.finish(self.start(self.calm)), trial.command)
        self.calm_seconds = time.monotonic() - begin
        self.calm_calls = list(self.server.asked) if self.server else []

    @staticmethod
    def must(ended, command):
        code, errors = ended
        if code != 0:
            raise SystemExit(f"{command}: exit code {code} without any fault:\n{errors}")

    def fresh(self):
        """The folder as it is before the command."""
        shutil.rmtree(self.work, ignore_errors=True)
        shutil.copytree(self.base, self.work)
        if self.server:
            self.server.asked.clear()

    def start(self, folder, environment=(), command=None):
        words = (command or self.trial.command).split()
        words[0] = str(self.programs / words[0])
        if self.server:
            words = [word.replace("URL", self.server.url) for word in words]
        (folder / "tmp").mkdir(exist_ok=True)
        whole = {"PATH": "/nowhere", "HOME": str(folder), "TMPDIR": str(folder / "tmp"), "FLNAS_CACHE": str(folder / "cache"),
                 "FLNAS_LLM_KEY": "test-key-0123456789", **dict(environment)}
        return subprocess.Popen(words, cwd=folder, env=whole, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                stderr=subprocess.PIPE, text=True, errors="replace", start_new_session=True)

    def finish(self, process):
        """Its exit code, 128 + signal where one ended it, and its stderr."""
        try:
            errors = process.communicate(timeout=self.trial.seconds * 10)[1]
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            return 124, process.communicate()[1]
        code = process.returncode
        if self.trial.suite and code == 1 and "latency.json: INVALID" in errors:
            code = 0
        return (128 - code if code < 0 else code), errors

    def result(self):
        """How `work` differs from the calm run; blank where it does not."""
        left = [str(file.relative_to(self.work)) for file in self.work.rglob("*")
                if TEMPORARY.match(file.name) and file.is_file()]
        if self.trial.suite:
            return "" if (self.work / "latency.json").exists() else "latency.json is missing"
        return difference_without(left, self.work, self.calm)

    def close(self):
        if self.server:
            self.server.close()


def difference_without(left, found, calm):
    """`left`: temporary files of killed programs, which go after an hour."""
    for name in left:
        (found / name).unlink()
    return difference(found, calm)

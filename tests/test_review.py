"""The review server: only its own page may speak to it, and what was marked is on disk."""

import http.client
import json
import socket
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from cleaner.review.decisions import DecisionsError, load
from cleaner.review.server import Review, Server
from tests.project import RAW, Project

KEEP = {"decision": "keep", "id": "5f3a", "document": "a.txt", "code": "any.donation.x"}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(lambda: b"<p>the page</p>", tmp_path / ".cleaner/decisions.jsonl")
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def ask(
    server: Server, method: str, path: str, body: bytes | None = None, **headers: str
) -> tuple[int, bytes, http.client.HTTPMessage]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    try:
        connection.request(method, path, body, {name.replace("_", "-"): text for name, text in headers.items()})
        answer = connection.getresponse()
        return answer.status, answer.read(), answer.headers
    finally:
        connection.close()


def post(server: Server, value: object, **headers: str) -> int:
    given = {"Origin": f"http://127.0.0.1:{server.server_port}", "Content_Type": "application/json"} | headers
    path = f"/{server.token}/decisions"
    return ask(server, "POST", path, json.dumps(value).encode(), **given)[0]


def state(server: Server) -> dict[str, object]:
    status, body, _ = ask(server, "GET", f"/{server.token}/decisions")
    assert status == 200
    found = json.loads(body)
    assert isinstance(found, dict)
    return found


def test_it_listens_on_this_machine_only(server: Server) -> None:
    assert server.server_address[0] == "127.0.0.1"
    assert server.address.startswith("http://127.0.0.1:")
    assert len(server.token) >= 32


def test_the_page_needs_the_token(server: Server) -> None:
    status, body, headers = ask(server, "GET", f"/{server.token}/")
    assert (status, body) == (200, b"<p>the page</p>")
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    for path in ("/", "/decisions", "/x/", f"/{server.token[:-1]}/", f"/{server.token}/../etc/passwd"):
        assert ask(server, "GET", path)[0] == 404


@pytest.mark.parametrize("host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "[::1]:{port}"])
def test_another_host_name_gets_nothing(server: Server, host: str) -> None:
    name = host.format(port=server.server_port)
    assert ask(server, "GET", f"/{server.token}/", Host=name)[0] == 404
    assert post(server, KEEP, Host=name, Origin=f"http://{name}") == 404


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Content_Type": "text/plain"},
        {"Content_Type": "application/x-www-form-urlencoded"},
    ],
)
def test_another_pages_request_changes_nothing(server: Server, headers: dict[str, str]) -> None:
    assert post(server, KEEP, **headers) == 404
    assert state(server)["decisions"] == []


def test_a_decision_is_on_disk_when_it_is_answered(server: Server, tmp_path: Path) -> None:
    path = tmp_path / ".cleaner/decisions.jsonl"
    assert post(server, KEEP) == 204
    assert load(path).keeps("5f3a")
    assert post(server, KEEP | {"decision": "remove"}) == 204
    assert load(path).removes("5f3a")
    assert post(server, KEEP | {"drop": True}) == 204
    assert len(load(path)) == 0


def test_two_tabs_see_each_others_marks(server: Server) -> None:
    before = state(server)["version"]
    assert post(server, KEEP) == 204
    after = state(server)
    assert after["version"] != before
    assert after["decisions"] == [KEEP]


def test_what_another_program_wrote_is_not_lost(server: Server, tmp_path: Path) -> None:
    assert post(server, KEEP) == 204
    path = tmp_path / ".cleaner/decisions.jsonl"
    path.write_bytes(path.read_bytes() + b'{"decision": "keep", "id": "other"}\n')
    assert post(server, KEEP | {"id": "third"}) == 204
    decisions = load(path)
    assert all(decisions.keeps(one) for one in ("5f3a", "other", "third"))


def test_many_marks_at_once_are_all_saved(server: Server, tmp_path: Path) -> None:
    threads = [threading.Thread(target=post, args=(server, KEEP | {"id": f"{one}"})) for one in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(load(tmp_path / ".cleaner/decisions.jsonl")) == 16


@pytest.mark.parametrize("value", [[], {}, {"decision": "keep"}, {"decision": "maybe", "id": "1"}, "x" * 10])
def test_what_is_no_decision_is_refused(server: Server, value: object) -> None:
    assert post(server, value) == 400


def test_a_huge_or_broken_request_is_refused(server: Server) -> None:
    origin = f"http://127.0.0.1:{server.server_port}"
    path = f"/{server.token}/decisions"
    common = {"Origin": origin, "Content_Type": "application/json"}
    assert ask(server, "POST", path, b"{", **common)[0] == 400
    assert ask(server, "POST", path, None, **common, Content_Length="99999999")[0] == 413
    assert ask(server, "POST", path, b"[" * 100_000, **common)[0] == 400
    assert ask(server, "PUT", path, b"{}", **common)[0] == 501


def test_a_decisions_file_broken_meanwhile_is_said_and_kept(server: Server, tmp_path: Path) -> None:
    assert post(server, KEEP) == 204
    path = tmp_path / ".cleaner/decisions.jsonl"
    path.write_bytes(b"not json\n")
    status, body, _ = ask(server, "GET", f"/{server.token}/decisions")
    assert (status, b"decisions.jsonl:1" in body) == (500, True)
    assert post(server, KEEP) == 500
    assert path.read_bytes() == b"not json\n"


def test_a_page_that_cannot_be_made_says_why(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    def broken() -> bytes:
        raise DecisionsError("decisions.jsonl:1: not JSON")

    server.page = broken
    status, body, _ = ask(server, "GET", f"/{server.token}/")
    assert (status, body) == (500, b"decisions.jsonl:1: not JSON")
    assert capsys.readouterr().err == ""


def test_a_browser_that_goes_away_and_nonsense_leave_no_traceback(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    server.page = lambda: b"x" * 5_000_000
    host = f"Host: 127.0.0.1:{server.server_port}\r\n"
    page = f"GET /{server.token}/ HTTP/1.1\r\n{host}\r\n"
    mark = f"POST /{server.token}/decisions HTTP/1.1\r\n{host}Origin: http://127.0.0.1:{server.server_port}\r\n"
    mark += f"Content-Type: application/json\r\nContent-Length: {'9' * 5000}\r\n\r\n"
    for request, answer in ((page, b"HTTP/1.1 200"), (mark, b"HTTP/1.1 413")):
        with socket.create_connection(("127.0.0.1", server.server_port)) as browser:
            browser.sendall(request.encode())
            assert browser.recv(12) == answer
            browser.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # closing resets
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(10)
    assert capsys.readouterr().err == ""


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / ".cleaner").write_bytes(b"a file in the way")
    with pytest.raises(NotADirectoryError):
        Review(tmp_path / ".cleaner/decisions.jsonl").change(KEEP)


def test_a_port_that_is_taken_is_named_with_the_cure(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    project.cleaner("clean")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = project.cleaner("review", "--no-browser", "--port", port)
    assert ended.code == 2
    assert ended.err == f"Error: port {port} of 127.0.0.1: address already in use; name another with --port\n"


def test_two_people_who_review_at_once_lose_no_mark(tmp_path: Path) -> None:
    path = tmp_path / ".cleaner/decisions.jsonl"

    def mark(name: str) -> None:
        review = Review(path)
        for number in range(30):
            review.change({"decision": "keep", "id": f"{name}{number}"})

    threads = [threading.Thread(target=mark, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(load(path)) == 60

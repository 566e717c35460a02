"""Who gets at the preview: holders of its token, from its own page, and nobody to anything else."""

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from careerprint.core.diagnostics import Refused
from careerprint.core.edition import Edition
from careerprint.desk.profiletext import Changed, ProfileTexts
from careerprint.intake.starter import make_workspace

from .cards import declare, flyers_as_cards
from .conftest import PROFILE, SLUG, Workspace, refusals, run_without
from .previewing import LONGEST, Preview, preview

pytestmark = pytest.mark.process

FLYER = Edition(SLUG, "flyer", "de").output
GETS = (
    "/",
    "/desk",
    f"/text/{SLUG}",
    "/events",
    "/preview.js",
    "/tokens.css",
    f"/pdf?output={FLYER}",
    "/nowhere",
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("guarded") / "workspace"
    make_workspace(folder)
    # One small edition, so that little is printed beside.
    declare(Workspace(folder), 'layouts = ["flyer"]\nlocales = ["de"]\n')
    flyers_as_cards(Workspace(folder))
    (folder.parent / "profile.md").write_text("outside")
    return folder


@pytest.fixture(scope="module")
def at_work(root: Path) -> Iterator[Preview]:
    with preview(root) as started:
        yield started


@pytest.fixture
def client(at_work: Preview) -> Iterator[httpx.Client]:
    with at_work.client() as client:
        yield client


def is_bare_403(answer: httpx.Response) -> bool:
    return (answer.status_code, answer.content) == (403, b"") and "set-cookie" not in answer.headers


def raw(at_work: Preview, request: str) -> tuple[int, bytes]:
    """Send bytes as they are; return the status of the answer, and its body."""
    with socket.create_connection(("127.0.0.1", at_work.port), timeout=LONGEST) as connection:
        connection.sendall(request.replace("\n", "\r\n").encode("latin-1"))
        answer = b""
        while part := connection.recv(65536):
            answer += part
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), body


@pytest.mark.parametrize("path", GETS)
def test_without_the_token_there_is_nothing(at_work: Preview, path: str) -> None:
    for cookie in ("", f"careerprint-{at_work.port}=", f"careerprint-{at_work.port}=guessed"):
        headers = {"cookie": cookie} if cookie else {}
        assert is_bare_403(httpx.get(at_work.address + path, headers=headers))
    assert is_bare_403(httpx.put(at_work.address + path, headers={"origin": at_work.address}))
    wrong = at_work.token[:-1] + ("a" if at_work.token[-1] != "a" else "b")
    assert is_bare_403(httpx.get(at_work.address + "/", params={"token": wrong}))
    assert is_bare_403(httpx.get(at_work.address + "/desk", params={"token": at_work.token}))
    with_token = {"cookie": f"careerprint-{at_work.port}={at_work.token}"}
    assert is_bare_403(httpx.get(at_work.address + path, headers=with_token))


def test_the_token_gets_a_cookie_that_scripts_and_other_sites_never_see(
    at_work: Preview,
) -> None:
    answer = httpx.get(at_work.opening)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    held, *rest = answer.headers["set-cookie"].split("; ")
    name, secret = held.split("=")
    assert name == f"careerprint-{at_work.port}"
    assert secret != at_work.token, "the address that opens it is of this start alone"
    assert len(secret) >= 43
    assert set(rest) == {"HttpOnly", "SameSite=Strict", "Path=/"}
    assert len(at_work.token) >= 43


@pytest.mark.parametrize(
    "host",
    ["localhost:{port}", "example.org", "example.org:{port}", "127.0.0.1", "127.0.0.1:1", "[::1]"],
)
def test_another_host_gets_nothing(at_work: Preview, client: httpx.Client, host: str) -> None:
    headers = {"host": host.format(port=at_work.port)}
    for path in GETS:
        assert is_bare_403(client.get(path, headers=headers))
    assert is_bare_403(httpx.get(at_work.opening, headers=headers))


def test_requests_that_are_not_sure_of_their_host_get_nothing(at_work: Preview) -> None:
    host, cookie = f"127.0.0.1:{at_work.port}", at_work.cookie
    for request in (
        f"GET /desk HTTP/1.0\nCookie: {cookie}\nConnection: close\n\n",
        f"GET /desk HTTP/1.1\nCookie: {cookie}\nConnection: close\n\n",
        f"GET /desk HTTP/1.1\nHost: {host}\nHost: example.org\nCookie: {cookie}\nConnection: close\n\n",
        f"GET /desk HTTP/1.1\nHost: example.org, {host}\nCookie: {cookie}\nConnection: close\n\n",
        f"GET http://example.org/desk HTTP/1.1\nHost: example.org\nCookie: {cookie}\nConnection: close\n\n",
    ):
        status, body = raw(at_work, request)
        assert status in {400, 403}
        assert b"profile" not in body
    status, _ = raw(
        at_work, f"GET /desk HTTP/1.0\nHost: {host}\nCookie: {cookie}\nConnection: close\n\n"
    )
    assert status == 200, "the same, with its host, is answered"


@pytest.mark.parametrize(
    "origin", ["https://example.org", "null", "http://localhost:{port}", "http://127.0.0.1:1", ""]
)
def test_another_origin_gets_nothing(
    at_work: Preview, client: httpx.Client, root: Path, origin: str
) -> None:
    headers = {"origin": origin.format(port=at_work.port)}
    before = (root / PROFILE).read_bytes()
    for path in GETS:
        assert is_bare_403(client.get(path, headers=headers))
    body = {"text": "gone", "basedOn": "any"}
    assert is_bare_403(client.put(f"/text/{SLUG}", json=body, headers=headers))
    assert is_bare_403(client.post("/do/print", json={}, headers=headers))
    assert (root / PROFILE).read_bytes() == before


def test_what_changes_something_must_say_where_it_comes_from(
    at_work: Preview, client: httpx.Client
) -> None:
    del client.headers["origin"]
    assert client.get("/desk").status_code == 200
    assert is_bare_403(client.put(f"/text/{SLUG}", json={"text": "gone", "basedOn": ""}))
    assert is_bare_403(client.post("/look", json={"viewer": "x", "output": FLYER}))
    for site in ("cross-site", "same-site"):
        assert is_bare_403(client.get("/desk", headers={"sec-fetch-site": site}))
        assert is_bare_403(httpx.get(at_work.opening, headers={"sec-fetch-site": site}))


def test_it_listens_on_this_machine_s_own_address_alone(at_work: Preview) -> None:
    for other in ("127.0.0.2", socket.gethostbyname(socket.gethostname())):
        if other != "127.0.0.1":
            with pytest.raises(OSError, match="refused"):
                socket.create_connection((other, at_work.port), timeout=5)


@pytest.mark.parametrize(
    "path",
    [
        "/../careerprint.toml",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/fonts/../preview.js",
        "/fonts/..%2f..%2fcareerprint.toml",
        "/preview/index.html.j2",
        "/text/..",
        "/text/../../profile.md",
        "/text/..%2f..",
        "/text/%2e%2e%2f",
        "/text/content",
        "/pdf?output=../careerprint.toml",
        "/pdf?output=careerprint.toml",
        "/pdf?output=/etc/passwd",
        f"/pdf?output={SLUG}/../../careerprint.toml",
        "/places?output=../careerprint.toml&pdf=0",
        "/picture/0/1/800?output=../careerprint.toml",
        "/picture/..%2f..%2fcareerprint.toml/1/800?output=x",
    ],
)
def test_no_path_leads_out(at_work: Preview, path: str) -> None:
    host, cookie = f"127.0.0.1:{at_work.port}", at_work.cookie
    status, body = raw(
        at_work, f"GET {path} HTTP/1.1\nHost: {host}\nCookie: {cookie}\nConnection: close\n\n"
    )
    assert status == 404
    for told in (b"outside", b"root:", b"[build]", b"<html"):
        assert told not in body


def test_requests_of_no_page_of_ours_are_refused_without_a_trace(client: httpx.Client) -> None:
    path = f"/text/{SLUG}"
    for body in (b"", b"[]", b"{}", b"\xff", b'{"text": 1, "basedOn": ""}'):
        assert client.put(path, content=body).status_code == 400
    assert client.post("/look", json={"viewer": "x"}).status_code == 400
    assert client.post("/look", json={"viewer": "x", "output": "none"}).status_code == 404
    for asked in ({}, {"text": "", "blocks": 1}, {"text": "", "blocks": [], "more": 1}):
        assert client.post("/do/write-blocks", json=asked).status_code == 400
    assert client.put(path, content=b" " * 10_000_001).status_code == 413
    long = {"text": "x" * 5_000_001, "basedOn": client.get(path).json()["digest"]}
    answer = client.put(path, json=long)
    assert answer.status_code == 404
    assert "longer than any profile: 5.0 MB" in answer.json()["findings"][0]["message"]
    half = json.dumps({**long, "text": "\ud800"})
    answer = client.put(path, content=half)
    assert "Half of a character" in answer.json()["findings"][0]["message"]
    assert client.request("TRACE", "/desk").status_code in {403, 405}


def test_what_goes_wrong_within_is_no_fault_of_the_request(client: httpx.Client) -> None:
    asked = {"text": "---\ntitle: a\n---\n", "blocks": [99]}
    assert client.post("/do/write-blocks", json=asked).status_code == 500, "there is no such block"


def test_answers_allow_nothing_from_elsewhere_and_are_not_kept(client: httpx.Client) -> None:
    for path in ("/", "/desk", "/nowhere"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; ")
        assert "unsafe" not in policy
        assert "http" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == "no-store"
        assert "server" not in headers


def test_a_profile_that_is_a_link_out_of_the_workspace_is_neither_shown_nor_written(
    workspace: Workspace,
) -> None:
    outside = workspace.root.parent / "outside.md"
    shutil.move(workspace.root / PROFILE, outside)
    (workspace.root / PROFILE).symlink_to(outside)
    texts = ProfileTexts(workspace.root)
    told = f"“{PROFILE}” lies outside the workspace."
    assert told in refusals(lambda: texts.read(SLUG))[0]
    before = outside.read_bytes()
    with pytest.raises(Refused):
        texts.save(SLUG, "mine", "any")
    assert outside.read_bytes() == before


def test_a_file_keeps_its_mark_and_its_line_ends(workspace: Workspace) -> None:
    file = workspace.root / PROFILE
    text = file.read_text("utf-8")
    file.write_bytes("\ufeff".encode() + text.replace("\n", "\r\n").encode())
    texts = ProfileTexts(workspace.root)
    read = texts.read(SLUG)
    assert read.text == text
    saved = texts.save(SLUG, text + "Ende.\n", read.digest)
    assert (
        file.read_bytes() == "\ufeff".encode() + (text + "Ende.\n").replace("\n", "\r\n").encode()
    )
    assert texts.read(SLUG) == saved
    with pytest.raises(Changed) as caught:
        texts.save(SLUG, "mine", read.digest)
    assert caught.value.now == saved
    assert texts.save(SLUG, saved.text, "any") == saved, "the same text is no conflict"
    assert list(file.parent.glob(".*")) == []


def test_a_workspace_that_is_gone_serves_nothing_and_is_not_made_anew(
    workspace: Workspace,
) -> None:
    with preview(workspace.root) as at_work, at_work.client() as client:
        text = client.get(f"/text/{SLUG}").json()
        shutil.rmtree(workspace.root)
        for path in ("/", "/desk", f"/text/{SLUG}", f"/pdf?output={FLYER}"):
            assert client.get(path).status_code == 404
        mine = {"text": "mine", "basedOn": text["digest"]}
        for answer in (
            client.put(f"/text/{SLUG}", json=mine),
            client.post("/look", json={"viewer": "x", "output": FLYER}),
            client.post("/do/print", json={}),
        ):
            assert (answer.status_code, answer.json()) == (404, {"gone": True})
        assert not workspace.root.exists()


def test_a_port_in_use_is_told_with_what_to_do(workspace: Workspace) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = workspace.run("preview", "--no-browser", "--port", str(port))
    assert done.returncode == 2
    assert done.stderr.startswith(f"--port: error: The port {port} cannot be used (")
    assert "name another, or none." in done.stderr
    assert done.stdout == ""
    done = workspace.run("preview", "--port", "70000")
    assert done.returncode == 2
    assert "70000" in done.stderr


def test_without_a_browser_the_address_is_to_be_opened_by_hand(workspace: Workspace) -> None:
    bare = {
        k: v for k, v in os.environ.items() if k not in {"DISPLAY", "WAYLAND_DISPLAY", "BROWSER"}
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "careerprint", "--lang", "en", "preview"],
        cwd=workspace.root,
        env={**bare, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert "http://127.0.0.1:" in process.stdout.readline()
    told = process.stderr.readline()
    assert told == "No browser was found. Open this address in one on this machine.\n"
    process.terminate()
    process.communicate(timeout=LONGEST)


def test_without_its_packages_the_preview_says_how_to_install_them(workspace: Workspace) -> None:
    done = run_without("uvicorn", workspace.root, "preview")
    assert done.returncode == 2
    assert done.stderr == (
        "careerprint desk: error: The desk needs packages that are not installed: uvicorn. "
        f"Install them: {sys.executable} -m pip install uvicorn\n"
    )


def test_outside_a_workspace_it_is_refused_as_everywhere(tmp_path: Path) -> None:
    done = Workspace(tmp_path).run("preview", "--no-browser")
    assert done.returncode == 2
    assert "is not a careerprint workspace" in done.stderr

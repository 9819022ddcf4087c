"""Serving a site while it is being written: on loopback, built anew after every change, the browser told to reload.

While the content is broken the last good site is served, and every page shows what is wrong until it is mended. The
files themselves stay as they are published: what a page needs for this is added as it is sent.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Condition
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from io import BytesIO

LOOPBACK = "127.0.0.1"
HEARTBEAT = 10.0  # seconds after which a silent page is asked whether it is still there
EVENTS, SCRIPT = "/.zoo/events", "/.zoo/reload.js"
RELOAD = """\
"use strict";
{
  const own = new URL(document.currentScript.src).search.slice(1);
  const board = document.createElement("pre");
  board.setAttribute("role", "alert");
  board.style.cssText = "position:fixed;inset:auto 0 0 0;z-index:9999;margin:0;padding:1rem;max-height:50vh;" +
    "overflow:auto;background:#8a2a22;color:#fff;font:14px/1.5 monospace;white-space:pre-wrap";
  new EventSource("/.zoo/events").onmessage = ({ data }) => {
    const { build, wrong } = JSON.parse(data);
    board.textContent = wrong;
    if (wrong) document.documentElement.append(board);
    else if (build !== own) location.reload();
    else board.remove();
  };
}
"""
NO_SITE = "<!doctype html><html lang=en><head><title>No site yet</title></head><p>There is no site yet.</p></html>"


@dataclass
class Preview:
    """What is served: the site's folder, the number of the last good build, and what is wrong now, if anything."""

    output: Path
    number: int = 0
    wrong: str = ""
    news: Condition = field(default_factory=Condition)

    @property
    def build(self) -> str:
        """Name the last good build, differently in every process."""
        return f"{os.getpid()}.{self.number}"

    @property
    def event(self) -> str:
        """Give the state as pages are told it."""
        return json.dumps({"build": self.build, "wrong": self.wrong})

    def wait_for_news(self, told: str) -> None:
        """Return when the state is no longer the one that was told, or after a while."""
        with self.news:
            self.news.wait_for(lambda: self.event != told, HEARTBEAT)

    def tell(self, wrong: str) -> None:
        """Note how a build ended, and wake every page that waits for news."""
        with self.news:
            self.wrong = wrong
            self.number += not wrong
            self.news.notify_all()


def serve(preview: Preview, port: int, started: Callable[[int], None]) -> None:
    """Serve a preview until interrupted; started is called with the port once it listens."""
    with ThreadingHTTPServer((LOOPBACK, port), partial(_Handler, preview)) as server:
        server.daemon_threads = True
        started(server.server_port)
        server.serve_forever()


class _Handler(SimpleHTTPRequestHandler):
    """Sends the site's files, pages with the reloading script, and the news."""

    protocol_version = "HTTP/1.1"
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {".js": "text/javascript", ".md": "text/plain"}

    def __init__(self, preview: Preview, *args: object) -> None:
        self.preview = preview
        super().__init__(*args, directory=str(preview.output))  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Answer a request from this machine; others, and hidden files, are refused."""
        path = self.path.partition("?")[0]
        if self.headers.get("Host", "").rpartition(":")[0] not in (LOOPBACK, "localhost"):
            self.send_error(HTTPStatus.FORBIDDEN)  # a page elsewhere whose name was pointed at this machine
        elif path == EVENTS:
            self._send_news()
        elif path == SCRIPT:
            self._send(HTTPStatus.OK, "text/javascript", RELOAD.encode())
        elif "/." in path:
            self._send_page(HTTPStatus.NOT_FOUND, self.preview.output / "404.html")
        elif path.endswith(("/", ".html")):
            self._send_page(HTTPStatus.OK, Path(self.translate_path(path + "index.html" * path.endswith("/"))))
        else:
            super().do_GET()

    def _send_page(self, status: HTTPStatus, path: Path) -> None:
        try:
            page = path.read_text(encoding="utf-8")
        except OSError:
            status, other = HTTPStatus.NOT_FOUND, self.preview.output / "404.html"
            page = other.read_text(encoding="utf-8") if other.is_file() else NO_SITE
        self._send(status, "text/html; charset=utf-8", _alive(page, self.preview.build).encode())

    def _send_news(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        try:
            while True:
                told = self.preview.event
                self.wfile.write(f"data: {told}\n\n".encode())
                self.preview.wait_for_news(told)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _send(self, status: HTTPStatus, kind: str, data: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def list_directory(self, path: str | os.PathLike[str]) -> BytesIO | None:
        """Show no listing: a folder without a page is not found."""
        del path
        self.send_error(HTTPStatus.NOT_FOUND)
        return None

    def end_headers(self) -> None:
        """Let no browser keep what the next build replaces."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 the name that http.server calls it by
        """Keep quiet: the terminal is for builds."""


def _alive(page: str, build: str) -> str:
    """Give a page with the reloading script; its policy lets it ask its own server for news."""
    script = f'<script src="{SCRIPT}?{build}"></script>'
    head, found, rest = page.partition("<head>")
    return f"{head}{found}{script}{rest}" if found else script + page

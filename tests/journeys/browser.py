"""A real Chromium, driven over the DevTools protocol: what a person would click and fill in."""

import base64
import itertools
import json
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

CHROMIUM = shutil.which("chromium")
OPTIONS = (
    "--headless",
    "--no-sandbox",  # CI runs as root, where Chromium has no sandbox
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--accept-lang=de-DE,de",  # the reader is a German one
    "--remote-debugging-port=0",
)


class Page:
    """One open page. `complaints` is what the browser's console says of it: what is blocked, what fails."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._numbers = itertools.count(1)
        self.complaints: list[str] = []
        self.call("Page.enable")
        self.call("Log.enable")

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and return its result."""
        number = next(self._numbers)
        self._connection.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._connection.recv(timeout=30))
            if message.get("method") == "Log.entryAdded":
                self.complaints.append(message["params"]["entry"]["text"])
            if message.get("id") == number:
                assert "error" not in message, message
                result: dict[str, Any] = message["result"]
                return result

    def screen(self, width: int) -> None:
        """Look at pages on a screen of a width in pixels: that of a phone, or of a desk."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=844,
            deviceScaleFactor=1,
            mobile=width < 500,
        )

    def open(self, address: str) -> None:
        """Go to an address and wait until it is there."""
        self.call("Page.navigate", url=address)
        self.wait("document.readyState === 'complete' && location.href !== 'about:blank'")

    def value(self, expression: str) -> Any:
        """Return the value of an expression in the page (works with the page's own scripts off, too)."""
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        return result["result"].get("value")

    def wait(self, expression: str) -> None:
        """Wait until an expression is true."""
        end = time.monotonic() + 30
        while time.monotonic() < end:
            if self.value(expression) is True:
                return
            time.sleep(0.05)
        raise AssertionError(f"never true: {expression}; the page says: {self.text()[:500]}")

    def text(self) -> str:
        """Return what the page says."""
        return str(self.value("document.body.innerText"))

    def choose_file(self, selector: str, file: Path) -> None:
        """Choose a file in a file field."""
        root = self.call("DOM.getDocument")["root"]["nodeId"]
        node = self.call("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        self.call("DOM.setFileInputFiles", nodeId=node, files=[str(file)])

    def press(self, key: str, code: int) -> None:
        """Press a key, as somebody without a mouse does."""
        for kind in ("keyDown", "keyUp"):
            text = {"text": "\r"} if key == "Enter" and kind == "keyDown" else {}
            self.call(
                "Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code, **text
            )

    def picture(self, path: Path) -> None:
        """Save what is to be seen."""
        data = self.call("Page.captureScreenshot", captureBeyondViewport=True)["data"]
        path.write_bytes(base64.b64decode(data))


@contextmanager
def browsing(profile: Path, *, scripts: bool = True, downloads: Path | None = None) -> Iterator[Page]:
    """Run Chromium with an empty profile until the end of the block."""
    process = subprocess.Popen(
        [str(CHROMIUM), *OPTIONS, f"--user-data-dir={profile}", "about:blank"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        with connect(_page_address(process), max_size=None, proxy=None) as connection:
            page = Page(connection)
            if not scripts:
                page.call("Emulation.setScriptExecutionDisabled", value=True)
            if downloads:
                page.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(downloads))
            yield page
    finally:
        process.kill()
        process.wait(timeout=20)
        if process.stderr:
            process.stderr.close()


def _page_address(process: subprocess.Popen[str]) -> str:
    """Return the address of the open page's DevTools, which Chromium tells on standard error."""
    import httpx

    assert process.stderr is not None
    for line in process.stderr:
        found = re.search(r"ws://127\.0\.0\.1:(\d+)/", line)
        if found:
            targets = httpx.get(f"http://127.0.0.1:{found[1]}/json", trust_env=False).json()
            return str(next(t["webSocketDebuggerUrl"] for t in targets if t["type"] == "page"))
    raise AssertionError("Chromium did not start")

"""The report in a real browser, scripts off: nothing is wider than a small screen, and the whole text can be read."""

import functools
import http.server
import json
import os
import re
import shutil
import subprocess
import threading

import pytest

from redflag_kit.report import html
from tests.browser.sample import result

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(BROWSER is None, reason="no chromium or chrome is installed to open the report in"),
]
# The frame has the width of a small screen; its parent measures it, since headless windows cannot be that narrow.
MEASURE = """<!doctype html><title>measure</title><iframe id=f src=report.html width=360 height=800
 {sandbox}></iframe><pre id=out>waiting</pre><script>
f.onload=()=>{{const d=f.contentDocument;d.querySelectorAll('details').forEach(e=>e.open=true);
const wide=[...d.querySelectorAll('main *')].filter(e=>!e.closest('.scroll')&&e.getBoundingClientRect().right>361);
out.textContent=JSON.stringify({{width:d.documentElement.scrollWidth,wide:wide.map(e=>e.outerHTML.slice(0,80)),
tools:[...d.querySelectorAll('.tools,#theme')].map(e=>e.hidden),text:d.body.innerText.length}})}}</script>"""


@functools.cache
def flags():
    return [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=20000", "--dump-dom"]


def measured(folder, page, sandbox):
    """Return what the browser measures of a page in a frame 360 pixels wide."""
    (folder / "report.html").write_text(page, "utf-8")
    (folder / "index.html").write_text(MEASURE.format(sandbox=sandbox), "utf-8")
    handler = functools.partial(Quiet, directory=os.fspath(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_address[1]}/index.html"
        done = subprocess.run([*flags(), address], capture_output=True, text=True, timeout=120, check=True)
        server.shutdown()
    found = re.search(r"<pre id=\"out\">(.*?)</pre>", done.stdout, re.DOTALL)
    assert found, done.stderr[-500:]
    return json.loads(found.group(1).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves the two files without writing a log."""

    def log_message(self, format, *args):
        pass


def longest():
    sample = result()
    sample["diff"]["verdict"] = "x" * 10_000
    sample["diff"]["cards"][0]["title"] = "y" * 10_000
    sample["diff"]["changes"][0]["region"]["words"][0][0] = "z" * 5_000
    sample["diff"]["tables"]["old"]["tables"][0]["rules"][0]["when"] = "w" * 5_000
    return sample


# Without `allow-scripts` the frame runs no script; `allow-same-origin` lets the parent measure it.
@pytest.mark.parametrize("sandbox", ['sandbox="allow-same-origin"', ""], ids=["scripts off", "scripts on"])
@pytest.mark.parametrize("sample", [result, longest], ids=["ordinary", "long words"])
def test_nothing_is_wider_than_a_small_screen(tmp_path, sandbox, sample):
    found = measured(tmp_path, html.render(sample()), sandbox)
    assert found["wide"] == []
    assert found["width"] <= 360
    assert found["text"] > 20_000
    assert all(found["tools"]) is bool(sandbox)

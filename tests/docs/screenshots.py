"""The pictures of pages in the README, of the sample. ``python -m tests.docs.screenshots`` takes them."""

import base64
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen

import orjson
from selenium.webdriver import Chrome, ChromeOptions, ChromeService

from tests.docs.newcomer import serving
from tests.docs.pages import ROOT

IMAGES = ROOT / "docs/images"
WIDTH, HEIGHT = 1200, 900


def main() -> None:
    """Load the sample, serve it, and take the pictures."""
    with TemporaryDirectory() as name:
        directory = Path(name)
        database = directory / "db.sqlite3"
        environment = {**os.environ, "DATABASE_URL": f"sqlite:///{database}"}
        for command in ("migrate", "load_sample"):
            arguments = [sys.executable, "manage.py", command, "--verbosity", "0"]
            subprocess.run(arguments, cwd=ROOT, env=environment, check=True)
        with serving(directory, database) as port:
            site = f"http://127.0.0.1:{port}"
            with urlopen(f"{site}/api/v1/statements/?kind=direct&q=ferry&limit=40") as answer:
                rows = orjson.loads(answer.read())["results"]
            one = next(row for row in rows if len(row["anchors"]) > 1)
            take(site, {"search": "/statements/?q=ferry", "statement": f"/statements/{one['uid']}/"})


def take(site: str, paths: dict[str, str]) -> None:
    """A picture of each page, by its name, as a visitor first sees it."""
    options = ChromeOptions()
    options.binary_location = str(shutil.which("chromium"))
    for flag in ("headless=new", "no-sandbox", "hide-scrollbars", "disable-gpu"):
        options.add_argument(f"--{flag}")
    chrome = Chrome(options=options, service=ChromeService(str(shutil.which("chromedriver"))))
    try:
        size = {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False}
        chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        for name, path in paths.items():
            chrome.get(f"{site}{path}")
            picture = chrome.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})
            (IMAGES / f"{name}.png").write_bytes(base64.b64decode(picture["data"]))
    finally:
        chrome.quit()


if __name__ == "__main__":
    main()

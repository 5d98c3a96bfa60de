#!/usr/bin/env python3
"""Make .venv hold exactly what the lock says, whatever Python starts this file.

    python3 scripts/setup.py site       what building the site needs
    python3 scripts/setup.py test       the same, the test tools, a browser and fonts
    python3 scripts/setup.py browser    the same, and print the browser's path
    python3 scripts/setup.py bench      the same, and what `bench search` compares ours with

A second run changes nothing and takes no time.  Exit codes: 0 ready, 3 not possible here.
"""

# Standard library only, and no syntax newer than Python 3.6: this runs before anything is
# installed, perhaps under a Python too old for the site, which has to find a newer one.

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST, NEWEST = 11, 14  # Python 3.x; a newer one that starts this file is taken as well
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
BROWSER = VENV / "browser"  # the tests read its path here
LOCKS = {
    "site": ROOT / "requirements.lock",
    "test": ROOT / "requirements-test.lock",
    "bench": ROOT / "requirements-bench.lock",
}

BROWSERS = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
]
FONTS = ["fontconfig", "fonts-noto-core", "fonts-noto-cjk"]
FONT_LANGUAGES = ["ar", "hi", "zh-cn"]  # the scripts that a bare machine cannot draw


class NotPossible(Exception):
    """What stands in the way, and what to do about it."""

    def __init__(self, message, hint):
        super().__init__(message)
        self.hint = hint


def main(arguments):
    """Do what the one argument names; return the exit code."""
    if len(arguments) != 1 or arguments[0] not in ("site", "test", "browser", "bench"):
        print("usage: python3 scripts/setup.py site|test|browser|bench", file=sys.stderr)
        return 3
    try:
        install("test" if arguments[0] == "browser" else arguments[0])
        path = None if arguments[0] == "site" else browser()
    except NotPossible as problem:
        print("error: %s\n    hint: %s" % (problem, problem.hint), file=sys.stderr)
        return 3
    if arguments[0] == "browser":
        print(path)
    return 0


# Python and its packages


def install(kind):
    """Bring .venv to the state of `kind`'s lock: afresh, unless only the test tools are missing."""
    if installed(kind):
        return
    if kind == "site" or not installed("site"):
        create_venv()
    say("Installing " + LOCKS[kind].name)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--no-input"]
    pip += ["--disable-pip-version-check", "--require-hashes", "--no-deps", "-r", str(LOCKS[kind])]
    code, output = run(pip)
    if code:
        message = "pip could not install %s\n%s" % (LOCKS[kind].name, output)
        raise NotPossible(message, "see that the network works, then try again")
    for earned in {"site", kind}:  # the other locks hold all of the site's
        (VENV / ("installed-" + earned)).write_text(stamp(earned))


def installed(kind):
    """Is .venv what `kind`'s lock asks for?  Reads three small files and starts nothing."""
    note = VENV / ("installed-" + kind)
    return PYTHON.exists() and note.exists() and note.read_text() == stamp(kind)


def stamp(kind):
    """What an installation depends on: the lock, and the Python it was made with."""
    lock = hashlib.sha256(LOCKS[kind].read_bytes()).hexdigest()
    return "%s\n%s\n%s" % (lock, PYTHON.resolve(), (VENV / "pyvenv.cfg").read_text())


def create_venv():
    """An empty .venv, with Debian's package for it installed where that is left out."""
    path, version = find_python()
    package = "python%s-venv" % version
    if not can_make_venv(path) and not (apt_install([package]) and can_make_venv(path)):
        message = "Python %s at %s cannot make a virtual environment" % (version, path)
        raise NotPossible(message, "type `sudo apt-get install %s`, then try again" % package)
    say("Creating .venv with Python %s at %s" % (version, path))
    code, output = run([path, "-m", "venv", "--clear", str(VENV)])
    if code:
        message = "could not create %s\n%s" % (VENV, output)
        raise NotPossible(message, "delete it, then try again")


def find_python():
    """Path and version of the first fit Python, best one that can make a .venv by itself."""
    spare = None
    for found in filter(None, map(probe, python_commands())):
        if can_make_venv(found[0]):
            return found
        spare = spare or found
    if spare:
        return spare
    raise NotPossible(
        "no Python 3.%d or newer was found (this one is %d.%d)"
        % ((OLDEST,) + sys.version_info[:2]),
        "install one from https://www.python.org/downloads/, then try again",
    )


def python_commands():
    """Where a fit Python may be: this one, the PATH, pyenv's versions, Windows' launcher."""
    names = ["3.%d" % minor for minor in range(NEWEST, OLDEST - 1, -1)]
    ours = VENV in Path(sys.executable).parents  # about to be cleared: use the one behind it
    yield [os.path.realpath(sys.executable) if ours else sys.executable]
    for name in names:
        yield ["python" + name]
    yield ["python3"]
    for name in names:
        for path in sorted(Path.home().glob(".pyenv/versions/%s*/bin/python3" % name)):
            yield [str(path)]
    if os.name == "nt":
        for name in names:
            yield ["py", "-" + name]


def probe(command):
    """Path and version of the Python that `command` starts, if it is new enough."""
    ask = "import sys; print('%s|3.%s' % (sys.executable, sys.version_info[1]))"
    code, output = run(command + ["-c", ask])
    found = re.match(r"(.+)\|(3\.(\d+))$", output)
    return found.group(1, 2) if code == 0 and found and int(found.group(3)) >= OLDEST else None


def can_make_venv(path):
    """Debian ships venv without ensurepip, and then no .venv gets its pip."""
    return run([path, "-c", "import ensurepip, venv"])[0] == 0


# The browser and its fonts


def browser():
    """The path of a Chromium that starts: found once, kept in .venv/browser."""
    kept = BROWSER.read_text() if BROWSER.exists() else ""
    named = os.environ.get("HUB_CHROMIUM")
    if kept and named in (None, "", kept) and os.access(kept, os.X_OK):
        return kept
    if named and not starts(named):
        raise NotPossible("HUB_CHROMIUM names %s, which does not start" % named, "mend or unset it")
    mend_playwright()
    path = named or present_browser() or install_browser()
    install_fonts()
    BROWSER.write_text(path)
    return path


def mend_playwright():
    """Playwright brings its own Node.js, which wants a library that a bare Debian lacks."""
    code, output = run([str(PYTHON), "-m", "playwright", "--version"])
    if code and not apt_install(["libatomic1"]):
        message = "Playwright does not start\n" + output
        raise NotPossible(message, "type `sudo apt-get install libatomic1`, then try again")


def present_browser():
    """A browser that is here already: an application, or one that Playwright fetched."""
    for path in filter(starts, filter(None, map(shutil.which, BROWSERS))):
        return path
    ask = "from playwright.sync_api import sync_playwright as start\n"
    ask += "with start() as play: print(play.chromium.executable_path)"
    code, path = run([str(PYTHON), "-c", ask])
    return path if code == 0 and starts(path) else None


def install_browser():
    """Chromium from Debian for root, else from Playwright."""
    say("Installing Chromium")
    release = Path("/etc/os-release")
    ubuntu = release.exists() and "ubuntu" in release.read_text()  # its package is a snap's stub
    if not ubuntu and apt_install(["chromium"] + FONTS) and present_browser():
        return present_browser()
    playwright = [str(PYTHON), "-m", "playwright", "install"]
    if run(playwright + ["chromium"])[0] == 0 and present_browser():
        return present_browser()
    by_hand = " ".join(playwright + ["--with-deps", "chromium"])
    raise NotPossible(
        "no Chromium was found, and none could be installed",
        "type `sudo apt-get install chromium` or `%s`, or set HUB_CHROMIUM to a path" % by_hand,
    )


def starts(path):
    """Does this browser start?  (On Windows --version opens a window, so there it must exist.)"""
    return os.access(path, os.X_OK) and (os.name == "nt" or run([path, "--version"])[0] == 0)


def install_fonts():
    """See that Arabic, Hindi and Chinese are not drawn as empty boxes; say so if they will be."""
    listed = [run(["fc-list", ":lang=" + language]) for language in FONT_LANGUAGES]
    missing = not all(code == 0 and fonts for code, fonts in listed)
    if missing and sys.platform.startswith("linux") and not apt_install(FONTS):
        print("warning: fonts for Arabic, Hindi or Chinese are missing", file=sys.stderr)
        print("    hint: type `sudo apt-get install %s`" % " ".join(FONTS), file=sys.stderr)


# The machine


def apt_install(packages):
    """Install Debian packages, if we are root where apt is; True when they are in."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    say("Installing %s by apt" % ", ".join(packages))
    apt = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    apt += ["-o", "DPkg::Lock::Timeout=300"]
    run(apt + ["update"])
    code, output = run(apt + ["install", "-y", "--no-install-recommends"] + packages)
    if code:
        print(output, file=sys.stderr)
    return code == 0


def run(command):
    """Run a command unseen: its exit code (127 if it is not there) and what it printed."""
    unseen = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    try:
        done = subprocess.run(command, universal_newlines=True, errors="replace", **unseen)
    except OSError as problem:
        return 127, str(problem)
    return done.returncode, done.stdout.strip()


def say(message):
    """Progress, for a person who waits."""
    if sys.stderr.isatty():
        print(message + " ...", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

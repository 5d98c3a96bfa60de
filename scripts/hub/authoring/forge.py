"""Links that open a forge's editor with a form in it. Nothing is sent until a person presses its button."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

#: Longer addresses are cut or refused by servers.
_LONGEST = 7500


def new_file(repository: str, path: str, text: str, branch: str = "main") -> str:
    """The address of a new file `path` (from the repository's root); '' where the site names no forge.

    GitHub, GitLab and Forgejo (also Gitea, Codeberg) each have their own. A text too long for an
    address is left out: the form is downloaded instead.
    """
    host = urlsplit(repository).hostname or ""
    if not host:
        return ""
    folder, _, name = path.rpartition("/")
    if "gitlab" in host:
        address = f"{repository}/-/new/{branch}/{folder}?file_name={quote(name)}"
        content = "&content="
    elif host == "github.com":
        address = f"{repository}/new/{branch}/{folder}?filename={quote(name)}"
        content = "&value="
    else:
        return f"{repository}/_new/{branch}/{folder}?filename={quote(name)}"
    whole = address + content + quote(text)
    return whole if len(whole) <= _LONGEST else address

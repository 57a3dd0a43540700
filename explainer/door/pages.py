"""The page of a session: its id is the server's, and its scripts are those that it came with."""

import re
from secrets import token_urlsafe
from typing import Any

from bokeh.document import Document
from panel.io.server import DocHandler
from tornado.web import HTTPError

CHOSEN = ("bokeh-session-id", "bokeh-token")  # arguments of an address
SCRIPT = re.compile(r"<script(?=[\s>])")


def policy(*scripts: str, framed: str = "'self'") -> str:
    """What a page may do, as a Content-Security-Policy.

    scripts: sources besides the server's own files, such as `'nonce-…'`. framed: who may show the
    page in a frame.
    """
    return "; ".join(
        [
            "default-src 'self'",
            # Panel loads a component from a blob, which only a script can make
            " ".join(["script-src 'self'", *scripts, "blob:"]),
            "connect-src 'self' blob:",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            f"frame-ancestors {framed}",
        ]
    )


def sign(document: Document) -> None:
    """Give a session's page a nonce of its own, which its template puts on each of its scripts."""
    document.template_variables["nonce"] = token_urlsafe(16)


def signed(scripts: str, nonce: str) -> str:
    """Script elements that Panel and Bokeh have written, with the page's nonce."""
    return SCRIPT.sub(f'<script nonce="{nonce}"', scripts)


class SessionPage(DocHandler):
    """A session's page, with the policy that its nonce belongs to.

    Bokeh lets an address choose the session: whoever sends such a link sits in the same session
    as the one who follows it, reads what is typed, and changes what is shown.
    """

    async def get_session(self) -> Any:
        """A new session."""
        asked = set(CHOSEN) & set(self.request.arguments)
        if asked or "Bokeh-Session-Id" in self.request.headers:
            raise HTTPError(400, "a session of one's own choosing", reason="Session Refused")
        session: Any = await super().get_session()  # type: ignore[misc]
        nonce = session.document.template_variables.get("nonce")
        if nonce is not None:
            self.set_header("Content-Security-Policy", policy(f"'nonce-{nonce}'"))
        return session

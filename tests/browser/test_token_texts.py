"""A token is spelled in one way, by Python and by the browser."""

import base64
from pathlib import Path

from playwright.sync_api import Page

from explainer.pages.live.spelled import spelled

MODULE = Path(__file__).parents[2] / "explainer" / "live" / "browser" / "tokens.js"
TEXTS = [
    *" cat|\n\t\r|\0\x07\x1b|\x7f\x85|\u202eabc|\u00a0|\u0301|e\u0301".split("|"),
    *"猫|\u3000|👩\u200d👧|❤\ufe0f".split("|"),
    *"a\u200db|⟨E5 AD⟩|⟨20 D9⟩|⟨20|<b>|\ue000".split("|"),
]  # fmt: skip


def test_a_token_is_spelled_alike_by_python_and_by_the_browser(wide: Page):
    source = base64.b64encode(MODULE.read_bytes()).decode()
    found = wide.evaluate(
        """async ([source, texts]) => {
            const { shown } = await import(`data:text/javascript;base64,${source}`);
            return texts.map((text) => shown(text));
        }""",
        [source, TEXTS],
    )
    assert found == [spelled(text) for text in TEXTS]

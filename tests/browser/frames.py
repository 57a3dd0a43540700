"""Waiting for what a page does by itself: frames that it paints, not a time that passes."""

from playwright.sync_api import Page


def frames(page: Page, count: int = 2) -> None:
    """Return once a page has painted `count` more frames: what it was about to do, it has done."""
    page.evaluate(
        """count => new Promise((done) => {
          const next = () => (count-- > 0 ? requestAnimationFrame(next) : setTimeout(done));
          next();
        })""",
        count,
    )

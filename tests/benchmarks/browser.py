"""What a reader waits for, measured in Chromium: input to paint, and opening a page."""

import statistics
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Locator, Page

from tests.benchmarks.tracing import traced

# Marks the next input event of a kind, the frame in which `done` first holds, and the next one.
WATCH = """
([kind, done]) => {
  const started = new Promise((resolve) =>
    addEventListener(kind, () => {
      performance.mark("bench-start");
      resolve();
    }, {capture: true, once: true}));
  const holds = done ? new Function("return " + done) : () => true;
  const late = new Promise((_, reject) => setTimeout(reject, 20000, `no ${kind} was painted`));
  const frame = () => new Promise(requestAnimationFrame);
  const frames = async () => {
    await started;
    do await frame(); while (!holds());
    performance.mark("bench-first");
    await frame();
    performance.mark("bench-second");
    await frame();
    await frame();
  };
  window.painted = Promise.race([frames(), late]);
}
"""
# The texts of a page, through the shadow roots that Panel's parts have.
TEXTS = """
window.everything = function* (root = document.body) {
  for (const element of root.querySelectorAll("*")) {
    if (element.shadowRoot) yield* window.everything(element.shadowRoot);
    if (!element.children.length) yield element.textContent.trim();
  }
};
"""
# The time until a matrix is there, and painted.
USABLE = """
const deep = (selector, root) => {
  const found = root.querySelector(selector);
  if (found) return found;
  for (const element of root.querySelectorAll("*")) {
    const inner = element.shadowRoot && deep(selector, element.shadowRoot);
    if (inner) return inner;
  }
  return null;
};
window.usable = new Promise((resolve) => {
  const look = () => {
    if (!deep("table[data-place] td", document)) return requestAnimationFrame(look);
    requestAnimationFrame(() => resolve(performance.now()));  // it has been painted
  };
  requestAnimationFrame(look);
});
"""
WARM_UP = 3


@dataclass
class Series:
    """Milliseconds, a number for each repetition: input to paint, and the work in it.

    `worked` is by the clock and `computed` by the main thread's own time: see `Work`. `later` is
    the work of the next frame, by the clock.
    """

    waited: list[float] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)
    computed: list[float] = field(default_factory=list)
    later: list[float] = field(default_factory=list)

    def warm(self) -> "Series":
        """Without the first ones, in which the browser still compiles the scripts."""
        return Series(*(values[WARM_UP:] for values in vars(self).values()))


@dataclass
class Opening:
    """Of one page: bytes as transferred, and milliseconds until it can be used."""

    bytes: list[float] = field(default_factory=list)
    usable: list[float] = field(default_factory=list)


def median(values: list[float]) -> float:
    return statistics.median(values)


def p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


def next_clicks(page: Page, url: str, repetitions: int) -> Series:
    """A click on "next", at every step of a lesson in turn, its motion included."""
    prepare(page, url)
    forward = page.get_by_role("button", name="Next step")
    series = Series()
    while len(series.waited) < WARM_UP + repetitions:
        page.wait_for_timeout(3500)  # no step takes longer to play
        if forward.is_disabled():
            page.get_by_role("button", name="First step").click()
            page.wait_for_timeout(500)
        act(page, series, "click", lambda: click(page, forward))
    return series.warm()


def edits(page: Page, url: str, step: str, place: str, repetitions: int) -> Series:
    """Enter in a cell at the end of a lesson, where everything follows from it."""
    page.emulate_media(reduced_motion="reduce")  # the last step is there at once
    prepare(page, f"{url}?step={step}")
    cell = page.locator(f'table[data-place="{place}"] td[data-cell="0"]')
    series = Series()
    for number in range(WARM_UP + repetitions):
        cell.dblclick()
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type(str(1 + number % 3))  # numbers as a lesson has them
        page.wait_for_timeout(800)  # the last flash is over
        act(page, series, "keydown", lambda: page.keyboard.press("Enter"))
    return series.warm()


def fills(page: Page, url: str, step: str, repetitions: int) -> Series:
    """A number is left in a box, with every computed number of the lesson to be filled in."""
    page.emulate_media(reduced_motion="reduce")
    prepare(page, f"{url}?step={step}&practice=all")
    open_boxes = page.locator('td[data-box="open"]')
    open_boxes.first.wait_for()
    series = Series()
    for number in range(WARM_UP + repetitions):
        open_boxes.first.click()
        page.keyboard.type(str(number % 4))  # some are right
        page.wait_for_timeout(300)
        act(page, series, "keydown", lambda: page.keyboard.press("ArrowDown"))
    return series.warm()


def round_trips(page: Page, url: str, repetitions: int) -> Series:
    """A click on a Panel button until what its Python callback changed is painted."""
    page.goto(url)
    button = page.get_by_role("button", name="count")
    button.wait_for()
    page.evaluate(TEXTS)
    series = Series()
    for number in range(1, repetitions + 1):
        page.wait_for_timeout(200)
        done = f"[...everything()].includes('{number}')"
        act(page, series, "click", lambda: click(page, button), done)
    return series


def openings(browser: Browser, url: str, repetitions: int) -> tuple[Opening, Opening]:
    """A lesson page in a browser that has never been there, and once more in the same one."""
    cold, warm = Opening(), Opening()
    for _ in range(repetitions):
        context = browser.new_context()
        for opening in (cold, warm):
            open_page(context, url, opening)
        context.close()
    return cold, warm


def open_page(context: BrowserContext, url: str, opening: Opening) -> None:
    page = context.new_page()
    page.add_init_script(USABLE)
    session = context.new_cdp_session(page)
    received: list[float] = []
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    session.on(
        "Network.webSocketFrameReceived",
        lambda event: received.append(len(event["response"]["payloadData"])),
    )
    session.send("Network.enable")
    page.goto(url)
    opening.usable.append(page.evaluate("window.usable"))
    opening.bytes.append(sum(received))
    page.close()


def prepare(page: Page, url: str) -> None:
    """Open a lesson and wait until it is ready."""
    page.goto(url)
    page.locator("table[data-place] td").first.wait_for()
    page.wait_for_timeout(500)


def click(page: Page, button: Locator) -> None:
    """A click of the mouse, without what Playwright itself would run in the page."""
    box = button.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def act(page: Page, series: Series, kind: str, action: Callable[[], None], done: str = "") -> None:
    """Do something and wait for the paint, and note both times."""
    with traced(page) as works:
        page.evaluate(WATCH, [kind, done])
        action()
        page.evaluate("window.painted")
    first, second = works
    series.waited.append(first.waited)
    series.worked.append(first.wall)
    series.computed.append(first.cpu)
    series.later.append(second.wall)

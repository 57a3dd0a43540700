"""The app in a browser, from page to page: home, a lesson, what is missing, and going offline."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

import explainer
from explainer.catalog import Catalog
from explainer.cli import main
from tests.browser.frames import frames
from tests.serving import EXPLAINER, serving

LESSON = "/lesson/self-attention"
GIVEN = (
    f"{Catalog().sheet('self-attention')['arrays']['X']['given'][0][0]:g}"  # the first number of X
)
NewContext = Callable[..., BrowserContext]


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory, origins: set[str]) -> Iterator[tuple[str, Path]]:
    """A server with a teacher's own lessons, one of them broken, one full of HTML; the folder."""
    folder = tmp_path_factory.mktemp("own")
    for name in ("my-lesson", "broken", "nasty"):
        assert main(["new", name, "--dir", str(folder)]) == 0
    (folder / "broken" / "lesson.py").write_text("class Broken(")
    nasty = "<img src=x onerror=\"document.title='run'\"><script>document.title='run'</script>"
    for path in (folder / "nasty" / "lesson.py", folder / "nasty" / "en.md"):
        text = path.read_text(encoding="utf-8")
        text = text.replace("# Nasty", f"# {nasty}").replace("Each column", f"{nasty} Each column")
        text = text.replace('role="weight"', f"role='weight', label='''{nasty}'''")
        path.write_text(text.replace('"x1 x2 x3"', '["<b>1</b>", "x2", "x3"]'), encoding="utf-8")
    with serving("--lessons", str(folder)) as served:
        origins.add(urlsplit(served.url).netloc)
        yield served.url, folder


def stage(page: Page) -> Locator:
    """The stage, once it is there; its steps are instant from here on."""
    page.emulate_media(reduced_motion="reduce")
    lesson = page.locator("explainer-lesson")
    expect(lesson.get_by_role("table").first).to_be_visible()
    expect(lesson.locator("[aria-busy]")).to_have_count(0)  # all are made
    return lesson


def cell(page: Page, place: str, number: int) -> Locator:
    return page.locator(f'table[data-place="{place}"] td[data-cell="{number}"]')


def next_step(page: Page) -> None:
    page.get_by_role("button", name=re.compile(r"^(Next step|下一步)")).click()


def edit(page: Page, place: str, number: int, value: str) -> None:
    cell(page, place, number).dblclick()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(value)
    page.keyboard.press("Enter")


def test_home_leads_to_a_lesson_and_back(screen: Page, server: str):
    screen.goto(server)
    expect(screen).to_have_title(re.compile("^explainer"))
    assert screen.locator("li.card:not(.broken)").count() == len(Catalog().ids())
    screen.get_by_role("link", name="Self-attention").first.click()
    expect(screen).to_have_url(re.compile(LESSON))
    stage(screen)
    expect(screen).to_have_title("Self-attention · explainer")
    screen.get_by_role("link", name="Lessons").click()
    screen.wait_for_url(lambda url: urlsplit(url).path == "/")
    expect(screen.get_by_role("heading", level=1)).to_be_visible()


def test_a_lesson_leads_to_the_live_model(wide: Page, server: str):
    wide.goto(f"{server}/lesson/self-attention?lang=zh")
    link = stage(wide).get_by_role("link", name="实时模型")
    expect(link).to_be_visible()
    expect(link).to_have_attribute("href", "../live?lang=zh")


@pytest.mark.parametrize("width", [390, 801, 1081, 1440])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_link_and_no_button_of_a_lesson_is_cut_off(
    wide: Page, server: str, width: int, language: str
):
    wide.set_viewport_size({"width": width, "height": 700})
    wide.goto(f"{server}/lesson/self-attention?lang={language}&X.0.0=2")  # there is a reset
    expect(stage(wide).locator(".reset")).to_be_visible()
    more = stage(wide).locator(".more")
    if more.is_visible():
        more.click()
    expect(stage(wide).locator(".share")).to_be_visible()  # which gives these very numbers
    home = stage(wide).get_by_role("link", name={"en": "Lessons", "zh": "课程"}[language])
    expect(home).to_be_visible()
    for bar in (".top", ".nav", ".bottom"):
        room = stage(wide).locator(bar).evaluate("(bar) => [bar.scrollWidth, bar.clientWidth]")
        assert room[0] <= room[1], bar


def test_a_thumbnail_stays_in_its_card(screen: Page, server: str):
    screen.goto(server)
    for picture in screen.locator(".picture").all():
        outer = picture.bounding_box()
        inner = picture.locator("svg").bounding_box()
        assert outer is not None and inner is not None
        assert outer["x"] <= inner["x"]
        assert inner["x"] + inner["width"] <= outer["x"] + outer["width"]
        assert outer["y"] <= inner["y"]
        assert inner["y"] + inner["height"] <= outer["y"] + outer["height"]


@pytest.mark.expected_errors("404")
def test_home_fits_and_is_readable(screen: Page, server: str, axe: Callable[[Page], list[str]]):
    for scheme in ("light", "dark"):
        screen.emulate_media(color_scheme=scheme)
        for language in ("en", "zh"):
            for path in ("/", "/glossary", "/lesson/nope"):
                screen.goto(f"{server}{path}?lang={language}")
                width = screen.evaluate("[document.documentElement.scrollWidth, innerWidth]")
                assert width[0] <= width[1]
                assert axe(screen) == []


@pytest.mark.expected_errors("404")
def test_what_is_missing_lists_what_exists(wide: Page, server: str):
    response = wide.goto(server + "/lesson/nope")
    assert response is not None and response.status == 404
    expect(wide.get_by_role("main")).to_contain_text("nope")
    wide.get_by_role("link", name="Self-attention").click()
    stage(wide)


def test_a_link_reopens_what_was_shared(wide: Page, new_context: NewContext, server: str):
    wide.goto(server + LESSON)
    stage(wide)
    edit(wide, "X", 0, "7")
    for _ in range(3):
        next_step(wide)
    wide.get_by_role("button", name="exact", exact=True).click()
    wide.get_by_role("button", name="中文").click()
    expect(wide).to_have_url(re.compile("step=match"))
    expect(wide).to_have_url(re.compile("arithmetic=exact"))
    expect(wide).to_have_url(re.compile(r"X\.0\.0=7"))
    other = new_context().new_page()
    other.goto(server + LESSON + "?step=match&arithmetic=exact&lang=zh&X.0.0=7")
    stage(other)
    expect(other).to_have_title("自注意力 · explainer")
    expect(cell(other, "X", 0)).to_have_text("7")
    expect(cell(other, "S", 0)).to_have_text(cell(wide, "S", 0).inner_text())
    expect(other.get_by_role("button", name="精确")).to_have_attribute("aria-pressed", "true")


def test_reloading_keeps_the_place(wide: Page, server: str):
    wide.goto(server + LESSON)
    stage(wide)
    next_step(wide)
    expect(wide).to_have_url(re.compile("step=project"))
    wide.reload()
    stage(wide)
    expect(cell(wide, "Q", 0)).not_to_have_text("")
    expect(wide).to_have_url(re.compile("step=project"))


def test_nonsense_in_the_address_is_told(wide: Page, server: str):
    wide.goto(server + LESSON + "?step=%3Cscript%3E&arithmetic=roman&lang=xx&X.0.0=NaN&X.9.9=1")
    expect(stage(wide)).to_contain_text("<script>")
    expect(cell(wide, "X", 0)).to_have_text(GIVEN)
    next_step(wide)
    expect(cell(wide, "Q", 0)).not_to_have_text("")


def test_the_language_follows_the_reader(new_context: NewContext, server: str):
    page = new_context(locale="zh-CN").new_page()
    page.goto(server)
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    page.get_by_role("link", name="自注意力").first.click()
    stage(page)
    expect(page).to_have_title("自注意力 · explainer")
    page.get_by_role("button", name="EN").click()
    expect(page).to_have_title("Self-attention · explainer")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="Lessons").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    page.goto(server + LESSON)
    stage(page)
    expect(page).to_have_title("自注意力 · explainer")


def background(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))


def test_the_theme_follows_the_system_and_the_switch(wide: Page, server: str):
    wide.emulate_media(color_scheme="light")
    wide.goto(server)
    light = background(wide)
    wide.emulate_media(color_scheme="dark")
    dark = background(wide)
    assert light != dark
    switch = wide.get_by_role("button", name="Light or dark")
    switch.click()
    assert background(wide) == light
    wide.goto(server + LESSON)
    expect(stage(wide)).to_have_attribute("theme", "light")
    assert background(wide) == light
    wide.get_by_role("button", name="Theme: light").click()
    assert background(wide) == dark
    wide.goto(server)
    assert background(wide) == dark


def test_an_address_names_the_theme_until_another_is_chosen(wide: Page, server: str):
    wide.emulate_media(color_scheme="light")
    wide.goto(server)
    light = background(wide)
    wide.goto(f"{server}/?theme=dark&lang=en")
    assert background(wide) != light
    wide.get_by_role("button", name="Light or dark: dark").click()
    assert background(wide) == light
    expect(wide).to_have_url(f"{server}/?lang=en")
    wide.goto(f"{server}{LESSON}?theme=dark")
    expect(stage(wide)).to_have_attribute("theme", "dark")
    assert background(wide) != light
    wide.get_by_role("button", name="Theme: dark").click()
    assert background(wide) == light
    wide.goto(f"{server}{LESSON}?theme=blue")
    expect(stage(wide).get_by_text("theme")).to_be_visible()


def test_storage_may_be_forbidden(new_context: NewContext, server: str):
    context = new_context()
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no') }})"
    )
    page = context.new_page()
    page.goto(server)
    before = background(page)
    switch = page.get_by_role("button", name="Light or dark")
    switch.click()
    switch.click()
    assert background(page) != before
    page.get_by_role("link", name="中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    page.goto(server + LESSON)
    stage(page)


def test_two_tabs_do_not_meet(new_context: NewContext, server: str):
    context = new_context()
    first, second = context.new_page(), context.new_page()
    for page in (first, second):
        page.goto(server + LESSON)
        stage(page)
    edit(first, "X", 0, "9")
    expect(cell(first, "X", 0)).to_have_text("9")
    next_step(second)
    expect(cell(second, "X", 0)).to_have_text(GIVEN)
    expect(first).not_to_have_url(re.compile("step="))


def test_a_broken_lesson_is_a_card_that_says_why(wide: Page, own: tuple[str, Path]):
    wide.goto(own[0])
    card = wide.locator(".card").filter(has_text="broken")
    expect(card).to_contain_text("lesson.py line 1")
    card.get_by_role("link").click()
    expect(wide.get_by_role("heading", name="This lesson does not load")).to_be_visible()
    expect(wide.locator("main")).to_contain_text("lesson.py line 1")


def test_a_lesson_follows_its_files_and_keeps_what_it_was(
    screen: Page, own: tuple[str, Path], axe: Callable[[Page], list[str]]
):
    path = own[1] / "my_lesson" / "lesson.py"
    good = path.read_text(encoding="utf-8")
    screen.goto(f"{own[0]}/lesson/my-lesson?step=weigh")
    lesson = stage(screen)
    try:
        path.write_text(good.replace("H = W @ X\n", "H = W @ X.T\n"), encoding="utf-8")
        alert = screen.get_by_role("alert").filter(has_text="matmul of 2×2 and 3×2")
        expect(alert).to_contain_text(re.compile(r"lesson\.py line \d+"))
        lesson = stage(screen)
        expect(cell(screen, "H", 0)).to_have_text("−2")  # the lesson as it was, where it was
        height = screen.viewport_size["height"]  # type: ignore[index]
        for part in (alert, lesson):
            box = part.bounding_box()
            assert box and box["y"] >= 0 and box["y"] + box["height"] <= height + 1
        assert axe(screen) == []
    finally:
        path.write_text(good.replace("[1, 2, 0]", "[5, 2, 0]"), encoding="utf-8")
    expect(cell(screen, "X", 0)).to_have_text("5")
    expect(screen.get_by_role("alert").filter(has_text="matmul")).to_have_count(0)
    path.write_text(good, encoding="utf-8")


def test_html_in_a_lesson_is_text(wide: Page, own: tuple[str, Path]):
    for path in ("/", "/lesson/nasty"):
        wide.goto(own[0] + path)
        expect(wide.get_by_text("<script>").first).to_be_visible()
        frames(wide)  # whatever would load or run has begun to
        assert "<script>" in wide.content() or "&lt;script&gt;" in wide.content()
        assert wide.locator("img[src=x]").count() == 0
        assert wide.title() != "run"


def test_a_lesson_that_was_edited_is_new_after_a_reload(wide: Page, own: tuple[str, Path]):
    url, folder = own
    wide.goto(url + "/lesson/my-lesson")
    expect(stage(wide)).to_contain_text("Two features a token")
    text = folder / "my_lesson" / "en.md"
    text.write_text(text.read_text(encoding="utf-8").replace("Two features", "A pair"))
    wide.reload()
    expect(stage(wide)).to_contain_text("A pair a token")


@pytest.mark.expected_errors("ERR_INTERNET_DISCONNECTED", "(?i)websocket", "not connected")
def test_the_stage_goes_on_without_its_server(wide: Page, tmp_path: Path, origins: set[str]):
    with serving() as served:
        origins.add(urlsplit(served.url).netloc)
        wide.goto(served.url + LESSON)
        stage(wide)
        wide.context.set_offline(True)
        next_step(wide)
        expect(cell(wide, "Q", 0)).not_to_have_text("")
    # Now the server is gone, too.
    before = cell(wide, "Q", 0).inner_text()
    edit(wide, "X", 0, "3")
    expect(cell(wide, "Q", 0)).not_to_have_text(before)
    wide.get_by_role("button", name="exact", exact=True).click()
    wide.get_by_role("button", name="中文").click()
    expect(wide).to_have_title("自注意力 · explainer")
    for _ in range(7):
        next_step(wide)
    expect(cell(wide, "Z", 0)).not_to_have_text("")


def test_python_follows_the_stage(wide: Page, server: str):
    """What the browser does reaches the session: its links change language with the stage."""
    wide.goto(server + LESSON)
    stage(wide)
    wide.get_by_role("button", name="中文").click()
    expect(wide.get_by_role("link", name="课程")).to_be_visible()


def test_panel_serve_does_the_same(wide: Page, origins: set[str]):
    app = Path(explainer.__file__).with_name("app.py")
    with serving(str(app), command=EXPLAINER.with_name("panel")) as served:
        origins.add(urlsplit(served.url).netloc)
        wide.goto(served.url + "/app?lang=zh")
        wide.get_by_role("heading", name="自注意力").get_by_role("link").click()
        stage(wide)
        next_step(wide)
        expect(wide).to_have_url(re.compile(r"/app\?lesson=self-attention&.*step=project"))
        wide.reload()
        stage(wide)
        expect(cell(wide, "Q", 0)).not_to_have_text("")
        wide.get_by_role("link", name="课程").click()
        expect(wide.locator(".card").first).to_be_visible()


def test_a_lesson_is_practised(screen: Page, server: str, axe: Callable[[Page], list[str]]):
    """The second bundle comes from the server, and what is filled in outlives a reload."""
    screen.emulate_media(reduced_motion="reduce")
    with screen.expect_response(re.compile(r"/practice\.bundle\.js\?v=[0-9a-f]{16}$")):
        screen.goto(f"{server}/lesson/self-attention?step=project&practice=1")
    box = screen.locator('td[data-box="open"]').first
    box.click()
    screen.keyboard.type("2")
    screen.keyboard.press("Enter")
    answered = screen.locator('td:is([data-box="right"], [data-box="wrong"])')
    expect(answered).to_have_count(1)
    assert axe(screen) == []
    screen.reload()
    expect(answered).to_have_count(1)


def test_the_end_of_a_lesson_leads_on(wide: Page, server: str):
    ids = Catalog().ids()
    following = Catalog().sheet(ids[ids.index("self-attention") + 1])
    wide.goto(f"{server}{LESSON}")
    lesson = stage(wide)
    wide.keyboard.press("End")
    real = lesson.get_by_role("link", name="The same in a real model")
    expect(real).to_have_attribute(
        "href", re.compile(r"^\.\./live\?prompt=One\+day.*view=by_hand$")
    )
    link = lesson.get_by_role("link", name=f"Next: {following['texts']['en']['title']}")
    wide.get_by_role("button", name="中文").click()
    expect(
        lesson.get_by_role("link", name=f"下一课：{following['texts']['zh']['title']}")
    ).to_be_visible()
    expect(link).to_have_count(0)
    lesson.locator("a[slot=onward]").first.click()
    expect(wide).to_have_url(re.compile(f"/lesson/{following['id']}"))
    wide.goto(f"{server}/lesson/{ids[-1]}")
    stage(wide)
    wide.keyboard.press("End")
    expect(wide.locator("a[slot=onward]")).to_have_count(0)


@pytest.mark.expected_errors("Content Security Policy")
def test_a_script_that_gets_into_a_page_does_not_run(wide: Page, server: str):
    for path in ("/", "/lesson/self-attention", "/live"):
        wide.goto(server + path)
        ran = wide.evaluate(
            """() => {
                const script = document.createElement("script");
                script.textContent = "document.title = 'run'";
                document.body.append(script);
                const picture = document.createElement("div");
                picture.innerHTML = '<button onclick="document.title = `run`">x</button>';
                document.body.append(picture);
                picture.firstChild.click();
                return document.title === "run";
            }"""
        )
        assert not ran, path

"""The live page's views without a browser: they follow the look, and show the capture's numbers."""

import asyncio
import csv
import io
import json
import re
import string
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from typing import Any

import numpy as np
import panel as pn
import pytest
import torch
from bokeh.document import Document
from bokeh.events import Tap
from PIL import Image
from pyviz_comms import Comm

from explainer.errors import LiveError
from explainer.live import Head, LiveModel, Mlp, load
from explainer.pages.live import lens, saving, tables
from explainer.pages.live.dial import Dial
from explainer.pages.live.look import Look
from explainer.pages.live.png import png
from explainer.pages.live.save import SaveButtons
from explainer.pages.live.shares import percent
from explainer.pages.live.spelled import spelled
from explainer.pages.live.words_views import WORDS
from explainer.stage.component import Stage
from tests.live import llamas

VIEWS = "norms lens neurons next_token ablation by_hand saving".split()
NASTY = "=1+1 <script>alert(1)</script>\t\u202eab\u0000\n"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> LiveModel:
    folder = tmp_path_factory.mktemp("llama")
    return load(llamas.save(folder, num_key_value_heads=2, vocab_size=258), max_tokens=700)


@pytest.fixture
def look(model: LiveModel) -> Look:
    return Look(capture=model.capture(NASTY), layer=1, head=2, token=5)


def view(name: str, look: Look) -> Any:
    return getattr(import_module(f"explainer.pages.live.{name}"), name)(look)


def plot(view: Any) -> Any:
    return view.select(pn.pane.Bokeh)[0].object


def source(plot: Any, name: str) -> dict[str, Any]:
    """The first data of a plot that have a column of that name."""
    return next(r.data_source.data for r in plot.renderers if name in r.data_source.data)


def column(plot: Any, name: str) -> np.ndarray:
    return np.asarray(source(plot, name)[name])


def click(plot: Any, x: float, y: float) -> None:
    for callback in plot._event_callbacks["tap"]:
        callback(Tap(plot, sx=0, sy=0, x=x, y=y))


def button(view: Any, name: str) -> pn.widgets.Button:
    found = [each for each in view.select(pn.widgets.Button) if re.search(name, each.label)]
    assert len(found) == 1, [each.label for each in view.select(pn.widgets.Button)]
    return found[0]


def press(view: Any, name: str) -> None:
    chosen = button(view, name)
    assert not chosen.disabled
    chosen.param.trigger("clicks")


def text(view: Any) -> str:
    """What the visible HTML of a view says."""
    return " ".join(pane.object for pane in view.select(pn.pane.HTML) if pane.visible)


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_without_a_capture_says_so(name: str, model: LiveModel):
    look = Look()
    shown = view(name, look)
    line, body = shown
    for look.language in WORDS:
        assert WORDS[look.language]["nothing"] in line.object
        assert line.visible and not body.visible
    look.capture = model.capture("a b")
    assert body.visible and not line.visible
    assert shown.get_root(Document(), Comm()) is not None


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_follows_what_is_chosen_and_how_the_page_is(name: str, look: Look, model: LiveModel):
    shown = view(name, look)
    for change in (
        {"dark": True},
        {"language": "zh"},
        {"token": 10**6, "layer": 10**6, "head": 10**6},
        {"capture": model.capture("b")},  # of which the chosen token is not one
        {"layer": 0, "head": 0, "token": 0},
    ):
        look.param.update(**change)
        assert shown[1].visible
    again = view(name, look)
    assert text(shown) == text(again)
    for ours, new in zip(shown.select(pn.pane.Bokeh), again.select(pn.pane.Bokeh), strict=True):
        assert ours.object.background_fill_color == new.object.background_fill_color
        for a, b in zip(ours.object.renderers, new.object.renderers, strict=True):
            for key, values in a.data_source.data.items():
                np.testing.assert_array_equal(values, b.data_source.data[key])


def test_norms_are_those_of_the_capture(look: Look):
    shown = view("norms", look)
    lengths = look.capture.residual_norms()
    np.testing.assert_array_equal(column(plot(shown), "norm")[0], lengths)
    assert f"{lengths[1, 5]:.4g}" in text(shown)
    click(plot(shown), 7.4, 2.2)
    assert (look.layer, look.token) == (2, 7)
    assert f"{lengths[2, 7]:.4g}" in text(shown)
    click(plot(shown), 3, 3)  # the row of the output, beyond the last layer
    assert (look.layer, look.token) == (2, 3)
    click(plot(shown), -5, 1)
    assert look.token == 3


def test_norms_of_a_long_prompt_are_the_largest_of_a_few_tokens(model: LiveModel):
    look = Look(capture=model.capture("abc " * 170), token=600)
    shown = view("norms", look)
    lengths, pooled = look.capture.residual_norms(), column(plot(shown), "norm")[0]
    assert lengths.shape == (4, 681) and pooled.shape == (4, 512)
    assert pooled.max() == lengths.max()
    at = int(plot(shown).renderers[1].data_source.data["x"][0])
    assert pooled[0, at] in lengths[0, [600, 601, 599]]
    assert f"{lengths[0, 600]:.4g}" in text(shown)


def test_the_lens_is_that_of_the_capture(look: Look, model: LiveModel):
    shown = view("lens", look)
    count = len(look.capture.tokens)
    read = look.capture.logit_lens(5)
    x, shares = column(plot(shown), "x"), column(plot(shown), "share").reshape(4, -1)
    start = next(
        s for s in range(count) if np.array_equal(shares, read.probabilities[:, s : s + 8, 0])
    )
    assert start <= 5 < start + 8 and x.max() == 7
    told = column(plot(shown), "told").reshape(4, -1)
    assert told[2, 3] == spelled(model.text(int(read.ids[2, start + 3, 0])))
    best = text(shown)
    for rank in range(5):
        assert percent(float(read.probabilities[1, 5, rank])) in best
    click(plot(shown), 2, 3)
    assert (look.token, look.layer) == (start + 2, 2)
    assert WORDS["en"]["lens_output"][:20] in text(shown)
    assert percent(float(read.probabilities[3, start + 2, 0])) in text(shown)
    look.token = count - 1
    np.testing.assert_array_equal(
        column(plot(shown), "share").reshape(4, -1), read.probabilities[:, -8:, 0]
    )


def test_the_slider_of_the_lens_chooses_the_layer(look: Look):
    shown = view("lens", look)
    (slider,) = shown.select(Dial)
    assert (slider.value, slider.end) == (1, 3)
    slider.value = 2
    assert look.layer == 2
    slider.value = 3  # the output, which is no layer
    assert look.layer == 2 and slider.value == 3
    look.layer = 0
    assert slider.value == 0


def test_neurons_are_those_of_the_capture(look: Look):
    shown = view("neurons", look)
    found = look.capture.neurons(1, 5)
    np.testing.assert_array_equal(column(plot(shown), "value"), found.activations)
    np.testing.assert_array_equal(column(plot(shown), "neuron"), found.neurons)
    colours = column(plot(shown), "colour")
    assert {*colours[found.activations < 0]}.isdisjoint(colours[found.activations >= 0])
    look.token = 2
    np.testing.assert_array_equal(
        column(plot(shown), "value"), look.capture.neurons(1, 2).activations
    )


def test_the_next_token_is_shown_after_each_filter(look: Look):
    shown = view("next_token", look)
    look.param.update(temperature=0.5, top_k=7, top_p=0.6)
    found = look.capture.next_token(0.5, 7, 0.6)
    told = column(plot(shown), "told").reshape(4, 12)
    stages = (found.model, found.tempered, found.top_k, found.top_p)
    assert told.tolist() == [[percent(float(p)) for p in stage[:12]] for stage in stages]
    bars = source(plot(shown), "left")
    lengths = np.asarray(bars["right"]) - np.asarray(bars["left"])
    shares = np.concatenate([stage[:12] for stage in stages])
    np.testing.assert_allclose(lengths / lengths.max(), shares / shares.max(), atol=1e-6)
    assert f"<b>{np.count_nonzero(found.top_p)}</b>" in text(shown)


def test_widgets_and_look_keep_the_same_filters(look: Look):
    shown = view("next_token", look)
    temperature, top_k, top_p = shown.select(Dial)
    assert top_k.end == look.capture.model.vocabulary
    temperature.value, top_k.value, top_p.value = 2.0, 3, 0.9
    assert (look.temperature, look.top_k, look.top_p) == (2.0, 3, 0.9)
    assert isinstance(look.top_k, int)
    look.param.update(temperature=0, top_k=0, top_p=1)
    assert (temperature.value, top_k.value, top_p.value) == (0, 0, 1)


def test_a_token_is_appended_by_asking_the_page(look: Look):
    shown = view("next_token", look)
    likeliest = int(look.capture.next_token().ids[0])
    asked: list[int] = []
    look.param.watch(lambda event: asked.append(event.new), "append")
    press(shown, "likeliest")
    assert asked == [likeliest]
    assert button(shown, "Draw").disabled  # until the page has done it
    look.param.update(append=None, capture=look.capture.append(likeliest))
    found = look.capture.next_token()
    look.top_k = 3
    press(shown, "Draw")
    assert asked[-1] in found.ids[:3]
    look.append = None
    click(plot(shown), 1.5, 4)
    press(shown, "Append it")
    assert asked[-1] == found.ids[4]


@pytest.mark.parametrize("limit", ["max_tokens", "memory"])
def test_a_full_prompt_says_why_it_cannot_grow(look: Look, limit: str):
    capture = look.capture
    model, count = capture.model, len(capture.tokens)
    limits = (
        {"max_tokens": count}
        if limit == "max_tokens"
        else {"memory": count * model.bytes_per_token}
    )
    full = type(model)(**{**vars(model), **limits})
    look.capture = type(capture)(**{**vars(capture), "model": full})
    shown = view("next_token", look)
    for name in ("likeliest", "Draw", "Append it"):
        assert button(shown, name).disabled
    assert "The prompt cannot grow" in text(shown)
    with pytest.raises(LiveError):
        look.capture.append(5)
    look.capture = capture
    assert not button(shown, "Draw").disabled
    assert "The prompt cannot grow" not in text(shown)


def test_heads_and_mlps_are_silenced_and_heard_again(look: Look):
    shown = view("ablation", look)
    press(shown, "head 2")
    press(shown, "MLP")
    assert look.ablate == [Head(1, 2), Mlp(1)]
    (how,) = shown.select(pn.widgets.RadioButtonGroup)
    how.value = "mean"
    press(shown, "Replace layer 1 · head 2")
    assert look.ablate == [Mlp(1), Head(1, 2, "mean")]
    press(shown, "✕ MLP")
    assert look.ablate == [Head(1, 2, "mean")]
    look.layer = 0
    press(shown, "Replace the MLP of layer 0")
    press(shown, "✕ all")
    assert look.ablate == []


def test_an_ablation_is_compared_with_the_plain_run(look: Look, model: LiveModel):
    shown = view("ablation", look)
    comparison = shown[1][-1]
    assert not comparison.visible
    plain = look.capture
    ablated = model.capture(NASTY, [Mlp(1), Head(0, 1, "mean")])
    look.param.update(ablate=list(ablated.ablations), capture=ablated, plain=plain)
    assert comparison.visible
    before, after = (torch.tensor(c.logits).double().softmax(-1) for c in (plain, ablated))
    divergence = torch.nn.functional.kl_div(after.log(), before, reduction="sum").item()
    assert f"<b>{divergence:.4g}</b>" in text(shown)
    ids = sorted(
        {*before.topk(8).indices.tolist(), *after.topk(8).indices.tolist()},
        key=lambda one: -before[one].item(),
    )
    told = column(plot(shown), "told").reshape(3, -1)
    assert told[0].tolist() == [percent(before[one].item()) for one in ids]
    assert told[1].tolist() == [percent(after[one].item()) for one in ids]
    assert [float(cell.replace("−", "-")) for cell in told[2]] == pytest.approx(
        [100 * (after[one] - before[one]).item() for one in ids], abs=0.051
    )
    look.param.update(ablate=[], capture=plain, plain=None)
    assert not comparison.visible


def test_the_chosen_head_is_on_the_stage(look: Look):
    shown = view("by_hand", look)
    (stage,) = shown.select(Stage)
    assert stage.sheet == look.capture.by_hand(1, 2, 5)
    look.param.update(language="zh", dark=True)
    assert shown.select(Stage) == [stage]
    assert (stage.language, stage.theme) == ("zh", "dark")
    look.param.update(head=0, token=3)
    (stage,) = shown.select(Stage)
    assert stage.sheet == look.capture.by_hand(1, 0, 3)


def test_a_view_out_of_sight_computes_nothing(look: Look, monkeypatch: pytest.MonkeyPatch):
    look.view = "lens"
    shown = view("neurons", look)
    assert not column(plot(shown), "value").size
    look.view = "neurons"
    np.testing.assert_array_equal(
        column(plot(shown), "value"), look.capture.neurons(1, 5).activations
    )
    look.view = "lens"
    before = column(plot(shown), "value")
    look.token = 2
    np.testing.assert_array_equal(column(plot(shown), "value"), before)
    look.view = ""
    np.testing.assert_array_equal(
        column(plot(shown), "value"), look.capture.neurons(1, 2).activations
    )


@pytest.mark.parametrize(
    ("name", "method"),
    [
        ("norms", "residual_norms"), ("lens", "logit_lens"), ("neurons", "neurons"),
        ("next_token", "next_token"), ("by_hand", "by_hand"),
    ],
)  # fmt: skip
def test_what_goes_wrong_becomes_a_line(
    name: str, method: str, look: Look, monkeypatch: pytest.MonkeyPatch
):
    def fails(*args: Any, **kwargs: Any) -> None:
        raise LiveError("no memory <b>left</b>", "out-of-memory")

    with monkeypatch.context() as patch:
        patch.setattr(type(look.capture), method, fails)
        shown = view(name, look)
        line, body = shown
        assert line.visible and not body.visible
        assert "no memory &lt;b&gt;left&lt;/b&gt;" in line.object
        look.language = "zh"
        assert "内存" in line.object
    look.param.trigger("capture")
    assert body.visible and not line.visible


@pytest.mark.parametrize("name", VIEWS)
def test_no_text_becomes_markup(name: str, model: LiveModel):
    look = Look(capture=model.capture("<"), token=1)
    assert look.capture.tokens[1].text == "<"
    shown = view(name, look)
    looked = re.sub(
        r"</?(p|b|bdi|table|caption|tbody|tr|td|i)( [a-z]+=\"[^\"<]*\")*>", "", text(shown)
    )
    assert "<" not in looked


@pytest.mark.parametrize("name", tables.TABLES)
def test_saved_numbers_come_back(name: str, look: Look, model: LiveModel):
    plain = look.capture
    look.param.update(capture=model.capture(NASTY, [Mlp(0)]), plain=plain, top_k=9)
    archive = np.load(io.BytesIO(tables.TABLES[name](look).npz()), allow_pickle=False)
    titles, *rows = read(tables.TABLES[name](look).csv())
    assert all(len(row) == len(titles) for row in rows)
    capture = look.capture
    if name == "attention":
        weights = capture.attention(1, 2)
        np.testing.assert_array_equal(archive["weights"], weights)
        np.testing.assert_array_equal(floats(rows, 2), weights)
    elif name == "norms":
        np.testing.assert_array_equal(archive["norms"], capture.residual_norms())
        np.testing.assert_array_equal(floats(rows, 2).T, capture.residual_norms())
    elif name == "lens":
        lens = capture.logit_lens(5)
        np.testing.assert_array_equal(archive["ids"], lens.ids)
        np.testing.assert_array_equal(archive["probabilities"], lens.probabilities)
        cells = {tuple(map(int, (r[2], r[0], r[3]))): (int(r[4]), np.float32(r[6])) for r in rows}
        assert len(cells) == lens.ids.size
        for (layer, token, rank), cell in cells.items():
            at = layer, token, rank - 1
            assert cell == (lens.ids[at], lens.probabilities[at])
    elif name == "neurons":
        found = capture.neurons(1, 5, top=80)
        np.testing.assert_array_equal(archive["activations"], found.activations)
        np.testing.assert_array_equal(floats(rows, 1)[:, 0], found.activations)
        assert [int(row[0]) for row in rows] == found.neurons.tolist()
    elif name == "next_token":
        found = capture.next_token(1.0, 9, 1.0)
        np.testing.assert_array_equal(archive["top_k"], found.top_k)
        expected = np.stack([found.model, found.tempered, found.top_k, found.top_p], 1)
        np.testing.assert_array_equal(floats(rows, 2), expected)
        assert [json.loads(row[1]) for row in rows] == [model.text(int(i)) for i in found.ids]
    elif name == "scores":
        found = capture.overview().scores
        for at, (score, expected) in enumerate(found.items(), 2):
            # computed twice, and threads may add up in another order
            near = {"rtol": 1e-5, "atol": 1e-5}
            np.testing.assert_allclose(archive[score], expected, **near)
            np.testing.assert_allclose(floats(rows, at)[:, 0], expected.ravel(), **near)
    else:
        both = [torch.tensor(c.logits).double().softmax(-1) for c in (plain, capture)]
        order = archive["ids"]
        assert archive["before"] == pytest.approx(both[0][order].numpy(), rel=1e-12)
        np.testing.assert_array_equal(floats(rows, 3, np.float64)[:, 0], archive["after"])
    if "tokens" in archive:
        texts = [json.loads(token) for token in archive["tokens"].tolist()]
        assert texts == [token.text for token in capture.tokens]
        assert archive["token_ids"].tolist() == [token.id for token in capture.tokens]


def read(file: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.decode("utf-8-sig"), newline="")))


def floats(rows: list[list[str]], start: int, dtype: Any = np.float32) -> np.ndarray:
    return np.array([[float(cell or "nan") for cell in row[start:]] for row in rows], dtype)


def test_no_cell_of_a_table_is_a_formula(model: LiveModel):
    for letter in string.punctuation + "\t\r\n\0":
        look = Look(capture=model.capture("a" + letter), token=2)
        _, *rows = read(tables.attention(look).csv())
        assert rows[2][1][0] == '"' and json.loads(rows[2][1]) == letter
        assert rows[2][1].isprintable()


def test_of_a_long_prompt_the_rows_up_to_the_token_are_saved(
    model: LiveModel, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(tables, "CELLS", 681 * 20)
    look = Look(capture=model.capture("abc " * 170), token=100, layer=1, head=3)
    archive = np.load(io.BytesIO(tables.attention(look).npz()))
    assert archive["queries"].tolist() == list(range(81, 101))
    np.testing.assert_array_equal(
        archive["weights"], look.capture.attention(1, 3, queries=slice(81, 101))
    )
    look.token = 3
    archive = np.load(io.BytesIO(tables.attention(look).npz()))
    assert archive["queries"].tolist() == list(range(20))
    archive = np.load(io.BytesIO(tables.lens(look).npz()))
    assert archive["ids"].shape == (4, 256, 5)


def test_the_map_is_saved_as_a_picture(look: Look):
    weights = look.capture.attention(1, 2)
    picture = Image.open(io.BytesIO(saving.map_of(look)))
    picture.load()
    assert picture.size == weights.shape[::-1]
    shades = np.rint(255 * np.sqrt(weights / weights.max()))
    # a root may be rounded the other way in another precision
    np.testing.assert_allclose(np.asarray(picture).astype(float), shades, atol=1)
    assert picture.convert("RGB").getpixel((20, 0)) == (255, 255, 255)  # light, and no weight
    look.dark = True
    dark = Image.open(io.BytesIO(saving.map_of(look))).convert("RGB")
    assert dark.getpixel((20, 0)) == (29, 32, 39)


def awaited(coroutine: Any) -> Any:
    """Its result, from a thread of its own: the browser tests' loop stays in the main one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


def test_files_are_made_when_they_are_asked_for(look: Look, monkeypatch: pytest.MonkeyPatch):
    shown = view("saving", look)
    (what,) = shown.select(pn.widgets.Select)
    files = {each.filename: each for each in shown.select(pn.widgets.FileDownload)}
    assert {"attention-layer-1-head-2.csv", "attention-layer-1-head-2.png"} <= files.keys()
    picture = files["attention-layer-1-head-2.png"]
    what.value = "next_token"
    file = next(f for f in shown.select(pn.widgets.FileDownload) if f.filename == "next-token.csv")
    assert not picture.visible
    made = awaited(file.callback())
    assert made.read() == tables.next_token(look).csv()

    def fails(*args: Any) -> None:
        raise LiveError("no <memory>", "out-of-memory")

    monkeypatch.setattr(type(look.capture), "next_token", fails)
    assert awaited(file.callback()) is None
    file._sync_data(None)  # no file, and no traceback
    assert "no &lt;memory&gt;" in text(shown)


def test_the_capture_is_saved_as_a_page(look: Look):
    pytest.importorskip("explainer.live.export")
    made = saving.page_of(look).decode("utf-8")
    assert made.lower().startswith("<!doctype html>")
    assert "<script>alert(1)</script>" not in made


@pytest.mark.parametrize(
    ("token", "shown"),
    [
        (" cat", "␣cat"),
        ("\n\t", "⏎⇥"),
        ("\0", "␀"),
        ("\x7f", "␡"),
        ("\u202eabc", "⟨U+202E⟩abc"),
        ("\u00a0", "⟨U+00A0⟩"),
        ("\u0301", "◌\u0301"),
        ("e\u0301", "e\u0301"),
        ("猫", "猫"),
        ("🐈", "🐈"),
        ("⟨E5 AD⟩", "⟨E5 AD⟩"),
        ("<b>", "<b>"),
        ("", ""),
    ],
)
def test_a_token_is_spelled_so_that_it_can_be_seen(token: str, shown: str):
    assert spelled(token) == shown


def test_a_long_token_is_cut():
    assert spelled("abcdef", 6) == "abcdef"
    assert spelled("abcdefg", 6) == "abcde…"
    assert spelled("   ", 2) == "␣…"
    assert spelled("⟨E5 AD 90⟩", 5) == "⟨E5 …"


@pytest.mark.parametrize(
    ("share", "told"),
    [(0.0, "–"), (1.0, "100.0%"), (0.12345, "12.3%"), (0.0004, "<0.1%"), (0.0005, "0.1%")],
)
def test_a_probability_is_written_as_a_percentage(share: float, told: str):
    assert percent(share) == told


def test_both_languages_have_all_words():
    def flat(words: dict[str, Any]) -> Iterator[tuple[str, set[str]]]:
        for key, value in words.items():
            if isinstance(value, dict):
                yield from ((f"{key}.{inner}", fields) for inner, fields in flat(value))
            else:
                yield key, set(re.findall(r"\{(\w+)\}|<(\w+)>", value))

    assert dict(flat(WORDS["en"])) == dict(flat(WORDS["zh"]))
    assert {*WORDS["en"]["tables"]} == {*tables.TABLES}


def test_each_plot_has_buttons_that_save_it(look: Look):
    for name in VIEWS:
        shown = view(name, look)
        plots = [pane.object.id for pane in shown.select(pn.pane.Bokeh)]
        assert [each.plot for each in shown.select(SaveButtons)] == plots


@pytest.mark.parametrize("name", ["lens", "neurons", "norms", "by_hand", "next_token"])
def test_whatever_a_read_raises_the_line_ends_in_a_sentence(
    name: str, look: Look, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def fails(*args: Any, **options: Any) -> None:
        raise TypeError("of a device that cannot")

    for method in ("logit_lens", "neurons", "residual_norms", "by_hand", "next_token"):
        monkeypatch.setattr(type(look.capture), method, fails)
    line, body = view(name, look)
    assert line.visible and not body.visible
    assert "something unexpected happened: TypeError" in line.object
    assert len(caplog.records) == 1 and caplog.records[0].exc_info is None


def test_while_the_first_run_is_under_way_a_view_says_so():
    look = Look(coming=True)
    line, _ = view("norms", look)
    assert WORDS["en"]["coming"] in line.object
    look.coming = False
    assert WORDS["en"]["nothing"] in line.object


def test_a_filter_that_changes_nothing_has_no_column(look: Look):
    shown = view("next_token", look)
    heads = lambda: list(source(plot(shown), "name")["name"])  # noqa: E731
    assert heads() == ["model"]
    look.param.update(temperature=0.5, top_k=40, top_p=0.9)
    assert heads() == ["model", "÷ 0.5", "top-40", "top-p 0.9"]


def test_the_lens_stands_with_its_output_first_and_within_its_cells(look: Look):
    shown = view("lens", look)
    assert plot(shown).y_range.end > plot(shown).y_range.start  # upwards, to the output
    assert len(set(column(plot(shown), "x"))) == 8
    look.narrow = True
    assert len(set(column(plot(shown), "x"))) == 4
    assert lens.narrow("abcdef", 6) == "abcdef"
    assert lens.narrow("abcdefg", 6) == "abcde…"
    assert lens.narrow("语言模型", 6) == "语言…"


def test_by_hand_keeps_its_step_and_leads_back_to_the_lesson(look: Look):
    look.param.update(step="match", arithmetic="exact", lesson_href="lesson/{id}?lang=en")
    shown = view("by_hand", look)
    (stage,) = shown.select(Stage)
    assert (stage.step, stage.arithmetic) == ("match", "exact")
    assert stage.links[0]["href"] == "lesson/self-attention?lang=en"
    stage.step = "weigh"
    assert look.step == "weigh"
    look.head = 1  # another head, at the same step
    (other,) = shown.select(Stage)
    assert other is not stage and other.step == "weigh"
    other.step = "given"
    assert look.step == ""
    for bogus in ("<b>", "join-me"):
        other.step = bogus
    assert look.step == ""


def test_after_a_failed_run_a_view_does_not_say_that_nothing_was_run():
    look = Look(coming=True)
    line, _ = view("norms", look)
    look.param.update(coming=False, failed=True)
    assert WORDS["en"]["failed"] in line.object


def test_a_saved_map_has_the_colours_of_the_page():
    picture = png(np.array([[1, 0.25, 0]], dtype=np.float32), [f"#{i:02x}0000" for i in range(256)])
    reds = np.asarray(Image.open(io.BytesIO(picture)).convert("RGB"))[0, :, 0]
    assert reds.tolist() == [255, 128, 0]  # a weight's root

"""A capture as a page: its numbers are the capture's, and no text in it is more than text."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.errors import LiveError
from explainer.live import Head, LiveModel, Mlp, load
from explainer.live.export import document, heads, html, page, saved
from explainer.live.export.html import data, printable
from explainer.live.export.numbers import unpacked
from tests.live import llamas

EXPORT = Path(heads.__file__).parent
PROMPT = "The cat sat on the mat and the cat purred."
LONG = ("The cat sat on the mat, and then the dog came. " * 22)[:1023]
HOSTILE = (
    "</script><script>window.hacked = 1</script><!--<b>&amp; \u202eשלום\u2028\x00\x1b\x7f\ud800"
)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> LiveModel:
    return load(llamas.save(tmp_path_factory.mktemp("llama"), num_key_value_heads=2))


@pytest.fixture(scope="module")
def short(model: LiveModel) -> Any:
    return model.capture(PROMPT)


@pytest.fixture(scope="module")
def long(model: LiveModel) -> Any:
    return model.capture(LONG)


def weights(head: dict[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    """A head's map (n, n) as a browser takes it apart, and what each row may be off (n,)."""
    largest = unpacked(head["largest"]).astype(np.float64)
    steps = np.zeros((len(largest), len(largest)))
    steps[np.tril_indices(len(largest))] = unpacked(head["map"])
    return steps * largest[:, None] / 255, largest / 510


class Elements(HTMLParser):
    """The elements of a page with their attributes and their own texts, as a browser cuts it up."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.open: list[tuple[str, list[str]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own: list[str] = []
        self.found.append((tag, dict(attrs), own))
        if tag not in ("meta", "link"):
            self.open.append((tag, own))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, text: str) -> None:
        if self.open:
            self.open[-1][1].append(text)

    def all(self, tag: str) -> list[tuple[dict[str, str | None], str]]:
        return [(attributes, "".join(own)) for name, attributes, own in self.found if name == tag]


def kept(text: str) -> dict[str, Any]:
    """The document that stands in a page."""
    [block] = [t for a, t in Elements(text).all("script") if a.get("type") == "application/json"]
    found: dict[str, Any] = json.loads(block)
    return found


# Numbers ---------------------------------------------------------------------------------------


def test_every_map_is_the_captures_to_half_a_step(short: Any) -> None:
    made = document(short)
    assert [(one["layer"], one["head"]) for one in made["heads"]] == list(np.ndindex(3, 4))
    for one in made["heads"]:
        found, off = weights(one)
        exact = short.attention(one["layer"], one["head"])
        assert found.shape == exact.shape
        assert (np.abs(found - exact) <= off[:, None] * (1 + 1e-6)).all()
        assert "strongest" not in one


def test_a_long_map_is_pooled_and_its_strongest_keys_are_not(long: Any) -> None:
    made = document(long, [(1, 2)], pixels=64)
    [one] = made["heads"]
    found, off = weights(one)
    assert found.shape == (64, 64) and made["blocks"][:2] == [0, 16] and len(made["blocks"]) == 65
    exact = long.attention(1, 2)
    blocks = exact.reshape(64, 16, 64, 16).max(axis=(1, 3))
    assert (np.abs(found - blocks) <= off[:, None] * (1 + 1e-6)).all()
    keys = unpacked(one["strongest"]["keys"]).astype(int)
    said = unpacked(one["strongest"]["weights"]) / 65535
    assert keys.shape == said.shape == (1024, 8)
    np.testing.assert_allclose(said, np.take_along_axis(exact, keys, axis=1), atol=0.5 / 65535)
    np.testing.assert_allclose(said, -np.sort(-exact, axis=1)[:, :8], atol=0.5 / 65535)


def test_blocks_are_of_tokens_where_they_do_not_divide(model: LiveModel) -> None:
    made = document(model.capture("x" * 99), pixels=7)
    assert made["blocks"] == [0, 14, 28, 42, 57, 71, 85, 100]


def test_logit_lens_norms_and_next_tokens_are_the_captures(short: Any, model: LiveModel) -> None:
    made = document(short, [(0, 0)])
    lens = short.logit_lens(5)
    places = unpacked(made["lens"]["places"])
    assert made["lens"]["first"] == 0
    assert places.shape == lens.ids.shape == (4, len(short.tokens), 5)
    said = np.array(made["lens"]["words"], dtype=object)[places]
    assert said[3, -1].tolist() == [model.text(int(id)) for id in lens.ids[3, -1]]
    assert said[0, 2].tolist() == [model.text(int(id)) for id in lens.ids[0, 2]]
    np.testing.assert_allclose(
        unpacked(made["lens"]["shares"]) / 65535, lens.probabilities, atol=0.5 / 65535
    )
    np.testing.assert_array_equal(unpacked(made["norms"]), short.residual_norms())
    likeliest = short.next_token()
    assert [one["id"] for one in made["next"]] == likeliest.ids[:12].tolist()
    assert [np.float32(one["probability"]) for one in made["next"]] == likeliest.model[:12].tolist()


def test_the_lens_of_a_very_long_prompt_is_that_of_its_end(model: LiveModel) -> None:
    capture = model.capture("y" * 1099)
    lens = document(capture, [(0, 0)])["lens"]
    assert lens["first"] == 1100 - 128
    np.testing.assert_allclose(
        unpacked(lens["shares"])[:, -1] / 65535,
        capture.logit_lens(5, slice(-1, None)).probabilities[:, 0],
        atol=0.5 / 65535,
    )


def test_scores_and_what_was_switched_off_are_told(model: LiveModel) -> None:
    capture = model.capture(PROMPT, ablate=[Head(1, 2), Mlp(0, "mean")])
    made = document(capture, [(1, 2)])
    scores = capture.overview().scores
    assert made["heads"][0]["scores"] == {
        name: pytest.approx(float(all_[1, 2])) for name, all_ in scores.items()
    }
    assert made["ablated"] == [
        {"layer": 0, "how": "mean"},
        {"layer": 1, "head": 2, "how": "zero"},
    ]
    assert made["versions"].keys() == {"explainer", "torch", "transformers", "Python"}


def test_tokens_after_the_prompt_are_counted(model: LiveModel) -> None:
    capture = model.capture("The cat")
    assert document(capture, [(0, 0)])["continued"] == 0
    assert document(capture.append(40).append(7), [(0, 0)])["continued"] == 2


def test_a_score_that_cannot_be_measured_is_null(model: LiveModel) -> None:
    made = document(model.capture("abc"), [(0, 0)])
    assert made["heads"][0]["scores"]["induction"] is None


# Which heads -----------------------------------------------------------------------------------


def test_named_heads_are_kept_once_and_in_order(short: Any) -> None:
    made = document(short, [(2, 3), (0, 1), (2, 3)])
    assert [(one["layer"], one["head"]) for one in made["heads"]] == [(0, 1), (2, 3)]


def test_of_a_large_model_the_heads_that_stand_out_are_kept(
    short: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heads, "FEW", 11)
    monkeypatch.setattr(heads, "SOME", 4)
    kept_ = {(one["layer"], one["head"]) for one in document(short)["heads"]}
    scores = short.overview().scores
    tops = {divmod(int(np.argmax(all_)), 4) for all_ in scores.values()}
    assert len(kept_) == 4 and tops <= kept_


def test_what_does_not_fit_is_refused_or_left_out(
    short: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    each = heads.nbytes(len(short.tokens), 256)
    assert each == 43 * 44 // 2
    monkeypatch.setattr(heads, "LIMIT", 3 * each)
    assert len(document(short)["heads"]) == 3
    with pytest.raises(LiveError, match=r"4 heads of 43 tokens .* limit is .* fewer heads"):
        document(short, [(0, 0), (0, 1), (0, 2), (0, 3)])
    monkeypatch.setattr(heads, "LIMIT", each - 1)
    with pytest.raises(LiveError, match="1 heads? of 43 tokens"):
        document(short)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"heads": [(9, 0)]}, "no head 0 in layer 9"),
        ({"heads": []}, "a head at least"),
        ({"pixels": 0}, "at least one pixel"),
        ({"language": "fr"}, "one of en, zh, not in 'fr'"),
    ],
)
def test_what_is_not_there_is_told(short: Any, asked: dict[str, Any], told: str) -> None:
    with pytest.raises(LiveError, match=told):
        page(short, **asked)


# The page --------------------------------------------------------------------------------------


def test_a_page_holds_its_document_and_allows_only_its_own_script_and_style(short: Any) -> None:
    text = page(short, [(0, 1)], "zh")
    elements = Elements(text)
    made = kept(text)
    assert made["prompt"] == PROMPT and len(made["heads"]) == 1
    assert elements.all("html")[0][0]["lang"] == "zh-Hans"
    [policy] = [
        attributes["content"]
        for attributes, _ in elements.all("meta")
        if attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    [script] = [text for attributes, text in elements.all("script") if not attributes]
    [(_, style)] = elements.all("style")
    rules = dict(rule.split(" ", 1) for rule in str(policy).split("; "))
    for name, source in (("script-src", script), ("style-src", style)):
        digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
        assert rules[name] == f"'sha256-{digest}'"
    assert rules["default-src"] == "'none'"
    assert not re.search(r"\beval\(|\bFunction\(|\bfetch\(|XMLHttpRequest|import\(", script)


def test_a_page_asks_for_nothing(short: Any) -> None:
    elements = Elements(page(short))
    for tag, attributes, _ in elements.found:
        addresses = [attributes.get(name) for name in ("src", "href", "action", "srcset")]
        assert all(one is None or one.startswith("data:") for one in addresses), tag
    [(_, style)] = elements.all("style")
    assert not re.search(r"url\(|@import", style)


def test_a_saved_page_is_its_bytes(short: Any) -> None:
    text = saved(short, [(0, 1)], "zh", 16).decode("utf-8")
    assert kept(text)["heads"] == document(short, [(0, 1)], 16)["heads"]


def test_a_hostile_prompt_stays_text(model: LiveModel) -> None:
    text = page(model.capture(HOSTILE))
    elements = Elements(text)
    assert [set(attributes) for attributes, _ in elements.all("script")] == [{"type", "id"}, set()]
    assert kept(text)["prompt"] == HOSTILE.replace("\ud800", "?")
    [(_, shown)] = elements.all("pre")
    assert shown.startswith("</script><script>window.hacked = 1</script><!--<b>&amp; ⟨U+202E⟩")
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", text)


@given(st.text())
def test_any_text_comes_back_from_the_page(text: str) -> None:
    block = data({"prompt": text})
    assert "<" not in block and "\x00" not in block
    assert json.loads(block) == {"prompt": text}


def test_without_a_script_the_tables_are_there(short: Any, model: LiveModel) -> None:
    elements = Elements(html(document(short, [(0, 0)]), "en"))
    cells = [text.strip() for _, text in elements.all("bdi")]
    likeliest = [model.text(int(id)) for id in short.next_token().ids[:12]]
    lens = [model.text(int(id)) for id in short.logit_lens(5).ids[:, -1].ravel()]
    assert cells == [printable(one).strip() for one in likeliest + lens]


def test_sizes(model: LiveModel, long: Any) -> None:
    """Of all 12 heads: what the README says of them."""
    assert len(saved(model.capture(LONG[:63]))) < 110_000
    assert len(saved(long)) < 1_050_000


@pytest.mark.parametrize("bundle", ["view.bundle.js", "view.bundle.css"])
def test_a_bundle_ends_no_element_that_it_stands_in(bundle: str) -> None:
    code = (EXPORT / bundle).read_text(encoding="utf-8")
    assert "</script" not in code and "</style" not in code and "<!--" not in code

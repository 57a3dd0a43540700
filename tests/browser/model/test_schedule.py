"""What moves when in a step, and every moment of it."""

import copy
from itertools import pairwise
from typing import Any

import pytest

from explainer.catalog import Catalog
from tests.browser.model.conftest import Model
from tests.browser.model.sheets import PRODUCT, constant, node, one, sheet_of


def plan(model: Model, sheet: Any, step: str) -> dict[str, Any]:
    body = "return m.schedule(sheet, sheet.steps.findIndex(({id}) => id === data))"
    return dict(model(body, sheet, step))


def kinds(model: Model, sheet: Any, step: str) -> dict[str, tuple[str, str | None]]:
    tracks = plan(model, sheet, step)["tracks"]
    return {track["place"]: (track["kind"], track.get("from")) for track in tracks}


def test_self_attention_moves_as_a_person_would_do_it(model: Model) -> None:
    sheet = Catalog().sheet("self-attention")
    shown = {
        step["id"]: kinds(model, sheet, step["id"]) for step in sheet["graphs"]["hand"]["steps"]
    }
    assert shown == {
        "given": dict.fromkeys(["X", "WQ", "WK", "WV"], ("show", None)),
        "project": dict.fromkeys(["Q", "K", "V"], ("product", None)),
        "lay-out": {"Q'": ("copy", "Q"), "Kt": ("move", "K")},
        "match": {"S": ("product", None)},
        "scale": {"F": ("each", "S")},
        "exponentiate": {"E": ("each", "F")},
        "add-up": {"s": ("line", None)},
        "normalise": {"A": ("each", "E")},
        "weigh": {"V'": ("copy", "V"), "Z": ("product", None)},
    }
    weigh = {track["place"]: track for track in plan(model, sheet, "weigh")["tracks"]}
    assert weigh["V'"]["start"] == 0
    assert weigh["Z"]["start"] >= weigh["V'"]["end"]
    assert weigh["Z"]["sources"] == ["V'", "A"]


@pytest.mark.parametrize(
    ("nodes", "kind"),
    [
        ([node("matmul", 0, 1), constant(0), node("maximum", 2, 3)], "product"),
        ([node("matmul", 0, 1), node("add", 2, 0)], "each"),
        ([node("sum", 0, axis=0), node("divide", 0, 2)], "each"),
        ([node("sum", 0, axis=0), constant(2), node("divide", 2, 3)], "line"),
        ([node("transpose", 0, axes=None), node("copy", 2)], "move"),
        ([node("concatenate", 0, 1, axis=0)], "move"),
        ([node("take", 0, 1, axis=1)], "move"),
        ([constant(1), constant(2), node("add", 2, 3)], "show"),
    ],
)
def test_the_kind_of_motion(nodes: list[dict[str, Any]], kind: str, model: Model) -> None:
    square = [[1, 0], [0, 1]]
    assert kinds(model, one(nodes, X=square, V=square), "all")["Y"][0] == kind


def test_a_copy_waits_for_what_the_same_step_computes(model: Model) -> None:
    sheet = copy.deepcopy(PRODUCT)
    for graph in sheet["graphs"].values():
        graph["steps"][1]["shows"] = ["P'", "P"]
        graph["steps"][2]["shows"] = []
    tracks = {track["place"]: track for track in plan(model, sheet, "multiply")["tracks"]}
    assert tracks["P'"]["from"] == "P"
    assert tracks["P'"]["start"] >= tracks["P"]["end"] > 0
    assert plan(model, sheet, "copy") == {"duration": 0, "tracks": []}


def test_a_blank_cell_shows_no_work(model: Model) -> None:
    nodes = [node("matmul", 0, 0), node("only", 2, 1)]
    masked = one(nodes, X=[[1, 0], [2, 1]], V=[[0, 1], [0, 1]])
    [track] = [t for t in plan(model, masked, "all")["tracks"] if t["place"] == "Y"]
    assert track["kind"] == "product"
    assert [beat["cell"] for beat in track["beats"]] == [1, 3]
    empty = one(nodes, X=[[1, 0], [2, 1]], V=[[0, 0], [0, 0]])
    assert kinds(model, empty, "all")["Y"] == ("show", None)


CROWDED = sheet_of(
    " ".join(["X", *(f"P{i}" for i in range(9)), "X'"]),
    {"X": [[1] * 16] * 16},
    *(node("matmul", 0, 0, name=f"P{i}") for i in range(9)),
    steps={"given": "X", "all": " ".join(["X'", *(f"P{i}" for i in range(9))])},
)

FRAMES = """
const plan = m.schedule(sheet, data);
const times = Array.from({length: 121}, (_, i) => plan.duration * i / 120);
const frames = times.map((time) => m.frame(plan, time));
const again = times.toReversed().map((time) => m.frame(plan, time)).toReversed();
return {plan, frames, pure: JSON.stringify(frames) === JSON.stringify(again),
        cells: plan.tracks.map(({name}) => sheet.value(name).data.length)};
"""


@pytest.mark.parametrize("step", range(9))
def test_every_frame_of_a_lesson(step: int, model: Model) -> None:
    check_frames(model(FRAMES, Catalog().sheet("self-attention"), step))


def test_a_crowded_step_is_as_short(model: Model) -> None:
    result = model(FRAMES, CROWDED, 1)
    check_frames(result)
    lengths = [track["end"] - track["start"] for track in result["plan"]["tracks"]]
    assert lengths[1] > 3 * lengths[2], "the first product is the one to watch"


def check_frames(result: dict[str, Any]) -> None:
    """No step is longer than 3 s, cells only ever land, and in the end everything is in."""
    plan, frames = result["plan"], result["frames"]
    assert result["pure"]
    assert 0 < plan["duration"] <= 3000 + 1e-6
    for track in plan["tracks"]:
        assert 0 <= track["start"] <= track["slideEnd"] <= track["end"] + 1e-6
        assert track["end"] <= plan["duration"] + 1e-6
        times = [
            track["start"],
            *(t for beat in track["beats"] for t in (beat["start"], beat["end"])),
        ]
        assert times == sorted(times)
    assert [frame["done"] for frame in frames] == [False] * 120 + [True]
    assert [track["landed"] for track in frames[-1]["tracks"]] == result["cells"]
    assert all(track["progress"] == 1 and not track["active"] for track in frames[-1]["tracks"])
    assert frames[-1]["focus"] is None
    for earlier, later in pairwise(frames):
        for a, b in zip(earlier["tracks"], later["tracks"], strict=True):
            assert a["begun"] <= b["begun"]
            assert a["landed"] <= b["landed"]
            assert a["progress"] <= b["progress"]
            if a["active"] and b["active"] and a["active"]["cell"] == b["active"]["cell"]:
                assert 1 <= a["active"]["terms"] <= b["active"]["terms"]
    for frame in frames:
        active = [track for track in frame["tracks"] if track["active"]]
        assert len(active) <= 1, "one cell at a time is worked"
        if active:
            assert frame["focus"] == {"place": active[0]["place"], **active[0]["active"]}
            assert active[0]["active"]["cell"] == active[0]["landed"]


def test_the_first_cell_is_worked_slowly_and_the_next_faster(model: Model) -> None:
    [track] = plan(model, PRODUCT, "multiply")["tracks"]
    first, second = (beat["end"] - beat["start"] for beat in track["beats"])
    assert first > second > (track["end"] - track["beats"][1]["end"]) / 2
    assert [beat["terms"] for beat in track["beats"]] == [2, 2]
    written = model(
        """const plan = m.schedule(sheet, 1);
        const {start, end} = plan.tracks[0].beats[0];
        return [0, 0.2, 0.5, 0.9].map(
          (x) => m.frame(plan, start + x * (end - start)).focus.terms);""",
        PRODUCT,
    )
    assert written == [1, 1, 2, 2]


@pytest.mark.parametrize("id", Catalog().ids())
def test_the_terms_that_are_counted_are_those_that_are_written(model: Model, id: str) -> None:
    counted = model(
        """return sheet.arithmetics.flatMap((arithmetic) => {
          sheet.go({arithmetic});
          return sheet.places.filter(({name}) => sheet.has(name)).flatMap(({name}) =>
            [...sheet.value(name).data.keys()]
              .filter((cell) => !Number.isNaN(sheet.value(name).data[cell]))
              .map((cell) => {
                const told = m.explain(sheet, name, cell);
                return [name, told.given ? 1 : told.terms.length, m.countTerms(sheet, name, cell)];
              }));
        })""",
        Catalog().sheet(id),
    )
    assert len(counted) > 50
    assert [each for each in counted if each[1] != each[2]] == []

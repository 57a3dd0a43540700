"""The vector-database lesson against PyTorch, and within a pencil's reach."""

import numpy as np
import pytest

import explainer
from explainer import checking
from explainer.bank import Bank
from explainer.trace.feeds import Array

torch = pytest.importorskip("torch")

LESSON = explainer.lesson("vector-database")
WORDS = LESSON.givens()["q"].shown.words.split()
BOTH = pytest.mark.parametrize("arithmetic", ["hand", "exact"])


def said(places: Array) -> str:
    """The sentence that some places in the vocabulary make."""
    return " ".join(WORDS[int(place)] for place in places.ravel())


def with_words(sentence: str, name: str = "q") -> explainer.Lesson:
    """The lesson with another sentence."""
    return explainer.lesson("vector-database", **{name: sentence.split()})


@pytest.mark.parametrize("query", ["am I you", "why not she", "he can do"])
def test_exact_arithmetic_is_pytorchs_encoder(query: str) -> None:
    run = with_words(query).run("exact")
    E, W, P = (torch.tensor(run[name]) for name in ("E", "W", "P"))
    vectors = []
    for letter, sentence in zip("123q", ("s1", "s2", "s3", "q"), strict=True):
        words = torch.nn.functional.embedding(torch.tensor(run[sentence]).long(), E.T)
        hidden = torch.nn.functional.linear(words, W[:, :4], W[:, 4])
        text = torch.relu(hidden).mean(dim=0)
        vectors.append(torch.nn.functional.linear(text, P))
        np.testing.assert_allclose(run[f"X{letter}"][:4], words.T.numpy(), rtol=1e-9)
        np.testing.assert_allclose(run[f"H{letter}"], hidden.T.numpy(), rtol=1e-9)
        np.testing.assert_allclose(run[f"t{letter}"][:, 0], text.numpy(), rtol=1e-9)
        np.testing.assert_allclose(run[f"v{letter}"][:, 0], vectors[-1].numpy(), rtol=1e-9)
    store = torch.stack(vectors[:3])
    cosine = torch.nn.functional.cosine_similarity(store, vectors[3], dim=1)
    np.testing.assert_allclose(run["cosine"][0], cosine.numpy(), rtol=1e-9)
    dots = store @ vectors[3]
    np.testing.assert_allclose(run["dots"][0], dots.numpy(), rtol=1e-9)
    assert run["best"] == dots.argmax().item()


@BOTH
def test_what_a_pencil_finds(arithmetic: str) -> None:
    run = LESSON.run(arithmetic)
    sentences = [said(run[name]) for name in ("s1", "s2", "s3", "q")]
    assert sentences == ["how are you", "who are you", "who am I", "am I you"]
    np.testing.assert_array_equal(run["t1"], [[1], [1], [3], [2]])
    np.testing.assert_array_equal(run["store"], [[2, 0, 5], [3, 4, 1]])
    np.testing.assert_array_equal(run["vq"], [[5], [2]])
    np.testing.assert_array_equal(run["dots"], [[16, 8, 27]])
    np.testing.assert_allclose(run["cosine"].round(2), [[0.82, 0.37, 0.98]])
    assert said(run["nearest"]) == "who am I"


@BOTH
def test_who_am_i_is_nearest_by_a_clear_margin_and_by_angle_too(arithmetic: str) -> None:
    run = LESSON.run(arithmetic)
    others, winner = sorted(run["dots"][0])[:-1], run["dots"][0, 2]
    assert winner >= 1.5 * max(others)
    angles = np.degrees(np.arctan2(*run["store"][::-1]) - np.arctan2(*run["vq"][::-1]))
    assert abs(angles[2]) < 15
    assert min(abs(angles[:2])) > 30


@BOTH
def test_the_projection_does_not_change_the_winner(arithmetic: str) -> None:
    """What `index` says: similar texts stay close. The text names the numbers before it."""
    run = LESSON.run(arithmetic)
    texts = torch.tensor(np.concatenate([run[f"t{i}"] for i in "123q"], axis=1)).T
    for vectors in (texts, torch.tensor(np.concatenate([run["store"], run["vq"]], axis=1)).T):
        dots = vectors[:3] @ vectors[3]
        cosine = torch.nn.functional.cosine_similarity(vectors[:3], vectors[3:], dim=1)
        assert dots.argmax() == cosine.argmax() == run["best"].item() == 2
    assert (texts[:3] @ texts[3]).tolist() == [14, 15, 16]


def test_the_rules_notice_a_projection_that_changes_the_winner() -> None:
    bank = Bank(LESSON)
    E = bank.own["E"].copy()
    E[:, WORDS.index("how")] = [1, 2, 1, 2]  # "how are you" is now the longest of all
    told = []
    for givens in (bank.own, {**bank.own, "E": E}):
        runs = bank.runs(givens)
        told.append([what for what, far in LESSON.rules(runs["hand"], runs["exact"]) if far])
    assert told[0] == []
    assert "so does what comes before the projection" in told[1]


def test_a_vector_of_length_zero_has_no_cosine() -> None:
    run = explainer.lesson("vector-database", P=[[0] * 4] * 2).run()
    assert np.isnan(run["cosine"]).all()


@BOTH
def test_other_words_find_other_sentences(arithmetic: str) -> None:
    found = {
        said(with_words(f"{first} {second} you").run(arithmetic)["nearest"])
        for first in WORDS
        for second in ("are", "am")
    }
    assert len(found) > 1
    run = with_words("why not she", "s3").run(arithmetic)
    assert said(run["nearest"]) in ("how are you", "who are you", "why not she")
    assert all(np.isfinite(array).all() for array in run.arrays.values())


def test_thirds_have_one_decimal_by_hand() -> None:
    lesson = with_words("he can do")
    hand, exact = lesson.run("hand")["tq"], lesson.run("exact")["tq"]
    assert (hand != exact).any()
    np.testing.assert_array_equal(hand, np.round(exact, 1))


def test_the_order_of_the_words_does_not_count() -> None:
    np.testing.assert_array_equal(with_words("you am I").run()["vq"], LESSON.run()["vq"])


def test_every_word_has_an_embedding_of_its_own() -> None:
    columns = {tuple(column) for column in LESSON.run()["E"].T}
    assert len(columns) == len(WORDS) == 22
    assert (0, 0, 0, 0) not in columns


def test_relu_meets_negatives_in_every_sentence() -> None:
    run = LESSON.run()
    assert all((run[name] < 0).any() for name in ("H1", "H2", "H3", "Hq"))


def test_a_person_with_a_pencil_can_finish_it() -> None:
    for name, array in LESSON.run("hand").arrays.items():
        assert np.abs(array).max() <= 99, name
        cells = array * (100 if name == "cosine" else 1)  # two decimals where a division demands
        np.testing.assert_allclose(cells, np.round(cells), atol=1e-9, err_msg=name)


def test_by_hand_and_exact_differ_in_the_cosines_alone() -> None:
    hand, exact = LESSON.run("hand").arrays, LESSON.run("exact").arrays
    assert [name for name in hand if (hand[name] != exact[name]).any()] == ["cosine"]


def test_it_has_the_ten_steps() -> None:
    assert len(LESSON.run().steps) == 10
    assert checking.check(LESSON).problems == []

"""What a matrix takes is known from its numbers and its label, before anything is drawn."""

from playwright.sync_api import Page


def test_a_chinese_label_is_as_wide_as_its_characters_are(wide: Page, stage_files: str) -> None:
    wide.goto(f"{stage_files}/stage.css")  # any page of the same server
    chinese, latin, mixed = wide.evaluate(
        """async () => {
          const { labelWidth } = await import("./measure.js");
          return [labelWidth("平均代价"), labelWidth("cost"), labelWidth("Σ 留下")];
        }"""
    )
    assert chinese == 4
    assert latin < 3
    assert 2 < mixed < 4

// The window's title and language are those of the lesson.
addEventListener("DOMContentLoaded", () => {
  const lesson = document.querySelector("explainer-lesson");
  const follow = () => {
    document.documentElement.lang = lesson.lang === "zh" ? "zh-Hans" : lesson.lang;
    if (lesson.sheet) document.title = `${lesson.sheet.text().title} · explainer`;
  };
  lesson.addEventListener("language", follow);
  follow();
});

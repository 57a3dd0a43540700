// The window's title and language are those of the lesson.
addEventListener("DOMContentLoaded", () => {
  const lesson = document.querySelector("explainer-lesson");
  const titles = JSON.parse(document.getElementById("titles").textContent);
  const follow = () => {
    document.documentElement.lang = lesson.lang === "zh" ? "zh-Hans" : lesson.lang;
    document.title = titles[lesson.lang];
  };
  lesson.addEventListener("language", follow);
  follow();
});

"""The pages' own words in each language, and which language a reader gets."""

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "self": "EN",
        "name": "English",
        "lessons": "Lessons",
        "heading": "How transformers work, by hand",
        "intro": "Each lesson is one sheet of small matrices, made for a pencil. Step through it, "
        "point at a cell to see where it comes from, change a number and watch the rest follow.",
        "steps": "{} steps",
        "step": "1 step",
        "minutes": "{} min",
        "needs": "Builds on",
        "broken": "This lesson does not load",
        "own": "Mend the file and reload this page.",
        "none": "There is no lesson here yet.",
        "language": "Language",
        "theme": "Light or dark",
        "auto": "as the system",
        "light": "light",
        "dark": "dark",
        "skip": "Skip to the lessons",
        "footer": "Everything is computed in your browser. Nothing is sent anywhere.",
        "missing": "There is nothing at this address",
        "missing_page": "No page is called “{}”.",
        "missing_lesson": "No lesson is called “{}”.",
        "instead": "These lessons exist:",
        "loading": "Setting the stage …",
        "slow": "Still waiting. If this stays, the server may not know the address that you "
        "came by: start it with --allow-origin and the host in your address bar.",
        "script": "This page computes in your browser, and needs JavaScript for it.",
    },
    "zh": {
        "self": "中文",
        "name": "中文",
        "lessons": "课程",
        "heading": "亲手算懂 Transformer",
        "intro": "每一课都是一张小矩阵的算稿，用铅笔就能算完。一步一步往下走，"
        "点任意一格看它从哪里来，改一个数，看后面的结果跟着变。",
        "steps": "{} 步",
        "step": "1 步",
        "minutes": "{} 分钟",
        "needs": "先学",
        "broken": "这一课无法载入",
        "own": "改好文件后刷新本页即可。",
        "none": "这里还没有课程。",
        "language": "语言",
        "theme": "浅色或深色",
        "auto": "跟随系统",
        "light": "浅色",
        "dark": "深色",
        "skip": "跳到课程列表",
        "footer": "所有计算都在你的浏览器里完成，不向任何地方发送数据。",
        "missing": "这个地址没有内容",
        "missing_page": "没有名为“{}”的页面。",
        "missing_lesson": "没有名为“{}”的课程。",
        "instead": "现有的课程：",
        "loading": "正在准备……",
        "slow": "仍在等待。如果一直如此，可能是服务器不认识你访问的地址："
        "请用 --allow-origin 加上地址栏中的主机名重新启动。",
        "script": "本页在浏览器中计算，需要启用 JavaScript。",
    },
}


def choose(asked: str | None, accepted: str | None) -> str:
    """The language asked for in the address (`?lang=`), or the best of an Accept-Language header.

    Anything that cannot be read is passed over; English is the last resort.
    """
    if asked in WORDS:
        return asked
    ranked: list[tuple[float, str]] = []
    for item in (accepted or "").split(","):
        tag, _, quality = item.strip().partition(";q=")
        try:
            ranked.append((float(quality or 1), tag.split("-")[0].lower()))
        except ValueError:
            continue
    for weight, language in sorted(ranked, key=lambda pair: -pair[0]):
        if language in WORDS and weight > 0:
            return language
    return "en"

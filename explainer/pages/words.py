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
        "can": "What you can do afterwards",
        "broken": "This lesson does not load",
        "own": "Its page says what to fix, and follows the file.",
        "mend": "Fix the file and save it: this page follows.",
        "before": "Below is the lesson as it was before.",
        "none": "There is no lesson here yet.",
        "language": "Language",
        "theme": "Light or dark",
        "auto": "as the system",
        "light": "light",
        "dark": "dark",
        "skip": "Skip to the lessons",
        "footer": "Everything is computed in your browser. Nothing is sent anywhere.",
        "glossary": "Glossary",
        "glossary_intro": "The terms of the lessons in one line each, in the order in which they "
        "come up.",
        "find": "Find a term",
        "find_none": "No term has this.",
        "first_seen": "First seen in",
        "next_lesson": "Next: {}",
        "real": "The same in a real model",
        "live": "Live model",
        "live_footer": "Lessons are computed in your browser, and send nothing anywhere. "
        "The live model runs on this server.",
        "live_heading": "Look inside a real model",
        "live_intro": "Type a sentence and see what a real Llama does with it: every attention "
        "head, the residual stream, the strongest neurons and the next word. Switch heads off, "
        "and open one by hand, as a lesson with its own numbers.",
        "live_not_installed": "The live model needs PyTorch",
        "live_install": "This server runs the lessons alone. Whoever looks after it can add the "
        "live model, and restart:",
        "live_lacks": "Not installed yet:",
        "live_no_model": "This server has no model to show",
        "live_serve": "Whoever looks after it can name one, the folder of any Llama in "
        "safetensors format:",
        "live_lessons": "All lessons work without it",
        "missing": "There is nothing at this address",
        "missing_page": "No page is called “{}”.",
        "missing_lesson": "No lesson is called “{}”.",
        "instead": "These lessons exist:",
        "loading": "Setting the stage …",
        "slow": "Still waiting. If this stays, the server may not know the address you "
        "came from: start it with --allow-origin and the host in your address bar.",
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
        "can": "学完之后",
        "broken": "这一课无法载入",
        "own": "打开它的页面查看要改的地方；保存文件后页面会自动更新。",
        "mend": "改好并保存文件，本页会自动更新。",
        "before": "下面是出错之前的版本。",
        "none": "这里还没有课程。",
        "language": "语言",
        "theme": "浅色或深色",
        "auto": "跟随系统",
        "light": "浅色",
        "dark": "深色",
        "skip": "跳到课程列表",
        "footer": "所有计算都在你的浏览器里完成，不向任何地方发送数据。",
        "glossary": "术语表",
        "glossary_intro": "各课的术语，每个一句话，按出现的先后排列。",
        "find": "查找术语",
        "find_none": "没有这样的术语。",
        "first_seen": "首次出现：",
        "next_lesson": "下一课：{}",
        "real": "在真实的模型里看",
        "live": "实时模型",
        "live_footer": "课程在你的浏览器里计算，不向任何地方发送数据；实时模型在本服务器上运行。",
        "live_heading": "看看真实模型的内部",
        "live_intro": "输入一句话，看一个真实的 Llama 如何处理它：每个注意力头、残差流、"
        "最强的神经元，以及下一个词。可以关掉某些头，也可以亲手打开一个头，"
        "用它自己的数字当作一课来算。",
        "live_not_installed": "实时模型需要 PyTorch",
        "live_install": "本服务器目前只提供课程。管理员执行下面的命令并重新启动，即可加上它：",
        "live_lacks": "尚未安装：",
        "live_no_model": "本服务器没有可展示的模型",
        "live_serve": "管理员可以指定一个：任何 safetensors 格式的 Llama 文件夹都行：",
        "live_lessons": "所有课程无需它也能使用",
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

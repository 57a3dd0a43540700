"""What a reader of the live page looks at: one state that every view reads, and may change."""

from typing import Any

import param


class Look(param.Parameterized):
    """The capture in view, and the head and token that are chosen in it.

    Views watch these parameters and set them; no view knows another. All count from 0.
    """

    capture: Any = param.Parameter(default=None, doc="explainer.live.Capture, or None so far.")
    plain: Any = param.Parameter(
        default=None, doc="The same prompt without ablations, to compare with; else None."
    )
    layer = param.Integer(default=0, bounds=(0, None), doc="Layer of the chosen head.")
    head = param.Integer(default=0, bounds=(0, None), doc="The chosen head.")
    token = param.Integer(default=0, bounds=(0, None), doc="The chosen query token.")
    ablate = param.List(default=[], doc="Head and Mlp that are silenced.")
    append: Any = param.Integer(
        default=None,
        allow_None=True,
        doc="Token id that somebody wants to go on with; the page sets None when it has done so.",
    )
    view = param.String(
        default="", doc="Name of the only view in sight, such as lens; empty: all of them are."
    )
    temperature = param.Number(default=1.0, bounds=(0, 5), doc="Of the next token.")
    top_k = param.Integer(default=0, bounds=(0, None), doc="Of the next token; 0 keeps all.")
    top_p = param.Number(default=1.0, bounds=(0.01, 1), doc="Of the next token; 1 keeps all.")
    language = param.String(default="en", doc="Language of the page.")
    dark = param.Boolean(default=False, doc="Whether the page is dark now; told by the browser.")
    model = param.String(default="", doc="Name of the model, one of the service's.")
    prompt = param.String(default="", doc="What is run through the model.")
    continued = param.List(default=[], item_type=int, doc="Token ids after the prompt.")
    coming = param.Boolean(default=False, doc="Whether the first capture is under way.")
    failed = param.Boolean(default=False, doc="Whether the first capture has failed.")
    step = param.String(default="", doc="The step in view by hand; empty: the first.")
    arithmetic: Any = param.Selector(default="hand", objects=["hand", "exact"], doc="By hand.")
    lesson_href = param.String(default="{id}", doc="Where a lesson is, with {id} in it.")
    narrow = param.Boolean(default=False, doc="Whether the page is as narrow as a phone's.")
    opening = param.Boolean(
        default=False, doc="Whether nobody has chosen a head: the page then opens one worth seeing."
    )
    ignored = param.List(default=[], item_type=str, doc="What the address asked for in vain.")
    order = param.String(default="model", doc="How the heads stand: model, or a score's name.")

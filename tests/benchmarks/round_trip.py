"""A Panel app to compare with: a button whose Python callback changes a pane.

`python round_trip.py PORT` serves it until it is ended.
"""

import sys

import panel as pn


def app() -> pn.Column:
    button = pn.widgets.Button(name="count")
    pane = pn.pane.HTML("0")
    button.on_click(lambda event: pane.param.update(object=str(event.new)))
    return pn.Column(button, pane)


if __name__ == "__main__":
    pn.serve(app, port=int(sys.argv[1]), show=False, verbose=False, compress_response=True)

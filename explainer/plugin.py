"""What `panel serve explainer/app.py --plugins explainer.plugin` needs to be safe among strangers.

Panel reads `ROUTES`; that this hangs the door is what it is for.
"""

from explainer.door.hang import hang

ROUTES = hang()

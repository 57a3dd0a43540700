"""What options of several commands take, checked as soon as they are read."""

import argparse
import re

from explainer.errors import LessonError
from explainer.numbers import typed
from explainer.papers import LAST, checked

DTYPES = ("auto", "float32", "bfloat16", "float16")
DEVICE = re.compile(r"auto|cpu|mps|cuda(:\d{1,3})?", re.IGNORECASE)


def positive(text: str) -> int:
    """A number from 1."""
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1")
    return number


def device(text: str) -> str:
    """A name that a device may have; whether it is there is known when PyTorch is."""
    if not DEVICE.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no device: auto, cpu, cuda, cuda:1, mps are")
    return text.lower()


def paper(text: str) -> int:
    """A paper's number."""
    try:
        number = typed(text)
        whole = isinstance(number, float) and number.is_integer()
        return checked(int(number) if whole else number)
    except (LessonError, ValueError, RecursionError):
        told = f"{text!r} is no paper, a whole number from 0 to {LAST}"
        raise argparse.ArgumentTypeError(told) from None

"""Which device a model runs on, and what is said when its memory is full."""

import errno
import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import torch

from explainer.errors import LiveError
from explainer.live.progress import Cancelled

P = ParamSpec("P")
R = TypeVar("R")

DTYPES = {"float32": torch.float32, "bfloat16": torch.bfloat16, "float16": torch.float16}
# As PyTorch, CUDA's libraries and the system word it.
FULL = ("allocate memory", "not enough memory", "out of memory", "_STATUS_ALLOC_FAILED")


def chosen(device: str) -> torch.device:
    """The device of a name: "auto" is the first CUDA device, or the CPU where there is none.

    Raises LiveError for a name that PyTorch does not know, and a device that is not there.
    """
    if device == "auto":
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    try:
        named = torch.device(device.lower())
    except RuntimeError:
        raise LiveError(
            f"{device!r} is no device: auto, cpu, cuda, cuda:1 and mps are", "no-such-device"
        ) from None
    there = {
        "cpu": 1,
        "cuda": torch.cuda.device_count() if torch.cuda.is_available() else 0,
        "mps": int(torch.backends.mps.is_available()),
    }
    if (named.index or 0) >= there.get(named.type, 0):
        raise LiveError(f"this machine has no device {device}", "no-such-device", device=device)
    return named


def precision(dtype: str, device: torch.device) -> torch.dtype:
    """The number format of a name: "auto" is bfloat16 on CUDA and float32 elsewhere."""
    if dtype == "auto":
        return torch.bfloat16 if device.type == "cuda" else torch.float32
    if dtype not in DTYPES:
        raise LiveError(f"{dtype!r} is none of auto, {', '.join(DTYPES)}", "no-such-dtype")
    return DTYPES[dtype]


def full(error: Exception) -> bool:
    """Whether an error says that a device, or the machine, has no memory left."""
    known = isinstance(error, MemoryError | torch.OutOfMemoryError)
    known |= isinstance(error, OSError) and error.errno == errno.ENOMEM
    return known or any(words in str(error) for words in FULL)


def on_device(compute: Callable[P, R]) -> Callable[P, R]:
    """Run without gradients; whatever is raised, but Cancelled, is told as a LiveError.

    Full memory is told after freeing what can be.
    """

    @functools.wraps(compute)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        failure: Exception | None = None
        try:
            with torch.inference_mode():
                return compute(*args, **kwargs)
        except (LiveError, Cancelled):
            raise
        except Exception as error:
            if not full(error):
                failure = error
        if failure is not None:
            raise LiveError(
                f"this cannot be computed with this model on this device: {type(failure).__name__}",
                "not-computed",
                kind=type(failure).__name__,
            ) from failure
        # outside the handler, whose traceback would keep the tensors of the failed run
        if torch.cuda.is_available():
            torch.cuda.empty_cache()
        raise LiveError(
            "the device has no memory left for this: try a shorter prompt", "out-of-memory"
        )

    return run

"""What has been computed and may be asked for again, within a number of bytes."""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Any


class Cache:
    """Results by key; the ones that nobody has asked for longest make room for new ones.

    limit: bytes that all results together may hold, by their `nbytes`. A result that alone holds
    more is not kept. Safe to use from any thread.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.nbytes = 0
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Any | None:
        """The result of a key, or None."""
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key]

    def put(self, key: Hashable, result: Any) -> None:
        """Keep a result that has `nbytes`, if it fits at all."""
        with self._lock:
            if key in self._kept:
                self.nbytes -= self._kept.pop(key).nbytes
            if result.nbytes > self.limit:
                return
            self._kept[key] = result
            self.nbytes += result.nbytes
            while self.nbytes > self.limit:
                _, oldest = self._kept.popitem(last=False)
                self.nbytes -= oldest.nbytes

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
            self.nbytes = 0

"""An asyncio loop in a thread of its own, for the few servers that are written for one."""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")


class LoopThread:
    """Runs coroutines for threads that know nothing of asyncio."""

    def __init__(self, name: str) -> None:
        """Start the thread.

        Args:
            name: what the thread is called in a traceback.
        """
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        try:
            self.loop.run_forever()
        finally:
            self.loop.run_until_complete(_cancel_rest())
            self.loop.run_until_complete(self.loop.shutdown_asyncgens())
            self.loop.close()

    def run(self, what: Coroutine[Any, Any, Result], timeout: float = 30.0) -> Result:
        """Run a coroutine in the loop and return its result; its exception is raised here.

        Raises:
            TimeoutError: it took longer than `timeout` seconds.
        """
        return asyncio.run_coroutine_threadsafe(what, self.loop).result(timeout)

    def stop(self) -> None:
        """Cancel what still runs, and wait until the thread is gone."""
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()


async def _cancel_rest() -> None:
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await asyncio.sleep(0)  # one more turn, in which closed transports say so

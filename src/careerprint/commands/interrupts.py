"""Ctrl-C, delayed while a library loads."""

import signal
import sys
from threading import Timer, main_thread
from types import FrameType

_AGAIN = 0.02  # seconds: loading a library takes that long or a few times as long
_IMPORTING = "<frozen importlib"  # how the code of Python's import system is named


def interrupt_after_imports() -> None:
    """Delay Ctrl-C while a module is loaded: zxing-cpp and pikepdf crash if that is cut short.

    Where Ctrl-C is ignored, as in the background of a shell, it stays ignored.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupt)


def _interrupt(number: int, frame: FrameType | None) -> None:
    if _is_importing(frame):
        again = Timer(_AGAIN, _send, (number,))
        again.daemon = True
        again.start()
    else:
        signal.default_int_handler(number, frame)


def _send(number: int) -> None:
    """Send this process a signal, from another thread: the main one may have to be woken for it."""
    if sys.platform == "win32":
        signal.raise_signal(number)
    else:
        signal.pthread_kill(main_thread().ident or 0, number)


def _is_importing(frame: FrameType | None) -> bool:
    while frame:
        if frame.f_code.co_filename.startswith(_IMPORTING):
            return True
        frame = frame.f_back
    return False

"""Strong Back: a chatbot that answers questions about back training from curated, sourced knowledge."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("strong-back")
except PackageNotFoundError:  # run from a checkout that was never installed
    __version__ = "0+unknown"

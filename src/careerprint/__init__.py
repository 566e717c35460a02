"""careerprint merges German career-profile texts with localized layouts and prints PDF documents.

docs/ARCHITECTURE.md tells the phases and where each one lives.
"""

__version__ = "0.2.0.dev0"

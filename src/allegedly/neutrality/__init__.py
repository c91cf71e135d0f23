"""
The side-swap test: are both parties of a conflict read alike?

Short invented reports with slots for two parties are filled both ways round and
read. The exchange of the names must exchange the parties in the ledger and
change nothing else. ``parties`` and ``templates`` hold the data, ``fill`` makes
the texts, ``compare`` finds the differences, ``swap`` counts them.
"""

from __future__ import annotations

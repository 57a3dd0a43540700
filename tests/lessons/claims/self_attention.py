"""What the texts of self-attention claim of its numbers."""

from tests.lessons.claims import Claim

CLAIMS: tuple[Claim, ...] = ()

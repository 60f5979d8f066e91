"""A web that gives out tokens and lets only the newest one in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from downlight.core.errors import Refused
from tests.doubles import RecordedWeb

if TYPE_CHECKING:
    from collections.abc import Mapping

    from downlight.core.ports import Answer


@dataclass
class TokenWeb(RecordedWeb):
    """Gives a new token for each login: token-1, token-2 and so on."""

    form: str = '{"token": "%s"}'
    """What a login is answered with; ``%s`` is where the token stands."""
    ended: int | None = None
    """With what a token that is no longer good is answered."""

    async def post(
        self, url: str, body: bytes, *, headers: Mapping[str, str] | None = None
    ) -> Answer:
        self.ended = None
        self.posts[url] = self.form % f"token-{len(self.posted) + 1}"
        return await super().post(url, body, headers=headers)

    async def get(
        self,
        url: str,
        *,
        accept: str = "application/json",
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        if self.ended:
            raise Refused(self.ended)
        return await super().get(url, accept=accept, headers=headers)

"""Sources that want to know who asks: by a key of one's own, or by a login.

Both stand in the keyring. The token that a login gives is kept in memory alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from downlight.core.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from downlight.core.errors import NoKey
    from downlight.core.model import Report, SourceId
    from downlight.core.ports import Answer, Web
    from downlight.core.source import SourceInfo

UNAUTHORIZED: Final = 401


def bearer(token: str) -> Mapping[str, str]:
    """Return the header that most want a token in."""
    return {"Authorization": f"Bearer {token}"}


@dataclass(frozen=True, slots=True)
class Keyed:
    """One address, asked with a key out of the keyring."""

    info: SourceInfo
    parse: Callable[[SourceId, Answer], Report]
    secret: str
    """What the key is called in the keyring."""
    shown: Callable[[str], Mapping[str, str]] = bearer
    """Returns the header that shows the key."""

    async def read(self, web: Web, last: Report | None = None) -> Report:
        """Ask once.

        Raises:
            NoKey: There is none.
            SourceError: There is no report.
        """
        sent = self.shown(await web.secret(self.secret))
        answer = await web.get(self.info.urls[0], headers=sent)
        return answer.parsed(lambda a: self.parse(self.info.id, a), last)


@dataclass(slots=True)
class Session:
    """One address, asked with a token until that is refused; then with a new one."""

    info: SourceInfo
    parse: Callable[[SourceId, Answer], Report]
    log_in: Callable[[Web], Awaitable[str]]
    """Returns a new token; see `logged_in`."""
    ended: frozenset[int] = frozenset({UNAUTHORIZED})
    """The statuses that a token which has run out is answered with."""
    token: str = field(default="", repr=False)
    """Empty before the first login. Never written anywhere."""

    async def read(self, web: Web, last: Report | None = None) -> Report:
        """Ask once; log in first where there is no token, or it has run out.

        A token that is refused when it is new is not tried again.

        Raises:
            NoKey: There is no login, or it is not accepted.
            SourceError: There is no report.
        """
        kept = bool(self.token)
        if not kept:
            self.token = await self.log_in(web)
        try:
            answer = await self._ask(web)
        except Refused as error:
            self.token = ""
            if not kept or error.status not in self.ended:
                raise
            self.token = await self.log_in(web)
            answer = await self._ask(web)
        return answer.parsed(lambda a: self.parse(self.info.id, a), last)

    async def _ask(self, web: Web) -> Answer:
        return await web.get(self.info.urls[0], headers=bearer(self.token))


async def logged_in(
    web: Web, url: str, body: bytes, headers: Mapping[str, str], wrong: NoKey
) -> Answer:
    """Return what a login is answered with.

    Args:
        web: The way out.
        url: Where one logs in.
        body: What is sent there.
        headers: What is sent with it.
        wrong: What is said when the login is not accepted.

    Raises:
        NoKey: ``wrong``.
        SourceError: Something else went wrong.
    """
    try:
        return await web.post(url, body, headers=headers)
    except Refused as error:
        if error.status == UNAUTHORIZED:
            raise wrong from None
        raise

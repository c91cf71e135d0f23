"""
Where texts are handed in: a batch is read by a thread of its own, one after the other, and can be looked at meanwhile.

What comes in goes the way of ``allegedly add``: what it is, is found out; one
bad input never stops the rest; nothing that a file names is fetched.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from starlette.requests import Request

from allegedly.errors import AllegedlyError, DocumentError, InputError
from allegedly.ingest.base import Arrival, Failure, Options, hold
from allegedly.ingest.intake import Intake
from allegedly.ingest.retrievals import Retrievals, folder_beside
from allegedly.records.document import Document
from allegedly.web.problems import WebProblem
from allegedly.web.site import Site

MOST_DOCUMENTS = 1_000  # of one batch; more are for `allegedly add`
_MOST_WAITING = 20  # batches
_KEPT = 200  # batches that can still be looked at
_log = logging.getLogger("allegedly.web")


@dataclass(frozen=True, slots=True)
class Upload:
    """
    A file as it was handed in.

    Args:
        name: Its name.
        data: Its bytes.
        facts: What is said of its publication; taken where the file itself says nothing.
    """

    name: str
    data: bytes
    facts: Document | None = None


@dataclass(frozen=True, slots=True)
class Came:
    """
    A document that came in.

    Args:
        id: Its id in the store.
        name: Its headline, or its id.
        known: Whether its text was there already.
    """

    id: str
    name: str
    known: bool


@dataclass(slots=True)
class Batch:
    """
    What was handed in together; filled by one thread, looked at by others.

    Args:
        id: Cannot be guessed.
        came: Documents, in order.
        failures: What failed, and why.
        finished: Set when all is done.
    """

    id: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    came: list[Came] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    finished: threading.Event = field(default_factory=threading.Event)

    @property
    def only(self) -> str | None:
        """Id of the document, if all that was handed in is one."""
        return self.came[0].id if len(self.came) == 1 and not self.failures else None


class Desk:
    """
    Takes batches for one store; made by :func:`desk_of`.

    Args:
        site: The site, whose reader reads.
    """

    def __init__(self, site: Site) -> None:
        self._read_in, self._reader, self._store = site.read_in, site.reader, site.store
        self._turn, self._lock = threading.Lock(), threading.Lock()
        self._batches: OrderedDict[str, Batch] = OrderedDict()

    def batch(self, batch_id: str) -> Batch:
        """
        Give a batch.

        Raises:
            WebProblem: If there is none of that id, or it was long ago.
        """
        with self._lock:
            if batch_id not in self._batches:
                raise WebProblem(404, "nothing is known of that batch any more", hint="see /documents for what came in")
            return self._batches[batch_id]

    def hand_in(self, inputs: Sequence[Document | Upload], options: Options) -> Batch:
        """
        Begin to read; gives at once what can be waited for.

        Args:
            inputs: Documents, and files in which they are to be found.
            options: Limits.

        Raises:
            WebProblem: If too many batches wait already.
        """
        batch = Batch()
        with self._lock:
            if sum(not item.finished.is_set() for item in self._batches.values()) >= _MOST_WAITING:
                raise WebProblem(503, "other texts are being read", hint="try again in a minute")
            self._batches[batch.id] = batch
            while len(self._batches) > _KEPT:
                self._batches.popitem(last=False)
        work = (batch, inputs, replace(options, follow=False))
        threading.Thread(target=self._run, args=work, name="allegedly-read", daemon=True).start()
        return batch

    def _run(self, batch: Batch, inputs: Sequence[Document | Upload], options: Options) -> None:
        try:
            with self._turn, Retrievals(folder_beside(self._store.name) / "retrievals.jsonl") as retrievals:
                for item in _arrivals(inputs, options):
                    if isinstance(item, Failure):
                        self._fail(batch, item)
                    elif len(batch.came) + len(batch.failures) >= MOST_DOCUMENTS:
                        batch.failures.append(_too_many())
                        break
                    else:
                        self._keep(batch, item, retrievals)
        except (AllegedlyError, WebProblem) as error:  # the reader or the store itself
            batch.failures.append(Failure("", "not-read", str(error), error.hint))
        except Exception:  # noqa: BLE001  # the thread has nobody else to tell
            _log.exception("a batch could not be read")
            batch.failures.append(Failure("", "not-read", "something went wrong here", "see the log of the server"))
        finally:
            batch.finished.set()

    def _fail(self, batch: Batch, failure: Failure) -> None:
        batch.failures.append(failure)
        with self._store.writer() as writer:
            writer.add_failure(failure.place, InputError(failure.message, reason=failure.reason, hint=failure.hint))

    def _keep(self, batch: Batch, item: Document | Arrival, retrievals: Retrievals) -> None:
        document = item.document if isinstance(item, Arrival) else item
        known = self._known(document)
        if known is None:
            errors: list[DocumentError] = []
            if isinstance(item, Arrival):
                retrievals.add(item)
            self._read_in([document], failed=errors.append)
            if errors:
                batch.failures.append(
                    Failure(document.title or document.id, "not-read", str(errors[0]), errors[0].hint)
                )
                return
        batch.came.append(Came(known or document.id, document.title or known or document.id, known is not None))

    def _known(self, document: Document) -> str | None:
        """Give the id under which a text need not be read again; None if it has to be."""
        with self._store.view() as view:
            if view.already_read({document.id: document.digest}, self._reader().run):
                return document.id
            bare = document.id == document.digest.removeprefix("sha256:")[:16] and not document.publisher
            copies = view.copies(document.digest, limit=1).documents if bare else ()
            return copies[0].id if copies else None


def _arrivals(inputs: Sequence[Document | Upload], options: Options) -> Iterator[Document | Arrival | Failure]:
    intake = Intake((), options)
    for one in inputs:
        if isinstance(one, Document):
            yield one
            continue
        found = 0
        for item in intake.hand_over(hold(one.name, one.data, name=one.name)):
            if isinstance(item, Arrival):
                yield replace(item, document=_with_facts(item.document, one.facts)) if one.facts else item
            elif isinstance(item, Failure):
                yield item
            found += 1
        if not found:
            yield Failure(one.name, "empty", f"{one.name}: no document in it", "give a file with a report")


def _with_facts(document: Document, facts: Document) -> Document:
    """Add what is said of a publication where the file says nothing."""
    named = ("published", "title", "url", "publisher")
    return replace(document, **{name: getattr(document, name) or getattr(facts, name) for name in named})


def _too_many() -> Failure:
    hint = "add the rest with `allegedly add` where the store is"
    return Failure("", "too-large", f"only the first {MOST_DOCUMENTS:,} documents were taken", hint)


_making = threading.Lock()


def desk_of(request: Request) -> Desk:
    """Give the desk of the site that is asked."""
    state = request.app.state
    with _making:
        if not hasattr(state, "desk"):
            state.desk = Desk(state.site)
        desk: Desk = state.desk
        return desk

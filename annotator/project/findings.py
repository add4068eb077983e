"""Answers to what the sourcing checks ask, and which of their rules a project has switched on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from annotator import text as texts
from annotator.errors import RuleBroken
from annotator.language import tr
from annotator.model import Article, FindingAnswer, Id, Term, now
from annotator.model.code_book import HOUSE_RULE, rule_value
from annotator.project.core import one_line, reads, written
from annotator.project.ledger import Ledgers
from annotator.storage.records import in_parts
from annotator.vocabulary import SEVERITIES, HouseRule, house_rules

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Findings(Ledgers):
    """Verbs and lists about findings. A finding itself is never kept: only what somebody answered to it."""

    def answer_finding(
        self,
        rule: str,
        subject: str,
        article: Id,
        answer: str,
        *,
        words: str | None = None,
        initiator: object | None = None,
    ) -> Id:
        """Answer a finding by its rule, subject and article, in place of any earlier answer; returns the answer's id.

        ``words``: what was found, for when it is found no more. Raises RuleBroken for an empty answer.
        """
        said, about = written(answer), self._need(Article, article)
        if not said:
            raise RuleBroken(tr("An answer needs words: say why this is accepted, or what is done about it."))
        there = [a for a in self.finding_answers([article]) if (a.rule, a.subject) == (rule, subject)]
        if there and there[-1].answer == said:
            return there[-1].id
        old = there[-1] if there else FindingAnswer(rule=rule, subject=subject, article=about.id, answer=said)
        new = old.changed(answer=said, coder=self.coder.id, at=now(), words=one_line(words) or old.words)
        with self._action(tr("answer “{finding}”", finding=self._rule_title(rule)), initiator) as records:
            records.put(new)
        return new.id

    def take_back_answer(self, answer: Id, *, initiator: object | None = None) -> None:
        """Take back an answer to a finding: the question stands open again."""
        old = self._need(FindingAnswer, answer)
        name = tr("take back the answer to “{finding}”", finding=self._rule_title(old.rule))
        with self._action(name, initiator) as records:
            records.delete(FindingAnswer, old.id)

    @reads
    def finding_answers(self, articles: Iterable[Id]) -> list[FindingAnswer]:
        """Return what persons answered to findings in these articles; a source that was merged is the one that stayed."""
        found: list[FindingAnswer] = []
        for part in in_parts(self._records.keys("article", articles)):
            found += self._records.where(FindingAnswer, f"t.article IN ({','.join('?' * len(part))})", part)
        moved = self._claims.now_of(a.subject for a in found if _ID.fullmatch(a.subject)) if found else {}
        return [a.changed(subject=moved[a.subject]) if a.subject in moved else a for a in found]

    def _rule_title(self, rule: str) -> str:
        found = next((r.title for r in house_rules() if r.key == rule), rule)
        return texts.shortened(found, 60)

    # -- which rules ask

    def set_house_rule(
        self,
        rule: str,
        *,
        on: bool | None = None,
        severity: str | None = None,
        limits: Mapping[str, int] | None = None,
        initiator: object | None = None,
    ) -> None:
        """Switch a sourcing check on or off, weigh it, set its limits, for this project. None leaves a thing as it is.

        Raises RuleBroken for what is no rule, no severity or no limit of the rule.
        """
        shipped = _known(rule)
        old = next(r for r in self.code_book.house_rules() if r.key == rule)
        asked = dict(limits or {})
        if severity is not None and severity not in SEVERITIES:
            raise RuleBroken(tr("A finding is to be asked first, worth a look, or a note."))
        if asked.keys() - dict(old.limits).keys() or any(not 0 <= n < 10**9 for n in asked.values()):
            raise RuleBroken(tr("“{rule}” has no such limit.", rule=old.title))
        new = replace(
            old,
            severity=severity or old.severity,
            on=old.on if on is None else on,
            limits=tuple((name, asked.get(name, n)) for name, n in old.limits),
        )
        if new == old:
            return
        with self._action(tr("set the house rule “{rule}”", rule=self._rule_title(rule)), initiator) as records:
            there = records.find(Term, list=HOUSE_RULE, key=rule)
            if new == shipped:
                for term in there:
                    records.delete(Term, term.id)
                return
            term = there[0] if there else Term(list=HOUSE_RULE, key=rule, label=shipped.title)
            records.put(term.changed(value=rule_value(new)))

    def reset_house_rules(self, *, initiator: object | None = None) -> None:
        """Make every sourcing check what the file of house rules says again."""
        own = self._records.find(Term, list=HOUSE_RULE)
        if own:
            with self._action(tr("set the house rules as shipped"), initiator) as records:
                for term in own:
                    records.delete(Term, term.id)


def _known(rule: str) -> HouseRule:
    found = next((r for r in house_rules() if r.key == rule), None)
    if found is None:
        raise RuleBroken(tr("This is not one of the house rules."))
    return found

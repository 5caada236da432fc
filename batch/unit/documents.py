"""Every Word file of an output folder, by its path: the reports, and what the office has filled besides."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from batch.areas.definitions import Definitions
from batch.check.checked import Checked
from batch.options import Options
from batch.report.fields import fields_of, figures_of
from batch.report.heads import office
from batch.report.names import BLOCKS, CITY_BLOCKS, CITY_FIELDS, CITY_LISTS, FIELDS, LISTS, PERSON
from batch.report.phrase import phrase
from batch.report.scope import Scope
from batch.system.file_name import file_names
from batch.total.totals import Totals
from batch.word.check import check_templates, notices
from batch.word.language.vocabulary import Vocabulary
from batch.word.page.control import controlled_figures
from batch.word.render.fill import Paper, fill
from batch.word.shipped import CITY, DUTY, OWNER, SUMMARY, Templates, laid_out, load_templates

OWNERS_FOLDER: Final = "个人报告"


@dataclass(frozen=True)
class Documents:
    """The Word files of a run by their paths, and what the office should look at in them."""

    files: dict[str, bytes]
    notes: tuple[str, ...]
    templates: Mapping[str, str]
    """File name -> sha256 of each template that the office gave."""


def read_templates(options: Options, definitions: Definitions) -> Templates:
    """Return the templates of a run, in the layout that the office has set; those it gives are checked.

    A shipped one may name a figure that the office's own definitions leave out: its clause is left out too.

    Raises:
        BatchError: a template cannot be read, or names what there is not; all such places are told at once.

    """
    templates = load_templates(options.templates)
    units = {name: figure.unit for name, _, figure in definitions.figures}
    general = Vocabulary(units, FIELDS, BLOCKS, LISTS, {PERSON: OWNER})
    personal = Vocabulary(units, FIELDS | {PERSON}, BLOCKS, LISTS)
    bureau = Vocabulary(units, CITY_FIELDS, CITY_BLOCKS, CITY_LISTS)
    particular = {OWNER: personal, CITY: bureau}
    check_templates([(each, particular.get(each.name, general)) for each in templates.given])
    return laid_out(templates)


def word_files(checked: Checked, totals: Totals, templates: Templates) -> Documents:
    """Return the reports of the whole office, one for each owner, and the office's own documents."""
    is_draft = checked.errors > 0
    unit, whose, period = checked.book.settings.unit, office(checked), totals.period.title

    def paper(title: str) -> Paper:
        return Paper(title=title, unit=unit, is_draft=is_draft)

    whole = Scope(checked, totals)
    figures = figures_of(whole)
    fields = fields_of(whole, figures)
    files = {
        SUMMARY: fill(templates.shipped[SUMMARY], fields, paper(f"{whose}{period}工作台账汇总报告")),
        DUTY: fill(templates.shipped[DUTY], fields, paper(f"{period}述职报告")),
    }
    owners = [checked.owner_names[each.sheet.name] for each in totals.areas if each.sheet.name in checked.owners]
    for name, file in file_names(owners).items():
        own = fields_of(Scope(checked, totals, person=name), figures)
        title = f"{whose}{period}{name}工作台账报告"
        files[f"{OWNERS_FOLDER}/{file}.docx"] = fill(templates.shipped[OWNER], own, paper(title))
    for template in templates.own:
        files[template.name] = fill(template, fields, paper(Path(template.name).stem))
    return Documents(files, (*templates.notes, *_told(templates, files, totals)), templates.digests)


def _told(templates: Templates, files: Mapping[str, bytes], totals: Totals) -> Iterator[str]:
    """Say what the office should look at in its own documents before it hands them in."""
    for template in templates.given:
        yield from notices(template)
    for template in templates.own:
        named = [name for name in controlled_figures(files[template.name]) if name in totals.figures]
        nothing = [name for name in named if not phrase(totals.figures[name])]
        if nothing:
            yield f"“{template.name}”里{'、'.join(nothing)}本期没有数，请看一看那句话。"

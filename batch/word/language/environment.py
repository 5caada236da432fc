"""The jinja2 environment of a template: strict, escaped, and closed to all that a report does not need."""

import dataclasses
import re
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from functools import lru_cache
from types import CodeType
from typing import Any, Final, NoReturn

from jinja2 import StrictUndefined, Undefined, nodes, pass_context
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from batch.report.content import Blocks
from batch.report.numerals import digits, exact
from batch.report.phrase import Phrase
from batch.word.language.bounds import Bounding, LoopPasses, bounding_filters
from batch.word.language.filters import LONGEST, UnfitError, date_text, filters

BLOCK_MARK: Final = "\U0010fffd"
"""Around the number of what is put in place of a paragraph, until it is put there."""
LINE_MARK: Final = "\U0010fffc"
TAB_MARK: Final = "\U0010fffb"
"""A line break and a tab of a value, until Word's own elements stand for them."""
MARKS: Final = (BLOCK_MARK, LINE_MARK, TAB_MARK)
MOST_PRINTED: Final = 20_000_000
"""Characters that the placeholders of one template print: no report comes near, a runaway template does."""
MOST_COMPILED: Final = 16
"""Templates whose code is kept."""
MOST_BITS: Final = 512
"""Size of a number that is worked out."""
_UNWRITABLE: Final = re.compile(f"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[{''.join(MARKS)}]")
_LINE_END: Final = re.compile("\r\n?|[\n\v\u2028\u2029]")


class Missing(StrictUndefined):
    """A name without a value: any use of it ends the rendering, told in Chinese."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        kind = "这个名称" if self._undefined_obj is missing else "这一项"
        return self._undefined_hint or f"没有“{self._undefined_name}”{kind}"


@dataclasses.dataclass
class Printer:
    """Turns each value into the text that is printed, and keeps what is to stand in whole paragraphs."""

    blocks: list[Blocks] = dataclasses.field(default_factory=list)
    printed: int = 0

    def __call__(self, value: object) -> str:
        """Return a value as text that XML can hold; None prints nothing."""
        text = self._text(value)
        self.printed += len(text)
        if self.printed > MOST_PRINTED:
            message = "印出的文字太长"
            raise SecurityError(message)
        return text

    def _text(self, value: object) -> str:
        if isinstance(value, Blocks):
            self.blocks.append(value)
            return f"{BLOCK_MARK}{len(self.blocks) - 1}{BLOCK_MARK}"
        return writable(_spoken(value))


def environment(printer: Printer | None = None) -> "TemplateEnvironment":
    """Return an environment whose placeholders print through the printer; without one it only parses."""
    printing = printer or Printer()

    @pass_context  # else jinja2 prints constants by itself, and None as "None"
    def finalize(_: Context, value: object) -> str:
        return printing(value)

    made = TemplateEnvironment(undefined=Missing, autoescape=True, finalize=finalize)
    made.globals.clear()
    made.filters.clear()
    made.filters.update(filters() | bounding_filters(made.passes))
    return made


@lru_cache(maxsize=MOST_COMPILED)
def compiled(source: str) -> CodeType:
    """Return the code of a template, for any environment of this kind: the reports of many owners have one template.

    Raises:
        TemplateSyntaxError: it is no template.

    """
    return environment().compile(source)


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """Reads names and counts; calls nothing, and makes nothing huge."""

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 jinja2's own settings
        """Make an environment that has done no work yet."""
        super().__init__(**settings)
        self.passes = LoopPasses()

    def _generate(self, source: nodes.Template, *also: Any, **named: Any) -> str:  # noqa: ANN401 jinja2's own hook
        """Return the code of a template with its loops and lists bounded."""
        return super()._generate(Bounding().visit(source), *also, **named)

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 jinja2's own signature
        """Return what a mapping holds under a name, or what another value may show; never a method of theirs."""
        if isinstance(obj, Mapping):
            try:
                return obj[attribute]
            except KeyError:
                return self.undefined(obj=obj, name=attribute)
        value = getattr(obj, attribute, missing)
        if value is missing:
            return self.undefined(obj=obj, name=attribute)
        return value if self.is_safe_attribute(obj, attribute, value) else self.unsafe_undefined(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:  # noqa: ANN401 jinja2's own signature
        """Return an item; one that is asked for by a name is what the name would give."""
        return self.getattr(obj, argument) if isinstance(argument, str) else super().getitem(obj, argument)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401 jinja2's own signature
        """Admit what a loop says of itself, the parts of a date, and the fields of a value made to be shown."""
        if attr.startswith("_") or isinstance(obj, Phrase):
            return False
        if isinstance(obj, LoopContext):
            return True
        if isinstance(obj, date):
            return attr in {"year", "month", "day"}
        return not callable(value) and (dataclasses.is_dataclass(obj) or attr in getattr(obj, "_fields", ()))

    def unsafe_undefined(self, obj: Any, attribute: str) -> Undefined:  # noqa: ANN401 jinja2's own signature
        """Return what ends the rendering if it is used."""
        return self.undefined(f"不能使用“{attribute}”", obj=obj, name=attribute, exc=SecurityError)

    def call(self, *_: Any, **__: Any) -> NoReturn:  # noqa: ANN401 jinja2's own hook
        """Refuse to call anything."""
        message = "这里不能像函数那样加括号"
        raise SecurityError(message)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401 jinja2's own signature
        """Work out two operands: texts can be joined, all else is for numbers, and nothing grows without end."""
        if operator == "**":
            message = "不支持 ** 运算"
            raise SecurityError(message)
        texts = isinstance(left, str) and isinstance(right, str) and operator == "+"
        if not texts and not (_is_number(left) and _is_number(right)):
            message = f"“{operator}”两边要都是数"
            raise UnfitError(message)
        if not texts:
            left, right = (each if isinstance(each, Phrase) else exact(each) for each in (left, right))
        return _bounded(super().call_binop(context, operator, left, right))


def writable(text: str) -> str:
    """Return a text that XML can hold: what it cannot is shown as �, line ends and tabs are marked."""
    text = _UNWRITABLE.sub("\ufffd", _LINE_END.sub("\n", text))
    return text.replace("\n", LINE_MARK).replace("\t", TAB_MARK)


def _spoken(value: object) -> str:
    spoken: Mapping[type, Callable[[Any], str]] = {
        bool: lambda each: "是" if each else "否",
        float: lambda each: digits(each, 0 if each.is_integer() else len(repr(each).partition(".")[2])),
        Fraction: lambda each: digits(each, 0 if each.denominator == 1 else 1),
    }
    if value is None:
        return ""
    if isinstance(value, date):
        return str(date_text(value))
    if not isinstance(value, str | bool | int | float | Fraction | Phrase | Undefined):
        message = "这里是一组内容，要写明其中哪一项"
        raise UnfitError(message)
    return spoken.get(type(value), str)(value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Fraction | Phrase)


def _bounded(result: Any) -> Any:  # noqa: ANN401 whatever was worked out
    value = result.value if isinstance(result, Phrase) else result
    if isinstance(value, str):
        is_huge = len(value) > LONGEST
    else:
        number = exact(value) if value is not None else Fraction(0)
        is_huge = max(number.numerator.bit_length(), number.denominator.bit_length()) > MOST_BITS
    if is_huge:
        message = "算出的结果太大"
        raise SecurityError(message)
    return result

"""The built-in functions that are supported, with the names of their parameters and the type of their result.

An argument outside the domain of a function gives null, as the standard says. SOURCE: DMN 1.5, 10.3.4.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal, DecimalException

from redflag_kit.dmn.feel import conversions
from redflag_kit.dmn.feel.compare import both, either, equal, less, negation
from redflag_kit.dmn.feel.types import ANY, BOOLEAN, DATE, DATE_TIME, NUMBER, STRING, TIME, YEARS_MONTHS, Type
from redflag_kit.dmn.feel.values import ARITHMETIC, Value


@dataclass(frozen=True, slots=True)
class Function:
    """A built-in function; with `many` its one list may also be given as any number of arguments."""

    forms: tuple[tuple[str, ...], ...]
    result: Type
    apply: Callable[..., Value]
    many: bool = False
    takes_list: bool = False


def _whole(value: Value) -> int | None:
    fits = isinstance(value, Decimal) and value.copy_abs() < 10**9 and value == value.to_integral_value()
    return int(value) if fits and isinstance(value, Decimal) else None


def _list_contains(items: Value, element: Value) -> Value:
    if items is None:
        return None
    values = items if isinstance(items, tuple) else (items,)
    return any(equal(element, one) is True for one in values)


def _count(*items: Value) -> Value:
    return Decimal(len(items))


def _numbers(items: tuple[Value, ...]) -> list[Decimal] | None:
    numbers = [item for item in items if isinstance(item, Decimal)]
    return numbers if numbers and len(numbers) == len(items) else None


def _sum(*items: Value) -> Value:
    numbers = _numbers(items)
    if not numbers:
        return None
    total = Decimal(0)
    for number in numbers:
        total = ARITHMETIC.add(total, number)
    return total


def _mean(*items: Value) -> Value:
    total = _sum(*items)
    return ARITHMETIC.divide(total, Decimal(len(items))) if isinstance(total, Decimal) else None


def _least(*items: Value) -> Value:
    return _extreme(items, lambda one, other: less(one, other))


def _greatest(*items: Value) -> Value:
    return _extreme(items, lambda one, other: less(other, one))


def _extreme(items: tuple[Value, ...], before: Callable[[Value, Value], bool | None]) -> Value:
    if not items or before(items[0], items[0]) is None:
        return None
    found = items[0]
    for item in items[1:]:
        better = before(item, found)
        if better is None:
            return None
        found = item if better else found
    return found


def _all(*items: Value) -> Value:
    result: bool | None = True
    for item in items:
        result = both(result, item)
    return result


def _any(*items: Value) -> Value:
    result: bool | None = False
    for item in items:
        result = either(result, item)
    return result


def _rounded(number: Value, scale: Value, rounding: str) -> Value:
    places = _whole(scale)
    if not isinstance(number, Decimal) or places is None or not -6111 <= places <= 6176:
        return None
    return number.quantize(Decimal(1).scaleb(-places), rounding=rounding, context=ARITHMETIC)


def _decimal(number: Value, scale: Value) -> Value:
    return _rounded(number, scale, ROUND_HALF_EVEN)


def _floor(number: Value, scale: Value = Decimal(0)) -> Value:
    return _rounded(number, scale, ROUND_FLOOR)


def _ceiling(number: Value, scale: Value = Decimal(0)) -> Value:
    return _rounded(number, scale, ROUND_CEILING)


def _abs(number: Value) -> Value:
    return number.copy_abs() if isinstance(number, Decimal) else None


def _modulo(dividend: Value, divisor: Value) -> Value:
    if not isinstance(dividend, Decimal) or not isinstance(divisor, Decimal) or divisor == 0:
        return None
    quotient = _floor(ARITHMETIC.divide(dividend, divisor))
    return (
        ARITHMETIC.subtract(dividend, ARITHMETIC.multiply(divisor, quotient)) if isinstance(quotient, Decimal) else None
    )


def _length(text: Value) -> Value:
    return Decimal(len(text)) if isinstance(text, str) else None


def _upper(text: Value) -> Value:
    return text.upper() if isinstance(text, str) else None


def _lower(text: Value) -> Value:
    return text.lower() if isinstance(text, str) else None


def _contains(text: Value, match: Value) -> Value:
    return match in text if isinstance(text, str) and isinstance(match, str) else None


def _starts(text: Value, match: Value) -> Value:
    return text.startswith(match) if isinstance(text, str) and isinstance(match, str) else None


def _ends(text: Value, match: Value) -> Value:
    return text.endswith(match) if isinstance(text, str) and isinstance(match, str) else None


def _substring(text: Value, start: Value, length: Value = None) -> Value:
    place = _whole(start)
    if not isinstance(text, str) or not place or abs(place) > len(text):
        return None
    first = place - 1 if place > 0 else len(text) + place
    if length is None:
        return text[first:]
    count = _whole(length)
    return text[first : first + count] if count is not None and count >= 1 else None


_MATCH = (("string", "match"),)
SIGNATURES: Mapping[str, Function] = {
    "date": Function((("from",), ("year", "month", "day")), DATE, conversions.to_date),
    "time": Function(
        (("from",), ("hour", "minute", "second"), ("hour", "minute", "second", "offset")), TIME, conversions.to_time
    ),
    "date and time": Function((("from",), ("date", "time")), DATE_TIME, conversions.to_date_time),
    "duration": Function((("from",),), ANY, conversions.to_duration),
    "years and months duration": Function((("from", "to"),), YEARS_MONTHS, conversions.months_between),
    "number": Function((("from", "grouping separator", "decimal separator"),), NUMBER, conversions.to_number),
    "string": Function((("from",),), STRING, conversions.to_string),
    "not": Function((("negand",),), BOOLEAN, negation),
    "list contains": Function((("list", "element"),), BOOLEAN, _list_contains, takes_list=True),
    "count": Function((("list",),), NUMBER, _count, many=True),
    "min": Function((("list",),), ANY, _least, many=True),
    "max": Function((("list",),), ANY, _greatest, many=True),
    "sum": Function((("list",),), NUMBER, _sum, many=True),
    "mean": Function((("list",),), NUMBER, _mean, many=True),
    "all": Function((("list",),), BOOLEAN, _all, many=True),
    "any": Function((("list",),), BOOLEAN, _any, many=True),
    "decimal": Function((("n", "scale"),), NUMBER, _decimal),
    "floor": Function((("n",), ("n", "scale")), NUMBER, _floor),
    "ceiling": Function((("n",), ("n", "scale")), NUMBER, _ceiling),
    "abs": Function((("n",),), NUMBER, _abs),
    "modulo": Function((("dividend", "divisor"),), NUMBER, _modulo),
    "string length": Function((("string",),), NUMBER, _length),
    "upper case": Function((("string",),), STRING, _upper),
    "lower case": Function((("string",),), STRING, _lower),
    "contains": Function(_MATCH, BOOLEAN, _contains),
    "starts with": Function(_MATCH, BOOLEAN, _starts),
    "ends with": Function(_MATCH, BOOLEAN, _ends),
    "substring": Function((("string", "start position"), ("string", "start position", "length")), STRING, _substring),
}


def call(name: str, arguments: tuple[Value, ...], names: tuple[str, ...]) -> Value:
    """Return the value of a call; null where arguments and parameters do not go together."""
    function = SIGNATURES[name]
    given = _in_order(function, arguments, names)
    if given is None:
        return None
    if function.many:
        given = given[0] if len(given) == 1 and isinstance(given[0], tuple) else given
    elif not function.takes_list:
        given = tuple(one[0] if isinstance(one, tuple) and len(one) == 1 else one for one in given)
    try:
        return function.apply(*given)
    except DecimalException:
        return None


def _in_order(function: Function, arguments: tuple[Value, ...], names: tuple[str, ...]) -> tuple[Value, ...] | None:
    if not names:
        return arguments if function.many or len(arguments) in map(len, function.forms) else None
    for form in function.forms:
        if set(names) <= set(form) and len(set(names)) == len(names):
            by_name = dict(zip(names, arguments, strict=True))
            return tuple(by_name.get(name) for name in form)
    return None


def fits(name: str, count: int, names: tuple[str, ...]) -> bool:
    """Say whether a function can be called with so many arguments, or with arguments of these names."""
    return _in_order(SIGNATURES[name], (None,) * count, names) is not None

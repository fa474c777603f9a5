"""What can go wrong while a decision is evaluated."""

from dataclasses import dataclass
from enum import Enum


class Failure(Enum):
    """Why a value is null although an expression or a rule may have given one."""

    SEVERAL_RULES = "several rules of a UNIQUE table match"
    RULES_DISAGREE = "rules of an ANY table that match have different outputs"
    NO_PRIORITY = "an output is not among the output values, so it has no priority"
    NOT_AGGREGATED = "the outputs cannot be aggregated"
    WRONG_TYPE = "a value is of another type than its variable"
    VALUE_NOT_ALLOWED = "a value is not among those allowed"
    NOT_USABLE = "a decision was not understood"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that went wrong at a decision or input, with the rules that were part of it."""

    failure: Failure
    where: str
    message: str
    rules: tuple[int, ...] = ()

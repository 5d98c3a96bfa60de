"""YAML against a JSON Schema: every fault at its line, in words that say what to do."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from hub.frontmatter import FrontMatter
from hub.problem import Problem, number

if TYPE_CHECKING:
    import jsonschema

#: What JSON Schema calls a type, in the words of somebody who fills in a form.
_KINDS = {
    "array": "a list: write [one, two], or one item a line after a hyphen",
    "boolean": "true or false",
    "integer": "a whole number without quotation marks",
    "object": "a group of lines `name: text`, each moved in by two spaces",
    "string": "a text: put it in double quotes",
}


def problems(
    read: FrontMatter, schema: Mapping[str, Any], where: str, name: str
) -> Iterator[Problem]:
    """What is wrong with the data; `name` is what people call the whole of it."""
    import jsonschema  # a third of a second that most commands need not wait

    checker = jsonschema.FormatChecker(["date"])
    validator = jsonschema.Draft202012Validator(schema, format_checker=checker)
    for error in validator.iter_errors(_with_text_keys(read.data)):
        yield from _explain(error, read.lines, where, name)


def _with_text_keys(data: Any) -> Any:
    """YAML's keys may be numbers, JSON's may not."""
    if isinstance(data, dict):
        return {str(key): _with_text_keys(value) for key, value in data.items()}
    return [_with_text_keys(item) for item in data] if isinstance(data, list) else data


def _explain(
    error: jsonschema.ValidationError, lines: Mapping[str, int], where: str, whole: str
) -> Iterator[Problem]:
    wanted: Any = error.validator_value
    schema: Any = error.schema
    instance: Any = error.instance
    path = ".".join(str(step) for step in error.absolute_path)
    line = lines.get(path, 1)
    name = f"'{path}'" if path else whole
    if error.validator == "required":
        for key in wanted:
            if key not in instance and f"'{key}'" in error.message:
                message = f"{name} says nothing under '{key}'"
                example = schema.get("properties", {}).get(key, {}).get("example", "…")
                yield Problem(where, line, "missing-key", message, f"add a line `{key}: {example}`")
    elif error.validator == "additionalProperties":
        known = schema["properties"]
        for key in instance:
            if key not in known:
                at = lines.get(f"{path}.{key}" if path else key, line)
                close = difflib.get_close_matches(str(key), known, 1)
                hint = f"did you mean '{close[0]}'?" if close else "known: " + ", ".join(known)
                yield Problem(where, at, "unknown-key", f"{name} has no key '{key}'", hint)
    elif error.validator == "enum":
        close = difflib.get_close_matches(str(instance), map(str, wanted), 1)
        hint = "one of: " + ", ".join(map(str, wanted))
        hint = f"did you mean '{close[0]}'?" if close else hint
        yield Problem(where, line, "unknown-word", f"{name} is '{instance}'", hint)
    else:
        yield Problem(where, line, "bad-value", f"{name} {_told(error)}")


def _told(error: jsonschema.ValidationError) -> str:
    """The fault in short words: jsonschema's own message repeats the whole value."""
    limit: Any = error.validator_value
    value: Any = error.instance
    schema: Any = error.schema
    match error.validator:
        case "minItems":
            return f"has {number(len(value), 'item')}, at least {limit} are needed"
        case "maxItems":
            return f"has {number(len(value), 'item')}, at most {limit}"
        case "minLength":
            return "is empty"
        case "maxLength":
            return f"has {number(len(value), 'character')}, at most {limit}"
        case "minimum" | "maximum":
            return (
                f"is {value}, not from {schema.get('minimum', 0)} to {schema.get('maximum', '…')}"
            )
        case "uniqueItems":
            return "names the same thing twice"
        case "type":
            return f"is '{value}', not {_KINDS.get(str(limit), limit)}"
        case "format":
            return f"is '{value}', which is no day: write it like 2026-11-30"
        case "pattern" if "example" in schema:
            return f"is '{value}': write it like {schema['example']}"
        case "pattern":
            return f"is '{value}', which does not match {limit}"
    return f"is wrong: {error.message}"

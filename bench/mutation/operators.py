"""What a mutant changes: for a node of the syntax tree, the nodes that take its place, one at a time.

The operators of cosmic-ray (another arithmetic operator, comparison, number, constant, condition, loop, exception,
decorator) and those that arithmetic asks for: one unit in the last place, another precision or rounding, arguments
exchanged, a step left out, a sum in the other direction.
"""

from __future__ import annotations

import ast
import copy
import math
from collections.abc import Callable, Iterator

Change = Iterator[ast.AST]
Operator = Callable[[ast.AST], Change]

ARITHMETIC = (
    *(ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow),
    *(ast.LShift, ast.RShift, ast.BitOr, ast.BitAnd, ast.BitXor),
)
COMPARISONS = (ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Is, ast.IsNot)
SIGNS = (ast.UAdd, ast.USub, ast.Invert, ast.Not)

# Names of one meaning too little or too much: what is written on the left may have been meant, or typed, as the others.
NEIGHBOURS = {
    "float32": ("float64",),
    "float64": ("float32",),
    "uint8": ("uint16",),
    "uint16": ("uint32", "int16"),
    "uint32": ("int64", "uint64"),
    "int32": ("int64", "int16"),
    "int64": ("int32", "uint64"),
    "add": ("subtract", "multiply"),
    "subtract": ("add",),
    "multiply": ("divide", "add"),
    "divide": ("multiply", "floor_divide"),
    "divmod": ("floor_divide",),
    "left_shift": ("right_shift",),
    "minimum": ("maximum",),
    "maximum": ("minimum",),
    "min": ("max",),
    "max": ("min",),
    "any": ("all",),
    "all": ("any",),
    "zeros": ("ones",),
    "ones": ("zeros",),
    "floor": ("ceil", "trunc", "rint"),
    "trunc": ("floor", "ceil", "rint"),
    "rint": ("floor", "ceil", "trunc"),
    "sum": ("prod",),
    "sqrt": ("square",),
    "isfinite": ("isnan",),
    "tile": ("repeat",),
    "repeat": ("tile",),
    "match": ("search", "fullmatch"),
    "sin": ("cos",),
    "cos": ("sin",),
    "inf": ("nan",),
}


def arithmetic(node: ast.AST) -> Change:
    """Give every other arithmetic operator."""
    if isinstance(node, ast.BinOp | ast.AugAssign):
        yield from (_with(node, op=other()) for other in ARITHMETIC if not isinstance(node.op, other))


def comparison(node: ast.AST) -> Change:
    """Give every other comparison, `in` and `not in` for one another."""
    if not isinstance(node, ast.Compare):
        return
    for at, own in enumerate(node.ops):
        others = {ast.In: (ast.NotIn,), ast.NotIn: (ast.In,)}.get(type(own), COMPARISONS)
        for other in others:
            if not isinstance(own, other):
                yield _with(node, ops=[*node.ops[:at], other(), *node.ops[at + 1 :]])


def sign(node: ast.AST) -> Change:
    """Give every other sign, or none."""
    if isinstance(node, ast.UnaryOp):
        yield from (_with(node, op=other()) for other in SIGNS if not isinstance(node.op, other))
        yield node.operand


def constant(node: ast.AST) -> Change:
    """Give one more and one less, for a decimal one unit in the last place, too; False for True."""
    if not isinstance(node, ast.Constant):
        return
    value = node.value
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int | float):
        yield from (ast.Constant(value + step) for step in (1, -1))
    if isinstance(value, float):
        yield from (ast.Constant(math.nextafter(value, towards)) for towards in (math.inf, -math.inf))


def condition(node: ast.AST) -> Change:
    """Give a condition's contrary, and one that always or never holds."""
    if isinstance(node, ast.If | ast.While | ast.IfExp):
        yield _with(node, test=ast.UnaryOp(ast.Not(), node.test))
        yield from (_with(node, test=ast.Constant(value)) for value in (True, False))
    if isinstance(node, ast.comprehension):
        yield from (_with(node, ifs=node.ifs[:at] + node.ifs[at + 1 :]) for at in range(len(node.ifs)))
    if isinstance(node, ast.BoolOp):
        yield _with(node, op=ast.And() if isinstance(node.op, ast.Or) else ast.Or())
        yield from node.values


def loop(node: ast.AST) -> Change:
    """Give a loop over nothing, one from the end, and break and continue for one another."""
    if isinstance(node, ast.For | ast.comprehension):
        yield _with(node, iter=ast.List([], ast.Load()))
        whole = ast.Call(ast.Name("list", ast.Load()), [node.iter], [])
        yield _with(node, iter=ast.Call(ast.Name("reversed", ast.Load()), [whole], []))
    if isinstance(node, ast.Break | ast.Continue):
        yield ast.Continue() if isinstance(node, ast.Break) else ast.Break()


def exception(node: ast.AST) -> Change:
    """Let an exception through: all, or one of several."""
    if not isinstance(node, ast.ExceptHandler) or node.type is None:
        return
    yield _with(node, type=ast.Name("ZeroDivisionError", ast.Load()))
    if isinstance(node.type, ast.Tuple):
        for at in range(len(node.type.elts)):
            rest = node.type.elts[:at] + node.type.elts[at + 1 :]
            yield _with(node, type=ast.Tuple(rest, ast.Load()))


def decorator(node: ast.AST) -> Change:
    """Leave a decorator out."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        kept = node.decorator_list
        yield from (_with(node, decorator_list=kept[:at] + kept[at + 1 :]) for at in range(len(kept)))


def call(node: ast.AST) -> Change:
    """Leave a call out and go on with what it was given; exchange neighbouring arguments; drop a named one."""
    if not isinstance(node, ast.Call):
        return
    if node.args and not isinstance(node.args[0], ast.Starred):
        yield node.args[0]
    if isinstance(node.func, ast.Attribute):
        yield node.func.value
    for at in range(len(node.args) - 1):
        yield _with(node, args=[*node.args[:at], node.args[at + 1], node.args[at], *node.args[at + 2 :]])
    for at in range(len(node.keywords)):
        yield _with(node, keywords=node.keywords[:at] + node.keywords[at + 1 :])


def name(node: ast.AST) -> Change:
    """Give a function's or type's neighbours."""
    if isinstance(node, ast.Attribute):
        yield from (_with(node, attr=other) for other in NEIGHBOURS.get(node.attr, ()))
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        yield from (ast.Name(other, ast.Load()) for other in NEIGHBOURS.get(node.id, ()))


def bounds(node: ast.AST) -> Change:
    """Leave a bound of a slice out."""
    if isinstance(node, ast.Slice):
        yield from (_with(node, **{part: None}) for part in ("lower", "upper", "step") if getattr(node, part))


def statement(node: ast.AST) -> Change:
    """Leave a statement out; return nothing."""
    if isinstance(node, ast.Expr | ast.Assign | ast.AugAssign | ast.Raise):
        yield ast.Pass()
    if isinstance(node, ast.Return) and not _is_none(node.value):
        yield ast.Return(ast.Constant(None))


OPERATORS: tuple[Operator, ...] = (
    *(arithmetic, comparison, sign, constant, condition, loop, exception),
    *(decorator, call, name, bounds, statement),
)


def changes(node: ast.AST) -> Change:
    """Give every node that takes this one's place in some mutant."""
    for operator in OPERATORS:
        yield from operator(node)


def _with(node: ast.AST, **changed: object) -> ast.AST:
    found = copy.copy(node)
    for field, value in changed.items():
        setattr(found, field, value)
    return found


def _is_none(node: ast.AST | None) -> bool:
    return node is None or (isinstance(node, ast.Constant) and node.value is None)

"""A piece of the museum as an adapter; without a name, the list."""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from reference.__main__ import respond
from reference.species import load

from museum.collection import PIECES


def main(args: list[str]) -> int:
    """0 after bye, 2 for a name that is not in the museum."""
    if not args:
        sys.stdout.writelines(f"{piece.vector}  {piece.id}: {piece.fault}\n" for piece in PIECES.values())
        return 0
    if args[0] not in PIECES:
        sys.stderr.write(f"no piece {args[0]!r}; without a name this prints the list\n")
        return 2
    piece = PIECES[args[0]]
    zoo = {piece.species: load(piece.species)}
    piece.spoil()
    for line in sys.stdin:
        answer = respond(line, zoo)
        if answer is None:
            break
        if "protocol" in answer:
            answer |= {"name": piece.id, "exp": piece.exp}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

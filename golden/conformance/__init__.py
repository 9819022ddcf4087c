"""The runner of the reference suite: standard library only, so that a copy of golden/ is all one needs.

Reading order: suite (what is asked) → process (the adapter's pipes) → session (the protocol) → judge (one answer)
→ run (all of them) → text, machine (what is said of it) → cli.
"""

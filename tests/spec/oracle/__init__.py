"""The rules worked out again, day by day, in plain Python.

Written from the calculation rules alone and sharing no code with the engine: slow, obvious, and therefore a witness.
`oracle.answers.answer` gives a report's rows as the data contract's JSON holds them.
"""

"""What may be written by a model, and whether it says nothing but what its sources say.

`copying` guards while a text is written; `checking` looks at the finished sentence, with one module
for each kind of rule (`checking_numbers`, `checking_names`, `checking_meaning`, …). The others read
English for them: `quantities` and `units` numbers, `claims` and `polarity` what is claimed and
denied, `opposites` words that turn round, `phrases` and `atoms` the pieces of a sentence.
"""

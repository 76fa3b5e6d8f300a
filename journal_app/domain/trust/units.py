"""Words that count, units and their spellings in English notes."""

from __future__ import annotations


def _list(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
SCALES = {"hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12}
CARDINALS: dict[str, int] = {
    **{word: value for value, word in enumerate(_ONES)},
    **{word: 10 * value for value, word in enumerate(TENS, 2)},
    "dozen": 12,
}
WORD_OF = {value: word for word, value in CARDINALS.items() if word != "dozen"}
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
)
ORDINAL_OF = {
    word: f"{value}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(value, 'th') }"
    for value, word in enumerate(_ORDINALS, 1)
}
# Everything that counts, multiplies or divides in one word.
NUMBER_WORDS = (
    frozenset(CARDINALS)
    | frozenset(SCALES)
    | frozenset(ORDINAL_OF)
    | frozenset(f"{word}s" for word in (*SCALES, "dozen", *_ORDINALS[2:]))
    | frozenset(f"{word}fold" for word in CARDINALS)
    | _list(
        "half halves halve halved halving quarter quarters once twice thrice double doubles "
        "doubled doubling triple triples tripled tripling quadruple quadruples quadrupled tenths "
        "hundredth hundredths thousandth thousandths manifold"
    )
)
DAYS = _list("monday tuesday wednesday thursday friday saturday sunday")
MONTHS = _list(
    "january february march april may june july august september october november december"
)
SOFT = _list("may march august")  # months that are also plain words in lower case

# Unit spellings to one form each. Measures bind to their number: "120" of "120 ms" says nothing.
_MEASURES = """
% percent pct
pp
s sec secs second seconds
ms msec millisecond milliseconds
µs μs us microsecond microseconds
ns nanosecond nanoseconds
min mins minute minutes
h hr hrs hour hours
b byte bytes
kb kilobyte kilobytes
mb megabyte megabytes
gb gigabyte gigabytes
tb terabyte terabytes
kib
mib
gib
tib
x × times fold
hz
khz
mhz
ghz
w watt watts
kw
j joule joules
kj
wh
kwh
v
mv
°c celsius
°f fahrenheit
° degree degrees
m meter meters metre metres
km
cm
mm
nm
g gram grams
kg
mg
l
ml
flops
gflops
tflops
pflops
$ usd dollar dollars
€ eur euro euros
db
bpb
bpc
"""
_COUNTS = """
day days
week weeks
month months
year years
bit bits
token tokens
step steps
epoch epochs
iteration iterations
layer layers
head heads
param params parameter parameters
sample samples
example examples
batch batches
run runs
seed seeds
gpu gpus
cpu cpus
core cores
thread threads
node nodes
point points
sentence sentences
word words
page pages
note notes
item items
file files
row rows
column columns
line lines
class classes
user users
people person persons
question questions
task tasks
sequence sequences
document documents
trial trials
model models
fold folds
worker workers
request requests
attempt attempts
test tests
"""


def _forms(text: str) -> dict[str, str]:
    return {word: line.split()[0] for line in text.split("\n") for word in line.split()}


MEASURES = _forms(_MEASURES)
UNITS = {**_forms(_COUNTS), **MEASURES}
SCALE_LETTERS = {"k": 3, "K": 3, "M": 6, "B": 9}
FUNCTION = _list(
    "of to in for and or the a an at on with by from as than is was were are be been that which "
    "while when but not per then into over under after before during because since so if it its "
    "this these those we i they he she you our their my vs versus against until still only also "
    "had has have did does do can could may might will would should must each every about around "
    "without within between through via out up down off instead more less fewer"
)


def number_value(core: str) -> str | None:
    """The canonical value of a number word: `three`, `twenty-five`."""
    low = core.lower()
    if low in CARDINALS:
        return str(CARDINALS[low])
    tens, _, ones = low.partition("-")
    if tens in TENS and ones in _ONES[1:10]:
        return str(CARDINALS[tens] + CARDINALS[ones])
    return {"half": "0.5", "twice": "2", "thrice": "3", "once": "1"}.get(low)


def is_number_word(word: str) -> bool:
    """Whether a lower-case word, or a part of it between hyphens, counts."""
    if word in NUMBER_WORDS:
        return True
    return "-" in word and any(part in NUMBER_WORDS for part in word.split("-"))


def singular(word: str) -> str:
    """`steps` → `step`; good enough to compare two spellings of one unit."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word

"""Words that limit, doubt or strengthen a claim."""

from __future__ import annotations

import re

# Words that limit or strengthen a claim: a class that comes in or gets lost changes it.
CUES = {
    "doubt": re.compile(
        r"\b(?:may|might|(?i:perhaps|maybe|possibly|probably|presumably|apparently)|"
        r"Likely|(?<!that I )(?<!that we )could|likely|"
        r"unlikely|seemingly|seems?|seemed|appears?|appeared|"
        r"suggest(?:s|ed|ing)?|hints?|hinted|potential(?:ly)?|suspect(?:s|ed)?|unsure|unclear|"
        r"(?:I|we) (?:had )?(?:th(?:ink|ought)|(?:believ|suspect|guess|assum|hop|expect)(?:e|ed)?)|"
        r"not sure|not certain|uncertain|supposedly|allegedly|arguably)\b|\?\s*$"
    ),
    "plan": re.compile(
        r"\b(?:should|shall|will|would|plan(?:s|ned|ning)?|wants?|wanted|todo|TODO|needs? to|"
        r"going to|[Ll]et me|"
        r"hop(?:e|es|ed|ing) to|intend(?:s|ed)?|consider(?:s|ed|ing)?|propos(?:e|es|ed)|let's|"
        r"tr(?:y|ies|ied|ying) to|attempt(?:s|ed|ing)? to|next step)\b"
    ),
    "some": re.compile(
        r"\b(?:some|sometimes|several|occasional(?:ly)?|part(?:ly|ially)|in part|to a degree)\b",
        re.IGNORECASE,
    ),
    "most": re.compile(
        r"\b(?:most(?:ly)?|usual(?:ly)?|often|large(?:ly)|general(?:ly)|many|majority|typical(?:ly)?)\b",
        re.IGNORECASE,
    ),
    "few": re.compile(r"\b(?:few|rare(?:ly)?|seldom|hardly|barely|scarcely)\b", re.IGNORECASE),
    "only": re.compile(r"\b(?:only|solely|exclusively|merely|except)\b", re.IGNORECASE),
    "slightly": re.compile(
        r"\b(?:slight(?:ly)?|marginal(?:ly)?|a (?:bit|little)|minor|somewhat|modest(?:ly)?)\b",
        re.IGNORECASE,
    ),
    "nearly": re.compile(r"\b(?:almost|nearly)\b", re.IGNORECASE),
}
ADDED_ONLY = {
    "all": re.compile(
        r"\b(?:all|every|always|entire(?:ly)?|complete(?:ly)?|everything|everywhere|any|total(?:ly)?|"
        r"each|both|perfect(?:ly)?|guarantee[sd]?|prove[sdn]?|proof|definite(?:ly)?|certain(?:ly)?)\b",
        re.IGNORECASE,
    ),
    "strongly": re.compile(
        r"\b(?:significant(?:ly)?|huge(?:ly)?|dramatic(?:ally)?|drastic(?:ally)?|massive(?:ly)?|"
        r"substantial(?:ly)?|strong(?:ly)?|considerabl[ey]|vast(?:ly)?|far|much|enormous(?:ly)?)\b",
        re.IGNORECASE,
    ),
    "best of all": re.compile(
        r"\b(?:best|worst|fastest|slowest|highest|lowest|largest|smallest|biggest|strongest|"
        r"weakest|cheapest|most (?!of\b)\w+|least \w+)\b",
        re.IGNORECASE,
    ),
    "time": re.compile(r"\b(?:now|currently|already|until now)\b", re.IGNORECASE),
    "cause": re.compile(
        r"\b(?:because|due to|caus(?:e|es|ed|ing)|led to|leads to|thanks to|as a result|"
        r"therefore|hence|thus|consequently|root cause|owing to)\b",
        re.IGNORECASE,
    ),
}
CAUSES = re.compile(
    r"\b(?:since|so|by|from|mak(?:e|es|ing)|made|fix(?:es|ed)?|culprit|reason|why)\b|→|=>",
    re.IGNORECASE,
)
CONDITION = re.compile(
    r"\b(?:if|unless|provided|depend(?:s|ed|ing)? on|as long as|assuming|otherwise|without|"
    r"except)\b",
    re.IGNORECASE,
)
# What a sentence begins with can limit all of it ("With clipping, …"); these limit nothing.
SCOPE = re.compile(
    r"^\W*(?:(?:and|but|so|then)\s+)?(?P<scope>(?:with|under|below|above|at|on|in|for|among|within)\s"
    r"(?!the end\b|short\b|practice\b|first\b|now\b|the moment\b|general\b|"
    r"fact\b|context\b|total\b|the other hand\b|the one hand\b|"
    r"hand\b|top of\b|contrast\b|passing\b|particular\b|summary\b|my\b|our\b)[^,;:.]{2,60}?)"
    r"(?:[,:;]|\s(?=(?:the|it|we|i|they|this|that|a|an)\s))",
    re.IGNORECASE,
)

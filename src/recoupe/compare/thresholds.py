"""The few numbers that decisions in comparing rest on, in one place, each with the trade that it makes."""

from __future__ import annotations

# --- speakers ---------------------------------------------------------------------------------------------------

# Two spellings of a name (rapidfuzz ratio, first letters equal): "Zelensky" and "Zelenskyy" are 94.  Lower joins
# relatives and namesakes, higher loses transliterations.
SPELLING_ALIKE = 80.0

# Two descriptions of an unnamed speaker or body (cosine): "une source proche de l'enquête" and "a source close to the
# investigation" are near .7.  Lower joins any two officials, higher loses translations.
ROLE_ALIKE = 0.55

# A description and a person's offices below this (cosine) are not one person: "the hackers", "chief executive".  Higher
# takes "le patron" and "directeur général" for two, lower loses words given to someone else.
ROLE_OTHER = 0.3

# Two names in two languages are one body's from this likeness on (cosine): "Fiscal Council" and "Conseil budgétaire"
# are .71.  Higher loses translations, lower joins bodies of one field.
PARTY_ABROAD = 0.65

# The same where both are of one kind and share a word: "Ostria's central bank" and "Banque nationale d'Ostrie".
PARTY_ABROAD_SHARED = 0.5

# --- utterances -------------------------------------------------------------------------------------------------

# Share of the longer statement's words that stand, in order, in the other: from here up two statements are "nearly the
# same words" whoever says them.  Lower takes stock phrases for quotations, higher loses those that were altered.
WORDS_ALIKE = 0.72

# Content words of the shorter statement that stand in the other, in order, as a share: "part of the words".
PART_ALIKE = 0.8

# Content words that a run must have to be told as part of another speaker's statement.
PART_WORDS = 4

# Words of a whole quotation that a longer one of the same speaker must hold in a row.
PART_QUOTED = 3

# Likeness of meaning (cosine, of the whole or clause by clause) that joins two statements of the same speaker in one
# story: a speaker seldom says two like things on one day, so little is asked.
MEANING_SAME_SPEAKER = 0.42

# What each word of the topic that both have adds to what is asked, how many count, and what is enough anyway.
# Of the pairs of different statements of one speaker in one article (English news) 17 % are alike by .4 or more, 7 %
# by .5; of those that share no word 3 % and 0.2 %.
TOPIC_WORD_ASKS = 0.08
TOPIC_WORDS = 3
MEANING_ENOUGH = 0.85

# What two statements must be more alike than each is to what else the other's article reports: where a telling word or
# another language speaks for them, and where none does.  From the third on, likeness alone settles it.
MARGIN = 0.0
MARGIN_NO_WORD = 0.15
MEANING_SURE = 0.66

# What a rival must be more alike by where the match is of one speaker's words and the rival is, or may be, another's.
RIVAL_HANDICAP = 0.1

# What each tenth of that margin takes off the likeness asked, and how much of it counts.
MARGIN_EASES = 0.3
MARGIN_COUNTS = 0.3

# What having no telling word in common adds, in one language: a rewording mostly keeps one.
NO_WORD_ASKS = 0.05

# What it adds that both are quotations in one language: one of the same words keeps most of them, and two quotations of
# one speaker that are merely alike in meaning are mostly two sentences of one speech.
QUOTED_ASKS = 0.3

# What a number adds that only one of the two gives: a rewording mostly keeps those that there are.
ONE_NUMBER_ASKS = 0.05

# Words of content that a statement must have for its likeness to a part of another to count.
CLAUSE_CONTENT = 2

# The same within one article, where a speaker's next sentence is on the same matter and yet another statement.
MEANING_SAME_ARTICLE = 0.7

# The same where nothing tells whether the speakers are one.
MEANING_OPEN_SPEAKER = 0.55

# The same where the speakers are different people: only a near copy of the meaning is shown, as a misattribution.
MEANING_OTHER_SPEAKER = 0.8

# A translation is less like than a copy; where nothing else in either article comes near it, this is enough.
MEANING_OTHER_SPEAKER_TRANSLATED = 0.62
MARGIN_OTHER_SPEAKER = 0.3

# What each number or date that both statements give adds to the likeness of their meaning, and how many count.
NUMBER_SUPPORT = 0.1
NUMBERS_SUPPORT = 2

# Words in a row that tell a short statement as part of a longer one, whoever says it.
PART_RUN = 5

# Likeness of meaning that joins the only quotation of a speaker in one article with the only one in another: proverbial
# or freely translated words are far from one another for the encoder, and who says them where settles it.
MEANING_ONLY_QUOTATION = 0.13

# Words of content that two renderings of one statement in one article share at least: less is not looked at.
RENDERING_WORDS = 2

# Likeness of two wholes below which their clauses are not looked at.  Higher: faster, and a short statement that a long
# one holds is missed.
MEANING_HOPELESS = 0.15

# Likeness of meaning from which a pair that shares no word and no speaker is looked at: below it is never matched.
MEANING_CANDIDATE = 0.45

# Likeness from which two neighbouring statements of a speaker are two renderings of one, not two parts of it.
RENDERING = 0.5

# --- drift ------------------------------------------------------------------------------------------------------

# Share of words in order (difflib) from which two reports in one language are compared word by word for what turned
# the sense; below it the words differ too much for that and clauses are compared instead.
NEAR_COPY = 0.6

# Words of content that may stand in one exchange that holds a negation: more is a clause left out, not a denial.
TURNED_WORDS = 2

# Words of an exchange in which a quantifier put for another one is told ("tous les élèves", "certains élèves").
EXCHANGED_WORDS = 5

# Likeness (cosine) of the words that one quotation has and of those that the other has in their place, below which the
# sense is another: "start", "begin" are .93, "deal", "text" .29.  Higher tells more, and synonyms too.
SENSE_KEPT = 0.45

# Likeness of a clause and its counterpart (cosine), and its lead over rivals that would judge otherwise, for a missing
# negation to count.  Lower finds more altered translations and more false alarms; a false alarm costs trust.
CLAUSE_TRANSLATED = 0.5
CLAUSE_REWORDED = 0.65
CLAUSE_MARGIN = 0.08

# Share of the longest report's words of content that a report must have to count as full: among full ones the earliest
# is shown first.
FULL = 0.75

# Likeness of meaning that joins an outlet's report of its own finding with another outlet's relay of it.
MEANING_OWN_REPORT = 0.2

# Share of the numbers that two reported (not quoted) statements must have in common: with fewer they are successive
# counts or counts of different things, not one statement.
FIGURES_FIT = 0.6

# --- figures ------------------------------------------------------------------------------------------------------

# Likeness of the words around two numbers that fit (cosine of near or wide window), asked by how telling the number is:
# small round numbers (0), two digits or hundreds (1), three digits or hundreds of thousands (2).  Lower joins different
# things with one number, higher loses translations.
CONTEXT = (0.35, 0.2, 0.12)

# Words of content near, in one language, that settle it without a look at meaning, asked by the same.  Fewer: faster,
# and different things with one number are joined; more: the encoder is asked what anybody can see.
WORDS_SETTLE = (3, 2, 1)

# What the same counted noun or measure takes off that.
SAME_THING_EASES = 0.1

# No two numbers further apart than this fit, whatever hedges them.
WIDEST_FIT = 1.3

# Quantities before a number among which the one that it is set against is looked for.
LOOK_BACK = 4

# Characters between two numbers set side by side, and how many times larger the one may be than the other.
SIDE_BY_SIDE = 250
RIVAL_RATIO = 12.0

# The same where two parties count one party's people: each makes the other's losses as large as it can.
PARTY_RATIO = 50.0

# Characters between two sources' counts of one measure, where words say that the second disputes the first.
DISPUTED_REACH = 600

# Words of its own that the second number may bring along in its clause: with more it answers a question of its own.
OWN_WORDS = 1

# A contrast below this (a projection beside a count) joins only figures that no other article gives.
SURE_CONTRAST = 0.8

# Words between two numbers that one sentence sets against one another ("two days, not six hours").
OPPOSED_WORDS = 6

# Words between a number and its revision, and after it in which the stage is named ("à la mi-journée").
REVISION_WORDS = 12
STAGE_WORDS = 6

# Words between a number and the one that it has taken the place of ("15 millions d'euros, contre 12").
FOLLOWED_WORDS = 4

# Significant characters that a number must have for a wrong or swapped digit to mean anything.
SLIP_DIGITS = 2

# Weights of what speaks for one question across articles, and the sum that settles it.  A false join shows as a false
# conflict, so no single weak sign is enough.
WEIGHT_COPIED = 0.5
WEIGHT_MEASURE = 0.4
WEIGHT_NOUN = 0.2
WEIGHT_KEYS = 0.15
WEIGHT_SLIP = 0.15
WEIGHT_RATE = 0.15
WEIGHT_REVISED = 0.3
WEIGHT_SOURCE = 0.1
WEIGHT_PERSON = 0.6  # the age of the same person, who has one
WEIGHT_NEIGHBOURS = 0.15
WEIGHT_ONLY = 0.15
MANY_KEYS = 3  # words in common near from which they weigh twice
WEIGHT_LIKENESS = 0.5
SAME_QUESTION = 0.45

# The words around two numbers are "the same" from this share on, of at least so many words.
COPIED_WINDOW = 0.75
COPIED_WINDOW_WORDS = 6

# Rounds in which groups are joined across articles: each can build on the neighbours joined before.
PASSES = 3

# Two counted nouns name one thing across languages (cosine).  "member" and "membre" are .94, "vote" and "voix" .6.
NOUN_ALIKE = 0.75

# Two nouns below this (cosine, across languages) count different things: "voiture" and "people" are .28, "coach" .49.
# Higher loses translations, lower takes two cars and two people for one number.
NOUN_OTHER = 0.33

# Two sums of different rates (a month, a year) further apart than this a year are of two questions.
RATE_RATIO = 4.0

# Two lone numbers of two articles that differ are a conflict only from this score on; below it nobody can tell.
SURE_QUESTION = 0.7

# A link of meaning below the first is dropped where one of its ends has a match in the other's article that is better
# by the second: the speaker said something else there that fits far better.
WEAK_LINK = 0.5
FAR_BETTER = 0.25

# Likeness of two reports as wholes from which a name that stands where the other has another one is an exchange.
NAME_EXCHANGED = 0.6

# --- statements made again in another story ------------------------------------------------------------------------

# Words, and words of content, that a statement needs to be known again in another story.  Fewer: "We will look into
# it" is found everywhere; more: short slogans are missed.
REPEAT_WORDS = 6
REPEAT_CONTENT = 3

# Words of the runs that two such statements are found by, and runs of which one is kept: every shared stretch of
# REPEAT_RUN + REPEAT_WINDOW - 1 words is found.  Fewer: more is found and more must be kept.
REPEAT_RUN = 4
REPEAT_WINDOW = 5

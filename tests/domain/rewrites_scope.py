"""Rewrites of sentences that lost what limits them, hang a number on another word, swap who does
what or say nothing; and true ones of the same kinds. Most of the wrong ones were written by
SmolLM2-135M and let through before there were rules on them."""

SCOPE_BAD: tuple[tuple[str, str, str], ...] = (
    ("On these 31 F1 is 55, on the rest 92.9.", "The F1 is 55.", "negation"),
    (
        "We should warm up for at least 300 steps at depth 12, and log the gradient norm (GN) from "
        "step 0.",
        "The warm up of 12, and log the gradient norm (GN) from step 0.",
        "number",
    ),
    ("With one seed the loss was 2.31.", "The loss was 2.31.", "negation"),
    (
        "On long letters F1 is 72.3 with 512 and 71.9 with 2,048.",
        "F1 is 72.3 with 512 and 71.9 with 2,048.",
        "negation",
    ),
    (
        "Perplexity on the held-out newspaper set is 24.8 after against 26.1 before.",
        "Perplexity is 24.8 after against 26.1 before.",
        "negation",
    ),
    (
        "We saw pass@1 of 11.0 for code-350m in the new harness.",
        "We saw pass@1 of 11.0 in the new harness.",
        "negation",
    ),
    (
        "GPU utilization over all nodes averages 35 %, on a normal day 92 %.",
        "GPU utilization is 35 %, on a normal day 92 %.",
        "negation",
    ),
    ("The full epoch over the 812M tokens takes 5.5 h.", "The full epoch takes 5.5 h.", "negation"),
    ("The filter works until the cache is full.", "The filter works.", "negation"),
    ("The score drops when the input is upper case.", "The score drops.", "negation"),
    (
        "That one needed lr 3e-4 to survive the first day.",
        "That one needed to be 3e-4 to survive the first day.",
        "number",
    ),
    (
        "No reference model: 168 tokens, LC 57 %, raw 58 %.",
        "No reference model: 168 tokens, 57 %, raw 58 %.",
        "number",
    ),
    (
        "The price is small: clean speech goes from 5.8 to 6.1.",
        "The price is small: 5.8 to 6.1.",
        "number",
    ),
    (
        "The decode speed is 23.4 tok/s for int4 against 13.1 for Q8_0.",
        "The decode speed is 23.4 against 13.1 for Q8_0.",
        "negation",
    ),
    (
        "With the win rate the 63 % shrink to 51 %.",
        "With the win rate 63% of the 63% shrink to 51 %.",
        "number",
    ),
    (
        "At head dim 16: logits 0.9 0.9 0.92 0.91.",
        "At head dim 16: logits 0.9 0.92 0.91.",
        "number",
    ),
    (
        "Most clusters come from a single portal whose job ads appear under several city names.",
        "The job ads appear under several city names.",
        "negation",
    ),
    ("Everything else was set as in the base run.", "Everything was in the base run.", "negation"),
    (
        "The flag is ignored in this version, I'm not sure.",
        "The flag is ignored in this version.",
        "negation",
    ),
    (
        "Plain packing with masks is 22 % faster than the padded baseline.",
        "Padded baseline: 22% faster than plain packing with masks.",
        "support",
    ),
    ("The teacher corrects the student.", "The student corrects the teacher.", "support"),
    (
        "An angry customer rarely says that he is angry.",
        "Every angry customer is a customer who is angry.",
        "support",
    ),
    (
        "So: passages were embedded without their prefix, that's the whole thing.",
        "The passages were embedded without their prefix: passages.",
        "support",
    ),
    (
        "Not for less: with 300 pairs the standard error is 2.3.",
        "Not for less: 300 pairs the standard error is 2.3.",
        "support",
    ),
    (
        "With nothing retrained, the judgments go from 0.412 to 0.498; LegalQ doesn't change.",
        "With nothing retrained: LegalQ doesn't change.",
        "support",
    ),
    (
        "It keeps 0.541 of it, and full size loses practically nothing.",
        "It keeps 0.541 of it, and it loses practically nothing.",
        "support",
    ),
    (
        "The real robot reached the end in 17 of 20 trials.",
        "The robot reached the end in 17 of 20 trials.",
        "support",
    ),
    ("The loader stalls and the queue runs empty.", "The loader stalls and the.", "support"),
    (
        "Everybody agreed that shipping with 11.2 makes no sense.",
        "11.2 makes no sense.",
        "negation",
    ),
    (
        "A weekly copy to the university tape covers the worst of it.",
        "The university tape covers the worst of it.",
        "negation",
    ),
    (
        "Meaning for people: 18 more tickets a day in the human queue.",
        "The human queue is 18 more tickets a day.",
        "negation",
    ),
    ("Alert when any GPU is at 85 °C for 5 min.", "The GPU is at 85 °C for 5 min.", "negation"),
    ("What they had to add for it to work.", "They had to add for it to work.", "negation"),
    (
        "One of the fans in the middle row had failed.",
        "The fans in the middle row had failed.",
        "negation",
    ),
    (
        "The model used to write a word before the JSON.",
        "The model used to write a JSON before the JSON.",
        "negation",
    ),
    (
        "Trained on nothing but 500 real reviews, the model reaches 0.74 on the other 300.",
        "The model reaches 0.74 on the other 300.",
        "negation",
    ),
    ("The storage is what stops me from it.", "The storage is what stops you from it.", "negation"),
    (
        "Next: the small encoder with three seeds.",
        "The small encoder with three seeds.",
        "negation",
    ),
    (
        "Probably every number in the February sheet is low.",
        "Every number in the February sheet is low.",
        "negation",
    ),
    (
        "The hymns are a shame, but one copy of each remains.",
        "The hymns are a shame: one copy of each remains.",
        "support",
    ),
    (
        "Clip ss_0412 begins with 2.3 s of digital zeros.",
        "The clip begins with 2.3 s of digital zeros.",
        "support",
    ),
    (
        "Main claim: a last-layer ensemble gets about 90 % of the gain.",
        "A last-layer ensemble gets about 90% of the gain.",
        "negation",
    ),
    (
        "F1 falls by 0.7 points (81.9 to 81.2) in the mean of three.",
        "F1 falls by 0.7 points: 81.9 to 81.2.",
        "negation",
    ),
    ("Poles fall from an IoU of 48 to 21.", "Poles fall from 48 to 21.", "number"),
    (
        "Replaying the labelled events of that time, F1 was 0.57, usually 0.83.",
        "F1 was 0.57, usually 0.83.",
        "negation",
    ),
    (
        "For the current best system we reported 34.2; the correct score is 29.7.",
        "The current best system, and the correct score is 29.7.",
        "negation",
    ),
    (
        "Where the net is better: customers with less than 6 months of history.",
        "The net is better: customers with less than 6 months of history.",
        "negation",
    ),
)

SCOPE_GOOD: tuple[tuple[str, str], ...] = (
    ("In the end the loss was 2.31 with one seed.", "The loss was 2.31 with one seed."),
    ("Of course it helps, the loss fell to 2.31.", "It helps, the loss fell to 2.31."),
    ("On the other hand the loader is slow on disks.", "The loader is slow on disks."),
    ("At first the run was fine on both cards.", "The run was fine on both cards."),
    ("In practice the cache is full after two days.", "The cache is full after two days."),
    ("On long letters F1 is 72.3, which is a pity.", "On long letters F1 is 72.3."),
    ("On long letters F1 is 72.3, which is a pity.", "F1 on long letters is 72.3."),
    (
        "On these 31 F1 is 55, on the rest 92.9.",
        "On these 31 F1 is 55.",
    ),
    (
        "With 30 candidates it is 190 ms and nDCG still 0.553, so that goes live for now.",
        "With 30 candidates, it's 190 ms and nDCG still 0.553.",
    ),
    (
        "Of course it costs: the miss rate is increased from 3.1 to 3.8 % on the test set.",
        "The miss rate is increased from 3.1 to 3.8 % on the test set.",
    ),
    (
        "The GPU is idle 63 % of the time, waiting for the loader.",
        "The GPU is idle 63% of the time.",
    ),
    (
        "The 7B judge gets 66 % with the same prompt, so no.",
        "The 7B judge gets 66% with the same prompt.",
    ),
    (
        "For now we use lr 3e-4 at depth 12, as everybody does.",
        "We use lr 3e-4 at depth 12.",
    ),
    (
        "So the two ingredients are weight decay and the matching of updates, as it seems to all.",
        "The two ingredients seem to be weight decay and the matching of updates.",
    ),
    (
        "The teacher corrects the student in every step, slowly.",
        "The teacher corrects the student in every step.",
    ),
    (
        "Short prompts beat long ones by 0.4 points, to my surprise.",
        "Short prompts beat long ones by 0.4 points.",
    ),
)

"""Rewrites like those of `rewrites`, written after the rules and measured once before anything was
changed for them."""

LATER_BAD: tuple[tuple[str, str, str], ...] = (
    ("The tokenizer has 32,768 entries.", "The tokenizer has 32,786 entries.", "number"),
    ("Perplexity is 14.2 on C4 and 9.8 on books.", "Perplexity is 9.8 on C4.", "number"),
    (
        "Perplexity is 14.2 on C4 and 9.8 on books.",
        "Perplexity is 14.2 on books and 9.8 on C4.",
        "number",
    ),
    ("We trained for two weeks on 8 cards.", "We trained for two days on 8 cards.", "number"),
    ("We trained for two weeks on 8 cards.", "We trained for 8 weeks on two cards.", "number"),
    ("Up to 16 requests fit into one batch.", "16 requests fit into one batch.", "number"),
    ("Recall dropped by 3 points.", "Recall dropped by 3%.", "number"),
    ("The bill was $40 for the night.", "The bill was €40 for the night.", "number"),
    ("Every tenth batch is empty.", "Every fifth batch is empty.", "number"),
    ("Version 2.1 is broken, 2.0 is fine.", "Version 2.0 is broken.", "number"),
    ("It needs 6 GB at 4 bit and 11 GB at 8 bit.", "It needs 11 GB at 4 bit.", "number"),
    ("p95 went from 80 ms to 240 ms.", "p95 went from 240 ms to 80 ms.", "number"),
    ("The plot of grad_norm shows a spike.", "The plot of grad_norms shows a spike.", "name"),
    ("Ask Priya about the cluster.", "Ask Pria about the cluster.", "name"),
    ("The bug is in `load_shard()`.", "The bug is in `load_shards()`.", "name"),
    ("HellaSwag got worse.", "MMLU got worse.", "name"),
    ("We meet again on Friday.", "We meet again on Thursday.", "name"),
    ("Qwen wrote the labels.", "Llama wrote the labels.", "name"),
    ("The config is in conf/base.yaml.", "The config is in conf/base.yml.", "name"),
    ("The seeds agree with each other.", "The seeds do not agree with each other.", "negation"),
    ("Nobody looked at the labels.", "We looked at the labels.", "negation"),
    ("The second stage isn't needed.", "The second stage is needed.", "negation"),
    ("We could not find the leak.", "We found the leak.", "negation"),
    ("The gap vanished without the filter.", "The gap vanished with the filter.", "negation"),
    ("Scaling the loss made it worse.", "Scaling the loss made it better.", "negation"),
    ("The old scheduler beats the new one.", "The new scheduler beats the old one.", "negation"),
    (
        "Shuffling before packing leaks documents.",
        "Packing before shuffling leaks documents.",
        "negation",
    ),
    ("We were unable to load the checkpoint.", "We loaded the checkpoint.", "negation"),
    (
        "The gain disappears on longer documents.",
        "The gain remains on longer documents.",
        "negation",
    ),
    ("It seems that the filter drops code.", "The filter drops code.", "negation"),
    ("Next time I would log the gradients.", "I logged the gradients.", "negation"),
    ("Few prompts trigger the loop.", "Many prompts trigger the loop.", "negation"),
    ("The crash happens unless pinning is off.", "The crash happens.", "negation"),
    ("The probe is not only fast but also small.", "The probe is not fast.", "negation"),
    ("The data is incomplete.", "The data is complete.", "negation"),
    ("Distillation avoids the collapse.", "Distillation leads to the collapse.", "negation"),
    ("The judge prefers short answers.", "The judge prefers long answers.", "negation"),
    (
        "The teacher is stronger than the student.",
        "The student is stronger than the teacher.",
        "negation",
    ),
    ("We stopped the run early.", "We started the run early.", "negation"),
    ("The metric is noisy, so do not trust it.", "The metric is noisy, so trust it.", "negation"),
    ("Quantization cost nothing in quality.", "Quantization cost quality.", "negation"),
    ("Mixing in code helped maths a little.", "Mixing in code helped maths a lot.", "negation"),
    (
        "The reward rose while the quality fell.",
        "The reward fell while the quality rose.",
        "negation",
    ),
    (
        "The server ran out of disk at night.",
        "The weather was fine and everyone was happy.",
        "support",
    ),
)

LATER_GOOD: tuple[tuple[str, str], ...] = (
    (
        "The tokenizer that we ended up with has 32,768 entries.",
        "The tokenizer has 32,768 entries.",
    ),
    (
        "Perplexity is 14.2 on C4 and 9.8 on books, as expected.",
        "Perplexity is 14.2 on C4 and 9.8 on books.",
    ),
    ("Perplexity is 14.2 on C4 and 9.8 on books, as expected.", "Perplexity on books is 9.8."),
    (
        "We trained for two weeks on 8 cards, which was too long.",
        "Training took two weeks on 8 cards.",
    ),
    (
        "Up to 16 requests fit into one batch before memory runs out.",
        "Up to 16 requests fit into one batch.",
    ),
    (
        "Recall dropped by 3 points when we changed the chunk size.",
        "Recall dropped by 3 points with the changed chunk size.",
    ),
    ("The bill was $40 for the night, so let us be careful.", "The bill was $40 for the night."),
    ("It turned out that every tenth batch is empty.", "Every tenth batch is empty."),
    ("Version 2.1 is broken, 2.0 is fine.", "Version 2.1 is broken."),
    (
        "p95 went from 80 ms to 240 ms after we turned on logging.",
        "p95 went from 80 ms to 240 ms after logging was turned on.",
    ),
    (
        "Looking at the plot of grad_norm one sees a spike at step 900.",
        "The plot of grad_norm shows a spike at step 900.",
    ),
    ("If anything is unclear, ask Priya about the cluster.", "Ask Priya about the cluster."),
    ("I am now sure that the bug is in `load_shard()`.", "The bug is in `load_shard()`."),
    ("HellaSwag got worse by 0.6, everything else stayed the same.", "HellaSwag got worse by 0.6."),
    (
        "The second stage isn't needed, as the ablation shows.",
        "The ablation shows that the second stage isn't needed.",
    ),
    (
        "We could not find the leak even after a day of profiling.",
        "We could not find the leak after a day of profiling.",
    ),
    (
        "The gap vanished without the filter, in both runs.",
        "Without the filter, the gap vanished in both runs.",
    ),
    (
        "Scaling the loss made it worse in each of the three runs.",
        "Scaling the loss made it worse in three runs.",
    ),
    (
        "We were unable to load the checkpoint of last week.",
        "We were unable to load last week's checkpoint.",
    ),
    (
        "It seems that the filter drops code, at least sometimes.",
        "It seems that the filter sometimes drops code.",
    ),
    (
        "Next time I would log the gradients from the start.",
        "Next time, log the gradients from the start.",
    ),
    (
        "The crash happens only on the old driver, as far as we know.",
        "The crash happens only on the old driver.",
    ),
    (
        "The data is incomplete since two shards are missing.",
        "The data is incomplete: two shards are missing.",
    ),
    (
        "The judge prefers short answers, which is a bias we must correct.",
        "The judge prefers short answers.",
    ),
    ("We stopped the run early to save money.", "The run was stopped early to save money."),
    (
        "Quantization to 4 bits cost nothing in quality on our tests.",
        "Quantization to 4 bits cost nothing in quality.",
    ),
    (
        "Mixing in code helped maths a little, 0.3 points.",
        "Mixing in code helped maths by 0.3 points.",
    ),
    (
        "The reward rose while the quality fell, a clear sign of hacking.",
        "The reward rose while the quality fell.",
    ),
    (
        "The server ran out of disk at night, and so we lost the logs.",
        "The server ran out of disk at night and we lost the logs.",
    ),
    (
        "The eval takes 40 minutes, most of which is spent in loading.",
        "The eval takes 40 minutes, mostly loading.",
    ),
    (
        "Decision: we go with AdamW and a cosine schedule for the big run.",
        "We go with AdamW and a cosine schedule for the big run.",
    ),
    (
        "The embeddings of the small model are good enough for search.",
        "The small model's embeddings are good enough for search.",
    ),
)

# Written by SmolLM2-135M under the guard, wrong, and let through at first.
WRITTEN_BAD: tuple[tuple[str, str, str], ...] = (
    (
        "Most of it on long questions; on one-word queries it's a wash, 0.44 → 0.45.",
        "Most of it on long questions: 0.44 → 0.45.",
        "number",
    ),
    (
        "Schema pasted in: 90.1 %, 190 tokens more per request.",
        "The original schema was: 90.1 %, 190 tokens more per request.",
        "support",
    ),
    (
        "Without checkpointing: batch 10 is the most, 38.0k tok/s.",
        "Batch 10 is the most, 38.0k tok/s.",
        "negation",
    ),
    (
        'Examples: football talk, "seni yerim" (something you say to a child), and the word lan.',
        'Examples: "seni yerim" (something you say to a child), and lan (something you say to a '
        "child).",
        "support",
    ),
    (
        "With the tag the model knows that this Breton is bizarre and doesn't imitate.",
        "The model knows that this Breton is bizarre and doesn't imitate.",
        "negation",
    ),
)

"""Hand-written rewrites of sentences from notes: wrong ones, with the finding they must get, and
true ones. The rules were tuned on BAD and GOOD; LATER_BAD and LATER_GOOD were written afterwards
and measured once before anything was changed for them."""

BAD: tuple[tuple[str, str, str], ...] = (
    # numbers
    (
        "Warmup of 500 steps ended the divergence.",
        "Warmup of 50 steps ended the divergence.",
        "number",
    ),
    (
        "Warmup of 500 steps ended the divergence.",
        "Warmup of 500 epochs ended the divergence.",
        "number",
    ),
    ("The val loss was 3.05 after the night.", "The val loss was 3.5 after the night.", "number"),
    ("Accuracy rose from 61.2% to 63.0%.", "Accuracy rose from 63.0% to 61.2%.", "number"),
    ("Accuracy rose from 61.2% to 63.0%.", "Accuracy rose to 63.0.", "number"),
    ("Latency is 120 ms at batch 8.", "Latency is 120 s at batch 8.", "number"),
    ("Latency is 120 ms at batch 8.", "Latency is 120ms at batch 16.", "number"),
    ("We used lr 3e-4 for all runs.", "We used lr 3e-3 for all runs.", "number"),
    ("It took 1,250 tokens per second.", "It took 12,500 tokens per second.", "number"),
    ("Three seeds were run.", "Two seeds were run.", "number"),
    ("Three seeds were run.", "All 5 seeds were run.", "number"),
    ("It was twice as fast.", "It was three times as fast.", "number"),
    ("Half of the runs finished.", "A third of the runs finished.", "number"),
    ("Memory went from 4 to 6 GB.", "Memory went from 6 to 4 GB.", "number"),
    ("Adam got 0.71 and Muon got 0.74.", "Adam got 0.74 and Muon got 0.71.", "number"),
    ("Adam got 0.71 and Muon got 0.74.", "Muon got 0.71.", "number"),
    ("At least 5 runs are needed.", "At most 5 runs are needed.", "number"),
    ("At least 5 runs are needed.", "5 runs are needed.", "number"),
    ("About 40% of the tokens are padding.", "40% of the tokens are padding.", "number"),
    ("40% of the tokens are padding.", "Less than 40% of the tokens are padding.", "number"),
    ("The run started on 2024-05-01.", "The run started on 2024-05-02.", "number"),
    ("The job died at 12:30.", "The job died at 12:35.", "number"),
    ("Depth 12 gave -0.3 points.", "Depth 12 gave 0.3 points.", "number"),
    ("The model has 135M parameters.", "The model has 135B parameters.", "number"),
    ("The first run crashed.", "The second run crashed.", "number"),
    ("The score is 0.71 ± 0.02.", "The score is 0.71 ± 0.2.", "number"),
    ("Batch sizes of 4–6 fit.", "Batch sizes of 4–8 fit.", "number"),
    ("The loss fell to 2.9.", "The loss fell by 2.9 to 1.", "number"),
    # names
    ("We switched to Muon for the matrices.", "We switched to Adam for the matrices.", "name"),
    ("See eval_core.py for the code.", "See eval_score.py for the code.", "name"),
    ("val_bpb went down in nano-d12.", "val_bpb went down in nano-d13.", "name"),
    ("val_bpb went down in nano-d12.", "train_bpb went down in nano-d12.", "name"),
    ("The Llama model was trained on Tuesday.", "The Llama model was trained on Monday.", "name"),
    ("We meet in March about the data.", "We meet in April about the data.", "name"),
    ("Smith found the bug in the loader.", "The bug in the loader was found by Jones.", "name"),
    ("He called it “deep cut” in the talk.", "He called it “deeper cut” in the talk.", "name"),
    ("Set `--batch-size` before the run.", "Set `--batch_size` before the run.", "name"),
    ("Use the GPU for the tests.", "Use the TPU for the tests.", "name"),
    ("The data came from FineWeb.", "The data came from FineWeb-Edu.", "name"),
    ("Logs are in /data/logs/run7.", "Logs are in /data/logs/run8.", "name"),
    ("The commit a1b2c3d broke the loader.", "The commit a1b2c4d broke the loader.", "name"),
    ("We followed the recipe of the paper.", "We followed the recipe of the OpenAI paper.", "name"),
    ("The optimizer state was lost.", "Google lost the optimizer state.", "name"),
    ("Run @nano-7 is the best one.", "Run @nano-8 is the best one.", "name"),
    # negations
    ("Dropout did not help.", "Dropout did help.", "negation"),
    ("Dropout did not help.", "Dropout helped.", "negation"),
    ("Dropout helped on small data.", "Dropout did not help on small data.", "negation"),
    ("It is not worth the extra memory.", "It is worth the extra memory.", "negation"),
    ("The run never converged.", "The run converged.", "negation"),
    ("The run converged.", "The run never converged.", "negation"),
    (
        "There was no improvement on the test set.",
        "There was an improvement on the test set.",
        "negation",
    ),
    ("There was no improvement on the test set.", "The test set improved.", "negation"),
    (
        "The job failed to restart after the crash.",
        "The job restarted after the crash.",
        "negation",
    ),
    ("Training without warmup diverged.", "Training with warmup diverged.", "negation"),
    ("Training is unstable with bf16.", "Training is stable with bf16.", "negation"),
    ("Training is stable with bf16.", "Training is unstable with bf16.", "negation"),
    ("We can't reproduce the paper.", "We can reproduce the paper.", "negation"),
    ("The tokenizer doesn't matter here.", "The tokenizer matters here.", "negation"),
    ("Only the embedding needs fp32.", "The embedding needs fp32.", "negation"),
    ("The cache works, but the index does not.", "The index works.", "negation"),
    ("The cache works, but the index does not.", "The cache does not work.", "negation"),
    ("Neither seed reached the baseline.", "Each seed reached the baseline.", "negation"),
    (
        "Use cosine decay instead of linear decay.",
        "Use linear decay instead of cosine decay.",
        "negation",
    ),
    ("None of the runs crashed.", "The runs crashed.", "negation"),
    ("It is unlikely that the seed matters.", "It is likely that the seed matters.", "negation"),
    ("The loader hardly uses the disk.", "The loader uses the disk.", "negation"),
    ("We no longer need the second cache.", "We need the second cache.", "negation"),
    # opposites
    ("The loss increased after the merge.", "The loss decreased after the merge.", "negation"),
    ("Muon is faster than Adam.", "Muon is slower than Adam.", "negation"),
    ("Muon is faster than Adam.", "Adam is faster than Muon.", "negation"),
    (
        "The new split is worse on long inputs.",
        "The new split is better on long inputs.",
        "negation",
    ),
    (
        "Throughput dropped with longer sequences.",
        "Throughput rose with longer sequences.",
        "negation",
    ),
    ("Clip the gradient before the step.", "Clip the gradient after the step.", "negation"),
    ("The run diverged at night.", "The run converged at night.", "negation"),
    ("We kept weight decay.", "We dropped weight decay.", "negation"),
    (
        "Higher temperature gave shorter answers.",
        "Lower temperature gave shorter answers.",
        "negation",
    ),
    (
        "Higher temperature gave shorter answers.",
        "Higher temperature gave longer answers.",
        "negation",
    ),
    ("The fix works on all machines.", "The fix fails on all machines.", "negation"),
    ("Enable the compile flag for speed.", "Disable the compile flag for speed.", "negation"),
    ("The maximum length is the bottleneck.", "The minimum length is the bottleneck.", "negation"),
    ("The reviewers rejected the claim.", "The reviewers accepted the claim.", "negation"),
    (
        "The learning rate was too high for the head.",
        "The learning rate was too low for the head.",
        "negation",
    ),
    ("The model overfits the small set.", "The model underfits the small set.", "negation"),
    ("Label smoothing beat mixup.", "Mixup beat label smoothing.", "negation"),
    (
        "Linear attention replaced the softmax.",
        "The softmax replaced linear attention.",
        "negation",
    ),
    # doubt, plans, limits
    ("The spike may come from bad data.", "The spike comes from bad data.", "negation"),
    ("The spike comes from bad data.", "The spike probably comes from bad data.", "negation"),
    ("This suggests a bug in the sampler.", "This shows a bug in the sampler.", "negation"),
    ("We should try a larger batch.", "We tried a larger batch.", "negation"),
    ("We will remove the old cache.", "We removed the old cache.", "negation"),
    ("Some runs crashed overnight.", "All runs crashed overnight.", "negation"),
    (
        "Most prompts work with the new template.",
        "Every prompt works with the new template.",
        "negation",
    ),
    ("It works if the seed is fixed.", "It works.", "negation"),
    ("The merge slightly hurts recall.", "The merge significantly hurts recall.", "negation"),
    ("I think the scheduler is broken.", "The scheduler is broken.", "negation"),
    (
        "The loss went up and the new data arrived.",
        "The loss went up because of the new data.",
        "negation",
    ),
    (
        "Is the tokenizer the cause of the gap?",
        "The tokenizer is the cause of the gap.",
        "negation",
    ),
    ("Larger models need warmup.", "Larger models always need warmup.", "negation"),
    ("The small model is good at dates.", "The small model is the best at dates.", "negation"),
    ("We tried to compile the model.", "We compiled the model.", "negation"),
    ("It rarely fails on Linux.", "It fails on Linux.", "negation"),
    (
        "The sampler could be the reason for the drift.",
        "The sampler is the reason for the drift.",
        "negation",
    ),
    # far from the source
    (
        "The warmup ended the divergence.",
        "Deep learning is about avoiding overfitting in networks.",
        "support",
    ),
    ("The loader hung on the last shard.", "People should always drink enough water.", "support"),
    ("The loader hung on the last shard.", "…", "empty"),
    ("The loader hung on the last shard.", "", "empty"),
)

GOOD: tuple[tuple[str, str], ...] = (
    (
        "So, as it turned out, warmup of 500 steps ended the divergence.",
        "Warmup of 500 steps ended the divergence.",
    ),
    (
        "Warmup of 500 steps ended the divergence that we saw last week.",
        "Warmup of 500 steps ended the divergence.",
    ),
    ("Accuracy rose from 61.2% to 63.0%, which is nice.", "Accuracy rose from 61.2% to 63.0%."),
    ("Accuracy rose from 61.2% to 63.0%, which is nice.", "Accuracy went from 61.2 % to 63.0 %."),
    ("Accuracy rose from 61.2% to 63.0%, which is nice.", "Accuracy reached 63.0%."),
    ("Latency is 120 ms at batch 8, as measured on the laptop.", "Latency is 120ms at batch 8."),
    ("We ran three seeds and they all diverged.", "All 3 seeds diverged."),
    ("It took 1,250 tokens per second on two cores.", "It took 1250 tokens per second on 2 cores."),
    ("Honestly, dropout did not help at all on this data.", "Dropout did not help on this data."),
    ("Honestly, dropout did not help at all on this data.", "Dropout didn't help on this data."),
    ("In the end it is just not worth the extra memory.", "It is not worth the extra memory."),
    (
        "There was no improvement on the test set, sadly.",
        "There was no improvement on the test set.",
    ),
    ("There was no improvement on the test set, sadly.", "No improvement on the test set."),
    ("The run never converged, no matter what we did.", "The run never converged."),
    (
        "The job failed to restart after the crash of the node.",
        "The job failed to restart after the crash.",
    ),
    (
        "The job failed to restart after the crash of the node.",
        "After the crash, the job did not restart.",
    ),
    (
        "Training without warmup diverged within the first hour or so.",
        "Without warmup, training diverged within the first hour.",
    ),
    (
        "We noticed that training is unstable with bf16 on this card.",
        "Training is unstable with bf16 on this card.",
    ),
    (
        "We noticed that training is unstable with bf16 on this card.",
        "Training is not stable with bf16 on this card.",
    ),
    ("As far as I can see, we can't reproduce the paper.", "We cannot reproduce the paper."),
    (
        "The spike may well come from bad data in shard 12.",
        "The spike may come from bad data in shard 12.",
    ),
    (
        "The spike may well come from bad data in shard 12.",
        "The spike might come from bad data in shard 12.",
    ),
    ("This suggests that there is a bug in the sampler.", "This suggests a bug in the sampler."),
    (
        "We should try a larger batch next week, if there is time.",
        "We should try a larger batch if there is time.",
    ),
    (
        "Some of the runs crashed overnight because the disk was full.",
        "Some runs crashed because the disk was full.",
    ),
    ("Muon is faster than Adam in wall-clock time, by the way.", "Muon is faster than Adam."),
    (
        "Muon is faster than Adam in wall-clock time, by the way.",
        "In wall-clock time, Muon is faster than Adam.",
    ),
    (
        "The loss increased right after the merge of the loader.",
        "The loss increased after the merge.",
    ),
    (
        "The new split is worse on long inputs but better on short ones.",
        "The new split is worse on long inputs.",
    ),
    (
        "The new split is worse on long inputs but better on short ones.",
        "The new split is better on short inputs.",
    ),
    ("The cache works, but the index does not.", "The cache works."),
    ("The cache works, but the index does not.", "The index does not work."),
    (
        "See `eval_core.py` for the code that we used in the end.",
        "See `eval_core.py` for the code.",
    ),
    ("See `eval_core.py` for the code that we used in the end.", "The code is in eval_core.py."),
    (
        "val_bpb went down from 0.871 to 0.864 in nano-d12.",
        "In nano-d12, val_bpb went down from 0.871 to 0.864.",
    ),
    (
        "val_bpb went down from 0.871 to 0.864 in nano-d12.",
        "val_bpb fell from 0.871 to 0.864 in nano-d12.",
    ),
    (
        "On Tuesday we trained the Llama model with the new data.",
        "The Llama model was trained on Tuesday with the new data.",
    ),
    (
        "On Tuesday we trained the Llama model with the new data.",
        "We trained the Llama model on Tuesday.",
    ),
    (
        "Smith found the bug in the loader after two days of search.",
        "Smith found the bug in the loader.",
    ),
    (
        "Smith found the bug in the loader after two days of search.",
        "The loader's bug was found by Smith.",
    ),
    ("He called it “deep cut” in the talk about pruning.", "He called it “deep cut”."),
    (
        "Half of the runs finished before the deadline.",
        "Half the runs finished before the deadline.",
    ),
    ("At least 5 runs are needed to see the effect.", "At least 5 runs are needed."),
    ("At least 5 runs are needed to see the effect.", "At least five runs are needed to see it."),
    (
        "About 40% of the tokens are padding, which is a waste.",
        "About 40% of the tokens are padding.",
    ),
    (
        "About 40% of the tokens are padding, which is a waste.",
        "Roughly 40 % of the tokens are padding.",
    ),
    (
        "We kept weight decay at 0.1 and dropped the gradient clipping.",
        "We kept weight decay at 0.1.",
    ),
    (
        "We kept weight decay at 0.1 and dropped the gradient clipping.",
        "Gradient clipping was dropped.",
    ),
    (
        "The learning rate was too high for the head, that was the root cause.",
        "The root cause: the learning rate was too high for the head.",
    ),
    (
        "Lesson: always look at the data before you tune anything.",
        "Always look at the data before tuning anything.",
    ),
    (
        "I finally understood that the tokenizer doesn't matter here.",
        "The tokenizer doesn't matter here.",
    ),
    (
        "The two GPUs were idle 30% of the time because of the slow loader.",
        "The two GPUs were idle 30% of the time because of the slow loader.",
    ),
    (
        "The two GPUs were idle 30% of the time because of the slow loader.",
        "The slow loader left the 2 GPUs idle 30 % of the time.",
    ),
    (
        "Label smoothing beat mixup by 0.4 points in all three seeds.",
        "Label smoothing beat mixup by 0.4 points in three seeds.",
    ),
    ("Adam got 0.71 and Muon got 0.74.", "Muon got 0.74."),
    ("Adam got 0.71 and Muon got 0.74.", "Muon got 0.74, Adam 0.71."),
    (
        "We reverted the change since it made evaluation slower.",
        "The change was reverted since it made evaluation slower.",
    ),
    (
        "The reviewers rejected the claim that depth is enough.",
        "The claim that depth is enough was rejected by the reviewers.",
    ),
    ("It was twice as fast on the small machine.", "It was twice as fast."),
    ("Only the embedding needs fp32, everything else is fine.", "Only the embedding needs fp32."),
    (
        "I think that the scheduler is broken when it is resumed.",
        "I think the scheduler is broken when resumed.",
    ),
    (
        "The run diverged at step 4,200 with lr 3e-4 and no clipping.",
        "With lr 3e-4 and no clipping, the run diverged at step 4200.",
    ),
    (
        "Batch sizes of 4–6 fit into the memory of the card.",
        "Batch sizes of 4 to 6 fit into memory.",
    ),
    (
        "The model has 135M parameters, 12 layers and 9 heads.",
        "The model has 135M parameters and 12 layers.",
    ),
    ("The score is 0.71 ± 0.02 over five seeds.", "The score is 0.71 ± 0.02 over 5 seeds."),
    ("The fix works on all machines that I could get hold of.", "The fix works on all machines."),
    (
        "What a day: the optimizer state was lost when the node died.",
        "The optimizer state was lost when the node died.",
    ),
    (
        "Use cosine decay instead of linear decay from now on.",
        "Use cosine decay instead of linear decay.",
    ),
    (
        "We no longer need the second cache, so it can be removed.",
        "The second cache is no longer needed.",
    ),
    (
        "Result: slightly worse than the baseline, 0.702 against 0.711.",
        "Slightly worse than the baseline: 0.702 against 0.711.",
    ),
)

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

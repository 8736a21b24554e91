/** How sure we are that a rewrite keeps the meaning: `safe` becomes a fix, `review` a suggestion, `unsafe` a plain report. */
export type Certainty = 'safe' | 'review' | 'unsafe';

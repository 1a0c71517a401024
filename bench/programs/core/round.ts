declare global {
  /** How long a round is, and whom to tell that it is over: the bench supplies it. */
  const round: {
    readonly switches: number;
    /** Of sleepers: the longest sleep in milliseconds, and where they write how late they woke. */
    readonly span: number;
    readonly lateness: number[];
    end(): void;
  };
}

export {};

/** Promises of things to come about, which are looked at whenever something changed. */
interface Waiter {
  readonly isMet: () => boolean;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

export class Waiters {
  private all_: readonly Waiter[] = [];

  get isEmpty(): boolean {
    return this.all_.length === 0;
  }

  add(isMet: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      this.all_ = [...this.all_, { isMet, resolve, reject }];
    });
  }

  /** Something changed. */
  notify(): void {
    if (this.isEmpty) return;
    const met = this.all_.filter((each) => each.isMet());
    this.all_ = this.all_.filter((each) => !met.includes(each));
    for (const waiter of met) waiter.resolve();
  }

  /** What those wait for that are left will not come about. */
  reject(error: Error): void {
    const left = this.all_;
    this.all_ = [];
    for (const waiter of left) waiter.reject(error);
  }
}

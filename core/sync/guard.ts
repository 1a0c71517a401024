/** What a task holds until it releases it, or until the end of the scope of `using guard = await mutex.lock()`. */
export interface Guard {
  release(): void;
}

/** A queue that runs a few jobs at once, in the order of their priority. */
export default function createQueue({ concurrency = 1, onIdle = () => {} } = {}) {
  const waiting = [];
  let running = 0;

  const next = async () => {
    if (running >= concurrency || waiting.length === 0) return;
    running++;
    const { job, resolve, reject } = waiting.shift();
    try {
      resolve(await job());
    } catch (error) {
      reject(error);
    } finally {
      running--;
      if (running === 0 && waiting.length === 0) await onIdle();
      next();
    }
  };

  return {
    get size() {
      return waiting.length;
    },
    add(job, { priority = 0 } = {}) {
      return new Promise((resolve, reject) => {
        const entry = { job, priority, resolve, reject };
        const at = waiting.findIndex((each) => each.priority < priority);
        if (at < 0) waiting.push(entry);
        else waiting.splice(at, 0, entry);
        next();
      });
    },
    async addAll(jobs) {
      return Promise.all(jobs.map((job) => this.add(job)));
    },
  };
}

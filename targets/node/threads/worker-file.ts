/** The module that workers run: package.json has it as dormouse/node/worker, for bundlers that leave it behind. */
export const WORKER_FILE = new URL("./worker/main.js", import.meta.url);

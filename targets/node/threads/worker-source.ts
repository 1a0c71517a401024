/** The module of workers as one text: builds of the library and of programs put it here (scripts/worker-source.mjs). */
export const WORKER_SOURCE: string = "";

/** The root of the repository, absolute; `scripts/bundle.mjs` puts it in, so it exists in no published file. */
declare const DORMOUSE_ROOT: string;

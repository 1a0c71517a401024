/** A mistake of the user: shown as its one line, without a stack. */
export class UserError extends Error {}

/** Whether errors carry their text. Device builds replace this module by one that says false. */
export const DEV: boolean = true;

/** Something a person must put right before the product can start; its message is all that is shown. */
export class StartRefused extends Error {}

/** What holds of a type of AWS whichever it is. */

/** Keys that the provider keeps by itself: it computes these tags from `tags` and its default tags. */
export const bookkeepingOfAws: readonly string[] = ["tagsAll"];

/** Lists whose order is a setting wherever they stand: the words of a command line. */
export const orderedInAws: readonly string[] = ["args", "command", "entryPoint"];

/** Waiting for what other processes do: asked again and again until it holds, or until the time is up. */

/** Thrown with what was seen last, so that a time-out tells more than that it was one. */
class WaitedTooLong extends Error {}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/**
 * Waits until `look` finds something.
 *
 * @param describe what is there instead, for the message
 * @throws WaitedTooLong after `seconds`
 */
export async function waitFor<T>(
  what: string,
  seconds: number,
  look: () => T | undefined | false | Promise<T | undefined | false>,
  describe: () => string = () => "",
): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (let gap = 10; ; gap = Math.min(100, gap * 1.5)) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new WaitedTooLong(`Waited ${seconds} s for ${what}. ${describe()}`.trim());
    await pause(gap);
  }
}

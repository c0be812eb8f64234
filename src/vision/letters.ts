/**
 * The letters in which every read leaves this room, one a column of its probabilities, whatever order its net has: reads of
 * one passage are added up. The last means "no character".
 */
export const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_';

const WRITTEN = LETTERS.slice(0, -1);

/** Whether a net's alphabet can be told in ours: each of its letters one of ours, once, and last a sign that is none of them. */
export function isTellable(alphabet: string): boolean {
  const letters = alphabet.slice(0, -1);
  return (
    letters.length > 0 &&
    new Set(letters).size === letters.length &&
    [...letters].every((letter) => WRITTEN.includes(letter)) &&
    !WRITTEN.includes(alphabet.at(-1)!)
  );
}

/** Brings rows of a net's probabilities into our order. A letter that the net does not know has none. */
export function inOurLetters(alphabet: string): (probs: Float32Array) => Float32Array {
  const size = alphabet.length;
  const letters = alphabet.slice(0, -1) + LETTERS.at(-1)!;
  if (letters === LETTERS) return (probs) => probs;
  const column = [...letters].map((letter) => LETTERS.indexOf(letter));
  return (probs) => {
    const told = new Float32Array((probs.length / size) * LETTERS.length);
    probs.forEach((p, i) => {
      told[Math.floor(i / size) * LETTERS.length + column[i % size]!] = p;
    });
    return told;
  };
}

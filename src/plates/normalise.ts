/**
 * The search key of a plate: NFC, upper case, separators removed, Đ folded to D. `?` (unreadable) stays.
 * O is not turned into 0 nor I into 1: that would be guessing.
 */
export function normalise(text: string): string {
  return text
    .normalize('NFC')
    .toUpperCase()
    .replace(/[\s.\-–·/]/g, '')
    .replace(/Đ/g, 'D');
}

/** True for a complete key: only A-Z and 0-9, so no unreadable character. */
export function isComplete(text: string): boolean {
  return /^[A-Z0-9]{6,11}$/.test(text);
}

/** In characters as people count them and the gateway does, not in UTF-16 units. */
export function lengthOf(text: string): number {
  return [...text.trim()].length;
}

import canonicalize from 'canonicalize';

/** RFC 8785 canonical JSON: one text for one value, whatever the order in which a database gives its keys back. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('value has no JSON form');
  return text;
}

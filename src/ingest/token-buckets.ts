const MAX_KEYS = 10_000;

/** `take(key, now)` is false when the key has used its burst and its steady rate. `now` is milliseconds of any clock that only goes forward. */
export function tokenBuckets(rate: {
  burst: number;
  perSecond: number;
}): (key: string, now: number) => boolean {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return (key, now) => {
    const known = buckets.get(key);
    const tokens =
      known === undefined
        ? rate.burst
        : Math.min(rate.burst, known.tokens + ((now - known.at) / 1000) * rate.perSecond);
    const granted = tokens >= 1;
    // Oldest first: a flood of invented keys pushes out keys, never memory.
    buckets.delete(key);
    buckets.set(key, { tokens: granted ? tokens - 1 : tokens, at: now });
    if (buckets.size > MAX_KEYS) buckets.delete(buckets.keys().next().value!);
    return granted;
  };
}

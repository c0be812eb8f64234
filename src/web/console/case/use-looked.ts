import { useEffect, useRef, useState } from 'preact/hooks';

/** Nobody sees what is on a picture in less. */
const LOOK_MS = 700;

/**
 * Whether the officer has had the evidence before their eyes: its picture has come and stood there for a moment. Until
 * then nothing can be confirmed, so that a key pressed twice does not decide the case that slid into its place, and a
 * picture that does not come decides nothing. The page of another case begins anew.
 */
export function useLooked(): { readonly enough: boolean; readonly begin: () => void } {
  const [enough, setEnough] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const begin = (): void => {
    timer.current ??= setTimeout(() => setEnough(true), LOOK_MS);
  };
  return { enough, begin };
}

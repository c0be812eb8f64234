import { useEffect, useState } from 'preact/hooks';

/** The parts of the address after `#/`: `['notice', '<id>', 'pay']`. */
export function useRoute(): readonly string[] {
  const [route, setRoute] = useState(read);
  useEffect(() => {
    const changed = (): void => {
      setRoute(read());
      scrollTo(0, 0);
    };
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  return route;
}

function read(): readonly string[] {
  return location.hash
    .replace(/^#\/?/, '')
    .split('/')
    .filter((part) => part !== '')
    .map(decodeURIComponent);
}

export const go = (...parts: readonly string[]): void =>
  void (location.hash = `/${parts.map(encodeURIComponent).join('/')}`);
export const link = (...parts: readonly string[]): string => `#/${parts.map(encodeURIComponent).join('/')}`;

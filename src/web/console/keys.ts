import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Message } from '../../core/messages.js';

/** One shortcut. The help list is made from these, so it cannot disagree with what the keys do. */
export interface Binding {
  /** `KeyboardEvent.key`, lower case for letters. */
  readonly key: string;
  /** As shown, where it is not the key itself. */
  readonly shown?: string;
  readonly what: Message;
  /** Goes on while the key is held down. Nothing that decides may: a key that is leant on would decide case after case. */
  readonly repeats?: boolean;
  readonly run: () => void;
}

/**
 * Binds while the component is shown. Typing in a field and browser shortcuts are left alone; while a dialog is open only
 * its own keys (`inDialog`) work, so that nothing is decided behind it.
 */
export function useKeys(bindings: readonly Binding[], inDialog = false): void {
  const current = useRef(bindings);
  current.current = bindings;
  // Before the screen is painted: whoever sees a dialog may press its keys at once.
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (!inDialog && document.querySelector('dialog[open]') !== null) return;
      const target = event.target as HTMLElement;
      const typing = /^(input|textarea|select)$/i.test(target.tagName);
      if (typing && event.key !== 'Escape') return;
      // A focused button keeps its Enter and Space.
      if (target.tagName === 'BUTTON' && (event.key === 'Enter' || event.key === ' ')) return;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const binding = current.current.find((b) => b.key === key);
      if (binding === undefined) return;
      event.preventDefault();
      if (!event.repeat || binding.repeats === true) binding.run();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

/** Does what a click on the first such button would do, or puts the cursor into the first such field. */
export function reach(selector: string): void {
  const element = document.querySelector<HTMLElement>(selector);
  element?.scrollIntoView({ block: 'nearest' });
  if (element instanceof HTMLButtonElement) element.click();
  else element?.focus();
}

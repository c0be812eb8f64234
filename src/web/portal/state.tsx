import { useLanguage } from '../shared/language.js';
import { states } from './messages.js';

/** The state in words, with a colour that only repeats what the words say. */
export function StateBadge({ state }: { state: string }) {
  const { say } = useLanguage();
  const known = states[state];
  return <span class={`badge ${known?.tone ?? 'calm'}`}>{known ? say(known) : state}</span>;
}

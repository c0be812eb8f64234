import { useLanguage } from '../shared/language.js';
import { Dialog } from './dialog.js';
import { useKeys, type Binding } from './keys.js';
import { words } from './messages.js';

/** The list of shortcuts, made from the bindings themselves. */
export function KeyHelp({ bindings, onClose }: { bindings: readonly Binding[]; onClose: () => void }) {
  const { say } = useLanguage();
  return (
    <Dialog title={say(words.keysHelp)} onClose={onClose}>
      <dl class="key-list">
        {bindings.map((binding) => (
          <div key={binding.key}>
            <dt>
              <kbd>{binding.shown ?? binding.key.toUpperCase()}</kbd>
            </dt>
            <dd>{say(binding.what)}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog">
        <button autofocus>{say(words.close)}</button>
      </form>
    </Dialog>
  );
}

/** Binds keys where no case is open to bind them. */
export function Keys({ bindings }: { bindings: readonly Binding[] }) {
  useKeys(bindings);
  return null;
}

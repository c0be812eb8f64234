import { createContext, type ComponentChildren } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { Language, Message } from '../../core/messages.js';

const Current = createContext<{ language: Language; setLanguage(to: Language): void }>({
  language: 'vi',
  setLanguage: () => undefined,
});

/** Vietnamese unless the user has switched; the choice stays in the browser. */
export function LanguageProvider({ children }: { children: ComponentChildren }) {
  const [language, set] = useState<Language>(() => (localStorage.getItem('language') === 'en' ? 'en' : 'vi'));
  useEffect(() => void (document.documentElement.lang = language), [language]);
  const setLanguage = (to: Language): void => {
    localStorage.setItem('language', to);
    set(to);
  };
  return <Current.Provider value={{ language, setLanguage }}>{children}</Current.Provider>;
}

/** `say(message, values)` in the chosen language; `{name}` places are filled. */
export function useLanguage() {
  const { language, setLanguage } = useContext(Current);
  const say = (message: Message, values: Readonly<Record<string, string | number>> = {}): string =>
    message[language].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  return { language, setLanguage, say };
}

/** One button that names the other language. */
export function LanguageSwitch() {
  const { language, setLanguage } = useLanguage();
  const other = language === 'vi' ? 'en' : 'vi';
  return (
    <button type="button" class="language-switch" lang={other} onClick={() => setLanguage(other)}>
      {other === 'en' ? 'English' : 'Tiếng Việt'}
    </button>
  );
}

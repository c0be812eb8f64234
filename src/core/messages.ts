/** Text for people: Vietnamese first, English beside it. Each room keeps its own `messages.ts` of this shape. */
export type Language = 'vi' | 'en';
export type Message = Readonly<Record<Language, string>>;
export type Messages = Readonly<Record<string, Message>>;

/** Both languages in one line, where nothing tells which is wanted. */
export const both = ({ vi, en }: Message): string => `${vi} / ${en}`;

const numbers: Record<Language, Intl.NumberFormat> = {
  vi: new Intl.NumberFormat('vi-VN', { useGrouping: false, maximumFractionDigits: 6 }),
  en: new Intl.NumberFormat('en-GB', { useGrouping: false, maximumFractionDigits: 6 }),
};

/**
 * Fills `{name}` places; a number gets the language's decimal mark (4,4 giây, 4.4 seconds) and no grouping, for it may
 * be a year. An unknown place stays as it is, so that a missing value is seen and not hidden.
 */
export function say(
  message: Message,
  language: Language,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return message[language].replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name] ?? whole;
    return typeof value === 'number' ? numbers[language].format(value) : value;
  });
}

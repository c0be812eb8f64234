/** Text for people: Vietnamese first, English beside it. Each room keeps its own `messages.ts` of this shape. */
export type Language = 'vi' | 'en';
export type Message = Readonly<Record<Language, string>>;
export type Messages = Readonly<Record<string, Message>>;

/** Fills `{name}` places. An unknown place stays as it is, so that a missing value is seen and not hidden. */
export function say(
  message: Message,
  language: Language,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return message[language].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** A sentence in the languages of the product; the reader's language is chosen where it is printed. */
export interface Text {
  zh: string;
  en: string;
}

export type Lang = keyof Text;

/** The same text in both languages: ids, names, file names. */
export function same(text: string): Text {
  return { zh: text, en: text };
}

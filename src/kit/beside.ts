/** From the first letter that is written from the right to the last one, up to what parts the names of a sentence. */
const FROM_THE_RIGHT =
  /[\p{Script=Hebrew}\p{Script=Arabic}](?:[^、，：（）,:()]*[\p{Script=Hebrew}\p{Script=Arabic}])?/gu;
const LEFT_TO_RIGHT = "\u200e";

/**
 * A sentence with names in it, or one of them. Two names written from the right run together across the comma between
 * them, and the second is read first; a mark on either side keeps each in its place.
 */
export function beside(text: string): string {
  return text.replace(FROM_THE_RIGHT, `${LEFT_TO_RIGHT}$&${LEFT_TO_RIGHT}`);
}

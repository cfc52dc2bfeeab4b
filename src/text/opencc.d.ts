/** The library's phrases as `from to|from to|…`; it ships no types for its dictionaries. */
declare module "opencc-js/dict/TSPhrases" {
  const phrases: string;
  export default phrases;
}

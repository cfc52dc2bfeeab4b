interface Policy {
  createHTML(markup: string): string;
}
interface Factory {
  createPolicy(name: string, rules: Policy): Policy;
}

/*
 * The one place where text becomes markup: sections and drawings of this site's own server. The page's policy names it,
 * so that a browser with Trusted Types refuses markup from anywhere else; the others do without.
 */
const factory = (window as unknown as { trustedTypes?: Factory }).trustedTypes;
const policy = factory?.createPolicy("fupan", { createHTML: (markup) => markup });

/** A document of its own: nothing in it runs, and nothing is in the page before it is put there. */
export function parsed(markup: string, type: DOMParserSupportedType): Document {
  return new DOMParser().parseFromString(policy?.createHTML(markup) ?? markup, type);
}

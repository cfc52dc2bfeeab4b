import type { Tab } from "./tab.ts";

/** Texts of charts that reach beyond their drawing, where the page cuts them off, and how many there are. */
export const drawnTexts = (page: Tab["page"]) =>
  page.locator(".chart svg text").evaluateAll((all) => {
    // An axis keeps the labels that it has no room for unseen.
    const texts = all.filter(
      (one) => one.getBoundingClientRect().width > 0 && one.getAttribute("opacity") !== "0",
    );
    const isBeyond = (text: Element) => {
      const [own, drawing] = [text, text.closest("svg") ?? text].map((one) => one.getBoundingClientRect());
      return !own || !drawing || own.left < drawing.left - 0.5 || own.right > drawing.right + 0.5;
    };
    return { count: texts.length, beyond: texts.filter(isBeyond).map(({ textContent }) => textContent) };
  });

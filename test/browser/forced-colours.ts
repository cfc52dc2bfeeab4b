import type { Page } from "playwright-core";

/** What only the script of the imports page makes, and a page of the demo has not: element and class. */
const IMPORTED = [
  ["p", "tag warn"],
  ["td", "bad"],
  ["progress", ""],
  ["pre", "script"],
  ["p", "notice"],
] as const;

/** Elements that a ground of their own tells apart, and that nothing does where the system chooses the colours. */
export async function toldByGroundOnly(page: Page): Promise<string[]> {
  await page.emulateMedia({ forcedColors: "none" });
  await page.evaluate((imported) => {
    for (const [tag, name] of imported) {
      const one = document.createElement(tag);
      one.className = name;
      one.textContent = "x";
      document.querySelector("main")?.append(one);
    }
    const clear = "rgba(0, 0, 0, 0)";
    const ground = (one: Element | null): string => {
      if (!one) return clear;
      const { backgroundColor } = getComputedStyle(one);
      return backgroundColor === clear ? ground(one.parentElement) : backgroundColor;
    };
    for (const one of document.querySelectorAll<HTMLElement>("body *"))
      if (one.checkVisibility() && ground(one) !== ground(one.parentElement)) one.dataset["ground"] = "";
  }, IMPORTED);
  await page.emulateMedia({ forcedColors: "active" });
  return page.evaluate(() => {
    const canvas = getComputedStyle(document.body).backgroundColor;
    const told = (one: HTMLElement) => {
      const style = getComputedStyle(one);
      const line = (kind: string) =>
        style.getPropertyValue(`${kind}-style`) !== "none" &&
        style.getPropertyValue(`${kind}-width`) !== "0px" &&
        style.getPropertyValue(`${kind}-color`) !== canvas;
      return (
        style.getPropertyValue("forced-color-adjust") === "none" ||
        line("outline") ||
        line("border-bottom") ||
        style.backgroundColor !== canvas
      );
    };
    const lost = [...document.querySelectorAll<HTMLElement>("[data-ground]")].filter((one) => !told(one));
    return [...new Set(lost.map((one) => `${one.localName}.${one.className}`))];
  });
}

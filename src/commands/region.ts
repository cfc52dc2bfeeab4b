/** Money by country (ISO 3166 to ISO 4217), of the countries whose zones a machine is likely to stand in. */
const MONEY: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    "AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK".split(" ").map((one) => [one, "EUR"]),
  ),
  ...{ US: "USD", GB: "GBP", CA: "CAD", AU: "AUD", NZ: "NZD", CH: "CHF", SE: "SEK", NO: "NOK", DK: "DKK" },
  ...{ IN: "INR", SG: "SGD", HK: "HKD", TW: "TWD", MO: "MOP", JP: "JPY", KR: "KRW", MY: "MYR", TH: "THB" },
  ...{ PH: "PHP", ID: "IDR", VN: "VND", BR: "BRL", MX: "MXN", ZA: "ZAR", AE: "AED", PL: "PLN", CZ: "CZK" },
};

const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];

/**
 * The country that has a time zone, and its money as far as it is known. Undefined where none or several have it: UTC is nowhere.
 */
export function regionOf(timezone: string): { country: string; currency: string | undefined } | undefined {
  const countries = new Set(
    LETTERS.flatMap((one) => LETTERS.map((other) => `und-${one}${other}`)).flatMap((tag) =>
      zonesOf(tag).includes(timezone) ? [new Intl.Locale(tag).region ?? ""] : [],
    ),
  );
  const [country, second] = [...countries];
  if (country === undefined || second !== undefined) return undefined;
  return { country, currency: MONEY[country] };
}

/** A getter in some versions of Node.js, a function in later ones. */
function zonesOf(tag: string): readonly string[] {
  const locale = new Intl.Locale(tag) as Intl.Locale & {
    timeZones?: readonly string[];
    getTimeZones?: () => readonly string[] | undefined;
  };
  return locale.getTimeZones?.() ?? locale.timeZones ?? [];
}

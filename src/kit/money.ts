const OWN = "¥";
let sign = OWN;

/** The sign before amounts of a currency (ISO 4217): ¥ of yuan, and of others what tells them from it (US$, JP¥). */
export function signOf(currency: string): string {
  if (currency === "CNY" || !/^[A-Z]{3}$/.test(currency)) return OWN;
  const parts = new Intl.NumberFormat("zh-CN", { style: "currency", currency }).formatToParts(0);
  const found = parts.find(({ type }) => type === "currency")?.value ?? currency;
  return /[A-Z]$/.test(found) ? `${found}\u00a0` : found;
}

/** Amounts are written in that currency from now on: a process works for one workspace, whose results say which it is. */
export function writeMoneyIn(currency: string): void {
  sign = signOf(currency);
}

export function moneySign(): string {
  return sign;
}

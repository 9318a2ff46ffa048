/* Numbers and dates as a Dutch reader writes them. */

/** A share below this is the width of a line, not a piece of ground. */
export const VERWAARLOOSBAAR = 0.00005;

const NIET_BEKEND = "–";
const geheel = new Intl.NumberFormat("nl-NL", { maximumFractionDigits: 0 });
const tienden = new Intl.NumberFormat("nl-NL", {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

/** Write a count: 1.234. */
export function toonGetal(waarde) {
  return waarde === null || waarde === undefined ? NIET_BEKEND : geheel.format(waarde);
}

/** Write an area: 1.234,5 m², whole from ten thousand on. */
export function toonOppervlakte(m2) {
  if (m2 === null || m2 === undefined) return NIET_BEKEND;
  return `${(m2 >= 10_000 ? geheel : tienden).format(m2)}\u00a0m²`;
}

/** Write a share (0..1) as a percentage that never rounds a part to nothing or to all. */
export function toonAandeel(aandeel) {
  if (aandeel === null || aandeel === undefined) return NIET_BEKEND;
  const procent = aandeel * 100;
  if (procent > 0 && procent < 1) return "minder dan 1\u00a0%";
  if (procent > 99 && aandeel < 1 - VERWAARLOOSBAAR) return "ruim 99\u00a0%";
  return `${geheel.format(procent)}\u00a0%`;
}

/** Write an ISO date as 22-11-2026. */
export function toonDatum(iso) {
  if (!iso) return NIET_BEKEND;
  const [jaar, maand, dag] = iso.slice(0, 10).split("-");
  return `${dag}-${maand}-${jaar}`;
}

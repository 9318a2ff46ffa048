/* Making elements. Text only ever enters through textContent, so a name stays a name. */

const SVG = "http://www.w3.org/2000/svg";

/** Make an element with attributes and children; a string child becomes text. */
export function maak(tag, eigenschappen = {}, ...kinderen) {
  const element = document.createElement(tag);
  for (const [naam, waarde] of Object.entries(eigenschappen)) {
    if (waarde === null || waarde === undefined || waarde === false) continue;
    element.setAttribute(naam, waarde === true ? "" : String(waarde));
  }
  element.append(...kinderen.filter((kind) => kind !== null && kind !== undefined));
  return element;
}

/** Make the sample of a hardheid: the same pattern as on the map. */
export function maakStaal(code) {
  const svg = document.createElementNS(SVG, "svg");
  const vlak = document.createElementNS(SVG, "rect");
  zet(svg, { class: `staal staal-${code}`, width: 20, height: 14, "aria-hidden": "true" });
  zet(vlak, { x: 1, y: 1, width: 18, height: 12, rx: 2.5, fill: `url(#patroon-${code})` });
  svg.append(vlak);
  return svg;
}

/** Make a stacked bar of shares (0..1), each with the pattern of its code. */
export function maakBalk(delen, naam) {
  const svg = document.createElementNS(SVG, "svg");
  zet(svg, { class: "balk", role: "img", "aria-label": naam });
  let begin = 0;
  for (const { code, aandeel } of delen) {
    if (aandeel <= 0) continue;
    const deel = document.createElementNS(SVG, "rect");
    zet(deel, {
      class: `balkdeel balkdeel-${code}`,
      x: `${begin * 100}%`,
      y: "15%",
      width: `${aandeel * 100}%`,
      height: "70%",
      fill: `url(#patroon-${code})`,
    });
    svg.append(deel);
    begin += aandeel;
  }
  return svg;
}

function zet(element, eigenschappen) {
  for (const [naam, waarde] of Object.entries(eigenschappen)) element.setAttribute(naam, waarde);
}

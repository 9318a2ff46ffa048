/* Rows with one Tab stop together: arrow keys within, and scrolling that moves the list alone. */

/** Return the row to which a key leads; undefined for a key that moves nothing. */
export function kiesMetToets(gebeurtenis, rijen) {
  const plek = rijen.indexOf(gebeurtenis.target.closest("tr"));
  const laatste = rijen.length - 1;
  const naar = {
    ArrowDown: plek + 1,
    ArrowUp: plek - 1,
    PageDown: plek + 10,
    PageUp: plek - 10,
    Home: 0,
    End: laatste,
  }[gebeurtenis.key];
  if (naar === undefined) return undefined;
  gebeurtenis.preventDefault();
  return rijen[Math.min(Math.max(naar, 0), laatste)];
}

/** Make one row the Tab stop of the whole list. */
export function zetTabstop(rijen, rij) {
  for (const andere of rijen) knop(andere).tabIndex = andere === rij ? 0 : -1;
}

/** Scroll the list, and only the list, so far that a row is seen. */
export function schuifInBeeld(rol, rij) {
  const kop = rol.querySelector("thead").offsetHeight;
  const vak = rol.getBoundingClientRect();
  const plek = rij.getBoundingClientRect();
  const boven = plek.top - vak.top - kop;
  const onder = plek.bottom - vak.bottom;
  if (boven < 0) rol.scrollTop += boven;
  else if (onder > 0) rol.scrollTop += onder;
}

/** Return the button that stands for a row. */
export function knop(rij) {
  return rij?.querySelector(".rij-knop");
}

/* One event stream for all tabs of a browser: HTTP/1.1 allows six connections per host.
 *
 * A shared worker. It opens the stream at the first tab, opens it anew when told who one is
 * now, and asks now and then while the server has no place for a stream.
 */
"use strict";

const POLS_MS = 3000;
const STIL_MS = 20000;
const OPNIEUW_MS = 60000;

const poorten = new Set();
let bron = null;
let nummer = null;
let sleutel = null;
let laatsteTeken = 0;
let pols = null;

self.onconnect = ({ ports: [poort] }) => {
  poorten.add(poort);
  poort.onmessage = ({ data }) => neem(poort, data);
  poort.start();
};

function neem(poort, { soort, inhoud }) {
  if (soort === "begin") {
    if (nummer === null) nummer = inhoud.nummer;
    // A tab that opened later than the stream may lag behind it, or the other way round.
    if (inhoud.nummer < nummer) poort.postMessage({ soort: "wijziging", inhoud: { opnieuw: true, gebeurtenissen: [] } });
    if (!bron && pols === null) open();
    else if (sleutel) poort.postMessage({ soort: "welkom", inhoud: { sleutel } });
  } else if (soort === "opnieuw") {
    open();
  } else if (soort === "weg") {
    poorten.delete(poort);
  }
}

function zend(soort, inhoud) {
  for (const poort of poorten) poort.postMessage({ soort, inhoud });
}

function open() {
  clearInterval(pols);
  pols = null;
  bron?.close();
  bron = new EventSource(`/api/stroom?vanaf=${nummer}`);
  laatsteTeken = Date.now();
  for (const soort of ["welkom", "wijziging", "aanwezig", "hart"]) {
    bron.addEventListener(soort, (bericht) => {
      laatsteTeken = Date.now();
      const inhoud = JSON.parse(bericht.data);
      if (bericht.lastEventId) nummer = Math.max(nummer, Number(bericht.lastEventId));
      if (soort === "welkom") {
        sleutel = inhoud.sleutel;
        zend("staat", { verbonden: true });
      }
      if (soort !== "hart") zend(soort, inhoud);
    });
  }
  bron.onerror = () => {
    zend("staat", { verbonden: false });
    // Refused, not broken off: there is no place. The browser itself reopens a broken one.
    if (bron.readyState === EventSource.CLOSED) vraagVoortaan();
  };
}

function vraagVoortaan() {
  bron?.close();
  bron = null;
  if (pols !== null) return;
  pols = setInterval(vraag, POLS_MS);
  setTimeout(open, OPNIEUW_MS);
  vraag();
}

async function vraag() {
  try {
    const antwoord = await fetch(`/api/stroom/sinds?vanaf=${nummer}`);
    if (!antwoord.ok) return;
    const nieuws = await antwoord.json();
    nummer = nieuws.nummer;
    zend("staat", { verbonden: true });
    zend("aanwezig", { aanwezig: nieuws.aanwezig, gasten: nieuws.gasten });
    if (nieuws.opnieuw || nieuws.gebeurtenissen.length) zend("wijziging", nieuws);
  } catch {
    zend("staat", { verbonden: false });
  }
}

// A proxy that holds the stream back gives no error and no heartbeat.
setInterval(() => {
  if (bron && Date.now() - laatsteTeken > STIL_MS) vraagVoortaan();
}, POLS_MS);

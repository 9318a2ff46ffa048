/* What happens elsewhere: events of the register and who is there, from one stream per browser. */

const WERKER = new URL("./live-werker.js", import.meta.url);

export class Live extends EventTarget {
  #poort;
  #sleutel = null;
  #bewerkt = null;

  /** @param {number} stand  the last event that this page shows */
  constructor(stand) {
    super();
    this.#poort = maakPoort();
    this.#poort.onmessage = ({ data }) => this.#neem(data);
    this.#poort.start?.();
    this.#zend("begin", { nummer: stand });
    window.addEventListener("pagehide", () => this.#zend("weg", {}));
    window.addEventListener("pageshow", ({ persisted }) => persisted && window.location.reload());
  }

  /** Say again who this is. */
  opnieuw() {
    this.#zend("opnieuw", {});
  }

  /** Tell the others which locatie is being changed here; null for none. */
  bewerk(id) {
    this.#bewerkt = id;
    if (!this.#sleutel) return;
    fetch("/api/stroom/bewerkt", {
      method: "PUT",
      headers: { "Content-Type": "application/json", "X-DAEB": "1" },
      body: JSON.stringify({ sleutel: this.#sleutel, locatie: id }),
    }).catch(() => undefined);
  }

  #zend(soort, inhoud) {
    this.#poort.postMessage({ soort, inhoud });
  }

  #neem({ soort, inhoud }) {
    if (soort === "welkom") {
      this.#sleutel = inhoud.sleutel;
      if (this.#bewerkt) this.bewerk(this.#bewerkt);
    }
    this.dispatchEvent(new CustomEvent(soort, { detail: inhoud }));
  }
}

/** Return the port of the shared worker; where there are none, of a worker of this tab. */
function maakPoort() {
  if (window.SharedWorker) return new SharedWorker(WERKER, { name: "daeb-live" }).port;
  const kanaal = new MessageChannel();
  const werker = new Worker(new URL("./live-alleen.js", import.meta.url));
  werker.postMessage(null, [kanaal.port2]);
  return kanaal.port1;
}

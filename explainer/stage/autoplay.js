// Plays a lesson by itself, from where it stands to its end, while it is in view and until
// somebody takes over.

/** @import {Transport} from "./play.js" */

/** Time to read what has just happened; ms. */
const READ = 2600;

export class Autoplay {
  /**
   * @param {HTMLElement} element
   * @param {Transport} transport
   */
  constructor(element, transport) {
    this.transport = transport;
    this.timer = 0;
    this.inView = false;
    this.listening = new AbortController();
    const { signal } = this.listening;
    for (const taken of ["pointerdown", "keydown"]) {
      element.addEventListener(taken, () => this.release(), { signal, capture: true });
    }
    transport.addEventListener("state", () => this.wait(), { signal });
    this.observer = new IntersectionObserver(([{ isIntersecting }]) => {
      this.inView = isIntersecting;
      this.wait();
    }, { threshold: 0.5 });
    this.observer.observe(element);
  }

  /** The next step, after a while, if there is one and nothing moves. */
  wait() {
    clearTimeout(this.timer);
    const { playing, moving, isLast } = this.transport;
    if (this.inView && !playing && !moving && !isLast) {
      this.timer = window.setTimeout(() => this.transport.next(), READ);
    }
  }

  release() {
    clearTimeout(this.timer);
    this.observer.disconnect();
    this.listening.abort();
  }
}

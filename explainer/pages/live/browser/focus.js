// A button that goes away when it is pressed leaves the focus to what stays near it, not to nothing.

/**
 * What can be focused first within an element or root, shadow trees and all.
 * @param {ParentNode} root
 * @returns {HTMLElement | null}
 */
function first(root) {
  for (const element of root.querySelectorAll("*")) {
    const focusable = element.matches("button:enabled, input:enabled, select:enabled, [tabindex='0']");
    if (focusable && element.checkVisibility?.() !== false) return /** @type {HTMLElement} */ (element);
    const inside = element.shadowRoot && first(element.shadowRoot);
    if (inside) return inside;
  }
  return null;
}

/** Looks after the button that was pressed last, until it has gone or another is pressed. */
export class Focus {
  constructor() {
    this.observer = new MutationObserver(() => this.look());
    /** @type {EventTarget[]} the button, and all that it stands in */
    this.path = [];
    this.press = (/** @type {MouseEvent} */ event) => {
      this.end();
      this.path = event.composedPath();
      if (!(this.path[0] instanceof HTMLButtonElement)) return;
      for (const root of this.path) {
        // an observer sees one tree, and no shadow tree within
        if (root instanceof ShadowRoot || root === document.body) {
          this.observer.observe(/** @type {Node} */ (root), { childList: true, subtree: true });
        }
      }
    };
  }

  look() {
    const [button, ...around] = this.path;
    if (/** @type {Node} */ (button).isConnected) return;
    this.end();
    if (document.activeElement !== document.body) return;
    for (const place of around) {
      const near = place instanceof Element || place instanceof ShadowRoot ? place.isConnected && first(place) : null;
      if (near) return near.focus();
    }
  }

  end() {
    this.observer.disconnect();
  }
}

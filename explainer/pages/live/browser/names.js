// Names for the parts of Bokeh's widgets that have none, so that a screen reader can tell them.

/**
 * Name the unnamed within a node, its shadow trees included, now and whenever something is added;
 * gives what ends it.
 * @param {Node} root
 * @returns {() => void}
 */
export function nameParts(root) {
  const observer = new MutationObserver((changes) => {
    for (const { addedNodes } of changes) addedNodes.forEach(visit);
  });
  /** @param {Node} node */
  function visit(node) {
    if (node instanceof Element) {
      name(node);
      if (node.shadowRoot) enter(node.shadowRoot);
    }
    node.childNodes.forEach(visit);
  }
  /** @param {Node} tree */
  function enter(tree) {
    observer.observe(tree, { childList: true, subtree: true });
    tree.childNodes.forEach(visit);
  }
  enter(root);
  return () => observer.disconnect();
}

/** @param {Element} element */
function name(element) {
  if (element.matches(".noUi-handle")) {
    const tree = /** @type {ShadowRoot} */ (element.getRootNode());
    const title = tree.querySelector(".bk-slider-title, label")?.textContent ?? "";
    element.setAttribute("aria-label", title.replace(/:.*$/, "").trim());
  } else if (element.matches(".bk-spin-btn")) {
    element.setAttribute("aria-hidden", "true"); // the field itself counts by its arrow keys
    element.setAttribute("tabindex", "-1");
  }
}

// Two buttons that save a Bokeh plot as it stands, as PNG or SVG.

export function render({ model, el }) {
  const group = document.createElement("div");
  group.setAttribute("role", "group");
  for (const kind of ["png", "svg"]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = kind.toUpperCase();
    button.addEventListener("click", () => save(model, kind));
    group.append(button);
  }
  const label = () => {
    group.setAttribute("aria-label", model.label);
    for (const button of group.children) button.title = `${model.label}: ${button.textContent}`;
  };
  model.on("label", label);
  label();
  return group;
}

/** Bokeh paints the plot anew onto a layer of the kind that is asked for. */
async function save(model, kind) {
  const view = window.Bokeh.index.find_one_by_id(model.plot);
  const blob = await view.export(kind).to_blob();
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `${model.filename}.${kind}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

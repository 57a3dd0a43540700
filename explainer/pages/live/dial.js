// A number that is dragged or typed: the browser's own inputs, which keyboards and screen readers
// know, in place of Bokeh's, which have no names.

export function render({ model }) {
  const label = document.createElement("label");
  const name = document.createElement("span");
  const input = document.createElement("input");
  input.type = model.typed ? "number" : "range";
  const show = () => {
    Object.assign(input, { min: model.start, max: model.end, step: model.step });
    input.value = model.value;
    name.textContent = model.typed ? model.label : `${model.label}: ${input.value}`;
  };
  input.addEventListener(model.typed ? "change" : "input", () => {
    if (input.value !== "" && input.validity.valid) model.value = Number(input.value);
    show(); // what makes no sense is taken back
  });
  for (const changed of ["label", "value", "start", "end"]) model.on(changed, show);
  show();
  label.append(name, input);
  return label;
}

// Shows a question only while its condition holds; without this script the
// server reveals it when the page is saved.
const fields = [...document.querySelectorAll("[data-show-when]")];

function valuesOf(form, name) {
  const control = form.elements.namedItem(name);
  if (!control) return [];
  const controls = control instanceof RadioNodeList ? [...control] : [control];
  return controls
    .filter((one) => !["radio", "checkbox"].includes(one.type) || one.checked)
    .map((one) => one.value);
}

function update() {
  for (const field of fields) {
    const [name, wanted] = field.dataset.showWhen.split("=");
    const form = field.closest("form");
    const holds = valuesOf(form, name).some((value) => wanted.split(",").includes(value));
    field.hidden = !holds;
  }
}

document.addEventListener("change", update);
update();

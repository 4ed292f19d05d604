// The control API's description, read from its own OpenAPI document.

const { paths } = await (await fetch("/sim/openapi.json")).json();
for (const [path, operations] of Object.entries(paths)) {
  for (const [verb, operation] of Object.entries(operations)) {
    const term = document.createElement("dt");
    const method = document.createElement("b");
    method.textContent = verb.toUpperCase();
    term.append(method, ` ${path}`);
    const text = document.createElement("dd");
    text.textContent = [operation.summary, operation.description].filter(Boolean).join(" ");
    document.getElementById("routes").append(term, text);
  }
}

// The control API of the simulator, as the page needs it.

export async function get(path) {
  return answer(await fetch(path));
}

export async function send(method, path, body) {
  const headers = { "Content-Type": "application/json" };
  return answer(await fetch(path, { method, headers, body: JSON.stringify(body ?? {}) }));
}

export async function upload(path, fields, files) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  for (const file of files) form.append("file", file);
  return answer(await fetch(path, { method: "POST", body: form }));
}

/** Calls back, at most every 150 ms, after something happened; and when the connection came back. */
export function onChange(callback) {
  let due = null;
  const soon = () => (due ??= setTimeout(() => ((due = null), callback()), 150));
  const source = new EventSource("/sim/events");
  source.onmessage = soon;
  source.onopen = soon;
}

async function answer(response) {
  const body = await response.json();
  if (!response.ok) throw new Error(body.error ?? response.statusText);
  return body;
}

// From data to elements. Text always goes in as text; the one exception is `html`, which the simulator makes itself
// out of plain text and entities, everything escaped (and the page's Content-Security-Policy lets nothing in it run).

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

export function avatar(name, id) {
  const letters = [...name.matchAll(/[\p{L}\p{N}]+/gu)].map(([word]) => [...word][0]);
  const initials = (letters.length > 1 ? letters[0] + letters.at(-1) : letters[0] ?? "?").toUpperCase();
  const made = element("div", { class: "avatar", "aria-hidden": "true" }, initials);
  made.style.setProperty("--hue", String((Math.abs(Number(id)) * 47) % 360));
  return made;
}

/** The people of the simulation are in the Netherlands, wherever the reader's computer is. */
const zone = { timeZone: "Europe/Amsterdam" };
const toHour = { ...zone, hour: "2-digit", minute: "2-digit" };
const toDay = { ...zone, weekday: "long", day: "numeric", month: "long", year: "numeric" };
const toMoment = { ...zone, day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" };

export const hour = (moment) => new Date(moment).toLocaleTimeString("nl-NL", toHour);
export const day = (moment) => new Date(moment).toLocaleDateString("nl-NL", toDay);
export const clockTime = (moment) => new Date(moment).toLocaleString("nl-NL", toMoment).replace(",", "");

export function preview(message) {
  if (!message) return "";
  if (message.service) return service(message);
  const kind = message.photo ? "🖼 Foto" : message.document ? `📎 ${message.document.file_name}` : "";
  return [kind, message.text ?? message.caption].filter(Boolean).join(" · ");
}

export function messages(view, user, actions) {
  const byId = new Map(view.messages.map((message) => [message.message_id, message]));
  const drawn = view.messages.length ? [] : [emptyNote(view.chat)];
  let lastDay = null;
  for (const message of view.messages) {
    if (day(message.date) !== lastDay) drawn.push(element("div", { class: "day" }, (lastDay = day(message.date))));
    drawn.push(message.service ? serviceNote(message, actions) : bubble(message, view, user, byId, actions));
  }
  return drawn;
}

function emptyNote(chat) {
  const words = chat.description ? [element("b", {}, "Wat kan deze bot?"), chat.description] : ["Nog geen berichten"];
  return element("div", { class: "service about" }, ...words);
}

function serviceNote(message, actions) {
  const target = message.service.message_id;
  const attributes = { class: "service", id: `m${message.message_id}` };
  return target ? element("button", { ...attributes, onclick: () => actions.show(target) }, service(message))
    : element("div", attributes, service(message));
}

function service(message) {
  const who = message.from.first_name;
  const names = message.service.names?.join(", ");
  switch (message.service.kind) {
    case "pinned_message": return `${who} heeft een bericht vastgezet`;
    case "new_chat_members": return `${who} heeft ${names} toegevoegd`;
    case "left_chat_member": return names === who ? `${who} heeft de groep verlaten` : `${who} heeft ${names} verwijderd`;
    case "migrate_to_chat_id": return "Deze groep is omgezet in een supergroep";
    case "migrate_from_chat_id": return "Deze supergroep komt voort uit een groep";
    default: return message.service.kind;
  }
}

function bubble(message, view, user, byId, actions) {
  const own = message.from.id === user.id;
  const group = view.chat.type !== "private";
  const words = element("div", { class: "words" });
  // A quotation or a block of code is a block already: the line breaks beside it would show as empty lines.
  words.innerHTML = message.html.replace(/\n?(<(?:blockquote|pre)>)/g, "$1").replace(/(<\/(?:blockquote|pre)>)\n?/g, "$1");
  const meta = [message.pinned ? "📌" : "", message.edited ? "bewerkt" : "", hour(message.date)].filter(Boolean).join(" ");
  words.style.setProperty("--meta", `${0.52 * meta.length + 0.9}rem`);
  const body = element(
    "div",
    { class: "bubble" },
    group && !own ? element("div", { class: "author" }, message.from.first_name) : null,
    message.forwarded ? element("div", { class: "origin" }, `Doorgestuurd van ${message.forwarded}`) : null,
    reply(byId.get(message.reply_to), actions),
    photo(message.photo),
    document_(message.document),
    message.html ? words : null,
    element("span", { class: message.html ? "meta" : "meta alone" }, meta),
  );
  const rows = message.buttons.map((row) => element("div", { class: "row" }, ...row.map((key) => button(key, message, actions))));
  const keys = rows.length ? element("div", { class: "keys" }, ...rows) : null;
  const classes = ["message", own ? "own" : "", keys ? "keyed" : ""].join(" ");
  return element("article", { class: classes, id: `m${message.message_id}` }, body, keys);
}

function reply(replied, actions) {
  if (!replied) return null;
  const text = element("span", {}, preview(replied));
  return element("div", { class: "reply", onclick: () => actions.show(replied.message_id) }, replied.from.first_name, text);
}

function photo(file) {
  if (!file) return null;
  const address = `/sim/files/${file.file_unique_id}`;
  const image = element("img", { src: address, alt: "Foto", width: file.width, height: file.height, loading: "lazy" });
  return element("a", { class: "photo", href: address, target: "_blank", rel: "noopener" }, image);
}

function document_(file) {
  if (!file) return null;
  const kind = file.file_name.includes(".") ? file.file_name.split(".").at(-1).slice(0, 4) : "?";
  return element(
    "a",
    { class: "document", href: `/sim/files/${file.file_unique_id}`, target: "_blank", rel: "noopener" },
    element("span", { class: "kind", "aria-hidden": "true" }, kind),
    element("span", {}, element("b", {}, file.file_name), element("small", {}, size(file.file_size))),
  );
}

function size(bytes) {
  const number = (value) => value.toLocaleString("nl-NL", { maximumFractionDigits: 1 });
  if (bytes < 1024) return `${bytes} bytes`;
  return bytes < 1024 ** 2 ? `${number(bytes / 1024)} kB` : `${number(bytes / 1024 ** 2)} MB`;
}

function button(key, message, actions) {
  const classes = ["key", key.style ?? "", key.url ? "out" : ""].join(" ");
  if (key.url) {
    return element("a", { class: classes, href: key.url, target: "_blank", rel: "noopener" }, key.label);
  }
  const busy = actions.isBusy(message, key);
  return element("button", { class: classes, "aria-busy": String(busy), onclick: () => actions.press(message, key) }, key.label);
}

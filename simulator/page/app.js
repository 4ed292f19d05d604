// The page of chats: one person's view at a time, live.

import { get, onChange, send, upload } from "/page/api.js";
import { avatar, clockTime, element, hour, messages, preview } from "/page/draw.js";

const $ = (id) => document.getElementById(id);
const state = { people: [], user: null, chat: null, view: null, drawn: "", offset: 0, busy: new Set() };

// Where we are: #user=…&chat=…

function place() {
  const fields = new URLSearchParams(location.hash.slice(1));
  return { user: Number(fields.get("user")) || null, chat: fields.get("chat") };
}

function go(user, chat) {
  location.hash = user ? new URLSearchParams(chat ? { user, chat } : { user }).toString() : "";
}

// What is seen

async function refresh() {
  state.people = await get("/sim/overview");
  const { user, chat } = place();
  const chosen = state.people.find((person) => person.user.id === user);
  state.user = chosen?.user ?? null;
  state.chat = chosen?.chats.find((item) => item.key === chat) ?? chosen?.chats.find((item) => item.type === "private") ?? null;
  drawPeople();
  if (state.chat) state.view = await get(`${chatPath()}?as=${state.user.id}&seen=1`);
  drawChat();
}

const chatPath = () => `/sim/chats/${encodeURIComponent(state.chat.key)}`;

function drawPeople() {
  const wanted = $("search").value.trim().toLowerCase();
  const shown = state.people.filter(({ user }) => user.full_name.toLowerCase().includes(wanted));
  const newest = ({ chats }) => chats[0]?.last_message?.date ?? "";
  shown.sort((one, other) => newest(other).localeCompare(newest(one)));
  const entries = shown.flatMap(({ user, chats }) => {
    const current = user.id === state.user?.id;
    const several = current && chats.length > 1;
    const unread = several ? 0 : chats.reduce((sum, chat) => sum + chat.unread, 0);
    const first = entry(user.full_name, user.id, chats[0], { current: current && !several, unread, open: () => go(user.id) });
    if (!several) return [first];
    const subs = chats.map((chat) =>
      entry(chat.name, chat.id, chat, { sub: true, current: chat.key === state.chat?.key, unread: chat.unread, open: () => go(user.id, chat.key) }),
    );
    return [first, ...subs];
  });
  const nobody = element("p", { class: "nothing" }, state.people.length ? "Niemand gevonden." : "Er zijn nog geen personen.");
  const scrolled = $("people").scrollTop;
  const focused = document.activeElement?.dataset?.key;
  $("people").replaceChildren(...(entries.length ? entries : [nobody]));
  $("people").scrollTop = scrolled;
  if (focused) $("people").querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

function entry(name, id, chat, { current, unread, open, sub = false }) {
  const last = chat?.last_message;
  const line = (...parts) => element("div", { class: "line" }, ...parts);
  return element(
    "button",
    { class: sub ? "entry sub" : "entry", "aria-current": String(current), "data-key": `${sub} ${id}`, onclick: open },
    avatar(name, id),
    element(
      "div",
      { class: "lines" },
      line(element("span", { class: "name" }, name), last ? element("time", {}, hour(last.date)) : null),
      line(element("span", { class: "preview" }, preview(last) || "Nog geen berichten"), unread ? element("span", { class: "badge" }, unread) : null),
    ),
  );
}

function drawChat() {
  document.body.classList.toggle("chatting", Boolean(state.chat));
  $("main").hidden = !state.chat;
  document.title = state.chat ? `${state.user.full_name} · Telegram-simulator` : "Gesprekken · Telegram-simulator";
  if (!state.chat) return;
  const { chat } = state.view;
  const isPrivate = chat.type === "private";
  $("head-avatar").replaceChildren(avatar(chat.name, isPrivate ? chat.key : chat.id));
  $("title").textContent = chat.name;
  $("subtitle").textContent = `gezien door ${state.user.full_name}` + (isPrivate ? ` · @${chat.bot}` : ` · ${chat.member_count} leden`);
  $("block").hidden = !isPrivate || !chat.opened;
  $("block").textContent = chat.blocked ? "Deblokkeren" : "Blokkeren";
  drawPinned();
  const waits = isPrivate && !chat.opened;
  $("start").hidden = !(waits || chat.blocked);
  $("start").textContent = chat.blocked ? "DEBLOKKEREN" : "START";
  $("composer").hidden = !$("start").hidden;
  drawMessages();
}

function drawPinned() {
  const pinned = state.view.messages.filter((message) => message.pinned).at(-1);
  $("pinned").hidden = !pinned;
  if (!pinned) return;
  $("pinned").replaceChildren(element("b", {}, "Vastgezet bericht"), element("span", {}, preview(pinned).replaceAll("\n", " ")));
  $("pinned").onclick = () => show(pinned.message_id);
}

function drawMessages() {
  const key = JSON.stringify([state.user.id, state.view, [...state.busy]]);
  if (key === state.drawn) return;
  const log = $("messages");
  const same = log.dataset.place === `${state.user.id} ${state.chat.key}`;
  const atEnd = !same || log.scrollHeight - log.scrollTop - log.clientHeight < 60;
  log.dataset.place = `${state.user.id} ${state.chat.key}`;
  log.replaceChildren(...messages(state.view, state.user, { press, show, isBusy }));
  state.drawn = key;
  if (atEnd) log.scrollTop = log.scrollHeight;
}

function show(number) {
  const found = $(`m${number}`);
  if (!found) return;
  found.scrollIntoView({ block: "center", behavior: "smooth" });
  found.classList.add("flash");
  setTimeout(() => found.classList.remove("flash"), 1300);
}

// What is done

const busyKey = (message, key) => `${state.chat.key} ${message.message_id} ${key.data}`;
const isBusy = (message, key) => state.busy.has(busyKey(message, key));

async function press(message, key) {
  if (key.copy) {
    await navigator.clipboard.writeText(key.copy);
    return toast("Gekopieerd");
  }
  const mark = busyKey(message, key);
  state.busy.add(mark);
  drawMessages();
  try {
    const body = { user: state.user.id, chat: state.chat.key, message_id: message.message_id, data: key.data, wait: 15 };
    const { answer } = await send("POST", "/sim/press", body);
    if (!answer) toast("De bot heeft niet geantwoord.");
    else if (answer.url) follow(answer.url);
    else if (answer.text && answer.show_alert) alertBox(answer.text);
    else if (answer.text) toast(answer.text);
  } finally {
    state.busy.delete(mark);
    drawMessages();
  }
}

async function write(text) {
  if (text.trim()) await send("POST", `${chatPath()}/messages`, { from: state.user.id, text });
}

/** Follows a link: one to the bot itself starts it with its payload, as Telegram does. */
function follow(link) {
  const address = new URL(link, location.href);
  const isBot = address.hostname === "t.me" && address.pathname === `/${state.view.chat.bot}`;
  if (!isBot) return window.open(link, "_blank", "noopener");
  return send("POST", `${chatPath()}/start`, { from: state.user.id, payload: address.searchParams.get("start") ?? "" });
}

async function commandMenu() {
  const menu = $("menu");
  if (!menu.hidden) return closeMenu();
  const commands = await get(`/sim/commands?as=${state.user.id}&chat=${encodeURIComponent(state.chat.key)}`);
  const items = commands.map(({ command, description }) =>
    element("button", { role: "menuitem", onclick: () => (closeMenu(), attempt(() => write(`/${command}`))) }, element("b", {}, `/${command}`), element("span", {}, description)),
  );
  menu.replaceChildren(...(items.length ? items : [element("p", { class: "nothing" }, "De bot heeft hier geen opdrachten.")]));
  menu.hidden = false;
  menu.querySelector("button")?.focus();
}

function closeMenu() {
  $("menu").hidden = true;
  $("text").focus();
}

// Notices

let toastTimer;
function toast(text) {
  $("toast").textContent = text;
  $("toast").classList.add("shown");
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => $("toast").classList.remove("shown"), 3500);
}

function alertBox(text) {
  $("alert").querySelector("p").textContent = text;
  $("alert").showModal();
}

async function attempt(action) {
  try {
    await action();
  } catch (error) {
    toast(`Dat lukte niet: ${error.message}`);
  }
}

// Wiring

$("search").oninput = drawPeople;
$("back").onclick = () => go(null);
$("commands").onclick = () => attempt(commandMenu);
$("start").onclick = () => attempt(() => (state.view.chat.blocked ? toggleBlock() : send("POST", `${chatPath()}/start`, { from: state.user.id })));
$("block").onclick = () => attempt(toggleBlock);
const toggleBlock = () => send("POST", `/sim/users/${state.user.id}/${state.view.chat.blocked ? "unblock" : "block"}`, { bot: state.chat.key });

$("composer").onsubmit = (event) => {
  event.preventDefault();
  const text = $("text").value;
  $("text").value = "";
  $("text").dispatchEvent(new Event("input"));
  attempt(() => write(text));
};
$("text").oninput = () => {
  $("text").style.height = "auto";
  $("text").style.height = `${$("text").scrollHeight}px`;
};
$("text").onkeydown = (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    $("composer").requestSubmit();
  }
};
$("files").onchange = () => {
  const files = [...$("files").files];
  $("files").value = "";
  attempt(() => upload(`${chatPath()}/documents`, { from: state.user.id, caption: "" }, files));
};
$("menu").onkeydown = (event) => {
  const items = [...$("menu").querySelectorAll("button")];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Escape") closeMenu();
  if (!step || !items.length) return;
  event.preventDefault();
  items.at((items.indexOf(document.activeElement) + step) % items.length).focus();
};
$("messages").onclick = (event) => {
  const target = event.target;
  if (target.matches(".bot_command")) attempt(() => write(target.textContent));
  if (target.closest("tg-spoiler")) target.closest("tg-spoiler").classList.add("shown");
  const link = target.closest("a");
  if (link?.hostname === "t.me") {
    event.preventDefault();
    attempt(() => follow(link.href));
  } else if (link) link.target = "_blank";
};
$("add-person").onclick = () => ($("person").querySelector("form").reset(), $("person").showModal());
$("person").onclose = () => {
  if ($("person").returnValue !== "add") return;
  const fields = Object.fromEntries(new FormData($("person").querySelector("form")));
  attempt(async () => go((await send("POST", "/sim/users", { ...fields, last_name: fields.last_name || null })).id));
};
addEventListener("hashchange", () => attempt(refresh));
onChange(() => attempt(refresh));

async function readClock() {
  state.offset = (await get("/sim/clock")).offset_seconds * 1000;
}
setInterval(() => ($("clock").textContent = clockTime(Date.now() + state.offset)), 500);
setInterval(() => attempt(readClock), 5000);
attempt(readClock);
attempt(refresh);

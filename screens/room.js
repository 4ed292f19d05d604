// Looks for what is new, and changes only the parts that differ, so that a screen reader reads no more than that.
const offline = document.getElementById("offline");
async function look() {
  try {
    const answer = await fetch(location.href, { cache: "no-store", signal: AbortSignal.timeout(5000) });
    if (!answer.ok) throw new Error(answer.status);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of document.querySelectorAll("main > section, title")) {
      const found = part.id ? fresh.getElementById(part.id) : fresh.querySelector("title");
      if (found && found.innerHTML !== part.innerHTML) part.innerHTML = found.innerHTML;
    }
    offline.hidden = true;
  } catch {
    offline.hidden = false;
  }
  setTimeout(look, 2000);
}
setTimeout(look, 2000);

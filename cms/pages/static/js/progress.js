// Shows how far a check is, without a reload; with its end the page is drawn anew.
const PAUSE = 2000;
const place = () => document.querySelector("[data-running]");

async function look() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-running]");
  if (!fresh) { location.reload(); return; }
  place()?.replaceWith(fresh);
  setTimeout(look, PAUSE);
}

if (place()) setTimeout(look, PAUSE);

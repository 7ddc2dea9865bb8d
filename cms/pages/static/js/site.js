// Progressive enhancement only: every page works without this file.

/** Shows the time left until an instant, counted on the server's clock. */
class TimeLeft extends HTMLElement {
  connectedCallback() {
    const serverNow = Number(document.documentElement.dataset.now);
    this.skew = serverNow - performance.timeOrigin - TimeLeft.parsedAt;
    this.until = Date.parse(this.getAttribute("until"));
    this.timer = setInterval(() => this.show(), 1000);
    this.show();
  }
  disconnectedCallback() { clearInterval(this.timer); }
  show() {
    const now = performance.timeOrigin + performance.now() + this.skew;
    const left = Math.max(0, Math.floor((this.until - now) / 1000));
    if (left === 0) { this.textContent = "已到期"; clearInterval(this.timer); return; }
    const days = Math.floor(left / 86400);
    const clock = [left % 86400 / 3600, left % 3600 / 60, left % 60]
      .map((part) => String(Math.floor(part)).padStart(2, "0")).join(":");
    this.textContent = days ? `${days}天 ${clock}` : clock;
  }
}
TimeLeft.parsedAt = performance.now();
customElements.define("time-left", TimeLeft);

// The error summary takes the focus, so that a screen reader starts there.
document.querySelector(".error-summary")?.focus();

// A second click on a submit button must not send the form twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  setTimeout(() => { delete form.dataset.sent; }, 5000);
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
  const copy = event.target.closest("[data-copy]");
  if (copy) {
    navigator.clipboard?.writeText(copy.dataset.copy).then(() => {
      copy.textContent = "已复制";
    });
  }
});

// On a phone the menu starts closed; on a wide screen it is always open.
const menu = document.querySelector(".nav details");
if (menu) menu.open = matchMedia("(min-width: 48.01rem)").matches;

// Browsers that cannot open the filters by style alone open them here.
const facets = document.querySelector(".facets");
if (facets && !CSS.supports("selector(::details-content)")) {
  facets.open = matchMedia("(min-width: 60rem)").matches;
}

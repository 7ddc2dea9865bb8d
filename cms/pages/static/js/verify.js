// Compares a text or a file with the published hash on the reader's own device.
// Without this module, or outside a secure context, the form asks the server.

/** The text with one kind of line end and no blanks at line ends, as it was hashed. */
export function normalized(text) {
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  const trimmed = lines.map((line) => line.replace(/\s+$/u, "")).join("\n");
  return trimmed.replace(/^\n+|\n+$/g, "") + "\n";
}

async function sha256(bytes) {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return Array.from(new Uint8Array(digest), (byte) =>
    byte.toString(16).padStart(2, "0")).join("");
}

class VerifyText extends HTMLElement {
  connectedCallback() {
    if (!globalThis.crypto?.subtle) return;
    this.form = this.querySelector("form");
    this.outcome = this.querySelector("[data-outcome]");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      event.stopPropagation();
      this.compare(this.form.elements.file.files[0]);
    });
    this.addEventListener("dragover", (event) => event.preventDefault());
    this.addEventListener("drop", (event) => {
      event.preventDefault();
      if (event.dataTransfer.files[0]) this.compare(event.dataTransfer.files[0]);
    });
  }
  async compare(file) {
    let text = this.form.elements.text.value;
    if (!file && !text.trim()) {
      this.show("warn", "请粘贴文本、哈希值，或选择文件。");
      return;
    }
    if (file) {
      const bytes = await file.arrayBuffer();
      if (await sha256(bytes) === this.getAttribute("sha256")) { this.tell(true); return; }
      text = new TextDecoder("utf-8").decode(bytes).replace(/^\ufeff/, "");
    }
    const typed = text.trim().toLowerCase();
    const known = [this.getAttribute("sha256"), this.getAttribute("sm3")];
    const hash = await sha256(new TextEncoder().encode(normalized(text)));
    this.tell(known.includes(typed) || known.includes(hash));
  }
  tell(same) {
    this.show(same ? "ok" : "stop", same
      ? "一致：与发布时的固定文本相同。"
      : "不一致：与发布时的固定文本不同，可能被改动。");
  }
  show(tone, text) {
    this.outcome.className = `notice-bar ${tone}`;
    this.outcome.textContent = text;
  }
}
customElements.define("verify-text", VerifyText);

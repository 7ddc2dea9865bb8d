// A pilcrow copies the full address of its article; without a script it is a link.
for (const link of document.querySelectorAll(".pilcrow")) {
  link.addEventListener("click", () => {
    navigator.clipboard?.writeText(link.href).then(() => {
      link.dataset.copied = "已复制";
      setTimeout(() => delete link.dataset.copied, 2000);
    }).catch(() => {});
  });
}

// Progressive enhancement only: on a phone the facets start closed, the list comes sooner.
if (matchMedia("(max-width: 60rem)").matches) {
  for (const group of document.querySelectorAll(".filters details")) {
    if (!group.querySelector("[aria-current]")) group.open = false;
  }
}

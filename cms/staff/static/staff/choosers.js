// Starts the choosers of Wagtail's admin. Wagtail starts each by an inline script,
// which the admin's policy refuses; our widgets leave a mark in its place.
(() => {
  const starters = {
    initDateChooser: (input, options) => window.initDateChooser(input, options),
    initTimeChooser: (input, options) => window.initTimeChooser(input, options),
    initDateTimeChooser: (input, options) => window.initDateTimeChooser(input, options),
    Chooser: (input, options) => new window.Chooser(input, options),
    PageChooser: (input, options) => new window.PageChooser(input, options),
    ImageChooser: (input, options) => new window.ImageChooser(input, options),
    DocumentChooser: (input, options) => new window.DocumentChooser(input, options),
  };

  const start = () => {
    for (const mark of document.querySelectorAll("template[data-chooser]")) {
      const { chooser, input, config } = mark.dataset;
      if (Object.hasOwn(starters, chooser) && window[chooser]) {
        mark.remove();
        starters[chooser](input, JSON.parse(config));
      }
    }
  };

  // Once the page is read, but before Wagtail's controllers start with
  // DOMContentLoaded: a menu takes its buttons out of the chooser then.
  const begin = () => {
    start();
    // Filters and dialogs bring their fields later.
    new MutationObserver(start).observe(document.body, {
      childList: true,
      subtree: true,
    });
  };
  document.addEventListener("readystatechange", begin, { once: true });
})();

// Puts the editor in the place of the plain field of the SPARQL page. Whatever is missing, the field stays.
// The form sends what the editor holds; a query too long for an address goes by POST.
"use strict";

(() => {
  const field = document.getElementById("query");
  const data = document.getElementById("editor-data");
  const Yasqe = window.Yasqe;
  if (!field || !data || !Yasqe) return;

  const LONGEST_ADDRESS = 6000;
  const { prefixes, classes, properties, label } = JSON.parse(data.textContent);

  // Completion knows our own vocabulary; nothing is asked of other hosts.
  const complete = (base, name, terms) =>
    Yasqe.forkAutocompleter(base, { name, get: () => terms, persistenceId: null }, false);
  complete("prefixes", "city-prefixes", Object.entries(prefixes).map(([name, iri]) => `${name}: <${iri}>`));
  complete("class", "city-classes", classes);
  complete("property", "city-properties", properties);

  const place = document.createElement("div");
  field.after(place);
  const editor = new Yasqe(place, {
    value: field.value,
    persistenceId: null,
    consumeShareLink: null,
    createShareableLink: undefined,
    prefixCcApi: null,
    showQueryButton: false,
    pluginButtons: undefined,
    resizeable: true,
    editorHeight: "18rem",
    autocompleters: ["city-prefixes", "city-classes", "city-properties", "variables"],
    screenReaderLabel: label,
    // Tab leaves the editor, so that nobody without a mouse is caught in it.
    extraKeys: { ...Yasqe.defaults.extraKeys, Tab: false, "Shift-Tab": false, "Ctrl-Enter": send, "Cmd-Enter": send },
  });
  field.hidden = true;
  field.required = false;

  function take() {
    field.value = editor.getValue();
    field.form.method = encodeURIComponent(field.value).length > LONGEST_ADDRESS ? "post" : "get";
  }
  function send() {
    field.form.requestSubmit();
  }
  field.form.addEventListener("submit", take);
})();

// The check page beyond its plain form: words marked where they were written, and pictures dropped in and looked at.
(() => {
  const form = document.getElementById("draft");
  const text = document.getElementById("id_text");
  const findings = document.getElementById("findings");

  // A copy of the text lies under the box, letter on letter, and shows the marks through it.
  const under = document.createElement("div");
  const paper = document.createElement("div");
  under.className = "under";
  under.setAttribute("aria-hidden", "true");
  paper.className = "paper";
  text.replaceWith(paper);
  paper.append(under, text);
  form.classList.add("inplace");
  const follow = () => { under.scrollTop = text.scrollTop; };
  const mark = () => {
    const copy = findings.querySelector(".marked blockquote");
    under.replaceChildren(...(copy ? [...copy.cloneNode(true).childNodes, "\n"] : []));
    follow();
  };
  text.addEventListener("scroll", follow, { passive: true });
  text.addEventListener("input", () => under.replaceChildren());
  document.addEventListener("htmx:afterSettle", mark);
  mark();
  // What was asked already is not asked again, as on leaving a field: new findings would take the keyboard's place away.
  let asked = "";
  const told = () => [...new FormData(form)].filter(([name]) => !name.startsWith("reason:")).join("\n");
  form.addEventListener("htmx:confirm", (event) => {
    if (event.target !== form) return;
    if (told() === asked) event.preventDefault();
    else asked = told();
  });
  for (const failed of ["htmx:responseError", "htmx:sendError"]) form.addEventListener(failed, () => { asked = ""; });
  // What was typed before this page was ready, or brought back by the browser, is looked at too.
  addEventListener("load", () => {
    if (text.value.trim() && !findings.querySelector(".verdict")) text.dispatchEvent(new Event("input", { bubbles: true }));
  });

  // How many pictures there are, and what is said of each, goes into the form; what the files hold is asked apart.
  const [zone, row, list, choose] = ["pictures", "picture", "chosen", "choose"].map((id) => document.getElementById(id));
  const [count, words, looked] = ["id_pictures", "id_descriptions", "id_looked"].map((id) => document.getElementById(id));
  const most = Number(count.max);
  const tell = () => {
    const said = [...list.querySelectorAll("input")].map((input) => input.value.replace(/\s+/g, " "));
    looked.value = [...list.children].map((each) => each.querySelector(".seen")?.dataset.file ?? "").join(",");
    count.value = said.length;
    words.value = said.join("\n");
    words.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const number = () => [...list.children].forEach((each, place) => {
    each.querySelector(".which").textContent = `What picture ${place + 1} shows`;
    each.querySelector("button").setAttribute("aria-label", `Take picture ${place + 1} out`);
  });
  const ask = async (address, name, value) => {
    const sent = new FormData();
    sent.append(name, value);
    sent.append("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    const answer = await fetch(address, { method: "POST", body: sent, headers: { "HX-Request": "true" } });
    if (!answer.ok || answer.headers.has("HX-Redirect")) throw new Error();
    return answer.text();
  };
  let queue = Promise.resolve();  // one picture after another, so that the check of the words never waits
  const look = async (file, given) => {
    if (!given.isConnected) return;
    given.textContent = "Looking at what the file gives away …";
    try {
      given.innerHTML = await ask(zone.dataset.look, "chosen", file);
      const sight = given.querySelector("[data-sight]");
      if (!sight) return;
      sight.outerHTML = await ask(sight.dataset.sight, "for", "draft");
      if (given.isConnected) tell();  // the words that were read in it are reviewed
    } catch {
      given.textContent = "It could not be looked at. Try it under Files, and do not post it before.";
    }
  };
  const add = (file, said = "") => {
    if (list.children.length >= most) return;
    const each = row.content.firstElementChild.cloneNode(true);
    const picture = each.querySelector("img");
    if (file) {
      picture.src = URL.createObjectURL(file);
      picture.addEventListener("load", () => URL.revokeObjectURL(picture.src), { once: true });
      picture.addEventListener("error", () => { picture.hidden = true; }, { once: true });
    } else {
      picture.hidden = true;
    }
    each.querySelector(".file").textContent = file ? file.name : "";
    each.querySelector("input").value = said;
    list.append(each);
    number();
    if (file && zone.dataset.look) {
      const given = each.querySelector(".given");
      given.textContent = "Waiting to be looked at …";
      queue = queue.then(() => look(file, given));
    }
    return each;
  };
  const take = (files) => {
    const shown = [...files].filter((file) => file.type.startsWith("image/")).map((file) => add(file)).filter(Boolean);
    if (!shown.length) return false;
    zone.closest("details").open = true;
    tell();
    shown[0].querySelector("input").focus();
    return true;
  };
  list.addEventListener("input", (event) => { event.stopPropagation(); tell(); });
  list.addEventListener("click", (event) => {
    if (!event.target.closest("button")) return;
    event.target.closest("li").remove();
    number();
    tell();
    choose.focus();
  });
  choose.addEventListener("change", (event) => { event.stopPropagation(); take(choose.files); choose.value = ""; });
  form.addEventListener("dragover", (event) => { if (event.dataTransfer.types.includes("Files")) event.preventDefault(); });
  form.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    take(event.dataTransfer.files);
  });
  form.addEventListener("paste", (event) => { if (take(event.clipboardData.files)) event.preventDefault(); });
  const said = words.value ? words.value.split("\n") : [];
  for (let place = 0; place < Math.max(said.length, Number(count.value)); place += 1) add(null, said[place]);
  zone.hidden = false;
  [count, words].forEach((field) => { field.closest(".field").hidden = true; });
})();

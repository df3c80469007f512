// Pictures and files that are pasted or dropped go into the field for files, each with its own time; a request that
// would be too large is stopped before it is sent. Without this script the field works as any other.
(() => {
  const form = document.getElementById("add");
  if (!form) return;
  const field = form.querySelector("input[type=file]");
  const words = form.querySelector("textarea[name=text]");
  const modified = form.querySelector("input[name=modified]");
  const list = document.getElementById("to-keep");
  const tooLarge = document.getElementById("too-large");
  const longest = 1000000; // characters of a text; a longer one goes as a file
  const mostFiles = 100;
  const pasted = new Set(); // these have no time of their own
  let held = [];

  const size = (bytes) => bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
  const show = () => {
    const transfer = new DataTransfer();
    held.forEach((file) => transfer.items.add(file));
    field.files = transfer.files;
    modified.value = JSON.stringify(held.map((file) => pasted.has(file) ? 0 : file.lastModified));
    list.replaceChildren(...held.map((file, at) => {
      const line = document.createElement("li");
      const leave = document.createElement("button");
      leave.type = "button";
      leave.className = "quiet small";
      leave.textContent = "Leave out";
      leave.setAttribute("aria-label", `Leave out ${file.name}`);
      leave.addEventListener("click", () => { held = held.filter((_, other) => other !== at); show(); field.focus(); });
      line.append(`${file.name} (${size(file.size)}) `, leave);
      return line;
    }));
    list.hidden = held.length === 0;
    const sum = held.reduce((all, file) => all + file.size, 0);
    const most = Number(form.dataset.most);
    const large = held.reduce((one, file) => file.size > (one?.size ?? -1) ? file : one, null);
    tooLarge.textContent = sum > most
      ? `Together these are ${size(sum)}, more than the desk takes at once. Leave out ${large.name}, and add it with: forethought incidents add`
      : held.length > mostFiles ? `These are ${held.length} files. Add ${mostFiles} at a time.` : "";
    tooLarge.hidden = !tooLarge.textContent;
  };
  const take = (files) => { held = [...held, ...files]; show(); };
  const ending = (type) => type.split("/")[1]?.replace("jpeg", "jpg") || "bin";

  field.addEventListener("change", () => {
    const known = new Set(held);
    held = [...held, ...[...field.files].filter((file) => !known.has(file))];
    show();
  });
  document.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (files.length) {
      event.preventDefault();
      const stamp = new Date().toISOString().slice(0, 19).replace(/[:T]/g, "-");
      take(files.map((file, at) => {
        const named = new File([file], `pasted-${stamp}-${held.length + at + 1}.${ending(file.type)}`, { type: file.type });
        pasted.add(named);
        return named;
      }));
    } else if (event.target === words && words.value.length + text.length > longest) {
      event.preventDefault();
      const named = new File([text], `pasted-text-${held.length + 1}.txt`, { type: "text/plain" });
      pasted.add(named);
      take([named]);
    }
  });
  for (const kind of ["dragover", "dragenter"]) {
    form.addEventListener(kind, (event) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      form.classList.add("over");
    });
  }
  form.addEventListener("dragleave", (event) => { if (!form.contains(event.relatedTarget)) form.classList.remove("over"); });
  form.addEventListener("drop", (event) => {
    form.classList.remove("over");
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    take([...event.dataTransfer.files]);
  });
  form.addEventListener("submit", (event) => {
    if (tooLarge.hidden) return;
    event.preventDefault();
    tooLarge.scrollIntoView({ block: "center" });
  });
  form.querySelectorAll(".scripted").forEach((each) => { each.hidden = false; });
  show();
})();

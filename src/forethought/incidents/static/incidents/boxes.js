// Parts of a picture drawn with the mouse or a finger: each becomes a line of four numbers in the form.
(() => {
  const picture = document.querySelector("svg[data-boxes]");
  if (!picture) return;
  const field = document.getElementById(picture.dataset.boxes);
  let from = null;
  let drawn = null;
  const at = (event) => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(picture.getScreenCTM().inverse());
    const { width, height } = picture.viewBox.baseVal;
    return [Math.round(Math.min(Math.max(point.x, 0), width)), Math.round(Math.min(Math.max(point.y, 0), height))];
  };
  const edges = ([x, y]) => [Math.min(from[0], x), Math.min(from[1], y), Math.abs(x - from[0]), Math.abs(y - from[1])];
  const draw = (box, [left, top, width, height]) => {
    for (const [name, value] of Object.entries({ x: left, y: top, width, height })) box.setAttribute(name, value);
  };
  const boxed = () => {
    const box = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    box.classList.add("drawn");
    picture.append(box);
    return box;
  };
  const redraw = () => {
    picture.querySelectorAll(".drawn").forEach((each) => each.remove());
    for (const line of field.value.split("\n")) {
      const numbers = line.match(/\d+/g);
      if (numbers?.length === 4) draw(boxed(), numbers);
    }
  };
  picture.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    from = at(event);
    drawn = boxed();
    picture.setPointerCapture(event.pointerId);
  });
  picture.addEventListener("pointermove", (event) => { if (from) draw(drawn, edges(at(event))); });
  picture.addEventListener("pointerup", (event) => {
    if (!from) return;
    const box = edges(at(event));
    from = null;
    if (box[2] && box[3]) field.value = [field.value.trim(), box.join(" ")].filter(Boolean).join("\n");
    redraw();
  });
  field.addEventListener("input", redraw);
  redraw();
})();

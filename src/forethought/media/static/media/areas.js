// A stretch of a picture drawn with the mouse or a finger: its numbers go into the form that covers it.
(() => {
  let begun = null;

  const at = (picture, event) => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(picture.getScreenCTM().inverse());
    const { width, height } = picture.viewBox.baseVal;
    return [Math.round(Math.min(Math.max(point.x, 0), width)), Math.round(Math.min(Math.max(point.y, 0), height))];
  };

  const tell = (picture, [fromX, fromY], [toX, toY]) => {
    const edges = { left: Math.min(fromX, toX), top: Math.min(fromY, toY), width: Math.abs(toX - fromX), height: Math.abs(toY - fromY) };
    let drawn = picture.querySelector(".drawn");
    if (!drawn) {
      drawn = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      drawn.classList.add("drawn");
      picture.append(drawn);
    }
    for (const [attribute, value] of Object.entries({ x: edges.left, y: edges.top, width: edges.width, height: edges.height })) {
      drawn.setAttribute(attribute, value);
    }
    for (const [name, value] of Object.entries(edges)) document.getElementById(`id_${name}`).value = value;
    document.getElementById("id_left").closest("details").open = true;
  };

  document.addEventListener("pointerdown", (event) => {
    const picture = event.target.closest("svg[data-areas]");
    if (!picture || !document.getElementById("id_left")) return;
    event.preventDefault();
    begun = { picture, from: at(picture, event) };
    picture.setPointerCapture(event.pointerId);
  });
  document.addEventListener("pointermove", (event) => {
    if (begun) tell(begun.picture, begun.from, at(begun.picture, event));
  });
  document.addEventListener("pointerup", () => { begun = null; });
})();

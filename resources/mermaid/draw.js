// Field Journal: draws one job with mermaid.min.js, in a world that the page cannot reach.
globalThis.draw = async (job) => {
  globalThis.answer = null;
  const box = document.getElementById("box");
  const refuse = (why) => { globalThis.answer = JSON.stringify({n: job.n, refused: why}); };
  try {
    mermaid.initialize(job.config);
    const made = await mermaid.render("drawing", job.source, box);
    box.innerHTML = made.svg;
    const svg = box.querySelector("svg");
    const view = svg.viewBox.baseVal;
    const width = Math.ceil(view.width), height = Math.ceil(view.height);
    if (!(width > 0 && height > 0)) return refuse("empty");
    const scale = Math.min(job.ratio, Math.sqrt(job.pixels / (width * height)),
                           job.longest / Math.max(width, height));
    if (scale < job.ratio / 6) return refuse("large");
    svg.setAttribute("width", width);
    svg.setAttribute("height", height);
    const image = new Image();
    image.src = "data:image/svg+xml;charset=utf-8,"
      + encodeURIComponent(new XMLSerializer().serializeToString(svg));
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(width * scale));
    canvas.height = Math.max(1, Math.round(height * scale));
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    const png = canvas.toDataURL("image/png").split(",")[1];
    globalThis.answer = JSON.stringify({n: job.n, png, width, height});
  } catch (error) {
    const words = String((error && error.message) || error).slice(0, 600);
    globalThis.answer = JSON.stringify({n: job.n, error: words});
  } finally {
    for (const other of [...document.body.children]) if (other !== box) other.remove();
    box.replaceChildren();
  }
};

// The link graph of a site on a canvas. What it shows comes from the JSON beside it, and the table below
// says the same; without this script the table is all there is.
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";
import { select } from "d3-selection";
import { zoom, zoomIdentity } from "d3-zoom";

const COLOURS = ["#3273c4", "#d55e00", "#0a8f6a", "#b5519c", "#9c7a00", "#6a5fd0", "#c2453c", "#3f8794"];
const LABELS = 60;
const FRAME = 12; // milliseconds of layout between two pictures
const STEP = 60; // pixels that an arrow key moves the picture

for (const root of document.querySelectorAll(".bl-graph:not([data-ready])")) start(root);

function start(root) {
  root.dataset.ready = "";
  const canvas = root.querySelector("canvas");
  const graph = read(root);
  const state = { ...graph, canvas, root, view: zoomIdentity, hits: null, under: null, close: null, moved: false };
  canvas.hidden = false;
  root.querySelector(".bl-graph-bar").hidden = false;
  const zooming = zoom()
    .scaleExtent([0.05, 12])
    .on("zoom", (event) => {
      state.view = event.transform;
      state.moved ||= Boolean(event.sourceEvent);
      draw(state);
    });
  select(canvas).call(zooming);
  new ResizeObserver(() => fitted(state, zooming)).observe(canvas);
  new MutationObserver(() => draw(state)).observe(document.documentElement, { attributes: true, subtree: true,
    attributeFilter: ["data-md-color-scheme", "data-bs-theme"] });
  arrange(state, zooming);
  listen(state, zooming);
}

function read(root) {
  const data = JSON.parse(root.querySelector("template").content.textContent);
  const nodes = data.pages.map(([title, url, section, incoming]) => ({
    title, url, section, incoming, radius: 3 + 1.5 * Math.sqrt(incoming),
  }));
  const links = data.links.map(([source, target]) => ({ source: nodes[source], target: nodes[target] }));
  const rows = [...root.querySelectorAll("tbody tr")];
  return { nodes, links, rows, bySize: [...nodes].sort((one, other) => other.incoming - one.incoming) };
}

function arrange(state, zooming) {
  const simulation = forceSimulation(state.nodes)
    .force("link", forceLink(state.links).distance(40))
    .force("charge", forceManyBody().strength(-60).distanceMax(500))
    .force("x", forceX().strength(0.06))
    .force("y", forceY().strength(0.06))
    .force("collide", forceCollide((node) => node.radius + 2))
    .stop();
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const advance = () => {
    const end = performance.now() + FRAME;
    do simulation.tick(); while (performance.now() < end && simulation.alpha() > simulation.alphaMin());
    const done = simulation.alpha() <= simulation.alphaMin();
    if (done || !still) fitted(state, zooming);
    if (done) state.root.dataset.ready = "done";
    else if (state.canvas.isConnected) requestAnimationFrame(advance);
  };
  advance();
}

// The whole graph in the picture, as long as the reader has not moved it.
function fitted(state, zooming) {
  const { canvas, nodes } = state;
  const { width, height } = canvas.getBoundingClientRect();
  if (state.moved || !width || !nodes.length) return draw(state);
  const xs = nodes.map((node) => node.x), ys = nodes.map((node) => node.y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = Math.min(2, width / (right - left + 80), height / (bottom - top + 80));
  select(canvas).call(zooming.transform, zoomIdentity.translate(width / 2, height / 2).scale(scale)
    .translate(-(left + right) / 2, -(top + bottom) / 2));
}

function draw({ canvas, nodes, links, bySize, view, hits, under, close }) {
  const { width, height } = canvas.getBoundingClientRect();
  const ratio = devicePixelRatio || 1;
  if (canvas.width !== Math.round(width * ratio)) canvas.width = Math.round(width * ratio);
  if (canvas.height !== Math.round(height * ratio)) canvas.height = Math.round(height * ratio);
  const pen = canvas.getContext("2d");
  const style = getComputedStyle(canvas);
  const quiet = (node) => (hits && !hits.has(node)) || (close && !close.has(node));
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, height);
  pen.strokeStyle = style.color;
  pen.lineWidth = 0.6;
  for (const { source, target } of links) {
    pen.globalAlpha = under ? (source === under || target === under ? 0.9 : 0.05) : hits ? 0.06 : 0.22;
    const [x1, y1] = view.apply([source.x, source.y]), [x2, y2] = view.apply([target.x, target.y]);
    pen.beginPath();
    pen.moveTo(x1, y1);
    pen.lineTo(x2, y2);
    pen.stroke();
  }
  for (const node of nodes) {
    const [x, y] = view.apply([node.x, node.y]);
    pen.globalAlpha = quiet(node) ? 0.15 : 1;
    pen.fillStyle = COLOURS[node.section % COLOURS.length];
    pen.beginPath();
    pen.arc(x, y, size(node, view), 0, 2 * Math.PI);
    pen.fill();
    if (!node.incoming) ring(pen, x, y, size(node, view) + 3);
  }
  pen.globalAlpha = 1;
  pen.font = `12px ${style.fontFamily}`;
  pen.fillStyle = style.color;
  label(pen, bySize.filter((node) => !quiet(node)), view, [under, ...(hits || [])]);
}

// A page that no other links to has a broken ring.
function ring(pen, x, y, radius) {
  pen.setLineDash([2, 2]);
  pen.lineWidth = 1.2;
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.stroke();
  pen.setLineDash([]);
}

// The titles of what is pointed at or found, then of the largest, where there is room.
function label(pen, nodes, view, first) {
  const taken = [];
  for (const node of [...first.filter(Boolean), ...nodes]) {
    if (taken.length >= LABELS) break;
    if (!first.includes(node) && size(node, view) < 5) continue;
    const [x, y] = view.apply([node.x, node.y]);
    const box = { left: x + size(node, view) + 3, top: y - 7, width: pen.measureText(node.title).width, height: 14 };
    if (taken.some((other) => overlap(box, other))) continue;
    taken.push(box);
    pen.fillText(node.title, box.left, y + 4);
  }
}

function overlap(one, other) {
  return one.left < other.left + other.width && other.left < one.left + one.width
    && one.top < other.top + other.height && other.top < one.top + one.height;
}

function size(node, view) {
  return node.radius * Math.sqrt(view.k);
}

function around(node, links) {
  const beside = links.filter(({ source, target }) => source === node || target === node);
  return new Set([node, ...beside.flatMap(({ source, target }) => [source, target])]);
}

function listen(state, zooming) {
  const { canvas, root } = state;
  const picture = select(canvas);
  const change = (act, ...rest) => {
    state.moved = true;
    picture.call(act, ...rest);
  };
  const acts = {
    "zoom-in": () => change(zooming.scaleBy, 1.4),
    "zoom-out": () => change(zooming.scaleBy, 1 / 1.4),
    whole: () => {
      state.moved = false;
      fitted(state, zooming);
    },
  };
  const move = (x, y) => () => change(zooming.translateBy, x / state.view.k, y / state.view.k);
  const keys = {
    "+": acts["zoom-in"], "=": acts["zoom-in"], "-": acts["zoom-out"], 0: acts.whole,
    ArrowLeft: move(STEP, 0), ArrowRight: move(-STEP, 0), ArrowUp: move(0, STEP), ArrowDown: move(0, -STEP),
  };
  for (const button of root.querySelectorAll("button")) button.addEventListener("click", acts[button.name]);
  canvas.addEventListener("keydown", (event) => {
    if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    keys[event.key]();
  });
  canvas.addEventListener("mousemove", (event) => point(state, at(state, event)));
  canvas.addEventListener("mouseleave", () => point(state, null));
  canvas.addEventListener("click", (event) => open(at(state, event), event));
  const field = root.querySelector("input");
  field.addEventListener("input", () => find(state, field.value));
  field.addEventListener("keydown", (event) => {
    const [hit] = state.hits || [];
    if (event.key !== "Enter" || !hit) return;
    event.preventDefault();
    change(zooming.scaleTo, Math.max(state.view.k, 2));
    change(zooming.translateTo, hit.x, hit.y);
  });
}

function at({ canvas, nodes, view }, event) {
  const box = canvas.getBoundingClientRect();
  const reach = (node) => {
    const [x, y] = view.apply([node.x, node.y]);
    return Math.hypot(x - (event.clientX - box.left), y - (event.clientY - box.top)) - size(node, view);
  };
  let nearest = null, distance = 6;
  for (const node of nodes) {
    const found = reach(node);
    if (found < distance) [nearest, distance] = [node, found];
  }
  return nearest;
}

function point(state, node) {
  if (state.under === node) return;
  state.under = node;
  state.close = node && around(node, state.links);
  state.canvas.style.cursor = node ? "pointer" : "";
  draw(state);
}

function open(node, event) {
  if (!node) return;
  if (event.ctrlKey || event.metaKey) window.open(node.url);
  else location.assign(node.url);
}

// What is found stands out in the picture, and is what is left of the table.
function find(state, text) {
  const wanted = text.trim().toLowerCase();
  state.hits = wanted ? new Set(state.bySize.filter((node) => node.title.toLowerCase().includes(wanted))) : null;
  state.rows.forEach((row, place) => {
    row.hidden = Boolean(state.hits && !state.hits.has(state.nodes[place]));
  });
  state.root.querySelector("output").textContent = state.hits ? String(state.hits.size) : "";
  draw(state);
}

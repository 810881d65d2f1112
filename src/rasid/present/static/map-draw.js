/* Draws the map of a case: outlines, areas, halos, points, names. Web Mercator: circles stay round, north is up. */
"use strict";
window.rasidDrawing = () => {
  const FEW = 60, KM_ROUND = 40075, SCALE = 1000, MIDDLE = [44, 30], MOST_LATITUDE = 84;
  const areas = [], byId = new Map();
  let outlineBox = null;

  /* World units: 0 to SCALE from 180° west to 180° east, moved so that the region lies near zero. */
  const lonX = (lon) => (lon - MIDDLE[0]) / 360 * SCALE;
  const latRaw = (lat) => Math.log(Math.tan(Math.PI / 4 + Math.max(-MOST_LATITUDE, Math.min(MOST_LATITUDE, lat)) * Math.PI / 360)) / (2 * Math.PI) * SCALE;
  const latY = (lat) => latRaw(MIDDLE[1]) - latRaw(lat);
  const yLat = (y) => Math.atan(Math.sinh((latRaw(MIDDLE[1]) - y) / SCALE * 2 * Math.PI)) * 180 / Math.PI;
  const xLon = (x) => x / SCALE * 360 + MIDDLE[0];
  /* World units of a kilometre at this y. */
  const kmAt = (y) => SCALE / KM_ROUND / Math.cos(yLat(y) * Math.PI / 180);

  function takeOutlines(held) {
    for (const given of held.areas) {
      const path = new Path2D(), rings = [];
      const box = [Infinity, Infinity, -Infinity, -Infinity];
      for (const steps of given.rings) {
        const ring = [];
        let x = 0, y = 0;
        for (let at = 0; at < steps.length; at += 2) {
          x += steps[at];
          y += steps[at + 1];
          const wx = lonX(x * held.unit), wy = latY(y * held.unit);
          ring.push([wx, wy]);
          if (at) path.lineTo(wx, wy); else path.moveTo(wx, wy);
          box[0] = Math.min(box[0], wx); box[1] = Math.min(box[1], wy);
          box[2] = Math.max(box[2], wx); box[3] = Math.max(box[3], wy);
        }
        path.closePath();
        rings.push(ring);
      }
      const area = { id: given.id, level: given.level, country: given.country, name: given.name, arabic: given.name_ar, path, rings, box,
        x: lonX(given.middle[0]), y: latY(given.middle[1]) };
      areas.push(area);
      if (area.id) byId.set(area.id, area);
    }
    const [west, south, east, north] = held.box;
    outlineBox = [lonX(west), latY(north), lonX(east), latY(south)];
  }

  function holds(area, x, y) {
    let odd = false;
    for (const ring of area.rings) {
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
        const [ax, ay] = ring[i], [bx, by] = ring[j];
        if ((ay > y) !== (by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax) odd = !odd;
      }
    }
    return odd;
  }

  const radiusOf = (claims) => Math.min(20, 2.2 + 1.5 * Math.sqrt(claims));
  const haloOf = (mark, view) => Math.max(10, mark.km * kmAt(mark.y) * view.zoom);
  const sum = (counts) => counts[0] + counts[1] + counts[2] + counts[3] + counts[4];

  function colours() {
    const style = getComputedStyle(document.documentElement);
    const pick = (name) => style.getPropertyValue("--" + name).trim();
    return { paper: pick("paper"), land: pick("card"), ink: pick("ink"), soft: pick("soft"), line: pick("line"),
      0: pick("affirmed"), 1: pick("partial"), 2: pick("open"), 3: pick("open"), 4: pick("denied"), font: pick("sans") || "sans-serif" };
  }

  /* ctx in CSS pixels; view: {x, y: world units at the middle, zoom: pixels a unit, width, height, ratio, names} */
  function draw(ctx, view, marks, chosen) {
    const ink = colours();
    ctx.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
    ctx.fillStyle = ink.paper;
    ctx.fillRect(0, 0, view.width, view.height);
    graticule(ctx, view, ink);
    const shown = marks.filter((mark) => sum(mark.counts) > 0);
    inWorld(ctx, view, () => ground(ctx, view, ink));
    const wide = shown.filter((mark) => mark.form === "area").sort((a, b) => b.precision - a.precision);
    inWorld(ctx, view, () => wide.forEach((mark) => drawArea(ctx, view, ink, mark)));
    const halos = shown.filter((mark) => mark.form === "halo" && near(view, mark));
    drawHalos(ctx, view, ink, halos.sort((a, b) => b.km - a.km || sum(b.counts) - sum(a.counts)));
    const boxes = [];
    const points = shown.filter((mark) => mark.form === "point").sort((a, b) => sum(b.counts) - sum(a.counts));
    points.forEach((mark) => drawPoint(ctx, view, ink, mark));
    if (chosen && sum(chosen.counts)) ring(ctx, view, ink, chosen);
    if (points.length + halos.length <= 2 * FEW) for (const mark of [...points, ...halos]) boxes.push(spaceOf(view, mark)); // names keep off marks
    labels(ctx, view, ink, boxes);
    wide.forEach((mark) => drawTag(ctx, view, ink, mark, boxes));
    const first = chosen && chosen.form !== "area" && sum(chosen.counts) ? [chosen] : [];
    pointNames(ctx, view, ink, [...first, ...points.filter((mark) => mark !== chosen), ...halos.filter((mark) => mark !== chosen)], boxes);
    scaleBar(ctx, view, ink);
  }

  const spaceOf = (view, mark) => {
    const [x, y] = toScreen(view, mark.x, mark.y), r = radiusOf(sum(mark.counts)) + 2;
    return [x - r, y - r, x + r, y + r];
  };
  function inWorld(ctx, view, work) {
    const k = view.ratio * view.zoom;
    ctx.save();
    ctx.setTransform(k, 0, 0, k, view.ratio * (view.width / 2 - view.x * view.zoom), view.ratio * (view.height / 2 - view.y * view.zoom));
    work();
    ctx.restore();
  }
  const toScreen = (view, x, y) => [(x - view.x) * view.zoom + view.width / 2, (y - view.y) * view.zoom + view.height / 2];
  const edges = (view) => [view.x - view.width / 2 / view.zoom, view.y - view.height / 2 / view.zoom, view.x + view.width / 2 / view.zoom, view.y + view.height / 2 / view.zoom];
  const meets = (box, view) => { const e = edges(view); return box[0] < e[2] && box[2] > e[0] && box[1] < e[3] && box[3] > e[1]; };

  function graticule(ctx, view, ink) {
    const [west, north, east, south] = edges(view);
    const span = xLon(east) - xLon(west);
    const step = [30, 10, 5, 2, 1, .5, .2, .1].find((s) => span / s >= 4) || .1;
    ctx.strokeStyle = ink.line;
    ctx.lineWidth = .7;
    ctx.fillStyle = ink.soft;
    ctx.font = "10px " + ink.font;
    ctx.textAlign = "left";
    ctx.beginPath();
    for (let lon = Math.ceil(xLon(west) / step) * step; lon < xLon(east); lon += step) {
      const [sx] = toScreen(view, lonX(lon), 0);
      ctx.moveTo(sx, 0);
      ctx.lineTo(sx, view.height);
    }
    for (let lat = Math.ceil(yLat(south) / step) * step; lat < yLat(north); lat += step) {
      const [, sy] = toScreen(view, 0, latY(lat));
      ctx.moveTo(0, sy);
      ctx.lineTo(view.width, sy);
    }
    ctx.stroke();
  }

  function ground(ctx, view, ink) {
    const thin = 1 / view.zoom;
    const seen = areas.filter((area) => meets(area.box, view));
    ctx.lineJoin = "round";
    ctx.fillStyle = ink.land;
    for (const area of seen) if (area.level === "country") ctx.fill(area.path, "evenodd");
    ctx.strokeStyle = ink.line;
    ctx.lineWidth = thin * .8;
    for (const area of seen) if (area.level === "governorate") ctx.stroke(area.path);
    ctx.strokeStyle = ink.soft;
    ctx.lineWidth = thin * 1.1;
    for (const area of seen) if (area.level === "country") ctx.stroke(area.path);
    if (outlineBox) {
      ctx.setLineDash([6 * thin, 5 * thin]);
      ctx.lineWidth = thin;
      ctx.strokeStyle = ink.line;
      ctx.strokeRect(outlineBox[0], outlineBox[1], outlineBox[2] - outlineBox[0], outlineBox[3] - outlineBox[1]);
      ctx.setLineDash([]);
    }
  }

  /* How a standing looks, the same for areas, halos and points: full, half, dots, dashes, crossed out. */
  const DASH = { 0: [], 1: [7, 4], 2: [1.5, 4], 3: [6, 5], 4: [] };
  function drawArea(ctx, view, ink, mark) {
    const area = byId.get(mark.area), pixel = 1 / view.zoom;
    if (!area || !meets(area.box, view)) return;
    mark.counts.forEach((claims, code) => {
      if (!claims) return;
      ctx.strokeStyle = ctx.fillStyle = ink[code];
      if (code < 2) {
        ctx.globalAlpha = mark.precision === 6 ? .05 : code ? .09 : .17;
        ctx.fill(area.path, "evenodd");
      }
      ctx.globalAlpha = .85;
      ctx.lineCap = code === 2 ? "round" : "butt";
      ctx.lineWidth = (code === 2 ? 3 : mark.precision === 6 ? 2 : 1.5) * pixel;
      ctx.setLineDash(DASH[code].map((length) => length * pixel));
      ctx.stroke(area.path);
      ctx.setLineDash([]);
      if (code === 4) hatch(ctx, area, 9 * pixel, pixel);
      ctx.globalAlpha = 1;
    });
  }
  function hatch(ctx, area, gap, width) {
    const [x0, y0, x1, y1] = area.box, high = y1 - y0;
    ctx.save();
    ctx.clip(area.path, "evenodd");
    ctx.lineWidth = width;
    ctx.globalAlpha = .45;
    ctx.beginPath();
    const lines = Math.min(2000, (x1 - x0 + high) / gap);
    for (let n = 0; n < lines; n++) { ctx.moveTo(x0 + n * gap - high, y1); ctx.lineTo(x0 + n * gap, y0); }
    ctx.stroke();
    ctx.restore();
  }

  const near = (view, mark) => {
    const [x, y] = toScreen(view, mark.x, mark.y), r = haloOf(mark, view) + 30;
    return x > -r && y > -r && x < view.width + r && y < view.height + r;
  };
  /* All halos are tinted as one shape, so that many over each other do not look like more; single rings while they are few. */
  function drawHalos(ctx, view, ink, halos) {
    const path = new Path2D();
    for (const mark of halos) {
      if (!(mark.counts[0] + mark.counts[1])) continue;
      const [x, y] = toScreen(view, mark.x, mark.y), r = haloOf(mark, view);
      path.moveTo(x + r, y);
      path.arc(x, y, r, 0, 7);
    }
    ctx.fillStyle = ctx.strokeStyle = ink[0];
    ctx.globalAlpha = .09;
    ctx.fill(path);
    ctx.lineWidth = 1;
    ctx.setLineDash([3, 3]);
    ctx.globalAlpha = .6;
    if (halos.length <= FEW) ctx.stroke(path);
    ctx.setLineDash([]);
    ctx.globalAlpha = 1;
    for (const mark of halos) fuzzy(ctx, view, ink, mark);
  }
  /* The number of claims in a halo: a pale disc without a core, so that it is not taken for a point. */
  function fuzzy(ctx, view, ink, mark) {
    const [x, y] = toScreen(view, mark.x, mark.y), c = mark.counts, so = c[0] + c[1];
    if (so) {
      ctx.beginPath();
      ctx.arc(x, y, radiusOf(so) + 2, 0, 7);
      ctx.fillStyle = ctx.strokeStyle = ink[c[0] ? 0 : 1];
      ctx.globalAlpha = .13;
      ctx.fill();
      ctx.globalAlpha = .8;
      ctx.lineWidth = 1;
      ctx.setLineDash([2, 2]);
      ctx.stroke();
      ctx.setLineDash([]);
      ctx.globalAlpha = 1;
    }
    if (c[2] + c[3] + c[4]) apart(ctx, ink, c, x, y);
  }
  function cross(ctx, x, y, r) {
    ctx.beginPath();
    ctx.moveTo(x - r, y - r); ctx.lineTo(x + r, y + r);
    ctx.moveTo(x - r, y + r); ctx.lineTo(x + r, y - r);
    ctx.stroke();
  }

  function drawPoint(ctx, view, ink, mark) {
    const [x, y] = toScreen(view, mark.x, mark.y), c = mark.counts;
    if (x < -30 || y < -30 || x > view.width + 30 || y > view.height + 30) return;
    const so = c[0] + c[1];
    if (so) {
      const r = radiusOf(so);
      ctx.beginPath();
      ctx.arc(x, y, r, 0, 7);
      ctx.fillStyle = ctx.strokeStyle = ink[c[0] ? 0 : 1];
      ctx.globalAlpha = .5;
      if (c[0]) ctx.fill();
      else { ctx.beginPath(); ctx.arc(x, y, r, 0, Math.PI); ctx.fill(); ctx.beginPath(); ctx.arc(x, y, r, 0, 7); }
      ctx.globalAlpha = .95;
      ctx.lineWidth = 1.1;
      if (!c[0]) ctx.setLineDash([3, 2]);
      ctx.stroke();
      ctx.setLineDash([]);
      ctx.globalAlpha = 1;
    }
    if (c[2] + c[3] + c[4]) apart(ctx, ink, c, x, y);
  }
  /* What is not said to have happened is hollow, and each kind has a shape of its own. */
  function apart(ctx, ink, c, x, y) {
    ctx.lineWidth = 1.8;
    if (c[2]) {
      ctx.beginPath();
      ctx.arc(x, y, radiusOf(c[2]) + 4, 0, 7);
      ctx.strokeStyle = ink[2];
      ctx.lineCap = "round";
      ctx.setLineDash([.5, 4]);
      ctx.lineWidth = 2.6;
      ctx.stroke();
      ctx.lineCap = "butt";
      ctx.lineWidth = 1.8;
    }
    if (c[3]) {
      const r = radiusOf(c[3]) + 6;
      ctx.beginPath();
      ctx.moveTo(x, y - r); ctx.lineTo(x + r, y); ctx.lineTo(x, y + r); ctx.lineTo(x - r, y); ctx.closePath();
      ctx.strokeStyle = ink[3];
      ctx.setLineDash([4, 3]);
      ctx.stroke();
    }
    ctx.setLineDash([]);
    if (c[4]) {
      const r = radiusOf(c[4]) + 3;
      ctx.strokeStyle = ink[4];
      ctx.strokeRect(x - r, y - r, 2 * r, 2 * r);
      cross(ctx, x, y, r);
    }
  }

  /* The number of an area stands in a box, so that it cannot be taken for a place. */
  function drawTag(ctx, view, ink, mark, boxes) {
    const [x, y] = toScreen(view, mark.x, mark.y);
    if (x < 0 || y < 0 || x > view.width || y > view.height) { mark.tag = null; return; }
    const words = sum(mark.counts).toLocaleString("en");
    ctx.font = "600 11px " + ink.font;
    const w = ctx.measureText(words).width + 10;
    const box = [x - w / 2, y - 9, x + w / 2, y + 9];
    if (!fits(box, boxes)) { mark.tag = null; return; }
    ctx.fillStyle = ink.land;
    ctx.strokeStyle = ctx.fillStyle === ink.ink ? ink.soft : ink.ink;
    ctx.globalAlpha = .92;
    ctx.fillRect(box[0], box[1], w, 18);
    ctx.globalAlpha = 1;
    ctx.lineWidth = 1;
    ctx.strokeRect(box[0] + .5, box[1] + .5, w - 1, 17);
    ctx.fillStyle = ink.ink;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillText(words, x, y + .5);
    mark.tag = box;
  }

  function ring(ctx, view, ink, mark) {
    ctx.strokeStyle = ink.ink;
    ctx.lineWidth = 3;
    if (mark.form === "area") {
      const area = byId.get(mark.area);
      if (area) inWorld(ctx, view, () => { ctx.lineWidth = 3 / view.zoom; ctx.stroke(area.path); });
      return;
    }
    const [x, y] = toScreen(view, mark.x, mark.y);
    ctx.beginPath();
    ctx.arc(x, y, mark.form === "halo" ? haloOf(mark, view) + 3 : radiusOf(sum(mark.counts)) + 5, 0, 7);
    ctx.stroke();
  }

  function fits(box, boxes) {
    if (boxes.some((b) => box[0] < b[2] && box[2] > b[0] && box[1] < b[3] && box[3] > b[1])) return false;
    boxes.push(box);
    return true;
  }
  function write(ctx, ink, lines, x, y, size, boxes, align) {
    let wide = 0;
    for (const line of lines) wide = Math.max(wide, ctx.measureText(line).width);
    const left = align === "left" ? x : x - wide / 2, top = y - size * .6;
    if (!fits([left - 2, top, left + wide + 2, top + size * 1.25 * lines.length], boxes)) return;
    ctx.textAlign = align;
    ctx.textBaseline = "middle";
    ctx.strokeStyle = ink.land;
    ctx.lineWidth = 3;
    ctx.globalAlpha = .8;
    lines.forEach((line, at) => ctx.strokeText(line, x, y + at * size * 1.25));
    ctx.globalAlpha = 1;
    lines.forEach((line, at) => ctx.fillText(line, x, y + at * size * 1.25));
  }
  function labels(ctx, view, ink, boxes) {
    const pick = (area) => (view.names === "ar" ? [area.arabic] : view.names === "en" ? [area.name] : [area.name, area.arabic]).filter(Boolean);
    const [west, , east] = edges(view), span = xLon(east) - xLon(west);
    ctx.lineJoin = "round";
    for (const [level, size, least] of [["country", 13, 26], ["governorate", 11, 60]]) {
      ctx.font = (level === "country" ? "600 " : "") + size + "px " + ink.font;
      ctx.fillStyle = ink.soft;
      for (const area of areas) {
        if (area.level !== level || !area.name || (area.box[2] - area.box[0]) * view.zoom < least) continue;
        if (level === "country" && span < 6) continue;
        const [x, y] = toScreen(view, area.x, area.y);
        if (x > 0 && y > 0 && x < view.width && y < view.height) write(ctx, ink, pick(area), x, y - 12 - size * 1.25 * (pick(area).length - .5), size, boxes, "center");
      }
    }
  }
  function pointNames(ctx, view, ink, points, boxes) {
    const [west, , east] = edges(view), span = xLon(east) - xLon(west);
    ctx.font = "12px " + ink.font;
    ctx.fillStyle = ink.ink;
    let room = span < 3 ? 60 : span < 12 ? 30 : 12;
    for (const mark of points) {
      if (room <= 0) break;
      const [x, y] = toScreen(view, mark.x, mark.y);
      if (x < 0 || y < 0 || x > view.width || y > view.height) continue;
      room -= 1;
      write(ctx, ink, [mark.name], x + radiusOf(sum(mark.counts)) + 4, y, 12, boxes, "left");
    }
  }

  function scaleBar(ctx, view, ink) {
    const pixel = kmAt(view.y) * view.zoom;
    const km = [1000, 500, 200, 100, 50, 20, 10, 5, 2, 1].find((k) => k * pixel < 140) || 1;
    const y = view.height - 12, x = 12;
    ctx.strokeStyle = ctx.fillStyle = ink.soft;
    ctx.lineWidth = 1.5;
    ctx.beginPath();
    ctx.moveTo(x, y - 5); ctx.lineTo(x, y); ctx.lineTo(x + km * pixel, y); ctx.lineTo(x + km * pixel, y - 5);
    ctx.stroke();
    ctx.font = "11px " + ink.font;
    ctx.textAlign = "left";
    ctx.textBaseline = "alphabetic";
    ctx.fillText(km.toLocaleString("en") + " km", x + 4, y - 5);
  }

  /* The marks under a spot of the screen, the finest first: [is its symbol under the spot, not only its area; the mark]. */
  function under(view, marks, sx, sy) {
    const x = (sx - view.width / 2) / view.zoom + view.x, y = (sy - view.height / 2) / view.zoom + view.y;
    const hits = [];
    for (const mark of marks) {
      if (!sum(mark.counts)) continue;
      const [mx, my] = toScreen(view, mark.x, mark.y), far = Math.hypot(mx - sx, my - sy);
      const tagged = mark.tag && sx >= mark.tag[0] && sx <= mark.tag[2] && sy >= mark.tag[1] && sy <= mark.tag[3];
      if (mark.form === "point" && far <= Math.max(7, radiusOf(sum(mark.counts)) + 3)) hits.push([1, far, mark]);
      else if (tagged) hits.push([0, far, mark]);
      else if (mark.form === "halo" && far <= radiusOf(sum(mark.counts)) + 4) hits.push([1.5, far, mark]);
      else if (mark.form === "halo" && far <= haloOf(mark, view)) hits.push([2, far, mark]);
      else if (mark.form === "area" && byId.has(mark.area) && holds(byId.get(mark.area), x, y)) hits.push([mark.precision, far, mark]);
    }
    hits.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    return hits.map((hit) => [hit[0] < 2, hit[2]]);
  }

  return { takeOutlines, draw, under, lonX, latY, toScreen, sum, boxOf: (mark) => byId.get(mark.area)?.box };
};

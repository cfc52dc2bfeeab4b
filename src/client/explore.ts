/*
 * The explore page's chart: the server has drawn it and compiled its spec; here Vega runs it, so that pointing at a
 * line brings it forward. Expressions are interpreted, never evaluated: the page's policy forbids eval.
 */
import { tableFromIPC } from "@uwdata/flechette";
import { transforms } from "vega-dataflow";
import * as encode from "vega-encode";
import { expressionInterpreter } from "vega-interpreter";
import { parse } from "vega-parser";
import * as rows from "vega-transforms";
import { extend } from "vega-util";
import { View } from "vega-view";
import * as shapes from "vega-view-transforms";

extend(transforms, rows, shapes, encode);

async function draw(place: HTMLElement): Promise<void> {
  const { spec, rows: url } = place.dataset;
  if (!spec || !url) return;
  const [compiled, bytes] = await Promise.all([
    fetch(`${spec}&w=${place.clientWidth}`).then((answer) => answer.json()),
    fetch(url).then((answer) => answer.arrayBuffer()),
  ]);
  const view = new View(parse(compiled, undefined, { ast: true }), {
    expr: expressionInterpreter,
    renderer: "svg",
    hover: true,
  });
  const table = tableFromIPC(new Uint8Array(bytes)).toArray();
  await view.data("series", table).initialize(document.createElement("div")).runAsync();
  const drawn = view.container()?.firstElementChild;
  if (!drawn) return;
  place.replaceChildren(drawn);
  place.dataset["drawn"] = "";
}

const place = document.querySelector<HTMLElement>("#explore");
// On any trouble the server's drawing stays where it is.
if (place) void draw(place).catch(() => undefined);

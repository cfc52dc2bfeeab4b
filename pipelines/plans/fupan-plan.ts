import { probe } from "../../src/kit/evidence.ts";
import { documentImporter } from "../../src/kit/importer.ts";
import { planRows } from "../../src/kit/plan-rows.ts";
import { readPlanYaml } from "../../src/kit/plan-yaml.ts";

// The SOP plan of a kind of group, as YAML. A step that is wrong is refused with its line; the others go in.
export default documentImporter({
  id: "fupan-plan",
  title: { zh: "复盘 SOP 计划 YAML", en: "Fupan SOP plan YAML" },
  kind: "plan",
  matches: (head) =>
    probe({
      ".yaml": /\.ya?ml$/i.test(head.name),
      "version:": /^version\s*:/m.test(head.text),
      "steps:": /^steps\s*:/m.test(head.text),
    }),
  read: (text, { stem }) => planRows(readPlanYaml(text), stem),
});

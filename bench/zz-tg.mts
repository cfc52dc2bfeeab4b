import { mkdtempSync, rmSync, statSync, existsSync } from "node:fs";
import { writeTelegram } from "./chat-files.ts";
import { emptyWorkspace, importAll } from "./import.ts";
const f="/tmp/plan/oprof/result.json"; 
if (process.argv[2]==="gen") { await writeTelegram(f, 1.05e9); console.log(statSync(f).size/1e9); process.exit(0); }
const root=mkdtempSync("/tmp/plan/oprof/tg-"); const {workspace,state}=await emptyWorkspace(root);
let peak=0; const iv=setInterval(()=>{peak=Math.max(peak,process.memoryUsage().rss);},200);
const t=performance.now(), c=process.cpuUsage(); await importAll(workspace,state,[f]); const d=process.cpuUsage(c); clearInterval(iv);
console.log("telegram", Math.round(performance.now()-t), "ms", (d.user+d.system)/1e6, "cpu s", process.resourceUsage().maxRSS/1e6, "GB"); rmSync(root,{recursive:true});

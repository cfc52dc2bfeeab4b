import type { AddressInfo } from "node:net";
import type { Express } from "express";
import request from "supertest";
import { createSource } from "../../src/review/source.ts";
import { createApp } from "../../src/server/app.ts";
import type { ImportDesk } from "../../src/server/imports/desk.ts";
import type { State } from "../../src/state/state.ts";
import { addUser, type Role } from "../../src/state/users.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";
import { DASHBOARDS } from "../support/demo.ts";

/** What must never leave the contacts: distinctive, so that a search for it means something. */
export const SECRETS = { id: "rawidQ7Zx93kk", phone: "19900001234", name: "独孤求败的小号" };
export const PASSWORD = "correct horse battery";
/** One of each role, and a leader of each group of `serveSmall`. */
export const PEOPLE: readonly { name: string; role: Role; groups: string[] }[] = [
  { name: "admin", role: "admin", groups: [] },
  { name: "operator", role: "operator", groups: [] },
  { name: "leader1", role: "leader", groups: ["g1"] },
  { name: "leader2", role: "leader", groups: ["g2"] },
  { name: "viewer", role: "viewer", groups: [] },
];
export const EVIL = '"><svg onload=alert(1)>';

export interface Served {
  app: Express;
  community: Community;
  close(): void;
}

/**
 * A small community of two groups, one with a hostile name, whose members and orders carry SECRETS.
 * @param few adds a third group, of three people.
 */
export async function serveSmall(dashboards = DASHBOARDS, { few = false } = {}): Promise<Served> {
  const community = new Community(
    `groups:\n  g1: { name: ${JSON.stringify(EVIL)} }\n  g2: { name: "=cmd|' /C calc'!A0" }\n`,
  );
  const three = Array.from({ length: few ? 3 : 0 }, (_, at) => ({
    group_id: "g3",
    member_id: `f${at}`,
    name: `稀${at}`,
    phone: `1990001009${at}`,
    joined_at: "2026-05-01 00:00:00",
  }));
  const people = Array.from({ length: 12 }, (_, at) => ({
    group_id: at % 2 ? "g2" : "g1",
    member_id: at === 0 ? SECRETS.id : `m${at}`,
    name: at === 0 ? SECRETS.name : `=1+${at}`,
    phone: at === 0 ? SECRETS.phone : `199000100${String(at).padStart(2, "0")}`,
    joined_at: "2026-05-01 00:00:00",
  }));
  const days = Array.from({ length: 70 }, (_, at) =>
    new Date(Date.UTC(2026, 7, 31 + at)).toISOString().slice(0, 10),
  );
  const messages = days.flatMap((day, at) =>
    [...people.slice(0, 4 + (at % 3)), ...three].map(({ group_id, member_id, name }) => ({
      group_id,
      sender_id: member_id,
      sender_name: name,
      sent_at: `${day} 12:00:00`,
      text: `${SECRETS.phone} ${at}`,
    })),
  );
  const orders = days.slice(0, 20).map((day, at) => ({
    order_id: `o${at}`,
    paid_at: `${day} 13:00:00`,
    amount: 10,
    buyer_id: people[11 - (at % 4)]?.member_id,
    group_id: people[11 - (at % 4)]?.group_id,
  }));
  await community.import("members.csv", csv([...people, ...three]));
  await community.import("messages.csv", csv(messages));
  await community.import("orders.csv", csv(orders));
  await community.build("2026-11-09T00:00:00");
  const { source, close } = createSource(community.workspace.marts, readCatalog(SQL_ROOT));
  const app = await createApp({ source, dashboards, lang: "zh" });
  return {
    app,
    community,
    close: () => {
      close();
      community.remove();
    },
  };
}

/** The same with every route that there is: imports, lists and frozen reports too. */
export async function serveWhole(
  { community: { workspace, state } }: Pick<Served, "community">,
  desk: ImportDesk,
): Promise<Pick<Served, "app" | "close">> {
  const { source, close } = createSource(workspace.marts, readCatalog(SQL_ROOT));
  const { lists, reports } = workspace;
  const app = await createApp({ source, dashboards: DASHBOARDS, lang: "zh", state, lists, reports, desk });
  return { app, close };
}

/** Adds everybody of PEOPLE and signs them in. @returns the session cookie by name. */
export async function cookiesOf(app: Express, state: State): Promise<Map<string, string>> {
  const cookies = new Map<string, string>();
  for (const user of PEOPLE) {
    await addUser(state, user, PASSWORD, new Date());
    const answer = await request(app)
      .post("/login")
      .type("form")
      .send({ name: user.name, password: PASSWORD, back: "/" });
    cookies.set(user.name, (answer.get("Set-Cookie") ?? [""])[0]?.split(";")[0] ?? "");
  }
  return cookies;
}

/** The application at a free port of this machine. */
export async function atPort(app: Express): Promise<{ port: number; close: () => Promise<void> }> {
  const server = app.listen(0, "127.0.0.1");
  await new Promise((up) => server.once("listening", up));
  const close = async () => {
    server.closeAllConnections();
    await new Promise((down) => server.close(down));
  };
  return { port: (server.address() as AddressInfo).port, close };
}

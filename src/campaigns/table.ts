import { createTable } from "../warehouse/create-table.ts";
import type { Database } from "../warehouse/database.ts";
import type { Campaign } from "./campaign.ts";

/** `config.campaigns`: what was decided of wake-up campaigns, and of how many people; never whom or what they were told. */
export async function createCampaigns(database: Database, campaigns: readonly Campaign[]): Promise<void> {
  await createTable(
    database,
    "config.campaigns",
    {
      campaign_id: "varchar",
      title: "varchar",
      created_at: "timestamp",
      list_week: "varchar",
      group_id: "varchar",
      segment: "varchar",
      why: "varchar",
      starts_on: "date",
      ends_on: "date",
      treated: "integer",
      held: "integer",
    },
    campaigns.map(({ id, title, createdAt, list, from, to, treated, held }) => ({
      campaign_id: id,
      title,
      created_at: createdAt.slice(0, 19),
      list_week: list.week,
      group_id: list.group,
      segment: list.segment,
      why: list.why,
      starts_on: from,
      ends_on: to,
      treated: treated.length,
      held: held.length,
    })),
  );
}

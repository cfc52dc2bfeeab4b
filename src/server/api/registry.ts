import type { Express, Request, RequestHandler, Response } from "express";
import { z } from "zod";
import { ARROW } from "./answer.ts";

type Method = "get" | "post" | "put";
export interface Operation<Q, P, B> {
  /** As OpenAPI writes it: `/api/v1/segments/{segment}`. */
  path: string;
  method?: Method;
  summary: string;
  params?: z.ZodType<P>;
  query?: z.ZodType<Q>;
  body?: z.ZodType<B>;
  /** What 200 holds: a schema, or "rows" for {generation, cols, rows}, CSV or Arrow as the client asks. */
  answers: z.ZodType | "rows";
  handle: (given: { query: Q; params: P; body: B }, request: Request, response: Response) => Promise<void>;
}

const NOTHING = z.strictObject({});
const text = z.object({ zh: z.string(), en: z.string() });
const rowsSchema = z.object({
  generation: z.string(),
  cols: z.array(z.string()),
  rows: z.array(z.array(z.unknown())),
  missing: z.array(z.object({ source: z.string(), columns: z.array(z.string()), text })).optional(),
});
const errorSchema = z.object({ error: z.string() });

interface Described {
  path: string;
  method: Method;
  item: object;
}

/** Routes of /api/v1: what checks a request is what the OpenAPI document says of it. */
export class Api {
  readonly #app: Express;
  readonly #described: Described[] = [];

  constructor(app: Express) {
    this.#app = app;
    app.get("/api/v1/openapi.json", (_request, response) => void response.json(this.document()));
  }

  add<Q = unknown, P = unknown, B = unknown>(
    operation: Operation<Q, P, B>,
    ...before: RequestHandler[]
  ): void {
    const {
      path,
      method = "get",
      query = NOTHING,
      params = NOTHING,
      body,
    } = operation as Operation<unknown, unknown, unknown>;
    this.#described.push({ path, method, item: describe(operation as Operation<unknown, unknown, unknown>) });
    this.#app[method](path.replace(/\{(\w+)\}/g, ":$1"), ...before, async (request, response) => {
      const given = {
        query: query.parse(request.query),
        params: params.parse({ ...request.params }),
        body: body ? body.parse(request.body) : undefined,
      };
      await operation.handle(given as { query: Q; params: P; body: B }, request, response);
    });
  }

  document(): object {
    const paths: Record<string, Record<string, object>> = {};
    for (const { path, method, item } of this.#described) paths[path] = { ...paths[path], [method]: item };
    return {
      openapi: "3.1.0",
      info: {
        title: "Fupan",
        version: "1",
        description: "Every answer names its generation in X-Fupan-Generation and carries an ETag.",
      },
      paths,
    };
  }
}

function describe({ summary, query, params, body, answers }: Operation<unknown, unknown, unknown>): object {
  const json = (schema: z.ZodType) => ({ "application/json": { schema: schemaOf(schema) } });
  const content =
    answers === "rows"
      ? {
          ...json(rowsSchema),
          "text/csv": { schema: { type: "string" } },
          [ARROW]: { schema: { type: "string", format: "binary" } },
        }
      : json(answers);
  return {
    summary,
    parameters: [...parameters(params, "path"), ...parameters(query, "query")],
    ...(body ? { requestBody: { required: true, content: json(body) } } : {}),
    responses: {
      200: { description: "OK", content },
      400: { description: "A parameter is wrong; the text says which", content: json(errorSchema) },
      404: { description: "There is no such thing, or nothing was built yet", content: json(errorSchema) },
    },
  };
}

function parameters(shape: z.ZodType | undefined, place: "path" | "query"): object[] {
  if (!shape) return [];
  const schema = schemaOf(shape) as { properties?: Record<string, object>; required?: string[] };
  return Object.entries(schema.properties ?? {}).map(([name, one]) => ({
    name,
    in: place,
    required: place === "path" || (schema.required ?? []).includes(name),
    schema: one,
  }));
}

function schemaOf(schema: z.ZodType): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { unrepresentable: "any", io: "input" });
  return rest;
}

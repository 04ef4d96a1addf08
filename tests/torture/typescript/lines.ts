import type { components, paths } from "./newsdb.js";

type Answer<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { "application/json": infer Body } } } };
} ? Body : never;

const api = "http://127.0.0.1:8000";
async function get<Path extends keyof paths>(path: Path, query = ""): Promise<Answer<Path>> {
  const response = await fetch(`${api}${path}?${query}`);
  if (!response.ok) {
    const problem: components["schemas"]["Problem"] = await response.json();
    throw new Error(problem.detail);
  }
  return response.json();
}

const data = await get("/api/v1/statements/", "speaker=john-kirby&limit=5");
const words: string = data.results[0].text;
const headlines: string[] = data.results.map((statement) => statement.article.headline);
const speaker: string | undefined = data.results[0].speaker?.name;
const next: string | null = data.next;
const one = await get("/api/v1/statements/{uid}/");
const exact: string = one.anchors[0].exact;
const facets = await get("/api/v1/statements/facets/", "by=speaker*month");
for (const { speaker, month, count } of facets.results ?? []) console.log(speaker?.name, month, count);
const actor = await get("/api/v1/actors/{slug}/");
console.log(words, headlines, speaker, next, exact, actor.names.join());

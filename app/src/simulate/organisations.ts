/** The eight organisations of the synthetic traffic, one for each kind that cgcp simulates. All are made up. */
import type { Label } from "./templates.ts";

export interface Organisation {
  readonly id: string;
  readonly industry: string;
  readonly tier: "general" | "enterprise" | "research_sandbox";
  readonly surface: "claude_web" | "api" | "aws_bedrock";
  readonly riskProfile: "low" | "medium" | "high";
  readonly users: number;
  /** Words that fill `{topic}` in templates. */
  readonly topics: readonly [string, ...string[]];
}

export const ORGANISATIONS: readonly [Organisation, ...Organisation[]] = [
  {
    id: "pharma_meridian",
    industry: "pharmaceutical",
    tier: "enterprise",
    surface: "aws_bedrock",
    riskProfile: "medium",
    users: 450,
    topics: ["clinical trials", "tablet coatings", "drug interactions", "cold chain logistics"],
  },
  {
    id: "ai_safety_lab",
    industry: "ai_research",
    tier: "research_sandbox",
    surface: "api",
    riskProfile: "high",
    users: 60,
    topics: ["interpretability", "reward models", "evaluation design", "model oversight"],
  },
  {
    id: "bank_harbour",
    industry: "finance",
    tier: "enterprise",
    surface: "api",
    riskProfile: "low",
    users: 1200,
    topics: ["mortgage rates", "quarterly reports", "fraud awareness training", "currency hedging"],
  },
  {
    id: "biotech_seedling",
    industry: "biotech_startup",
    tier: "general",
    surface: "claude_web",
    riskProfile: "high",
    users: 25,
    topics: ["enzyme stability", "crop yields", "laboratory notebooks", "grant applications"],
  },
  {
    id: "university_northfield",
    industry: "academic",
    tier: "research_sandbox",
    surface: "api",
    riskProfile: "medium",
    users: 800,
    topics: ["medieval trade", "statistics homework", "literature reviews", "thesis outlines"],
  },
  {
    id: "defence_bastion",
    industry: "defense",
    tier: "enterprise",
    surface: "aws_bedrock",
    riskProfile: "high",
    users: 150,
    topics: ["supply planning", "maintenance schedules", "network monitoring", "staff training"],
  },
  {
    id: "consulting_ridge",
    industry: "consulting",
    tier: "enterprise",
    surface: "api",
    riskProfile: "low",
    users: 600,
    topics: ["market entry", "workshop agendas", "cost models", "slide headlines"],
  },
  {
    id: "public_users",
    industry: "consumer",
    tier: "general",
    surface: "claude_web",
    riskProfile: "medium",
    users: 10_000,
    topics: ["weeknight dinners", "time travel", "house plants", "learning the guitar"],
  },
];

/** Normal traffic by organisation, in percent: most of it is the public, as in cgcp. */
export const TRAFFIC_PERCENT: Readonly<Record<string, number>> = {
  public_users: 44,
  bank_harbour: 14,
  consulting_ridge: 10,
  pharma_meridian: 10,
  university_northfield: 8,
  defence_bastion: 6,
  ai_safety_lab: 5,
  biotech_seedling: 3,
};

/** How often an organisation's normal traffic is only elevated, in percent, by risk profile. */
export const ELEVATED_PERCENT: Readonly<Record<Organisation["riskProfile"], number>> = { low: 1, medium: 3, high: 8 };

/** Labels of research traffic, drawn evenly. */
export const RESEARCH_LABELS: readonly [Label, ...Label[]] = ["safe", "safe", "elevated", "elevated", "concerning"];

export function organisationOf(id: string): Organisation {
  return ORGANISATIONS.find((organisation) => organisation.id === id) ?? ORGANISATIONS[0];
}

/** What is used of `llm_guardrail`, which comes without types. */
declare module "llm_guardrail" {
  interface Check {
    /** Probability of a threat. */
    readonly confidence: number;
  }
  export function checkAll(prompt: string): Promise<{
    readonly allowed: boolean;
    readonly injection: Check;
    readonly jailbreak: Check;
    readonly malicious: Check;
  }>;
}

import type { OperationPlan } from './operation-plan.js';

/** Plans of one operation: one for each way in which its @include and @skip turn out. */
const maxVariants = 16;

/** The plan for the values that an operation's variables have this time; null declines. */
export type PlanVariants = (variables: Record<string, unknown>) => OperationPlan | null;

/**
 * Keeps the plans of an operation by the outcome of its conditions.
 * @param conditionals the variables that its @include and @skip look at
 */
export function createPlanVariants(conditionals: readonly string[], plan: PlanVariants): PlanVariants {
  const variants = new Map<string, OperationPlan | null>();
  return (variables) => {
    // A null where a condition stands is an error, unless the condition is never reached.
    if (conditionals.some((name) => typeof variables[name] !== 'boolean')) return null;
    const key = conditionals.map((name) => (variables[name] === true ? '1' : '0')).join('');
    const known = variants.get(key);
    if (known !== undefined) return known;
    if (variants.size >= maxVariants) return null;
    const planned = plan(variables);
    variants.set(key, planned);
    return planned;
  };
}

/** A function's value and its gradient, which is written into `into`. */
export type Objective = (at: Float64Array, into: Float64Array) => number;

export interface MinimiseOptions {
  maxIterations: number;
  /** The search ends when no number of the gradient is larger. */
  tolerance: number;
  /** Called at each point that is reached; true ends the search there. */
  reached: (at: Float64Array, iteration: number) => boolean;
}

export type End = 'converged' | 'stopped' | 'iterations';

/** Steps that the curvature is estimated from. */
const MEMORY = 10;
/** Of a step's promised decrease, the part that it must bring (Armijo). */
const DECREASE = 1e-4;
const SHORTEST_STEP = 1e-10;
/** Steps whose curvature is below are not learned from: rounding is larger. */
const FLAT = 1e-12;
/** A decrease that is smaller, of 1 or of the value, is rounding (SciPy's `ftol` is of this kind). */
const ROUNDING = 4 * Number.EPSILON;

/**
 * The minimum of a smooth convex function by L-BFGS (Liu and Nocedal, 1989; Nocedal and Wright, Numerical Optimization,
 * 2006, algorithms 7.4 and 7.5) with a backtracking search along each direction (algorithm 3.1, steps shortened by the
 * parabola through what is known). On a convex function that is enough: curvature along a step is never negative.
 * Computes the same from the same, to the bit.
 * @param at where the search begins; it is moved to where it ends
 */
export function minimise(objective: Objective, at: Float64Array, options: MinimiseOptions): End {
  const { maxIterations, tolerance, reached } = options;
  const size = at.length;
  let gradient = new Float64Array(size);
  let value = objective(at, gradient);
  const history: Step[] = [];
  if (reached(at, 0)) return 'stopped';
  for (let iteration = 1; iteration <= maxIterations; iteration++) {
    if (largest(gradient) <= tolerance) return 'converged';
    let direction = descent(gradient, history);
    let slope = dot(direction, gradient);
    if (!(slope < 0)) {
      // Rounding has spoilt what was learned: begin anew with the steepest descent.
      history.length = 0;
      direction = gradient.map((g) => -g);
      slope = -dot(gradient, gradient);
    }
    const next = new Float64Array(size);
    const nextGradient = new Float64Array(size);
    const first = history.length === 0 ? Math.min(1, 1 / Math.sqrt(-slope)) : 1;
    const found = search(objective, { at, value, direction, slope, first }, next, nextGradient);
    // No step is better: as near to the minimum as numbers can tell.
    if (found === undefined) return 'converged';
    const gained = value - found > ROUNDING * Math.max(1, Math.abs(value));
    remember(history, at, gradient, next, nextGradient);
    at.set(next);
    [gradient, value] = [nextGradient, found];
    if (reached(at, iteration)) return 'stopped';
    if (!gained) return 'converged';
  }
  return largest(gradient) <= tolerance ? 'converged' : 'iterations';
}

interface Line {
  at: Float64Array;
  value: number;
  direction: Float64Array;
  /** Of the function along the direction. */
  slope: number;
  /** The step that is tried first. */
  first: number;
}

/** @returns the value where the step ends; undefined when no step brings a decrease */
function search(
  objective: Objective,
  { at, value, direction, slope, first }: Line,
  next: Float64Array,
  nextGradient: Float64Array,
): number | undefined {
  for (let step = first; step > SHORTEST_STEP;) {
    for (let i = 0; i < at.length; i++) next[i] = at[i]! + step * direction[i]!;
    const found = objective(next, nextGradient);
    if (found <= value + DECREASE * step * slope) return found;
    // The lowest point of the parabola with the known value and slope at 0 and the value here.
    const parabola = (-slope * step * step) / (2 * (found - value - slope * step));
    step = Number.isFinite(parabola) ? Math.min(0.5 * step, Math.max(0.1 * step, parabola)) : 0.5 * step;
  }
  return undefined;
}

interface Step {
  moved: Float64Array;
  /** By how much the gradient has changed. */
  turned: Float64Array;
  /** 1 / (moved . turned) */
  inverse: number;
}

function remember(
  history: Step[],
  at: Float64Array,
  gradient: Float64Array,
  next: Float64Array,
  nextGradient: Float64Array,
): void {
  const moved = next.map((x, i) => x - at[i]!);
  const turned = nextGradient.map((g, i) => g - gradient[i]!);
  const curvature = dot(moved, turned);
  if (!(curvature > FLAT * dot(turned, turned))) return;
  history.push({ moved, turned, inverse: 1 / curvature });
  if (history.length > MEMORY) history.shift();
}

/** Minus the estimated inverse of the Hessian times the gradient: the two loops of algorithm 7.4. */
function descent(gradient: Float64Array, history: readonly Step[]): Float64Array {
  const q = gradient.map((g) => -g);
  const last = history.at(-1);
  if (!last) return q;
  const parts = history.map(() => 0);
  for (let i = history.length - 1; i >= 0; i--) {
    const { moved, turned, inverse } = history[i]!;
    parts[i] = inverse * dot(moved, q);
    add(q, -parts[i]!, turned);
  }
  const scale = 1 / (last.inverse * dot(last.turned, last.turned));
  for (let i = 0; i < q.length; i++) q[i]! *= scale;
  history.forEach(({ moved, turned, inverse }, i) => {
    add(q, parts[i]! - inverse * dot(turned, q), moved);
  });
  return q;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function add(to: Float64Array, times: number, vector: Float64Array): void {
  for (let i = 0; i < to.length; i++) to[i]! += times * vector[i]!;
}

const largest = (vector: Float64Array): number => vector.reduce((most, v) => Math.max(most, Math.abs(v)), 0);

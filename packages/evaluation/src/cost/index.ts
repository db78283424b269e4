export { paretoFront, type ParetoPoint, type QualityAndCost } from './pareto.ts';

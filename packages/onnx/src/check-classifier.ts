import type { OnnxClassifierSpec, Problem } from '@samplewise/domain';
import { checkImageInput, findPort, mismatch, numbersOf } from './ports.ts';
import type { GraphPorts } from './read-graph.ts';

export function checkClassifier(spec: OnnxClassifierSpec, graph: GraphPorts): Problem[] {
  return [...checkImageInput(graph, spec.input), ...checkOutput(spec, graph)];
}

function checkOutput({ output, labels }: OnnxClassifierSpec, graph: GraphPorts): Problem[] {
  const found = findPort(graph, 'outputs', output.name, 'output.name');
  if ('problem' in found) return [found.problem];
  const { port } = found;
  if (port.type !== 'float32') {
    return [mismatch('outputs', port, 'output.name', 'float32', 'Export it with a float32 output.')];
  }
  const classes = numbersOf(port);
  if (classes === undefined || classes === labels.length) return [];
  return [
    mismatch('outputs', port, 'labels', labels.length, `List ${classes} labels, in its order, or name another output.`),
  ];
}

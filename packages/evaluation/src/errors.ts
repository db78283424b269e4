/** An argument that the functions of this package can't work with. */
export class EvaluationInputError extends Error {
  override readonly name = 'EvaluationInputError';
  readonly argument: string;
  /** Position in that argument, where there is one. */
  readonly index: number | undefined;

  constructor(argument: string, message: string, index?: number) {
    super(`${argument}${index === undefined ? '' : `[${index}]`}: ${message}`);
    this.argument = argument;
    this.index = index;
  }
}

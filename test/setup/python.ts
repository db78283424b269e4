import { execFileSync } from 'node:child_process';

/** The Python of tests that need one; PYTHON names another, such as one that has PyTorch. */
export const PYTHON = process.env.PYTHON ?? 'python3';

/** Whether there is a Python in which an expression is true. */
export function pythonHas(expression: string, imports = 'sys'): boolean {
  try {
    const code = `import ${imports}\nprint(bool(${expression}))`;
    return (
      execFileSync(PYTHON, ['-c', code], { stdio: ['ignore', 'pipe', 'ignore'] })
        .toString()
        .trim() === 'True'
    );
  } catch {
    return false;
  }
}

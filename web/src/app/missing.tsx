import { ProblemError } from '../contract/problem.ts';
import { Refused } from '../parts/states.tsx';

export const Missing = () => <Refused error={new ProblemError({ slug: 'not-found', status: 404, detail: '' })} />;

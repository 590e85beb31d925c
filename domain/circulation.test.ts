import { appeal, cast, cellsOf } from '../test/access-cast.ts';
import type { CaseFacts } from './access-facts.ts';
import { type CopyPolicy, copyRefusal } from './circulation.ts';

const cells = cellsOf(`
                          li      bai       han       leader    cousin  gone    rui     chief     desk      super     wang      polit
  internal/nobody         recused null      null      null      recused recused recused null      null      null      null      null
  confidential/nobody     recused forbidden forbidden forbidden recused recused recused forbidden forbidden forbidden forbidden forbidden
  confidential/overseers  recused forbidden forbidden null      recused recused recused null      null      null      forbidden forbidden
  sealed/overseers        recused forbidden forbidden null      recused recused recused null      null      null      forbidden forbidden`);

test.each(cells)('%s copied to %s: %s', (how, who, expected) => {
  const [confidentiality, policy] = how.split('/') as [CaseFacts['confidentiality'], CopyPolicy];
  expect(String(copyRefusal(cast[who], { ...appeal, confidentiality }, policy))).toBe(expected);
});

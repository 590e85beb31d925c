import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ProblemError } from '../../contract/problem.ts';

/** Why it was refused, and where it takes another person, who that can be. */
export function Refusal({ of }: { readonly of: ProblemError | null }) {
  const { t } = useTranslation();
  if (of === null) return null;
  const text = of.slug === 'needs-second-person' ? t('admin.secondPerson') : of.message;
  return (
    <Alert
      className="gap-below"
      type="error"
      role="alert"
      title={text}
      description={of.errors.length > 0 && of.errors.map(({ message }) => message).join('；')}
    />
  );
}

import { Alert, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { send } from '../contract/client.ts';
import type { User } from '../contract/types.ts';
import { DIALOGS } from '../parts/dialogs.ts';
import { LanguageSwitch } from '../parts/language-switch.tsx';

interface Props {
  readonly onDone: (user: User) => void;
  /** Whoever has to come back; anyone unless stated. */
  readonly username?: string;
}

export function SignIn({ onDone }: Props) {
  const { t } = useTranslation();
  return (
    <main className="sign-in">
      <div className="sign-in-card">
        <h1>{t('app.name')}</h1>
        <p className="quiet">{t('app.lead')}</p>
        <Credentials onDone={onDone} />
        <div className="sign-in-language">
          <LanguageSwitch />
        </div>
      </div>
    </main>
  );
}

/** Over the page whose session ended. */
export function SignInAgain({ onDone, username }: Props) {
  const { t } = useTranslation();
  return (
    <Modal open getContainer={DIALOGS} closable={false} footer={null} title={t('signIn.again')}>
      <p>{t('signIn.againLead')}</p>
      <Credentials onDone={onDone} username={username} />
    </Modal>
  );
}

function Credentials({ onDone, username }: Props) {
  const { t } = useTranslation();
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  const submit = async (credentials: { username: string; password: string }) => {
    setBusy(true);
    setRefusal(null);
    try {
      const { user } = await send<{ user: User }>('POST', '/auth/login', { body: credentials });
      onDone(user);
    } catch (error) {
      setRefusal(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Form layout="vertical" onFinish={submit} requiredMark={false} initialValues={{ username }}>
      {refusal && <Alert type="error" title={refusal} showIcon role="alert" className="gap-below" />}
      <Form.Item name="username" label={t('signIn.username')} rules={[{ required: true, message: t('form.required') }]}>
        <Input autoComplete="username" autoFocus={!username} readOnly={username !== undefined} size="large" />
      </Form.Item>
      <Form.Item name="password" label={t('signIn.password')} rules={[{ required: true, message: t('form.required') }]}>
        <Input.Password autoComplete="current-password" autoFocus={username !== undefined} size="large" />
      </Form.Item>
      <Button type="primary" htmlType="submit" size="large" block loading={isBusy}>
        {t('signIn.submit')}
      </Button>
    </Form>
  );
}

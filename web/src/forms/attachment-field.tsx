import { UploadOutlined } from '@ant-design/icons';
import { App, Button, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { send } from '../contract/client.ts';

interface Props {
  readonly many: boolean;
  readonly id?: string;
  readonly value?: string | string[];
  readonly onChange?: (value: string | string[] | undefined) => void;
}

interface Uploaded {
  readonly id: string;
  readonly name: string;
}

/** Uploads at once; the value is the id of what was uploaded. */
export function AttachmentField({ many, id, value, onChange }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [files, setFiles] = useState<readonly Uploaded[]>([]);
  const [isBusy, setBusy] = useState(false);
  const ids = value === undefined ? [] : [value].flat();
  const tell = (all: readonly string[]) => onChange?.(many ? [...all] : all.at(-1));

  const upload = async (file: File) => {
    setBusy(true);
    try {
      const form = new FormData();
      form.append('file', file);
      const { id: uploaded } = await send<{ id: string }>('POST', '/attachments', { file: form });
      setFiles((before) => [...before, { id: uploaded, name: file.name }]);
      tell(many ? [...ids, uploaded] : [uploaded]);
    } catch (error) {
      message.error(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Upload
      multiple={many}
      beforeUpload={(file) => {
        void upload(file);
        return false;
      }}
      fileList={ids.map((each) => ({
        uid: each,
        name: files.find((file) => file.id === each)?.name ?? t('form.attached'),
        status: 'done' as const,
      }))}
      onRemove={({ uid }) => tell(ids.filter((each) => each !== uid))}
    >
      <Button {...(id !== undefined && { id })} icon={<UploadOutlined />} loading={isBusy}>
        {isBusy ? t('form.uploading') : t('form.upload')}
      </Button>
    </Upload>
  );
}

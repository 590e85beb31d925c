import { Button, Input, Upload } from 'antd';
import { useTranslation } from 'react-i18next';

interface Props {
  readonly value: string;
  readonly onChange: (csv: string) => void;
}

/** A table as text, from a file or pasted. */
export function TableField({ value, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <Upload
        accept=".csv,text/csv"
        maxCount={1}
        showUploadList={false}
        beforeUpload={(file) => {
          void textOf(file).then(onChange);
          return false;
        }}
      >
        <Button>{t('admin.import.choose')}</Button>
      </Upload>
      <Input.TextArea
        aria-label={t('admin.import.table')}
        placeholder={t('admin.import.example')}
        className="table-input"
        rows={10}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </>
  );
}

/** Spreadsheet programs save CSV in UTF-8, or in the encoding of a Chinese Windows. */
async function textOf(file: File): Promise<string> {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

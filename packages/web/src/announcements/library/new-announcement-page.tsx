import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Icon } from '../../design/icon.tsx';
import { PageTitle } from '../../design/page-title.tsx';
import { type AnnouncementFields, AnnouncementForm } from './announcement-form.tsx';

const BLANK: AnnouncementFields = { name: '', content: { type: 'text', text: '' }, voiceCredit: '' };

export function NewAnnouncementPage() {
  const [fields, setFields] = useState(BLANK);
  const navigate = useNavigate();
  return (
    <div className="flex flex-col gap-4">
      <Link
        to="/announcements"
        className="inline-flex items-center gap-1 self-start text-key-900 underline underline-offset-4"
      >
        <Icon name="chevronLeft" className="size-4" />
        アナウンス集に戻る
      </Link>
      <PageTitle title="アナウンスを追加する" />
      <AnnouncementForm
        stored={null}
        fields={fields}
        isBehind={false}
        onEdit={(change) => setFields((before) => ({ ...before, ...change }))}
        onSaved={() => void navigate({ to: '/announcements' })}
      />
    </div>
  );
}

create index attachment_by_owner on attachment (owner_id, uploaded_at);

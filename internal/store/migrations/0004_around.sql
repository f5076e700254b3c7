CREATE TABLE faces (
  corp_id TEXT COLLATE "C" NOT NULL,
  user_id TEXT COLLATE "C" NOT NULL,
  sha256 TEXT COLLATE "C" NOT NULL,
  format TEXT NOT NULL CHECK (format IN ('jpeg', 'png')),
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  size INTEGER NOT NULL,
  app_id BIGINT NOT NULL,
  stored_at BIGINT NOT NULL,
  PRIMARY KEY (corp_id, user_id)
);
CREATE INDEX faces_picture ON faces (corp_id, sha256);

CREATE TABLE media (
  corp_id TEXT COLLATE "C" NOT NULL,
  media_id TEXT COLLATE "C" NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('image', 'voice', 'video', 'file')),
  name TEXT NOT NULL,
  content_type TEXT NOT NULL,
  size BIGINT NOT NULL,
  complete SMALLINT NOT NULL,
  app_id BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (corp_id, media_id)
);
CREATE INDEX media_expiry ON media (corp_id, expires_at);

CREATE TABLE media_chunks (
  corp_id TEXT COLLATE "C" NOT NULL,
  media_id TEXT COLLATE "C" NOT NULL,
  n BIGINT NOT NULL,
  data BYTEA NOT NULL,
  PRIMARY KEY (corp_id, media_id, n)
);

CREATE INDEX approvals_number ON approvals (corp_id, no);
CREATE INDEX approvals_known ON approvals (corp_id, known_at);
CREATE INDEX corrections_known ON corrections (corp_id, known_at);

CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL CONSTRAINT alembic_version_pkc PRIMARY KEY
);
INSERT INTO alembic_version VALUES ('0001');
CREATE TABLE contexts (
    chat VARCHAR NOT NULL PRIMARY KEY,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    document TEXT,
    alert_flag VARCHAR,
    alert_action VARCHAR,
    alert_at TIMESTAMP WITH TIME ZONE
);
CREATE INDEX contexts_by_age ON contexts (at);
CREATE INDEX contexts_by_alert ON contexts (alert_at);
INSERT INTO contexts VALUES (
    '1', '2026-11-24 07:30:00+00', '{"version": 1, "at": "2026-11-24T07:30:00+00:00", "said": "hello"}',
    'saddle-numbness', 'emergency', '2026-11-24 07:30:00+00'
);
CREATE TABLE done (
    chat VARCHAR NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    exercise VARCHAR NOT NULL,
    felt VARCHAR NOT NULL,
    routine VARCHAR NOT NULL,
    PRIMARY KEY (chat, at, exercise)
);
INSERT INTO done VALUES ('1', '2026-11-24 07:30:00+00', 'cat-cow', 'good', 'desk-break');
CREATE TABLE misses (
    id SERIAL NOT NULL PRIMARY KEY,
    day DATE NOT NULL,
    document TEXT NOT NULL
);
INSERT INTO misses (day, document) VALUES
    ('2026-11-24', '{"version": 1, "topics": ["risks"]}'),
    ('2026-11-24', '{"version": 1, "topics": ["risks"], "text": "a question"}');
CREATE TABLE profiles (
    chat VARCHAR NOT NULL PRIMARY KEY,
    document TEXT NOT NULL
);
INSERT INTO profiles VALUES ('1', '{"version": 1, "level": 2, "place": "home", "liked": ["cat-cow"]}');

BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE contexts (
	chat VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	document TEXT, 
	alert_flag VARCHAR, 
	alert_action VARCHAR, 
	alert_at DATETIME, 
	PRIMARY KEY (chat)
);
INSERT INTO "contexts" VALUES('1','2026-11-24 07:30:00.000000','{"version": 1, "at": "2026-11-24T07:30:00+00:00", "said": "hello"}','saddle-numbness','emergency','2026-11-24 07:30:00.000000');
CREATE TABLE done (
	chat VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	exercise VARCHAR NOT NULL, 
	felt VARCHAR NOT NULL, 
	routine VARCHAR NOT NULL, 
	PRIMARY KEY (chat, at, exercise)
);
INSERT INTO "done" VALUES('1','2026-11-24 07:30:00.000000','cat-cow','good','desk-break');
CREATE TABLE misses (
	id INTEGER NOT NULL, 
	day DATE NOT NULL, 
	document TEXT NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "misses" VALUES(1,'2026-11-24','{"version": 1, "topics": ["risks"]}');
INSERT INTO "misses" VALUES(2,'2026-11-24','{"version": 1, "topics": ["risks"], "text": "a question"}');
CREATE TABLE profiles (
	chat VARCHAR NOT NULL, 
	document TEXT NOT NULL, 
	PRIMARY KEY (chat)
);
INSERT INTO "profiles" VALUES('1','{"version": 1, "level": 2, "place": "home", "liked": ["cat-cow"]}');
CREATE INDEX contexts_by_age ON contexts (at);
CREATE INDEX contexts_by_alert ON contexts (alert_at);
COMMIT;

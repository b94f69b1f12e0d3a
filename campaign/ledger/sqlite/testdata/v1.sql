-- A ledger as version 1 of its schema wrote it: a finished campaign with every outcome, one that died after a pilot
-- with an attempt in flight, and an import that never came to its end.
PRAGMA application_id = 1263422563;
PRAGMA user_version = 1;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE secret (bytes BLOB NOT NULL);
INSERT INTO secret VALUES(X'7179d6dacb6a48be366ea0b55690aeb000613d7cf24f0e7b3f91a9c92a473895');
CREATE TABLE campaigns (
	id           INTEGER PRIMARY KEY AUTOINCREMENT,
	name         TEXT NOT NULL,
	visible      INTEGER NOT NULL DEFAULT 0,
	account      TEXT NOT NULL DEFAULT '',
	created_at   INTEGER NOT NULL,
	confirmed_at INTEGER NOT NULL DEFAULT 0,
	finished_at  INTEGER NOT NULL DEFAULT 0,
	definition   TEXT NOT NULL
);
INSERT INTO campaigns VALUES(1,'novembre',1,'56',1763774825292,1763774825291,1763774858758,'{"kind":"template","of":"77","title":"welcome","message":{"kind":"template","template":{"ID":77,"PhoneNumberID":56,"Name":"welcome","Status":"APPROVED","Header":{"Format":"","Text":"","Variables":null},"Body":"Bonjour {{prenom}}, bienvenue ! Votre code est {{code}}.","Footer":"","Buttons":null,"Variables":[{"Name":"prenom","In":"body","Media":false},{"Name":"code","In":"body","Media":false}],"Certain":true,"Doubts":null,"Structure":"{\"header\":null,\"body\":{\"text\":\"Bonjour {{prenom}}, bienvenue ! Votre code est {{code}}.\",\"variables\":[{\"name\":\"prenom\"},{\"name\":\"code\"}]},\"buttons\":null}","CreatedAt":"2025-01-06T09:00:00.000000Z","UpdatedAt":"2025-01-06T09:00:00.000000Z"}},"fields":["prenom","code"],"settings":{"country":"FR","duplicates":"error","skip_invalid":true},"file":{"name":"novembre.csv","path":"/campaigns/novembre.csv","sha256":"7fb9c8048bcec5594402a992aa3dc599fdb482ad44a51477fa3c64d0513ce9d9","dialect":{"delimiter":59,"encoding":"utf-8","bom":false,"ending":"\n"},"header":["Téléphone","Prénom","Code"]},"out_dir":"/campaigns","confirmed":6,"api_url":"http://127.0.0.1:8080"}');
INSERT INTO campaigns VALUES(2,'spring',1,'56',1763774858848,1763774858845,0,'{"kind":"template","of":"77","title":"welcome","message":{"kind":"template","template":{"ID":77,"PhoneNumberID":56,"Name":"welcome","Status":"APPROVED","Header":{"Format":"","Text":"","Variables":null},"Body":"Bonjour {{prenom}}, bienvenue ! Votre code est {{code}}.","Footer":"","Buttons":null,"Variables":[{"Name":"prenom","In":"body","Media":false},{"Name":"code","In":"body","Media":false}],"Certain":true,"Doubts":null,"Structure":"{\"header\":null,\"body\":{\"text\":\"Bonjour {{prenom}}, bienvenue ! Votre code est {{code}}.\",\"variables\":[{\"name\":\"prenom\"},{\"name\":\"code\"}]},\"buttons\":null}","CreatedAt":"2025-01-06T09:00:00.000000Z","UpdatedAt":"2025-01-06T09:00:00.000000Z"}},"fields":["prenom","code"],"settings":{"country":"FR","duplicates":"error"},"file":{"name":"spring.csv","path":"/campaigns/spring.csv","sha256":"99d5eccc9941a9da121cbb130e741c8fd6f116403f0e76be3426a1b704c8476a","dialect":{"delimiter":44,"encoding":"utf-8","bom":false,"ending":"\n"},"header":["phone","prenom","code"]},"out_dir":"/campaigns","confirmed":3,"api_url":"http://127.0.0.1:8080"}');
INSERT INTO campaigns VALUES(3,'summer',0,'',1763774860000,0,0,'{}');
CREATE TABLE rows (
	id            INTEGER PRIMARY KEY,
	campaign_id   INTEGER NOT NULL,
	seq           INTEGER NOT NULL,
	gone          INTEGER NOT NULL DEFAULT 0,
	number        INTEGER NOT NULL,
	cells         TEXT NOT NULL,
	phone         TEXT NOT NULL DEFAULT '',
	person        TEXT NOT NULL DEFAULT '',
	field_values  TEXT NOT NULL DEFAULT '',
	contact_name  TEXT NOT NULL DEFAULT '',
	contact_email TEXT NOT NULL DEFAULT '',
	key           BLOB,
	content_id    BLOB,
	generation    INTEGER NOT NULL DEFAULT 0,
	problems      TEXT NOT NULL DEFAULT '',
	status        TEXT NOT NULL,
	cause         TEXT NOT NULL DEFAULT '',
	open          INTEGER NOT NULL DEFAULT 0,
	doubted       INTEGER NOT NULL DEFAULT 0,
	refused       INTEGER NOT NULL DEFAULT 0,
	earlier       INTEGER NOT NULL DEFAULT 0,
	doubt_since   INTEGER NOT NULL DEFAULT 0,
	not_before    INTEGER NOT NULL DEFAULT 0,
	attempts      INTEGER NOT NULL DEFAULT 0,
	error         TEXT NOT NULL DEFAULT '',
	error_code    TEXT NOT NULL DEFAULT '',
	message_id    TEXT NOT NULL DEFAULT '',
	contact_id    TEXT NOT NULL DEFAULT '',
	sent_at       INTEGER NOT NULL DEFAULT 0,
	tried_at      INTEGER NOT NULL DEFAULT 0,
	related_row   INTEGER NOT NULL DEFAULT 0
);
INSERT INTO "rows" VALUES(1,1,1,0,2,'["06 12 34 56 78","Zoé","P00001"]','33612345678','33612345678','["Zoé","P00001"]','','',X'975fe12b840d5d5391e2a5b832d1f8d2',X'de242ac37d9a5720b2ac02afa3df21ea',0,'','sent','',0,0,0,0,0,0,1,'','','987654','54321',1763774825370,1763774825369,0);
INSERT INTO "rows" VALUES(2,1,2,0,3,'["33600000005","Jérôme","P00002"]','33600000005','33600000005','["Jérôme","P00002"]','','',X'3f89df5b6fde569c9bb604fc25be236f',X'34d3e4cdfb3c5d0f85994321739422d5',0,'','already_sent','',0,0,0,0,0,0,2,'','','','',1763774827975,1763774827974,0);
INSERT INTO "rows" VALUES(3,1,3,0,4,'["33600000001","Anaïs","P00003"]','33600000001','33600000001','["Anaïs","P00003"]','','',X'b28fdc4d6076579582073b2841632002',X'7bb733bf039d541a87ec170567072d75',0,'','rejected','opted-out',0,0,1,0,0,0,1,'Contact has opted out from receiving messages','400','','54323',0,1763774825572,0);
INSERT INTO "rows" VALUES(4,1,4,0,5,'["33600000002","O''Neill; Jean","P00004"]','33600000002','33600000002','["O''Neill; Jean","P00004"]','','',X'aadc281df9da5faead3bbb5084ffedb4',X'04054c901f635fcaa5863a4d8bf80f9c',0,'','rejected','not-on-whatsapp',0,0,1,0,0,0,1,'(#131026) Message undeliverable','131026','','',0,1763774825669,0);
INSERT INTO "rows" VALUES(5,1,5,0,6,'["06 12 34 56 78","Zoé","P00001"]','33612345678','33612345678','["Zoé","P00001"]','','',NULL,NULL,0,'','skipped','duplicate',0,0,0,0,0,0,0,'','','','',0,0,2);
INSERT INTO "rows" VALUES(6,1,6,0,7,'["n/a","Léa","P00006"]','','','["Léa","P00006"]','','',NULL,NULL,0,'[{"code":"phone-not-a-number","severity":"error","row":7,"column":"A","header":"Téléphone","value":"n/a"}]','invalid','',0,0,0,0,0,0,0,'','','','',0,0,0);
INSERT INTO "rows" VALUES(7,1,7,0,8,'["33600000012","Chloé","P00007"]','33600000012','33600000012','["Chloé","P00007"]','','',X'a62512172fab5fc18a88aa840fac14a1',X'160941aa2b555b359946215ac4958196',0,'','unknown','server-error',0,1,0,0,1763774825770,1763774882737,5,'Server Error','500','','',0,1763774858752,0);
INSERT INTO "rows" VALUES(8,1,8,0,9,'["33600000010","Noé","P00008"]','33600000010','33600000010','["Noé","P00008"]','','',X'92cd549b9d535df1afdb53e39d4b6bd8',X'6ba5cff2f81f59f195aacbc6576553c2',0,'','sent','',0,0,0,0,0,0,2,'','','987656','54324',1763774828075,1763774828074,0);
INSERT INTO "rows" VALUES(9,2,1,0,2,'["06 12 34 00 00","Zoé","P00000"]','33612340000','33612340000','["Zoé","P00000"]','','',X'2f0d3fce5de65e1e8d74253f201be24b',X'355fb5c0541d5b2986db9459f34ce5c4',0,'','sent','',0,0,0,0,0,0,1,'','','987657','54325',1763774858862,1763774858855,0);
INSERT INTO "rows" VALUES(10,2,2,0,3,'["06 12 34 00 01","Zoé","P00001"]','33612340001','33612340001','["Zoé","P00001"]','','',X'8f05b661ce975a7ba28f1cf6ff3fb862',X'80ba078ff2cb5920912d3acfd6a6e922',0,'','sent','',0,0,0,0,0,0,1,'','','987658','54326',1763774858958,1763774858956,0);
INSERT INTO "rows" VALUES(11,2,3,0,4,'["06 12 34 00 02","Zoé","P00002"]','33612340002','33612340002','["Zoé","P00002"]','','',X'5c4c04aaaf195cc6b601f2d1aafa66b9',X'1726395a78f35c8891c5d7ecdb2d3339',0,'','sent','',0,0,0,0,0,0,1,'','','987659','54327',1763774859057,1763774859055,0);
INSERT INTO "rows" VALUES(12,2,4,0,5,'["06 12 34 00 03","Zoé","P00003"]','33612340003','33612340003','["Zoé","P00003"]','','',X'270dafd677125797a7cd24d4879d9d29',X'cc93d31bded45c5eb836ad206eb664e7',0,'','unknown','in-flight',1,0,0,0,1763774859100,0,1,'','','','',0,1763774859100,0);
INSERT INTO "rows" VALUES(13,2,5,0,6,'["06 12 34 00 04","Zoé","P00004"]','33612340004','33612340004','["Zoé","P00004"]','','',X'1943e99d11b154b5a778c807fa23666d',X'a88d97ae13d45b9c8ecb046cb533c56f',0,'','pending','',0,0,0,0,0,0,0,'','','','',0,0,0);
INSERT INTO "rows" VALUES(14,2,6,0,7,'["06 12 34 00 05","Zoé","P00005"]','33612340005','33612340005','["Zoé","P00005"]','','',X'f71bb588ef9d5e70941b5cb73d043b29',X'fb696c49299a5c3f82d47e2fd2a0192e',0,'','pending','',0,0,0,0,0,0,0,'','','','',0,0,0);
INSERT INTO "rows" VALUES(15,2,7,0,8,'["06 12 34 00 06","Zoé","P00006"]','33612340006','33612340006','["Zoé","P00006"]','','',X'1004196c01eb55e285b15fe728b72d2d',X'26eb50715548535288e9fd1c8eba3853',0,'','pending','',0,0,0,0,0,0,0,'','','','',0,0,0);
INSERT INTO "rows" VALUES(16,2,8,0,9,'["06 12 34 00 07","Zoé","P00007"]','33612340007','33612340007','["Zoé","P00007"]','','',X'8b5891c5902459ad9f2cffcd3aa19377',X'13b3df49bd3b566caf9e6fc2ae140404',0,'','pending','',0,0,0,0,0,0,0,'','','','',0,0,0);
INSERT INTO "rows" VALUES(17,3,1,0,2,'["0612345678"]','','','','','',NULL,NULL,0,'','pending','',0,0,0,0,0,0,0,'','','','',0,0,0);
CREATE TABLE attempts (
	id          INTEGER PRIMARY KEY,
	row_id      INTEGER NOT NULL,
	run_id      INTEGER NOT NULL,
	pace_key    TEXT NOT NULL,
	key         BLOB NOT NULL,
	began_at    INTEGER NOT NULL,
	deadline_at INTEGER NOT NULL,
	answered_at INTEGER,
	kind        TEXT NOT NULL DEFAULT '',
	cause       TEXT NOT NULL DEFAULT '',
	code        TEXT NOT NULL DEFAULT '',
	text        TEXT NOT NULL DEFAULT ''
);
INSERT INTO attempts VALUES(1,1,1,'8e2515eb47f73508878f50b9',X'975fe12b840d5d5391e2a5b832d1f8d2',1763774825369,1763774885369,1763774825370,'accepted','','','');
INSERT INTO attempts VALUES(2,2,1,'8e2515eb47f73508878f50b9',X'3f89df5b6fde569c9bb604fc25be236f',1763774825470,1763774885470,1763774825472,'doubt','connection-lost','','EOF');
INSERT INTO attempts VALUES(3,3,1,'8e2515eb47f73508878f50b9',X'b28fdc4d6076579582073b2841632002',1763774825572,1763774885572,1763774825621,'rejected','opted-out','400','Contact has opted out from receiving messages');
INSERT INTO attempts VALUES(4,4,1,'8e2515eb47f73508878f50b9',X'aadc281df9da5faead3bbb5084ffedb4',1763774825669,1763774885669,1763774825672,'rejected','not-on-whatsapp','131026','(#131026) Message undeliverable');
INSERT INTO attempts VALUES(5,7,1,'8e2515eb47f73508878f50b9',X'a62512172fab5fc18a88aa840fac14a1',1763774825770,1763774885770,1763774825773,'doubt','server-error','500','Server Error');
INSERT INTO attempts VALUES(6,8,1,'8e2515eb47f73508878f50b9',X'92cd549b9d535df1afdb53e39d4b6bd8',1763774825870,1763774885870,1763774825872,'throttled','throttled','429','Too many requests. Please slow down.');
INSERT INTO attempts VALUES(7,7,1,'8e2515eb47f73508878f50b9',X'a62512172fab5fc18a88aa840fac14a1',1763774827875,1763774887875,1763774827877,'doubt','server-error','500','Server Error');
INSERT INTO attempts VALUES(8,2,1,'8e2515eb47f73508878f50b9',X'3f89df5b6fde569c9bb604fc25be236f',1763774827974,1763774887974,1763774827975,'replayed','','201','Message already sent with this idempotency key: 3f89df5b-6fde-569c-9bb6-04fc25be236f');
INSERT INTO attempts VALUES(9,8,1,'8e2515eb47f73508878f50b9',X'92cd549b9d535df1afdb53e39d4b6bd8',1763774828074,1763774888074,1763774828075,'accepted','','','');
INSERT INTO attempts VALUES(10,7,1,'8e2515eb47f73508878f50b9',X'a62512172fab5fc18a88aa840fac14a1',1763774830356,1763774890356,1763774830362,'doubt','server-error','500','Server Error');
INSERT INTO attempts VALUES(11,7,1,'8e2515eb47f73508878f50b9',X'a62512172fab5fc18a88aa840fac14a1',1763774836039,1763774896039,1763774836110,'doubt','server-error','500','Server Error');
INSERT INTO attempts VALUES(12,7,1,'8e2515eb47f73508878f50b9',X'a62512172fab5fc18a88aa840fac14a1',1763774858752,1763774918752,1763774858757,'doubt','server-error','500','Server Error');
INSERT INTO attempts VALUES(13,9,2,'8e2515eb47f73508878f50b9',X'2f0d3fce5de65e1e8d74253f201be24b',1763774858855,1763774918855,1763774858862,'accepted','','','');
INSERT INTO attempts VALUES(14,10,2,'8e2515eb47f73508878f50b9',X'8f05b661ce975a7ba28f1cf6ff3fb862',1763774858956,1763774918956,1763774858958,'accepted','','','');
INSERT INTO attempts VALUES(15,11,2,'8e2515eb47f73508878f50b9',X'5c4c04aaaf195cc6b601f2d1aafa66b9',1763774859055,1763774919055,1763774859057,'accepted','','','');
INSERT INTO attempts VALUES(16,12,2,'8e2515eb47f73508878f50b9',X'270dafd677125797a7cd24d4879d9d29',1763774859100,1763774919100,NULL,'','','','');
CREATE TABLE holds (
	pace_key TEXT PRIMARY KEY,
	noted_at INTEGER NOT NULL,
	until    INTEGER NOT NULL
);
INSERT INTO holds VALUES('8e2515eb47f73508878f50b9',1763774825873,1763774827873);
CREATE TABLE runs (
	id         INTEGER PRIMARY KEY,
	campaign   TEXT NOT NULL,
	command    TEXT NOT NULL,
	flags      TEXT NOT NULL,
	started_at INTEGER NOT NULL,
	ended_at   INTEGER NOT NULL DEFAULT 0,
	stopped    TEXT NOT NULL DEFAULT '',
	pid        INTEGER NOT NULL,
	person     TEXT NOT NULL,
	computer   TEXT NOT NULL,
	version    TEXT NOT NULL,
	file_name  TEXT NOT NULL DEFAULT '',
	sha256     TEXT NOT NULL DEFAULT '',
	confirmed  INTEGER NOT NULL DEFAULT 0
);
INSERT INTO runs VALUES(1,'novembre','send','--country=FR --doubt-delay=100ms --rate=600 --skip-invalid=true --template=welcome --yes=true',1763774825245,1763774858757,'done',4321,'marie','bureau','0.1.0','novembre.csv','7fb9c8048bcec5594402a992aa3dc599fdb482ad44a51477fa3c64d0513ce9d9',6);
INSERT INTO runs VALUES(2,'spring','send','--country=FR --first=3 --rate=600 --template=welcome --yes=true',1763774858781,1763774859058,'pilot',4321,'marie','bureau','0.1.0','spring.csv','99d5eccc9941a9da121cbb130e741c8fd6f116403f0e76be3426a1b704c8476a',3);
CREATE TABLE opt_outs (
	account TEXT NOT NULL,
	person  BLOB NOT NULL,
	since   INTEGER NOT NULL,
	PRIMARY KEY (account, person)
) WITHOUT ROWID;
INSERT INTO opt_outs VALUES('56',X'fbf19045d72576a6fc85d64820688605b38fe2a9f17da8cf9bba768d6aac513e',1763774825621);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('campaigns',3);
CREATE UNIQUE INDEX campaigns_name ON campaigns (name) WHERE visible;
CREATE INDEX rows_order ON rows (campaign_id, gone, seq);
CREATE INDEX rows_queue ON rows (campaign_id, seq) WHERE status IN ('pending', 'unknown') AND NOT gone;
CREATE UNIQUE INDEX rows_content ON rows (content_id, campaign_id) WHERE content_id IS NOT NULL;
CREATE INDEX rows_person ON rows (person, campaign_id) WHERE person <> '';
CREATE INDEX attempts_row ON attempts (row_id);
CREATE INDEX attempts_pace ON attempts (pace_key, answered_at);
CREATE INDEX runs_campaign ON runs (campaign, id);
COMMIT;

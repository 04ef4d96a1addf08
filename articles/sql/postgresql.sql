-- A statement's columns that follow from its article and its anchors are worked out in one place: here.
-- Changes of articles and anchors only nudge their statements (SET text = text), which comes by here too.
CREATE OR REPLACE FUNCTION newsdb_derive() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- A transaction that changes an article does not see statements that others are adding to it: those wait for
  -- it, and for each other (see newsdb_published_once).
  IF TG_OP = 'INSERT' OR NEW.article_id <> OLD.article_id THEN
    PERFORM 1 FROM articles_article WHERE id = NEW.article_id FOR NO KEY UPDATE;
  END IF;
  SELECT outlet_id, published_on, published_precision
  INTO NEW.outlet_id, NEW.published_on, NEW.published_precision
  FROM articles_article WHERE id = NEW.article_id;
  NEW.published_precision := coalesce(NEW.published_precision, '');
  -- The first capture in which the statement has anchors is the one it is read in.
  SELECT min(capture_id),
    CASE
      WHEN count(*) = 0 THEN 'unchecked'
      WHEN string_agg(exact, ' […] ' ORDER BY position) <> NEW.text OR bool_or(match = 'mismatched')
        THEN 'mismatched'
      WHEN bool_and(match = 'matched') THEN 'matched'
      ELSE 'unchecked'
    END,
    min(checked_at)
  INTO NEW.capture_id, NEW.text_match, NEW.text_checked_at
  FROM articles_anchor
  WHERE statement_id = NEW.id
    AND capture_id = (SELECT min(capture_id) FROM articles_anchor WHERE statement_id = NEW.id);
  RETURN NEW;
END $$;

CREATE TRIGGER newsdb_derive BEFORE INSERT OR UPDATE OF
  article_id, outlet_id, published_on, published_precision, text, capture_id, text_match, text_checked_at
ON articles_statement FOR EACH ROW EXECUTE FUNCTION newsdb_derive();

CREATE OR REPLACE FUNCTION newsdb_nudge_article() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE articles_statement SET text = text WHERE article_id = NEW.id;
  RETURN NULL;
END $$;

-- In a fixture it may come after its statements.
CREATE TRIGGER newsdb_nudge_article_insert AFTER INSERT ON articles_article
FOR EACH ROW EXECUTE FUNCTION newsdb_nudge_article();
CREATE TRIGGER newsdb_nudge_article_update AFTER UPDATE OF outlet_id, published_on, published_precision
ON articles_article FOR EACH ROW
WHEN ((OLD.outlet_id, OLD.published_on, OLD.published_precision)
  IS DISTINCT FROM (NEW.outlet_id, NEW.published_on, NEW.published_precision))
EXECUTE FUNCTION newsdb_nudge_article();

-- By statement, not by row: a bulk load of anchors touches each of its statements once.
CREATE OR REPLACE FUNCTION newsdb_nudge_anchor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    UPDATE articles_statement SET text = text WHERE id = ANY(ARRAY(SELECT DISTINCT statement_id FROM before));
  END IF;
  IF TG_OP <> 'DELETE' THEN
    UPDATE articles_statement SET text = text WHERE id = ANY(ARRAY(SELECT DISTINCT statement_id FROM after));
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER newsdb_nudge_anchor_insert AFTER INSERT ON articles_anchor
REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION newsdb_nudge_anchor();
CREATE TRIGGER newsdb_nudge_anchor_update AFTER UPDATE ON articles_anchor
REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION newsdb_nudge_anchor();
CREATE TRIGGER newsdb_nudge_anchor_delete AFTER DELETE ON articles_anchor
REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION newsdb_nudge_anchor();

-- An anchor that was moved or reworded has not been checked, unless the same write brings a new check.
CREATE OR REPLACE FUNCTION newsdb_anchor_unchecked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.match := 'unchecked';
  NEW.checked_at := NULL;
  RETURN NEW;
END $$;

CREATE TRIGGER newsdb_anchor_unchecked BEFORE UPDATE ON articles_anchor FOR EACH ROW
WHEN (NEW.checked_at IS NOT DISTINCT FROM OLD.checked_at
  AND (NEW.capture_id, NEW.exact, NEW.start, NEW."end")
    IS DISTINCT FROM (OLD.capture_id, OLD.exact, OLD.start, OLD."end"))
EXECUTE FUNCTION newsdb_anchor_unchecked();

-- Who is said to have said published words never changes in silence.
CREATE OR REPLACE FUNCTION newsdb_speaker_reason() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce(current_setting('newsdb.reason', true), '') = '' THEN
    RAISE EXCEPTION 'a changed speaker needs a reason' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER newsdb_speaker_reason BEFORE UPDATE OF speaker_id ON articles_statement FOR EACH ROW
WHEN (OLD.speaker_id IS DISTINCT FROM NEW.speaker_id AND OLD.status = 'published')
EXECUTE FUNCTION newsdb_speaker_reason();

-- The recorded result belongs to the words before the change. A fixture brings words and result together.
CREATE OR REPLACE FUNCTION newsdb_latest_capture() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce(current_setting('newsdb.loading', true), '') = '' THEN
    NEW.in_latest_capture := NULL;
    NEW.latest_capture_id := NULL;
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER newsdb_latest_capture BEFORE UPDATE OF text, article_id ON articles_statement FOR EACH ROW
WHEN ((OLD.text, OLD.article_id) <> (NEW.text, NEW.article_id)
  AND (OLD.in_latest_capture, OLD.latest_capture_id)
    IS NOT DISTINCT FROM (NEW.in_latest_capture, NEW.latest_capture_id))
EXECUTE FUNCTION newsdb_latest_capture();

-- A capture never changes; its text may be attached or detached, unless it was erased.
CREATE OR REPLACE FUNCTION newsdb_capture() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND (OLD.text_erased AND NOT NEW.text_erased
      OR (OLD.sha256, OLD.text_sha256, OLD.length, OLD.media_type)
        IS DISTINCT FROM (NEW.sha256, NEW.text_sha256, NEW.length, NEW.media_type)) THEN
    RAISE EXCEPTION 'a capture never changes' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.text IS NOT NULL AND encode(sha256(convert_to(NEW.text, 'UTF8')), 'hex') <> NEW.text_sha256 THEN
    RAISE EXCEPTION 'this is not the text that was captured: its hash differs'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER newsdb_capture
BEFORE INSERT OR UPDATE OF sha256, text_sha256, length, media_type, text, text_erased
ON articles_capture FOR EACH ROW EXECUTE FUNCTION newsdb_capture();

-- What a retracted article printed is not public. In a fixture either may come first.
CREATE OR REPLACE FUNCTION newsdb_published_in() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Waits for a retraction that is under way.
  PERFORM 1 FROM articles_article WHERE id = NEW.article_id FOR NO KEY UPDATE;
  IF EXISTS (SELECT 1 FROM articles_article WHERE id = NEW.article_id AND status = 'retracted') THEN
    RAISE EXCEPTION 'its article is retracted' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER newsdb_published_in_insert BEFORE INSERT ON articles_statement
FOR EACH ROW WHEN (NEW.status = 'published') EXECUTE FUNCTION newsdb_published_in();
CREATE TRIGGER newsdb_published_in_update BEFORE UPDATE OF status, article_id ON articles_statement
FOR EACH ROW WHEN (NEW.status = 'published' AND (OLD.status, OLD.article_id) <> (NEW.status, NEW.article_id))
EXECUTE FUNCTION newsdb_published_in();

CREATE OR REPLACE FUNCTION newsdb_retracted_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM articles_statement WHERE article_id = NEW.id AND status = 'published') THEN
    RAISE EXCEPTION 'an article is retracted with its statements' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER newsdb_retracted_whole BEFORE INSERT OR UPDATE OF status ON articles_article
FOR EACH ROW WHEN (NEW.status = 'retracted') EXECUTE FUNCTION newsdb_retracted_whole();

-- Words are anchored in captures of the article that printed them. In a fixture any of them may come first.
CREATE OR REPLACE FUNCTION newsdb_anchored_in() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  elsewhere boolean;
BEGIN
  CASE TG_TABLE_NAME
  WHEN 'articles_anchor' THEN
    elsewhere := EXISTS (
      SELECT 1 FROM articles_statement s, articles_capture c
      WHERE s.id = NEW.statement_id AND c.id = NEW.capture_id AND c.article_id <> s.article_id);
  WHEN 'articles_statement' THEN
    elsewhere := EXISTS (
      SELECT 1 FROM articles_anchor a JOIN articles_capture c ON c.id = a.capture_id
      WHERE a.statement_id = NEW.id AND c.article_id <> NEW.article_id);
  ELSE
    elsewhere := EXISTS (
      SELECT 1 FROM articles_anchor a JOIN articles_statement s ON s.id = a.statement_id
      WHERE a.capture_id = NEW.id AND s.article_id <> NEW.article_id);
  END CASE;
  IF elsewhere THEN
    RAISE EXCEPTION 'an anchor stands in a capture of its statement''s article'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER newsdb_anchored_in AFTER INSERT OR UPDATE OF statement_id, capture_id ON articles_anchor
FOR EACH ROW EXECUTE FUNCTION newsdb_anchored_in();
CREATE TRIGGER newsdb_anchored_in AFTER INSERT OR UPDATE OF article_id ON articles_statement
FOR EACH ROW EXECUTE FUNCTION newsdb_anchored_in();
CREATE TRIGGER newsdb_anchored_in AFTER INSERT OR UPDATE OF article_id ON articles_capture
FOR EACH ROW EXECUTE FUNCTION newsdb_anchored_in();

-- The same words of the same speaker can be published only once at the same place. Two statements share a place
-- if their anchors overlap in a capture, or neither has anchors; labels distinguish unnamed speakers. Statements
-- of a fixture may get their anchors later. Existing duplicates stay, and may be changed.
CREATE OR REPLACE FUNCTION newsdb_check_duplicate(one bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  twin uuid;
BEGIN
  SELECT other.uid INTO twin
  FROM articles_statement mine JOIN articles_statement other
    ON other.article_id = mine.article_id AND left(other.words_key, 200) = left(mine.words_key, 200)
    AND other.words_key = mine.words_key AND other.status = 'published' AND other.id <> mine.id
    AND other.speaker_id IS NOT DISTINCT FROM mine.speaker_id
    AND (mine.speaker_id IS NOT NULL OR other.speaker_label = mine.speaker_label)
  WHERE mine.id = one AND mine.status = 'published' AND mine.words_key <> '' AND (
    EXISTS (
      SELECT 1 FROM articles_anchor a JOIN articles_anchor b USING (capture_id)
      WHERE a.statement_id = mine.id AND b.statement_id = other.id AND a.start < b."end" AND b.start < a."end")
    OR mine.capture_id IS NULL AND other.capture_id IS NULL
      AND coalesce(current_setting('newsdb.loading', true), '') = '')
  ORDER BY other.id LIMIT 1;
  IF twin IS NOT NULL THEN
    RAISE EXCEPTION 'These words of this speaker are already published at this place: statement %.', twin
      USING ERRCODE = 'unique_violation';
  END IF;
END $$;

CREATE OR REPLACE FUNCTION newsdb_published_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- If two transactions publish the same words at once, the second waits here and then sees the first.
  PERFORM 1 FROM articles_article WHERE id = NEW.article_id FOR NO KEY UPDATE;
  PERFORM newsdb_check_duplicate(NEW.id);
  RETURN NULL;
END $$;

CREATE TRIGGER newsdb_published_once_insert AFTER INSERT ON articles_statement
FOR EACH ROW WHEN (NEW.status = 'published') EXECUTE FUNCTION newsdb_published_once();
CREATE TRIGGER newsdb_published_once_update
AFTER UPDATE OF article_id, speaker_id, speaker_label, words_key, status ON articles_statement
FOR EACH ROW WHEN (NEW.status = 'published'
  AND (OLD.article_id, OLD.speaker_id, OLD.speaker_label, OLD.words_key, OLD.status)
    IS DISTINCT FROM (NEW.article_id, NEW.speaker_id, NEW.speaker_label, NEW.words_key, NEW.status))
EXECUTE FUNCTION newsdb_published_once();

CREATE OR REPLACE FUNCTION newsdb_anchored_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  anchored bigint[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    anchored := ARRAY(SELECT DISTINCT statement_id FROM after);
  ELSE
    anchored := ARRAY(
      SELECT DISTINCT statement_id FROM (
        SELECT id, statement_id, capture_id, start, "end" FROM after
        EXCEPT SELECT id, statement_id, capture_id, start, "end" FROM before) moved);
  END IF;
  PERFORM 1 FROM articles_article WHERE id = ANY(ARRAY(
    SELECT article_id FROM articles_statement WHERE status = 'published' AND id = ANY(anchored)))
  ORDER BY id FOR NO KEY UPDATE;
  PERFORM newsdb_check_duplicate(one) FROM unnest(anchored) one;
  RETURN NULL;
END $$;

CREATE TRIGGER newsdb_anchored_once_insert AFTER INSERT ON articles_anchor
REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION newsdb_anchored_once();
CREATE TRIGGER newsdb_anchored_once_update AFTER UPDATE ON articles_anchor
REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION newsdb_anchored_once();

-- The rows of a joint statement have one article. While a fixture is loaded they may differ: see
-- articles/services/joint.py.
CREATE OR REPLACE FUNCTION newsdb_joint() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  other uuid;
BEGIN
  IF coalesce(current_setting('newsdb.loading', true), '') <> '' THEN
    RETURN NULL;
  END IF;
  -- If two transactions add rows at once, the second waits here and then sees those of the first.
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW.joint_uid::text, 0));
  SELECT uid INTO other FROM articles_statement
  WHERE joint_uid = NEW.joint_uid AND article_id <> NEW.article_id ORDER BY id LIMIT 1;
  IF other IS NOT NULL THEN
    RAISE EXCEPTION 'A joint statement has one article; another row of it has a different one: statement %.', other
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER newsdb_joint AFTER INSERT OR UPDATE OF joint_uid, article_id ON articles_statement
FOR EACH ROW WHEN (NEW.joint_uid IS NOT NULL) EXECUTE FUNCTION newsdb_joint();

-- Nothing is printed before it is said. Rows that break this already stay, and may be changed otherwise. In a
-- fixture the article may come after its statement, which then gets its date.
CREATE OR REPLACE FUNCTION newsdb_said_first() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM articles_article WHERE id = NEW.article_id AND published_last < NEW.said_on) THEN
    RAISE EXCEPTION 'Its article was published before these words were said: statement %.', NEW.uid
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER newsdb_said_first_insert AFTER INSERT ON articles_statement
FOR EACH ROW WHEN (NEW.said_on IS NOT NULL AND NEW.status IN ('proposed', 'published'))
EXECUTE FUNCTION newsdb_said_first();
CREATE TRIGGER newsdb_said_first_update AFTER UPDATE ON articles_statement
FOR EACH ROW WHEN (NEW.said_on IS NOT NULL AND NEW.status IN ('proposed', 'published')
  AND (OLD.said_on, OLD.published_on, OLD.published_precision, OLD.status)
    IS DISTINCT FROM (NEW.said_on, NEW.published_on, NEW.published_precision, NEW.status))
EXECUTE FUNCTION newsdb_said_first();

-- A printed link points to the article at its URL, whichever of them comes first. One that already has a
-- target keeps it.
CREATE OR REPLACE FUNCTION newsdb_link_target() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.target_id := (
    SELECT id FROM articles_article WHERE source_url_key = NEW.source_url_key AND source_url_key <> '');
  RETURN NEW;
END $$;

CREATE TRIGGER newsdb_link_target_insert BEFORE INSERT ON articles_relatedlink
FOR EACH ROW WHEN (NEW.target_id IS NULL AND NEW.source_url_key <> '') EXECUTE FUNCTION newsdb_link_target();
CREATE TRIGGER newsdb_link_target_update BEFORE UPDATE OF source_url_key ON articles_relatedlink
FOR EACH ROW WHEN (
  NEW.target_id IS NULL AND NEW.source_url_key <> '' AND OLD.source_url_key <> NEW.source_url_key)
EXECUTE FUNCTION newsdb_link_target();

CREATE OR REPLACE FUNCTION newsdb_linked_article() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE articles_relatedlink SET target_id = NEW.id
  WHERE source_url_key = NEW.source_url_key AND source_url_key <> '' AND target_id IS NULL;
  RETURN NULL;
END $$;

CREATE TRIGGER newsdb_linked_article_insert AFTER INSERT ON articles_article
FOR EACH ROW WHEN (NEW.source_url_key <> '') EXECUTE FUNCTION newsdb_linked_article();
CREATE TRIGGER newsdb_linked_article_update AFTER UPDATE OF source_url_key ON articles_article
FOR EACH ROW WHEN (NEW.source_url_key <> '' AND OLD.source_url_key <> NEW.source_url_key)
EXECUTE FUNCTION newsdb_linked_article();

-- Every address an outlet ever had stays its own, as an actor's does: see actors/sql.
CREATE OR REPLACE FUNCTION newsdb_outlet_address() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM articles_outletslug WHERE slug = NEW.slug AND outlet_id = NEW.id) THEN
    INSERT INTO articles_outletslug (slug, outlet_id) VALUES (NEW.slug, NEW.id);
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER newsdb_address_insert AFTER INSERT ON articles_outlet
FOR EACH ROW EXECUTE FUNCTION newsdb_outlet_address();
CREATE TRIGGER newsdb_address_update AFTER UPDATE OF slug ON articles_outlet
FOR EACH ROW WHEN (OLD.slug <> NEW.slug) EXECUTE FUNCTION newsdb_outlet_address();
CREATE TRIGGER newsdb_address_delete BEFORE DELETE ON articles_outletslug
FOR EACH ROW EXECUTE FUNCTION newsdb_address_kept();
CREATE TRIGGER newsdb_address_kept BEFORE UPDATE OF slug ON articles_outletslug
FOR EACH ROW WHEN (OLD.slug <> NEW.slug) EXECUTE FUNCTION newsdb_address_kept();

-- Published records stay public or are retracted with a reason: these are all the status changes allowed.
-- The triggers fire AFTER the row is written, so that violated constraints report their own names.
CREATE OR REPLACE FUNCTION newsdb_status() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  noun text := TG_ARGV[0];
  refusal text;
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF coalesce(current_setting('newsdb.loading', true), '') = '' THEN
      refusal := CASE noun
        WHEN 'statement' THEN 'A new statement must be proposed or published:'
          || ' only a fixture or an import can add a rejected or retracted one.'
        ELSE 'A new article must be published: only a fixture or an import can add a retracted one.' END;
    END IF;
  ELSIF OLD.status IN ('published', 'retracted') AND NEW.status IN ('proposed', 'rejected') THEN
    refusal := CASE OLD.status
      WHEN 'published' THEN 'A published statement cannot become proposed or rejected: retract it, with a reason.'
      ELSE 'A retracted statement cannot become proposed or rejected: restore it, with a reason.' END;
  ELSIF NEW.status = 'retracted' AND OLD.status <> 'published' THEN
    refusal := 'Only a published statement can be retracted.';
  ELSIF NEW.status = 'retracted' AND btrim(NEW.retraction_reason) = '' THEN
    refusal := format('A retraction needs a reason: everyone who requests the %s sees it.', noun);
  ELSIF OLD.status = 'retracted' AND btrim(coalesce(current_setting('newsdb.reason', true), '')) = '' THEN
    refusal := format(
      'A retracted %s can be published again only with a reason, which is public in the history.', noun);
  END IF;
  IF refusal IS NOT NULL THEN
    RAISE EXCEPTION '%', refusal USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER newsdb_status_update AFTER UPDATE OF status ON articles_statement
FOR EACH ROW WHEN (OLD.status <> NEW.status) EXECUTE FUNCTION newsdb_status('statement');
CREATE TRIGGER newsdb_status_insert AFTER INSERT ON articles_statement
FOR EACH ROW WHEN (NEW.status IN ('rejected', 'retracted')) EXECUTE FUNCTION newsdb_status('statement');
CREATE TRIGGER newsdb_status_update AFTER UPDATE OF status ON articles_article
FOR EACH ROW WHEN (OLD.status <> NEW.status) EXECUTE FUNCTION newsdb_status('article');
CREATE TRIGGER newsdb_status_insert AFTER INSERT ON articles_article
FOR EACH ROW WHEN (NEW.status = 'retracted') EXECUTE FUNCTION newsdb_status('article');

-- Records that were public are deleted only by an erasure. Older releases let published words be rejected.
CREATE OR REPLACE FUNCTION newsdb_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce(current_setting('newsdb.erasing', true), '') = '' AND (OLD.status IN ('published', 'retracted')
      OR EXISTS (SELECT 1 FROM newsdb_change WHERE record_type = TG_ARGV[0] AND uid = OLD.uid AND public)) THEN
    RAISE EXCEPTION '% that was public cannot be deleted: retract it instead, with a reason.',
      CASE TG_ARGV[0] WHEN 'article' THEN 'An article' ELSE 'A statement' END
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN OLD;
END $$;

CREATE TRIGGER newsdb_kept BEFORE DELETE ON articles_statement
FOR EACH ROW EXECUTE FUNCTION newsdb_kept('statement');
CREATE TRIGGER newsdb_kept BEFORE DELETE ON articles_article
FOR EACH ROW EXECUTE FUNCTION newsdb_kept('article');

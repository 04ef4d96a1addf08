-- A statement's columns that follow from its article and its anchors are worked out in one place: here.
-- Changes of articles and anchors only nudge their statements (SET text = text), which comes by here too.
CREATE TRIGGER newsdb_derive_insert AFTER INSERT ON articles_statement
BEGIN
  UPDATE articles_statement SET text = text WHERE id = NEW.id;
  -- Into the index of words, unless the article's date, which it just got, has put it there: see below.
  INSERT INTO articles_statement_search (rowid, tokens)
    SELECT place, tokens FROM (
      SELECT CAST(julianday(coalesce(s.said_on, s.published_on, '0001-01-01')) AS INTEGER) << 40 | s.id
        AS place, s.tokens
      FROM articles_statement s WHERE s.id = NEW.id)
    WHERE place NOT IN (SELECT rowid FROM articles_statement_search WHERE rowid = place);
END;

CREATE TRIGGER newsdb_derive_update AFTER UPDATE OF
  article_id, outlet_id, published_on, published_precision, text, capture_id, text_match, text_checked_at
ON articles_statement
BEGIN
  UPDATE articles_statement SET (outlet_id, published_on, published_precision) =
    (SELECT max(outlet_id), max(published_on), coalesce(max(published_precision), '')
     FROM articles_article WHERE id = NEW.article_id)
  WHERE id = NEW.id;
  -- The first capture in which the statement has anchors is the one it is read in.
  UPDATE articles_statement SET (capture_id, text_match, text_checked_at) = (
    SELECT min(capture_id),
      CASE
        WHEN count(*) = 0 THEN 'unchecked'
        WHEN group_concat(exact, ' […] ') <> NEW.text OR sum("match" = 'mismatched') > 0 THEN 'mismatched'
        WHEN sum("match" = 'matched') = count(*) THEN 'matched'
        ELSE 'unchecked'
      END,
      min(checked_at)
    FROM (SELECT * FROM articles_anchor
          WHERE statement_id = NEW.id
            AND capture_id = (SELECT min(capture_id) FROM articles_anchor WHERE statement_id = NEW.id)
          ORDER BY position))
  WHERE id = NEW.id;
END;

-- In a fixture it may come after its statements.
CREATE TRIGGER newsdb_nudge_article_insert AFTER INSERT ON articles_article
BEGIN
  UPDATE articles_statement SET text = text WHERE article_id = NEW.id;
END;

CREATE TRIGGER newsdb_nudge_article_update AFTER UPDATE OF outlet_id, published_on, published_precision
ON articles_article
WHEN OLD.outlet_id IS NOT NEW.outlet_id OR OLD.published_on IS NOT NEW.published_on
  OR OLD.published_precision IS NOT NEW.published_precision
BEGIN
  UPDATE articles_statement SET text = text WHERE article_id = NEW.id;
END;

CREATE TRIGGER newsdb_nudge_anchor_insert AFTER INSERT ON articles_anchor
BEGIN
  UPDATE articles_statement SET text = text WHERE id = NEW.statement_id;
END;

-- An anchor that was moved or reworded has not been checked, unless the same write brings a new check.
CREATE TRIGGER newsdb_nudge_anchor_update AFTER UPDATE OF
  statement_id, capture_id, position, exact, "start", "end", "match", checked_at
ON articles_anchor
BEGIN
  UPDATE articles_anchor SET "match" = 'unchecked', checked_at = NULL
  WHERE id = NEW.id AND NEW.checked_at IS OLD.checked_at
    AND (NEW.capture_id IS NOT OLD.capture_id OR NEW.exact IS NOT OLD.exact
      OR NEW."start" IS NOT OLD."start" OR NEW."end" IS NOT OLD."end");
  UPDATE articles_statement SET text = text WHERE id IN (OLD.statement_id, NEW.statement_id);
END;

CREATE TRIGGER newsdb_nudge_anchor_delete AFTER DELETE ON articles_anchor
BEGIN
  UPDATE articles_statement SET text = text WHERE id = OLD.statement_id;
END;

-- Who is said to have said published words never changes in silence.
CREATE TRIGGER newsdb_speaker_reason BEFORE UPDATE OF speaker_id ON articles_statement
WHEN OLD.speaker_id IS NOT NEW.speaker_id AND OLD.status = 'published' AND newsdb_context('reason') = ''
BEGIN
  SELECT RAISE(ABORT, 'a changed speaker needs a reason');
END;

-- The recorded result belongs to the words before the change. A fixture brings words and result together.
CREATE TRIGGER newsdb_latest_capture AFTER UPDATE OF text, article_id ON articles_statement
WHEN (OLD.text, OLD.article_id) IS NOT (NEW.text, NEW.article_id) AND newsdb_context('loading') = ''
  AND NEW.in_latest_capture IS OLD.in_latest_capture AND NEW.latest_capture_id IS OLD.latest_capture_id
BEGIN
  UPDATE articles_statement SET in_latest_capture = NULL, latest_capture_id = NULL WHERE id = NEW.id;
END;

-- A capture never changes; its text may be attached or detached, unless it was erased.
CREATE TRIGGER newsdb_capture_immutable
BEFORE UPDATE OF sha256, text_sha256, length, media_type, text, text_erased
ON articles_capture
WHEN OLD.text_erased AND NOT NEW.text_erased
  OR OLD.sha256 IS NOT NEW.sha256 OR OLD.text_sha256 IS NOT NEW.text_sha256 OR OLD.length IS NOT NEW.length
  OR OLD.media_type IS NOT NEW.media_type
BEGIN
  SELECT RAISE(ABORT, 'a capture never changes');
END;

CREATE TRIGGER newsdb_capture_text_insert BEFORE INSERT ON articles_capture
WHEN NEW.text IS NOT NULL AND newsdb_sha256(NEW.text) <> NEW.text_sha256
BEGIN
  SELECT RAISE(ABORT, 'this is not the text that was captured: its hash differs');
END;

CREATE TRIGGER newsdb_capture_text_update BEFORE UPDATE OF text ON articles_capture
WHEN NEW.text IS NOT NULL AND newsdb_sha256(NEW.text) <> NEW.text_sha256
BEGIN
  SELECT RAISE(ABORT, 'this is not the text that was captured: its hash differs');
END;

-- Words are found through FTS5 tables that keep no text of their own: what is taken out must be told in the
-- words with which it was put in. Their rowid is the Julian day, then the id, so that the newest come first
-- without sorting. A change is made there BEFORE the row itself changes: other triggers change the row again
-- AFTER it, and OLD must be what the index holds. (Before a change there is no NEW.sort_date yet.)
CREATE TRIGGER newsdb_search_articles_statement_update BEFORE UPDATE ON articles_statement
WHEN OLD.tokens IS NOT NEW.tokens OR OLD.said_on IS NOT NEW.said_on
  OR OLD.published_on IS NOT NEW.published_on
BEGIN
  INSERT INTO articles_statement_search (articles_statement_search, rowid, tokens)
    SELECT 'delete', rowid, OLD.tokens FROM articles_statement_search
    WHERE rowid = CAST(julianday(coalesce(OLD.said_on, OLD.published_on, '0001-01-01')) AS INTEGER) << 40 | OLD.id;
  INSERT INTO articles_statement_search (rowid, tokens)
    SELECT CAST(julianday(coalesce(NEW.said_on, NEW.published_on, '0001-01-01')) AS INTEGER) << 40 | NEW.id,
      NEW.tokens;
END;

CREATE TRIGGER newsdb_search_articles_statement_delete AFTER DELETE ON articles_statement
BEGIN
  INSERT INTO articles_statement_search (articles_statement_search, rowid, tokens)
    SELECT 'delete', CAST(julianday(coalesce(OLD.said_on, OLD.published_on, '0001-01-01')) AS INTEGER) << 40 | OLD.id,
      OLD.tokens;
END;

CREATE TRIGGER newsdb_search_articles_article_insert AFTER INSERT ON articles_article
BEGIN
  INSERT INTO articles_article_search (rowid, tokens)
    SELECT CAST(julianday(coalesce(NEW.published_on, '0001-01-01')) AS INTEGER) << 40 | NEW.id, NEW.tokens;
END;

CREATE TRIGGER newsdb_search_articles_article_update BEFORE UPDATE ON articles_article
WHEN OLD.tokens IS NOT NEW.tokens OR OLD.published_on IS NOT NEW.published_on
BEGIN
  INSERT INTO articles_article_search (articles_article_search, rowid, tokens)
    SELECT 'delete', rowid, OLD.tokens FROM articles_article_search
    WHERE rowid = CAST(julianday(coalesce(OLD.published_on, '0001-01-01')) AS INTEGER) << 40 | OLD.id;
  INSERT INTO articles_article_search (rowid, tokens)
    SELECT CAST(julianday(coalesce(NEW.published_on, '0001-01-01')) AS INTEGER) << 40 | NEW.id,
      NEW.tokens;
END;

CREATE TRIGGER newsdb_search_articles_article_delete AFTER DELETE ON articles_article
BEGIN
  INSERT INTO articles_article_search (articles_article_search, rowid, tokens)
    SELECT 'delete', CAST(julianday(coalesce(OLD.published_on, '0001-01-01')) AS INTEGER) << 40 | OLD.id,
      OLD.tokens;
END;

-- What a retracted article printed is not public. In a fixture either may come first.
CREATE TRIGGER newsdb_published_in_insert BEFORE INSERT ON articles_statement
WHEN NEW.status = 'published'
BEGIN
  SELECT RAISE(ABORT, 'its article is retracted')
  FROM articles_article WHERE id = NEW.article_id AND status = 'retracted';
END;

CREATE TRIGGER newsdb_published_in_update BEFORE UPDATE OF status, article_id ON articles_statement
WHEN NEW.status = 'published'
  AND (OLD.status, OLD.article_id) IS NOT (NEW.status, NEW.article_id)
BEGIN
  SELECT RAISE(ABORT, 'its article is retracted')
  FROM articles_article WHERE id = NEW.article_id AND status = 'retracted';
END;

CREATE TRIGGER newsdb_retracted_whole_insert BEFORE INSERT ON articles_article
WHEN NEW.status = 'retracted'
BEGIN
  SELECT RAISE(ABORT, 'an article is retracted with its statements')
  FROM articles_statement WHERE article_id = NEW.id AND status = 'published';
END;

CREATE TRIGGER newsdb_retracted_whole_update BEFORE UPDATE OF status ON articles_article
WHEN NEW.status = 'retracted'
BEGIN
  SELECT RAISE(ABORT, 'an article is retracted with its statements')
  FROM articles_statement WHERE article_id = NEW.id AND status = 'published';
END;

-- Words are anchored in captures of the article that printed them. In a fixture any of them may come first.
CREATE TRIGGER newsdb_anchored_in_anchor_insert AFTER INSERT ON articles_anchor
BEGIN
  SELECT RAISE(ABORT, 'an anchor stands in a capture of its statement''s article')
  FROM articles_statement s, articles_capture c
  WHERE s.id = NEW.statement_id AND c.id = NEW.capture_id AND c.article_id <> s.article_id;
END;

CREATE TRIGGER newsdb_anchored_in_anchor_update AFTER UPDATE OF statement_id, capture_id ON articles_anchor
BEGIN
  SELECT RAISE(ABORT, 'an anchor stands in a capture of its statement''s article')
  FROM articles_statement s, articles_capture c
  WHERE s.id = NEW.statement_id AND c.id = NEW.capture_id AND c.article_id <> s.article_id;
END;

CREATE TRIGGER newsdb_anchored_in_statement_insert AFTER INSERT ON articles_statement
BEGIN
  SELECT RAISE(ABORT, 'an anchor stands in a capture of its statement''s article')
  FROM articles_anchor a JOIN articles_capture c ON c.id = a.capture_id
  WHERE a.statement_id = NEW.id AND c.article_id <> NEW.article_id;
END;

CREATE TRIGGER newsdb_anchored_in_statement_update AFTER UPDATE OF article_id ON articles_statement
BEGIN
  SELECT RAISE(ABORT, 'an anchor stands in a capture of its statement''s article')
  FROM articles_anchor a JOIN articles_capture c ON c.id = a.capture_id
  WHERE a.statement_id = NEW.id AND c.article_id <> NEW.article_id;
END;

CREATE TRIGGER newsdb_anchored_in_capture_insert AFTER INSERT ON articles_capture
BEGIN
  SELECT RAISE(ABORT, 'an anchor stands in a capture of its statement''s article')
  FROM articles_anchor a JOIN articles_statement s ON s.id = a.statement_id
  WHERE a.capture_id = NEW.id AND s.article_id <> NEW.article_id;
END;

CREATE TRIGGER newsdb_anchored_in_capture_update AFTER UPDATE OF article_id ON articles_capture
BEGIN
  SELECT RAISE(ABORT, 'an anchor stands in a capture of its statement''s article')
  FROM articles_anchor a JOIN articles_statement s ON s.id = a.statement_id
  WHERE a.capture_id = NEW.id AND s.article_id <> NEW.article_id;
END;

-- The same words of the same speaker can be published only once at the same place. Two statements share a place
-- if their anchors overlap in a capture, or neither has anchors; labels distinguish unnamed speakers. Statements
-- of a fixture may get their anchors later. Existing duplicates stay, and may be changed.
-- Whatever may create a duplicate requests the check (SET id = id), which is written only here.
CREATE TRIGGER newsdb_published_once AFTER UPDATE OF id ON articles_statement
WHEN NEW.status = 'published' AND NEW.words_key <> ''
BEGIN
  SELECT newsdb_refuse('These words of this speaker are already published at this place: statement', other.uid)
  FROM articles_statement other
  WHERE other.article_id = NEW.article_id
    AND SUBSTR(other.words_key, 1, 200) = SUBSTR(NEW.words_key, 1, 200) AND other.words_key = NEW.words_key
    AND other.status = 'published' AND other.id <> NEW.id AND other.speaker_id IS NEW.speaker_id
    AND (NEW.speaker_id IS NOT NULL OR other.speaker_label = NEW.speaker_label)
    AND (
      EXISTS (
        SELECT 1 FROM articles_anchor a JOIN articles_anchor b ON b.capture_id = a.capture_id
        WHERE a.statement_id = NEW.id AND b.statement_id = other.id AND a."start" < b."end" AND b."start" < a."end")
      OR other.capture_id IS NULL AND newsdb_context('loading') = ''
        AND NOT EXISTS (SELECT 1 FROM articles_anchor WHERE statement_id = NEW.id))
  ORDER BY other.id LIMIT 1;
END;

CREATE TRIGGER newsdb_published_once_insert AFTER INSERT ON articles_statement
WHEN NEW.status = 'published'
BEGIN
  UPDATE articles_statement SET id = id WHERE id = NEW.id;
END;

CREATE TRIGGER newsdb_published_once_update
AFTER UPDATE OF article_id, speaker_id, speaker_label, words_key, status ON articles_statement
WHEN (OLD.article_id, OLD.speaker_id, OLD.speaker_label, OLD.words_key, OLD.status)
  IS NOT (NEW.article_id, NEW.speaker_id, NEW.speaker_label, NEW.words_key, NEW.status)
BEGIN
  UPDATE articles_statement SET id = id WHERE id = NEW.id;
END;

CREATE TRIGGER newsdb_anchored_once_insert AFTER INSERT ON articles_anchor
BEGIN
  UPDATE articles_statement SET id = id WHERE id = NEW.statement_id;
END;

CREATE TRIGGER newsdb_anchored_once_update AFTER UPDATE OF statement_id, capture_id, "start", "end" ON articles_anchor
WHEN (OLD.statement_id, OLD.capture_id, OLD."start", OLD."end")
  IS NOT (NEW.statement_id, NEW.capture_id, NEW."start", NEW."end")
BEGIN
  UPDATE articles_statement SET id = id WHERE id = NEW.statement_id;
END;

-- The rows of a joint statement have one article. While a fixture is loaded they may differ: see
-- articles/services/joint.py.
CREATE TRIGGER newsdb_joint_insert AFTER INSERT ON articles_statement
WHEN NEW.joint_uid IS NOT NULL
BEGIN
  UPDATE articles_statement SET joint_uid = joint_uid WHERE id = NEW.id;
END;

CREATE TRIGGER newsdb_joint_update AFTER UPDATE OF joint_uid, article_id ON articles_statement
WHEN NEW.joint_uid IS NOT NULL AND newsdb_context('loading') = ''
BEGIN
  SELECT newsdb_refuse('A joint statement has one article; another row of it has a different one: statement', other.uid)
  FROM articles_statement other
  WHERE other.joint_uid = NEW.joint_uid AND other.article_id <> NEW.article_id
  ORDER BY other.id LIMIT 1;
END;

-- Nothing is printed before it is said. Rows that break this already stay, and may be changed otherwise. In a
-- fixture the article may come after its statement, which then gets its date.
CREATE TRIGGER newsdb_said_first_insert AFTER INSERT ON articles_statement
WHEN NEW.said_on IS NOT NULL AND NEW.status IN ('proposed', 'published')
BEGIN
  SELECT newsdb_refuse('Its article was published before these words were said: statement', NEW.uid)
  FROM articles_article WHERE id = NEW.article_id AND published_last < NEW.said_on;
END;

CREATE TRIGGER newsdb_said_first_update
AFTER UPDATE OF said_on, published_on, published_precision, status ON articles_statement
WHEN NEW.said_on IS NOT NULL AND NEW.status IN ('proposed', 'published')
  AND (OLD.said_on, OLD.published_on, OLD.published_precision, OLD.status)
    IS NOT (NEW.said_on, NEW.published_on, NEW.published_precision, NEW.status)
BEGIN
  SELECT newsdb_refuse('Its article was published before these words were said: statement', NEW.uid)
  FROM articles_article WHERE id = NEW.article_id AND published_last < NEW.said_on;
END;

-- A printed link points to the article at its URL, whichever of them comes first. One that already has a
-- target keeps it. (NOT (… = '') is how the index that finds the links says it.)
CREATE TRIGGER newsdb_link_target_insert AFTER INSERT ON articles_relatedlink
WHEN NEW.target_id IS NULL AND NEW.source_url_key <> ''
BEGIN
  UPDATE articles_relatedlink SET target_id = article.id
  FROM (SELECT id FROM articles_article WHERE source_url_key = NEW.source_url_key AND NOT (source_url_key = ''))
    AS article
  WHERE articles_relatedlink.id = NEW.id;
END;

CREATE TRIGGER newsdb_link_target_update AFTER UPDATE OF source_url_key ON articles_relatedlink
WHEN NEW.target_id IS NULL AND NEW.source_url_key <> '' AND OLD.source_url_key <> NEW.source_url_key
BEGIN
  UPDATE articles_relatedlink SET target_id = article.id
  FROM (SELECT id FROM articles_article WHERE source_url_key = NEW.source_url_key AND NOT (source_url_key = ''))
    AS article
  WHERE articles_relatedlink.id = NEW.id;
END;

CREATE TRIGGER newsdb_linked_article_insert AFTER INSERT ON articles_article
WHEN NEW.source_url_key <> ''
BEGIN
  UPDATE articles_relatedlink SET target_id = NEW.id
  WHERE source_url_key = NEW.source_url_key AND NOT (source_url_key = '') AND target_id IS NULL;
END;

CREATE TRIGGER newsdb_linked_article_update AFTER UPDATE OF source_url_key ON articles_article
WHEN NEW.source_url_key <> '' AND OLD.source_url_key <> NEW.source_url_key
BEGIN
  UPDATE articles_relatedlink SET target_id = NEW.id
  WHERE source_url_key = NEW.source_url_key AND NOT (source_url_key = '') AND target_id IS NULL;
END;

-- Every address an outlet ever had stays its own: a slug that belongs to another fails here on
-- articles_outletslug's unique index.
CREATE TRIGGER newsdb_outlet_address_insert AFTER INSERT ON articles_outlet
BEGIN
  INSERT INTO articles_outletslug (slug, outlet_id) VALUES (NEW.slug, NEW.id);
END;

CREATE TRIGGER newsdb_outlet_address_update AFTER UPDATE OF slug ON articles_outlet
WHEN NEW.slug IS NOT OLD.slug AND NOT EXISTS
  (SELECT 1 FROM articles_outletslug WHERE slug = NEW.slug AND outlet_id = NEW.id)
BEGIN
  INSERT INTO articles_outletslug (slug, outlet_id) VALUES (NEW.slug, NEW.id);
END;

CREATE TRIGGER newsdb_outlet_address_delete BEFORE DELETE ON articles_outletslug
BEGIN
  SELECT RAISE(ABORT, 'an address is never deleted');
END;

CREATE TRIGGER newsdb_outlet_address_kept BEFORE UPDATE OF slug ON articles_outletslug
WHEN OLD.slug <> NEW.slug
BEGIN
  SELECT RAISE(ABORT, 'an address is never deleted');
END;

-- Published records stay public or are retracted with a reason: these are all the status changes allowed.
-- The triggers fire AFTER the row is written, so that violated constraints report their own names.
CREATE TRIGGER newsdb_status_statement_update AFTER UPDATE OF status ON articles_statement
WHEN OLD.status <> NEW.status
BEGIN
  SELECT RAISE(ABORT, 'A published statement cannot become proposed or rejected: retract it, with a reason.')
  WHERE OLD.status = 'published' AND NEW.status IN ('proposed', 'rejected');
  SELECT RAISE(ABORT, 'A retracted statement cannot become proposed or rejected: restore it, with a reason.')
  WHERE OLD.status = 'retracted' AND NEW.status IN ('proposed', 'rejected');
  SELECT RAISE(ABORT, 'Only a published statement can be retracted.')
  WHERE OLD.status IN ('proposed', 'rejected') AND NEW.status = 'retracted';
  SELECT RAISE(ABORT, 'A retraction needs a reason: everyone who requests the statement sees it.')
  WHERE NEW.status = 'retracted' AND trim(NEW.retraction_reason) = '';
  SELECT RAISE(ABORT, 'A retracted statement can be published again only with a reason, which is public in the history.')
  WHERE OLD.status = 'retracted' AND NEW.status = 'published' AND trim(newsdb_context('reason')) = '';
END;

CREATE TRIGGER newsdb_status_statement_insert AFTER INSERT ON articles_statement
WHEN NEW.status IN ('rejected', 'retracted') AND newsdb_context('loading') = ''
BEGIN
  SELECT RAISE(ABORT,
    'A new statement must be proposed or published: only a fixture or an import can add a rejected or retracted one.');
END;

CREATE TRIGGER newsdb_status_article_update AFTER UPDATE OF status ON articles_article
WHEN OLD.status <> NEW.status
BEGIN
  SELECT RAISE(ABORT, 'A retraction needs a reason: everyone who requests the article sees it.')
  WHERE NEW.status = 'retracted' AND trim(NEW.retraction_reason) = '';
  SELECT RAISE(ABORT, 'A retracted article can be published again only with a reason, which is public in the history.')
  WHERE OLD.status = 'retracted' AND NEW.status = 'published' AND trim(newsdb_context('reason')) = '';
END;

CREATE TRIGGER newsdb_status_article_insert AFTER INSERT ON articles_article
WHEN NEW.status = 'retracted' AND newsdb_context('loading') = ''
BEGIN
  SELECT RAISE(ABORT, 'A new article must be published: only a fixture or an import can add a retracted one.');
END;

-- Records that were public are deleted only by an erasure. Older releases let published words be rejected.
CREATE TRIGGER newsdb_kept_statement BEFORE DELETE ON articles_statement
WHEN newsdb_context('erasing') = '' AND (OLD.status IN ('published', 'retracted')
  OR EXISTS (SELECT 1 FROM newsdb_change WHERE record_type = 'statement' AND uid = OLD.uid AND public))
BEGIN
  SELECT RAISE(ABORT, 'A statement that was public cannot be deleted: retract it instead, with a reason.');
END;

CREATE TRIGGER newsdb_kept_article BEFORE DELETE ON articles_article
WHEN newsdb_context('erasing') = '' AND (OLD.status IN ('published', 'retracted')
  OR EXISTS (SELECT 1 FROM newsdb_change WHERE record_type = 'article' AND uid = OLD.uid AND public))
BEGIN
  SELECT RAISE(ABORT, 'An article that was public cannot be deleted: retract it instead, with a reason.');
END;

-- Every address an actor ever had stays its own: a slug that belongs to somebody else fails here on
-- actors_actorslug's unique index.
CREATE TRIGGER newsdb_address_insert AFTER INSERT ON actors_actor
BEGIN
  INSERT INTO actors_actorslug (slug, actor_id) VALUES (NEW.slug, NEW.id);
END;

CREATE TRIGGER newsdb_address_update AFTER UPDATE OF slug ON actors_actor
WHEN NEW.slug IS NOT OLD.slug AND NOT EXISTS
  (SELECT 1 FROM actors_actorslug WHERE slug = NEW.slug AND actor_id = NEW.id)
BEGIN
  INSERT INTO actors_actorslug (slug, actor_id) VALUES (NEW.slug, NEW.id);
END;

CREATE TRIGGER newsdb_address_delete BEFORE DELETE ON actors_actorslug
WHEN newsdb_context('erasing') = ''
BEGIN
  SELECT RAISE(ABORT, 'an address is never deleted');
END;

CREATE TRIGGER newsdb_address_kept BEFORE UPDATE OF slug ON actors_actorslug
WHEN OLD.slug <> NEW.slug
BEGIN
  SELECT RAISE(ABORT, 'an address is never deleted');
END;

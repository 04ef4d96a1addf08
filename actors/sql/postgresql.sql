-- Every address an actor ever had stays its own: a slug that belongs to somebody else fails here on
-- actors_actorslug's unique index.
CREATE OR REPLACE FUNCTION newsdb_address() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM actors_actorslug WHERE slug = NEW.slug AND actor_id = NEW.id) THEN
    INSERT INTO actors_actorslug (slug, actor_id) VALUES (NEW.slug, NEW.id);
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER newsdb_address_insert AFTER INSERT ON actors_actor
FOR EACH ROW EXECUTE FUNCTION newsdb_address();
-- Not at every save: a merged actor's addresses are its survivor's.
CREATE TRIGGER newsdb_address_update AFTER UPDATE OF slug ON actors_actor
FOR EACH ROW WHEN (OLD.slug <> NEW.slug) EXECUTE FUNCTION newsdb_address();

CREATE OR REPLACE FUNCTION newsdb_address_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'an address is never deleted' USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER newsdb_address_delete BEFORE DELETE ON actors_actorslug
FOR EACH ROW WHEN (coalesce(current_setting('newsdb.erasing', true), '') = '')
EXECUTE FUNCTION newsdb_address_kept();
CREATE TRIGGER newsdb_address_kept BEFORE UPDATE OF slug ON actors_actorslug
FOR EACH ROW WHEN (OLD.slug <> NEW.slug) EXECUTE FUNCTION newsdb_address_kept();

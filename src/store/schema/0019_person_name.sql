-- A list of fifty cases looked up fifty people at random places: half of what it read.
ALTER TABLE cases ADD COLUMN person_name TEXT NOT NULL DEFAULT '';
UPDATE cases
   SET person_name = COALESCE((SELECT name
                                 FROM people
                                WHERE people.organisation_id = cases.organisation_id
                                  AND people.id = cases.person_id), '');

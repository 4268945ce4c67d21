-- A label's cases in the order of the list. Before, a list by label walked past everybody else's.
ALTER TABLE case_labels ADD COLUMN is_active BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE case_labels ADD COLUMN waiting_order BIGINT NOT NULL DEFAULT 0;
UPDATE case_labels
   SET is_active = c.is_active, waiting_order = c.waiting_order
  FROM cases c
 WHERE c.organisation_id = case_labels.organisation_id AND c.id = case_labels.case_id;
CREATE INDEX case_labels_by_waiting
    ON case_labels (organisation_id, label_id, is_active, waiting_order, case_id);

-- Which of text and HTML shows a mail as it was meant. Of what came before it is not known: those
-- are shown as text until somebody asks for the original.
ALTER TABLE messages ADD COLUMN prefers_html BOOLEAN NOT NULL DEFAULT FALSE;

"""What the database refuses whoever asks: to rewrite the journal, or to bring words back."""

TRIGGERS = (
    """CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END""",
    """CREATE TRIGGER journal_is_never_cut BEFORE DELETE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is never cut'); END""",
    """CREATE TRIGGER payload_is_only_erased BEFORE UPDATE ON payload
    WHEN NEW.seq <> OLD.seq OR NEW.words IS NOT NULL OR NEW.salt IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'the words of an event can only be erased'); END""",
    """CREATE TRIGGER payload_leaves_its_mark BEFORE DELETE ON payload
    BEGIN SELECT RAISE(ABORT, 'an erased payload leaves its date'); END""",
)
"""For SQLite; a PostgreSQL migration says the same in its own words."""

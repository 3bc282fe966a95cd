-- One change may do several things, such as an import: one audit row for each, all with its n.
ALTER TABLE audit_entry ADD COLUMN item integer NOT NULL DEFAULT 0;
ALTER TABLE audit_entry DROP CONSTRAINT audit_entry_pkey, ADD PRIMARY KEY (n, item);
DROP INDEX audit_entry_of_domain;
CREATE INDEX audit_entry_of_domain ON audit_entry (domain_name, n DESC, item);

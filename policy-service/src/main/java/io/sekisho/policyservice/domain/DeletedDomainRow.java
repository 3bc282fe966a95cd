package io.sekisho.policyservice.domain;

import io.sekisho.mail.address.DomainName;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A tombstone: the domain was deleted by change {@code n} and has not been created again. */
@Entity
@Table(name = "deleted_domain")
// Written by Hibernate only; those who need the rows read them with SQL.
@SuppressWarnings("UnusedVariable")
class DeletedDomainRow {
    @Id
    private String name;

    private long n;

    /** For Hibernate. */
    protected DeletedDomainRow() {}

    DeletedDomainRow(DomainName name, long n) {
        this.name = name.ascii();
        this.n = n;
    }
}

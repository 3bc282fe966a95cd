package io.sekisho.policyservice.change;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** That change {@code n} was made, for the publisher. */
@Entity
@Table(name = "policy_change")
// Written by Hibernate only; those who need the rows read them with SQL.
@SuppressWarnings("UnusedVariable")
class OutboxRow {
    @Id
    private long n;

    private String kind;
    private String name;
    private Instant at;

    /** For Hibernate. */
    protected OutboxRow() {}

    OutboxRow(long n, String kind, String name, Instant at) {
        this.n = n;
        this.kind = kind;
        this.name = name;
        this.at = at;
    }
}

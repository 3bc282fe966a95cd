package io.sekisho.policyservice.audit;

/** What was done. */
public enum AuditAction {
    CREATED,
    CHANGED,
    DELETED
}

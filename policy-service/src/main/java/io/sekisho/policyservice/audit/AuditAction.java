package io.sekisho.policyservice.audit;

import java.util.Optional;

/** What was done. */
public enum AuditAction {
    CREATED,
    CHANGED,
    DELETED;

    /** By what there was before and is after it. */
    public static AuditAction of(Optional<?> before, Optional<?> after) {
        return before.isEmpty() ? CREATED : after.isEmpty() ? DELETED : CHANGED;
    }
}

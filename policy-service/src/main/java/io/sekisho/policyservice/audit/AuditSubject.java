package io.sekisho.policyservice.audit;

/** To what something was done. */
public enum AuditSubject {
    DOMAIN,
    TLS_DEFAULT,
    TLS_PEER,
    SUBMISSION_CREDENTIAL,
    API_KEY
}

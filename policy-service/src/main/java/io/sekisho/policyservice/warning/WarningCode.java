package io.sekisho.policyservice.warning;

/** What a hint is about; scripts may go by these names, the sentences may change. */
public enum WarningCode {
    /** The peer does not exist for matching. */
    DISABLED,
    /** RFC 3207 §4: a public server must not require STARTTLS of everyone. */
    MANDATORY_FOR_EVERYONE,
    /** Another rule holds beside this one, and asks more. */
    STRICTER_PEER_APPLIES_TOO,
    /** An overriding address peer decides alone for its clients. */
    OVERRIDDEN,
    /** This overriding address peer keeps a stricter domain peer from being asked. */
    OVERRIDES_STRICTER_PEER,
    /** Longer blocks hold every address of this one. */
    NEVER_APPLIES,
    /** A handshake comes before MAIL FROM: only an address peer can lower its floor. */
    LEGACY_VERSION_NEEDS_ADDRESS_PEER,
    /** SSLv3 is spoken by a process in legacy mode only. */
    LEGACY_LISTENER_NEEDED,
    /** Nothing is refused for its version below MANDATORY. */
    MINIMUM_VERSION_WITHOUT_EFFECT,
    ON_VIOLATION_WITHOUT_EFFECT,
    GIVE_UP_WITHOUT_EFFECT,
    CERTIFICATE_NAMES_WITHOUT_EFFECT,
    /** Kept while outbound protection is disabled, without effect. */
    OUTBOUND_INERT,
    /** Of an imported line: it says something that has no counterpart. */
    ATTRIBUTE_IGNORED,
    /** Of an imported line: it asks each subdomain's own name, the peer that of any. */
    NAMES_OF_SUBDOMAINS
}

package io.sekisho.smtp.content;

/** An octet that RFC 5321 §2.3.8 forbids: CR and LF may appear only together, as CRLF. */
public enum LineEndViolation {
    BARE_CR,
    BARE_LF
}

package io.sekisho.smtp.content;

/** What becomes of a LF without CR in content (RFC 5321 §2.3.8 forbids it). */
public enum BareLf {
    /** It is a {@link LineEndViolation}. */
    REJECT,
    /**
     * It is taken for CRLF, in the content that goes on too. It never has a part in the end of data: whatever comes around it,
     * only {@code CR LF . CR LF} as sent ends content (CVE-2023-51764).
     */
    NORMALIZE
}

package io.sekisho.egress.delivery;

/** The steps at which TLS can fail to be what a requirement asks for, in the order of a session. */
public enum TlsStep {
    /** The host does not offer STARTTLS. */
    OFFER("STARTTLS was not offered"),
    /** The host offers STARTTLS and refuses it. */
    STARTTLS("STARTTLS was refused"),
    HANDSHAKE("the TLS handshake failed"),
    VERSION("the TLS version is too low"),
    CERTIFICATE("the certificate was not accepted");

    private final String sentence;

    TlsStep(String sentence) {
        this.sentence = sentence;
    }

    /** What failed, as a delivery report says it. */
    public String sentence() {
        return sentence;
    }
}

package io.sekisho.egress.dialogue;

import io.sekisho.mail.tls.TlsFacts;
import io.sekisho.policyclient.match.SessionTls;

/**
 * What a connection has of TLS.
 *
 * @param facts for events
 * @param session for the judge
 */
public record Security(TlsFacts facts, SessionTls session) {

    /** Plain text. */
    public static final Security PLAIN = new Security(TlsFacts.NONE, SessionTls.PLAIN);

    public boolean isTls() {
        return facts.isTls();
    }
}

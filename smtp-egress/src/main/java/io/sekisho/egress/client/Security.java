package io.sekisho.egress.client;

import io.sekisho.mail.event.TlsFacts;
import io.sekisho.policyclient.match.SessionTls;

/**
 * What a connection has of TLS.
 *
 * @param facts for events
 * @param session for the judge
 */
record Security(TlsFacts facts, SessionTls session) {

    static final Security PLAIN = new Security(TlsFacts.NONE, SessionTls.PLAIN);

    boolean isTls() {
        return facts.isTls();
    }
}

package io.sekisho.ingress.listener;

import io.sekisho.mail.policy.RequiredNames;
import io.sekisho.policyclient.match.CertificateCheck;
import io.sekisho.smtp.tls.CertificateJudge;
import io.sekisho.smtp.tls.CertificateVerdict;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a client showed in its handshake, judged when a rule first asks for some names, and remembered: each recipient of a
 * message may ask again.
 *
 * <p><b>Thread safety:</b> none; the connection's event loop only.
 */
final class ClientCertificate implements CertificateCheck {

    /** A session that meets more rules than this judges again. */
    private static final int MOST_REMEMBERED = 64;

    private final CertificateJudge judge;
    private final List<X509Certificate> chain;
    private final Map<RequiredNames, Optional<String>> faults = new HashMap<>();

    private ClientCertificate(CertificateJudge judge, List<X509Certificate> chain) {
        this.judge = judge;
        this.chain = chain;
    }

    /**
     * The check of a session.
     *
     * @param chain as sent, its own certificate first; empty if none was sent
     */
    static CertificateCheck of(CertificateJudge judge, List<X509Certificate> chain) {
        return chain.isEmpty() ? CertificateCheck.NONE_PRESENTED : new ClientCertificate(judge, chain);
    }

    @Override
    public Optional<String> faultFor(RequiredNames names) {
        Optional<String> known = faults.get(names);
        if (known != null) {
            return known;
        }
        Optional<String> fault = switch (judge.judge(chain, CertificateJudge.Side.CLIENT, names.anyOf())) {
            case CertificateVerdict.Trusted trusted -> Optional.empty();
            case CertificateVerdict.Untrusted(var reason, String detail, var presented) ->
                Optional.of("the client's certificate is not accepted: " + detail);
        };
        if (faults.size() < MOST_REMEMBERED) {
            faults.put(names, fault);
        }
        return fault;
    }
}

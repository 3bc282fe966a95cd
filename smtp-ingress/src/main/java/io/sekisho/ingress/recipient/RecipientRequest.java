package io.sekisho.ingress.recipient;

import io.sekisho.ingress.submission.SubmissionUser;
import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.tls.TlsFacts;
import io.sekisho.policyclient.match.CertificateCheck;
import io.sekisho.smtp.command.RcptParameters;
import io.sekisho.smtp.path.ForwardPath;
import io.sekisho.smtp.path.ReversePath;
import java.util.Optional;

/**
 * Who wants to send to whom, over what.
 *
 * @param client the address that the connection comes from
 * @param tls what the session has
 * @param certificate the judgement of what the client showed
 * @param user as whom the client has logged in
 */
public record RecipientRequest(
        IpAddress client,
        TlsFacts tls,
        CertificateCheck certificate,
        Optional<SubmissionUser> user,
        ReversePath reversePath,
        ForwardPath forwardPath,
        RcptParameters parameters) {}

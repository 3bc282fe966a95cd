package io.sekisho.ingress.recipient;

import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.tls.TlsFacts;
import io.sekisho.smtp.command.RcptParameters;
import io.sekisho.smtp.path.ForwardPath;
import io.sekisho.smtp.path.ReversePath;

/**
 * Who wants to send to whom, over what.
 *
 * @param client the address that the connection comes from
 * @param tls what the session has
 */
public record RecipientRequest(
        IpAddress client, TlsFacts tls, ReversePath reversePath, ForwardPath forwardPath, RcptParameters parameters) {}

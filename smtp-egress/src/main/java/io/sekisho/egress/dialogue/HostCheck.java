package io.sekisho.egress.dialogue;

import io.sekisho.mail.event.AttemptFailure;
import io.sekisho.mail.policy.RequiredNames;
import io.sekisho.policyclient.match.CertificateCheck;
import java.util.Optional;

/** The judgement of a host's certificate, with the kind of its fault beside the words. */
public interface HostCheck extends CertificateCheck {

    /** What is wrong with the certificate, for one rule's names; present where {@link #faultFor} is. */
    Optional<AttemptFailure> failureFor(RequiredNames names);
}

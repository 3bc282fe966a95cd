package io.sekisho.egress.operator;

import io.sekisho.mail.address.DomainName;
import io.sekisho.rest.Caller;
import io.sekisho.rest.Faults;
import io.sekisho.rest.Refusal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Which mail an order is about. */
@Schema(name = "QueueOrder", description = "Which mail is meant: exactly one of destination, domain and message.")
public record QueueOrder(
        @Schema(description = "All mail to this domain.", examples = "partner.example")
        DomainName destination,

        @Schema(description = "All mail of this managed domain.", examples = "customer.example")
        DomainName domain,

        @Schema(description = "One message.", examples = "019ab5f0-0000-7000-8000-000000000000")
        UUID message,

        @Schema(description = "Only this recipient (forward-path) of the message.", examples = "bob@partner.example")
        String recipient,

        @Schema(
                description = "Of cancel alone: whether the sender gets a report. false if left out.",
                defaultValue = "false")
        Boolean notifySender) {

    /**
     * What is meant, if the caller may mean it.
     *
     * @throws Refusal 400 naming the field; 404 for a domain outside of the caller's
     */
    Selection selection(QueueAction action, Caller caller) {
        Faults faults = new Faults();
        long named =
                Stream.of(destination, domain, message).filter(Objects::nonNull).count();
        if (named != 1) {
            for (String field : List.of("destination", "domain", "message")) {
                faults.add(field, "name exactly one of destination, domain and message");
            }
        }
        faults.addIf(recipient != null && message == null, "recipient", "belongs to a message; name that too");
        faults.addIf(
                recipient != null && recipient.isBlank(), "recipient", "is empty; leave it out, or give it a value");
        faults.addIf(
                notifySender != null && action != QueueAction.CANCEL,
                "notifySender",
                "is for cancel alone: nothing else ends a message");
        faults.refuseIfAny();
        if (domain != null) {
            caller.requireReach(domain);
        }
        return new Selection(
                Optional.ofNullable(destination),
                Optional.ofNullable(domain),
                Optional.ofNullable(message),
                Optional.ofNullable(recipient),
                caller.domains());
    }

    boolean tellsSender() {
        return Boolean.TRUE.equals(notifySender);
    }

    /** For the log. */
    String target() {
        return destination != null
                ? "destination " + destination
                : domain != null
                        ? "domain " + domain
                        : "message " + message + (recipient == null ? "" : " to " + recipient);
    }
}

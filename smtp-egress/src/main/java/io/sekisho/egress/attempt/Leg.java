package io.sekisho.egress.attempt;

import io.sekisho.egress.delivery.RecipientOutcome;
import io.sekisho.egress.delivery.Route;
import io.sekisho.mail.event.PolicySource;
import io.sekisho.policyclient.match.Decision;

/** What the policy of this moment says about the way to one recipient. */
sealed interface Leg {

    /** Go this way, under these conditions. */
    record Way(Route route, Decision decision, PolicySource source) implements Leg {

        /** By what concurrent attempts are bounded: a host of the configuration, or a domain. */
        String destination() {
            return switch (route) {
                case Route.StaticRoute(String host, int port) -> host + ":" + port;
                case Route.NextHops hops -> hops.domain().ascii();
                case Route.MailExchangers exchangers -> exchangers.domain().ascii();
            };
        }
    }

    /** There is no way, which is an outcome of the attempt. */
    record Closed(RecipientOutcome outcome) implements Leg {}

    /** An operator holds such mail. */
    record Held(String reason) implements Leg {}

    /** The policy is not known: nothing is guessed. */
    record Undetermined(String reason) implements Leg {}
}

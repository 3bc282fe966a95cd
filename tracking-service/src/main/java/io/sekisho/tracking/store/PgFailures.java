package io.sekisho.tracking.store;

import io.smallrye.mutiny.TimeoutException;
import io.vertx.pgclient.PgException;
import java.time.DateTimeException;

/** The one place that says what a failure of the PostgreSQL client means (SQLSTATE: PostgreSQL's documentation, appendix A). */
final class PgFailures {
    private static final String QUERY_CANCELED = "57014";

    private PgFailures() {}

    /** A failure while events were stored. */
    static RuntimeException whileStoring(Throwable failure) {
        boolean aboutTheData = switch (failure) {
            case PgException refused -> isAboutTheData(refused);
            // A value that the client cannot write down for the server.
            case ArithmeticException tooLarge -> true;
            case DateTimeException tooFar -> true;
            default -> false;
        };
        if (aboutTheData) {
            return new EventsRefused(failure.getMessage(), failure);
        }
        return unavailable(failure);
    }

    /** A failure while a question was answered: a bug stays what it is, so that nobody looks for it in the network. */
    static Throwable whileAnswering(Throwable failure) {
        return switch (failure) {
            case NullPointerException bug -> bug;
            case IllegalArgumentException bug -> bug;
            case ClassCastException bug -> bug;
            case IndexOutOfBoundsException bug -> bug;
            default -> unavailable(failure);
        };
    }

    /** The database; a bug while events are stored too, since they must not be lost by it. */
    private static StoreUnavailable unavailable(Throwable failure) {
        boolean slow = failure instanceof TimeoutException
                || (failure instanceof PgException refused && QUERY_CANCELED.equals(refused.getSqlState()));
        return new StoreUnavailable(
                slow ? StoreUnavailable.Reason.TOO_SLOW : StoreUnavailable.Reason.OUT_OF_REACH, failure);
    }

    /** Data exceptions, violated constraints, and values beyond a limit of the server. */
    private static boolean isAboutTheData(PgException failure) {
        String state = failure.getSqlState();
        return state != null && (state.startsWith("22") || state.startsWith("23") || state.startsWith("54"));
    }
}

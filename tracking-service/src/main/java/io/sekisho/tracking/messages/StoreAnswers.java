package io.sekisho.tracking.messages;

import io.sekisho.rest.Problem;
import io.sekisho.tracking.log.LogKey;
import io.sekisho.tracking.log.LogLine;
import io.sekisho.tracking.store.StoreUnavailable;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What a caller is told when the store could not answer. */
public class StoreAnswers {
    private static final Logger LOG = Logger.getLogger(StoreAnswers.class);
    private static final int RETRY_SECONDS = 5;

    @ServerExceptionMapper
    Response unavailable(StoreUnavailable failure) {
        LOG.warn(LogLine.of("question not answered")
                .with(LogKey.REASON, failure.reason())
                .with(LogKey.CAUSE, failure));
        String detail = switch (failure.reason()) {
            case TOO_SLOW ->
                "This takes longer than a question may. Narrow it: state from and to, a domain, or a recipient without *.";
            case OUT_OF_REACH -> "The tracking database cannot be reached now; try again later.";
        };
        return Response.fromResponse(
                        Problem.of(Response.Status.SERVICE_UNAVAILABLE, detail).response())
                .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                .build();
    }
}

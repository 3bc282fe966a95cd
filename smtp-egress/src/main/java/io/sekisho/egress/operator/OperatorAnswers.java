package io.sekisho.egress.operator;

import io.sekisho.egress.log.LogKey;
import io.sekisho.egress.log.LogLine;
import io.sekisho.rest.Refusal;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What a caller is told when the queue's database could not answer. */
public class OperatorAnswers {

    private static final Logger LOG = Logger.getLogger(OperatorAnswers.class);
    private static final int RETRY_SECONDS = 5;

    @ServerExceptionMapper
    Response away(DatabaseAway away) {
        LOG.warn(LogLine.of("operator not answered")
                .with(LogKey.DETAIL, away.getMessage())
                .with(LogKey.CAUSE, away.getCause()));
        return Response.fromResponse(Refusal.unavailable(away.getMessage()).getResponse())
                .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                .build();
    }
}

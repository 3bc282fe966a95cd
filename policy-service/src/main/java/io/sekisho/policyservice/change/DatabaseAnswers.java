package io.sekisho.policyservice.change;

import io.sekisho.rest.Refusal;
import io.vertx.sqlclient.ClosedConnectionException;
import jakarta.ws.rs.core.Response;
import java.net.ConnectException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** A database that is away is 503, not a fault of ours. Whether a change under way was made is not known then: its ETag tells. */
public class DatabaseAnswers {
    private static final Logger LOG = Logger.getLogger(DatabaseAnswers.class);

    @ServerExceptionMapper({ClosedConnectionException.class, ConnectException.class})
    Response unreachable(Throwable failure) {
        LOG.warnf("action=answer-request result=database-unreachable reason=\"%s\"", failure);
        return Refusal.unavailable("The database cannot be reached now; try again later.")
                .getResponse();
    }
}

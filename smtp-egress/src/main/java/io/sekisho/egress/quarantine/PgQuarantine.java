package io.sekisho.egress.quarantine;

import io.sekisho.egress.log.LogKey;
import io.sekisho.egress.log.LogLine;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import org.jboss.logging.Logger;

/** The quarantine in PostgreSQL. */
public final class PgQuarantine implements Quarantine {

    private static final Logger LOG = Logger.getLogger(PgQuarantine.class);

    private static final String KEEP = """
            INSERT INTO quarantine
                (id, reason, detail, message_id, recipient, partition, record_offset, envelope, content)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            ON CONFLICT (id) DO NOTHING
            """;

    private final Pool pool;

    public PgQuarantine(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Uni<Void> keep(QuarantinedMail mail) {
        Tuple row = Tuple.tuple()
                .addUUID(mail.id())
                .addString(mail.reason().name())
                .addString(mail.detail())
                .addUUID(mail.message().orElse(null))
                .addString(mail.recipient().orElse(null))
                .addInteger(
                        mail.position().map(QuarantinedMail.Position::partition).orElse(null))
                .addLong(mail.position().map(QuarantinedMail.Position::offset).orElse(null))
                .addValue(mail.envelope().map(Buffer::buffer).orElse(null))
                .addValue(mail.content().map(Buffer::buffer).orElse(null));
        return pool.preparedQuery(KEEP)
                .execute(row)
                .invoke(() -> LOG.error(LogLine.of("mail quarantined")
                        .with(LogKey.ALERT, "quarantine")
                        .with(LogKey.CAUSE, mail.reason())
                        .with(LogKey.MESSAGE, mail.message())
                        .with(LogKey.RECIPIENT, mail.recipient())
                        .with(LogKey.OFFSET, mail.position().map(p -> p.partition() + "@" + p.offset()))
                        .with(LogKey.DETAIL, mail.detail())))
                .replaceWithVoid();
    }
}

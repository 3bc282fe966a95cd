package io.sekisho.egress.quarantine;

import io.sekisho.egress.log.LogKey;
import io.sekisho.egress.log.LogLine;
import io.sekisho.egress.schedule.PgSchedule;
import io.sekisho.egress.schedule.ScheduleEntry;
import io.sekisho.mail.envelope.Envelope;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** The quarantine in PostgreSQL. */
public final class PgQuarantine implements Quarantine, QuarantineShelf {

    private static final Logger LOG = Logger.getLogger(PgQuarantine.class);

    private static final String KEEP = """
            INSERT INTO quarantine
                (id, reason, detail, message_id, recipient, partition, record_offset, envelope, content, attempt, domains)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            ON CONFLICT (id) DO NOTHING
            """;

    private static final String FIND = """
            SELECT id, reason, detail, message_id, recipient, attempt, partition, record_offset, envelope, content
            FROM quarantine WHERE id = $1
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
                .addValue(mail.content().map(Buffer::buffer).orElse(null))
                .addInteger(mail.attempt())
                .addArrayOfString(KeptEnvelope.domains(mail));
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

    @Override
    public Uni<Optional<QuarantinedMail>> find(UUID id) {
        return pool.preparedQuery(FIND)
                .execute(Tuple.of(id))
                .map(rows -> rows.iterator().hasNext()
                        ? Optional.of(read(rows.iterator().next()))
                        : Optional.empty());
    }

    @Override
    public Uni<Boolean> remove(UUID id, Supplier<Uni<Void>> step) {
        return pool.withTransaction(connection -> remove(connection, id, step));
    }

    @Override
    public Uni<Reinstatement> reinstate(
            UUID id, Supplier<Uni<Void>> step, Envelope envelope, List<ScheduleEntry> rows) {
        return pool.withTransaction(connection -> remove(
                        connection, id, () -> insert(connection, envelope, rows).chain(step::get)))
                .map(done -> done ? Reinstatement.DONE : Reinstatement.GONE)
                .onFailure(RowsRemain.class)
                .recoverWithItem(Reinstatement.STILL_ENDING);
    }

    private static Uni<Void> insert(SqlConnection connection, Envelope envelope, List<ScheduleEntry> rows) {
        return PgSchedule.insert(connection, envelope, rows, Optional.empty())
                .invoke(made -> {
                    if (made < rows.size()) {
                        throw new RowsRemain();
                    }
                })
                .replaceWithVoid();
    }

    /** Rolls the transaction back. */
    private static final class RowsRemain extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RowsRemain() {
            super("rows of it are in the schedule still", null, false, false);
        }
    }

    /** The row is deleted first: whoever else wants it waits for this transaction, and then finds nothing. */
    private static Uni<Boolean> remove(SqlConnection connection, UUID id, Supplier<Uni<Void>> step) {
        return connection
                .preparedQuery("DELETE FROM quarantine WHERE id = $1")
                .execute(Tuple.of(id))
                .chain(deleted -> deleted.rowCount() == 0
                        ? Uni.createFrom().item(false)
                        : step.get().replaceWith(true));
    }

    private static QuarantinedMail read(Row row) {
        Optional<QuarantinedMail.Position> position = Optional.ofNullable(row.getInteger("partition"))
                .map(partition -> new QuarantinedMail.Position(partition, row.getLong("record_offset")));
        return new QuarantinedMail(
                row.getUUID("id"),
                QuarantineReason.valueOf(row.getString("reason")),
                row.getString("detail"),
                Optional.ofNullable(row.getUUID("message_id")),
                Optional.ofNullable(row.getString("recipient")),
                Math.max(1, row.getInteger("attempt")),
                position,
                bytes(row, "envelope"),
                bytes(row, "content"));
    }

    private static Optional<byte[]> bytes(Row row, String column) {
        return Optional.ofNullable(row.getBuffer(column)).map(buffer -> buffer.getBytes());
    }
}

package io.sekisho.policyservice.compiled;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.policy.CompiledDomain;
import io.sekisho.mail.policy.PolicyRevision;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The queries for compiled domains; all take the connection of a {@link ConsistentReads}. */
public final class CompiledDomains {
    private static final int ROWS_PER_FETCH = 200;

    private CompiledDomains() {}

    /** The last change that is in this state. */
    public static Uni<PolicyRevision> revision(SqlConnection connection) {
        return connection
                .query("SELECT epoch, n FROM policy_counter")
                .execute()
                .map(rows -> rows.iterator().next())
                .map(row -> new PolicyRevision(row.getString("epoch"), row.getLong("n")));
    }

    /** How many managed domains there are. */
    static Uni<Long> count(SqlConnection connection) {
        return connection
                .query("SELECT count(*) FROM managed_domain")
                .execute()
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** The domains that exist, of those named. */
    public static Uni<List<CompiledDomain>> named(
            SqlConnection connection, String epoch, Collection<DomainName> names) {
        String[] texts = names.stream().map(DomainName::ascii).toArray(String[]::new);
        return connection
                .preparedQuery(DomainCompiler.SELECT + " WHERE d.name = ANY($1)")
                .execute(Tuple.of(texts))
                .map(rows -> compile(epoch, rows));
    }

    private static List<CompiledDomain> compile(String epoch, RowSet<Row> rows) {
        List<CompiledDomain> domains = new ArrayList<>();
        rows.forEach(row -> domains.add(DomainCompiler.compile(epoch, row)));
        return domains;
    }

    /** All domains, by name. */
    public static Multi<CompiledDomain> all(SqlConnection connection, String epoch) {
        return rows(connection, DomainCompiler.SELECT + " ORDER BY d.name", Tuple.tuple())
                .map(row -> DomainCompiler.compile(epoch, row));
    }

    /** The domains that were changed after {@code n}, by name. */
    static Multi<CompiledDomain> changedAfter(SqlConnection connection, PolicyRevision after) {
        return rows(connection, DomainCompiler.SELECT + " WHERE d.policy_n > $1 ORDER BY d.name", Tuple.of(after.n()))
                .map(row -> DomainCompiler.compile(after.epoch(), row));
    }

    /** A tombstone of each domain that was deleted after {@code n}. */
    static Multi<CompiledDomain> deletedAfter(SqlConnection connection, PolicyRevision after) {
        return rows(connection, "SELECT name, n FROM deleted_domain WHERE n > $1 ORDER BY name", Tuple.of(after.n()))
                .map(row -> CompiledDomain.tombstone(
                        new DomainName(row.getString("name")), new PolicyRevision(after.epoch(), row.getLong("n"))));
    }

    private static Multi<Row> rows(SqlConnection connection, String sql, Tuple parameters) {
        return connection
                .prepare(sql)
                .onItem()
                .transformToMulti(statement ->
                        statement.createStream(ROWS_PER_FETCH, parameters).toMulti());
    }
}

package io.sekisho.policyservice.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.sekisho.policyservice.PolicyTestSetup;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PolicyChangesTest extends PolicyTestSetup {
    private static final int WRITERS = 8;
    private static final int WRITES = 10;

    @Inject
    Pool pool;

    @Test
    void numbersConcurrentChangesWithoutAGapAndInTheOrderOfCommits() throws Exception {
        String domain = newDomain();
        long before = n();
        runTogether(writer -> {
            for (int i = 0; i < WRITES; i++) {
                newPeer(domain, inbound("w" + writer + "-" + i + ".example"));
            }
            return null;
        });
        assertThat(longs("SELECT n FROM policy_change WHERE n > $1 ORDER BY n", before))
                .containsExactlyElementsOf(LongStream.rangeClosed(before + 1, before + WRITERS * WRITES)
                        .boxed()
                        .toList());
        assertThat(longs("SELECT n FROM audit_entry WHERE n > $1 ORDER BY n", before))
                .hasSize(WRITERS * WRITES);
        assertThat(longs("SELECT created_n FROM tls_peer WHERE created_n > $1", before))
                .doesNotHaveDuplicates()
                .hasSize(WRITERS * WRITES);
        assertThat(longs("SELECT policy_n FROM managed_domain WHERE policy_n > $1", before))
                .containsExactly(n());
    }

    @Test
    void letsOnlyOneOfTwoEqualPeersIn() throws Exception {
        String domain = newDomain();
        List<Integer> statuses = runTogether(writer -> asAdmin()
                .body(inbound("same.example"))
                .post(DOMAINS + domain + "/tls-peers")
                .statusCode());
        assertThat(statuses).containsOnlyOnce(201);
        assertThat(statuses.stream().filter(status -> status == 409)).hasSize(WRITERS - 1);
    }

    @Test
    void letsOnlyOneOfSeveralUpdatesOfTheSameVersionIn() throws Exception {
        String domain = newDomain();
        String tag = asAdmin().get(DOMAINS + domain).header("ETag");
        List<Integer> statuses = runTogether(writer -> asAdmin()
                .header("If-Match", tag)
                .body("{\"description\":\"by " + writer + "\"}")
                .put(DOMAINS + domain)
                .statusCode());
        assertThat(statuses).containsOnlyOnce(200);
        assertThat(statuses.stream().filter(status -> status == 412)).hasSize(WRITERS - 1);
    }

    @Test
    void saysThatItIsBusyWhereAChangeNeverEnds() {
        String domain = newDomain();
        var holder = pool.getConnection().await().indefinitely();
        try {
            var transaction = holder.begin().await().indefinitely();
            holder.query("SELECT n FROM policy_counter FOR UPDATE").executeAndAwait();
            asAdmin()
                    .body("{\"description\":\"x\"}")
                    .put(DOMAINS + domain)
                    .then()
                    .statusCode(503);
            transaction.rollbackAndAwait();
        } finally {
            holder.closeAndAwait();
        }
        asAdmin().body("{\"description\":\"x\"}").put(DOMAINS + domain).then().statusCode(200);
    }

    private interface Writer<T> {
        T write(int writer) throws Exception;
    }

    private static <T> List<T> runTogether(Writer<T> writer) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
            List<Callable<T>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                int number = i;
                writers.add(() -> writer.write(number));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(writers)) {
                results.add(result.get());
            }
            return results;
        }
    }

    private long n() {
        return pool.query("SELECT n FROM policy_counter")
                .executeAndAwait()
                .iterator()
                .next()
                .getLong(0);
    }

    private List<Long> longs(String sql, long after) {
        List<Long> longs = new ArrayList<>();
        for (Row row : pool.preparedQuery(sql).executeAndAwait(Tuple.of(after))) {
            longs.add(row.getLong(0));
        }
        return longs;
    }

    private static String inbound(String peer) {
        return "{\"direction\":\"INBOUND\",\"peer\":\"" + peer + "\",\"level\":\"MANDATORY\"}";
    }
}

package io.sekisho.systemtests.arena;

import com.fasterxml.jackson.databind.JsonNode;
import io.sekisho.localstack.cluster.Cluster;
import io.sekisho.localstack.cluster.Service;
import io.sekisho.systemtests.traffic.NumberedMail;
import java.util.HashMap;
import java.util.Map;

/** What the tracking API says of the mail of one run. */
public final class Tracked {

    private static final int PAGE = 500;

    private final Rest rest;

    public Tracked(Cluster cluster) {
        this.rest = new Rest(cluster);
    }

    /**
     * One message as tracked.
     *
     * @param status such as {@code DELIVERED}
     * @param downstreamTls version, {@code NONE} for plain text, empty where nothing was transferred yet
     */
    public record Row(String status, String downstreamTls, String subject) {}

    /** Every message of the run's senders, by the gateway's id; each has one recipient. */
    public Map<String, Row> of(long seed) {
        String search = "/api/v1/messages?limit=" + PAGE + "&sender=" + NumberedMail.senderPrefix(seed) + "@*";
        Map<String, Row> rows = new HashMap<>();
        String cursor = "";
        do {
            JsonNode page = rest.must(Service.TRACKING, "GET", search + cursor, null);
            for (JsonNode item : page.path("items")) {
                rows.put(
                        item.path("id").asText(),
                        new Row(
                                item.path("status").asText(),
                                item.path("downstreamTls").asText(""),
                                item.path("subject").asText("")));
            }
            JsonNode following = page.path("nextCursor");
            cursor = following.isTextual() ? "&cursor=" + following.asText() : "";
        } while (!cursor.isEmpty());
        return rows;
    }
}

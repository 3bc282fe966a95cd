package io.sekisho.bench.plain;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Takes a question of the shape of {@code POST /api/v1/decisions} and answers as many octets, without looking anything up. */
@Path("/plain")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class PlainEndpoint {

    /** Of the fields that a decision is asked with. */
    public record Question(
            String direction, String managedDomain, String clientAddress, String sender, String recipient) {}

    /** Of the fields that a decision is answered with. */
    public record Answer(Desired desired, List<Matched> matched, List<Matched> notMatched, String revision) {}

    /** What is required. */
    public record Desired(String level, String minimumVersion) {}

    /** A rule. */
    public record Matched(String id, String peer, String kind, String level, String why) {}

    /** On the event loop, as the real one. */
    @POST
    public Uni<Answer> answer(Question question) {
        return Uni.createFrom()
                .item(new Answer(
                        new Desired("OPPORTUNISTIC", "TLSv1.2"),
                        List.of(new Matched(
                                "default:inbound",
                                question.managedDomain(),
                                "DEFAULT",
                                "OPPORTUNISTIC",
                                "no rule names the peer and the domain sets no default")),
                        List.of(),
                        "plain/1"));
    }
}

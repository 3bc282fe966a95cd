package io.sekisho.policyservice.peer;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sekisho.mail.policy.Direction;
import io.sekisho.policyservice.warning.Warning;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What an import did, or would do. */
@Schema(description = "What the import did, or with dryRun would do.")
public record ImportReport(boolean dryRun, int created, int replaced, int unchanged, int skipped, List<Entry> lines) {

    /** What became of a line. */
    public enum Outcome {
        CREATED,
        /** There was such a peer; it is now as the line says. */
        REPLACED,
        /** There is such a peer, just as the line says. */
        UNCHANGED,
        /** The line has no effect, also where it comes from; its warning says why. */
        SKIPPED
    }

    /** One peer of the file; a line of a Postfix table may stand for two. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @Schema(name = "ImportedLine")
    public record Entry(
            @Schema(description = "The line of the file, from 1.")
            int line,

            Outcome outcome,
            Direction direction,
            String peer,

            @Schema(description = "The peer's id; absent where it is yet to be created.")
            String id,

            @Schema(description = "What may not do what its author hopes, and what could not be said here.")
            List<Warning> warnings) {}

    static ImportReport of(boolean dryRun, List<Entry> lines) {
        return new ImportReport(
                dryRun,
                count(lines, Outcome.CREATED),
                count(lines, Outcome.REPLACED),
                count(lines, Outcome.UNCHANGED),
                count(lines, Outcome.SKIPPED),
                lines);
    }

    private static int count(List<Entry> lines, Outcome outcome) {
        return Math.toIntExact(
                lines.stream().filter(line -> line.outcome() == outcome).count());
    }
}

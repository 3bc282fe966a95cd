package io.sekisho.policyservice.peer;

import io.sekisho.mail.policy.Direction;
import io.sekisho.policyservice.audit.AuditBatch;
import io.sekisho.policyservice.audit.AuditSubject;
import io.sekisho.policyservice.warning.Warning;
import io.sekisho.rest.FieldError;
import io.sekisho.rest.Problem;
import io.sekisho.rest.Refusal;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What an import does to the peers that there are: all of it, or nothing. Its making takes time: not for an event loop. */
final class ImportPlan {
    private static final int MOST_FAULTS = 1_000;

    private final List<Step> steps = new ArrayList<>();
    private final List<ImportedPeers.Skipped> skipped;
    private final Map<PeerKey, StoredPeer> after = new HashMap<>();

    /** What becomes of one peer. */
    private record Step(
            ImportedPeers.Line line, ImportReport.Outcome outcome, StoredPeer peer, Optional<StoredPeer> before) {}

    /** What is done with a peer that exists and differs. */
    enum Existing {
        REFUSE,
        REPLACE
    }

    private ImportPlan(List<ImportedPeers.Skipped> skipped) {
        this.skipped = skipped;
    }

    /**
     * Compares a file with what there is.
     *
     * @throws Refusal 400 for lines that cannot be taken, 409 for those that do not fit what there is; each with all such lines
     */
    static ImportPlan of(ImportedPeers file, List<StoredPeer> stored, Existing existing, boolean outboundEnabled) {
        refuse(Response.Status.BAD_REQUEST, file, file.faults());
        ImportPlan plan = new ImportPlan(file.skipped());
        stored.forEach(peer -> plan.after.put(PeerKey.of(peer.settings()), peer));
        List<FieldError> conflicts = new ArrayList<>();
        for (ImportedPeers.Line line : file.peers()) {
            plan.add(line, existing, outboundEnabled).ifPresent(fault -> conflicts.add(fault.at(line.number())));
        }
        refuse(Response.Status.CONFLICT, file, conflicts);
        if (plan.after.size() > Peers.MOST_PEERS) {
            throw Refusal.conflict("The domain would have " + plan.after.size() + " TLS peers; it may have "
                    + Peers.MOST_PEERS + ". Nothing was changed.");
        }
        return plan;
    }

    private static void refuse(Response.Status status, ImportedPeers file, List<FieldError> faults) {
        if (faults.isEmpty()) {
            return;
        }
        long lines = faults.stream().map(FieldError::line).distinct().count();
        String shown = faults.size() > MOST_FAULTS ? "; the first " + MOST_FAULTS + " faults are shown" : "";
        throw new Refusal(Problem.of(
                status,
                (lines == 1 ? "One line" : lines + " lines") + " cannot be imported, and "
                        + file.peers().size() + " peers could; nothing was changed" + shown + ".",
                faults.stream().limit(MOST_FAULTS).toList()));
    }

    private Optional<FieldError> add(ImportedPeers.Line line, Existing existing, boolean outboundEnabled) {
        PeerSettings settings = line.settings();
        if (settings.direction() == Direction.OUTBOUND && !outboundEnabled) {
            return Optional.of(new FieldError(
                    "direction", "outbound protection is not enabled; enable outbound.enabled of the domain first"));
        }
        Optional<StoredPeer> before = Optional.ofNullable(after.get(PeerKey.of(settings)));
        if (before.map(StoredPeer::settings).equals(Optional.of(settings))) {
            steps.add(new Step(line, ImportReport.Outcome.UNCHANGED, before.get(), before));
            return Optional.empty();
        }
        if (before.isPresent() && existing == Existing.REFUSE) {
            return Optional.of(new FieldError(
                    "peer",
                    "there is already an " + settings.direction() + " peer "
                            + settings.peer().text() + ", " + before.get().id()
                            + ", with other settings; existing=REPLACE takes those of the file"));
        }
        StoredPeer peer = StoredPeer.of(before.map(StoredPeer::id).orElseGet(PeerIds::next), settings);
        after.put(PeerKey.of(settings), peer);
        steps.add(new Step(
                line, before.isPresent() ? ImportReport.Outcome.REPLACED : ImportReport.Outcome.CREATED, peer, before));
        return Optional.empty();
    }

    boolean changesNothing() {
        return steps.stream().allMatch(step -> step.outcome() == ImportReport.Outcome.UNCHANGED);
    }

    List<StoredPeer> created() {
        return peers(ImportReport.Outcome.CREATED);
    }

    List<StoredPeer> replaced() {
        return peers(ImportReport.Outcome.REPLACED);
    }

    private List<StoredPeer> peers(ImportReport.Outcome outcome) {
        return steps.stream()
                .filter(step -> step.outcome() == outcome)
                .map(Step::peer)
                .toList();
    }

    AuditBatch audit() {
        return AuditBatch.of(
                AuditSubject.TLS_PEER,
                steps.stream()
                        .filter(step -> step.outcome() != ImportReport.Outcome.UNCHANGED)
                        .map(step -> new AuditBatch.Item(
                                step.peer().id(),
                                step.before().map(peer -> peer.settings().body(peer.id())),
                                Optional.of(
                                        step.peer().settings().body(step.peer().id()))))
                        .toList());
    }

    /** By line, with the warnings that hold once all of it is done. */
    ImportReport report(boolean dryRun) {
        // In a dry run the ids of new peers are not those that they will get.
        Set<String> unknown = dryRun ? created().stream().map(StoredPeer::id).collect(Collectors.toSet()) : Set.of();
        PeerWarnings warnings = new PeerWarnings(after.values().stream()
                .filter(StoredPeer::enabled)
                .map(peer -> peer.settings().rule(unknown.contains(peer.id()) ? "" : peer.id()))
                .toList());
        List<ImportReport.Entry> lines = new ArrayList<>();
        for (Step step : steps) {
            List<Warning> found = new ArrayList<>(step.line().warnings());
            found.addAll(warnings.of(step.peer().settings(), step.peer().id()));
            String id = unknown.contains(step.peer().id()) ? null : step.peer().id();
            lines.add(new ImportReport.Entry(
                    step.line().number(),
                    step.outcome(),
                    step.peer().direction(),
                    step.peer().peer().text(),
                    id,
                    found));
        }
        skipped.forEach(line -> lines.add(new ImportReport.Entry(
                line.number(), ImportReport.Outcome.SKIPPED, null, null, null, List.of(line.warning()))));
        lines.sort(Comparator.comparingInt(ImportReport.Entry::line));
        return ImportReport.of(dryRun, lines);
    }
}

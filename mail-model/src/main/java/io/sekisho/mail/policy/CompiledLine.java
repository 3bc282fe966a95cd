package io.sekisho.mail.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * One line of {@code GET /api/v1/compiled}: a start, the domains, an end. An answer without its end was cut off and
 * must not be used.
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record CompiledLine(Optional<Start> start, Optional<CompiledDomain> domain, Optional<End> end) {

    public CompiledLine {
        start = start == null ? Optional.empty() : start;
        domain = domain == null ? Optional.empty() : domain;
        end = end == null ? Optional.empty() : end;
    }

    /**
     * The first line.
     *
     * @param revision the state that the answer leads to
     * @param snapshot true: what follows is everything, forget what you had; false: changes since {@code after}
     */
    public record Start(PolicyRevision revision, boolean snapshot) {}

    /**
     * The last line.
     *
     * @param lines how many domain lines stood between start and end
     * @param domains how many managed domains there are at this revision, tombstones not counted
     */
    public record End(long lines, long domains) {}

    public static CompiledLine start(PolicyRevision revision, boolean snapshot) {
        return new CompiledLine(Optional.of(new Start(revision, snapshot)), Optional.empty(), Optional.empty());
    }

    public static CompiledLine of(CompiledDomain domain) {
        return new CompiledLine(Optional.empty(), Optional.of(domain), Optional.empty());
    }

    public static CompiledLine end(long lines, long domains) {
        return new CompiledLine(Optional.empty(), Optional.empty(), Optional.of(new End(lines, domains)));
    }
}

package io.sekisho.policyservice.warning;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A hint: what was asked for is stored, and may not do what its author hopes.
 *
 * @param message a sentence for people
 */
@Schema(description = "What is stored and may not do what its author hopes.")
public record Warning(
        WarningCode code,

        @Schema(description = "The field that it is about.", examples = "level")
        String field,

        @Schema(description = "A sentence for people.") String message) {

    /** Collects warnings. Not for use by several threads. */
    public static final class Collector {
        private final List<Warning> warnings = new ArrayList<>();

        public void addIf(boolean applies, WarningCode code, String field, String message) {
            if (applies) {
                warnings.add(new Warning(code, field, message));
            }
        }

        public void add(Warning warning) {
            warnings.add(warning);
        }

        public List<Warning> all() {
            return List.copyOf(warnings);
        }
    }
}

package io.sekisho.policyservice.peerfile;

import io.sekisho.policyservice.warning.Warning;
import io.sekisho.rest.FieldError;
import java.util.List;

/** What became of one line of a file. */
public sealed interface ReadLine {
    /** The line in the file, from 1; of a statement over several lines the first. */
    int number();

    /** It states a peer. */
    record Stated(int number, FilePeer peer, List<Warning> warnings) implements ReadLine {}

    /** It states nothing that could have an effect, also where it comes from. */
    record Skipped(int number, Warning warning) implements ReadLine {}

    /** It cannot be read, or cannot be said here. */
    record Unreadable(int number, List<FieldError> faults) implements ReadLine {
        static Unreadable of(int number, String field, String message) {
            return new Unreadable(number, List.of(new FieldError(field, message)));
        }
    }
}

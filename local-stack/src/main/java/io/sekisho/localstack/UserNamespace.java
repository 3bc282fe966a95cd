package io.sekisho.localstack;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.util.List;

/**
 * How PostgreSQL, which refuses to run as root, is run by root: in a user name space of its own, where it sees itself as nobody while the
 * files stay root's.
 */
final class UserNamespace {
    private static final List<String> UNSHARE = List.of("unshare", "-U");

    private UserNamespace() {}

    /** The words before the command: none for an ordinary user. */
    static List<String> prefix() {
        return new UnixSystem().getUid() == 0 ? Checked.ROOT_PREFIX : List.of();
    }

    private static final class Checked {
        static final List<String> ROOT_PREFIX = check();

        private static List<String> check() {
            try {
                Process trial = new ProcessBuilder("unshare", "-U", "true")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (trial.waitFor() == 0) {
                    return UNSHARE;
                }
            } catch (IOException missing) {
                // Said below.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new StackFailure(
                    "PostgreSQL does not run as root, and `unshare -U` (util-linux), with which root could run it,"
                            + " does not work here. Run as an ordinary user, allow user name spaces, or use SEKISHO_INFRA=docker.");
        }
    }
}

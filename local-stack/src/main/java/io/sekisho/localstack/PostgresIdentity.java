package io.sekisho.localstack;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** As whom PostgreSQL runs: it refuses to run as root. */
enum PostgresIdentity {
    /** As the ordinary user that we are. */
    SELF(""),
    /** We are root: in a user name space of its own, where it sees itself as nobody while its files stay root's. */
    USER_NAMESPACE("root"),
    /** We are root in a container that allows no user name spaces: as nobody, to whom its files are given. */
    NOBODY("nobody");

    private final String owner;

    PostgresIdentity(String owner) {
        this.owner = owner;
    }

    /** The first that works on this machine. */
    static PostgresIdentity here() {
        return Here.IDENTITY;
    }

    private static final class Here {
        static final PostgresIdentity IDENTITY = find();

        private static PostgresIdentity find() {
            if (new UnixSystem().getUid() != 0) {
                return SELF;
            }
            for (PostgresIdentity candidate : List.of(USER_NAMESPACE, NOBODY)) {
                if (succeeds(candidate.command("true"))) {
                    return candidate;
                }
            }
            throw new StackFailure(
                    "PostgreSQL does not run as root, and neither `unshare -U` nor `setpriv` (util-linux), with which root"
                            + " could run it, works here. Run as an ordinary user, or use SEKISHO_INFRA=docker.");
        }
    }

    /** The words that run this program as the identity. */
    List<String> command(String program) {
        List<String> words = new ArrayList<>(
                switch (this) {
                    case SELF -> List.of();
                    case USER_NAMESPACE -> List.of("unshare", "-U");
                    case NOBODY -> List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups");
                });
        words.add(program);
        return words;
    }

    /** Makes PostgreSQL's directory, with all that is in it, the identity's own; its programs must be within reach. */
    void own(Path directory, Path program) throws IOException {
        if (this == SELF) {
            return;
        }
        if (!Files.getOwner(directory).getName().equals(owner)
                && !succeeds(List.of("chown", "-R", owner, directory.toString()))) {
            throw new StackFailure("Cannot give " + directory + " to " + owner + ", as whom PostgreSQL is to run.");
        }
        if (!reaches("-x", program) || !reaches("-w", directory)) {
            throw new StackFailure(
                    "PostgreSQL is to run as " + owner + ", who cannot reach " + program + " or " + directory
                            + ". Allow others to pass through the directories above (chmod o+x), or run as an ordinary user.");
        }
    }

    /** Whether the identity may do that with the path, as {@code test(1)} tells. */
    boolean reaches(String permission, Path path) {
        List<String> look = command("test");
        look.addAll(List.of(permission, path.toString()));
        return succeeds(look);
    }

    /** Gives one file to the identity. */
    void ownFile(Path file) throws IOException {
        if (this != SELF) {
            Files.setOwner(
                    file, file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(owner));
        }
    }

    /** Lets the identity pass through a directory that was made for us alone. */
    void admit(Path directory) throws IOException {
        if (this == NOBODY) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        }
    }

    private static boolean succeeds(List<String> words) {
        try {
            return new ProcessBuilder(words)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

package io.sekisho.mail.policy;

/**
 * What Redis holds at the moment, and that its publisher lives: the value of {@link PolicyKeys#HEAD}, rewritten with
 * every change and every second.
 *
 * @param epoch names the keys of snapshot and changes
 * @param n the last change that is in the snapshot
 * @param domains how many managed domains the snapshot has
 * @param beat grows with every write of one publisher; a client is fresh while it sees it move
 */
public record PolicyHead(String epoch, long n, long domains, long beat) {

    public PolicyRevision revision() {
        return new PolicyRevision(epoch, n);
    }
}

package io.sekisho.egress.delivery;

/**
 * Whether what a consignment was made by is still in force: its requirement and its route. Asked once more before a host is
 * told of the mail, since minutes may lie between the beginning of an attempt and that.
 *
 * <p>Thread safety: asked on an event loop; must not block.
 */
@FunctionalInterface
public interface Standing {

    /** Nothing changes. */
    Standing ALWAYS = () -> true;

    boolean holds();
}

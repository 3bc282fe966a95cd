package io.sekisho.policyservice.requirement;

/** Where a level is set; what may be set differs. */
public enum RequirementPlace {
    INBOUND_PEER(Side.CLIENT, true),
    OUTBOUND_PEER(Side.SERVER, true),
    INBOUND_DEFAULT(Side.CLIENT, false),
    OUTBOUND_DEFAULT(Side.SERVER, false),
    /** The sessions of a domain's own relay sources. */
    RELAY(Side.CLIENT, false),
    NEXT_HOP(Side.SERVER, false);

    /** What the other side is. */
    private enum Side {
        CLIENT,
        SERVER
    }

    private final Side side;
    private final boolean peer;

    RequirementPlace(Side side, boolean peer) {
        this.side = side;
        this.peer = peer;
    }

    /** The other side connects to us: it elects TLS, and we do not choose its name. */
    boolean isInbound() {
        return side == Side.CLIENT;
    }

    boolean isPeer() {
        return peer;
    }
}

package io.sekisho.policyservice.defaults;

import com.fasterxml.jackson.annotation.JsonValue;
import io.sekisho.mail.policy.Direction;
import io.sekisho.policyservice.requirement.RequirementPlace;

/** The direction as a path spells it. */
public enum DefaultSide {
    INBOUND("inbound", Direction.INBOUND, RequirementPlace.INBOUND_DEFAULT),
    OUTBOUND("outbound", Direction.OUTBOUND, RequirementPlace.OUTBOUND_DEFAULT);

    private final String label;
    private final Direction direction;
    private final RequirementPlace place;

    DefaultSide(String label, Direction direction, RequirementPlace place) {
        this.label = label;
        this.direction = direction;
        this.place = place;
    }

    /** {@code inbound}, {@code outbound}. */
    @JsonValue
    public String label() {
        return label;
    }

    static DefaultSide of(Direction direction) {
        return direction == Direction.INBOUND ? INBOUND : OUTBOUND;
    }

    Direction direction() {
        return direction;
    }

    RequirementPlace place() {
        return place;
    }
}

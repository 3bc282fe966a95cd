package io.sekisho.policyclient.match;

import io.sekisho.mail.event.BlockReason;
import java.util.List;

/** Whether a session meets a decision. */
public sealed interface Judgement {

    /** It does. */
    record Met() implements Judgement {}

    /**
     * It does not.
     *
     * @param violated the rules that are not met
     * @param explanation what was asked and what was there, one line without a full stop
     */
    record Unmet(BlockReason reason, List<MatchedRule> violated, String explanation) implements Judgement {
        public Unmet {
            violated = List.copyOf(violated);
        }
    }
}

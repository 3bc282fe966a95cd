package io.sekisho.egress.dsn;

import java.util.List;

/** In which language a report speaks to people; what machines read is the same in each. */
public enum ReportLanguage {
    EN,
    JA,
    /** English, and below it Japanese, in one text: for gateways whose senders read either. */
    BOTH;

    List<Phrases> phrases() {
        return switch (this) {
            case EN -> List.of(new EnglishPhrases());
            case JA -> List.of(new JapanesePhrases());
            case BOTH -> List.of(new EnglishPhrases(), new JapanesePhrases());
        };
    }
}

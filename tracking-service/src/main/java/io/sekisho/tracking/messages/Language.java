package io.sekisho.tracking.messages;

import io.sekisho.mail.event.BlockReason;
import io.sekisho.tracking.delivery.Traffic;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Locale;

/** In which language labels are written; names of closed lists stay the same in both. */
enum Language {
    ENGLISH("en", "Actions"),
    JAPANESE("ja", "処理");

    private final String tag;
    private final String actions;

    Language(String tag, String actions) {
        this.tag = tag;
        this.actions = actions;
    }

    /** The first of Accept-Language, by its weights, in which there are labels (RFC 9110 §12.5.4); else English. */
    static Language of(HttpHeaders headers) {
        for (Locale accepted : headers.getAcceptableLanguages()) {
            for (Language language : values()) {
                if (language.tag.equals(accepted.getLanguage())) {
                    return language;
                }
            }
        }
        return ENGLISH;
    }

    /** For Content-Language. */
    String tag() {
        return tag;
    }

    /** The heading of the section that lists each hop. */
    String actions() {
        return actions;
    }

    String label(BlockReason reason) {
        return switch (this) {
            case ENGLISH -> reason.english();
            case JAPANESE -> reason.japanese();
        };
    }

    String label(Traffic traffic) {
        return switch (this) {
            case ENGLISH -> traffic.english();
            case JAPANESE -> traffic.japanese();
        };
    }
}

package io.sekisho.egress.alert;

/** In which the postmaster reads. */
public enum AlertLanguage {
    ENGLISH,
    JAPANESE;

    AlertPhrases phrases() {
        return switch (this) {
            case ENGLISH -> new EnglishAlerts();
            case JAPANESE -> new JapaneseAlerts();
        };
    }
}

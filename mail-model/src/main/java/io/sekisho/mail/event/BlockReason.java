package io.sekisho.mail.event;

/** Why the gateway's policy stopped a message; a closed list. */
public enum BlockReason {
    /** Not offered, refused, or the handshake broke; the event's detail says which. */
    TLS_NOT_AVAILABLE("TLS not available", "TLS利用不可"),
    TLS_VERSION_TOO_LOW("TLS version too low", "TLSバージョン不足"),
    CERTIFICATE_INVALID("Certificate invalid", "証明書が無効"),
    DANE_FAILED("DANE failed", "DANE検証失敗"),
    MTA_STS_FAILED("MTA-STS failed", "MTA-STS検証失敗"),
    RELAYING_DENIED("Relaying denied", "中継拒否"),
    MESSAGE_TOO_LARGE("Message too large", "メッセージサイズ超過"),
    SENDER_REFUSED("Sender refused", "送信者拒否");

    private final String english;
    private final String japanese;

    BlockReason(String english, String japanese) {
        this.english = english;
        this.japanese = japanese;
    }

    public String english() {
        return english;
    }

    public String japanese() {
        return japanese;
    }
}

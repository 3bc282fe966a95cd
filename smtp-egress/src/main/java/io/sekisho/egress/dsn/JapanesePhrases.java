package io.sekisho.egress.dsn;

import io.sekisho.egress.delivery.TlsStep;

/** Reports in Japanese. */
record JapanesePhrases() implements Phrases {

    @Override
    public String subject(Action action) {
        return switch (action) {
            case FAILED -> "配信不能通知: メールを配信できませんでした";
            case DELAYED -> "配信遅延通知: メールはまだ配信されていません";
            case RELAYED -> "中継通知: メールを次のサーバーに中継しました";
        };
    }

    @Override
    public String gateway(String hostname) {
        return "メールゲートウェイ " + hostname + " からのお知らせです。";
    }

    @Override
    public String introduction(Action action) {
        return switch (action) {
            case FAILED -> "お送りになったメールは、下記の宛先に配信できませんでした。再送は行われません。原因が取り除かれてから、もう一度お送りください。";
            case DELAYED -> "お送りになったメールは、下記の宛先にまだ配信されていません。これは警告です。引き続き配信を試みますので、再送の必要はありません。";
            case RELAYED -> "お送りになったメールは、下記の宛先のメールサーバーに中継されました。このサーバーは配信通知に対応していないため、これが最後の確認になります。何もしていただく必要はありません。";
        };
    }

    @Override
    public String lead(ReportedRecipient.Reason reason) {
        return switch (reason) {
            case TOLD_BELOW -> "";
            case EXPIRED -> "期限内に配信できませんでした。最後の試行の結果:";
            case DAMAGED -> "メールがゲートウェイ内の保存中に破損したため、管理者が確認できるよう保管されています:";
            case WAITS -> "配信の順番を待っています。";
            case GIVEN_UP -> "ゲートウェイの管理者が配信を中止しました。";
        };
    }

    @Override
    public String tlsStep(TlsStep step) {
        return "失敗したTLSの段階: "
                + switch (step) {
                    case OFFER -> "STARTTLSが提供されていない";
                    case STARTTLS -> "STARTTLSが拒否された";
                    case HANDSHAKE -> "TLSハンドシェイクの失敗";
                    case VERSION -> "TLSバージョン不足";
                    case CERTIFICATE -> "証明書が受け入れられない";
                };
    }

    @Override
    public String advice(TlsStep step, String host) {
        return host + " の管理者が行うべきこと: "
                + switch (step) {
                    case OFFER -> "証明書を設定してSTARTTLSを有効にし、途中のファイアウォールなどがSTARTTLSを取り除いていないことを確認してください。";
                    case STARTTLS -> "STARTTLSを提供しながら拒否している原因を、サーバーのログで調べてください。";
                    case HANDSHAKE -> "サーバーのTLS設定(証明書と秘密鍵、暗号スイート)と、途中でハンドシェイクを妨げている機器を確認してください。";
                    case VERSION -> "新しいバージョンのTLS(TLSv1.2以上、できればTLSv1.3)を有効にしてください。";
                    case CERTIFICATE -> "有効期限内で、このホストの名前を含み、双方が信頼する認証局から発行された証明書を、中間証明書とともに設定してください。";
                };
    }

    @Override
    public String rules(String rules) {
        return "TLSを要求しているゲートウェイのルール: " + rules;
    }

    @Override
    public String answered(String host, String reply) {
        return host + " の応答: " + reply;
    }

    @Override
    public String theHost() {
        return "相手のホスト";
    }

    @Override
    public String status(String status) {
        return "ステータス: " + status;
    }

    @Override
    public String triedUntil(String date) {
        return "配信を試みる期限: " + date;
    }

    @Override
    public String received(String date) {
        return "メールを受け付けた日時: " + date;
    }

    @Override
    public String reference(String id) {
        return "ゲートウェイの参照番号: " + id;
    }
}

package io.sekisho.egress.alert;

/** Alerts in Japanese; details of the network stay as they are. */
final class JapaneseAlerts implements AlertPhrases {

    @Override
    public String subject(AlertCause cause, long count) {
        return switch (cause) {
            case CERTIFICATE_EXPIRES -> "送信先の証明書の有効期限が近づいています (" + count + " 件)";
            case QUEUE_AGE -> "メールが長時間滞留しています (" + count + " 宛先)";
            case QUARANTINE -> "メールが隔離されました (" + count + " 件)";
            case PARTITION_PAUSED -> "キューの一部が読み込まれていません (" + count + " 件)";
        };
    }

    @Override
    public String lead(AlertCause cause) {
        return switch (cause) {
            case CERTIFICATE_EXPIRES ->
                "次のメールサーバの認証に使われた証明書は、まもなく有効期限が切れます。期限が切れると、証明書の検証を必須とするメールは配信されずに待機します。送信先の管理者に連絡してください。";
            case QUEUE_AGE ->
                "次の宛先の最も古いメールは、sekisho.alerts.queue-age で許された時間を超えて待機しています。理由は smtp-egress の GET /api/v1/queue で確認できます。"
                        + "sekisho.mail.content の保持期間を超えて保留されたメールは、内容が失われます。";
            case QUARANTINE ->
                "次のメールは処理できなかったため、管理者の判断を待っています。smtp-egress の GET /api/v1/quarantine で確認し、release または bounce を実行してください。";
            case PARTITION_PAUSED ->
                "sekisho.mail.queue の次のパーティションには新しいバージョンのメールがあり、smtp-egress を同じバージョンに更新するまで読み込まれません。";
        };
    }

    @Override
    public String line(AlertFact fact) {
        return fact.subject() + ": "
                + switch (fact.cause()) {
                    case CERTIFICATE_EXPIRES -> "有効期限 " + fact.mattersAt();
                    case QUEUE_AGE -> fact.mattersAt() + " から待機";
                    case QUARANTINE -> fact.mattersAt() + " に隔離";
                    case PARTITION_PAUSED -> fact.mattersAt() + " に確認";
                }
                + "; " + fact.detail();
    }

    @Override
    public String andMore(long count) {
        return "ほか " + count + " 件";
    }

    @Override
    public String end(String hostname) {
        return hostname + " の smtp-egress より。同じ原因のメールは 1 時間に 1 通だけ送信されます。";
    }
}

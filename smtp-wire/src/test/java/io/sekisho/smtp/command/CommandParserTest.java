package io.sekisho.smtp.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.mail.envelope.BodyType;
import io.sekisho.smtp.command.Command.Characters;
import io.sekisho.smtp.command.Command.Fault;
import io.sekisho.smtp.command.Command.SyntaxError;
import io.sekisho.smtp.reply.EhloKeyword;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandParserTest {

    private final CommandParser parser = new CommandParser(EnumSet.allOf(EhloKeyword.class));

    @ParameterizedTest
    @CsvSource({
        "EHLO mx.example.com, Ehlo[client=mx.example.com]",
        "ehlo [192.0.2.1], Ehlo[client=[192.0.2.1]]",
        "EHLO [IPv6:2001:db8::1], Ehlo[client=[IPv6:2001:db8::1]]",
        "EHLO DESKTOP_1, Ehlo[client=DESKTOP_1]",
        "EHLO 192.0.2.1, Ehlo[client=192.0.2.1]",
        "HELO -odd-.example, Helo[client=-odd-.example]",
        "STARTTLS, StartTls[]",
        "StartTls, StartTls[]",
        "DATA, Data[]",
        "'DATA  ', Data[]",
        "RSET, Rset[]",
        "NOOP, Noop[]",
        "NOOP whatever, Noop[]",
        "QUIT, Quit[]",
        "VRFY a user, Vrfy[user=a user]",
        "AUTH PLAIN AGFAYi5leGFtcGxlAHNlY3JldA==, Auth[PLAIN]",
        "auth login, Auth[LOGIN]",
        "AUTH SCRAM-SHA-256, Auth[SCRAM-SHA-256]",
        "EXPN list, Unknown[verb=EXPN]",
        "GET / HTTP/1.1, Unknown[verb=GET]",
        "'', Unknown[verb=]",
        "' NOOP', Unknown[verb=]",
        "DATA\tx, Unknown[verb=DATA?X]",
    })
    void understands(String line, String command) {
        assertThat(parser.parse(line)).hasToString(command);
    }

    @ParameterizedTest
    @CsvSource({
        "EHLO, EHLO, MISSING_ARGUMENT",
        "HELO, HELO, MISSING_ARGUMENT",
        "EHLO a b, EHLO, BAD_CLIENT_NAME",
        "EHLO [1.2.3], EHLO, BAD_CLIENT_NAME",
        "EHLO <script>, EHLO, BAD_CLIENT_NAME",
        "EHLO a;b, EHLO, BAD_CLIENT_NAME",
        "AUTH, AUTH, MISSING_ARGUMENT",
        "AUTH PLAIN a b, AUTH, BAD_PARAMETER",
        "AUTH P:LAIN, AUTH, BAD_PARAMETER",
        "STARTTLS now, STARTTLS, UNEXPECTED_ARGUMENT",
        "DATA x, DATA, UNEXPECTED_ARGUMENT",
        "RSET x, RSET, UNEXPECTED_ARGUMENT",
        "QUIT x, QUIT, UNEXPECTED_ARGUMENT",
        "VRFY, VRFY, MISSING_ARGUMENT",
        "MAIL, MAIL, MISSING_ARGUMENT",
        "MAIL <a@b.example>, MAIL, BAD_PATH",
        "MAIL FROM:, MAIL, BAD_PATH",
        "MAIL FROM:a@b.example, MAIL, BAD_PATH",
        "MAIL FROM:<a@b.example>SIZE=1, MAIL, BAD_PATH",
        "RCPT, RCPT, MISSING_ARGUMENT",
        "RCPT FROM:<a@b.example>, RCPT, BAD_PATH",
        "RCPT TO:<>, RCPT, BAD_PATH",
        "MAIL FROM:<> WHAT=1, MAIL, UNKNOWN_PARAMETER",
        "MAIL FROM:<> NOTIFY=NEVER, MAIL, UNKNOWN_PARAMETER",
        "RCPT TO:<a@b.example> SIZE=1, RCPT, UNKNOWN_PARAMETER",
        "MAIL FROM:<> SIZE, MAIL, BAD_PARAMETER",
        "MAIL FROM:<> SIZE=, MAIL, BAD_PARAMETER",
        "MAIL FROM:<> SIZE=x, MAIL, BAD_PARAMETER",
        "MAIL FROM:<> SIZE=-1, MAIL, BAD_PARAMETER",
        "MAIL FROM:<> SIZE=1 size=2, MAIL, BAD_PARAMETER",
        "MAIL FROM:<> =1, MAIL, BAD_PARAMETER",
        "MAIL FROM:<> BODY=9BIT, MAIL, BAD_PARAMETER",
        "MAIL FROM:<> RET=ALL, MAIL, BAD_PARAMETER",
        "MAIL FROM:<> ENVID=a+4, MAIL, BAD_PARAMETER",
        "MAIL FROM:<> SMTPUTF8=yes, MAIL, BAD_PARAMETER",
        "'RCPT TO:<a@b.example> NOTIFY=NEVER,DELAY', RCPT, BAD_PARAMETER",
        "RCPT TO:<a@b.example> NOTIFY=SOON, RCPT, BAD_PARAMETER",
        "RCPT TO:<a@b.example> ORCPT=a@b.example, RCPT, BAD_PARAMETER",
        "'RCPT TO:<a@b.example> NOTIFY=DELAY,NEVER', RCPT, BAD_PARAMETER",
        "'RCPT TO:<a@b.example> NOTIFY=DELAY,DELAY', RCPT, BAD_PARAMETER",
        "'RCPT TO:<a@b.example> NOTIFY=DELAY,', RCPT, BAD_PARAMETER",
        "RCPT TO:<a@b.example> NOTIFY, RCPT, BAD_PARAMETER",
        "RCPT TO:<a@b.example> NOTIFY=DELAY NOTIFY=DELAY, RCPT, BAD_PARAMETER",
        "RCPT TO:<a@b.example> ORCPT=rfc822;, RCPT, BAD_PARAMETER",
        "RCPT TO:<a@b.example> ORCPT=;a@b.example, RCPT, BAD_PARAMETER",
        "RCPT TO:<a@b.example> ORCPT=rfc/822;a@b.example, RCPT, BAD_PARAMETER",
        "RCPT TO:<a@b.example> ORCPT=rfc822;a+@b.example, RCPT, BAD_PARAMETER",
        "RCPT TO:<a@b.example> ORCPT=rfc822;a+0D+0Ab, RCPT, BAD_PARAMETER",
        "RCPT TO:<a@b.example> ORCPT=rfc822;用@b.example, RCPT, BAD_PARAMETER",
        "MAIL FROM:<> ENVID=a+0Ab, MAIL, BAD_PARAMETER",
        "MAIL FROM:<> ENVID, MAIL, BAD_PARAMETER",
        "MAIL FROM:<> RET, MAIL, BAD_PARAMETER",
        "MAIL FROM:<> RET=HDRS RET=HDRS, MAIL, BAD_PARAMETER",
        "MAIL FROM:<用@b.example>, MAIL, NEEDS_SMTPUTF8",
        "VRFY 用, VRFY, NEEDS_SMTPUTF8",
    })
    void saysWhyItDoesNotUnderstand(String line, String verb, Fault fault) {
        assertThat(parser.parse(line)).isInstanceOfSatisfying(SyntaxError.class, error -> {
            assertThat(error.verb()).isEqualTo(verb);
            assertThat(error.fault()).isEqualTo(fault);
            assertThat(error.detail()).isNotBlank();
        });
    }

    @Test
    void readsTheParametersOfMail() {
        Command.Mail mail = (Command.Mail)
                parser.parse("mail from:<a@b.example> size=1000 BODY=8BITMIME RET=hdrs ENVID=QQ+2B1 AUTH=<> SMTPUTF8");

        assertThat(mail.reversePath()).hasToString("a@b.example");
        assertThat(mail.parameters().size()).hasValue(1000);
        assertThat(mail.parameters().body()).isEqualTo(BodyType.EIGHT_BIT_MIME);
        assertThat(mail.parameters().dsn().ret()).contains("HDRS");
        assertThat(mail.parameters().dsn().envid()).contains("QQ+2B1");
        assertThat(mail.parameters().auth()).contains("<>");
        assertThat(mail.parameters().smtpUtf8()).isTrue();
    }

    @Test
    void takesASizeBeyondALongForTheGreatest() {
        Command.Mail mail = (Command.Mail) parser.parse("MAIL FROM:<> SIZE=99999999999999999999");

        assertThat(mail.parameters().size()).hasValue(Long.MAX_VALUE);
    }

    @Test
    void readsTheParametersOfRcpt() {
        Command.Rcpt rcpt =
                (Command.Rcpt) parser.parse("RCPT TO: <a@b.example> NOTIFY=success,DELAY ORCPT=rfc822;a+2Bb@b.example");

        assertThat(rcpt.forwardPath()).hasToString("a@b.example");
        assertThat(rcpt.parameters().notifyOn()).contains("SUCCESS,DELAY");
        assertThat(rcpt.parameters().orcpt()).contains("rfc822;a+2Bb@b.example");
        assertThat(rcpt.characters()).isEqualTo(Characters.ASCII);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NOTIFY=NEVER",
                "NOTIFY=FAILURE",
                "notify=delay,failure,success",
                "ORCPT=rfc822;a+2Bb@b.example",
                "ORCPT=x400;a+20b",
                "ORCPT=utf-8;\u7528@b.example",
                "ORCPT=utf-8;\\x{7528}@b.example"
            })
    void takesParametersAboutReports(String parameter) {
        assertThat(parser.parse("RCPT TO:<a@b.example> " + parameter)).isInstanceOf(Command.Rcpt.class);
    }

    @Test
    void boundsTheLengthsOfParametersAboutReports() {
        String envid = "MAIL FROM:<> ENVID=";
        String orcpt = "RCPT TO:<a@b.example> ORCPT=rfc822;";

        assertThat(parser.parse(envid + "x".repeat(100))).isInstanceOf(Command.Mail.class);
        assertThat(parser.parse(envid + "x".repeat(101))).isInstanceOf(SyntaxError.class);
        assertThat(parser.parse(orcpt + "x".repeat(493))).isInstanceOf(Command.Rcpt.class);
        assertThat(parser.parse(orcpt + "x".repeat(494))).isInstanceOf(SyntaxError.class);
    }

    @Test
    void takesAVrfyThatIsNotAsciiWithSmtpUtf8() {
        assertThat(parser.parse("VRFY \u7528 SMTPUTF8")).isEqualTo(new Command.Vrfy("\u7528"));
    }

    @Test
    void saysWhichRecipientsAreNotAscii() {
        Command.Rcpt rcpt = (Command.Rcpt) parser.parse("RCPT TO:<a@例え.jp>");

        assertThat(rcpt.characters()).isEqualTo(Characters.UTF8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MAIL FROM:<> SIZE=1",
                "MAIL FROM:<> BODY=7BIT",
                "MAIL FROM:<> SMTPUTF8",
                "MAIL FROM:<> RET=FULL",
                "MAIL FROM:<> AUTH=<>",
                "RCPT TO:<a@b.example> NOTIFY=NEVER"
            })
    void knowsNoParameterOfAnExtensionThatIsNotOffered(String line) {
        assertThat(new CommandParser(Set.of()).parse(line))
                .isInstanceOfSatisfying(
                        SyntaxError.class, error -> assertThat(error.fault()).isEqualTo(Fault.UNKNOWN_PARAMETER));
    }

    @Test
    void knowsBinaryMimeOnlyWhereItIsOffered() {
        CommandParser without = new CommandParser(Set.of(EhloKeyword.EIGHTBITMIME, EhloKeyword.CHUNKING));

        assertThat(without.parse("MAIL FROM:<> BODY=BINARYMIME"))
                .isInstanceOfSatisfying(
                        SyntaxError.class, error -> assertThat(error.fault()).isEqualTo(Fault.BAD_PARAMETER));
        assertThat(parser.parse("MAIL FROM:<> BODY=BINARYMIME")).isInstanceOf(Command.Mail.class);
    }

    @ParameterizedTest
    @CsvSource({
        "BDAT 0, 0, MORE_FOLLOW",
        "bdat 86000, 86000, MORE_FOLLOW",
        "BDAT 10 LAST, 10, LAST",
        "BDAT  0  last, 0, LAST",
        "BDAT 99999999999999999999, 9223372036854775807, MORE_FOLLOW"
    })
    void readsChunks(String line, long octets, Chunk.Place place) {
        assertThat(parser.parse(line)).isEqualTo(new Command.Bdat(new Chunk(octets, place)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BDAT",
                "BDAT LAST",
                "BDAT -1",
                "BDAT +1",
                "BDAT 0x10",
                "BDAT 1 LAST 2",
                "BDAT 1 FIRST",
                "BDAT 1LAST",
                "BDAT 1\tLAST",
                "BDAT 1 2",
                "BDAT \u0661",
                "BDAT 000000000000000000001"
            })
    void readsNoChunkOfAnUnclearSize(String line) {
        assertThat(parser.parse(line))
                .isInstanceOfSatisfying(
                        SyntaxError.class, error -> assertThat(error.verb()).isEqualTo("BDAT"));
    }

    @Test
    void knowsNoChunksWithoutChunking() {
        assertThat(new CommandParser(Set.of()).parse("BDAT 1 LAST")).isEqualTo(new Command.Unknown("BDAT"));
        assertThat(new CommandParser(Set.of()).parse("AUTH PLAIN")).isEqualTo(new Command.Unknown("AUTH"));
    }

    @ParameterizedTest
    @CsvSource({"a+b=c, a+2Bb+3Dc", "'a b', a+20b", "例, +E4+BE+8B", "'', ''"})
    void encodesXtext(String text, String xtext) {
        assertThat(Xtext.encode(text)).isEqualTo(xtext);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+", "+2", "+2G", "a=b", "a b", "é", "\r"})
    void decodesNoMalformedXtext(String text) {
        assertThat(Xtext.decode(text)).isEmpty();
    }

    @Test
    void makesACommandOfEveryLineAndLetsNoLineEndThrough() {
        Random random = new Random(4_5_3);
        String[] pieces = {
            "MAIL FROM:",
            "RCPT TO:",
            "EHLO ",
            "VRFY ",
            "<",
            ">",
            "@",
            "a",
            "b.example",
            "\"",
            "\\",
            " ",
            "SIZE=1",
            "BODY=8BITMIME",
            "\r",
            "\n",
            "\0",
            "\t",
            "用",
            "[",
            "]",
            "IPv6:::1",
            ",",
            ":",
            "=",
            "+41",
            "ENVID=x",
            "\u2028",
            "\ud800"
        };
        for (int round = 0; round < 20_000; round++) {
            StringBuilder line = new StringBuilder(pieces[random.nextInt(4)]);
            for (int i = random.nextInt(10); i > 0; i--) {
                line.append(pieces[random.nextInt(pieces.length)]);
            }
            String understood = switch (parser.parse(line.toString())) {
                case Command.Mail mail -> mail.toString();
                case Command.Rcpt rcpt -> rcpt.toString();
                case Command.Ehlo ehlo -> ehlo.client();
                case Command.Unknown unknown -> unknown.verb();
                case Command.Auth auth -> auth.mechanism();
                default -> "";
            };
            assertThat(understood).as("%s", line).doesNotContain("\r", "\n", "\0", "\u2028");
        }
    }
}

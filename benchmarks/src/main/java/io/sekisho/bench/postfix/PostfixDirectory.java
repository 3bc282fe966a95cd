package io.sekisho.bench.postfix;

import io.sekisho.localstack.cluster.SelfSignedCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The files of one instance: configuration, queue, data, log.
 *
 * @param root readable by every user
 */
record PostfixDirectory(Path root) {

    static PostfixDirectory make(Path parent, SelfSignedCertificate certificate, int port, PostfixRole role)
            throws IOException {
        PostfixDirectory made = new PostfixDirectory(Files.createTempDirectory(
                parent,
                "postfix-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x"))));
        Files.createDirectories(made.configuration());
        Files.createDirectories(made.queue());
        Path data = Files.createDirectories(made.root.resolve("data"));
        Files.setOwner(
                data, data.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postfix"));
        Path chain = Files.createFile(
                made.configuration().resolve("chain.pem"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(chain, Files.readString(certificate.key()) + Files.readString(certificate.certificate()));
        Files.writeString(made.configuration().resolve("main.cf"), made.main(role));
        Files.writeString(made.configuration().resolve("master.cf"), master(port));
        return made;
    }

    /*
     * In its favour: no limit of connections or rate, no look-up of client names, no pause where mail comes faster than it goes; a daemon
     * serves ten times as many clients as usual before it is replaced. The log is a file of its own, since the system's is not ours.
     */
    private String main(PostfixRole role) {
        return """
                compatibility_level = 3.6
                queue_directory = %1$s/queue
                data_directory = %1$s/data
                mail_owner = postfix
                setgid_group = postdrop
                myhostname = postfix.bench.example
                mydestination =
                local_recipient_maps =
                alias_maps =
                alias_database =
                inet_interfaces = 127.0.0.1
                inet_protocols = ipv4
                mynetworks = 127.0.0.0/8
                maillog_file = %1$s/maillog
                maillog_file_prefixes = %1$s
                disable_dns_lookups = yes
                smtp_host_lookup = native
                smtpd_peername_lookup = no
                smtpd_relay_restrictions = permit_mynetworks, reject
                smtpd_client_connection_count_limit = 0
                smtpd_client_connection_rate_limit = 0
                default_process_limit = 200
                in_flow_delay = 0
                max_use = 1000
                smtpd_tls_security_level = may
                smtpd_tls_chain_files = %1$s/conf/chain.pem
                # As the gateway does: no session tickets.
                tls_ssl_options = NO_TICKET
                %2$s
                """.formatted(root, role.configuration());
    }

    private static String master(int port) {
        return """
                127.0.0.1:%d inet n - n - 1000 smtpd
                cleanup  unix       n - n - 0     cleanup
                qmgr     unix       n - n 300 1   qmgr
                tlsmgr   unix       - - n 1000? 1 tlsmgr
                rewrite  unix       - - n - -     trivial-rewrite
                bounce   unix       - - n - 0     bounce
                defer    unix       - - n - 0     bounce
                trace    unix       - - n - 0     bounce
                verify   unix       - - n - 1     verify
                flush    unix       n - n 1000? 0 flush
                proxymap unix       - - n - -     proxymap
                smtp     unix       - - n - -     smtp
                relay    unix       - - n - -     smtp
                virtual  unix       - n n - -     virtual
                error    unix       - - n - -     error
                retry    unix       - - n - -     error
                scache   unix       - - n - 1     scache
                anvil    unix       - - n - 1     anvil
                postlog  unix-dgram n - n - 1     postlogd
                """.formatted(port);
    }

    Path configuration() {
        return root.resolve("conf");
    }

    Path queue() {
        return root.resolve("queue");
    }

    Path log() {
        return root.resolve("maillog");
    }
}

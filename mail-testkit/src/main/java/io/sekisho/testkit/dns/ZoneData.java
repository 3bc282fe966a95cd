package io.sekisho.testkit.dns;

import io.sekisho.testkit.dns.ScriptedDns.Transport;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TLSARecord;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * Records and faults by name. A name with records answers NOERROR for every type; any other name does not exist
 * (NXDOMAIN). Thread safe; each method returns this.
 */
public final class ZoneData {

    private static final int MAX_CNAMES = 8;

    private final Map<Name, List<Record>> records = new ConcurrentHashMap<>();
    private final Map<Name, Integer> failures = new ConcurrentHashMap<>();
    private final Set<Name> silent = ConcurrentHashMap.newKeySet();
    private final Set<Name> truncated = ConcurrentHashMap.newKeySet();
    private final Set<Name> authenticated = ConcurrentHashMap.newKeySet();
    private volatile long ttl = 60;
    private volatile Optional<SOARecord> authority = Optional.empty();

    /** Seconds for which what is added from now on may be remembered; 60 before. */
    public ZoneData ttl(long seconds) {
        ttl = seconds;
        return this;
    }

    /** Answers that something does not exist carry an SOA record: they may be remembered for so many seconds (RFC 2308 §5). */
    public ZoneData absenceLasts(long seconds) {
        Name server = name("ns.example");
        Name zone = Name.root;
        authority = Optional.of(new SOARecord(zone, DClass.IN, seconds, server, server, 1, 60, 60, 60, seconds));
        return this;
    }

    public ZoneData mx(String name, int preference, String host) {
        return add(new MXRecord(name(name), DClass.IN, ttl, preference, name(host)));
    }

    /** A domain that takes no mail (RFC 7505). */
    public ZoneData nullMx(String name) {
        return add(new MXRecord(name(name), DClass.IN, ttl, 0, Name.root));
    }

    /** An address of any family: A or AAAA. */
    public ZoneData address(String name, String address) {
        try {
            InetAddress parsed = InetAddress.getByName(address);
            return add(
                    parsed.getAddress().length == 4
                            ? new ARecord(name(name), DClass.IN, ttl, parsed)
                            : new AAAARecord(name(name), DClass.IN, ttl, parsed));
        } catch (UnknownHostException noAddress) {
            throw new IllegalArgumentException(address + " is no address", noAddress);
        }
    }

    public ZoneData cname(String name, String target) {
        return add(new CNAMERecord(name(name), DClass.IN, ttl, name(target)));
    }

    public ZoneData txt(String name, String text) {
        return add(new TXTRecord(name(name), DClass.IN, ttl, text));
    }

    /** A TLSA record (RFC 6698 §2.1), its data in hexadecimal. */
    public ZoneData tlsa(String name, int usage, int selector, int matchingType, String data) {
        return add(new TLSARecord(
                name(name),
                DClass.IN,
                ttl,
                usage,
                selector,
                matchingType,
                HexFormat.of().parseHex(data)));
    }

    /** The name exists and has no record of the types asked. */
    public ZoneData empty(String name) {
        records.computeIfAbsent(name(name), absent -> new CopyOnWriteArrayList<>());
        return this;
    }

    /** Every question for this name is answered SERVFAIL. */
    public ZoneData servfail(String name) {
        failures.put(name(name), Rcode.SERVFAIL);
        return this;
    }

    /** Questions for this name are never answered. */
    public ZoneData silent(String name) {
        silent.add(name(name));
        return this;
    }

    /** Over UDP this name's answers are cut, so that the question must be put again over TCP. */
    public ZoneData truncated(String name) {
        truncated.add(name(name));
        return this;
    }

    /** Answers for this name carry the AD bit, as those of a validating resolver (RFC 4035 §3.2.3). */
    public ZoneData authenticated(String name) {
        authenticated.add(name(name));
        return this;
    }

    /** Forgets all that is known of a name, faults included. */
    public ZoneData forget(String name) {
        Name forgotten = name(name);
        records.remove(forgotten);
        failures.remove(forgotten);
        silent.remove(forgotten);
        truncated.remove(forgotten);
        authenticated.remove(forgotten);
        return this;
    }

    private ZoneData add(Record record) {
        records.computeIfAbsent(record.getName(), absent -> new CopyOnWriteArrayList<>())
                .add(record);
        return this;
    }

    /** The answer; empty where there shall be none. */
    Optional<Message> answer(Message query, Transport transport) {
        Record question = query.getQuestion();
        Name name = question.getName();
        if (silent.contains(name)) {
            return Optional.empty();
        }
        Message answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(Flags.RA);
        if (query.getHeader().getFlag(Flags.RD)) {
            answer.getHeader().setFlag(Flags.RD);
        }
        answer.addRecord(question, Section.QUESTION);
        if (failures.containsKey(name)) {
            answer.getHeader().setRcode(failures.get(name));
        } else if (transport == Transport.UDP && truncated.contains(name)) {
            answer.getHeader().setFlag(Flags.TC);
        } else {
            fill(answer, name, question.getType());
        }
        if (query.getOPT() != null) {
            answer.addRecord(new OPTRecord(4096, 0, 0), Section.ADDITIONAL);
        }
        return Optional.of(answer);
    }

    private void fill(Message answer, Name asked, int type) {
        if (authenticated.contains(asked)) {
            answer.getHeader().setFlag(Flags.AD);
        }
        Name name = asked;
        for (int hop = 0; hop < MAX_CNAMES; hop++) {
            List<Record> known = records.get(name);
            if (known == null) {
                answer.getHeader().setRcode(Rcode.NXDOMAIN);
                authority.ifPresent(soa -> answer.addRecord(soa, Section.AUTHORITY));
                return;
            }
            List<Record> wanted = ofType(known, type);
            wanted.forEach(record -> answer.addRecord(record, Section.ANSWER));
            List<Record> aliases = ofType(known, Type.CNAME);
            if (!wanted.isEmpty() || aliases.isEmpty()) {
                if (wanted.isEmpty()) {
                    authority.ifPresent(soa -> answer.addRecord(soa, Section.AUTHORITY));
                }
                return;
            }
            answer.addRecord(aliases.getFirst(), Section.ANSWER);
            name = ((CNAMERecord) aliases.getFirst()).getTarget();
        }
    }

    private static List<Record> ofType(List<Record> known, int type) {
        List<Record> found = new ArrayList<>(known);
        found.removeIf(record -> record.getType() != type && type != Type.ANY);
        return found;
    }

    private static Name name(String text) {
        try {
            return Name.fromString(text, Name.root).canonicalize();
        } catch (TextParseException noName) {
            throw new IllegalArgumentException(text + " is no domain name", noName);
        }
    }
}

package io.sekisho.policyservice.publication;

/**
 * The scripts that Redis runs, each as one atomic step. All begin by comparing the head with what the publisher expects and answer {@code REFUSED}
 * otherwise: that is the fence between publishers.
 */
final class RedisScripts {

    /** Numbers are written by hand: cjson would write a large one as 1e+15. */
    private static final String WRITE_HEAD = """
            local function writeHead(key, epoch, n, domains, beat)
              redis.call('SET', key, string.format('{"epoch":"%s","n":%s,"domains":%d,"beat":%.0f}', epoch, n, domains, beat))
            end
            local function readHead(key)
              local text = redis.call('GET', key)
              if not text then return nil end
              local ok, head = pcall(cjson.decode, text)
              if not ok or type(head) ~= 'table' then return nil end
              return head
            end
            """;

    /** KEYS: head. ARGV: epoch, n. */
    static final String BEAT = WRITE_HEAD + """
            local head = readHead(KEYS[1])
            if not head or head.epoch ~= ARGV[1] or head.n ~= tonumber(ARGV[2]) then return 'REFUSED' end
            writeHead(KEYS[1], ARGV[1], ARGV[2], head.domains, head.beat + 1)
            return 'MADE'
            """;

    /**
     * KEYS: head, snapshot, changes, keys. ARGV: epoch, n, kind, name, {@code put}, {@code remove} or {@code keep}, JSON, how many
     * changes are kept.
     */
    static final String CHANGE = WRITE_HEAD + """
            local head = readHead(KEYS[1])
            if not head or head.epoch ~= ARGV[1] or head.n ~= tonumber(ARGV[2]) - 1 then return 'REFUSED' end
            local hash = ARGV[3] == 'domain' and KEYS[2] or KEYS[4]
            if ARGV[5] == 'put' then
              redis.call('HSET', hash, ARGV[4], ARGV[6])
            elseif ARGV[5] == 'remove' then
              redis.call('HDEL', hash, ARGV[4])
            end
            redis.call('XADD', KEYS[3], 'MAXLEN', '~', ARGV[7], ARGV[2] .. '-0', 'kind', ARGV[3], 'name', ARGV[4])
            writeHead(KEYS[1], ARGV[1], ARGV[2], redis.call('HLEN', KEYS[2]), head.beat + 1)
            return 'MADE'
            """;

    /**
     * KEYS: head, snapshot, changes, keys, filled snapshot, filled keys, snapshot and changes of the old epoch. ARGV: the head that was seen or
     * nothing, epoch, n, seconds that the old epoch is kept.
     */
    static final String REPLACE = WRITE_HEAD + """
            local function put(filled, place)
              redis.call('DEL', place)
              if redis.call('EXISTS', filled) == 1 then
                redis.call('RENAME', filled, place)
                redis.call('PERSIST', place)
              end
            end
            if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 'REFUSED' end
            local head = readHead(KEYS[1])
            put(KEYS[5], KEYS[2])
            put(KEYS[6], KEYS[4])
            redis.call('DEL', KEYS[3])
            redis.call('EXPIRE', KEYS[7], ARGV[4])
            redis.call('EXPIRE', KEYS[8], ARGV[4])
            local beat = head and tonumber(head.beat) or 0
            writeHead(KEYS[1], ARGV[2], ARGV[3], redis.call('HLEN', KEYS[2]), beat + 1)
            return 'MADE'
            """;

    private RedisScripts() {}
}

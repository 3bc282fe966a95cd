package io.sekisho.egress.ledger;

/**
 * What Redis does in one step. Each (message, recipient) is a hash:
 *
 * <pre>
 * owner    pod/incarnation of the claim     } while an attempt is under way
 * token    of the claim                     }
 * until    end of the lease, Redis' clock   }
 * ends     how many attempts ended with their pod
 * row      1: a schedule row has it
 * outcome  the events of the end, JSON
 * </pre>
 */
final class LedgerScripts {

    private static final String NOW = """
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            """;

    /**
     * KEYS: the recipients. ARGV: pod, owner, lease ms, keep ms; for each key: token, origin, company. Answers two values for
     * each key.
     *
     * <p>A claim that ran out, or is of an earlier incarnation of the same pod, ended with its pod and is counted.
     */
    static final String CLAIM = NOW + """
            local pod, owner, lease, keep = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4]
            local answers = {}
            local function answer(kind, value)
              answers[#answers + 1] = kind
              answers[#answers + 1] = value
            end
            for i, key in ipairs(KEYS) do
              local token, origin, company = ARGV[3 * i + 2], ARGV[3 * i + 3], ARGV[3 * i + 4]
              local f = redis.call('HMGET', key, 'outcome', 'row', 'owner', 'until', 'ends')
              local ends = tonumber(f[5] or '0')
              local live = false
              if f[3] then
                local earlier = f[3] ~= owner and string.sub(f[3], 1, #pod + 1) == pod .. '/'
                live = tonumber(f[4]) > now and not earlier
                if not live and not f[1] then
                  ends = ends + 1
                  redis.call('HSET', key, 'ends', ends)
                  redis.call('HDEL', key, 'owner', 'token', 'until')
                  redis.call('PEXPIRE', key, keep)
                end
              end
              if f[1] then
                answer('concluded', f[1])
              elseif f[2] and origin == 'QUEUE' then
                answer('scheduled', '')
              elseif live then
                answer('held', tostring(tonumber(f[4]) - now))
              elseif ends >= 3 then
                answer('poisonous', '')
              elseif ends == 2 and company ~= 'ALONE' then
                answer('suspect', '')
              else
                redis.call('HSET', key, 'owner', owner, 'token', token, 'until', now + lease)
                redis.call('PEXPIRE', key, keep)
                answer('granted', '')
              end
            end
            return answers
            """;

    /** KEYS: the recipients. ARGV: lease ms, then a token for each. Answers 1 where the claim is still its own. */
    static final String RENEW = NOW + """
            local answers = {}
            for i, key in ipairs(KEYS) do
              local token = redis.call('HGET', key, 'token')
              if token == ARGV[i + 1] then
                redis.call('HSET', key, 'until', now + tonumber(ARGV[1]))
                answers[i] = 1
              elseif token then
                answers[i] = 0
              else
                answers[i] = 1
              end
            end
            return answers
            """;

    /** KEYS: the recipients. ARGV: a token for each. */
    static final String RELEASE = """
            for i, key in ipairs(KEYS) do
              if redis.call('HGET', key, 'token') == ARGV[i] then
                redis.call('HDEL', key, 'owner', 'token', 'until')
              end
            end
            return 1
            """;

    /** KEYS: the recipients. ARGV: keep ms; for each key: events. */
    static final String CONCLUDE = """
            for i, key in ipairs(KEYS) do
              redis.call('HSET', key, 'outcome', ARGV[i + 1])
              redis.call('HDEL', key, 'owner', 'token', 'until', 'ends', 'row')
              redis.call('PEXPIRE', key, ARGV[1])
            end
            return 1
            """;

    /** KEYS: the recipients. ARGV: owner, keep ms; for each key: attempt. Another pod's claim is left alone. */
    static final String SCHEDULED = """
            for i, key in ipairs(KEYS) do
              if redis.call('HEXISTS', key, 'outcome') == 0 then
                redis.call('HSET', key, 'row', 1)
                if ARGV[i + 2] == 'OVER' and redis.call('HGET', key, 'owner') == ARGV[1] then
                  redis.call('HDEL', key, 'owner', 'token', 'until', 'ends')
                end
                redis.call('PEXPIRE', key, ARGV[2])
              end
            end
            return 1
            """;

    /** KEYS: the recipients. ARGV: keep ms. Of an outcome only that there was one is left. */
    static final String SPEND = """
            for _, key in ipairs(KEYS) do
              if redis.call('HEXISTS', key, 'outcome') == 1 then
                redis.call('HSET', key, 'outcome', '[]')
                redis.call('PEXPIRE', key, ARGV[1])
              end
            end
            return 1
            """;

    /** KEYS: the recipients. ARGV: keep ms. */
    static final String SETTLE = """
            for _, key in ipairs(KEYS) do
              if redis.call('HEXISTS', key, 'outcome') == 1 then
                redis.call('PEXPIRE', key, ARGV[1])
              end
            end
            return 1
            """;

    /** KEYS: the recipients. */
    static final String FORGET = """
            return redis.call('DEL', unpack(KEYS))
            """;

    private LedgerScripts() {}
}

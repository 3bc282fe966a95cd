package io.sekisho.policyclient.match;

import java.util.Map;

/**
 * Values by domain names and by their endings: a hash table with open addressing that is asked for a part of a name without
 * cutting it out.
 *
 * <p>Thread safety: immutable.
 */
final class NameTable<V> {

    private final boolean isEmpty;
    private final String[] names;
    private final Object[] values;

    NameTable(Map<String, V> byName) {
        isEmpty = byName.isEmpty();
        int places = BlockTable.places(byName.size());
        names = new String[places];
        values = new Object[places];
        byName.forEach((name, value) -> {
            int place = place(name, 0, name.hashCode());
            names[place] = name;
            values[place] = value;
        });
    }

    /** The value of this name, or null. */
    V of(String name) {
        return at(place(name, 0, name.hashCode()));
    }

    /** The value of the longest name that this one ends with behind a dot, or null. */
    V ofLongestEnding(String name) {
        if (isEmpty) {
            return null;
        }
        // The hash of an ending grows to the left, as String's own does: s[0]*31^(n-1) + ... + s[n-1].
        int hash = 0;
        int power = 1;
        V found = null;
        for (int i = name.length() - 1; i >= 0; i--) {
            char c = name.charAt(i);
            if (c == '.') {
                V value = at(place(name, i + 1, hash));
                found = value == null ? found : value;
            }
            hash += c * power;
            power *= 31;
        }
        return found;
    }

    @SuppressWarnings("unchecked") // Only values of this type were put in.
    private V at(int place) {
        return (V) values[place];
    }

    /** Where the part of the name from {@code from} on is, or would be. */
    private int place(String name, int from, int hash) {
        int mask = names.length - 1;
        int place = (hash ^ (hash >>> 16)) & mask;
        while (names[place] != null && !isPart(names[place], name, from)) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private static boolean isPart(String stored, String name, int from) {
        return stored.length() == name.length() - from && name.startsWith(stored, from);
    }
}

/** The whole gateway with everything around it, running as processes on loopback, to be broken and counted. */
package io.sekisho.systemtests.arena;
